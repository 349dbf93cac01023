"""A snapshot is the same bytes everywhere, and comes back as it was."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forecasting.errors import DamagedSnapshot, LaterSnapshot
from forecasting.figures.period import Month, Quarter
from forecasting.history.months import PartialQuarter
from forecasting.issues.json import SCHEMA, plain, read_snapshot, write_snapshot
from forecasting.issues.snapshot import Apart, IssueNote, PastIssue, Snapshot, Unexplained
from forecasting.outlook.outlook import Excluded, Reason
from tests.forecasting.issues.wide import wide_issue
from tests.snapshots import same, sample_issue

EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture(scope="module")
def issued() -> Snapshot:
    return sample_issue()


@pytest.fixture(scope="module")
def document(issued: Snapshot) -> bytes:
    return write_snapshot(issued)


@pytest.mark.parametrize("applied", [True, False])
def test_what_was_issued_comes_back_as_it_was(applied: bool) -> None:
    issued = sample_issue(applied=applied)
    document = write_snapshot(issued)

    back = read_snapshot(document)

    assert same(back, issued)
    assert write_snapshot(back) == document


@pytest.mark.parametrize("applied", [True, False])
def test_an_issue_of_rarer_values_comes_back_as_it_was(applied: bool) -> None:
    issued = wide_issue(applied=applied)

    assert same(read_snapshot(write_snapshot(issued)), issued)


def test_growth_that_is_that_of_levels_comes_back_as_such(issued: Snapshot) -> None:
    derived = frozenset({Quarter(2025, 1), Quarter(2025, 2)})
    verdict = issued.outlook.verdicts[0]
    history = replace(verdict.history, derived=derived)
    outlook = replace(
        issued.outlook,
        verdicts=(replace(verdict, history=history),),
        excluded=(Excluded(verdict.target, Reason.STALE, history, None),),
    )

    back = read_snapshot(write_snapshot(replace(issued, outlook=outlook))).outlook

    assert back.verdicts[0].history.derived == derived
    assert back.excluded[0].history is not None
    assert back.excluded[0].history.derived == derived


def test_an_open_quarter_comes_back_and_is_left_out_where_nothing_is_known_of_it(
    issued: Snapshot, document: bytes
) -> None:
    """So documents without months are what they were before there were any."""
    part = PartialQuarter(Month(2026, 8), 7.1, 6.9, 0.01, {2024: 8.0, 2025: 7.5}, unpublished=True)
    verdict = issued.outlook.verdicts[0]
    known = replace(verdict, history=replace(verdict.history, partial=part))
    outlook = replace(issued.outlook, as_of=Month(2026, 8), verdicts=(known,))

    written = write_snapshot(replace(issued, outlook=outlook))
    back = read_snapshot(written).outlook

    assert (back.as_of, back.verdicts[0].history.partial) == (Month(2026, 8), part)
    assert b'"partial":{' in written
    assert b'"partial"' not in document
    assert b'"first_month"' not in document


def example() -> bytes:
    return (EXAMPLES / "0.1.0.json").read_bytes()


def test_the_bytes_are_canonical(issued: Snapshot, document: bytes) -> None:
    values = json.loads(document)

    assert values["schema"] == SCHEMA
    assert list(values) == sorted(values)
    again = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again.encode() == document
    assert "示例开发区" in document.decode()
    assert write_snapshot(replace(issued)) == document
    assert write_snapshot(replace(issued, planned=False)) != document


def test_missing_figures_are_null(issued: Snapshot, document: bytes) -> None:
    missing = [
        (verdict.indicator_id, place)
        for verdict in issued.outlook.verdicts
        for place in np.flatnonzero(np.isnan(verdict.history.ytd))
    ]
    assert missing
    written = {
        verdict["target"]["indicator"]: verdict["history"]["ytd"]
        for verdict in json.loads(document)["outlook"]["verdicts"]
    }
    assert all(written[name][place] is None for name, place in missing)
    assert b"NaN" not in document


@given(st.floats())
def test_numbers_are_written_as_they_are(number: float) -> None:
    written = sample_of(number)

    back = read_snapshot(written).brief[0].latest.growth

    assert back == number or (math.isnan(back) and math.isnan(number))
    assert math.copysign(1, back) == math.copysign(1, number) or math.isnan(number)


def sample_of(growth: float) -> bytes:
    """Return a document in which one growth rate is this."""
    issued = read_snapshot(example())
    latest = replace(issued.brief[0].latest, growth=growth)
    return write_snapshot(replace(issued, brief=(replace(issued.brief[0], latest=latest),)))


@given(st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.booleans())
def test_any_text_comes_back(text: str, outcome: bool | None) -> None:
    issued = replace(
        read_snapshot(example()),
        issue=IssueNote(1, "2026-08-01T01:30:00+00:00", text, text),
        record=(PastIssue(1, text, 2025, None, outcome),),
    )

    back = read_snapshot(write_snapshot(issued))

    assert back.issue == issued.issue
    assert back.record == issued.record


@given(
    st.none() | st.sampled_from(Unexplained),
    st.booleans(),
    st.none() | st.sampled_from(Apart),
)
def test_what_is_said_of_issues_that_do_not_compare_comes_back(
    unexplained: Unexplained | None, internal: bool, apart: Apart | None
) -> None:
    example_ = read_snapshot(example())
    assert example_.change is not None
    issued = replace(
        example_,
        change=replace(example_.change, unexplained=unexplained),
        record=(replace(example_.record[0], internal=internal, apart=apart),),
    )

    back = read_snapshot(write_snapshot(issued))

    assert (back.change, back.record) == (issued.change, issued.record)


def test_a_later_schema_is_told_as_one(document: bytes) -> None:
    values = json.loads(document)
    values["schema"] = SCHEMA + 1

    with pytest.raises(LaterSnapshot) as refused:
        read_snapshot(json.dumps(values).encode())

    assert refused.value.values == {"schema": SCHEMA + 1, "newest": SCHEMA}


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b'{"schema":0}',
        b'{"schema":1}',
        b'{"schema":"1"}',
        b'{"schema":true}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_snapshot_is_refused(document: bytes) -> None:
    with pytest.raises(DamagedSnapshot):
        read_snapshot(document)


@given(st.data())
def test_a_damaged_document_is_refused_or_read_but_never_a_defect(data: st.DataObject) -> None:
    values = json.loads(example())
    put = st.sampled_from([None, True, -1, 10**400, 0.5, "", "2026Q9", [], {}])
    place = data.draw(st.sampled_from(places(values)))
    holder, key = at(values, place)
    lost = data.draw(st.booleans())
    if lost:
        del holder[key]
    else:
        new = data.draw(put)
        assume(not (place == ("schema",) and new == 10**400))
        holder[key] = new
    try:
        back = read_snapshot(json.dumps(values).encode())
    except DamagedSnapshot:
        return
    if lost and isinstance(holder, dict) and not all(part.isdecimal() for part in [str(key)]):
        pytest.fail(f"read without {place}: {back}")


def test_a_snapshot_with_a_shorter_array_is_refused() -> None:
    values = json.loads(example())
    values["outlook"]["verdicts"][0]["history"]["log_level"].pop()

    with pytest.raises(DamagedSnapshot):
        read_snapshot(json.dumps(values).encode())


Place = tuple[str | int, ...]


def places(values: Any, place: Place = ()) -> list[Place]:
    """Return where anything stands in a document; of long lists the first entry only."""
    found = [place] if place else []
    if isinstance(values, dict):
        for key, entry in values.items():
            found += places(entry, (*place, key))
    elif isinstance(values, list) and values:
        found += places(values[0], (*place, 0))
    return found


def at(values: Any, place: Place) -> tuple[Any, Any]:
    for key in place[:-1]:
        values = values[key]
    return values, place[-1]


def test_what_no_schema_has_a_form_for_is_a_defect() -> None:
    with pytest.raises(TypeError, match="no form for object"):
        plain(object())
