"""The address and the widgets agree, whichever of them spoke last."""

from __future__ import annotations

import pytest
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy

from tests.ui.conftest import OpenPage
from tests.ui.reading import Screen


def restart_server(page: Screen) -> None:
    """Forget the session; the browser keeps the address and what its widgets hold."""
    page.app.session_state = SafeSessionState(SessionState(), lambda: None)


def test_the_first_choice_after_a_restart_of_the_server_is_heard(open_page: OpenPage) -> None:
    page = open_page(area="SAMPLE", year="2026", threshold="6", lang="zh")
    restart_server(page)

    page.app.number_input(key="threshold").set_value(5.0).run()

    assert "超过5%" in Screen(page.app).title
    assert Screen(page.app).url["threshold"] == "5"
    assert Screen(page.app).url["area"] == "SAMPLE"


def test_an_area_chosen_after_a_restart_of_the_server_is_heard(open_page: OpenPage) -> None:
    page = open_page(area="SAMPLE", year="2026", lang="zh")
    restart_server(page)

    page.app.selectbox(key="area").select("CN").run()

    assert "全国" in Screen(page.app).title


def test_a_year_that_an_area_does_not_offer_comes_back_with_one_that_does(
    open_page: OpenPage,
) -> None:
    page = open_page(area="CN", year="2019", lang="zh")
    assert page.url["year"] == "2019"

    page.app.selectbox(key="area").select("SAMPLE").run()
    elsewhere = Screen(page.app).url["year"]
    page.app.selectbox(key="area").select("CN").run()

    assert elsewhere != "2019"
    assert Screen(page.app).url["year"] == "2019"


def test_a_link_to_another_area_keeps_the_year(open_page: OpenPage) -> None:
    page = open_page(area="CN-SX-LF-HMZ", year="2025", lang="zh")

    links = [link.proto.query_string for link in page.app.get("page_link")]

    assert any("area=SAMPLE&year=2025" in query for query in links)


def test_the_language_switch_is_heard_after_a_restart_of_the_server(open_page: OpenPage) -> None:
    page = open_page(area="SAMPLE", threshold="6", lang="zh")
    restart_server(page)

    page.app.button(key="switch_language").click().run()

    assert Screen(page.app).title.startswith("As of H1 2026")
    assert Screen(page.app).url["threshold"] == "6"


def test_the_menu_carries_the_whole_view(open_page: OpenPage) -> None:
    page = open_page("data", area="SAMPLE", as_of="2026Q1", threshold="6", indicator="gdp")

    links = page.app.get("page_link")[:8]
    assert [link.proto.page for link in links] == [
        "",
        "indicator",
        "scenario",
        "plan",
        "issues",
        "track",
        "data",
        "method",
    ]
    for link in links:
        assert link.proto.query_string == (
            "area=SAMPLE&as_of=2026Q1&threshold=6&indicator=gdp&lang=zh"
        )


def test_the_menu_carries_what_was_just_chosen(open_page: OpenPage) -> None:
    page = open_page("indicator", area="SAMPLE")

    page.app.selectbox(key="indicator").select("tax_revenue").run()

    assert "indicator=tax_revenue" in page.app.get("page_link")[0].proto.query_string


def test_a_walk_back_takes_away_what_its_address_does_not_name(open_page: OpenPage) -> None:
    page = open_page(area="CN", year="2026", lang="zh")
    page.app.number_input(key="threshold").set_value(4.0).run()
    assert "超过4%" in Screen(page.app).title

    page.app.query_params.clear()
    page.app.query_params |= {"area": "CN", "year": "2026", "lang": "zh"}
    page.app.run()

    assert "超过7%" in Screen(page.app).title
    assert page.app.number_input(key="threshold").value is None


def test_a_choice_wins_over_an_address_older_than_the_last_run(open_page: OpenPage) -> None:
    page = open_page(lang="zh")

    page.app.query_params.clear()
    page.app.query_params |= {"lang": "zh"}  # as where the first run is cut short by the choice
    page.app.number_input(key="threshold").set_value(4.0).run()

    assert "超过4%" in Screen(page.app).title
    assert Screen(page.app).url == {"area": "CN", "year": "2026", "threshold": "4", "lang": "zh"}


def test_the_address_is_written_at_most_once_a_run(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    write = QueryParamsProxy.from_dict
    monkeypatch.setattr(
        QueryParamsProxy,
        "from_dict",
        lambda self, view: (written.append(view), write(self, view)),
    )
    monkeypatch.setattr(
        QueryParamsProxy, "__setitem__", lambda *_: pytest.fail("wrote one parameter alone")
    )

    page = open_page()
    page.app.run()
    page.app.selectbox(key="area").select("SAMPLE").run()

    assert len(written) == 2


def test_a_line_out_of_range_is_set_to_the_bound_in_words(open_page: OpenPage) -> None:
    page = open_page(area="CN", lang="zh")

    page.app.number_input(key="threshold").set_value(5000.0).run()

    assert [toast.value for toast in page.app.toast] == [
        "请填写−1000%至1000%之间的数；已改为1000%。"
    ]
    assert page.app.number_input(key="threshold").value == 1000.0
    assert Screen(page.app).url["threshold"] == "1000"


@pytest.mark.parametrize("name", ["overview", "data", "indicator"])
def test_an_unknown_indicator_leaves_the_address(open_page: OpenPage, name: str) -> None:
    assert open_page(name, area="CN", indicator="nope").url.get("indicator") != "nope"
