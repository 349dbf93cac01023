"""Issued outlooks: every one stays as it left the house, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.store import schema
from data.store.errors import (
    DamagedIssue,
    IssuedMeanwhile,
    UnknownIssue,
    UnknownScenario,
    UnknownVintage,
)
from data.store.issues import IssuedProbabilities, IssueRecord, StoredIssue
from data.store.store import Store
from tests.data.drafts import growth, upload

OpenStore = Callable[[str], Store]
NOW = datetime(2026, 10, 25, 1, 2, 3, 4, UTC)
ANSWERS = {"gdp": 0.1 + 0.2, "税收": 5e-324}


def issue(store: Store, document: bytes = b"{}", **changed: Any) -> StoredIssue:
    """Issue a document for the sample zone, some of what is said of it changed."""
    given_ = {
        "area": "zone", "year": 2026, "document": document, "vintage": 1,
        "issued_at": NOW, "unpublished": False, "p_all": 0.38, "answers": ANSWERS,
    }  # fmt: skip
    return store.issues.issue(**(given_ | changed))


def count(store: Store) -> int:
    with store._engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(schema.issue)) or 0


def record(issued: StoredIssue) -> IssueRecord:
    names = IssueRecord.__dataclass_fields__
    return IssueRecord(**{name: getattr(issued, name) for name in names})


def test_an_issue_is_kept_with_who_when_at_what_and_beside_which_scenario(store: Store) -> None:
    store.commit(upload(growth(7.0)))
    first = store.scenarios.save("zone", 2026, "稳增长", "schema = 1\n", 1)

    issued = issue(
        store, b"\0\xff", vintage=2, issuer="管委会", author="分析员", unpublished=True,
        scenario=(first.id, 1),
    )  # fmt: skip

    digest = sha256(b"\0\xff").hexdigest()
    assert issued == StoredIssue(
        1, "zone", 2026, NOW, "管委会", "分析员", 2, (1, 1), True, digest, b"\0\xff"
    )
    assert store.issues.find(1) == issued
    assert store.issues.listed("zone") == (record(issued),)
    assert store.latest_vintage() == 2


def test_the_moment_of_an_issue_is_kept_in_utc_and_is_never_a_local_one(store: Store) -> None:
    issue(store, issued_at=NOW.astimezone(timezone(timedelta(hours=8))))

    kept = store.issues.find(1).issued_at
    assert (kept, kept.utcoffset()) == (NOW, timedelta(0))
    with pytest.raises(ValueError, match="time zone"):
        issue(store, issued_at=NOW.replace(tzinfo=None))
    assert count(store) == 1


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    document=st.binary(max_size=2000),
    p_all=st.none() | st.floats(0, 1),
    answers=st.dictionaries(st.text("abc税_\"'\\", max_size=8), st.floats(0, 1), max_size=4),
)
@example(document=bytes(range(256)) * 2000, p_all=1.0, answers={"a": 0.0, "b": 1.0})
def test_documents_and_probabilities_come_back_as_they_were(
    store: Store, document: bytes, p_all: float | None, answers: dict[str, float]
) -> None:
    issued = issue(store, document, p_all=p_all, answers=answers)

    found = store.issues.find(issued.number)
    assert (found.document, found.sha256) == (document, sha256(document).hexdigest())
    assert store.issues.track("zone")[-1] == IssuedProbabilities(
        issued.number, NOW, 2026, p_all, answers
    )


def test_a_document_is_no_part_of_what_is_printed_of_an_issue(store: Store) -> None:
    assert "secret" not in repr(issue(store, b"secret"))


def test_issues_are_numbered_over_the_store_and_listed_by_area(store: Store) -> None:
    one, other, two = issue(store), issue(store, area="china"), issue(store, year=2027)

    assert [issued.number for issued in (one, other, two)] == [1, 2, 3]
    assert store.issues.listed("zone") == (record(two), record(one))
    assert store.issues.listed("china") == (record(other),)
    assert store.issues.listed("nowhere") == ()


def test_an_issue_comes_right_after_the_newest_that_it_knows_of(store: Store) -> None:
    assert store.issues.newest() == 0
    issue(store, after=0)
    issue(store, area="china", after=1)

    for known in (0, 1, 3):
        with pytest.raises(IssuedMeanwhile) as refused:
            issue(store, after=known)
        assert refused.value.values == {"number": 2}
    assert count(store) == store.issues.newest() == 2
    assert issue(store, after=2).number == 3


def test_the_track_of_an_area_runs_from_its_first_issue_on(store: Store) -> None:
    later = NOW + timedelta(days=90)
    issue(store)
    issue(store, area="china")
    issue(store, year=2027, issued_at=later, p_all=None, answers={})

    assert store.issues.track("zone") == (
        IssuedProbabilities(1, NOW, 2026, 0.38, ANSWERS),
        IssuedProbabilities(3, later, 2027, None, {}),
    )
    assert store.issues.track("nowhere") == ()


@pytest.mark.parametrize("p", [-0.001, 1.001, float("nan"), float("inf")])
def test_what_is_no_probability_is_not_issued(store: Store, p: float) -> None:
    for changed in ({"p_all": p}, {"answers": {"gdp": p}}, {"answers": {"all": p}}):
        with pytest.raises(ValueError, match="no probability"):
            issue(store, **changed)

    assert count(store) == 0


def test_an_issue_stays_whatever_is_committed_withdrawn_or_saved_after_it(store: Store) -> None:
    vintage = store.commit(upload(growth(7.0)))
    saved = store.scenarios.save("zone", 2026, "稳增长", "schema = 1\n", vintage)
    issued = issue(store, vintage=vintage, scenario=(saved.id, saved.version))

    store.withdraw(vintage, "analyst")
    store.scenarios.remove(saved.id, saved.version)

    assert store.issues.find(1) == issued


@pytest.mark.parametrize(
    "cells",
    [
        {"document": b"{ }"}, {"document": b""}, {"sha256": "0" * 64},
    ],
)  # fmt: skip
def test_a_document_that_is_not_what_was_issued_is_not_returned(
    store: Store, cells: dict[str, object]
) -> None:
    issue(store)
    sound = issue(store)
    with store._engine.begin() as connection:
        connection.execute(update(schema.issue).where(schema.issue.c.number == 1).values(cells))

    with pytest.raises(DamagedIssue) as refused:
        store.issues.find(1)

    assert refused.value.values == {"number": 1}
    assert store.issues.find(2) == sound
    assert len(store.issues.listed("zone")) == len(store.issues.track("zone")) == 2


@pytest.mark.parametrize("number", [-1, 0, 2, 2**31, 10**30])
def test_an_issue_that_does_not_exist_is_an_error(store: Store, number: int) -> None:
    issue(store)

    with pytest.raises(UnknownIssue):
        store.issues.find(number)


def test_an_issue_is_of_a_vintage_a_listed_area_and_a_scenario_that_there_are(
    store: Store,
) -> None:
    store.scenarios.save("zone", 2026, "稳增长", "schema = 1\n", 1)

    for changed, error in (
        ({"vintage": 2}, UnknownVintage),
        ({"area": "new"}, ValueError),
        ({"scenario": (2, 1)}, UnknownScenario),
        ({"scenario": (1, 2)}, UnknownScenario),
        ({"scenario": (1, 1), "year": 2027}, ValueError),
        ({"scenario": (1, 1), "area": "china"}, ValueError),
        ({"author": "\0"}, ValueError),
        ({"issuer": "\0"}, ValueError),
    ):
        with pytest.raises(error):
            issue(store, **changed)

    assert count(store) == 0


@pytest.mark.parametrize(
    "cells",
    [
        {"number": 0},
        {"number": 1},
        {"vintage": 2},
        {"scenario": 1},
        {"scenario": 1, "scenario_version": 1},
        {"p_all": 1.1},
        {"p_all": -0.1},
        {"sha256": "0"},
    ],
)
def test_no_issue_is_stored_twice_or_beside_nothing(store: Store, cells: dict[str, object]) -> None:
    issue(store)
    with store._engine.connect() as connection:
        row = dict(connection.execute(select(schema.issue)).one()._mapping)

        with pytest.raises(IntegrityError):
            connection.execute(insert(schema.issue).values(row | {"number": 2} | cells))


def test_many_who_issue_at_once_get_every_number_once(store: Store, open_store: OpenStore) -> None:
    stores = [open_store(store.database_url) for _ in range(6)]
    together = Barrier(6)

    def attempt(place: int) -> list[StoredIssue]:
        one = stores[place]
        together.wait()
        return [issue(one, f"{place} {turn}".encode()) for turn in range(5)]

    with ThreadPoolExecutor(6) as pool:
        issued = [one for ones in pool.map(attempt, range(6)) for one in ones]

    assert sorted(one.number for one in issued) == [*range(1, 31)]
    assert len({one.document for one in issued}) == 30
    assert {one.number: one for one in issued} == {
        number: store.issues.find(number) for number in range(1, 31)
    }
