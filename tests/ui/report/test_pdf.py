"""The PDF says all that the report says, on A4, in embedded fonts, and asks nobody."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader

from tests.ui.report.issues import issues
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.charts.palette import palette
from ui.language import Speaker
from ui.report.document.blocks import (
    Block,
    Details,
    FanPicture,
    FigureTable,
    Lights,
    Note,
    Paragraph,
    Topic,
    WaterfallPicture,
    plain,
)
from ui.report.document.compose import report_of
from ui.report.render.html import html_of
from ui.report.render.pdf import PdfUnavailable, pdf_of

CASES = [("full", ZH), ("full", EN), ("scenario", EN), ("published", ZH), ("example", ZH)]


@cache
def html(name: str, say: Speaker) -> str:
    return html_of(report_of(issues()[name], say, digest="3f" * 32), paper=True)


@cache
def pdf(name: str, say: Speaker) -> bytes:
    return pdf_of(html(name, say))


@cache
def text(name: str, say: Speaker) -> str:
    """Return the text of all pages without white space, which line ends may be or not."""
    pages = PdfReader(BytesIO(pdf(name, say))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def numbers(told: str) -> set[str]:
    return set(re.findall(r"−?\d+(?:\.\d+)?%?", told))


def on_paper(blocks: Iterable[Block], depth: int = 0) -> Iterator[str]:
    """Yield every text of a section; what is within details within details is only on screens."""
    for block in blocks:
        match block:
            case Paragraph() | Note():
                yield plain(block.text)
            case FigureTable():
                yield from (cell for row in block.rows for cell in row)
            case Lights():
                for row in block.rows:
                    yield from (row.probability, row.expected, row.interval, row.need)
            case FanPicture() | WaterfallPicture():
                yield block.caption
            case Details() if depth == 0:
                yield from on_paper(block.blocks, depth + 1)


def fonts(reader: PdfReader) -> dict[str, Any]:
    """Return the descriptors of all fonts by name."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inside = font.get_object()["/DescendantFonts"][0].get_object()
            found[str(inside["/BaseFont"])] = inside["/FontDescriptor"].get_object()
    return found


def streams(file: bytes) -> Iterator[bytes]:
    """Yield what is drawn: every stream that is compressed text."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", file, re.DOTALL):
        with suppress(zlib.error):
            yield zlib.decompress(found[1])


@pytest.mark.parametrize(("name", "say"), CASES)
def test_every_page_is_a4_and_carries_title_and_marks(name: str, say: Speaker) -> None:
    report = report_of(issues()[name], say)
    reader = PdfReader(BytesIO(pdf(name, say)))

    assert reader.metadata is not None
    assert reader.metadata.title == report.title
    for number, page in enumerate(reader.pages, start=1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        told = re.sub(r"\s", "", page.extract_text())
        for mark in (*report.marks, report.title, f"{number}/{len(reader.pages)}"):
            assert re.sub(r"\s", "", mark) in told


@pytest.mark.parametrize(("name", "say"), CASES)
def test_the_lines_and_every_number_can_be_selected(name: str, say: Speaker) -> None:
    report = report_of(issues()[name], say)
    shown = [text for part in report.sections for text in on_paper(part.blocks)]
    written = text(name, say)

    for line in report.lines:
        assert re.sub(r"\s", "", plain(line)) in written
    wanted = {number for told in shown for number in numbers(told)}
    assert len(wanted) > 10
    assert {number for number in wanted if number not in written} == set()


@pytest.mark.parametrize("say", SPEAKERS)
def test_fonts_are_embedded_with_the_meaning_of_their_signs(say: Speaker) -> None:
    found = fonts(PdfReader(BytesIO(pdf("full", say))))

    assert found
    for descriptor in found.values():
        assert descriptor.keys() & {"/FontFile", "/FontFile2", "/FontFile3"}


def test_labels_are_not_covered_by_their_own_halo() -> None:
    paper = palette(dark=False)["paper"].removeprefix("#")
    assert "paint-order" in html_of(report_of(issues()["full"], ZH))  # a page has the halo
    red, green, blue = (int(paper[place : place + 2], 16) / 255 for place in (0, 2, 4))
    operations = b"\n".join(streams(pdf("full", ZH)))
    stroked = [
        [float(value) for value in found.split()]
        for found in re.findall(rb"([\d.]+ [\d.]+ [\d.]+) RG", operations)
    ]
    assert stroked
    assert all(
        abs(values[0] - red) + abs(values[1] - green) + abs(values[2] - blue) > 0.003
        for values in stroked
    )


def test_a_long_table_goes_on_over_pages_below_its_head_again() -> None:
    report = report_of(issues()["full"], ZH)
    (lights,) = [part for part in report.sections if part.part is Topic.LIGHTS]
    table = lights.blocks[0]
    assert isinstance(table, Lights)
    long = replace(lights, blocks=(replace(table, rows=table.rows * 6),))

    made = pdf_of(html_of(replace(report, sections=(long,)), paper=True))

    pages = [page.extract_text() for page in PdfReader(BytesIO(made)).pages]
    assert len(pages) == 2
    for page in pages:
        assert page.count(table.head[5]) == 1
        assert page.count(table.rows[0].name) > 2


def test_names_stand_below_their_head_where_no_lights_stand_before_them() -> None:
    report = report_of(issues()["reference"], ZH)
    (lights,) = [part for part in report.sections if part.part is Topic.LIGHTS]
    made = pdf_of(html_of(replace(report, sections=(lights,)), paper=True))
    table = lights.blocks[0]
    assert isinstance(table, Lights)
    found: dict[str, float] = {}

    def look(text: str, _: object, at: list[float], *__: object) -> None:
        found[text.strip()] = round(at[4])

    PdfReader(BytesIO(made)).pages[0].extract_text(visitor_text=look)

    assert {found[table.head[1]]} == {found[row.name] for row in table.rows}


@pytest.mark.parametrize("say", SPEAKERS)
def test_the_same_report_is_the_same_bytes(say: Speaker) -> None:
    assert pdf_of(html("full", say)) == pdf("full", say)


@pytest.mark.parametrize(
    "asked",
    [
        '<img src="http://localhost:9/x.png">',
        '<img src="file:///etc/passwd">',
        '<link rel="stylesheet" href="https://localhost:9/x.css">',
        "<style>body{background:url(http://localhost:9/x.png)}</style>",
    ],
)
def test_a_document_that_refers_to_anything_is_refused(asked: str) -> None:
    with pytest.raises(ValueError, match="the document refers to"):
        pdf_of(f"<!doctype html><html><head></head><body>{asked}</body></html>")


def test_odd_texts_are_said_as_they_are() -> None:
    """A note of some pages shows what one of thirty would."""
    issue = issues()["odd"]
    note = issue.issue.note.replace("长" * 40_000, "长" * 4_000)
    issue = replace(issue, issue=replace(issue.issue, note=note))
    made = pdf_of(html_of(report_of(issue, ZH), paper=True))
    pages = [page.extract_text() for page in PdfReader(BytesIO(made)).pages]
    written = re.sub(r"\s", "", "".join(pages))

    assert "<b>&amp;" in written
    assert "</svg></style>" in written
    assert sum(len(run) for run in re.findall("长长+", written)) == 4_000
    assert sum("长长" in page for page in pages) > 1


def test_a_machine_without_the_libraries_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lacking(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "weasyprint", Lacking("weasyprint"))

    with pytest.raises(PdfUnavailable, match="libpango"):
        pdf_of(html("full", ZH))
