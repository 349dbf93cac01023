"""Issuing an outlook, and holding an issue against today: what a document is made of.

``Issued`` is the document of an issue (存档).
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from data import clock
from data.issues.contents import IssueContents, contents_of
from data.issues.past import IssueSeries, Past, compared, compared_of_scenario, past_issues
from data.plan.note import plan_note
from data.plan.plan_scenario import PlanScenario, plan_scenario
from data.settings import version
from data.store.errors import IssuedMeanwhile, TextTooLong
from data.store.issues import IssueRecord, StoredIssue
from data.store.store import Store
from data.texts import as_kept
from data.views import AreaView, BaselineKey, StoreView
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Names
from forecasting.figures.period import Quarter
from forecasting.history.levels import year_levels
from forecasting.issues.again import asks_the_same, says_the_same, typed_line
from forecasting.issues.brief import areas_above
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.issues.next_steps import ledger_alone, needed_levers, next_steps_of
from forecasting.issues.plan_note import PlanNote
from forecasting.issues.snapshot import (
    ChangeSinceIssue,
    IssueNote,
    NeededLevers,
    NextSteps,
    Unexplained,
)
from forecasting.issues.snapshot import Snapshot as Issued
from forecasting.issues.take import Material, take
from forecasting.news.news import News
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import Applied
from forecasting.scenario.arithmetic import opening_of
from forecasting.scenario.evaluation import Evaluation
from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Scenario
from forecasting.solve.solution import solve
from forecasting.solve.wish import usual_wish

MOST_DRAFTS = 5
"""Drafts of one issue, a new one whenever somebody else issues meanwhile."""
LONGEST_ISSUER, LONGEST_NOTE, LONGEST_NUMBER = 60, 600, 40
"""Characters of what is filled in, by whoever issues, on the page and on the command line."""
SAME = 1e-9
"""Between two probabilities that are one: another machine may sum in another order."""


class ScenarioNotWhole(OutlookError):
    """The result of a scenario lacks part of it, so no issue may say that it is of the whole.

    ``reasons`` say why each part is left out, and what to do about it.
    """

    def __init__(self, reasons: Sequence[OutlookError]) -> None:
        listed = "; ".join(map(str, reasons))
        super().__init__(f"part of the scenario cannot be applied, so it is not issued: {listed}")
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class IssueRequest:
    """What is to be issued.

    Attributes
    ----------
    scenario
        Applied to it; an empty one does nothing.
    saved
        Number and version that the scenario is saved under, exactly as it stands.
    """

    key: BaselineKey
    scenario: Scenario = field(default_factory=Scenario)
    saved: tuple[int, int] | None = None

    @property
    def series(self) -> IssueSeries:
        """The issues that it is numbered with."""
        key = self.key
        return IssueSeries(key.snapshot, key.area, key.year, self.applied is not None)

    @property
    def ledger(self) -> Scenario:
        """The scenario that holds the projects of the area: this one, or that of the plan."""
        if self.scenario.projects:
            return self.scenario
        return self.plan_scenario.scenario

    @property
    def plan_scenario(self) -> PlanScenario:
        """The scenario of the plan."""
        key = self.key
        return plan_scenario(AreaView(key.snapshot, key.snapshot.area(key.area)), key.year)

    @property
    def outlook(self) -> Outlook:
        """The outlook without the scenario."""
        return self.key.outlook

    @property
    def applied(self) -> Applied | None:
        """The scenario on it, as far as it can be; None where it changes nothing."""
        return self._evaluation.applied if self._evaluation else None

    @property
    def refused(self) -> ScenarioNotWhole | None:
        """Why it cannot be issued: it would be named by a scenario that is not all in it."""
        found = self._evaluation
        if found is None:
            return None
        return ScenarioNotWhole(found.errors) if found.errors else None

    @property
    def chance_to_raise(self) -> float | None:
        """The chance of all, where what is next may say by which levers it would be higher.

        None under a scenario, which says so itself, as of an earlier quarter, in an area whose
        line is not its own, and where nothing is open.
        """
        key, together = self.key, self.outlook.all_clear
        reference = key.snapshot.area(key.area).reference
        if self.applied or reference or key.as_of is not None or together is None:
            return None
        return together.probability if together.weakest is not None else None

    @property
    def _evaluation(self) -> Evaluation | None:
        if self.scenario.silent:
            return None
        return self.key.evaluation(self.scenario)


@dataclass(frozen=True, slots=True)
class IssueHead:
    """What whoever issues an outlook fills in.

    Attributes
    ----------
    issuer, author
        The unit that issues it, and who does so: the author is shown to no reader.
    note
        To the readers.
    with_note
        Whether readers see the note of the scenario.
    number
        As whoever issues it wrote it; empty for the next one of its series.
    named
        Whether readers, who are insiders then, see the names of projects in what is next.
    wanted
        The chance of all that what is next says how to bring about; None says nothing of it.
    """

    issuer: str = ""
    note: str = ""
    author: str = ""
    with_note: bool = False
    number: str = ""
    named: bool = False
    wanted: float | None = None


def _draft(request: IssueRequest, now: datetime, head: IssueHead) -> Issued:
    """Return the document that would be issued."""
    next_steps, plan = _next_steps(request, head), _plan(request, named=head.named)
    internal = replace(_taken(request, now, next_steps=next_steps), plan=plan).internal
    earlier = past_issues(request.key.area, request.key.snapshot)
    news = _since_last(request, internal=internal)
    taken = _taken(
        request,
        now,
        with_note=head.with_note,
        news=news if isinstance(news, tuple) else None,
        record=tuple(past.told(internal=internal) for past in earlier),
        next_steps=next_steps,
    )
    note = IssueNote(0, now.isoformat(), head.issuer, head.note)
    taken = replace(taken, issue=note, plan=plan)
    if taken.scenario is not None and taken.scenario.guarded:
        return _without_bare_numbers(taken)
    change = news if isinstance(news, ChangeSinceIssue) else taken.change
    return replace(taken, change=change and _labelled(change, request, earlier))


def _labelled(
    change: ChangeSinceIssue, request: IssueRequest, earlier: Sequence[Past]
) -> ChangeSinceIssue:
    """Return a change with the number that the office gave to the issue before."""
    labels = [
        past.contents.label
        for past in earlier
        if past.contents is not None
        and past.record.year == request.key.year
        and (past.contents.number, past.contents.scenario) == (change.since, change.conditional)
    ]
    return replace(change, label=labels[0] if labels else "")


def _next_steps(request: IssueRequest, head: IssueHead) -> NextSteps | None:
    """Return what is next by the ledger of today; None of an outlook as of an earlier quarter."""
    key, named = request.key, head.named
    if key.as_of is not None:
        return None
    outlook = request.applied.outlook if request.applied else request.outlook
    ledger = request.ledger
    levels = year_levels(
        (verdict.target for verdict in outlook.verdicts),
        key.snapshot.observations(key.area),
        key.year - 1,
    )
    # A level that only the ledger has may be known to insiders alone.
    levels = dict(ledger.levels) | levels if named else levels
    first = opening_of(key.baseline)
    alone = key.evaluation(ledger_alone(ledger))
    found = next_steps_of(
        outlook, ledger.projects, alone.applied.effects, levels, first, named=named
    )
    if found is None or head.wanted is None or request.applied is not None:
        return found
    return replace(found, needed=_needed(key, head.wanted, first))


def _plan(request: IssueRequest, *, named: bool = False) -> PlanNote | None:
    """Return what is said of the zone's plan beside its outlook of this year, as it stands."""
    key = request.key
    asked = (key.as_of, key.line, request.applied)
    if any(one is not None for one in asked) or key.year != key.snapshot.target_year(key.area):
        return None
    return plan_note(AreaView(key.snapshot, key.snapshot.area(key.area)), named=named)


