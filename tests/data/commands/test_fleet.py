"""``python -m data fleet``: what it answers, how it ends, and that nothing unpublished is in it."""

from __future__ import annotations

import pytest

from data.fleet import workers
from data.store.store import Store
from forecasting.figures.period import Quarter
from forecasting.issues.json import read_snapshot
from tests.data.commands.conftest import Said, Told

FLEET = ("fleet", "--year", 2026)


def test_a_run_tells_what_it_stored_and_what_stood(store: Store, told: Told, run: Said) -> None:
    first, second = told(store.database_url, *FLEET), told(store.database_url, *FLEET)

    assert first[0] == 0
    assert second[0] == 4
    assert (first[1]["areas"], first[1]["stored"], first[1]["quarter"]) == (1, 1, "2025Q4")
    assert second[1] == first[1] | {"stored": 0, "stood": 1}
    # The only figure of its domestic product is a flash: to the fleet it has none.
    found = store.fleet.find("zone", 2026, Quarter(2025, 4))
    assert [line.target.indicator for line in read_snapshot(found.document).outlook.excluded] == [
        "gdp", "tax",
    ]  # fmt: skip
    assert b"7.1" not in found.document
    assert run(store.database_url, *FLEET, "--as-of", "2025Q3")[2].startswith("1 of 1 areas")


def test_areas_without_a_result_are_told_and_end_it_with_6(store: Store, told: Told) -> None:
    code, answer = told(store.database_url, *FLEET, "--areas", "china", "zone")

    assert code == 6
    assert answer["failed"] == [
        {"area": "china", "code": "no_targets", "reason": "no targets of 2026"}
    ]
    assert (answer["stored"], answer["left"], answer["lost"]) == (1, 0, None)


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--areas", "zone", "nowhere", "nor"), "no area has the id nowhere, nor: python -m data"),
        (("--scheduler", "tcp://127.0.0.1:1"), "127.0.0.1:1"),
        (("--scheduler", "127.0.0.1"), "127.0.0.1"),
        (("--workers", "0"), "not a positive number"),
    ],
)
def test_what_cannot_be_run_is_refused_in_one_line(
    store: Store, run: Said, options: tuple[str, str], line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "REACHING", 0.2)
    try:
        code, _, said = run(store.database_url, *FLEET, *options)
    except SystemExit as ended:  # of the parser
        code, said = ended.code, line

    assert code == 2
    assert line in said
    assert said.count("\n") <= 1
