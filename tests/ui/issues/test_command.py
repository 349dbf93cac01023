"""``python -m data issue`` issues what the page does, once, whatever cuts it off."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from data import clock
from data.commands.command import view_of
from data.issues import issuing
from data.issues.issuing import (
    LONGEST_ISSUER,
    LONGEST_NOTE,
    LONGEST_NUMBER,
    IssueHead,
    IssueRequest,
)
from data.plan.documents import latest, part_of, written
from data.store import schema
from data.store.issues import Issues
from data.store.seed import save_sample_tasks
from data.store.store import Store
from data.views import BaselineKey, StoreView
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.plan.tasks import Ledger
from forecasting.scenario.toml import write_scenario
from tests.data.commands.conftest import Said, Told, run, told
from tests.data.drafts import upload
from tests.ui.conftest import ROOT
from tests.ui.issues.test_issuing import LEDGER, PUSH, wish
from tests.ui.issues.test_past import YEAR, ZONE, tell_more
from ui.frame import cache

__all__ = ["run", "told"]

NOW = datetime(2026, 9, 20, 2, tzinfo=UTC)
ISSUE = ("issue", "--area", ZONE, "--issuer", "经济运行局", "--author", "定时任务")


@pytest.fixture(scope="module")
def fitted_file(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a seeded database that keeps its forecasts, which is copied and never opened."""
    file = Path(shutil.copy(seeded_file, tmp_path_factory.mktemp("fitted")))
    store = Store.open(f"sqlite:///{file}")
    _ = BaselineKey(view_of(store), ZONE, YEAR).outlook
    store.close()
    return file


