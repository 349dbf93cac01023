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
from forecasting.issues.snapshot import ChangeSinceIssue, Unexplained
from forecasting.issues.snapshot import Snapshot as Issued
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, Pin, Scenario
from forecasting.scenario.toml import write_scenario
from tests.ui.desks import latest_growth, link, open_desk
from tests.ui.issues.test_page import begin, labelled
from tests.ui.issues.test_past import YEAR, ZONE, publish
from tests.ui.speakers import SPEAKERS
from ui.frame import cache
from ui.frame.errors import told
from ui.issues import issuing
from ui.issues.issuing import IssueHead, IssueRequest, ScenarioNotWhole
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
        issuing.issue(wish(store, scenario), IssueHead())

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

    issued = issuing.issue(asked, IssueHead("管委会\0", "一\x0b二\n三", " Li\x0b"))

    assert (issued.issuer, issued.author) == ("管委会", "Li")
    assert read_snapshot(issued.document).issue.note == "一 二\n三"


def test_an_issue_names_no_saved_scenario_that_does_nothing(store: Store) -> None:
    still = replace(LACKING, levers=(replace(LACKING.levers[0], value=0.0),))

    issued = issuing.issue(wish(store, still), IssueHead())

    assert read_snapshot(issued.document).scenario is None
    assert issued.scenario is None


PUSH = Scenario(name="加快", note="只供内部讨论", amounts=(Amount("gdp", 0.5, points=True),))


def test_a_scenario_compares_with_its_own_last_issue_in_any_version(store: Store) -> None:
    bare = IssueRequest(BaselineKey(cache.current(), ZONE, YEAR, None, None))
    saved = wish(store, PUSH)
    assert saved.saved is not None
    first = read_snapshot(issuing.issue(saved, IssueHead()).document)
    issuing.issue(bare, IssueHead())
    issuing.issue(wish(store, replace(PUSH, name="别的")), IssueHead())
    more = replace(PUSH, amounts=(Amount("gdp", 0.9, points=True),))
    later = store.scenarios.save(
        ZONE, YEAR, "加快", write_scenario(more), 1, scenario=saved.saved[0], based_on=1
    )
    second = read_snapshot(
        issuing.issue(
            replace(saved, scenario=more, saved=(later.id, later.version)), IssueHead()
        ).document
    )
    unsaved = read_snapshot(issuing.issue(replace(saved, saved=None), IssueHead()).document)

    assert (first.issue.number, first.change, first.first_of_scenario) == (1, None, True)
    assert second.issue.number == 3
    assert second.change is not None
    assert first.outlook.all_clear is not None
    assert second.outlook.all_clear is not None
    assert second.change == ChangeSinceIssue(
        1,
        first.outlook.all_clear.probability,
        second.outlook.all_clear.probability,
        (),
        Unexplained.SCENARIO,
    )
    assert unsaved.first_of_scenario
    again = read_snapshot(issuing.issue(bare, IssueHead()).document)
    assert (again.issue.number, again.change and again.change.since) == (2, 1)


def test_readers_see_the_note_of_a_scenario_only_where_the_form_says_so(store: Store) -> None:
    for shown in (False, True):
        issued = issuing.issue(
            wish(store, replace(PUSH, name=str(shown))), IssueHead(with_note=shown)
        )

        assert ("只供内部讨论" in issued.document.decode()) is shown


def test_the_form_asks_whether_to_show_the_note_and_is_not_ticked(store: Store) -> None:
    page = begin(open_desk("scenario", **link(PUSH)))

    (tick,) = [box for box in page.app.checkbox if "只供内部讨论" in box.label]
    assert not tick.value
    assert "编号：情景第1期" in page.text


def test_today_is_without_a_scenario_of_which_part_can_hold_no_longer(store: Store) -> None:
    both = replace(HELD, amounts=(Amount("gdp", 1.0, points=True),))
    issued = issuing.issue(wish(store, both), IssueHead())
    figure = latest_growth(store, ZONE, "gdp")
    assert issuing._today(issued, rendered.snapshot_of(issued)).scenario is not None

    publish(store, [replace(figure, month=Quarter(YEAR, 3).end)])

    assert issuing._today(issued, rendered.snapshot_of(issued)).scenario is None


def test_of_two_that_are_drafted_at_once_the_second_knows_of_the_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = IssueRequest(BaselineKey(cache.current(), ZONE, YEAR, None, None))
    issuing.issue(asked, IssueHead("甲"))
    drafting, others = issuing._draft, iter(["乙"])

    def interrupted(*given: Any) -> Issued:
        drafted = drafting(*given)
        for other in others:
            issuing.issue(asked, IssueHead(other))
        return drafted

    monkeypatch.setattr(issuing, "_draft", interrupted)
    issued = issuing.issue(asked, IssueHead("丙"))

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
        issuing.issue(asked, IssueHead())

    assert store.issues.listed(ZONE) == ()
