"""What ``python -m data`` says of a year is what ``python -m forecasting`` says of it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data import views
from data.store.seed import ensure_ready
from data.store.store import Store
from forecasting import __main__ as forecasting
from forecasting.figures.indicator import (
    AreaVersion,
    DefinitionChange,
    IndicatorGroup,
    Measure,
    Names,
)
from forecasting.figures.period import Quarter
from tests.data.commands.conftest import Told
from tests.data.drafts import edit, upload
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


def test_what_is_exported_with_its_definitions_has_the_same_outlook_without_the_store(
    shipped: Store,
    told: Told,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = f"sqlite:///{shutil.copy(shipped.database_url.removeprefix('sqlite:///'), tmp_path)}"
    store = Store.open(url)
    known = store.catalogue(1)
    lamps = replace(
        known["gdp"], id="路灯", name=Names("路灯", "Lamps, all"), aliases=("亮灯数",),
        group=IndicatorGroup.NATIONAL_RANK, quarterly_shares=None, order=77,
    )  # fmt: skip
    figures = [
        replace(figure, indicator=lamps.id, value=figure.value + 1 / 3, publisher="路灯所,一科")
        for figure in store.observations(1, "SAMPLE", "gdp")
        if figure.measure is Measure.GROWTH_YTD
    ]
    target = next(one for one in store.targets(1, "SAMPLE") if one.indicator == "gdp")
    store.commit(
        edit(
            base=1,
            indicators=(lamps,),
            observations=tuple(figures),
            targets=(replace(target, indicator=lamps.id, year=2026, threshold=6.5),),
            changes=(DefinitionChange("SAMPLE", lamps.id, lamps.basis, Quarter(2025, 1), "普查"),),
            area_versions=(
                AreaVersion("SAMPLE", Quarter(2024, 3), Names("扩区后", "Enlarged"), "批复"),
            ),
        )
    )
    store.close()
    folder, archive, table, workbook, again = (
        tmp_path / name for name in ("zone", "zone.zip", "zone.csv", "zone.xlsx", "again.zip")
    )

    for place in (folder, archive, table, workbook):
        assert told(url, "export", place, "--area", "SAMPLE")[0] == 0
    assert told(url, "export", again, "--area", "SAMPLE", "--figures", workbook)[0] == 0
    code, of_the_store = told(url, "outlook", *SAMPLE)

    assert code == 0
    assert "路灯" in {one["indicator"] for one in of_the_store["indicators"]}
    for place in (folder, archive):
        assert forecasting.main(["outlook", str(place), *map(str, SAMPLE), "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == of_the_store, place
    # A workbook is read to twelve digits; all else that goes with its figures is the same.
    with zipfile.ZipFile(archive) as one, zipfile.ZipFile(again) as other:
        assert one.namelist() == other.namelist()
        assert all(
            one.read(name) == other.read(name)
            for name in one.namelist()
            if not name.startswith("observations/")
        )
    assert forecasting.main(["outlook", str(again), *map(str, SAMPLE), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["p_all"] == of_the_store["p_all"]
    assert forecasting.main(["outlook", str(table), *map(str, SAMPLE)]) == 2
    assert "did not come with the program (路灯): the .zip" in capsys.readouterr().err
    assert forecasting.main(["outlook", str(workbook), *map(str, SAMPLE)]) == 2
    assert "python -m data export FOLDER --figures FILE" in capsys.readouterr().err
    for place in (folder, archive):
        assert told(url, "export", place, "--area", "SAMPLE")[0] == 2
    assert forecasting.main(["outlook", str(folder), "--area", "SAMPLE", "--year", "2030"]) == 2
    assert "no targets of 2030" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("area", ["SAMPLE", "CN"])
def test_what_is_exported_as_a_table_for_people_has_the_same_outlook_without_the_store(
    shipped: Store,
    told: Told,
    tmp_path: Path,
    area: str,
    language: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, of_area = tmp_path / "figures.csv", ("--area", area)
    told(shipped.database_url, "export", file, *of_area, "--language", language)
    code, of_the_store = told(shipped.database_url, "outlook", *of_area, "--year", 2026)

    assert forecasting.main(["outlook", str(file), *of_area, "--year", "2026", "--json"]) == 0

    assert (code, json.loads(capsys.readouterr().out)) == (0, of_the_store)


def test_an_export_judges_a_file_that_nobody_has_imported(
    shipped: Store, told: Told, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, archive = tmp_path / "figures.csv", tmp_path / "zone.zip"
    file.write_text("地区,指标,期间,累计增速\n示范开发区,地区生产总值,2026年三季度,9.9\n", "utf-8")
    export = ("export", archive, "--area", "SAMPLE", "--figures", file)

    code, asked = told(shipped.database_url, *export)
    assert (code, archive.exists()) == (3, False)
    answers = tmp_path / "answers.json"
    chosen = {one["id"]: one["suggested"] or one["options"][0]["id"] for one in asked["questions"]}
    answers.write_text(json.dumps(chosen), "utf-8")
    code, wrote = told(shipped.database_url, *export, "--answers", answers)

    assert (code, wrote["figures"], shipped.latest_vintage()) == (0, 1, 1)
    refused = told(shipped.database_url, *export[:3], "CN", *export[4:], "--answers", answers)
    assert (refused[0], "has no figures of CN" in refused[1]) == (2, True)
    with zipfile.ZipFile(archive) as opened:
        assert b"9.9" in opened.read("observations/SAMPLE.csv")
    for name in ("zone.csv", "zone.xlsx", "zone.pdf"):
        assert told(shipped.database_url, "export", tmp_path / name, *export[2:])[0] == 2


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x05\x06" + bytes(18)]
)
def test_an_archive_without_tables_is_refused_in_one_line(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "zone.zip"
    file.write_bytes(content)

    assert forecasting.main(["outlook", str(file), *map(str, SAMPLE)]) == 2

    said = capsys.readouterr().err
    assert said.startswith("python -m forecasting: zone.zip")
    assert said.count("\n") == 1


def test_a_track_record_of_the_store_is_that_of_its_figures(shipped: Store, told: Told) -> None:
    code, found = told(shipped.database_url, "backtest", "--area", "SAMPLE", "--years", "2025:2025")

    name = "commands/backtest-zone.json"
    assert code == 0
    assert differences(name, (FROZEN / name).read_text("utf-8"), json_lines(found["cases"])) == ""


def test_news_lead_from_the_outlook_of_one_vintage_to_that_of_another(
    shipped: Store, told: Told, tmp_path: Path
) -> None:
    url = f"sqlite:///{shutil.copy(shipped.database_url.removeprefix('sqlite:///'), tmp_path)}"
    store = Store.open(url)
    figures = store.observations(1, "SAMPLE", "gdp")
    figure = [one for one in figures if one.measure is Measure.GROWTH_YTD][-1]
    store.commit(upload(replace(figure, value=figure.value - 1.0), base=1))
    store.close()

    code, news = told(url, "news", *SAMPLE, "--since", 1)

    assert code == 0
    before, after = (
        told(url, "outlook", *SAMPLE, "--vintage", vintage)[1]["p_all"] for vintage in (1, 2)
    )
    assert before != after
    assert (news["before"]["p_all"], news["after"]["p_all"]) == (before, after)
    moved = sum(term["p_all"] for term in news["terms"])
    assert moved == pytest.approx(after - before, abs=1e-12)
    assert told(url, "news", *SAMPLE, "--since", 9)[0] == 2
