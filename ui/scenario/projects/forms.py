"""One project at a time under the editor: what can be done to it, and its fields as widgets.

Every change is a step that can be undone. A widget shows a number as it is written, which may be
less than what the project has; so only what a reader has changed in it is taken over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import streamlit as st

from data.plan.plan_scenario import plan_scenario
from data.projects.fields import Field
from forecasting.errors import OutlookError
from forecasting.figures.period import Quarter
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.model import Scenario
from forecasting.scenario.number_limits import LARGEST
from forecasting.scenario.projects import Project, Stage, carried, shifted
from forecasting.scenario.realisation import (
    RAMP,
    is_begun,
    plan_share,
    rates_of,
    reference_class,
    start_probability,
)
from forecasting.scenario.reference_class import PROJECT_CLASSES, Rate, RealisationRates
from forecasting.scenario.toml import read_scenario, write_scenario
from ui.frame import address, look, widget_keys
from ui.frame.errors import show_error
from ui.language import Speaker
from ui.language import format as fmt
from ui.scenario.forms import ENDS
from ui.scenario.projects import sentences
from ui.scenario.sentences import MILESTONES
from ui.scenario.state import Draft


def offer_plan(draft: Draft) -> None:
    """Say which scenario has the projects that tasks and reports go by, and offer to open it."""
    say, planned = draft.say, plan_scenario(draft.view, draft.year)
    if planned.saved is None or not planned.scenario.projects:
        return
    name, count = say.verbatim(planned.name), len(planned.scenario.projects)
    st.markdown(say("ledger.of_plan", name=name, count=count))
    if st.button(say("ledger.open_plan"), key="open_plan"):
        draft.open_saved(planned.saved)


def show_editor(draft: Draft) -> None:
    """Show the project that is chosen, with what can be done to it."""
    say = draft.say
    st.header(say("ledger.edit"), anchor=False)
    st.caption(say("ledger.edit_note"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="project_actions"):
        project = _choose(draft)
        if project is not None:
            _show_actions(project, draft)
        if st.button(say("scenario_action.add"), key="project_add"):
            _go_on_with(Project(new_id(draft.scenario.projects)), draft)
    if project is None:
        return
    typed = _show_fields(draft, project).typed
    now, opens = draft.first_open, draft.first_possible
    for line in sentences.warnings(typed, draft.year, now, opens, say.plain):
        look.show(f'<p class="fault">{escape(line)}</p>')
    if typed != project:
        _take(with_project(draft.scenario, typed), draft, typed=True)


def _choose(draft: Draft) -> Project | None:
    """Show the picker of a project; None where there is none."""
    projects = sentences.by_id(draft.scenario.projects)
    if not projects:
        return None
    say, ids = draft.say, list(projects)
    chosen = address.select(
        address.PROJECT,
        say("ledger.which"),
        ids,
        ids[0],
        lambda id: sentences.name_of(projects[id], say),
        width=300,
    )
    return projects[chosen]


def _show_actions(project: Project, draft: Draft) -> None:
    say, now = draft.say, draft.first_possible
    for name, quarters in (("earlier", -1), ("later", 1)):
        moved = shifted(project, quarters, now)
        tip = say("ledger.shift_help" if moved else "ledger.no_shift")
        label = say(f"ledger.{name}")
        pressed = st.button(label, disabled=moved is None, help=tip, key=f"project_{name}")
        if pressed and moved is not None:
            _take(with_project(draft.scenario, moved), draft)
    if st.button(say("scenario_action.duplicate"), key="project_duplicate"):
        name = say("ledger.copy_name", name=project.name) if project.name else ""
        new = new_id(draft.scenario.projects)
        _go_on_with(replace(project, id=new, name=name), draft)
    if st.button(say("scenario_action.remove"), key="project_remove"):
        _take(without_project(draft.scenario, project.id), draft)


def _go_on_with(project: Project, draft: Draft) -> None:
    address.carry(address.PROJECT, project.id)
    _take(with_project(draft.scenario, project), draft)


def _take(scenario: Scenario, draft: Draft, *, typed: bool = False) -> None:
    """Take a step; what a document could not hold is told, and all stays as it is."""
    try:
        read_scenario(write_scenario(scenario), draft.catalogue.indicators)
    except OutlookError as error:
        show_error(error, draft.say)
        return
    draft.change(scenario, typed=typed)


RAMP_QUARTERS, DELAY_QUARTERS = 4, 4
"""Quarters that have a field of their own; more where a project says more."""
_YEARS_BACK, _YEARS_ON = 3, 5
_NARROW, _WIDE = 160, 300
_LONGEST = 200
_MOST_RAMP = 1000.0
"""Percent of capacity."""


@dataclass(slots=True)
class Fields:
    """A project under the editor.

    Attributes
    ----------
    typed
        As it is with everything that was typed.
    faults
        What was typed and cannot be taken over.
    """

    draft: Draft
    project: Project
    typed: Project
    faults: list[str]

    @property
    def say(self) -> Speaker:
        """Who speaks to the reader."""
        return self.draft.say

    def key(self, name: str) -> str:
        """Return the key of a widget, new whenever it must take its value anew."""
        place = widget_keys.place(self.project.id)
        return f"project_{name}_{place}_{self.draft.history.turn}_{self.say.language}"

    def put(self, **values: Any) -> None:
        """Keep what is typed."""
        self.typed = replace(self.typed, **values)

    def number(
        self, name: str, label: str, value: float, step: float, low: float = 0.0,
        high: float = LARGEST,
    ) -> float:  # fmt: skip
        """Show a number to be typed, and return it."""
        shown = float(f"{value:.10g}")
        typed = st.number_input(
            label, value=shown, min_value=min(low, shown), max_value=max(high, shown), step=step,
            format="%g", key=self.key(name), width=_NARROW,
        )  # fmt: skip
        return value if typed is None or typed == shown else float(typed)

    def percent(self, name: str, label: str, value: float, most: float = 100.0) -> float:
        """Show a share as a percentage, and return the share."""
        percent = 100 * value
        typed = self.number(name, label, percent, 5.0, 0.0, most)
        return value if typed == percent else typed / 100

    def choice(
        self, name: str, label: str, options: Sequence[Any], value: Any,
        write: Callable[[Any], str],
    ) -> Any:  # fmt: skip
        """Show a select box, and return what is chosen."""
        return st.selectbox(
            label, options, options.index(value), format_func=write, key=self.key(name),
            width=_WIDE if name.startswith("reference") else _NARROW,
        )  # fmt: skip

    def own(self, name: str, here: bool) -> bool:
        """Show whether the project has numbers of its own in place of its class's."""
        return st.checkbox(self.say(f"realisation.own_{name}"), here, key=self.key(f"own_{name}"))

    def text(self, name: Field, value: str) -> str:
        """Show a text to be typed, and return it."""
        typed = st.text_input(
            self.say(f"projects.column.{name}"), value, key=self.key(name),
            max_chars=max(_LONGEST, len(value)), width=_WIDE,
        )  # fmt: skip
        return value if typed is None or typed == value else typed.strip()


