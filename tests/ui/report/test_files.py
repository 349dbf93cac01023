"""Files of an issue have names that every system takes, and come from the document alone."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from forecasting.issues.json import read_snapshot, write_snapshot
from tests.ui.report.issues import EXAMPLE, issues
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import plain
from ui.report.document.compose import report_of
from ui.report.files import LONGEST, TYPES, charts_of, files_of, name_of, safe
from ui.report.render.word import brief_of

ROOT = Path(__file__).parents[3]
NUMBERS = Path(__file__).parent / "examples/0.1.0_numbers.txt"
STARTS = {
    "pdf": b"%PDF-",
    "brief": b"%PDF-",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "html": b"<!doctype html>",
    "slides": b"<!doctype html>",
    "csv": b"\xef\xbb\xbfarea,",
    "json": b"{",
    "png": b"\x89PNG",
    "svg": b"<svg ",
    "zip": b"PK\x03\x04",
}
HEAVY = ("weasyprint", "docx", "xlsxwriter", "resvg_py", "lxml", "statsmodels", "streamlit")


@pytest.mark.parametrize(
    ("say", "wanted"),
    [
        (ZH, "示例开发区2026年情景测算_练习情景第2期_20260801"),
        (EN, "Sample zone (synthetic) 2026 scenario_Practice scenario issue 2_20260801"),
    ],
)
def test_a_name_tells_area_year_number_and_day(say: Speaker, wanted: str) -> None:
    assert name_of(issues()["example"], say) == wanted
    kinds = [(file.kind, file.name) for file in files_of(issues()["example"], say)]
    brief = say("file.name_brief", name=wanted)
    assert kinds == [
        ("pdf", f"{wanted}.pdf"),
        ("brief", f"{brief}.pdf"),
        ("docx", f"{brief}.docx"),
        *((kind, f"{wanted}.{kind}") for kind in ("xlsx", "html")),
        ("slides", f"{say('file.name_slides', name=wanted)}.html"),
        *((kind, f"{wanted}.{kind}") for kind in ("csv", "json")),
        ("zip", f"{wanted}.zip"),
    ]


@pytest.mark.parametrize("say", SPEAKERS)
def test_every_file_tells_the_scenario_by_its_name_as_it_was_typed(say: Speaker) -> None:
    issue = issues()["scenario"]
    assert issue.scenario is not None
    named = replace(issue, scenario=replace(issue.scenario, name="=**加快** <b>&"))
    made = {file.kind: file.make for file in files_of(named, say)}

    assert "=**加快** &lt;b&gt;&amp;</h2>" in made["html"]().decode()
    brief = Document(BytesIO(made["docx"]()))
    assert any("=**加快** <b>&" in one.text for one in brief.paragraphs)
    about, *_ = openpyxl.load_workbook(BytesIO(made["xlsx"]())).worksheets
    assert (say("sheets.scenario"), "=**加快** <b>&") in set(
        about.iter_rows(max_col=2, values_only=True)
    )


def test_the_day_is_that_of_the_zone() -> None:
    issue = issues()["example"]
    late = replace(issue, issue=replace(issue.issue, issued_at="2026-08-01T16:30:00+00:00"))

    assert name_of(late, ZH).endswith("_20260802")


@given(st.text())
def test_every_text_becomes_a_name_that_every_system_takes(text: str) -> None:
    name = safe(text)

    assert name
    assert len(name.encode()) <= LONGEST
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e]', name)
    assert name == name.strip(" .")


@pytest.mark.parametrize("say", SPEAKERS)
def test_a_long_name_keeps_number_and_day(say: Speaker) -> None:
    name = name_of(issues()["odd"], say)

    assert len(name.encode()) <= LONGEST
    assert name.endswith("_20261025")
    assert re.search(r"\b3|第3期", name)


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("name", ["full", "published", "nothing", "odd"])
def test_every_file_is_of_its_kind(name: str, say: Speaker) -> None:
    files = [*files_of(issues()[name], say), *charts_of(issues()[name], say)]

    assert {file.kind for file in files} >= {"pdf", "brief", "docx", "xlsx", "html"}
    for file in files:
        if file.kind not in ("pdf", "brief"):  # pages take a second; they have tests of their own
            assert file.make().startswith(STARTS[file.kind])
        assert file.media_type == TYPES[file.kind]
        assert file.name.endswith(f".{file.ending}")
        assert file.label
    assert len({file.name for file in files}) == len(files)


def test_nothing_that_makes_a_file_is_imported_before_it_is_wanted() -> None:
    program = f"import sys, ui.report.files; print(*sorted({HEAVY!r} & sys.modules.keys()))"
    program = program.replace(repr(HEAVY), repr(set(HEAVY)))

    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert found.stdout.strip() == ""


MAKE_ALL = """
import sys
from hashlib import sha256
from forecasting.issues.json import read_snapshot
from ui.language import Language, Speaker
from ui.report.files import charts_of, files_of
document = open(sys.argv[1], "rb").read()
snapshot = read_snapshot(document)
files = files_of(snapshot, Speaker(Language.ZH), digest=sha256(document).hexdigest())
for file in (*files, *charts_of(snapshot, Speaker(Language.ZH))):
    print(file.kind, sha256(file.make()).hexdigest())
