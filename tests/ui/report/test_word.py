"""The brief is set as GB/T 9704 asks, says what the report says, and names nobody."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Written
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pypdf import PdfReader

from tests.ui.report.issues import issues
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.charts.palette import GLYPHS, palette
from ui.language import Speaker
from ui.report.document.blocks import Details, Lights, Paragraph, Topic, plain
from ui.report.document.compose import report_of
from ui.report.render import brief_templates
from ui.report.render.brief_content import ORDER, SHEETS
from ui.report.render.plain_xml import allowed
from ui.report.render.word import brief_of

CASES = [(name, say) for name in issues() for say in SPEAKERS]
ISSUED = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
ALL = 99
"""Pages on which all of a report has room."""


@cache
def file(name: str, say: Speaker, sheets: int = ALL) -> bytes:
    report = report_of(issues()[name], say, digest="3f" * 32)
    return brief_of(report, ISSUED, sheets=sheets)


def brief(name: str, say: Speaker, sheets: int = ALL) -> Written:
    return Document(BytesIO(file(name, say, sheets)))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_brief_has_two_pages(tmp_path: Path) -> None:
    for name, say in CASES:
        (tmp_path / f"{name}-{say.language}.docx").write_bytes(file(name, say, SHEETS))
    made = sorted(tmp_path.glob("*.docx"))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, made)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)

    pages = {one.stem: len(PdfReader(one.with_suffix(".pdf")).pages) for one in made}
    ordinary = {name: count for name, count in pages.items() if not name.startswith("odd")}
    assert set(ordinary.values()) <= {1, 2}, ordinary


@pytest.mark.parametrize("say", SPEAKERS)
def test_what_has_no_room_is_left_to_the_report(say: Speaker) -> None:
    whole, short = texts(brief("full", say)), texts(brief("full", say, SHEETS))

    assert len(short) < len(whole)
    lights = report_of(issues()["full"], say).section(Topic.LIGHTS)
    assert lights is not None
    assert any(text.endswith(lights.title) for text in short)


@pytest.mark.parametrize("say", SPEAKERS)
def test_sentences_that_have_no_room_are_counted(say: Speaker) -> None:
    section = report_of(issues()["full"], say).section(Topic.BRIEF)
    assert section is not None
    sentences = [
        plain(block.text)
        for details in section.blocks
        if isinstance(details, Details)
        for block in details.blocks
        if isinstance(block, Paragraph)
    ]
    for sheets in range(SHEETS, 8):
        written = texts(brief("full", say, sheets))
        kept = sum(sentence in written for sentence in sentences)
        left = len(sentences) - kept
        if kept:
            assert (say("brief.rest", count=left) in written) == (left > 0)


@pytest.mark.parametrize(("name", "say"), CASES)
def test_no_brief_tells_digests_or_versions_of_programs(name: str, say: Speaker) -> None:
    written = "\n".join(texts(brief(name, say)))

    assert "3f3f3f" not in written
    assert "SHA-256" not in written
    assert issues()[name].provenance.engine not in written


def texts(document: Written) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_page_is_a4_with_the_margins_and_the_grid_of_the_standard() -> None:
    (sheet,) = brief("full", ZH).sections

    sides = (sheet.page_width, sheet.page_height)
    margins = (sheet.top_margin, sheet.bottom_margin, sheet.left_margin, sheet.right_margin)
    shown = [round(length.mm, 1) for length in (*sides, *margins) if length is not None]
    assert shown == [210, 297, 37, 35, 28, 26]
    (grid,) = sheet._sectPr.findall(qn("w:docGrid"))
    across = 156 / 25.4 * 72 / (16 + int(grid.get(qn("w:charSpace"))) / 4096)
    down = 225 / 25.4 * 72 / (int(grid.get(qn("w:linePitch"))) / 20)
    assert (int(across + 0.01), int(down + 0.01)) == (28, 22)


def test_the_body_is_fangsong_of_16_points_on_lines_of_28() -> None:
    document = brief("full", ZH)
    body = document.styles["Body Text"]
    base = document.styles["Normal"]

    assert base.font.size == Pt(16)
    assert base.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    defaults = document.styles.element.find(f".//{qn('w:pPrDefault')}//{qn('w:spacing')}")
    assert defaults.get(qn("w:line")) == str(28 * 20)
    assert defaults.get(qn("w:lineRule")) == "exact"
    indent = body.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert body.paragraph_format.first_line_indent == Pt(32)


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Brief Name", "方正小标宋简体", 16),
    ],
)
def test_titles_and_headings_have_the_fonts_of_the_standard(
    style: str, font: str, size: int
) -> None:
    found = brief("full", ZH).styles[style]

    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert (found.font.size or found.base_style.font.size) == Pt(size)
    assert not found.font.bold


def test_a_machine_without_the_fonts_is_told_what_may_stand_for_them() -> None:
    with ZipFile(BytesIO(file("full", ZH))) as parts:
        table = ET.fromstring(parts.read("word/fontTable.xml"))
        styles = parts.read("word/styles.xml").decode()
    named = {
        entry.get(qn("w:name")): entry.find(qn("w:altName")).get(qn("w:val"))  # type: ignore[union-attr]
        for entry in table
    }

    assert set(re.findall(r'w:eastAsia="([^"a-z]+)"', styles)) == set(named)
    assert all(named.values())


@pytest.mark.parametrize(("name", "say"), CASES)
def test_the_head_tells_name_number_unit_and_date_above_a_red_line(name: str, say: Speaker) -> None:
    report = report_of(issues()[name], say)
    document = brief(name, say)
    head = [p for p in document.paragraphs if p.style and p.style.name.startswith("Brief ")]
    told = "\n".join(paragraph.text for paragraph in head[:6])

    if name != "odd":
        assert report.area in told
        assert f"{report.issuer}\t{report.date}" in told
    assert report.number in told
    (line,) = document.styles["Brief Line"].element.findall(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert line.get(qn("w:color")) == "E60000"


@pytest.mark.parametrize(("name", "say"), CASES)
def test_the_five_lines_come_first(name: str, say: Speaker) -> None:
    report = report_of(issues()[name], say)
    body = [
        paragraph.text
        for paragraph in brief(name, say).paragraphs
        if paragraph.style is not None and paragraph.style.name == "Body Text"
    ]

    if name == "odd":
        assert len(body) >= len(report.lines)
    else:
        lines = [report.lines[0], *report.flags, *report.lines[1:]]
        wanted = [plain(line).replace("本页为", "本简报为") for line in lines]
        assert body[: len(lines)] == wanted


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("name", ["full", "example"])
def test_every_indicator_is_told_in_the_standard_order(name: str, say: Speaker) -> None:
    section = report_of(issues()[name], say).section(Topic.BRIEF)
    assert section is not None
    (told, *_) = section.blocks
    assert isinstance(told, Details)
    sentences = [plain(block.text) for block in told.blocks if isinstance(block, Paragraph)]

    assert len(sentences) == len(issues()[name].brief)
    written = texts(brief(name, say))
    start = written.index(sentences[0])
    assert written[start : start + len(sentences)] == sentences


@pytest.mark.parametrize("say", SPEAKERS)
def test_assumptions_are_told_whole_and_of_the_small_print_what_a_brief_is(say: Speaker) -> None:
    report = report_of(issues()["scenario"], say, digest="3f" * 32)
    written = texts(brief("scenario", say))

    for part in (Topic.ASSUMED, Topic.PRINT):
        section = report.section(part)
        assert section is not None
        for block in section.blocks[:1] if part is Topic.PRINT else section.blocks:
            for inner in block.blocks if isinstance(block, Details) else [block]:
                wanted = plain(inner.text).replace("本页为", "本简报为")  # type: ignore[union-attr]
                assert wanted in written


@pytest.mark.parametrize("name", ["full", "example", "reference"])
def test_no_line_parts_a_figure_in_a_table(name: str) -> None:
    document = brief(name, ZH)
    (table,) = (found for found in document.tables if len(found.columns) == 8)
    for column in table.columns:
        longest = max((cell.text for cell in column.cells[1:]), key=len)
        if len(longest) <= 7:
            wide = sum(8.5 if ord(sign) > 0x2E80 else 5.0 for sign in longest)
            assert column.width is not None
            assert column.width.pt > wide + 5  # both edges of the cell


@pytest.mark.parametrize("name", ["full", "example"])
def test_the_small_print_stands_whole_on_the_page_of_the_foot(name: str) -> None:
    report = report_of(issues()[name], ZH)
    section = report.section(Topic.PRINT)
    assert section is not None
    notes = [plain(block.text)[:20] for block in section.blocks[:1]]  # type: ignore[union-attr]
    told = [
        paragraph for paragraph in brief(name, ZH).paragraphs
        if any(note.replace("本页", "本简报")[:15] in paragraph.text for note in notes)
        and paragraph.style is not None and paragraph.style.name == "Brief Note"
    ]  # fmt: skip

    assert len(told) == len(notes)
    assert all(one.paragraph_format.keep_with_next for one in told)


def test_a_brief_has_a_place_for_every_part() -> None:
    assert sorted(ORDER) == sorted(Topic)


def test_a_brief_does_not_call_itself_a_page() -> None:
    for name in ("full", "scenario", "reference"):
        written = "\n".join(texts(brief(name, ZH)))
        assert written.count("本简报为测算结果") == 1
        assert "本页" not in written


def test_what_an_issuer_says_of_a_page_stays_as_it_is() -> None:
    issue = issues()["full"]
    noted = replace(issue, issue=replace(issue.issue, note="本页数字为快报。"))
    written = Document(BytesIO(brief_of(report_of(noted, ZH), ISSUED, sheets=ALL)))

    assert "本页数字为快报。" in texts(written)


@pytest.mark.parametrize("known", [1, 2])
def test_a_short_record_is_told_issue_by_issue(known: int) -> None:
    issue = issues()["full"]
    short = replace(issue, record=issue.record[:known])
    written = Document(BytesIO(brief_of(report_of(short, ZH), ISSUED, sheets=ALL)))

    titles = [told.partition("、")[2] for told in texts(written)]
    assert "以往各期" in titles
    (table,) = (found for found in written.tables if found.cell(0, 0).text == "期号")
    assert [row.cells[0].text for row in table.rows[1:]] == ["第11期", "第8期"][:known]


@pytest.mark.parametrize(
    ("say", "ends"),
    [
        (ZH, "总体把握由45%变为38%。"),
        (EN, "The overall chance went from 45% to 38%."),
    ],
)
def test_the_causes_of_a_change_stand_between_its_ends(say: Speaker, ends: str) -> None:
    written = texts(brief("full", say))

    assert written.count(ends) == 1
    section = report_of(issues()["full"], say).section(Topic.CHANGE)
    assert section is not None
    causes = [plain(block.text) for block in section.blocks if isinstance(block, Paragraph)]
    after = written.index(ends) + 1
    assert causes
    assert written[after : after + len(causes)] == causes


@pytest.mark.parametrize("name", ["full", "reference", "published"])
def test_lights_stand_in_a_table_with_shape_colour_and_word(name: str) -> None:
    section = report_of(issues()[name], ZH).section(Topic.LIGHTS)
    assert section is not None
    lights = next(block for block in section.blocks if isinstance(block, Lights))
    table = brief(name, ZH).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]

    for row, light, cells in zip(rows, lights.rows, table.rows[1:], strict=True):
        shown = [light.name, light.probability, light.expected, light.interval, light.need]
        if light.lamp is not None:
            shape, colour = GLYPHS[light.lamp.light]
            assert row[0] == f"{shape} {light.lamp.word}"
            (drawn, *_) = cells.cells[0].paragraphs[0].runs
            assert drawn.text == shape
            assert f"#{drawn.font.color.rgb}" == palette(dark=False)[colour]
        assert [cell for cell in row if cell] == [
            *([row[0]] if light.lamp else []),
            *(cell for cell in shown if cell),
        ]


def test_a_column_that_holds_nothing_is_left_out() -> None:
    assert len(brief("full", ZH).tables[0].columns) == 6
    assert len(brief("reference", ZH).tables[0].columns) == 5
    assert len(brief("published", ZH).tables[0].columns) == 3


@pytest.mark.parametrize("say", SPEAKERS)
def test_the_chart_is_a_picture_with_its_words(say: Speaker) -> None:
    document = brief("full", say)
    described = document.element.findall(f".//{qn('wp:docPr')}")

    assert len(described) == len(document.inline_shapes) == 1
    assert document.inline_shapes[0].width < Mm(156)
    section = report_of(issues()["full"], say).section(Topic.WEAKEST)
    assert section is not None
    assert described[0].get("descr") == section.blocks[0].alt  # type: ignore[union-attr]
    (paragraph,) = (p for p in document.paragraphs if p._p.findall(f".//{qn('w:drawing')}"))
    assert paragraph.style is not None
    rule = paragraph.style.paragraph_format.line_spacing_rule
    assert rule is WD_LINE_SPACING.SINGLE  # a fixed line would cut it off


@pytest.mark.parametrize(("name", "say"), CASES)
def test_no_heading_stands_alone(name: str, say: Speaker) -> None:
    styles = [
        item.style.name if hasattr(item, "text") and item.style is not None else "table"
        for item in brief(name, say).iter_inner_content()
    ]

    for style, after in pairwise(styles):
        assert not (style == after == "Heading 1")
    assert "Heading 1" in styles


def test_headings_are_numbered_without_a_gap() -> None:
    titles = [
        paragraph.text
        for paragraph in brief("full", ZH).paragraphs
        if paragraph.style is not None and paragraph.style.name == "Heading 1"
    ]

    assert [title.partition("、")[0] for title in titles] == list("一二三四五六七八九十")[
        : len(titles)
    ]
    assert len(titles) > 5


def test_pages_are_numbered_at_their_outer_edges_and_carry_the_marks() -> None:
    document = brief("full", ZH)
    (sheet,) = document.sections

    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in (
        (sheet.first_page_footer, "right"),
        (sheet.footer, "right"),
        (sheet.even_page_footer, "left"),
    ):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert paragraph._p.pPr.jc.val.xml_value == side
        assert [code.text for code in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
    for mark in report_of(issues()["full"], ZH).marks:
        assert mark in sheet.header.paragraphs[0].text
        assert mark in sheet.even_page_header.paragraphs[0].text
        assert mark in document.paragraphs[0].text


@pytest.mark.parametrize(("say", "wanted"), [(ZH, "发送范围："), (EN, "Distribution:")])
def test_the_foot_is_left_to_fill_in(say: Speaker, wanted: str) -> None:
    last = brief("full", say).tables[-1]

    assert last.rows[0].cells[0].text == wanted
    assert len(last.rows) == 2


@pytest.mark.parametrize(("name", "say"), CASES)
def test_the_file_names_the_unit_and_no_person(name: str, say: Speaker) -> None:
    properties = brief(name, say).core_properties

    assert properties.author == properties.last_modified_by
    issuer = issues()[name].issue.issuer
    assert properties.author == allowed(issuer)[:255]
    assert properties.author
    assert properties.created == ISSUED.replace(tzinfo=None) or properties.created == ISSUED


@pytest.mark.parametrize(("name", "say"), CASES)
def test_the_same_report_is_the_same_bytes(name: str, say: Speaker) -> None:
    again = brief_of(report_of(issues()[name], say, digest="3f" * 32), ISSUED)

    assert again == file(name, say, SHEETS)


def test_every_part_is_well_formed_and_small() -> None:
    for name, say in CASES:
        with ZipFile(BytesIO(file(name, say))) as parts:
            assert parts.testzip() is None
            for part in parts.namelist():
                if part.endswith((".xml", ".rels")):
                    ET.fromstring(parts.read(part))
            assert "docProps/thumbnail.jpeg" not in parts.namelist()


@pytest.mark.parametrize("say", SPEAKERS)
def test_a_template_is_what_its_program_makes(say: Speaker) -> None:
    kept = (brief_templates.INTO / f"brief-{say.language}.docx").read_bytes()

    assert kept == brief_templates.template(say.language)


@pytest.mark.parametrize("say", SPEAKERS)
def test_odd_texts_are_said_as_they_are(say: Speaker) -> None:
    written = "\n".join(texts(brief("odd", say)))

    assert "=1+1 <b>&amp;\ufffd\ufffd\ufffd" in written
    assert "{x} ${y} %s \ufffdabc" in written
    assert "长" * 1000 in written
