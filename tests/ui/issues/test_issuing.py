"""What is issued: all of a scenario or nothing, under a number that its document knows."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from data.store.errors import IssuedMeanwhile
from data.store.store import Store
from forecasting.figures.period import Quarter
from forecasting.issues.json import read_snapshot
from forecasting.issues.snapshot import Snapshot as Issued
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, Pin, Scenario
from forecasting.scenario.toml import write_scenario
from tests.ui.desks import link, open_desk
from tests.ui.issues.test_page import begin, labelled
from tests.ui.issues.test_past import YEAR, ZONE, publish
from tests.ui.speakers import SPEAKERS
from ui.frame import cache
from ui.frame.errors import told
from ui.issues import issuing
from ui.issues.issuing import IssueRequest, ScenarioNotWhole
from ui.links import rendered
from ui.scenario.evaluation import BaselineKey

LACKING = Scenario(name="招商", levers=(Lever(LeverKind.FOREIGN_CAPITAL, 500.0),))
"""Without the probability that the capital comes."""
KNOWN = Scenario(
    name="固定",
    amounts=(Amount("gdp", 1.0, points=True),),
    pins=(Pin("gdp", 5.0, Quarter(YEAR, 1)),),
)
"""With a quarter held whose figure is known."""
HELD = Scenario(name="三季度", pins=(Pin("gdp", 5.0, Quarter(YEAR, 3)),))


def wish(store: Store, scenario: Scenario) -> IssueRequest:
    """Return the wish to issue a scenario that is saved as it stands."""
    saved = store.scenarios.save(ZONE, YEAR, scenario.name, write_scenario(scenario), 1)
    key = BaselineKey(cache.current(), ZONE, YEAR, None, None)
    return IssueRequest(key, scenario, (saved.id, saved.version))


@pytest.mark.parametrize("scenario", [LACKING, KNOWN])
def test_a_scenario_that_is_not_all_in_the_result_is_not_issued(
    store: Store, scenario: Scenario
) -> None:
    with pytest.raises(ScenarioNotWhole) as refused:
        issuing.issue(wish(store, scenario), "", "")

    assert store.issues.listed(ZONE) == ()
    for say in SPEAKERS:
        assert len(told(refused.value, say)) == 2


@pytest.mark.parametrize(
    ("scenario", "why"), [(LACKING, "缺少"), (KNOWN, "只能对尚无数据的季度作假定")]
)
def test_the_form_says_what_keeps_a_scenario_from_being_issued(
    store: Store, scenario: Scenario, why: str
) -> None:
    page = begin(open_desk("scenario", **link(scenario)))

    assert not labelled(page, "出具")
    (said,) = [error.value for error in page.app.error if "不能出具" in error.value]
    assert why in said


def test_what_is_typed_with_an_issue_is_kept_without_control_characters(store: Store) -> None:
    asked = IssueRequest(BaselineKey(cache.current(), ZONE, YEAR, None, None))

    issued = issuing.issue(asked, "管委会\0", "一\x0b二\n三", " Li\x0b")

    assert (issued.issuer, issued.author) == ("管委会", "Li")
    assert read_snapshot(issued.document).issue.note == "一 二\n三"


def test_an_issue_names_no_saved_scenario_that_does_nothing(store: Store) -> None:
    still = replace(LACKING, levers=(replace(LACKING.levers[0], value=0.0),))

    issued = issuing.issue(wish(store, still), "", "")

    assert read_snapshot(issued.document).scenario is None
    assert issued.scenario is None


def test_today_is_without_a_scenario_of_which_part_can_hold_no_longer(store: Store) -> None:
    both = replace(HELD, amounts=(Amount("gdp", 1.0, points=True),))
    issued = issuing.issue(wish(store, both), "", "")
    figure = store.observations(1, ZONE, "gdp")[-1]
    assert issuing._today(issued, rendered.snapshot_of(issued)).scenario is not None

    publish(store, [replace(figure, month=Quarter(YEAR, 3).end)])

    assert issuing._today(issued, rendered.snapshot_of(issued)).scenario is None


def test_of_two_that_are_drafted_at_once_the_second_knows_of_the_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = IssueRequest(BaselineKey(cache.current(), ZONE, YEAR, None, None))
    issuing.issue(asked, "甲", "")
    drafting, others = issuing._draft, iter(["乙"])

    def interrupted(*given: Any) -> Issued:
        drafted = drafting(*given)
        for other in others:
            issuing.issue(asked, other, "")
        return drafted

    monkeypatch.setattr(issuing, "_draft", interrupted)
    issued = issuing.issue(asked, "丙", "")

    document = read_snapshot(issued.document)
    assert (issued.number, issued.issuer) == (3, "丙")
    assert [past.number for past in document.record] == [2, 1]
    assert document.change is not None
    assert document.change.since == 2
    dates = [one.issued_at for one in store.issues.listed(ZONE)]
    assert dates == sorted(dates, reverse=True)
    assert document.issue.issued_at == issued.issued_at.isoformat()


def test_where_others_never_stop_issuing_it_is_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = IssueRequest(BaselineKey(cache.current(), ZONE, YEAR, None, None))
    numbers = count(1)
    monkeypatch.setattr("data.store.issues._newest", lambda connection: next(numbers) - 1)

    with pytest.raises(IssuedMeanwhile):
        issuing.issue(asked, "", "")

    assert store.issues.listed(ZONE) == ()