def _numbered(drafted: Issued, request: IssueRequest, typed: str) -> Issued:
    number, label = request.series.number_typed(typed)
    return replace(drafted, issue=replace(drafted.issue, number=number, label=label))


def draft(request: IssueRequest) -> Issued:
    """Return what would be issued now, by nobody and with nothing said of it."""
    return _numbered(_draft(request, clock.now(), IssueHead()), request, "")


def _needed(key: BaselineKey, wanted: float, first: Quarter) -> NeededLevers | None:
    """Return what it takes by levers of the zone."""
    baseline, nothing = key.baseline, Scenario()
    wish = usual_wish(baseline, nothing, wanted, dates=False, partly=True, earliest=first)
    if not wish.levers:
        return None
    found = solve(baseline, nothing, wish, partly=True)
    turned = [one.entry for one in found.setting.levers if isinstance(one.entry, Lever)]
    return needed_levers(wanted, turned, first, reached=found.reached, most=found.most)


def _since_last(
    request: IssueRequest, *, internal: bool
) -> tuple[int, News] | ChangeSinceIssue | None:
    """Return what led here from the last issue that compares: of the same kind, no other."""
    key = request.key
    if key.line is not None or key.as_of is not None:
        return None
    if request.applied is None:
        last = compared(key.area, key.year, key.snapshot, internal=internal)
        return None if last is None else _since(request, *last)
    if request.saved is None:
        return None
    last = compared_of_scenario(
        request.saved[0], key.area, key.year, key.snapshot, internal=internal
    )
    if last is None:
        return None
    together, before = request.applied.outlook.all_clear, last[1]
    now = together.probability if together else None
    return ChangeSinceIssue(before.number, before.p_all, now, (), Unexplained.SCENARIO)