"""
"""Prints a digest of every file of a document."""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the program, so that nobody edits it between one process and the next."""
    copy = tmp_path_factory.mktemp("program")
    for layer in ("forecasting", "data", "ui"):
        leave_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / layer, copy / layer, ignore=leave_out)
    return copy


@pytest.mark.slow
def test_the_stored_example_is_the_same_bytes_in_every_process(program: Path) -> None:
    printed = [
        subprocess.run(
            [sys.executable, "-c", MAKE_ALL, EXAMPLE],
            check=True,
            capture_output=True,
            text=True,
            cwd=program,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(program), "TZ": zone},
        ).stdout.splitlines()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]

    assert len(printed[0]) > 10
    assert printed[0] == printed[1]


def test_the_numbers_of_the_stored_example_stay_as_they_were_issued() -> None:
    """Words may be put better; a number of an issue never changes."""
    report = report_of(read_snapshot(EXAMPLE.read_bytes()), ZH)
    whole = brief_of(report, datetime(2026, 10, 25, tzinfo=UTC), sheets=99)
    brief = Document(BytesIO(whole))
    told = [paragraph.text for paragraph in brief.paragraphs]
    told += [cell.text for table in brief.tables for row in table.rows for cell in row.cells]
    told += [plain(block.text) for block in report.sections[-1].blocks]  # not all in a brief

    found = set(re.findall(r"[−+>]?\d[\d,]*(?:\.\d+)?%?", "\n".join(told)))

    assert sorted(found) == NUMBERS.read_text("utf-8").split()


def test_files_are_of_the_document_and_of_nothing_else() -> None:
    issue = issues()["full"]
    again = read_snapshot(write_snapshot(issue))

    for first, second in zip(files_of(issue, ZH), files_of(again, ZH), strict=True):
        if first.kind != "pdf":
            assert first.make() == second.make()


def test_charts_come_together_under_names_of_their_own() -> None:
    packed = next(file for file in files_of(issues()["full"], ZH) if file.kind == "zip")
    charts = charts_of(issues()["full"], ZH)

    with zipfile.ZipFile(io.BytesIO(packed.make())) as archive:
        names = archive.namelist()
        first = archive.read(names[0])

    assert [name.split("_", 1)[1] for name in names] == [chart.name for chart in charts]
    assert len(set(names)) == len(names)
    assert first == charts[0].make()
    assert packed.make() == packed.make()


def test_without_charts_there_is_no_archive_of_them() -> None:
    assert "zip" not in {file.kind for file in files_of(issues()["nothing"], ZH)}
