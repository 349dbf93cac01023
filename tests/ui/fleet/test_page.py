"""The league as a reader meets it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from data.store.league import LeagueRound, LeagueRow, LeagueScope, LeagueVerdict
from data.store.store import Store
from forecasting.figures.indicator import Area, AreaKind, Names
from forecasting.figures.period import Quarter
from forecasting.fleet.results import FleetResult
from forecasting.outlook.lights import Light, light_of
from tests.data.drafts import edit, fleet_result, fleet_run
from tests.ui.conftest import OpenPage
from tests.ui.reading import Screen
from tests.ui.speakers import EN
from ui.fleet import sentences
from ui.fleet.forms import PER_PAGE
from ui.fleet.sentences import title
from ui.fleet.tables import REACH, _bar

PROVINCE = Area("P", Names("模拟省", "Simulated province"), AreaKind.PROVINCE, parent="CN")


def result(number: int, p_all: float, **changed: Any) -> FleetResult:
    document = f"{number} {p_all}".encode()
    given = {
        "area": f"Z{number:03}", "name": Names(f"甲{number}区", f"Zone {number}"), "p_all": p_all,
        "light": light_of(p_all, complete=False), "synthetic": False, "province": "P",
        "document": document, "sha256": sha256(document).hexdigest(),
    }  # fmt: skip
    return replace(fleet_result(), **(given | changed))


@pytest.fixture
def league(store: Store, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open the league of 50 areas of a province, each a place higher than the quarter before."""
    monkeypatch.setenv("DATABASE_URL", store.database_url)
    vintage = store.commit(edit(areas=(PROVINCE,)))
    for quarter, at in ((1, 5), (2, 8)):
        run = fleet_run(
            quarter=Quarter(2026, quarter), vintage=vintage,
            issued_at=datetime(2026, at, 1, tzinfo=UTC),
        )  # fmt: skip
        chances = [(100 - 2 * number) / 100 for number in range(50)]
        if quarter == 1:
            chances = [*chances[1:], chances[0]]
        store.fleet.keep(run, [result(number, p) for number, p in enumerate(chances)])
    return open_page


def test_without_results_the_page_says_how_areas_are_judged_together(open_page: OpenPage) -> None:
    page = open_page("league")

    assert page.title == "尚无可以排行的地区"
    assert "python -m data fleet" in page.text


def test_areas_stand_in_their_places_with_what_changed_since_last_quarter(
    league: OpenPage,
) -> None:
    page = league("league", area="Z003")

    assert page.title == "截至2026年上半年，50个地区中，2026年全部目标完成的把握在60%以上的有21个"
    assert "甲3区居第4位（共50个地区），全部目标完成的把握为94%。" in page.text
    for part in ("甲0区", "模拟省", ">99%", "升1位", "+2", "生产总值", "有望完成"):
        assert part in page.text, part
    assert "模拟数据" not in page.text
    assert page.text.count("甲") == PER_PAGE + 1


def test_the_second_page_has_the_other_areas(league: OpenPage) -> None:
    page = league("league")

    page.app.get("pagination")[0].set_value(2).run()

    shown = type(page)(page.app).text
    assert shown.count("甲") == 50 - PER_PAGE
    for part in ("甲49区", "降49位", "−98"):
        assert part in shown, part


def test_a_province_and_a_kind_narrow_the_league(league: OpenPage, store: Store) -> None:
    run = fleet_run(issued_at=datetime(2026, 8, 2, tzinfo=UTC), vintage=2, engine="other")
    store.fleet.keep(run, [result(1, 0.5, kind=AreaKind.CITY), result(2, 0.4, province="CN-SX")])
    page = league("league")

    page.app.selectbox(key="kind").select("city").run()
    assert type(page)(page.app).title.endswith("以上的有0个")
    page.app.selectbox(key="kind").select("all").run()
    page.app.selectbox(key="province").select("CN-SX").run()

    shown = type(page)(page.app)
    assert "1个地区中" in shown.title
    assert "山西省" in shown.text
    neither = league("league", province="CN-SX", kind="city")  # it has no city
    assert (neither.title, neither.app.selectbox(key="kind").value) == (shown.title, "all")


def test_a_link_restores_what_was_chosen(league: OpenPage, store: Store) -> None:
    run = fleet_run(issued_at=datetime(2026, 8, 2, tzinfo=UTC), vintage=2, engine="other")
    store.fleet.keep(run, [result(1, 0.5, kind=AreaKind.CITY), result(2, 0.4, province="CN-SX")])
    page = league("league")
    assert page.url["round"] == "2026-2026Q2"  # which another run would make the one before
    assert not page.url.keys() & {"province", "kind", "page"}
    for key, value in (("round", "2026-2026Q1"), ("province", "P"), ("kind", "zone")):
        page.app.selectbox(key=key).select(value).run()
    page.app.get("pagination")[0].set_value(2).run()
    chosen = Screen(page.app)

    names = ("round", "province", "kind", "page")
    opened = league("league", **{name: chosen.url[name] for name in names})

    assert {name: opened.url[name] for name in names} == {
        "round": "2026-2026Q1", "province": "P", "kind": "zone", "page": "2",
    }  # fmt: skip
    assert opened.title == chosen.title
    assert opened.title.startswith("截至2026年一季度")
    assert [opened.text.count(f"甲{number}区") for number in (48, 49)] == [1, 0]
    assert [one for one in opened.lines if "甲" in one] == [
        one for one in chosen.lines if "甲" in one
    ]