def _show_fields(draft: Draft, project: Project) -> Fields:
    fields = Fields(draft, project, project, [])
    for name, group in _GROUPS.items():
        look.show(f'<p class="name">{draft.say(f"ledger.{name}")}</p>')
        with st.container(horizontal=True, vertical_alignment="bottom", key=fields.key(name)):
            note = group(fields)
        if note:
            look.show(look.note(fmt.capitalised(note)))
        for fault in fields.faults:
            look.show(f'<p class="fault">{fault}</p>')
        fields.faults.clear()
    return fields


def _general(fields: Fields) -> str:
    project, say = fields.project, fields.say
    fields.put(
        name=fields.text(Field.NAME, project.name),
        stage=fields.choice(
            Field.STAGE,
            say("projects.column.stage"),
            list(Stage),
            project.stage,
            lambda stage: say(f"projects.stage.{stage}"),
        ),
        owner=fields.text(Field.OWNER, project.owner),
        blocking=fields.text(Field.BLOCKING, project.blocking),
        industrial=st.checkbox(
            say("projects.column.industrial"), project.industrial, key=fields.key(Field.INDUSTRIAL)
        ),
    )
    return _trend(fields)


def _trend(fields: Fields) -> str:
    """Show whether the trend carries a project that has begun; return what that means."""
    project, say = fields.project, fields.say
    here = project.in_trend is not None
    if not (here or is_begun(project, now_of(fields.draft.baseline))):
        return ""
    marked = st.checkbox(say("ledger.in_trend"), here, key=fields.key("in_trend"))
    if marked != here:
        fields.typed = carried(fields.typed) if marked else replace(fields.typed, in_trend=None)
    return say("ledger.in_trend_note")