@pytest.fixture
def store(fitted_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Give a seeded store, for tests that issue."""
    url = f"sqlite:///{shutil.copy(fitted_file, tmp_path)}"
    monkeypatch.setenv("DATABASE_URL", url)
    store = Store.open(url)
    yield store
    store.close()


@pytest.fixture(autouse=True)
def standing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock stand on a day of autumn."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=days))


def change_tasks(store: Store) -> None:
    """Finish the first task that is late."""
    ledger, version = latest(store.plans, ZONE, part_of(YEAR), Ledger)
    tasks = (msgspec.structs.replace(ledger.tasks[0], unit="另一部门"), *ledger.tasks[1:])
    document = written(msgspec.structs.replace(ledger, tasks=tasks))
    store.plans.save(ZONE, part_of(YEAR), document, based_on=version, author="王工")


@pytest.mark.parametrize("area", [ZONE, "CN"])
def test_a_command_drafts_the_same_bytes_as_a_page(store: Store, area: str) -> None:
    save_sample_tasks(store, ROOT / "seeds")
    saved = wish(store, LEDGER)
    page, command = cache.current, lambda: view_of(store)
    if area == ZONE:
        issuing.issue(IssueRequest(BaselineKey(page(), ZONE, YEAR)), IssueHead())
        tell_more(store)

    def drafted(view: Callable[[], StoreView], scenario: bool) -> bytes:
        key = BaselineKey(view(), area, YEAR, line=None if area == ZONE else 4.0)
        asked = IssueRequest(key, saved.scenario, saved.saved) if scenario else IssueRequest(key)
        return write_snapshot(issuing.draft(asked))

    for scenario in (False, True) if area == ZONE else (False,):
        assert drafted(command, scenario) == drafted(page, scenario)


def test_an_issue_is_made_once_and_again_only_where_it_says_more(
    store: Store, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_sample_tasks(store, ROOT / "seeds")
    made: list[tuple[int, Any]] = []

    def issue(*more: object) -> tuple[int, int]:
        made.append(told(store.database_url, *ISSUE, *more))
        return made[-1][0], made[-1][1]["issue"]["number"]

    assert issue() == (0, 1)
    assert issue() == (4, 1)
    assert made[0][1] == made[1][1]
    later(monkeypatch, 1)
    nation = store.observations(1, "CN", "gdp")[-1]
    store.commit(upload(replace(nation, value=nation.value - 0.1), base=1))
    assert issue() == (4, 1)  # nothing of the zone, and no day that matters
    assert issue("--note", "送主任办公会") == (0, 2)
    change_tasks(store)
    assert issue("--note", "送主任办公会") == (0, 3)
    tell_more(store)
    assert issue("--note", "送主任办公会") == (0, 4)
    assert issue("--note", "送主任办公会", "--number", "〔2026〕5号") == (0, 5)
    assert issue("--note", "送主任办公会", "--number", "〔2026〕5号") == (4, 5)
    refused, err = told(store.database_url, *ISSUE, "--number", "〔2026〕5号")
    assert (refused, "〔2026〕5号 is taken" in err) == (2, True)
    assert len(store.issues.listed(ZONE)) == 5
    assert {one.author for one in store.issues.listed(ZONE)} == {"定时任务"}


def test_an_issue_under_a_saved_scenario_is_apart_from_those_of_others(
    store: Store, told: Told
) -> None:
    one, other = wish(store, PUSH), wish(store, replace(PUSH, name="别的"))
    assert one.saved is not None
    assert other.saved is not None
    command = (*ISSUE, "--saved")

    codes = [
        told(store.database_url, *command, saved)[0]
        for saved in (one.saved[0], other.saved[0], f"{one.saved[0]}/1")
    ]
    more = replace(PUSH, amounts=(replace(PUSH.amounts[0], value=0.9),))
    store.scenarios.save(
        ZONE, YEAR, PUSH.name, write_scenario(more), 1, scenario=one.saved[0], based_on=1
    )
    codes.append(told(store.database_url, *command, one.saved[0])[0])

    assert codes == [0, 0, 4, 0]
    listed = store.issues.listed(ZONE)
    assert [record.scenario for record in listed] == [
        (one.saved[0], 2), (other.saved[0], 1), (one.saved[0], 1),
    ]  # fmt: skip
    change = read_snapshot(store.issues.find(3).document).change
    assert change is not None
    assert change.since == 1
    refused, err = told(store.database_url, *command, 999)
    assert (refused, "999" in err) == (2, True)
    refused, err = told(
        store.database_url, "issue", "--area", "CN", "--threshold", 5, "--saved", one.saved[0]
    )
    assert (refused, f"is of {ZONE}" in err) == (2, True)


def test_cut_off_before_or_after_it_is_written_it_is_issued_once(
    store: Store, run: Said, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Issues.issue

    def die(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    def write_and_die(self: Issues, *given: Any, **named: Any) -> None:
        write(self, *given, **named)
        raise KeyboardInterrupt

    for cut_off in (die, write_and_die):
        with monkeypatch.context() as patch:
            patch.setattr(Issues, "issue", cut_off)
            with pytest.raises(KeyboardInterrupt):
                told(store.database_url, *ISSUE)
    code, said, _ = run(store.database_url, *ISSUE)

    (record,) = store.issues.listed(ZONE)
    chance = store.issues.track(ZONE)[0].p_all
    assert code == 4
    assert said == (
        f"nothing new to issue: issue 1: all targets together {chance:.1%}, published figures, "
        f"digest {record.sha256} says it already\n"
    )


@pytest.mark.parametrize(
    ("option", "limit"),
    [("--issuer", LONGEST_ISSUER), ("--note", LONGEST_NOTE), ("--number", LONGEST_NUMBER)],
)
def test_more_than_the_page_takes_is_refused_and_nothing_is_issued(
    store: Store, told: Told, option: str, limit: int
) -> None:
    code, err = told(store.database_url, "issue", "--area", ZONE, option, "长" * (limit + 1))

    assert (code, f"{limit} are the most" in err) == (2, True)
    assert store.issues.newest() == 0
    assert told(store.database_url, "issue", "--area", ZONE, option, "长" * limit)[0] == 0


def test_where_the_newest_issue_is_damaged_one_is_issued_anew_and_no_older_one_stands(
    store: Store, told: Told
) -> None:
    told(store.database_url, *ISSUE)
    told(store.database_url, *ISSUE, "--note", "另一说明")
    with store._engine.begin() as connection:
        connection.execute(
            update(schema.issue).where(schema.issue.c.number == 2).values(document=b"{}")
        )

    answers = [told(store.database_url, *ISSUE) for _ in range(2)]

    assert [(code, one["issue"]["number"]) for code, one in answers] == [(0, 3), (4, 3)]


def test_of_two_that_are_made_at_once_one_is_issued(
    store: Store, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafting, others = issuing._draft, iter([(*ISSUE, "--json")])
    answers: list[tuple[int, Any]] = []

    def interrupted(*given: Any) -> object:
        drafted = drafting(*given)
        for _ in others:
            answers.append(told(store.database_url, *ISSUE))
        return drafted

    monkeypatch.setattr(issuing, "_draft", interrupted)
    second = told(store.database_url, *ISSUE)

    assert [code for code, _ in (*answers, second)] == [0, 4]
    assert answers[0][1] == second[1]
    assert len(store.issues.listed(ZONE)) == 1


def test_where_others_never_stop_issuing_the_same_command_may_be_run_again(
    store: Store, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "MOST_DRAFTS", 2)
    newest = iter(range(99))
    monkeypatch.setattr("data.store.issues._newest", lambda connection: next(newest))

    code, err = told(store.database_url, *ISSUE)

    assert (code, "came meanwhile" in err) == (5, True)
    assert store.issues.listed(ZONE) == ()


def test_an_area_without_figures_or_targets_is_refused(store: Store, told: Told) -> None:
    for more, why in (
        (("issue",), "no figures"),
        (("issue", "--area", ZONE, "--year", 2027), "no targets of 2027"),
        (("issue", "--area", "nowhere"), "nowhere"),
        ((*ISSUE, "--wanted", 0.01), "not above the"),
        ((*ISSUE, "--wanted", 0.9, "--as-of", "2026Q1"), "without a scenario"),
    ):
        code, err = told(store.database_url, *more)
        assert (code, why in err) == (2, True), err
