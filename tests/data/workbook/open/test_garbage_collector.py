"""Garbage collection is off during a reading, and on again whatever happens."""

from __future__ import annotations

import gc

import pytest

from data.workbook.open.garbage_collector import without_collection


def test_collection_is_off_within_and_on_after() -> None:
    with without_collection():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_last_of_several_turns_it_on_again() -> None:
    first, second = without_collection(), without_collection()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_an_error_turns_it_on_again() -> None:
    with pytest.raises(ValueError, match="a defect"), without_collection():
        raise ValueError("a defect")
    assert gc.isenabled()


def test_what_was_off_stays_off() -> None:
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
