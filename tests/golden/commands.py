"""What the command line prints, for the nation, a province with few figures and a zone."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from forecasting.__main__ import main
from tests.golden.text import json_lines

ROOT = Path(__file__).resolve().parents[2]
INPUTS = Path(__file__).parent / "inputs"
NATION = ROOT / "seeds/observations/china.csv"
ZONE = ROOT / "seeds/observations/sample_zone.csv"
CN = (NATION, "--area", "CN")
SHANXI = (NATION, "--area", "CN-SX")
SAMPLE = (ZONE, "--area", "SAMPLE", "--year", 2026)

OPEN = ("--from", "2026Q3")

COMMANDS: dict[str, tuple[object, ...]] = {
    "outlook-nation": ("outlook", *CN, "--year", 2026),
    "outlook-nation-as-of": ("outlook", *CN, "--year", 2019, "--as-of", "2018Q4"),
    "outlook-nation-independent": (
        "outlook", *CN, "--year", 2025, "--as-of", "2025Q1", "--independent", "--seed", 3,
    ),
    "outlook-shanxi": ("outlook", *SHANXI, "--year", 2024),
    "outlook-zone": ("outlook", *SAMPLE),
    "outlook-zone-line": ("outlook", *SAMPLE, "--threshold", 5, "--as-of", "2026Q1"),
    "scenario-nation": ("scenario", *CN, "--year", 2026, *OPEN, "--scenario", INPUTS / "pins.toml"),
    "scenario-zone": ("scenario", *SAMPLE, *OPEN, "--scenario", INPUTS / "everything.toml"),
    "scenario-zone-projects": (
        "scenario", *SAMPLE, *OPEN, "--scenario", INPUTS / "projects.toml",
    ),
    "solve-zone": ("solve", *SAMPLE, "--want", 0.5, "--from", "2026Q4"),
    "solve-zone-projects": (
        "solve", *SAMPLE, "--want", 0.45, "--from", "2026Q4",
        "--scenario", INPUTS / "projects.toml",
        "--allow", "dates", "--allow", "signed_investment", "--allow", "tax",
    ),
    "backtest-nation": ("backtest", *CN, "--years", "2021:2022"),
    "backtest-shanxi": ("backtest", *SHANXI, "--years", "2022:2024"),
    "backtest-zone": ("backtest", *SAMPLE[:3], "--years", "2025:2025"),
}  # fmt: skip
LINES = ("outlook-zone", "scenario-zone", "solve-zone", "solve-zone-projects")
"""Commands of which the lines for a terminal are frozen, too."""
NEWS = {"nation": CN, "zone": SAMPLE[:3]}


def outputs() -> dict[str, Callable[[], str]]:
    """Return what makes each output, by the name of its file."""
    return (
        {f"commands/{name}.json": partial(_json, COMMANDS[name]) for name in COMMANDS}
        | {f"commands/news-{name}.json": partial(_news, name) for name in NEWS}
        | {"commands/lines.txt": _lines}
    )


def printed(arguments: tuple[object, ...]) -> str:
    """Return what a command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main([str(argument) for argument in arguments])
    assert code == 0, arguments
    return out.getvalue()


def _json(arguments: tuple[object, ...]) -> str:
    return json_lines(json.loads(printed((*arguments, "--json"))))


def _news(name: str) -> str:
    with _figures_before(NEWS[name][0]) as before:
        command = ("news", before, *NEWS[name], "--year", 2026)
        return _json(command)


@contextlib.contextmanager
def _figures_before(file: object) -> Iterator[Path]:
    """Write the figures without the newest quarter, and those of the first quarter revised."""
    kept = [_revised(line) for line in Path(str(file)).read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "before.csv"
        path.write_text("\n".join(line for line in kept if line) + "\n", "utf-8")
        yield path


def _revised(line: str) -> str:
    fields = line.split(",")
    if fields[3] == "2026Q2":
        return ""
    if fields[2] == "growth_ytd" and fields[3] == "2026Q1":
        fields[4] = f"{float(fields[4]) - 0.4:.1f}"
    return ",".join(fields)


def _lines() -> str:
    return "\n".join(f"=== {name}\n{printed(COMMANDS[name])}" for name in LINES)
