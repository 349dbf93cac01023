"""What a snapshot takes along, and what it must not."""

from dataclasses import replace

import pytest

from forecasting.figures.indicator import Names, Status
from forecasting.figures.period import Quarter
from forecasting.issues.json import write_snapshot
from forecasting.issues.take import take
from forecasting.news.news import TermKind
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, Scenario
from tests import snapshots
from tests.forecasting.issues.takes import NOTE, forecast, material, taken
from tests.forecasting.scenario.builders import figures
from tests.snapshots import sample_issue
from tests.snapshots import scenario as sample_scenario


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return forecast()


@pytest.fixture(scope="module")
def outlook(baseline: Baseline) -> Outlook:
    return outlook_of(baseline)


def test_an_outlook_is_taken_as_it_is(outlook: Outlook) -> None:
    snapshot = take(NOTE, outlook, material(), planned=False)

    assert snapshot.outlook is outlook
    assert snapshot.issue == NOTE
    assert not snapshot.planned
    assert (snapshot.baseline, snapshot.scenario, snapshot.change) == (None, None, None)
    assert [line.indicator for line in snapshot.brief] == [
        verdict.indicator_id for verdict in outlook.verdicts
    ]


def test_it_says_what_the_numbers_were_made_from_and_by(outlook: Outlook) -> None:
    publishers = ["乙局", "甲局", "", "乙局"]
    known = [
        replace(figure, publisher=publishers[place % 4]) for place, figure in enumerate(figures())
    ]
    elsewhere = replace(known[0], area="ELSEWHERE", publisher="丙局", status=Status.FLASH)
    told = take(NOTE, outlook, replace(material(), observations=[*known, elsewhere])).provenance

    assert (told.vintage, told.app_version) == (5, "0.6.0")
    assert (told.engine, told.seed) == (outlook.engine, outlook.seed)
    assert told.publishers == tuple(sorted({"乙局", "甲局"}))
    assert not told.unpublished
    assert told.next_release is None


def test_a_single_flash_is_told(outlook: Outlook) -> None:
    known = figures()
    known[3] = replace(known[3], status=Status.FLASH)

    assert take(NOTE, outlook, replace(material(), observations=known)).provenance.unpublished


def test_an_enlarged_area_goes_by_its_name(outlook: Outlook) -> None:
    named = replace(material(), area_version=Names("扩区后", "Enlarged"))

    assert take(NOTE, outlook, named).area_version == Names("扩区后", "Enlarged")


def test_a_scenario_stands_beside_the_outlook_without_it(
    baseline: Baseline, outlook: Outlook
) -> None:
    scenario = Scenario("甲情景", "说明", amounts=(Amount("gdp", 0.5, points=True),))

    snapshot = taken(baseline, scenario)

    assert snapshot.baseline == outlook.all_clear
    assert snapshot.outlook.all_clear != outlook.all_clear
    assert snapshot.scenario is not None
    assert (snapshot.scenario.name, snapshot.scenario.note) == ("甲情景", "")


def test_readers_see_the_note_of_a_scenario_only_where_its_author_says_so(
    baseline: Baseline, outlook: Outlook
) -> None:
    applied = apply(
        baseline, Scenario("甲", "只供内部讨论", amounts=(Amount("gdp", 1.0, points=True),))
    )
    snapshots = [
        take(NOTE, outlook, material(), applied=applied, with_note=shown) for shown in (False, True)
    ]

    assert [one.scenario and one.scenario.note for one in snapshots] == ["", "只供内部讨论"]
    assert "只供内部讨论" not in write_snapshot(snapshots[0]).decode()


def test_what_is_certain_and_what_was_never_seen_is_kept(baseline: Baseline) -> None:
    sure, usual = Amount("gdp", 60.0, points=True, certain=True), Amount("gdp", 1.0, points=True)
    at_rest = Lever(LeverKind.TAX, 0.0)

    snapshot = taken(baseline, Scenario("甲", amounts=(sure, usual), levers=(at_rest,)))

    assert snapshot.scenario is not None
    assert [entry.certain for entry in snapshot.scenario.entries] == [True, False]
    assert {one.indicator for one in snapshot.scenario.unseen} == {"gdp"}
    beyond = [one.growth - one.most for one in snapshot.scenario.unseen]
    assert beyond == sorted(beyond, reverse=True)
    assert min(beyond) > 0


def test_a_scenario_that_says_nothing_is_none(baseline: Baseline) -> None:
    snapshot = taken(baseline, Scenario("甲情景"))

    assert (snapshot.scenario, snapshot.baseline) == (None, None)


def test_why_it_moved_is_left_out_under_a_scenario() -> None:
    few = replace(sample_scenario(), projects=sample_scenario().projects[:1])

    base, news = snapshots.baseline(), (1, snapshots.news())
    guarded, whole = (
        take(NOTE, outlook_of(base), snapshots.material(), applied=apply(base, of), news=news)
        for of in (few, sample_scenario())
    )
    assert guarded.baseline_in_tenths
    assert guarded.change is None
    assert whole.baseline is not None
    assert whole.change is None  # under a scenario no cause of a move without it is told


def test_the_terms_of_a_change_sum_to_it() -> None:
    change = sample_issue(applied=False).change

    assert change is not None
    assert change.since == 1
    assert change.before is not None
    assert change.now is not None
    moves = [term.change for term in change.terms]
    assert sum(move for move in moves if move is not None) == change.now - change.before != 0
    target = next(term for term in change.terms if term.kind is TermKind.TARGET)
    assert target.target is not None
    assert target.target.old is not None
    assert target.target.old.threshold == 6.5
    figure = next(term for term in change.terms if term.kind is TermKind.FIGURE)
    assert figure.surprise is not None
    assert figure.quarter == Quarter(2026, 2)


def test_every_indicator_that_is_mentioned_has_its_name() -> None:
    snapshot = sample_issue()

    mentioned = {verdict.indicator_id for verdict in snapshot.outlook.verdicts}
    mentioned |= {entry.target.indicator for entry in snapshot.outlook.excluded}
    assert snapshot.scenario is not None
    mentioned |= {e.indicator for entry in snapshot.scenario.entries for e in entry.effects}
    assert [entry.id for entry in snapshot.indicators] == [
        name for name in snapshot.catalogue.indicators if name in mentioned
    ]
    assert {entry.id for entry in snapshot.indicators} == mentioned
    orders = [entry.order for entry in snapshot.indicators]
    assert orders == sorted(orders)
