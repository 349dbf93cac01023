"""The ledger as tables and a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

import streamlit as st

from data.plan.tasks.ledger import failures
from forecasting.figures.indicator import AreaKind
from forecasting.plan.tasks import (
    NO_LINE,
    DueMark,
    Failure,
    Tally,
    Task,
    TaskProgress,
    TaskStatus,
    day_place,
    place_in_year,
    tally,
    under_lines,
)
from ui.charts.bars import BarGroup
from ui.charts.figures import Figures
from ui.charts.schedule_content import Schedule, ScheduleBar
from ui.charts.schedule_vega import height_of, schedule_data, schedule_spec
from ui.frame import address, look, page_files
from ui.frame.columns import Column, table
from ui.frame.navigation import script
from ui.language import Speaker
from ui.plan import evidence
from ui.plan.tasks import sentences
from ui.plan.tasks.forms import filtered
from ui.plan.tasks.state import LedgerToday

MARKS = {
    DueMark.CLOSED: ("✓", "acc"),
    DueMark.CLOSED_LATE: ("✓", "ink3"),
    DueMark.RUNNING: ("○", "ink3"),
    DueMark.DUE_SOON: ("◔", "ink"),
    DueMark.OVERDUE: ("✕", "ink"),
    DueMark.STANDING: ("—", "ink3"),
    DueMark.UNDATED: ("？", "ink3"),
}
"""Signs of due dates; those of an outlook's lights are others."""


def show_head(standing: LedgerToday) -> None:
    """Show the headline, by what tasks are judged, and what the calendar says."""
    say = standing.view.say
    st.title(sentences.headline(standing, say), anchor=False)
    if standing.progress:
        st.markdown(sentences.dates(standing, say))
        st.markdown(sentences.basis(standing, say))
    else:
        st.markdown(say("tasks.empty"))


def show_picture(standing: LedgerToday) -> None:
    """Show every task against today, line by line."""
    say, schedule = standing.view.say, _schedule(standing)
    if not schedule.groups:
        return
    dark, height = address.dark(), height_of(schedule)
    st.header(say("tasks.picture"), anchor=False)
    st.caption(say("tasks.picture_note"))
    page_files.chart(
        schedule_data(schedule),
        schedule_spec(height, dark=dark),
        _figures(standing, say.plain),
        key=f"schedule_{height}_{'dark' if dark else 'light'}",
        alt=say.plain("format.between_sentences").join(
            bar.told for one in schedule.groups for bar in one.bars
        ),
    )


def _schedule(standing: LedgerToday) -> Schedule:
    say = standing.view.say.plain
    first, second, third, last = (say(f"period.quarter_name.{number}") for number in (1, 2, 3, 4))
    grouped = under_lines(standing.progress, [line.id for line in standing.outline.lines])
    return Schedule(
        tuple(
            BarGroup(
                sentences.line_name(key, standing, say),
                tuple(_bar(one, standing, say) for one in own),
            )
            for key, own in grouped.items()
        ),
        today=day_place(standing.today, standing.year),
        quarters=(first, second, third, last),
        stamp=say("area.synthetic") if standing.view.area.synthetic else "",
    )


def _bar(one: TaskProgress, standing: LedgerToday, say: Speaker) -> ScheduleBar:
    return ScheduleBar(
        name=one.task.work.split("\n")[0],
        place=place_in_year(one, standing.year, standing.today),
        text=say(
            "tasks.figure", status=say(f"tasks.status.{one.status}"), mark=MARKS[one.timing][0]
        ),
        told=sentences.told(one, say),
    )


def _figures(standing: LedgerToday, say: Speaker) -> Figures:
    head = [say(f"tasks.column.{name}") for name in ("work", "unit", "due", "status", "done")]
    rows = [
        [
            one.task.work, one.task.unit, sentences.due(one, say),
            say(f"tasks.status.{one.status}"), sentences.done(one, say),
        ]
        for one in standing.progress
    ]  # fmt: skip
    return Figures(say("tasks.picture"), head, rows)


