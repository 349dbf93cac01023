"""A vintage, a version of a scenario or an issue is whole or absent when its writer is killed."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from hashlib import sha256
from random import Random

import pytest

from data.store.attempts import WINDOW
from data.store.connection import writing
from data.store.links import Locked
from data.store.store import Store
from tests.data.store.process import MOMENT, Process, large_document, large_draft, large_scenario

OpenStore = Callable[[str], Store]


def settled(store: Store) -> int:
    """Return the latest vintage once no other writer is left, dead ones included."""
    with writing(store._engine):
        pass
    return store.latest_vintage()


def assert_whole(store: Store, vintages: range) -> None:
    for number in vintages:
        draft = large_draft(number)
        brought = [
            figure.value for figure in store.figures(number, "zone") if figure.vintage == number
        ]
        (file,) = store.files(number)
        assert tuple(brought) == draft.observations
        assert {file.name: file.content} == draft.files
        assert file.sha256 == sha256(file.content).hexdigest()


def assert_versions_whole(store: Store, latest: int) -> None:
    versions = store.scenarios.versions(1)
    assert [saved.version for saved in versions] == [*range(1, latest + 1)]
    for saved in versions[1:]:
        assert (saved.document, saved.edits) == large_scenario(saved.version)


def assert_issues_whole(store: Store, latest: int) -> None:
    numbers = [issued.number for issued in store.issues.listed("zone")]
    assert numbers == [*range(latest, 0, -1)]
    assert [one.number for one in store.issues.track("zone")] == numbers[::-1]
    for number in numbers:
        assert store.issues.find(number).document == large_document()


def time_of_one(what: str, database_url: str, first: int = 2) -> float:
    process = Process(what, database_url, 5)
    process.wait_until_ready()
    begun = time.perf_counter()
    process.begin()
    assert process.result() == (0, [*range(first, first + 5)], "")
    return (time.perf_counter() - begun) / 5


@pytest.mark.slow
def test_killed_at_ten_random_moments_every_vintage_is_whole_or_absent(store: Store) -> None:
    """Moments are spread over three commits, so that they fall into any part of one."""
    moments, duration = Random(4), time_of_one("write", store.database_url)
    whole, killed_while = 6, []
    for _ in range(10):
        process = Process("write", store.database_url, 1000)
        process.wait_until_ready()
        process.begin()
        time.sleep(moments.uniform(0, 3 * duration))
        process.kill()
        code, lines, _ = process.lines()
        acknowledged = [int(line) for line in lines if line.isdecimal()]
        killed_while.append("idle" if not lines or lines[-1].isdecimal() else lines[-1])
        latest = settled(store)

        assert code == -signal.SIGKILL
        assert acknowledged == [*range(whole + 1, whole + 1 + len(acknowledged))]
        # Only what was being kept when the signal came may be there without acknowledgement.
        unsaid = latest - whole - len(acknowledged)
        assert unsaid in ((0, 1) if killed_while[-1] == "commit" else (0,))
        assert store.commit(large_draft(latest + 1)) == latest + 1
        assert_whole(store, range(whole + 1, latest + 2))
        whole = latest + 1

    print(f"{store.database_url.partition(':')[0]}: killed while {killed_while}")
    assert [vintage.number for vintage in store.vintages()] == [*range(1, whole + 1)]
    assert_whole(store, range(2, whole + 1))
    assert "open" in killed_while


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["vintage", "vintage_file", "observation", "commit"])
def test_killed_after_it_wrote_to_a_table_a_commit_leaves_nothing(store: Store, stage: str) -> None:
    process = Process("fall", store.database_url, stage)
    process.begin()

    assert process.result() == (-signal.SIGKILL, [], "")
    assert settled(store) == 1
    assert [file.vintage for file in store.file_records()] == [1] * 5
    assert store.commit(large_draft(2)) == 2
    assert_whole(store, range(2, 3))


@pytest.mark.slow
def test_killed_at_ten_random_moments_every_version_is_whole_or_absent(store: Store) -> None:
    store.scenarios.save("zone", 2026, "情景", "", 1)
    moments, duration = Random(5), time_of_one("save", store.database_url)
    whole, killed_while = 6, []
    for _ in range(10):
        process = Process("save", store.database_url, 1000)
        process.wait_until_ready()
        process.begin()
        time.sleep(moments.uniform(0, 3 * duration))
        process.kill()
        code, lines, _ = process.lines()
        acknowledged = [int(line) for line in lines if line.isdecimal()]
        killed_while.append("idle" if not lines or lines[-1].isdecimal() else lines[-1])
        settled(store)
        latest = store.scenarios.find(1).version

        assert code == -signal.SIGKILL
        assert acknowledged == [*range(whole + 1, whole + 1 + len(acknowledged))]
        unsaid = latest - whole - len(acknowledged)
        assert unsaid in ((0, 1) if killed_while[-1] == "commit" else (0,))
        assert_versions_whole(store, latest)
        whole = latest

    print(f"{store.database_url.partition(':')[0]}: killed while {killed_while}")


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["scenario_version", "commit"])
def test_killed_in_the_middle_a_save_leaves_nothing(store: Store, stage: str) -> None:
    first = store.scenarios.save("zone", 2026, "情景", "", 1)
    process = Process("trip", store.database_url, stage)
    process.begin()

    assert process.result() == (-signal.SIGKILL, [], "")
    settled(store)
    assert store.scenarios.versions(1) == (first,)
    second = store.scenarios.save("zone", 2026, "情景", "", 1, scenario=1, based_on=1)
    assert store.scenarios.versions(1) == (first, second)


@pytest.mark.slow
def test_four_processes_number_the_versions_of_one_scenario_without_a_gap(store: Store) -> None:
    store.scenarios.save("zone", 2026, "情景", "", 1)
    processes = [Process("save", store.database_url, 10) for _ in range(4)]
    for process in processes:
        process.wait_until_ready()
    for process in processes:
        process.begin()

    results = [process.result() for process in processes]

    assert [(code, err) for code, _, err in results] == [(0, "")] * 4
    assert sorted(number for _, numbers, _ in results for number in numbers) == [*range(2, 42)]
    assert_versions_whole(store, 41)


@pytest.mark.slow
def test_killed_at_ten_random_moments_every_issue_is_whole_or_absent(store: Store) -> None:
    moments, duration = Random(6), time_of_one("issue", store.database_url, first=1)
    whole, killed_while = 5, []
    for _ in range(10):
        process = Process("issue", store.database_url, 1000)
        process.wait_until_ready()
        process.begin()
        time.sleep(moments.uniform(0, 3 * duration))
        process.kill()
        code, lines, _ = process.lines()
        acknowledged = [int(line) for line in lines if line.isdecimal()]
        killed_while.append("idle" if not lines or lines[-1].isdecimal() else lines[-1])
        settled(store)
        latest = len(store.issues.listed("zone"))

        assert code == -signal.SIGKILL
        assert acknowledged == [*range(whole + 1, whole + 1 + len(acknowledged))]
        unsaid = latest - whole - len(acknowledged)
        assert unsaid in ((0, 1) if killed_while[-1] == "commit" else (0,))
        assert_issues_whole(store, latest)
        whole = latest

    print(f"{store.database_url.partition(':')[0]}: killed while {killed_while}")


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["issue", "commit"])
def test_killed_in_the_middle_an_issue_leaves_nothing_and_uses_up_no_number(
    store: Store, stage: str
) -> None:
    process = Process("break", store.database_url, stage)
    process.begin()

    assert process.result() == (-signal.SIGKILL, [], "")
    settled(store)
    assert_issues_whole(store, 0)
    issued = store.issues.issue(
        "zone",
        2026,
        large_document(),
        1,
        issued_at=MOMENT,
        unpublished=False,
        p_all=0.5,
        answers={},
    )
    assert issued.number == 1
    assert_issues_whole(store, 1)


@pytest.mark.slow
def test_four_processes_number_issues_without_a_gap(store: Store) -> None:
    processes = [Process("issue", store.database_url, 10) for _ in range(4)]
    for process in processes:
        process.wait_until_ready()
    for process in processes:
        process.begin()

    results = [process.result() for process in processes]

    assert [(code, err) for code, _, err in results] == [(0, "")] * 4
    assert sorted(number for _, numbers, _ in results for number in numbers) == [*range(1, 41)]
    assert_issues_whole(store, 40)


@pytest.mark.slow
def test_three_processes_have_fifty_attempts_at_a_passphrase_between_them(store: Store) -> None:
    store.issues.issue(
        "zone",
        2026,
        large_document(),
        1,
        issued_at=MOMENT,
        unpublished=False,
        p_all=0.5,
        answers={},
    )
    _, token = store.shares.create(1, label="王主任", now=MOMENT, passphrase="晋阳湖畔2026")
    processes = [Process("guess", store.database_url, token) for _ in range(3)]
    for process in processes:
        process.wait_until_ready()
    for process in processes:
        process.begin()

    results = [process.result() for process in processes]

    assert [(code, err) for code, _, err in results] == [(0, "")] * 3
    lefts = sorted(left for _, told, _ in results for left in told)
    assert len(lefts) == 60
    assert lefts.count(0) >= 10
    assert store.shares.open(token, "晋阳湖畔2026", MOMENT) == Locked(0, MOMENT + WINDOW)
