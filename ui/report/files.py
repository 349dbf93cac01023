"""The files of an issue: what each is called, and what makes it when it is asked for.

All are made of the stored document alone. What makes one is imported only when it is wanted: the
libraries of all of them together take longer to import than a page to open.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from forecasting.issues.shared_figures import json_of, rows_of, shared_figures
from forecasting.issues.snapshot import Snapshot
from ui.language import Speaker
from ui.language import format as fmt
from ui.report.document.blocks import Report
from ui.report.document.compose import report_of
from ui.report.document.meeting import meeting_of, meeting_sheets
from ui.report.document.small_print import number_of
from ui.report.render import png
from ui.report.render.html import html_of

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
"""What no name of a file may hold on some system."""
LONGEST = 180
"""Bytes that a name may take without its ending: systems allow 255, mail programs add to it."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "html": "text/html; charset=utf-8",
    "slides": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "brief": "application/pdf",
    "meeting": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "zip": "application/zip",
}
"""Media types by kind."""
_ENDINGS = {"brief": "pdf", "meeting": "pdf", "slides": "html"}
"""Of names of files by kind, where it is not the kind itself."""


BRIEFS = ("brief", "docx")
"""Kinds that hold the brief, not the whole report."""


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One file that a reader can have.

    Attributes
    ----------
    kind
        A key of ``TYPES``.
    label
        What it is, in words.
    name
        Of the file, with its ending.
    make
        Returns its bytes: the same each time.
    """

    kind: str
    label: str
    name: str
    make: Callable[[], bytes]

    @property
    def ending(self) -> str:
        """What its name ends with."""
        return _ENDINGS.get(self.kind, self.kind)

    @property
    def media_type(self) -> str:
        """What it is served as."""
        return TYPES[self.kind]


def files_of(snapshot: Snapshot, say: Speaker, *, digest: str = "") -> tuple[ReportFile, ...]:
    """Return the report as PDF, brief, figures, page, and its charts together.

    Parameters
    ----------
    digest
        SHA-256 of the document, for the small print.
    """
    report = report_of(snapshot, say, digest=digest)
    issued = datetime.fromisoformat(snapshot.issue.issued_at)
    makers: dict[str, Callable[[], bytes]] = {
        "pdf": partial(_pdf, report),
        "brief": partial(_brief, report),
        "docx": partial(_docx, report, issued),
        "xlsx": partial(_xlsx, snapshot, report, digest),
        "html": partial(_html, report),
        "slides": partial(_slides, report),
        "csv": partial(_csv, snapshot, digest),
        "json": partial(_json, snapshot, digest),
    }
    if snapshot.plan is not None:
        makers["meeting"] = partial(_sheet, report)
    if png.charts_of(report):
        makers["zip"] = partial(_charts, snapshot, say)
    return _named(makers, snapshot, say)


def meeting_files(
    report: Report, snapshot: Snapshot, number: str | None = None
) -> tuple[ReportFile, ...]:
    """Return what a meeting takes along of an outlook: one sheet, and screens for the room.

    ``number`` is as of ``meeting_of``.
    """
    makers = {
        "meeting": partial(_sheet, report, number),
        "slides": partial(_slides, meeting_of(report, number=number)),
    }
    return _named(makers, snapshot, report.say)


def _named(
    makers: Mapping[str, Callable[[], bytes]], snapshot: Snapshot, say: Speaker
) -> tuple[ReportFile, ...]:
    name = name_of(snapshot, say)
    names = {kind: name_of(snapshot, say, brief=True) for kind in BRIEFS}
    names |= {kind: say(f"file.name_{kind}", name=name) for kind in ("meeting", "slides")}
    return tuple(
        ReportFile(
            kind, say(f"file.{kind}"), f"{names.get(kind, name)}.{_ENDINGS.get(kind, kind)}", make
        )
        for kind, make in makers.items()
    )


def charts_of(snapshot: Snapshot, say: Speaker) -> tuple[ReportFile, ...]:
    """Return every chart of the report as PNG and as SVG."""
    name = name_of(snapshot, say)
    files = []
    for chart in png.charts_of(report_of(snapshot, say)):
        own = safe(say("file.of_chart", name=name, title=chart.title))
        makers: dict[str, Callable[[], bytes]] = {
            "png": partial(png.png_of, chart.svg),
            "svg": partial(str.encode, chart.svg),
        }
        files += [
            ReportFile(kind, say(f"file.{kind}", title=chart.title), f"{own}.{kind}", make)
            for kind, make in makers.items()
        ]
    return tuple(files)


def name_of(snapshot: Snapshot, say: Speaker, *, brief: bool = False) -> str:
    """Return the name of an issue's files, or of its brief's, without an ending."""
    outlook, issue = snapshot.outlook, snapshot.issue
    issued = fmt.minute(datetime.fromisoformat(issue.issued_at))
    rest = {
        "year": outlook.year,
        "number": number_of(snapshot, say),
        "date": issued.partition(" ")[0].replace("-", ""),
    }
    area = say.plain.name(outlook.area.name)
    key = "file.name" if snapshot.scenario is None else "file.name_scenario"

    def named(area: str) -> str:
        name = say(key, area=area, **rest)
        return say("file.name_brief", name=name) if brief else name

    return safe(named(_cut(area, LONGEST - len(named("").encode()))))


def safe(name: str) -> str:
    """Return a name that every system takes: no path, no control, nothing that turns it round."""
    told = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in name)
    told = re.sub(r"\s+", " ", _FORBIDDEN.sub(" ", told))
    return _cut(told, LONGEST).strip(" .") or "_"


def _cut(text: str, room: int) -> str:
    """Return as much of a text as fits into so many bytes, no sign parted."""
    return text.encode()[: max(room, 0)].decode(errors="ignore")


def _pdf(report: Report) -> bytes:
    from ui.report.render.pdf import pdf_of

    return pdf_of(html_of(report, paper=True))


def _sheet(report: Report, number: str | None = None) -> bytes:
    from ui.report.render.pdf import sheet_pdf_of

    return sheet_pdf_of(meeting_sheets(report, number=number))


def _brief(report: Report) -> bytes:
    from ui.report.render.pdf import brief_pdf_of

    return brief_pdf_of(report)


def _docx(report: Report, issued: datetime) -> bytes:
    from ui.report.render.word import brief_of

    return brief_of(report, issued)


def _xlsx(snapshot: Snapshot, report: Report, digest: str) -> bytes:
    from ui.report.render.excel import figures_of

    return figures_of(snapshot, report.say, report.marks, digest=digest)


def _csv(snapshot: Snapshot, digest: str) -> bytes:
    from data.workbook.write.csv_text import csv_of

    return csv_of(rows_of(shared_figures(snapshot, digest=digest)))


def _json(snapshot: Snapshot, digest: str) -> bytes:
    return json_of(shared_figures(snapshot, digest=digest))


def _charts(snapshot: Snapshot, say: Speaker) -> bytes:
    """Return every chart as PNG and SVG in one archive, the same bytes each time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, chart in enumerate(charts_of(snapshot, say)):
            # Two charts may have one title, and no time of making belongs into an archive.
            name = f"{number // 2 + 1:02d}_{chart.name}"
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, chart.make())
    return packed.getvalue()


def _html(report: Report) -> bytes:
    return html_of(report).encode()


def _slides(report: Report) -> bytes:
    from ui.report.render.slides import slides_of

    return slides_of(report).encode()