def show_tallies(standing: LedgerToday) -> None:
    """Show how far each line and each unit is."""
    say = standing.view.say
    if not standing.progress:
        return
    st.header(say("tasks.by_line"), anchor=False)
    st.caption(say("tasks.by_line_note"))

    def of_lines(task: Task) -> Iterable[str]:
        return task.lines or (NO_LINE,)

    found = {one.key: one for one in tally(standing.progress, of_lines)}
    order = [line.id for line in standing.outline.lines]
    empty = {key: Tally(key, dict.fromkeys(TaskStatus, 0), 0) for key in order}
    rows = [found.get(key, empty[key]) for key in order]
    rows += [found[key] for key in found if key not in order]
    _show(
        rows,
        say("tasks.column.line"),
        lambda key: sentences.line_name(key, standing, say.plain),
        say,
    )
    st.header(say("tasks.by_unit"), anchor=False)
    units = tally(standing.progress, lambda task: (task.unit,))
    units.sort(key=lambda one: (-one.late, -one.total))
    _show(units, say("tasks.column.unit"), lambda key: key or say.plain("tasks.no_unit"), say)


def _show(rows: Sequence[Tally], title: str, name: Callable[[str], str], say: Speaker) -> None:
    columns: list[Column[Tally]] = [
        Column(title, "l wrap", lambda one: name(one.key)),
        Column(say("tasks.column.total"), "wrap", lambda one: str(one.total)),
        *(_counts(status, say) for status in TaskStatus),
        Column(say("tasks.column.late"), "wrap", lambda one: str(one.late)),
    ]
    look.show(table(columns, rows))


def _counts(status: TaskStatus, say: Speaker) -> Column[Tally]:
    kind = "wrap" if status is TaskStatus.COMPLETED else "wrap wide"
    return Column(say(f"tasks.status.{status}"), kind, lambda one: str(one.counts[status]))


def show_ledger(standing: LedgerToday) -> None:
    """Show the tasks, all or those of a line, a unit or a status."""
    say = standing.view.say
    if not standing.progress:
        return
    st.header(say("tasks.ledger"), anchor=False)
    shown = filtered(standing)
    st.caption(say("tasks.shown", count=len(shown), total=len(standing.progress)))
    if not shown:
        return

    def name(one: TaskProgress) -> str:
        detail = say.plain("format.comma_in_sentence").join(
            filter(None, (one.task.unit, say(f"tasks.status.{one.status}")))
        )
        return look.named(one.task.work, detail)

    def timing(one: TaskProgress) -> str:
        sign, colour = MARKS[one.timing]
        word = say(f"tasks.timing.{one.timing}")
        due = sentences.due(one, say.plain)
        told = "" if word == due else f'<span class="note wide"> {escape(word)}</span>'
        return (
            f'<td class="l wrap"><span style="color:var(--{colour})" title="{escape(word)}">'
            f"{sign}</span> {escape(due)}{told}</td>"
        )

    columns: list[Column[TaskProgress]] = [
        Column(say("tasks.column.number"), "l wide", lambda one: one.task.number),
        Column(say("tasks.column.work"), "l", cell=name),
        Column(say("tasks.column.line"), "l wrap wide",
               lambda one: sentences.lines_of(one.task, standing, say.plain)),
        Column(say("tasks.column.unit"), "l wrap wide", lambda one: one.task.unit),
        Column(say("tasks.column.due"), "l", cell=timing),
        Column(say("tasks.column.status"), "l wide", lambda one: say(f"tasks.status.{one.status}")),
        Column(say("tasks.column.done"), "wrap", lambda one: sentences.done(one, say.plain)),
        Column(say("tasks.column.by"), "l wrap wide", lambda one: say(f"tasks.by.{one.basis}")),
    ]  # fmt: skip
    look.show(table(columns, shown))


