"""Both languages are complete: on every page no raw key, and no Chinese on an English one."""

import re

import pytest

from data.plan.criteria import shipped_book
from data.realisation import published_rates
from tests.ui.conftest import OpenPage
from tests.ui.desks import FULL, PARTS, SAMPLE, choose_part, latin, link, press, text_of
from tests.ui.reading import Screen, raw_marks
from tests.ui.scenarios import seeds
from tests.ui.speakers import EN, SPEAKERS
from ui.frame.navigation import SCENARIO_MENU
from ui.frame.navigation import names as page_names
from ui.language import Speaker, catalogue

CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
PUBLISHED = {
    text
    for row in published_rates()
    for text in (row.place, row.cohort, row.as_of, row.source_title, row.note)
}
BOOK = shipped_book()
SOURCES = {
    *(source.title for one in BOOK.versions.values() for source in one.sources.values()),
    *(one.source.title for one in BOOK.yardsticks),
    *(
        name
        for version in BOOK.versions.values()
        for item in version.items
        for name in (item.zh, *item.names)
    ),
}
CITED = (
    "中文",
    *sorted(SOURCES, key=len, reverse=True),
    *{target.document for target in seeds().targets},
    *sorted(PUBLISHED - {""}, key=len, reverse=True),
)
"""What stays Chinese: the language switch, and source documents, which are quoted."""

VIEWS = [
    *((name, {"area": area}) for name in page_names() for area in ("CN", "SAMPLE", "CN-SX-LF-HMZ")),
    ("overview", {"area": "CN", "year": "2025"}),
    ("overview", {"area": "SAMPLE", "year": "2025"}),
    ("indicator", {"area": "CN", "indicator": "gdp"}),
    ("indicator", {"area": "CN", "indicator": "retail_sales"}),
    ("indicator", {"area": "SAMPLE", "indicator": "foreign_capital"}),
    ("indicator", {"area": "SAMPLE", "indicator": "technical_transformation_investment"}),
    ("track", {"area": "CN-SX"}),
    *(
        (name, parameters)
        for name in SCENARIO_MENU
        for parameters in (
            {"area": "SAMPLE", "year": "2025"},
            {"area": "SAMPLE", "year": "2026", "scenario": text_of(latin(FULL))},
            {"area": "CN", "year": "2026", "scenario": text_of(latin(FULL))},
            {"area": "CN", "year": "2026", "scenario": text_of(latin(FULL), "CN")},
        )
    ),
    ("scenario", {"area": "SAMPLE", "scenario": "nonsense"}),
]
"""Every page of the app, in areas with figures of each kind and with none, and more of some."""


def no_chinese(page: Screen) -> None:
    text = page.text
    for cited in CITED:
        text = text.replace(cited, "")
    assert [line for line in text.splitlines() if CJK.search(line)] == []


def no_raw_mark(page: Screen, say: Speaker) -> None:
    keys = set(catalogue(say.language))
    shown = set(re.findall(r"[a-z_]+(?:\.[a-z0-9_]+)+", page.text))
    assert shown & keys == set()
    assert raw_marks(page.text) == []
    assert re.findall(r"\{\w*\}|\bnan\b|\bNone\b|\binf\b", page.text) == []


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize(("name", "parameters"), VIEWS)
def test_no_page_shows_a_raw_key_an_unfilled_place_or_chinese_where_it_is_english(
    open_page: OpenPage, name: str, parameters: dict[str, str], say: Speaker
) -> None:
    page = open_page(name, **parameters, lang=say.language)

    no_raw_mark(page, say)
    if say is EN and name not in ("areas", "data"):  # which ask for Chinese names, and show them
        no_chinese(page)


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_assumptions_is_told_in_the_language(
    open_page: OpenPage, part: str, say: Speaker
) -> None:
    page = choose_part(open_page("assumptions", **link(latin(FULL), lang=say.language)), part)

    no_raw_mark(page, say)
    if say is EN:
        no_chinese(page)


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("area", ["SAMPLE", "CN"])
def test_what_it_takes_is_told_in_the_language(
    open_page: OpenPage, area: str, say: Speaker
) -> None:
    page = press(open_page("scenario", **(SAMPLE | {"area": area, "lang": say.language})), "solve")

    no_raw_mark(page, say)
    if say is EN:
        no_chinese(page)