def test_other_areas_begin_with_the_first_page(league: OpenPage) -> None:
    page = league("league", page="2")
    assert "甲49区" in page.text

    page.app.selectbox(key="province").select("P").run()

    assert "甲0区" in Screen(page.app).text
    assert "page" not in Screen(page.app).url


def listed(screen: Screen) -> list[int]:
    """Return the numbers of the areas in the order in which they stand on a page."""
    return list(map(int, re.findall(r"(?:甲|Zone )(\d+)", screen.text)))


def test_another_order_is_in_the_address_and_begins_with_the_first_page(
    league: OpenPage, store: Store
) -> None:
    run = fleet_run(issued_at=datetime(2026, 8, 2, tzinfo=UTC), vintage=2, engine="other")
    store.fleet.keep(run, [result(7, 0.99), result(99, 0.5)])  # of 99 there is no quarter before
    page = league("league", page="2")
    assert "order" not in page.url

    page.app.selectbox(key="order").select("rise").run()

    risen = Screen(page.app)
    assert risen.url["order"] == "rise"
    assert "page" not in risen.url
    assert listed(risen)[:2] == [7, 0]
    assert "+15" in risen.text
    assert risen.title == page.title
    page.app.selectbox(key="order").select("fall").run()
    assert listed(Screen(page.app))[0] == 49
    page.app.get("pagination")[0].set_value(2).run()
    assert listed(Screen(page.app))[-2:] == [7, 99]
    page.app.selectbox(key="order").select("chance").run()
    assert listed(Screen(page.app))[:3] == [0, 7, 1]
    assert "order" not in Screen(page.app).url


def test_a_link_restores_the_order_and_names_go_by_the_language_of_the_reader(
    league: OpenPage,
) -> None:
    chinese, english = (league("league", order="name", lang=one) for one in ("zh", "en"))

    assert chinese.url["order"] == english.url["order"] == "name"
    assert listed(chinese)[:4] == [0, 10, 11, 12]  # 甲10区 before 甲1区
    assert listed(english)[:4] == [0, 1, 10, 11]
    assert listed(league("league", order="name", page="2"))[-1] == 9
    assert "居第4位" in league("league", order="name", area="Z003").text


def test_changes_that_are_listed_by_size_never_seem_out_of_order() -> None:
    row = LeagueRow(
        1, "a", Names("a", "a"), AreaKind.ZONE, "", 0.0, Light.HARD, "",
        datetime(2026, 8, 1, tzinfo=UTC), (),
    )  # fmt: skip
    chances = [(0.304, 0.2851), (0.3051, 0.2850), (0.9, 0.9), (0.5, 0.504), (0.5, 0.506)]

    said = [sentences.changed(replace(row, p_all=a, p_all_before=b)) for a, b in chances]

    assert said == ["+2", "+2", "0", "0", "−1"]


@pytest.mark.parametrize(
    "address", [{"page": "9"}, {"page": "1.5"}, {"page": "x"}, {"kind": "moon"}, {"province": "?"},
                {"order": "size"}, {"order": "name_en"}, {"round": "2031-2031Q1"}],
)  # fmt: skip
def test_what_the_league_does_not_have_is_left_out_of_a_link(
    league: OpenPage, address: dict[str, str]
) -> None:
    page = league("league", **address)

    assert "50个地区中" in page.title
    assert page.text.count("甲") == PER_PAGE


@pytest.mark.parametrize(
    ("lights", "said"),
    [
        ({Light.HARD: 1}, "0 of 1 area] <br>has at least a 60% chance"),
        ({Light.HOPEFUL: 1}, "1 of 1 area] <br>has at least"),
        ({Light.HARD: 2}, "0 of 2 areas] <br>have at least"),
        ({Light.HARD: 1, Light.HOPEFUL: 1}, "1 of 2 areas] <br>has at least"),
        ({Light.ACHIEVABLE: 1, Light.MET: 1, Light.MISSED: 1}, "2 of 3 areas] <br>have at least"),
    ],
)
def test_the_verb_of_the_title_agrees_with_its_areas(lights: dict[Light, int], said: str) -> None:
    scope = LeagueScope(LeagueRound(2026, Quarter(2026, 2)))

    assert said in title(scope, lights, EN).replace("|", "<br>")


def test_invented_areas_have_a_league_of_their_own_which_says_so(
    league: OpenPage, store: Store
) -> None:
    run = fleet_run(issued_at=datetime(2026, 8, 2, tzinfo=UTC), vintage=2, engine="other")
    store.fleet.keep(run, [result(99, 0.99, synthetic=True)])
    page = league("league")
    assert "甲99区" not in page.text

    page.app.selectbox(key="round").select("2026-2026Q2-synthetic").run()

    shown = type(page)(page.app)
    assert "甲99区" in shown.text
    assert "模拟数据" in shown.text


def test_a_bar_stands_over_the_line_where_growth_exceeds_its_target() -> None:
    verdict = LeagueVerdict("gdp", True, 7.0, 0.9, None, 7.0, 7.0 + REACH / 2, 99.0)

    assert _bar(verdict) == '<i style="--top:0%;--tall:50%;--at:25%;color:var(--ink2)"></i>'
