"""What is issued: all of a scenario or nothing, under a number that its document knows."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from data.__main__ import main
from data.issues import issuing, past
from data.issues.issuing import IssueHead, IssueRequest, ScenarioNotWhole
from data.issues.past import IssueNumberTaken
from data.store.errors import IssuedMeanwhile
from data.store.issues import StoredIssue
from data.store.store import Store
from data.views import BaselineKey
from forecasting.figures.period import Quarter
from forecasting.issues.json import read_snapshot
from forecasting.issues.shared_figures import shared_figures
from forecasting.issues.snapshot import ChangeSinceIssue, Unexplained
from forecasting.issues.snapshot import Snapshot as Issued
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, Pin, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.toml import write_scenario
from tests.ui.desks import SAMPLE, latest_growth, link, open_desk
from tests.ui.issues.test_page import begin, labelled
from tests.ui.issues.test_past import YEAR, ZONE, publish, tell_more
from tests.ui.speakers import SPEAKERS
from ui.frame import cache
from ui.frame.errors import told
from ui.language import format as fmt
from ui.links import served_issue

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


def test_the_command_that_a_link_names_makes_its_numbers_again(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = IssueRequest(BaselineKey(cache.current(), ZONE, YEAR, Quarter(YEAR, 1), 6.5))
    issued = issuing.issue(asked, IssueHead())
    shared = shared_figures(read_snapshot(issued.document), digest=issued.sha256)
    assert shared.together is not None
    assert shared.made_from.command is not None
    tell_more(store)  # a later vintage, which is not what was issued
    monkeypatch.setenv("DATABASE_URL", store.database_url)

    *program, name, rest = shared.made_from.command.split(" ", 4)
    assert (*program, name) == ("python", "-m", "data", "outlook")
    assert main([name, *rest.split()]) == 0

    again = json.loads(capsys.readouterr().out)
    assert again["p_all"] == shared.together.p_all
    assert {one["indicator"]: one["probability"] for one in again["indicators"]} == {
        one.indicator: one.probability for one in shared.indicators
    }


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
    (number,) = [field for field in page.app.text_input if field.label == "期号"]
    assert number.value == "练习情景第1期"


def today(issued: StoredIssue) -> Issued:
    return issuing.answer_today(issued, served_issue.snapshot_of(issued), cache.current())


def test_today_is_without_a_scenario_of_which_part_can_hold_no_longer(store: Store) -> None:
    both = replace(HELD, amounts=(Amount("gdp", 1.0, points=True),))
    issued = issuing.issue(wish(store, both), IssueHead())
    figure = latest_growth(store, ZONE, "gdp")
    assert (
        issuing.answer_today(issued, served_issue.snapshot_of(issued), cache.current()).scenario
        is not None
    )

    publish(store, [replace(figure, month=Quarter(YEAR, 3).end)])

    assert (
        issuing.answer_today(issued, served_issue.snapshot_of(issued), cache.current()).scenario
        is None
    )


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


@pytest.mark.parametrize(("practice", "scenario"), past.NUMBER_FORMS)
def test_a_number_is_typed_as_issues_print_it(practice: bool, scenario: bool) -> None:
    printed = [fmt.issue_number(7, say, practice=practice, scenario=scenario) for say in SPEAKERS]

    assert sorted(printed) == sorted(
        form.format(7) for form in past.NUMBER_FORMS[practice, scenario]
    )


def baseline() -> IssueRequest:
    return IssueRequest(BaselineKey(cache.current(), ZONE, YEAR, None, None))


def number_of(number: str = "", request: IssueRequest | None = None) -> tuple[int, str]:
    """Issue under a number that is typed, and return what the document says of it."""
    issued = issuing.issue(request or baseline(), IssueHead(number=number))
    note = read_snapshot(issued.document).issue
    return note.number, note.label


def test_an_office_numbers_issues_as_it_does_and_the_next_one_goes_on(store: Store) -> None:
    assert number_of() == (1, "")
    assert number_of(" 〔2026〕5号 ") == (2, "〔2026〕5号")
    assert number_of("练习第7期") == (7, "")
    assert number_of("Practice issue 8") == (8, "")
    assert number_of("12") == (12, "")
    assert number_of() == (13, "")
    change = read_snapshot(store.issues.find(3).document).change
    assert change is not None
    assert (change.since, change.label) == (2, "〔2026〕5号")
    assert [past.label for past in read_snapshot(store.issues.find(6).document).record] == [
        "", "", "", "〔2026〕5号", "",
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["1", "练习第1期", "〔2026〕5号"])
def test_a_number_that_is_taken_is_refused_within_its_series_alone(
    store: Store, number: str
) -> None:
    number_of()
    number_of("〔2026〕5号")

    with pytest.raises(IssueNumberTaken) as refused:
        number_of(number)

    assert len(store.issues.listed(ZONE)) == 2
    for say in SPEAKERS:
        assert all(number in sentence for sentence in told(refused.value, say))
    assert number_of(number, wish(store, PUSH))[0] == 1  # those of scenarios are apart


LEDGER = Scenario(
    name="台账",
    projects=tuple(
        Project(
            f"P{place}", f"项目{place}", owner="经济发展部", blocking="用地" if place else "",
            started=Quarter(YEAR, 4), recorded=Quarter(YEAR, 4), completion=((YEAR, 0.4),),
        )
        for place in range(3)
    ),
)  # fmt: skip


@pytest.mark.parametrize("named", [False, True])
def test_what_is_next_comes_from_the_saved_ledger_and_names_make_an_issue_internal(
    store: Store, named: bool
) -> None:
    wish(store, LEDGER)
    request = baseline()
    together = request.outlook.all_clear
    assert together is not None
    assert together.weakest is not None

    issued = issuing.issue(request, IssueHead(named=named))

    steps = read_snapshot(issued.document).next_steps
    assert steps is not None
    assert (steps.indicator, steps.listed) == (together.weakest.indicator_id, True)
    assert steps.indicator == "fixed_asset_investment"
    assert (steps.projects, steps.blocked, steps.named) == (3, 2, named)
    assert steps.brings is not None
    assert 0 < steps.brings < 1.2  # of 1.2 that is planned, what usually comes
    assert issued.unpublished is named
    assert ("项目1" in issued.document.decode()) is named


def test_what_is_next_says_by_which_levers_a_wanted_chance_is_reached_as_the_solver_does(
    store: Store,
) -> None:
    wish(store, LEDGER)
    request = baseline()
    silent = read_snapshot(issuing.issue(request, IssueHead()).document).next_steps

    issued = [
        read_snapshot(issuing.issue(request, IssueHead(wanted=wanted)).document).next_steps
        for wanted in (0.3, 0.9)
    ]

    assert silent is not None
    assert silent.needed is None
    near, far = (steps.needed for steps in issued if steps is not None)
    assert near is not None
    assert far is not None
    assert (near.reached, far.reached) == (True, False)
    assert 0.3 <= near.most < far.most + 0.05 < 0.9
    assert {lever.kind for lever in (*near.levers, *far.levers)} >= {"new_starts"}
    assert "tax" not in {lever.kind for lever in (*near.levers, *far.levers)}
    levers = tuple(
        Lever(LeverKind(lever.kind), lever.value, start=Quarter(YEAR, 3)) for lever in near.levers
    )
    again = apply(request.key.baseline, Scenario(levers=levers)).outlook.all_clear
    assert again is not None
    assert again.probability >= 0.3


def test_a_scenario_says_itself_what_it_takes(store: Store) -> None:
    issued = issuing.issue(wish(store, PUSH), IssueHead(wanted=0.9))

    steps = read_snapshot(issued.document).next_steps
    assert steps is not None
    assert steps.needed is None


def test_the_form_asks_for_a_chance_above_todays_and_says_nothing_unasked(store: Store) -> None:
    page = begin(open_desk("scenario", **SAMPLE))

    (level,) = [box for box in page.app.selectbox if "总体把握达到" in box.label]
    assert level.value is None
    assert level.options == ["不写", "30%", "50%", "70%", "80%", "90%"]


def test_the_form_asks_whether_to_name_projects_and_is_not_ticked(store: Store) -> None:
    wish(store, LEDGER)
    page = begin(open_desk("scenario", **SAMPLE))

    (tick,) = [box for box in page.app.checkbox if "项目名称" in box.label]
    assert not tick.value
