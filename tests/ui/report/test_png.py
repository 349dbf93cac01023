"""Charts stand alone as SVG and PNG, and no sign in them is missing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import escape
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.ui.report.issues import issues
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import FanPicture, Topic, WaterfallPicture
from ui.report.document.compose import report_of
from ui.report.render.charts_svg import SANS
from ui.report.render.png import chart_of, charts_of, png_of

CASES = [(name, say) for name in issues() for say in SPEAKERS]
SVG = "{http://www.w3.org/2000/svg}"
CELL = 24
MISSING = "\ue123"
"""A sign for private use, which no font of a system has."""


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)).convert("L"), dtype=float)


def signs() -> list[str]:
    """Return every sign that stands in a chart of an issue without odd texts."""
    found: set[str] = set()
    for name, say in CASES:
        if name != "odd":
            for chart in charts_of(report_of(issues()[name], say)):
                for text in ET.fromstring(chart.svg).iter(f"{SVG}text"):
                    found |= set(text.text or "")
    return sorted(found - {" ", "\u2003", "\u3000", "\u200b"})


def test_no_sign_of_any_chart_is_missing() -> None:
    shown = [*signs(), MISSING]
    assert len(shown) > 60
    texts = "".join(
        f'<text x="{CELL * place + 3}" y="18" font-size="16">{escape(sign)}</text>'
        for place, sign in enumerate(shown)
    )
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {CELL * len(shown)} {CELL}">'
        f"<style>text{{font-family:{SANS}}}</style>{texts}</svg>"
    )

    ink = 255 - pixels(png_of(drawn, 2.0))

    side = 2 * CELL
    cells = [ink[:, side * place : side * (place + 1)] for place in range(len(shown))]
    missing = cells.pop()
    assert [sign for sign, cell in zip(shown, cells, strict=False) if cell.max() < 100] == []
    assert [
        sign for sign, cell in zip(shown, cells, strict=False) if np.array_equal(cell, missing)
    ] == []
    assert len({cell.tobytes() for cell in cells}) == len(cells)  # no two drawn as one box


def texts(drawn: str) -> str:
    return "\n".join(text.text or "" for text in ET.fromstring(drawn).iter(f"{SVG}text"))


@pytest.mark.parametrize("say", SPEAKERS)
def test_a_chart_that_stands_alone_says_what_it_is_of_and_how_it_is_marked(say: Speaker) -> None:
    report = report_of(issues()["full"], say)
    assert report.internal

    for chart in charts_of(report):
        told = texts(chart.svg).replace("\n", "" if say is ZH else " ")
        for words in (chart.title, report.area, str(report.year), "%", report.number, report.date):
            assert words in told
        for mark in report.marks:
            assert told.count(mark) == 1


def test_a_chart_that_is_copied_from_a_page_keeps_its_marks() -> None:
    for name, marks in (("full", ["内部资料"]), ("sample", ["模拟数据"]), ("published", [])):
        report = report_of(issues()[name], ZH)
        pictures = [
            block for section in report.sections for block in section.blocks
            if isinstance(block, FanPicture | WaterfallPicture)
        ]  # fmt: skip
        assert pictures or name == "published"
        for picture in pictures:
            told = texts(chart_of(picture).svg)
            found = [mark for mark in ("内部资料", "模拟数据") if mark in told]
            assert found == marks


def test_a_title_that_is_too_long_is_cut_and_stays_within_the_picture() -> None:
    report = report_of(issues()["odd"], ZH)
    for chart in charts_of(report):
        width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', chart.svg)[0])
        assert width < 450
        assert height < 450
        assert "…" in texts(chart.svg)


@pytest.mark.parametrize(("name", "say"), CASES)
def test_every_chart_is_a_document_of_its_own(name: str, say: Speaker) -> None:
    charts = charts_of(report_of(issues()[name], say))

    assert charts or name == "nothing"
    for chart in charts:
        tree = ET.fromstring(chart.svg)
        assert tree.tag == f"{SVG}svg"
        assert tree.findtext(f"{SVG}desc") == chart.alt.replace("\x00", "\ufffd") or name == "odd"
        assert "var(" not in chart.svg
        assert not re.search(r"\b(href|src)=|url\(", chart.svg)


def test_a_picture_has_the_size_of_its_chart_and_white_paper() -> None:
    section = report_of(issues()["full"], ZH).section(Topic.WEAKEST)
    assert section is not None
    chart = chart_of(section.blocks[0])  # type: ignore[arg-type]
    width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', chart.svg)[0])

    drawn = Image.open(BytesIO(png_of(chart.svg, 2.0)))

    assert drawn.format == "PNG"
    assert drawn.size == (2 * width, 2 * height)
    assert drawn.convert("RGB").getpixel((1, 1)) == (255, 255, 255)


def test_the_same_chart_is_the_same_bytes() -> None:
    first, second = (
        [(chart.svg, png_of(chart.svg)) for chart in charts_of(report_of(issue, ZH))]
        for issue in (issues()["full"], issues()["full"])
    )

    assert first == second


@pytest.mark.parametrize("say", SPEAKERS)
def test_odd_texts_are_drawn_as_they_are(say: Speaker) -> None:
    for chart in charts_of(report_of(issues()["odd"], say)):
        assert "]]>" not in chart.svg.replace("]]&gt;", "")
        assert png_of(chart.svg, 1.0)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown token"):
        png_of("no picture")
