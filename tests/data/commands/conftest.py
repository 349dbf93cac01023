"""Commands run in the process of the test, on the store of the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from data.__main__ import main

Said = Callable[..., tuple[int, str, str]]
Told = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command on a database; return its code, what it printed, and what went wrong."""

    def run_one(database_url: str, *arguments: object) -> tuple[int, str, str]:
        monkeypatch.setenv("DATABASE_URL", database_url)
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run_one


@pytest.fixture
def told(run: Said) -> Told:
    """Run a command with ``--json``; return its code and document, or the line of a refusal."""

    def tell(database_url: str, *arguments: object) -> tuple[int, Any]:
        code, out, err = run(database_url, *arguments, "--json")
        return code, json.loads(out) if out else err

    return tell
