"""The measured tables as text, and their place in the document."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.accuracy import Scores
from benchmarks.methods import METHODS
from benchmarks.speed import BACKTEST, COMPARISONS, FORECAST, Timings, ratios, typical

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LABELS = {method.id: method.label for method in METHODS}
WORDS = {FORECAST: "12 series", BACKTEST: "12 series × 13 origins"}
TITLES = (
    "method", "OWA", "sMAPE", "MASE", "80% holds", "95% holds", "MSIS 80", "MSIS 95", "ms a series",
)  # fmt: skip


def machine(series: int, left_out: int) -> str:
    """Say what was measured where."""
    rest = f"; {left_out} with values that have no logarithm are left out" if left_out else ""
    return (
        f"Measured on {date.today()} by `make benchmarks SERIES=FILE` on {os.cpu_count()} cores "
        f"({platform.machine()}), every method on one thread, Python {platform.python_version()}. "
        f"{series} series{rest}."
    )


def accuracy_table(scores: Mapping[str, Scores]) -> str:
    """Return one row a method, in the order of ``METHODS``."""
    rows = [
        (
            LABELS[id],
            _fraction(each.owa),
            f"{each.means.smape:.2f}",
            f"{each.means.mase:.3f}",
            _fraction(each.means.coverage80),
            _fraction(each.means.coverage95),
            _size(each.means.msis80),
            _size(each.means.msis95),
            f"{each.milliseconds:.1f}",
        )
        for id, each in _ordered(scores)
    ]
    return table(TITLES, rows)


def failures(scores: Mapping[str, Mapping[str, Scores]]) -> str:
    """Say which methods gave up on how many series."""
    said = [
        f"{LABELS[id]} on {each.failed} ({setting})"
        for setting, methods in scores.items()
        for id, each in methods.items()
        if each.failed
    ]
    if not said:
        return "Every method forecast every series."
    return "Without a forecast, so that Naive2's stood in: " + "; ".join(said) + "."


def settings_table(scores: Mapping[str, Mapping[str, Scores]]) -> str:
    """Return one row a method with the scores of all settings side by side."""
    settings = list(scores.values())
    rows = [
        (
            LABELS[id],
            " / ".join(_fraction(setting[id].owa) for setting in settings),
            " / ".join(_fraction(setting[id].means.coverage80) for setting in settings),
            " / ".join(_fraction(setting[id].means.coverage95) for setting in settings),
            " / ".join(_size(setting[id].means.msis80) for setting in settings),
            " / ".join(_size(setting[id].means.msis95) for setting in settings),
        )
        for id, _ in _ordered(settings[0])
    ]
    return table(("method", "OWA", "80% holds", "95% holds", "MSIS 80", "MSIS 95"), rows)


def speed_table(timings: Timings) -> str:
    """Return one row a comparison, as far as both sides were measured."""
    rows = []
    for each in COMPARISONS:
        ours, peer = (timings[each.work].get(id) for id in (each.ours, each.peer))
        if ours and peer:
            ratio, worst, best = ratios(ours, peer)
            rows.append(
                (
                    WORDS[each.work],
                    f"{LABELS[each.ours]}: {typical(ours):,.0f} ms",
                    f"{LABELS[each.peer]}: {typical(peer):,.0f} ms",
                    f"{ratio:.1f} ({worst:.1f} to {best:.1f})",
                    each.target,
                )
            )
    return table(("work", "ours", "peer", "times faster (worst to best repeat)", "target"), rows)


def import_table(timings: Timings, versions: Mapping[str, str]) -> str:
    """Return one row a method that was timed: version and seconds of the import."""
    rows = []
    for method in METHODS:
        seconds = [
            timing.import_seconds for work in timings.values() for timing in work.get(method.id, ())
        ]
        if seconds:
            rows.append((method.label, versions[method.id], f"{median(seconds):.2f}"))
    return table(("method", "versions", "import, s"), rows)


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def put(measured: str, document: Path) -> None:
    """Replace what stands between the two marks in a document, and nothing else."""
    text = document.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    document.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}", encoding="utf-8")


def _ordered(scores: Mapping[str, Scores]) -> list[tuple[str, Scores]]:
    return [(id, scores[id]) for id in LABELS if id in scores]


def _fraction(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _size(value: float) -> str:
    return f"{value:.2f}" if value < 1000 else f"{value:.1e}"
