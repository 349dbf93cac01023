"""The page that explains the architecture names functions and folders that exist."""

import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
STATIONS = re.findall(r"\| `((?:forecasting|data|ui)\.[\w.]+)` \|", PAGE)


def test_the_way_of_a_figure_has_its_stations() -> None:
    assert len(STATIONS) >= 10


@pytest.mark.parametrize("station", STATIONS)
def test_a_station_is_a_function_of_the_project(station: str) -> None:
    parts = station.split(".")
    module = max(
        n for n in range(1, len(parts)) if (ROOT.joinpath(*parts[:n])).with_suffix(".py").is_file()
    )
    found = reduce(getattr, parts[module:], importlib.import_module(".".join(parts[:module])))

    assert callable(found)


def test_each_word_says_in_which_modules_it_begins() -> None:
    words = PAGE.split("## Words")[1].splitlines()[4:]

    assert len(words) >= 30
    for word in words:
        modules = re.findall(r"`((?:forecasting|data|ui)/[\w/]+)`", word.split("|")[-2])
        assert modules, word
        assert all((ROOT / f"{module}.py").is_file() for module in modules), word