def _progress(fields: Fields) -> str:
    project, say, year = fields.project, fields.say, fields.draft.year
    span = range(year - _YEARS_BACK, year + _YEARS_ON)
    usual = {Quarter(at, quarter) for at in span for quarter in (1, 2, 3, 4)}
    now = fields.draft.first_possible
    signed, *later = MILESTONES
    for milestone in (signed, "start_planned", *later):
        date = getattr(project, milestone)
        options = [None, *from_now_on(usual | ({date} if date else set()), now)]
        chosen = fields.choice(
            milestone,
            say(f"projects.column.{milestone}"),
            options,
            date,
            lambda quarter: fmt.single_quarter(quarter, say) if quarter else say("ledger.undated"),
        )
        fields.put(**{milestone: chosen})
    return ""


def from_now_on(quarters: Iterable[Quarter], now: Quarter) -> list[Quarter]:
    """Return the quarters that are open in order, then those that are over, the last first."""
    return sorted(quarters, key=lambda one: (one < now, abs(one - now)))


def _money(fields: Fields) -> str:
    project, say, year = fields.project, fields.say, fields.draft.year
    label = say("projects.column.total_investment")
    total = fields.number(Field.TOTAL_INVESTMENT, label, project.total_investment, 0.5)
    years = {year - 1, *dict(project.completed)}
    fields.put(
        total_investment=total,
        completed=_by_year(fields, "completed", years),
        completion=_by_year(fields, "completion", {*years, year, year + 1, year + 2}),
    )
    return say("ledger.completed_note")


def _by_year(fields: Fields, name: str, years: Iterable[int]) -> tuple[tuple[int, float], ...]:
    """Show a field for each of these years and those that the project names."""
    given: tuple[tuple[int, float], ...] = getattr(fields.project, name)
    before = dict(given)
    typed = {
        at: fields.number(
            f"{name}_{at}",
            fields.say(f"projects.column.{name}", year=at),
            before.get(at, 0.0),
            0.1,
        )
        for at in sorted({*years, *before})
    }
    if all(typed[at] == before.get(at, 0.0) for at in typed):
        return given
    return tuple((at, amount) for at, amount in typed.items() if amount)


def _yield(fields: Fields) -> str:
    project, say = fields.project, fields.say

    def label(field: Field) -> str:
        return say(f"projects.column.{field}")

    def percent(field: Field, value: float) -> float:
        return fields.percent(field, say("ledger.percent", name=label(field)), value)

    fields.put(
        output=fields.number(Field.OUTPUT, label(Field.OUTPUT), project.output, 0.5),
        value_added_rate=percent(Field.VALUE_ADDED_RATE, project.value_added_rate),
        tax=fields.number(Field.TAX, label(Field.TAX), project.tax, 100.0, -LARGEST),
        retained=percent(Field.RETAINED, project.retained),
    )
    return ""


def _climb(fields: Fields) -> str:
    project, say = fields.project, fields.say
    usual = (1.0,) if project.certain else RAMP
    if not fields.own("ramp", project.ramp is not None):
        fields.put(ramp=None)
        return say("realisation.ramp", shares=sentences.shares(usual, say))
    ramp = project.ramp or usual
    count = max(RAMP_QUARTERS, len(ramp))
    given = [ramp[min(place, len(ramp) - 1)] for place in range(count)]
    typed = [
        fields.percent(f"ramp_{place}", say("ledger.ramp", count=place + 1), value, _MOST_RAMP)
        for place, value in enumerate(given)
    ]
    fields.put(ramp=ramp if typed == given else trimmed(typed))
    return say("ledger.ramp_note")


def _doubt(fields: Fields) -> str:
    """Show how much of the plan comes, and when: the class's rates, or the project's own."""
    project, say, draft = fields.project, fields.say, fields.draft
    now = now_of(draft.baseline)
    rates = rates_of(draft.scenario, now)
    certain = st.checkbox(
        say("realisation.certain"),
        project.certain,
        key=fields.key("certain"),
        help=say("realisation.certain_help"),
    )
    fields.put(certain=certain)
    if not certain:
        by_stage = reference_class(replace(project, reference=None), now)
        fields.put(
            # The browser keeps the label that is chosen: of another one it would show nothing.
            reference=fields.choice(
                f"reference_{by_stage}",
                say("realisation.reference"),
                [None, *PROJECT_CLASSES],
                project.reference,
                lambda one: (
                    say(f"reference_class.{one}")
                    if one
                    else say("realisation.by_stage", name=say(f"reference_class.{by_stage}"))
                ),
            )
        )
        fields.put(plan_share=_own_plan_share(fields, rates, now))
    lines = [] if certain else sentences.realisation(fields.typed, rates, now, say)
    started = is_begun(project, now)
    set_by_hand = project.delay is not None or (
        project.start_probability is not None and not started
    )
    if fields.own("delay" if started else "start", set_by_hand):
        chance_now = start_probability(project, rates, now)
        lines.append(_own_start(fields, chance_now, started=started))
    elif set_by_hand:
        fields.put(start_probability=None, delay=None)
    return say("format.semicolon").join(lines)


