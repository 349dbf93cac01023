"""The scenarios and the issue of the sample zone that a fresh installation holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from data.store.seed import SAMPLE_ISSUE, ensure_ready, read_seeds
from data.store.store import Store
from forecasting.figures.period import Quarter
from forecasting.figures.seeds import Seeds
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.outlook.judge import baseline_of
from forecasting.outlook.question import Question
from forecasting.scenario.levers import RULES
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Stage
from forecasting.scenario.realisation import reference_class
from forecasting.scenario.reference_class import PROJECT_CLASSES
from forecasting.scenario.response import dials_of, response
from forecasting.scenario.toml import read_scenario, write_scenario
from tests.golden.text import differences, json_lines
from tools.make_sample_issue import sample_issue
from tools.make_sample_scenarios import scenarios
from ui.scenario.state import numbers_only

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "seeds" / "sample_scenarios").glob("*.toml"))
NOW = Quarter(2026, 3)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/outlook.sqlite3")
    ensure_ready(store, ROOT / "seeds")
    yield store
    store.close()


@cache
def seeds() -> Seeds:
    return read_seeds(ROOT / "seeds")


def read(text: str) -> Scenario:
    return read_scenario(text, seeds().catalogue.indicators)


def test_a_fresh_store_holds_two_scenarios_of_the_sample_zone(fresh: Store) -> None:
    listed = fresh.scenarios.listed("SAMPLE")

    assert len(listed) == 2
    assert all("模拟数据" in saved.name and saved.vintage == 1 for saved in listed)
    assert {saved.document for saved in listed} == {file.read_text("utf-8") for file in FILES}


def test_a_fresh_store_holds_one_issue_of_the_sample_zone_byte_for_byte(fresh: Store) -> None:
    (listed,) = fresh.issues.listed("SAMPLE")
    stored = fresh.issues.find(listed.number)

    assert stored.document == (ROOT / "seeds" / SAMPLE_ISSUE).read_bytes()
    assert (stored.year, stored.vintage, stored.unpublished) == (2026, 1, False)
    assert "模拟" in stored.issuer
    issued = read_snapshot(stored.document)
    assert "模拟" in issued.issue.note
    assert issued.outlook.area.synthetic
    assert stored.issued_at == datetime.fromisoformat(issued.issue.issued_at)


def test_a_second_start_issues_nothing_more(fresh: Store) -> None:
    ensure_ready(fresh, ROOT / "seeds")

    assert len(fresh.issues.listed("SAMPLE")) == 1


@pytest.mark.parametrize("writes", range(7))
def test_a_first_start_that_was_killed_among_the_samples_is_made_good(
    writes: int, tmp_path: Path, fresh: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, begun = Store.open(f"sqlite:///{tmp_path}/killed.sqlite3"), iter(range(writes))
    with monkeypatch.context() as patch:
        for part, write in (
            (type(store.scenarios), "save"),
            (type(store.plans), "save"),
            (type(store.issues), "issue"),
        ):
            patch.setattr(part, write, after(begun, getattr(part, write)))
        with pytest.raises(KeyboardInterrupt):
            ensure_ready(store, ROOT / "seeds")

    ensure_ready(store, ROOT / "seeds")

    assert contents(store) == contents(fresh)
    store.close()


def after(begun: Iterator[int], write: Callable[..., Any]) -> Callable[..., Any]:
    """Return a way to write that is killed once others have begun as often as they may."""

    def killed(*asked: Any, **named: Any) -> Any:
        if next(begun, None) is None:
            raise KeyboardInterrupt
        return write(*asked, **named)

    return killed


def contents(store: Store) -> list[Any]:
    """Return what a store has of the sample zone."""
    return [
        [(one.name, one.version, one.document) for one in store.scenarios.listed("SAMPLE")],
        [
            [(one.part, one.version, one.document) for one in store.plans.listed("SAMPLE", kind)]
            for kind in ("claim", "tasks")
        ],
        [store.issues.find(one.number).document for one in store.issues.listed("SAMPLE")],
    ]


def test_the_issue_is_what_the_engine_says_of_the_figures_now() -> None:
    shipped = read_snapshot((ROOT / "seeds" / SAMPLE_ISSUE).read_bytes())
    made = sample_issue()
    made = replace(
        made, provenance=replace(made.provenance, app_version=shipped.provenance.app_version)
    )  # a release alone changes nothing of it

    told = [json_lines(json.loads(write_snapshot(one))) for one in (shipped, made)]

    assert not differences(SAMPLE_ISSUE, *told), "python -m tools.make_sample_issue"


def test_one_that_was_removed_does_not_come_back(fresh: Store) -> None:
    saved = fresh.scenarios.listed("SAMPLE")[0]
    fresh.scenarios.remove(saved.id, saved.version)

    ensure_ready(fresh, ROOT / "seeds")

    assert len(fresh.scenarios.listed("SAMPLE")) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_files_are_as_the_tool_writes_them(file: Path) -> None:
    text = file.read_text("utf-8")

    assert text == write_scenario(scenarios()[file.stem])
    assert write_scenario(read(text)) == text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_ledger_has_every_stage_and_class_and_says_that_it_is_made_up(file: Path) -> None:
    projects = read(file.read_text("utf-8")).projects

    assert {project.stage for project in projects} == set(Stage)
    assert {reference_class(project, NOW) for project in projects} == set(PROJECT_CLASSES)
    assert all(project.name.startswith("模拟") for project in projects)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_lever_has_the_numbers_that_only_a_zone_knows(file: Path) -> None:
    levers = {lever.kind: lever for lever in read(file.read_text("utf-8")).levers}
    lacking = [
        (kind, name)
        for kind, rule in RULES.items()
        for name, assumption in rule.assumptions.items()
        if assumption.default is None and (kind not in levers or levers[kind].assumed(name) is None)
    ]

    assert lacking == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_lever_moves_all_it_reaches_measured_against_published_levels(file: Path) -> None:
    area = next(area for area in seeds().areas if area.id == "SAMPLE")
    baseline = baseline_of(Question(area, 2026), seeds().inputs)
    scenario = numbers_only(read(file.read_text("utf-8")))
    dials = dials_of(scenario, baseline.levels)

    assert scenario.silent
    assert len(dials) == len(RULES)
    told = response(baseline, scenario, dials, partly=True).dials
    assert [dial.entry for dial in told if dial.missing or dial.unmeasured] == []
