"""A vintage is whole or absent, with its file, at whatever moment its writer is killed."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from hashlib import sha256
from random import Random

import pytest

from data.engine import writing
from data.store import Store
from tests.data.process import Process, large_draft

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
            figure.observation
            for figure in store.figures(number, "zone")
            if figure.vintage == number
        ]
        (file,) = store.files(number)
        assert tuple(brought) == draft.observations
        assert {file.name: file.content} == draft.files
        assert file.sha256 == sha256(file.content).hexdigest()


def time_of_a_commit(database_url: str) -> float:
    process = Process("write", database_url, 5)
    process.wait_until_ready()
    begun = time.perf_counter()
    process.begin()
    assert process.result() == (0, [2, 3, 4, 5, 6], "")
    return (time.perf_counter() - begun) / 5


@pytest.mark.slow
def test_killed_at_ten_random_moments_every_vintage_is_whole_or_absent(store: Store) -> None:
    """Moments are spread over three commits, so that they fall into any part of one."""
    moments, duration = Random(4), time_of_a_commit(store.database_url)
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