def _own_plan_share(fields: Fields, rates: RealisationRates, now: Quarter) -> Rate | None:
    """Show a share of the yearly plan of the project's own; None is that of its class."""
    given = fields.project.plan_share
    if not fields.own("plan_share", given is not None):
        return None
    usual = plan_share(replace(fields.typed, certain=False, plan_share=None), rates, now)
    present = usual if given is None else given
    typed = [
        fields.percent(
            f"plan_share_{end}", fields.say(f"realisation.{end}"), getattr(present, end), _MOST_RAMP
        )
        for end in ENDS
    ]
    rate = Rate(*typed)
    if rate.possible:
        return rate
    fields.faults.append(fields.say("realisation.impossible"))
    return present


def _own_start(fields: Fields, chance_now: float, *, started: bool) -> str:
    """Show a chance to start and delays of the project's own; of one that started delays alone."""
    project, say = fields.project, fields.say
    delay = project.delay or (1.0,)
    # Of a project that has only a chance of its own, delays are its class's until some are typed.
    kept = None if project.start_probability is not None else delay
    if not started:
        present = chance_now if project.start_probability is None else project.start_probability
        shown = round(100 * present)
        chance = st.slider(
            say("ledger.percent", name=say("ledger.chance")), 0, 100, shown,
            key=fields.key(Field.START_PROBABILITY), width=_WIDE,
        )  # fmt: skip
        if chance != shown:
            fields.put(start_probability=chance / 100)
        elif project.delay is None:  # one with delays alone keeps its class's chance
            fields.put(start_probability=present)
    count = max(DELAY_QUARTERS, len(delay) - 1)
    given = [*delay[1:], *[0.0] * (count - len(delay) + 1)]
    typed = [
        fields.percent(f"delay_{place}", say("ledger.delay", count=place), value)
        for place, value in enumerate(given, start=1)
    ]
    if typed == given:
        taken = project.delay or kept
    elif (taken := delays(typed)) is None:
        fields.faults.append(say("ledger.delay_over"))
        taken = delay
    fields.put(delay=taken)
    return say("ledger.delay_note", percent=fmt.share(taken[0])) if taken else ""


_GROUPS: dict[str, Callable[[Fields], str]] = {
    "general": _general,
    "progress": _progress,
    "money": _money,
    "yield": _yield,
    "climb": _climb,
    "doubt": _doubt,
}
"""The fields by the names of their groups, in the order of the page; each returns a note."""


def find(scenario: Scenario, project: str) -> Project | None:
    """Return the project of an id, None where there is none."""
    return next((one for one in scenario.projects if one.id == project), None)


def with_project(scenario: Scenario, project: Project) -> Scenario:
    """Return a scenario with a project in place of that of its id, or as the last one."""
    if find(scenario, project.id) is None:
        return replace(scenario, projects=(*scenario.projects, project))
    kept = (project if one.id == project.id else one for one in scenario.projects)
    return replace(scenario, projects=tuple(kept))


def without_project(scenario: Scenario, project: str) -> Scenario:
    """Return a scenario without the project of an id."""
    kept = tuple(one for one in scenario.projects if one.id != project)
    return replace(scenario, projects=kept)


def new_id(projects: Sequence[Project]) -> str:
    """Return the next number that no project has: 01, 02 ..."""
    taken = {project.id for project in projects}
    number = len(projects) + 1
    while f"{number:02d}" in taken:
        number += 1
    return f"{number:02d}"


def trimmed(shares: Iterable[float]) -> tuple[float, ...]:
    """Return a ramp without quarters at its end that only repeat the one before."""
    kept = [*shares]
    while len(kept) > 1 and kept[-1] == kept[-2]:
        kept.pop()
    return tuple(kept)


def delays(later: Sequence[float]) -> tuple[float, ...] | None:
    """Return the probabilities of 0, 1, 2 ... quarters' delay from those of 1, 2 ... quarters.

    None where they come to more than one.
    """
    on_time = 1 - sum(later)
    if on_time < -1e-9:
        return None
    kept = [max(round(on_time, 9), 0.0), *later]
    while len(kept) > 1 and kept[-1] == 0:
        kept.pop()
    return tuple(kept)
