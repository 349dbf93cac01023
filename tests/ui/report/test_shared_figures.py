"""What a link gives to programs is of its schema, and tells no more than page and workbook."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import jsonschema
import openpyxl
import pytest

from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.quantiles import QUANTILE_NAMES
from tests.ui.report.issues import issues
from tests.ui.speakers import EN, ZH
from tools.write_link_schema import FILE, written
from ui.report.document.compose import report_of
from ui.report.files import files_of
from ui.report.render.html import html_of

DIGEST = "ab" * 32
HEAD = {"year", "number", "since", "vintage", "seed", "tolerance", "reached", "windows"}
"""Numbers that are no figures, or stand in the words of a target."""


def made(snapshot: Snapshot, kind: str) -> bytes:
    (file,) = [one for one in files_of(snapshot, ZH, digest=DIGEST) if one.kind == kind]
    return file.make()


def told(snapshot: Snapshot) -> Any:
    return json.loads(made(snapshot, "json"))


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from leaves(inside, name)
    elif isinstance(value, list):
        for inside in value:
            yield from leaves(inside, key)
    else:
        yield key, value


def test_the_schema_is_the_one_that_is_published() -> None:
    assert FILE.read_text("utf-8") == written()


@pytest.mark.parametrize("name", issues())
def test_every_issue_is_of_the_schema(name: str) -> None:
    jsonschema.validate(told(issues()[name]), json.loads(FILE.read_text("utf-8")))


@pytest.mark.parametrize("name", issues())
def test_no_figure_is_told_that_the_workbook_does_not_have(name: str) -> None:
    book = openpyxl.load_workbook(BytesIO(made(issues()[name], "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    numbers = [float(cell) for cell in cells if isinstance(cell, int | float)]

    def stands(value: float) -> bool:
        return any(
            math.isclose(value * times, number, rel_tol=1e-9, abs_tol=1e-12)
            for times in (1, 100)  # a change of a probability is told in points
            for number in numbers
        )

    document = told(issues()[name])
    rough = document["without_scenario"] or {"in_tenths": False}
    if rough["in_tenths"]:
        del document["without_scenario"]
    untold = [
        (key, value)
        for key, value in leaves(document)
        if key not in HEAD and type(value) in (int, float) and not stands(value)
    ]
    assert untold == []


@pytest.mark.parametrize("name", [name for name in issues() if name != "odd"])
def test_every_name_stands_on_the_page(name: str) -> None:
    snapshot = issues()[name]
    pages = [html_of(report_of(snapshot, say, digest=DIGEST)) for say in (ZH, EN)]
    document = told(snapshot)

    for one in document["indicators"]:
        assert one["name"]["zh"] in pages[0]
        assert one["name"]["en"] in pages[1]
    assert document["issue"]["sha256"] == DIGEST


def test_a_scenario_has_no_light_and_no_command() -> None:
    document = told(issues()["scenario"])

    assert document["together"]["light"] is None
    assert {one["light"] for one in document["indicators"] if one["pace"]} == {None}
    assert document["made_from"]["command"] is None


def test_the_table_has_a_row_for_each_indicator_and_no_formula() -> None:
    snapshot = issues()["full"]
    rows = list(csv.DictReader(StringIO(made(snapshot, "csv").decode("utf-8-sig"))))

    assert [row["indicator"] for row in rows] == [
        verdict.indicator_id for verdict in snapshot.outlook.verdicts
    ]
    for row, verdict in zip(rows, snapshot.outlook.verdicts, strict=True):
        assert float(row["probability"]) == verdict.probability
        assert [float(row[level]) for level in QUANTILE_NAMES] == list(verdict.quantiles)
        assert row["name_zh"] == verdict.history.indicator.name.zh
