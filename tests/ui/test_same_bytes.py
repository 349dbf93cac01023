"""A page and the command line answer with the same bytes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st

from data.store.store import Store
from forecasting.__main__ import main
from forecasting.cli.options import to_json
from forecasting.cli.views import outlook_document
from forecasting.figures.indicator import Measure
from forecasting.figures.period import Quarter
from tests.data.commands.conftest import Said, run
from tests.data.drafts import edit
from tests.ui.conftest import OpenPage
from tests.ui.figures.test_page import NAME, commit_new
from ui.frame import cache

__all__ = ["run"]

OBSERVATIONS = Path(__file__).resolve().parents[2] / "seeds" / "observations"


@pytest.mark.parametrize(
    ("file", "area", "year", "as_of", "threshold"),
    [
        ("china.csv", "CN", 2026, None, None),
        ("china.csv", "CN", 2019, "2019Q1", 6.5),
        ("sample_zone.csv", "SAMPLE", 2026, None, None),
    ],
)
def test_the_outlook_of_a_page_is_the_outlook_of_the_command(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    seeded_url: str,
    file: str,
    area: str,
    year: int,
    as_of: str | None,
    threshold: float | None,
) -> None:
    monkeypatch.setenv("DATABASE_URL", seeded_url)
    options = ["--as-of", as_of] if as_of else []
    options += ["--threshold", str(threshold)] if threshold else []

    quarter = Quarter.parse(as_of) if as_of else None
    shown = cache.current().outlook(area, year, quarter, threshold)
    main(["outlook", str(OBSERVATIONS / file), "--area", area, "--year", str(year), "--json",
          *options])  # fmt: skip

    assert capsys.readouterr().out == to_json(outlook_document(shown))


@pytest.fixture
def downloads(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], dict[str, bytes]]:
    """Open the page of figures in a language; return what it lets download, by ending."""

    def download(language: str) -> dict[str, bytes]:
        files: dict[str, bytes] = {}

        def keep(label: str, data: Callable[[], bytes], file_name: str, **style: object) -> None:
            if "template" not in str(style["key"]):
                files[file_name.rpartition(".")[2]] = data()

        with monkeypatch.context() as patch:
            patch.setattr(st, "download_button", keep)
            open_page("data", area="SAMPLE", lang=language)
        return files

    return download


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_page_of_figures_lets_download_has_the_outlook_of_the_page(
    downloads: Callable[[str], dict[str, bytes]],
    store: Store,
    run: Said,
    tmp_path: Path,
    language: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ask = ["--area", "SAMPLE", "--year", "2026", "--json"]
    for ending, content in downloads(language).items():
        (tmp_path / f"figures.{ending}").write_bytes(content)
    workbook, tables = tmp_path / "figures.xlsx", tmp_path / "tables"
    run(store.database_url, "export", tables, "--area", "SAMPLE", "--figures", workbook)
    shown = to_json(outlook_document(cache.current().outlook("SAMPLE", 2026, None, None)))

    for place in (tmp_path / "figures.csv", tmp_path / "figures.zip", tables):
        assert main(["outlook", str(place), *ask]) == 0
        assert capsys.readouterr().out == shown, place


def test_an_indicator_that_was_added_travels_with_the_archive_of_the_page(
    downloads: Callable[[str], dict[str, bytes]],
    store: Store,
    run: Said,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commit_new(store, Measure.RATIO, Measure.LEVEL_END)
    latest = store.latest_vintage()
    growth = [
        replace(one, indicator=NAME)
        for one in store.observations(latest, "SAMPLE", "gdp")
        if one.measure is Measure.GROWTH_YTD
    ]
    target = next(one for one in store.targets(latest, "SAMPLE") if one.indicator == "gdp")
    store.commit(
        edit(
            base=latest, observations=tuple(growth),
            targets=(replace(target, indicator=NAME, year=2026, threshold=5.0),),
        )
    )  # fmt: skip
    file, exported = tmp_path / "figures.zip", tmp_path / "exported.zip"
    file.write_bytes(downloads("zh")["zip"])
    run(store.database_url, "export", exported, "--area", "SAMPLE")
    shown = outlook_document(cache.current().outlook("SAMPLE", 2026, None, None))

    assert main(["outlook", str(file), "--area", "SAMPLE", "--year", "2026", "--json"]) == 0

    assert capsys.readouterr().out == to_json(shown)
    assert NAME in {one["indicator"] for one in shown["indicators"]}
    assert file.read_bytes() == exported.read_bytes()