def show_evidence(standing: LedgerToday) -> None:
    """Show the stored files of evidence, task by task."""
    say, stored = standing.view.say, evidence.stored_files(standing.view)
    files = {
        task.id: [one for one in task.evidence if one.file in stored]
        for task in standing.ledger.tasks
    }
    count = sum(map(len, files.values()))
    if not count:
        return
    with st.expander(say("plan.evidence.files", count=count)):
        for number, task in enumerate(standing.ledger.tasks):
            if files[task.id]:
                st.markdown(say.verbatim(task.work))
                evidence.show_files(files[task.id], stored, f"task_{number}", standing.view)


def show_late(standing: LedgerToday) -> None:
    """Show what late tasks hold back: the scenario without what hangs on each."""
    say, catalogue = standing.view.say, standing.view.catalogue
    if not standing.late:
        return
    st.header(say("tasks.late"), anchor=False)
    found = failures(standing)
    if found.together is None:
        st.markdown(sentences.not_held_back(standing, say))
        st.page_link(
            script("projects"), label=say("tasks.to_projects"), query_params=address.whole_view()
        )
        return
    st.markdown(sentences.scenario(standing, found, say))
    names = {one.id: one.work for one, _ in found.single}
    linked = {one.id: sentences.linked(one, standing, say.plain) for one, _ in found.single}
    columns: list[Column[tuple[Task, Failure]]] = [
        Column(say("tasks.column.work"), "l",
               cell=lambda row: look.named(names[row[0].id], linked[row[0].id])),
        Column(say("tasks.column.linked"), "l wrap wide", lambda row: linked[row[0].id]),
        Column(say("tasks.column.change"), "wrap",
               lambda row: sentences.change(row[1], say.plain)),
        Column(say("tasks.column.held_back"), "l wrap",
               lambda row: sentences.held_back(row[1], catalogue, say.plain)),
    ]  # fmt: skip
    look.show(table(columns, found.single))
    if line := sentences.together(found, say):
        st.markdown(line)
    unlinked = len(standing.late) - len(found.single)
    if unlinked:
        st.caption(say("tasks.unlinked", count=unlinked))
    st.caption(say("tasks.late_note"))


def show_outline(standing: LedgerToday) -> None:
    """Show the plan as its source has it: what it names, and what it only counts.

    It is the plan of a zone, and nothing that areas above it have.
    """
    if standing.view.area.kind is not AreaKind.ZONE:
        return
    say, outline, ledger = standing.view.say, standing.outline, standing.ledger
    with st.expander(say("tasks.outline")):
        st.markdown(say("tasks.outline_source"))
        comma = say("format.comma")
        st.markdown(say(
            "tasks.outline_lines", names=comma.join(say.name(one.name) for one in outline.lines)
        ))  # fmt: skip
        st.markdown(say(
            "tasks.outline_batches",
            names=comma.join(say.name(one.name) for one in outline.batches),
        ))  # fmt: skip
        st.markdown(say("tasks.outline_unexplained"))
        discussion = outline.discussion
        st.markdown(say(
            "tasks.outline_discussion", works=discussion.works, links=discussion.links,
            drives=comma.join(say.name(one.name) for one in outline.drives),
        ))  # fmt: skip
        for kind, count, names in (
            ("works", discussion.works, ledger.works), ("links", discussion.links, ledger.links),
        ):  # fmt: skip
            look.show(_numbered(kind, count, names, standing))


def _numbered(kind: str, count: int, names: Sequence[str], standing: LedgerToday) -> str:
    say = standing.view.say.plain
    tasks = [one.task for one in standing.progress]

    def name(number: int) -> str:
        own = names[number - 1] if number <= len(names) else ""
        return own or say("tasks.to_fill_in")

    columns: list[Column[int]] = [
        Column(say("tasks.column.number"), "l", str),
        Column(say(f"tasks.{kind}"), "l wrap", name),
        Column(say("tasks.column.tasks"), "",
               lambda number: str(sum(number in getattr(task, kind) for task in tasks))),
    ]  # fmt: skip
    return table(columns, range(1, count + 1))
