"""Issued outlooks: the stored document, and all that is made of it in both languages."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

from data.store.seed import read_seeds
from forecasting.issues.json import write_snapshot
from forecasting.issues.snapshot import IssueNote, Snapshot
from forecasting.issues.take import Material, take
from forecasting.outlook.judge import baseline_of, outlook_of
from forecasting.outlook.question import Question
from tests.forecasting.issues.wide import wide_issue
from tests.golden.text import digest, json_lines, section, short
from tests.snapshots import sample_issue
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.report.files import charts_of, files_of

ROOT = Path(__file__).resolve().parents[2]
ISSUES: dict[str, Callable[[], Snapshot]] = {
    "zone": sample_issue,  # a scenario, a flash figure, the last issue of the same, a record
    "moved": partial(sample_issue, applied=False),  # reasons for change
    "levers": lambda: wide_issue(),  # every lever and comparator, years that are known, reasons
    "nation": lambda: _nation(2026),
    "closed": lambda: _nation(2025),
}
DOCUMENTS = ("zone", "levers")
"""The issues whose stored document is frozen; those of the nation are mostly its long history."""
PAPER = ("zone", "closed")
"""The issues whose PDF and charts are frozen, too: a PDF takes a second."""
DIGEST = "0" * 64


def outputs() -> dict[str, Callable[[], str]]:
    """Return what makes each output, by the name of its file."""
    made: dict[str, Callable[[], str]] = {}
    for name in ISSUES:
        if name in DOCUMENTS:
            made[f"issues/{name}.json"] = partial(_document, name)
        for say in SPEAKERS:
            at = f"issues/{name}-{say.language}"
            made[f"{at}-page.txt"] = partial(_page, name, say)
            made[f"{at}-word.txt"] = partial(_word, name, say)
            made[f"{at}-workbook.txt"] = partial(_workbook, name, say)
            if name in PAPER:
                made[f"{at}-paper.txt"] = partial(_paper, name, say)
        if name in PAPER:
            made[f"issues/{name}-charts.txt"] = partial(_charts, name)
    return made


@cache
def issue(name: str) -> Snapshot:
    return ISSUES[name]()


def _nation(year: int) -> Snapshot:
    """Return an issue of the nation's figures, without scenario or an issue before."""
    seeds = read_seeds(ROOT / "seeds")
    nation = next(area for area in seeds.areas if area.id == "CN")
    question = Question(nation, year)
    baseline = baseline_of(question, seeds.inputs)
    material = Material(
        seeds.areas, seeds.catalogue, seeds.observations, 1, "0.1.0", date(2026, 8, 1)
    )
    note = IssueNote(1, "2026-08-01T01:30:00+00:00", "发展改革局", "")
    return take(note, outlook_of(baseline), material)


def _file(name: str, say: Speaker, kind: str) -> bytes:
    files = files_of(issue(name), say, digest=DIGEST)
    return next(file.make() for file in files if file.kind == kind)


def _document(name: str) -> str:
    return json_lines(json.loads(write_snapshot(issue(name))))


