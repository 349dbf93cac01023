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


def test_what_an_ordinary_change_begins_in_exists() -> None:
    rows = PAGE.split("## Where an ordinary change begins")[1].split("## Words")[0]
    begun = re.findall(r"`((?:forecasting|data|ui)(?:/\w+)*)`", rows)

    assert len(begun) >= 15
    for path in begun:
        assert (
            (ROOT / path).is_dir()
            or (ROOT / f"{path}.py").is_file()
            or (ROOT / f"{path}.js").is_file()
        ), path
