"""The brief as PDF: two pages, what the Word brief says, and nothing of how it was made."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.ui.report.issues import issues
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import FigureTable, Topic, plain
from ui.report.document.compose import report_of
from ui.report.render.brief_content import SHEETS, brief_in_words
from ui.report.render.brief_typography import TYPES, smaller
from ui.report.render.html import brief_html_of
from ui.report.render.pdf import brief_pdf_of

CASES = [(name, say) for name in issues() if name != "odd" for say in SPEAKERS]


@cache
def pages(name: str, say: Speaker) -> list[str]:
    """Return the text of each page without spaces."""
    report = report_of(issues()[name], say, digest="3f" * 32)
    read = PdfReader(BytesIO(brief_pdf_of(report))).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in read} == {
        (595, 842)
    }
    return [re.sub(r"\s", "", page.extract_text()) for page in read]


@pytest.mark.parametrize(("name", "say"), CASES)
def test_a_brief_has_two_pages_and_no_digest(name: str, say: Speaker) -> None:
    told = pages(name, say)

    assert len(told) <= SHEETS
    assert "3f3f3f" not in "".join(told)
    assert issues()[name].provenance.engine not in "".join(told)


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("name", ["full", "scenario", "sample"])
def test_it_says_the_five_lines_the_indicators_and_what_is_next(name: str, say: Speaker) -> None:
    report, told = report_of(issues()[name], say), "".join(pages(name, say))

    for line in report.lines[:-1]:  # a page may end within one
        assert re.sub(r"\s", "", plain(line))[:20] in told
    wanted = [section for section in report.sections if section.part in (Topic.LIGHTS, Topic.NEXT)]
    assert wanted
    for section in wanted:
        assert re.sub(r"\s", "", section.title) in told
    for mark in report.marks:  # on the first page above all, on the second at its edge
        assert told.count(re.sub(r"\s", "", mark)) >= 2


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("name", ["full", "scenario", "crowded"])
def test_who_does_what_until_when_always_has_room(name: str, say: Speaker) -> None:
    brief = brief_in_words(report_of(issues()[name], say))

    (steps,) = [section for section in brief.sections if section.part is Topic.NEXT]
    assert [block for block in steps.blocks if isinstance(block, FigureTable)]
    usual = TYPES[say.language]
    assert brief.kind in (usual, smaller(usual))
    assert (brief.kind == usual) is ((name, say) != ("crowded", ZH))


def test_pages_are_numbered_as_the_standard_has_it() -> None:
    assert [text[-3:] for text in pages("full", ZH)] == ["—1—", "—2—"]


def test_the_type_is_that_of_the_word_brief() -> None:
    written = brief_html_of(brief_in_words(report_of(issues()["full"], ZH)))

    assert "--brief-size:16.0pt;--brief-line:28.0pt" in written
    assert "margin:37mm 26mm 35mm 28mm" in written
    assert not re.search(r"https?:", written.replace("http://www.w3.org/", ""))


def test_what_is_typed_is_no_markup() -> None:
    assert "<style> {x}" not in brief_html_of(brief_in_words(report_of(issues()["odd"], ZH)))