class Outline(HTMLParser):
    """A page as lines: one for each tag that opens, with its attributes, and one for each text.

    Style sheets and pictures are told by their digest and what a picture says of itself.
    """

    VOID = ("meta", "link", "br", "hr", "img", "input")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._open: list[str] = []
        self._apart: list[str] = []
        """Source of the style sheet or picture that is open."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = " ".join([tag, *(f'{key}="{value or ""}"' for key, value in sorted(attrs))])
        if self._apart or tag in ("style", "svg", "script"):
            self._apart.append(f"<{said}>")
            self._open.append(tag)
            return
        self.lines.append(f"<{said}>")
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        assert self._open, tag
        assert self._open.pop() == tag, tag
        if self._apart and not {"style", "svg", "script"} & set(self._open):
            source = "".join(self._apart)
            words = "" if tag != "svg" else " ".join(re.sub("<[^>]*>", " ", source).split())
            self.lines.append(f"[{tag} {digest(source)}] {words}".rstrip())
            self._apart = []

    def handle_data(self, data: str) -> None:
        if self._apart:
            self._apart.append(data)
        elif data.strip():
            self.lines.append(" ".join(data.split()))


def outline(page: str) -> list[str]:
    """Return a page as lines."""
    parser = Outline()
    parser.feed(page)
    parser.close()
    return parser.lines


def texts(page: str) -> list[str]:
    """Return the texts of a page, and what its attributes tell a reader."""
    said = re.compile(r'(?:aria-label|title|content|alt)="([^"]+)"')
    return [
        line if not line.startswith("<") else " | ".join(said.findall(line))
        for line in outline(page)
        if not line.startswith("<") or said.search(line)
    ]


def _page(name: str, say: Speaker) -> str:
    """Return the page in Chinese tag by tag, in English its texts: the tags are the same."""
    page = _file(name, say, "html").decode()
    return "\n".join((outline if say is ZH else texts)(page)) + "\n"


def _charts(name: str) -> str:
    """Return every chart in Chinese element by element; of the English ones their texts."""
    lines = []
    for say in SPEAKERS:
        for chart in charts_of(issue(name), say):
            if chart.kind != "svg":
                continue
            drawn = _without_style(chart.make().decode())
            title = f"{say.language} {chart.label} {digest(drawn)}"
            if say is ZH:
                lines += section(title, re.sub(r"(?<=[>\]])(?=[<\[])", "\n", drawn).splitlines())
            else:
                texts = re.findall(r">([^<]+)<", drawn)
                lines += section(title, [" | ".join(text.strip() for text in texts)])
    return "\n".join(lines)


def _without_style(drawn: str) -> str:
    """Return a picture with the digest of its style sheet in place of that."""
    return re.sub(r"<style>(.*?)</style>", lambda found: f"[style {digest(found[1])}]", drawn)


def _paper(name: str, say: Speaker) -> str:
    """Return the text of the PDF without spaces, so that where lines break does not matter."""
    pages = PdfReader(io.BytesIO(_file(name, say, "pdf"))).pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    return re.sub(r"(?<=[。;；!])|(?<=[a-z%]\.)(?=[A-Z])", "\n", text) + "\n"


def _word(name: str, say: Speaker) -> str:
    brief = Document(io.BytesIO(_file(name, say, "docx")))
    lines = []
    for part in brief.iter_inner_content():
        if isinstance(part, Paragraph):
            picture = " [picture]" if "<pic:pic" in part._p.xml else ""
            style = part.style.name if part.style else ""
            lines.append(f"{style}: {part.text}{picture}")
        elif isinstance(part, Table):
            lines += (f"| {' | '.join(row)}" for row in _rows(part))
    for place, page in enumerate(brief.sections):
        lines += (f"header {place}: {one.text}" for one in page.header.paragraphs)
        lines += (f"footer {place}: {one.text}" for one in page.footer.paragraphs)
    about = brief.core_properties
    lines.append(f"about: {about.title} / {about.author} / {about.subject} / {about.created}")
    return "\n".join(lines) + "\n"


def _rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        yield [cell.text.replace("\n", " / ") for cell in row.cells]


def _workbook(name: str, say: Speaker) -> str:
    return "\n".join(cells_of(_file(name, say, "xlsx")))


def cells_of(content: bytes) -> list[str]:
    """Return the cells of a workbook row by row, and formats of numbers column by column."""
    lines = []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        rows = [short([cell.value for cell in row]) for row in sheet.iter_rows()]
        formats = sorted(
            {
                f"{cell.column_letter} {cell.number_format}"
                for row in sheet.iter_rows(min_row=2)
                for cell in row
                if cell.number_format != "General"
            }
        )
        choices = [f"{one.sqref} {one.formula1}" for one in sheet.data_validations.dataValidation]
        lines += section(
            f"{sheet.title} frozen {sheet.freeze_panes}",
            [*rows, *(f"format {one}" for one in formats), *(f"choice {one}" for one in choices)],
        )
    return lines