def _without_bare_numbers(taken: Issued) -> Issued:
    """Leave out what stood without the scenario: beside it, a single firm's figure would follow."""
    year = taken.outlook.year
    record = [replace(past, p_all=None) if past.year == year else past for past in taken.record]
    return replace(taken, change=None, record=tuple(record))


def _taken(request: IssueRequest, now: datetime, **told: Any) -> Issued:
    return take(
        IssueNote(0, now.isoformat()),
        request.outlook,
        _material(request.key, now),
        planned=request.key.line is None,
        applied=request.applied,
        **told,
    )


def is_unpublished(request: IssueRequest) -> bool:
    """Return whether any figure that would be issued is not published."""
    return replace(_taken(request, clock.now()), plan=_plan(request)).unpublished


def issue(
    request: IssueRequest,
    head: IssueHead,
    drafted: set[str] | None = None,
    *,
    once: bool = False,
) -> StoredIssue:
    """Issue an outlook; everything that takes long is done before it is written.

    Parameters
    ----------
    drafted
        Takes the digest of every document that is tried, for ``find_issued``.
    once
        Whether the newest issue that answers the same question is returned in its place where
        that says all of it already, under the number that is asked for if any is.

    Raises
    ------
    ScenarioNotWhole
        If part of the scenario cannot be applied.
    TextTooLong
        If more is filled in than fits into a report.
    IssuedMeanwhile
        If others issue faster than it can be drafted.
    IssueNumberTaken
        If the number that was typed is that of another issue.
    """
    if request.refused:
        raise request.refused
    kept = replace(
        head,
        issuer=as_kept(head.issuer),
        note=as_kept(head.note),
        author=as_kept(head.author),
        number=as_kept(head.number),
    )
    _check_lengths(kept)
    tried = set() if drafted is None else drafted
    for _ in range(MOST_DRAFTS - 1):
        with suppress(IssuedMeanwhile):
            return _issue(request, kept, tried, once=once)
    return _issue(request, kept, tried, once=once)


def _check_lengths(head: IssueHead) -> None:
    filled_in = (
        (head.issuer, LONGEST_ISSUER), (head.note, LONGEST_NOTE), (head.number, LONGEST_NUMBER),
    )  # fmt: skip
    for text, limit in filled_in:
        if len(text) > limit:
            raise TextTooLong(begins=text[:40], length=len(text), limit=limit)


def find_issued(store: Store, area: str, drafted: Set[str]) -> int | None:
    """Return the issue whose document is one that ``issue`` tried; None if there is none."""
    listed = store.issues.listed(area)
    return next((issue.number for issue in listed if issue.sha256 in drafted), None)


def _issue(request: IssueRequest, head: IssueHead, drafted: set[str], *, once: bool) -> StoredIssue:
    """Issue a draft that knows of every issue before it, and is dated after them.

    So its number in its series is free, though the store keeps issues under another.
    """
    key = request.key
    issues = key.snapshot.store.issues
    newest, now = issues.newest(), clock.now()
    made = _draft(request, now, head)
    standing = _said_already(request, made, head.number) if once else None
    if standing is not None:
        return standing
    made = _numbered(made, request, head.number)
    outlook, document = made.outlook, write_snapshot(made)
    drafted.add(sha256(document).hexdigest())
    return issues.issue(
        key.area,
        key.year,
        document,
        key.snapshot.vintage,
        issued_at=now,
        unpublished=made.internal,
        p_all=outlook.all_clear.probability if outlook.all_clear else None,
        answers={verdict.indicator_id: verdict.probability for verdict in outlook.verdicts},
        issuer=head.issuer,
        author=head.author,
        after=newest,
        scenario=request.saved if made.scenario else None,
    )


