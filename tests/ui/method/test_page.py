"""The method in plain words, complete in both languages, and one step from the numbers."""

from __future__ import annotations

import pytest

from forecasting.history.log_levels import FEWEST_FOR_MODELS
from tests.ui.conftest import OpenPage
from tests.ui.reading import Screen
from tests.ui.speakers import SPEAKERS
from ui.language import Speaker, catalogue
from ui.method.method import MEMBERS, SECTIONS


@pytest.mark.parametrize("say", SPEAKERS)
def test_every_section_is_there_in_order(open_page: OpenPage, say: Speaker) -> None:
    page = open_page("method", lang=say.language)

    shown = [heading.value for heading in page.app.header]
    assert shown == [say(f"method.head.{section}") for section in SECTIONS]
    heads = [key for key in catalogue(say.language) if key.startswith("method.head.")]
    assert len(heads) == len(SECTIONS)


@pytest.mark.parametrize("say", SPEAKERS)
def test_each_member_and_the_origin_of_the_weights_have_a_sentence(
    open_page: OpenPage, say: Speaker
) -> None:
    page = open_page("method", lang=say.language)

    for member in MEMBERS:
        assert f"**{say(f'member.{member}')}**" in page.text
    assert page.text.count(say("method.weights")) == 1
    assert str(FEWEST_FOR_MODELS) in page.text


def test_the_method_is_the_same_for_every_area_and_asks_nothing(open_page: OpenPage) -> None:
    page = open_page("method", area="SAMPLE", as_of="2026Q1", lang="en")

    assert not page.app.selectbox
    assert not page.app.number_input
    assert page.url == {"area": "SAMPLE", "as_of": "2026Q1", "lang": "en"}
    page.app.button(key="switch_language").click().run()
    assert Screen(page.app).title == "测算方法说明"


@pytest.mark.parametrize("name", ["overview", "indicator"])
def test_the_small_print_leads_to_the_method_with_the_view(open_page: OpenPage, name: str) -> None:
    page = open_page(name, area="SAMPLE", as_of="2026Q1")

    link = page.app.get("page_link")[-1].proto
    assert link.page == "method"
    assert link.query_string.startswith("area=SAMPLE&year=2026&as_of=2026Q1")
