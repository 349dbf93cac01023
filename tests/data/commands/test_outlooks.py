"""What ``python -m data`` says of a year is what ``python -m forecasting`` says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import views
from data.store.seed import ensure_ready
from data.store.store import Store
from tests.data.commands.conftest import Told
from tests.golden.commands import INPUTS, ROOT
from tests.golden.outputs import FROZEN
from tests.golden.text import differences, json_lines

SAMPLE = ("--area", "SAMPLE", "--year", 2026)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store as a new installation has it."""
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('shipped')}/outlook.sqlite3")
    ensure_ready(store, ROOT / "seeds")
    yield store
    store.close()


@pytest.mark.parametrize(
    ("frozen", "arguments"),
    [
        ("outlook-zone", ("outlook", *SAMPLE)),
        ("outlook-zone-line", ("outlook", *SAMPLE, "--threshold", 5, "--as-of", "2026Q1")),
        ("outlook-nation", ("outlook", "--area", "CN", "--year", 2026)),
        (
            "scenario-zone-projects",
            ("scenario", *SAMPLE, "--from", "2026Q3", "--scenario", INPUTS / "projects.toml"),
        ),
        ("solve-zone", ("solve", *SAMPLE, "--want", 0.5, "--from", "2026Q4")),
    ],
)
def test_a_store_of_the_same_figures_says_the_same(
    shipped: Store, told: Told, frozen: str, arguments: tuple[object, ...]
) -> None:
    code, found = told(shipped.database_url, *arguments)

    name = f"commands/{frozen}.json"
    assert code == 0
    assert differences(name, (FROZEN / name).read_text("utf-8"), json_lines(found)) == ""


def test_a_saved_scenario_is_that_of_its_document(
    shipped: Store, told: Told, tmp_path: Path
) -> None:
    saved = shipped.scenarios.listed("SAMPLE")[-1]
    file = tmp_path / "scenario.toml"
    file.write_text(saved.document, "utf-8")
    command = ("scenario", *SAMPLE, "--from", "2026Q3")

    by_number = told(shipped.database_url, *command, "--saved", saved.id)

    assert by_number == told(shipped.database_url, *command, "--scenario", file)
    assert by_number[1] != told(shipped.database_url, "outlook", *SAMPLE)[1]
    other = ("scenario", "--area", "CN", "--year", 2026, "--saved", saved.id)
    assert told(shipped.database_url, *other)[0] == 2
    assert told(shipped.database_url, *command, "--saved", 999)[0] == 2


def test_what_was_forecast_once_is_kept_for_the_app(
    shipped: Store, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(shipped.database_url, "outlook", *SAMPLE)

    def fail(*_: object) -> Callable[..., object]:
        raise AssertionError

    monkeypatch.setattr(views, "fit", fail)

    assert told(shipped.database_url, "outlook", *SAMPLE) == first


def test_a_year_and_an_area_of_which_nothing_is_asked_are_refused(
    shipped: Store, told: Told
) -> None:
    code, err = told(shipped.database_url, "outlook", "--area", "SAMPLE", "--year", 2027)
    assert (code, "no targets of 2027" in err) == (2, True)
    code, err = told(shipped.database_url, "outlook", "--area", "nowhere", "--year", 2026)
    assert (code, "nowhere" in err) == (2, True)


def test_a_scenario_in_another_encoding_is_refused(
    shipped: Store, told: Told, tmp_path: Path
) -> None:
    file = tmp_path / "scenario.toml"
    file.write_bytes('name = "开发区"'.encode("gbk"))

    code, err = told(shipped.database_url, "scenario", *SAMPLE, "--scenario", file)

    assert (code, "is no text in UTF-8" in err) == (2, True)
