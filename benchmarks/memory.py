"""What earlier runs answered, so that during development not everything is run again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from benchmarks.exchange import Answer, read_answers, write_answers
from benchmarks.methods import FOLDER, METHODS, Run
from benchmarks.speed import Timing, Timings


class Memory:
    """Answers, versions and timings of every method on one file of series."""

    def __init__(self, series: Path) -> None:
        content = hashlib.sha256(series.read_bytes()).hexdigest()
        self._folder = FOLDER / f"answers-{content[:8]}"
        self._folder.mkdir(parents=True, exist_ok=True)

    def keep(self, method: str, run: Run) -> None:
        """Remember the answers of a run, in place of what was answered to the same before."""
        path = self._folder / f"{method}.csv"
        known = read_answers(path) if path.exists() else {}
        write_answers(path, (known | run.answers).items())
        self._merge("versions", {method: run.version})

    def answers(self, keys: Iterable[str]) -> dict[str, dict[str, Answer]]:
        """Return the answers of every method that has answered all of the histories."""
        wanted, complete = set(keys), {}
        for method in METHODS:
            path = self._folder / f"{method.id}.csv"
            known = read_answers(path) if path.exists() else {}
            if wanted <= known.keys():
                complete[method.id] = {key: known[key] for key in wanted}
        return complete

    def versions(self) -> dict[str, str]:
        """Return the version of each method that ran."""
        versions: dict[str, str] = self._read("versions")
        return versions

    def keep_timings(self, timings: Timings) -> None:
        """Remember the timings of the methods that were measured."""
        plain = {
            work: {method: list(map(astuple, each)) for method, each in methods.items()}
            for work, methods in timings.items()
        }
        known = self._read("timings")
        self._merge("timings", {work: known.get(work, {}) | plain[work] for work in plain})

    def timings(self) -> Timings:
        """Return all timings."""
        return {
            work: {method: [Timing(*one) for one in each] for method, each in methods.items()}
            for work, methods in self._read("timings").items()
        }

    def _read(self, name: str) -> dict:  # type: ignore[type-arg]
        path = self._folder / f"{name}.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def _merge(self, name: str, values: dict) -> None:  # type: ignore[type-arg]
        path = self._folder / f"{name}.json"
        path.write_text(json.dumps(self._read(name) | values, indent=1))
