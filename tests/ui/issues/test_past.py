"""What a new issue says of earlier ones, and what the track record does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from data.issues import issuing
from data.issues.issuing import IssueHead, IssueRequest
from data.issues.past import past_issues
from data.store import schema
from data.store.issues import StoredIssue
from data.store.store import Store
from data.views import BaselineKey
from forecasting.figures.indicator import Observation, Status
from forecasting.figures.period import Month, Quarter
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.issues.snapshot import Apart, ChangeSinceIssue, Snapshot, Unexplained
from forecasting.models import pool as fitting
from forecasting.outlook.outlook import AllClear, Excluded, Reason
from forecasting.scenario.model import Amount, Scenario
from forecasting.scenario.projects import Project
from tests.data.drafts import upload
from tests.ui.desks import FIXED, SAMPLE, latest_growth, open_desk
from tests.ui.speakers import ZH
from ui.frame import cache
from ui.issues.issuing import beside_today
from ui.language import format as fmt
from ui.links import served_issue

ZONE, YEAR = "SAMPLE", 2026
PUSH = Scenario(name="加快", amounts=(Amount(FIXED, 2.0),))
STARTED = Quarter(YEAR, 3)
ONE_PROJECT = Scenario(
    name="新项目",
    projects=(Project("甲", started=STARTED, recorded=STARTED, completion=((YEAR, 3.0),)),),
)
"""What it does is what a single project does; an invented one."""


def issue(
    scenario: Scenario | None = None, *, as_of: Quarter | None = None, line: float | None = None
) -> Snapshot:
    """Issue what the newest vintage says, and return what was issued."""
    key = BaselineKey(cache.current(), ZONE, YEAR, as_of, line)
    return read_snapshot(
        issuing.issue(IssueRequest(key, scenario or Scenario()), IssueHead()).document
    )


def put(store: Store, snapshot: Snapshot, **changed: object) -> StoredIssue:
    """Store a snapshot that this program would not make, as the next issue."""
    outlook = snapshot.outlook
    values = {
        "area": ZONE,
        "year": YEAR,
        "document": write_snapshot(
            replace(snapshot, issue=replace(snapshot.issue, number=store.issues.newest() + 1))
        ),
        "vintage": snapshot.provenance.vintage,
        "issued_at": datetime.now(UTC),
        "unpublished": False,
        "p_all": outlook.all_clear.probability if outlook.all_clear else None,
        "answers": {verdict.indicator_id: verdict.probability for verdict in outlook.verdicts},
    }
    return store.issues.issue(**(values | changed))  # type: ignore[arg-type]


def saying(snapshot: Snapshot, probability: float) -> Snapshot:
    """Return an issue that prints another probability of all."""
    clear = snapshot.outlook.all_clear
    assert clear is not None
    other = replace(clear, probability=probability)
    return replace(snapshot, outlook=replace(snapshot.outlook, all_clear=other))


def p_all(clear: AllClear | None) -> float:
    assert clear is not None
    return clear.probability


def tell_more(store: Store) -> None:
    """Commit another figure for the last quarter of one indicator."""
    latest = store.latest_vintage()
    figure = store.observations(latest, ZONE, "gdp")[-1]
    store.commit(upload(replace(figure, value=figure.value - 1.0), base=latest))


def damage(store: Store, number: int) -> None:
    """Damage a document, as another process finds it that has read none before."""
    cache._issue_contents.clear()
    cache._issue_outcome.clear()
    with store._engine.begin() as connection:
        found = schema.issue.c.number == number
        connection.execute(update(schema.issue).where(found).values(document=b"{}"))


def year_ends(issued: Snapshot, growth: float, *of: str) -> list[Observation]:
    """Return figures of the rest of the year, of some indicators or of every one that counts."""
    store = cache.store()
    return [
        replace(figure, month=Month(YEAR, month), value=growth)
        for verdict in issued.outlook.counted
        if not of or verdict.indicator_id in of
        for figure in store.observations(1, ZONE, verdict.indicator_id)
        if figure.basis == verdict.target.basis
        and figure.measure is verdict.history.measure
        and figure.month == verdict.history.origin.end
        for month in (9, 12)
    ]


def publish(store: Store, figures: Sequence[Observation]) -> int:
    return store.commit(upload(*figures, base=store.latest_vintage()))


def test_the_number_before_is_one_that_the_earlier_issue_printed(store: Store) -> None:
    first = issue()
    issue(PUSH)
    tell_more(store)
    second = issue()

    assert second.change is not None
    assert (second.change.since, second.change.before) == (1, p_all(first.outlook.all_clear))
    assert second.change.now == p_all(second.outlook.all_clear)
    assert second.change.terms


def test_issues_are_numbered_by_area_and_year_and_those_of_scenarios_apart(store: Store) -> None:
    issued = [issue(), issue(PUSH), issue(PUSH), issue(line=6.0)]
    put(store, issued[0], year=YEAR + 1)
    put(store, issued[0], area="CN")

    assert [one.issue.number for one in issued] == [1, 1, 2, 2]
    assert [issue().issue.number, issue(PUSH).issue.number] == [3, 3]


def test_numbers_of_the_first_release_are_gone_on_from(store: Store) -> None:
    """It numbered all issues of a store in one series."""
    bare, push = issue(), issue(PUSH)
    for number, of in ((7, bare), (8, push)):
        document = write_snapshot(replace(of, issue=replace(of.issue, number=number)))
        put(store, of, document=document)

    assert [issue().issue.number, issue(PUSH).issue.number] == [8, 9]


def test_no_number_is_used_twice_where_a_document_cannot_be_read(store: Store) -> None:
    for _ in range(3):
        issue()
    damage(store, 3)

    assert [issue().issue.number, issue().issue.number] == [4, 5]


def test_what_answers_another_question_is_not_compared_with(store: Store) -> None:
    hidden = replace(issue(PUSH), baseline=None)
    issue(line=6.0)
    issue(as_of=Quarter(YEAR, 1))
    put(store, hidden)
    damage(store, 1)

    plain = issue()
    assert plain.change is None
    later = issue().change
    assert later is not None
    assert later.since == plain.issue.number


def test_the_newest_issue_that_compares_is_the_one_before(store: Store) -> None:
    plain = issue()
    issue(line=6.0)
    tell_more(store)
    third = issue()

    assert third.change is not None
    assert (third.change.since, third.change.before) == (1, p_all(plain.outlook.all_clear))


def test_another_year_does_not_compare(store: Store) -> None:
    put(store, issue(), year=YEAR + 1)

    change = issue().change

    assert change is not None
    assert change.since == 1


def test_what_another_engine_said_is_not_explained(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issue()
    tell_more(store)
    monkeypatch.setattr("forecasting.outlook.judge.ENGINE", fitting.ENGINE + "+1")
    second = issue()

    assert second.change is not None
    assert second.change.unexplained is Unexplained.ENGINE
    assert (second.change.before, second.change.now) == (
        p_all(first.outlook.all_clear), p_all(second.outlook.all_clear),
    )  # fmt: skip
    assert second.change.terms == ()


def test_a_number_that_another_machine_rounds_otherwise_is_come_by_again(store: Store) -> None:
    first = issue()
    put(store, saying(first, p_all(first.outlook.all_clear) + 1e-13))
    tell_more(store)

    change = issue().change

    assert change is not None
    assert (change.since, change.unexplained) == (2, None)
    assert change.terms


def test_a_number_that_is_not_come_by_again_is_told_as_it_was_issued(store: Store) -> None:
    put(store, saying(issue(), 0.23))

    change = issue().change

    assert change is not None
    assert (change.since, change.before, change.unexplained) == (2, 0.23, Unexplained.OTHERWISE)
    assert change.terms == ()


def test_a_guarded_number_and_a_bare_one_never_stand_together(store: Store) -> None:
    first = issue()
    put(store, saying(first, 0.23))
    put(store, saying(first, 0.4), year=YEAR - 1)
    guarded = issue(ONE_PROJECT)
    put(store, guarded, year=YEAR - 1)
    bare = issue()

    assert guarded.scenario is not None
    assert guarded.scenario.guarded
    assert guarded.baseline_in_tenths
    assert guarded.change is None
    assert [past.p_all for past in guarded.record] == [0.4, None, None]
    assert [past.p_all for past in bare.record] == [
        None, None, 0.4, 0.23, p_all(first.outlook.all_clear),
    ]  # fmt: skip
    assert bare.change is not None
    assert bare.change.since == 2
    assert str(p_all(guarded.outlook.all_clear)) not in write_snapshot(bare).decode()
    chance = fmt.probability(p_all(guarded.outlook.all_clear))
    assert chance in open_desk("track", **SAMPLE).text


def test_an_open_issue_tells_no_number_of_an_internal_one(store: Store) -> None:
    issue()
    figure = latest_growth(store, ZONE, "gdp")
    store.commit(upload(replace(figure, value=figure.value - 1, status=Status.FLASH), base=1))
    internal = issue()
    third = issue()
    store.commit(upload(replace(figure, value=figure.value - 1), base=2))
    opened = issue()

    assert [one.provenance.unpublished for one in (internal, third, opened)] == [
        True, True, False,
    ]  # fmt: skip
    assert third.change is not None
    assert (third.change.since, third.record[0].p_all) == (2, p_all(internal.outlook.all_clear))
    assert opened.change is not None
    assert opened.change.since == 1
    assert [(past.number, past.internal, past.p_all is None) for past in opened.record] == [
        (3, True, True), (2, True, True), (1, False, False),
    ]  # fmt: skip


def test_a_document_that_cannot_be_read_stops_nothing_but_itself(store: Store) -> None:
    first = issue()
    put(store, first, document=json.dumps({"schema": 99}).encode(), p_all=0.62)
    put(store, first)
    damage(store, 3)

    fourth = issue()

    assert [(past.number, past.apart) for past in fourth.record] == [
        (0, Apart.UNREADABLE), (0, Apart.UNREADABLE), (1, None),
    ]  # fmt: skip
    _, second, _ = fourth.record
    assert (second.p_all, second.outcome) == (None, None)  # it may have been guarded
    assert fourth.change is not None
    assert fourth.change.since == 1
    page = open_desk("track", **SAMPLE).text
    assert page.count("存档不能读取") == 2
    assert "62%" in page
    assert "共出具4期" in page.replace("**", "")


def test_documents_are_read_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    issue()
    snapshot = cache.current()
    before = past_issues(ZONE, snapshot)
    monkeypatch.setattr(served_issue, "snapshot_of", lambda issued: pytest.fail("read again"))

    assert past_issues(ZONE, snapshot) == before


def scored(page: str) -> str:
    (line,) = [line for line in page.replace("**", "").splitlines() if line.startswith("共出具")]
    return line


def test_conditional_issues_are_listed_and_not_scored(store: Store) -> None:
    plain = issue()
    issue(PUSH)
    issue(line=6.0)
    publish(store, year_ends(plain, 50.0))

    page = open_desk("track", **SAMPLE).text

    count = len(plain.outlook.counted)
    assert f"其中1期年度已结束、可以评分：全部完成的有1期；{count}项研判" in scored(page)
    assert "按情景，不计分" in page
    assert "另设对照线，不计分" in page
    assert [(past.number, past.apart) for past in issue().record] == [
        (2, Apart.LINE), (1, Apart.SCENARIO), (1, None),
    ]  # fmt: skip


def test_what_was_known_when_it_was_issued_is_not_scored(store: Store) -> None:
    plain = issue()
    some = plain.outlook.counted[0].indicator_id
    publish(store, year_ends(plain, 50.0, some))
    issue()
    publish(store, year_ends(plain, 50.0))
    issue(as_of=Quarter(YEAR, 2))

    page = open_desk("track", **SAMPLE).text

    count = len(plain.outlook.counted)
    assert f"其中2期年度已结束、可以评分：全部完成的有2期；{2 * count - 1}项研判" in scored(page)
    assert "出具时已知，不计分" in page


def test_the_mean_is_over_verdicts_not_over_issues(store: Store) -> None:
    plain = issue()
    one = plain.outlook.counted[0]
    put(store, replace(plain, outlook=replace(plain.outlook, verdicts=(one,))))
    publish(store, year_ends(plain, 50.0))

    said = [verdict.probability for verdict in (*plain.outlook.counted, one)]
    score = sum((1 - p) ** 2 for p in said) / len(said)
    page = open_desk("track", **SAMPLE).text
    assert f"{len(said)}项研判平均评分{score:.3f}" in scored(page)


def test_the_score_is_by_the_figure_as_first_published(store: Store) -> None:
    plain = issue()
    wrong = publish(store, year_ends(plain, -50.0))
    store.withdraw(wrong, "analyst")
    publish(store, year_ends(plain, 50.0))
    gdp = plain.outlook.counted[0].indicator_id
    publish(store, year_ends(plain, -50.0, gdp))

    page = open_desk("track", **SAMPLE).text

    count = len(plain.outlook.counted)
    assert "全部完成的有1期" in scored(page)
    assert "全部完成（修订后未全部完成）" in page
    assert f"{count}/{count}（修订后{count - 1}/{count}）" in page
    assert "首次公布" in page
    assert issue().record[0].outcome is True


@pytest.mark.parametrize("kept", [True, False])
def test_a_line_of_an_issue_without_verdicts_is_held_against_today(
    store: Store, kept: bool
) -> None:
    typed = issue(line=6.0)
    target = typed.outlook.verdicts[0].target
    excluded = (Excluded(target, Reason.NO_FIGURES, None, None),) if kept else ()
    bare = replace(typed.outlook, verdicts=(), excluded=excluded, all_clear=None, light=None)
    issued = put(store, replace(typed, outlook=bare, brief=()))

    report = beside_today(issued, ZH, open_to_all=False)

    assert report is not None


def test_causes_beside_today_lead_from_what_was_issued(store: Store) -> None:
    pushed = issue(PUSH)
    put(store, saying(issue(), 0.23))
    issue(ONE_PROJECT)
    tell_more(store)

    def causes(number: int) -> ChangeSinceIssue | None:
        issued = store.issues.find(number)
        return issuing.answer_today(
            issued, served_issue.snapshot_of(issued), cache.current()
        ).change

    without, plain, other, guarded = (causes(number) for number in (1, 2, 3, 4))

    assert without is not None
    assert without.before == p_all(pushed.baseline)
    assert without.terms
    assert plain is not None
    assert other is None  # nobody can say what led from a number that is not come by again
    assert guarded is None


def test_issues_are_told_in_the_order_they_were_made(store: Store) -> None:
    first = issue()
    put(store, first, issued_at=datetime.now(UTC) - timedelta(days=9))

    assert [past.record.number for past in past_issues(ZONE, cache.current())] == [2, 1]
