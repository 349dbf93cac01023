"""What an address says is put on the desk once, and what a reader did since is not undone by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.runtime.state import SafeSessionState, SessionState

from data.store.scenarios import UNOPENED, Scenarios
from data.store.store import Store
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import BottomUp, Item, Rest, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.risks import Constraint, Risk
from forecasting.scenario.toml import write_scenario
from tests.ui.conftest import OpenPage
from tests.ui.desks import SAMPLE, go, history, link, now, open_desk, press, text_of, told, widget
from tests.ui.reading import Screen
from ui.frame import address as state
from ui.frame.navigation import SCENARIO_MENU
from ui.frame.navigation import names as page_names
from ui.frame.site import SHARED
from ui.scenario import state as scenario_state
from ui.scenario.state import LONGEST_IN_ADDRESS

PROJECT = Project("05", "不公开的项目", completion=((2026, 1.0),))
FIRM = Item("不公开的企业", (1.0,), growth=2.0)
NAMED = Scenario(
    levers=(Lever(LeverKind.SIGNED_INVESTMENT, 10.0),),
    projects=(PROJECT,),
    bottom_up=(BottomUp("fixed_asset_investment", Rest(1.0), (FIRM,)),),
)


def signed(value: float) -> Scenario:
    return Scenario(levers=(Lever(LeverKind.SIGNED_INVESTMENT, float(value)),))


def arrive(page: Screen, **parameters: str) -> Screen:
    """Come to the page by another address, as by a link in the same window."""
    page.app.query_params.clear()
    page.app.query_params |= parameters
    return Screen(page.app.run())


def lag(page: Screen, quarters: int) -> Screen:
    field = widget(page.app.number_input, "lag", "signed_investment", "")
    return Screen(field.set_value(quarters).run())


@pytest.fixture
def walk(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Screen]:
    """Walk back or forward in the browser to an address of before."""

    def walk_to(page: Screen, address: dict[str, str]) -> Screen:
        monkeypatch.setattr(state, "walked", lambda: True)
        page = arrive(page, **address)
        monkeypatch.setattr(state, "walked", lambda: False)
        return page

    return walk_to


def test_an_empty_scenario_leaves_the_address_as_it_was(open_page: OpenPage) -> None:
    assert open_page("scenario", **SAMPLE).url == SAMPLE


@pytest.mark.parametrize("name", SCENARIO_MENU)
def test_a_link_opens_its_scenario_on_every_page_about_it_and_stands_in_the_address(
    open_page: OpenPage, name: str
) -> None:
    page = open_page(name, **link(signed(10)))

    assert now(page) == signed(10)
    assert page.url == link(signed(10))
    assert told(page) == ""


def test_every_step_is_in_the_address_and_in_the_links_to_other_pages(
    open_page: OpenPage,
) -> None:
    page = lag(open_page("assumptions", **link(signed(10))), 2)

    text = page.url["scenario"]
    assert text == text_of(now(page))
    carried = [one.proto.query_string for one in page.app.get("page_link")]
    assert {f"scenario={text}" in query for query in carried} == {True}


def test_another_link_in_the_same_window_is_opened_and_can_be_undone(open_page: OpenPage) -> None:
    page = arrive(open_page("assumptions", **link(signed(10))), **link(signed(20)))
    assert now(page) == signed(20)

    assert now(press(page, "undo")) == signed(10)


def test_a_click_with_the_address_of_before_loses_no_step(open_page: OpenPage) -> None:
    """The browser may send the address that stood there before the last step."""
    page = open_page("assumptions", **link(signed(10)))
    before = page.url
    page = lag(page, 2)

    page = arrive(page, **before)

    assert now(page).levers[0].lag == 2
    assert page.url["scenario"] == text_of(now(page))


def test_a_walk_back_takes_the_step_back_and_forward_again(
    open_page: OpenPage, walk: Callable[..., Screen]
) -> None:
    page = open_page("assumptions", **link(signed(10)))
    before = page.url
    page = lag(page, 2)
    after = page.url

    page = walk(page, before)
    assert now(page) == signed(10)
    page = walk(page, after)
    assert now(page).levers[0].lag == 2
    page = walk(page, SAMPLE)
    assert now(page) == Scenario()


def test_a_reload_and_a_restart_of_the_server_bring_it_back(open_page: OpenPage) -> None:
    page = lag(open_page("assumptions", **link(signed(10))), 2)
    scenario = now(page)

    address = page.url
    page.app.session_state = SafeSessionState(SessionState(), lambda: None)
    page = Screen(page.app.run())
    assert page.url == address
    assert widget(page.app.number_input, "lag", "signed_investment", "").value == 2
    assert now(open_page("scenario", **address)) == scenario


@pytest.mark.parametrize(
    "text", ["nonsense", "a", "azzzz", "%00", ".", "a.b.c", "." + "a" * 32, "情景"]
)
def test_nonsense_in_the_address_is_told_and_leaves_the_page_usable(
    open_page: OpenPage, text: str
) -> None:
    page = open_page("assumptions", **SAMPLE, scenario=text)

    if text != ".":
        assert told(page) != ""
    assert now(page) == Scenario()
    page = lag(page, 2)
    assert now(page).levers[0].lag == 2
    assert told(page) == ""
    assert page.url["scenario"] == text_of(now(page))


def test_nonsense_leaves_what_is_worked_on_as_it_is(open_page: OpenPage) -> None:
    page = open_page("assumptions", **link(signed(10)))
    page = arrive(page, **SAMPLE, scenario="nonsense")

    assert told(page) != ""
    assert now(page) == signed(10)
    assert page.url["scenario"] == text_of(signed(10))


@pytest.mark.parametrize("number", ["99", "0", "-1", "x", "1e3", "９", "9" * 30])
def test_a_number_that_nothing_is_saved_under_opens_nothing(
    open_page: OpenPage, number: str
) -> None:
    page = open_page("assumptions", **link(signed(10)), saved=number)

    assert now(page) == signed(10)
    assert history(page).saved is None
    assert "saved" not in page.url


@pytest.mark.parametrize("number", ["99", "x"])
def test_a_number_alone_that_nothing_is_saved_under_leaves_all_as_it_is(
    open_page: OpenPage, number: str
) -> None:
    page = arrive(open_page("assumptions", **link(signed(10))), **SAMPLE, saved=number)

    assert told(page) != ""
    assert now(page) == signed(10)
    assert not history(page).can_redo
    assert page.url == link(signed(10))


@pytest.mark.parametrize("changed", [{"area": "CN"}, {"year": "2025"}])
def test_a_scenario_of_another_area_or_year_is_told_and_not_opened(
    open_page: OpenPage, changed: dict[str, str]
) -> None:
    asked = link(signed(10)) | changed
    page = open_page("scenario", **asked)

    assert "链接中的情景属于示例开发区2026年，与当前所选的地区或年度不同，没有打开" in told(page)
    assert history(page, asked["area"], int(asked["year"])).now == Scenario()
    assert "scenario" not in page.url
    assert page.title


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"area": "XYZ"}, "地区“XYZ”不在本系统中，现显示"),
        ({"year": "1999"}, "“1999”年没有可供测算的数据，现显示2026年"),
    ],
)
def test_a_link_to_what_is_not_there_says_what_is_shown_and_opens_nothing(
    open_page: OpenPage, changed: dict[str, str], shown: str
) -> None:
    page = open_page("scenario", **(link(signed(10)) | changed))

    assert shown in told(page)
    drafts = page.app.session_state["drafts"]
    assert {one.now for one in drafts.values()} == {Scenario()}
    assert "scenario" not in page.url
    assert told(Screen(page.app.run())) == ""


def test_an_area_that_lacks_the_year_is_chosen_without_a_fault(open_page: OpenPage) -> None:
    page = open_page("scenario", **link(signed(10)))
    page = Screen(page.app.selectbox(key="area").select("CN-SX").run())

    assert told(page) == ""


def test_each_area_and_year_has_a_scenario_of_its_own(open_page: OpenPage) -> None:
    page = open_page("assumptions", **link(signed(10)))
    page = Screen(page.app.selectbox(key="area").select("CN").run())
    assert (now(page, "CN"), "scenario" in page.url) == (Scenario(), False)

    page = Screen(page.app.selectbox(key="area").select("SAMPLE").run())
    assert now(page) == signed(10)
    assert page.url["scenario"] == text_of(signed(10))


def test_the_language_switch_keeps_the_scenario_and_its_steps(open_page: OpenPage) -> None:
    page = lag(open_page("assumptions", **link(signed(10))), 2)
    scenario = now(page)
    page = Screen(page.app.button(key="switch_language").click().run())

    assert (now(page), page.url["lang"]) == (scenario, "en")
    assert widget(page.app.number_input, "lag", "signed_investment", "").value == 2
    assert now(press(page, "undo")) == signed(10)


def test_another_page_and_back_keeps_the_scenario(open_page: OpenPage) -> None:
    page = open_page("assumptions", **link(signed(10)))
    for name in (*page_names(), "assumptions"):
        if name == SHARED:  # it shows an issue, and carries nothing of the reader's own
            continue
        page = go(page, name)
        assert page.url["scenario"] == text_of(signed(10)), name
    assert history(page).can_undo


@pytest.fixture
def saved(store: Store) -> Scenarios:
    return store.scenarios


def test_names_of_projects_and_firms_are_kept_in_the_database_only(saved: Scenarios) -> None:
    page = open_desk("projects", **link(NAMED))
    text = page.url["scenario"]

    public, _, token = text.partition(".")
    assert public == text_of(signed(10))
    assert "不公开" in (saved.kept(token) or "")
    assert now(open_desk("scenario", **page.url)) == NAMED


def test_what_another_database_keeps_is_told_and_the_rest_opened(saved: Scenarios) -> None:
    text = f"{text_of(signed(10))}.{'a' * 32}"
    page = open_desk("scenario", **SAMPLE, scenario=text)

    assert "项目台账和企业名单不在当前数据库中，其余内容已打开" in told(page)
    assert now(page) == signed(10)
    assert page.url["scenario"] == text_of(signed(10))


def test_a_scenario_too_long_for_an_address_is_kept_whole(
    saved: Scenarios, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenario_state, "LONGEST_IN_ADDRESS", 20)
    page = open_desk("assumptions", **link(signed(10)))

    assert ".." in page.url["scenario"]
    assert len(page.url["scenario"]) < LONGEST_IN_ADDRESS
    assert now(open_desk("scenario", **page.url)) == signed(10)


def test_a_scenario_kept_whole_before_texts_said_their_area_is_opened(saved: Scenarios) -> None:
    token = saved.keep(write_scenario(NAMED))

    assert now(open_desk("scenario", **SAMPLE, scenario=f".{token}")) == NAMED


def test_a_scenario_kept_whole_is_not_opened_in_another_area(
    saved: Scenarios, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenario_state, "LONGEST_IN_ADDRESS", 20)
    text = open_desk("assumptions", **link(signed(10))).url["scenario"]
    page = open_desk("scenario", area="CN", year="2026", scenario=text)

    assert "链接中的情景属于示例开发区2026年" in told(page)
    assert now(page, "CN") == Scenario()


def test_a_scenario_too_long_to_unpack_from_an_address_is_kept_whole(saved: Scenarios) -> None:
    long = Scenario(risks=(Risk("督察", Constraint.ECOLOGY, 0.1, 0.3, note="注" * 100_000),))
    page = open_desk("assumptions", **link(signed(10)))
    page.app.session_state["drafts"]["SAMPLE", 2026].put(long)
    page = Screen(page.app.run())

    assert told(page) == ""
    assert len(page.url["scenario"]) < 100
    assert now(open_desk("scenario", **page.url)) == long


def test_a_step_that_can_be_kept_nowhere_is_told_and_the_draft_stays(
    saved: Scenarios, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_desk("assumptions", **link(NAMED))
    before = page.url
    monkeypatch.setattr("data.store.scenarios.LONGEST", 20)
    monkeypatch.setattr(scenario_state, "LONGEST_IN_ADDRESS", 20)
    page = lag(page, 2)

    assert "超出可保存的上限" in told(page)
    assert now(page) == NAMED
    assert page.url == before
    assert [button.key for button in page.app.button if button.key == "undo"] == ["undo"]


def test_a_draft_that_can_be_kept_nowhere_locks_nobody_out(
    saved: Scenarios, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = lag(open_desk("assumptions", **link(NAMED)), 2)
    monkeypatch.setattr("data.store.scenarios.LONGEST", 20)
    page = Screen(page.app.run())

    assert "超出可保存的上限" in told(page)
    assert now(page).levers[0].lag == 2
    assert page.app.button(key="undo").disabled is False


def test_a_saved_scenario_is_opened_by_its_number(saved: Scenarios) -> None:
    document = write_scenario(signed(20))
    number = saved.save("SAMPLE", 2026, "甲", document, 1).id
    page = open_desk("scenario", **SAMPLE, saved=str(number))

    assert now(page).levers == signed(20).levers
    assert now(page).name == "甲"
    assert "有尚未保存的改动" not in page.text


def test_a_link_to_a_saved_version_outlives_what_is_kept_for_addresses(saved: Scenarios) -> None:
    first = saved.save("SAMPLE", 2026, "甲", write_scenario(NAMED), 1)
    address = open_desk("scenario", **SAMPLE, saved=str(first.id)).url
    later = write_scenario(replace(NAMED, projects=()))
    saved.save("SAMPLE", 2026, "甲", later, 1, scenario=first.id, based_on=1)

    saved.keep("what others do later", datetime.now(UTC) + 2 * UNOPENED)
    assert saved.kept(address["scenario"].rpartition(".")[2]) is None

    page = open_desk("scenario", **address)
    assert (told(page), now(page).projects) == ("", NAMED.projects)


def test_a_link_with_changes_to_a_saved_scenario_can_be_undone_to_it(saved: Scenarios) -> None:
    number = saved.save("SAMPLE", 2026, "甲", write_scenario(signed(20)), 1).id
    page = open_desk("scenario", **link(signed(30)), saved=str(number))

    assert now(page).levers == signed(30).levers
    assert now(press(page, "undo")).levers == signed(20).levers


def test_who_opens_a_link_reads_of_unsaved_changes_only_after_changing_something(
    saved: Scenarios,
) -> None:
    page = open_desk("scenario", **link(signed(30)))
    assert "由链接打开，未作改动" in page.text
    assert "有尚未保存的改动" not in page.text

    page = press(page, "undo")
    page = press(press(page, "redo"), "undo")
    assert "由链接打开" not in page.text


def test_a_saved_scenario_of_another_year_or_area_is_not_stood_on(saved: Scenarios) -> None:
    number = saved.save("SAMPLE", 2025, "甲", write_scenario(signed(20)), 1).id
    page = open_desk("scenario", **SAMPLE, saved=str(number))

    assert (now(page), history(page).saved) == (Scenario(), None)
    assert "情景“甲”属于示例开发区2025年，与当前所选的地区或年度不同，没有打开" in told(page)


def test_changes_to_what_a_later_release_saved_are_told_and_not_opened(saved: Scenarios) -> None:
    number = saved.save("SAMPLE", 2026, "将来", "schema = 99\n", 1).id
    page = open_desk("scenario", **link(signed(30)), saved=str(number))

    assert "格式99" in told(page)
    assert (now(page), history(page).saved) == (Scenario(), None)


def test_a_walk_back_from_a_saved_scenario_leaves_it(
    saved: Scenarios, walk: Callable[..., Screen]
) -> None:
    number = saved.save("SAMPLE", 2026, "甲", write_scenario(signed(20)), 1).id
    page = open_desk("scenarios", **link(signed(10)))
    before = page.url
    page = press(page, f"list_open_{number}")

    page = walk(page, before)
    assert (now(page), history(page).saved) == (signed(10), None)
    page = press(page, "undo")
    assert history(page).saved is not None