def _said_already(request: IssueRequest, drafted: Issued, typed: str) -> StoredIssue | None:
    """Return the newest issue that answers the same question, if it says what a draft says.

    One that is damaged may have asked the same and said otherwise, and can no longer be read: so
    nothing older stands in its place, and the outlook is issued anew.
    """
    issues, saved = request.key.snapshot.store.issues, request.saved
    scenario = saved[0] if saved and drafted.scenario else None
    for record in issues.listed(request.key.area):
        if record.year != request.key.year or (record.scenario or (None,))[0] != scenario:
            continue
        try:
            stored = issues.find(record.number)
            issued = read_snapshot(stored.document)
        except OutlookError:
            return None
        if asks_the_same(issued, drafted):
            named = not typed or request.series.is_number(issued.issue, typed)
            return stored if named and says_the_same(issued, drafted) else None
    return None


def answer_today(stored: StoredIssue, then: Issued, newest: StoreView) -> Issued:
    """Return what is asked of an issue, answered on the newest vintage, and why it moved."""
    now = clock.now()
    line = typed_line(then)
    request = IssueRequest(
        BaselineKey(newest, stored.area, stored.year, None, line), _saved(stored, newest)
    )
    if request.refused:  # such as a quarter held to a growth path, whose figure has come since
        request = IssueRequest(request.key)
    # What the causes sum to starts without a scenario, and from no number that was not issued.
    bare = request.scenario == Scenario()
    news = _since(request, stored, contents_of(then)) if bare else None
    return _taken(request, now, news=news if isinstance(news, tuple) else None)


def _saved(stored: StoredIssue, newest: StoreView) -> Scenario:
    """Return the scenario that was issued; none where nobody saved it, or it fits no longer."""
    if stored.scenario is None:
        return Scenario()
    try:
        found = newest.store.scenarios.find(*stored.scenario)
        return found.scenario(newest.catalogue(stored.area).indicators)
    except OutlookError:
        return Scenario()


def _material(key: BaselineKey, now: datetime) -> Material:
    snapshot = key.snapshot
    area = snapshot.area(key.area)
    above = [entry.id for entry in areas_above(area, snapshot.areas)]
    return Material(
        areas=snapshot.areas,
        catalogue=snapshot.catalogue(area.id),
        observations=[one for id in (area.id, *above) for one in snapshot.observations(id)],
        vintage=snapshot.vintage,
        app_version=version(),
        today=clock.day_of(now),
        area_version=_area_version(snapshot, area.id),
    )


def _area_version(snapshot: StoreView, area: str) -> Names | None:
    versions = snapshot.store.area_versions(snapshot.vintage, area)
    return versions[-1].label if versions else None


def _since(
    request: IssueRequest, last: IssueRecord, kept: IssueContents
) -> tuple[int, News] | ChangeSinceIssue | None:
    """Return what led from an issue to now, or why nothing can be said of it but the numbers.

    What is told starts from the number that was issued, never from one computed again. There
    is nothing to tell but of the plan's own lines and all figures.
    """
    key = request.key
    if key.line is not None or key.as_of is not None or not kept.compares:
        return None
    together = request.outlook.all_clear
    now = together.probability if together else None
    if kept.engine != request.outlook.engine:
        return ChangeSinceIssue(kept.number, kept.baseline, now, (), Unexplained.ENGINE)
    try:
        news = key.snapshot.news_since(last.vintage, key.area, key.year)
    except OutlookError:  # the area had no figures then
        return None
    before = news.before.all_clear
    if not _is_printed(before.probability if before else None, kept):
        return ChangeSinceIssue(kept.number, kept.baseline, now, (), Unexplained.OTHERWISE)
    return kept.number, news


def _is_printed(probability: float | None, kept: IssueContents) -> bool:
    """Return whether a document prints a probability, but for what computing it again may move."""
    if probability is None or kept.baseline is None:
        return probability is kept.baseline
    return math.isclose(probability, kept.baseline, rel_tol=0.0, abs_tol=SAME)
