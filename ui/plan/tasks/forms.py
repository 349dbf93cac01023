"""What is filled in of tasks: one at a time, as a file, the pace, and names of the discussion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.plan import documents
from data.plan.tasks.dates import parse_due
from data.plan.tasks.export_ledger import export_tasks, tasks_template
from data.plan.tasks.fields import QUARTER_NUMBERS
from data.plan.tasks.import_ledger import TasksRead, id_of, taken_over
from data.plan.tasks.notation import (
    BETWEEN,
    read_evidence,
    read_node,
    split,
    write_evidence,
    write_node,
)
from data.texts import as_kept
from forecasting.errors import OutlookError
from forecasting.plan.evidence import with_known_files
from forecasting.plan.outline import Named
from forecasting.plan.tasks import NO_LINE, Ledger, Task, TaskProgress, TaskStatus
from forecasting.scenario.levers import LeverKind
from ui.frame import session
from ui.frame.author import ask_author
from ui.frame.controls import View
from ui.frame.errors import show_error
from ui.frame.session import Upload
from ui.language import Speaker, words
from ui.plan import evidence
from ui.plan.tasks import sentences, state
from ui.plan.tasks.state import LedgerToday
from ui.plan.versions import OpenedPart, save_part
from ui.scenario import terms
from ui.workbook.forms import open_or_ask, show_our_words

LONGEST = 500
"""Characters of a field."""
YEARS_BACK = 10
"""Before the year of a ledger, in which one of its tasks may have been completed."""
_NEW = ""
_ANY = "any"
_MERGE, _REPLACE = "merge", "replace"


@dataclass(slots=True)
class OpenedForms(OpenedPart):
    """What the forms of a ledger were filled from, and the file whose tasks are looked at."""

    upload: Upload | None = None


def choose_year(view: View) -> int:
    """Return the year whose ledger is shown; where there are several, ask."""
    years = state.years_of(view)
    asked = view.snapshot.target_year(view.area.id)
    if len(years) == 1:
        return asked
    chosen = st.selectbox(
        view.say("tasks.year"), years, years.index(asked), key=f"tasks_year_{view.area.id}",
        width=160,
    )  # fmt: skip
    return int(chosen)


def filtered(standing: LedgerToday) -> list[TaskProgress]:
    """Ask for a line, a unit and a status, and return the tasks with them."""
    say = standing.view.say
    tasks = [one.task for one in standing.progress]
    lines = [_ANY, *(line.id for line in standing.outline.lines), NO_LINE]
    units = [_ANY, *dict.fromkeys(task.unit for task in tasks)]
    key = f"{standing.view.area.id}_{standing.year}"

    def named(value: str, name: Callable[[str], str]) -> str:
        return say("tasks.any") if value == _ANY else name(value)

    with st.container(horizontal=True, key="task_filters"):
        line = st.selectbox(
            say("tasks.column.line"), lines, key=f"tasks_line_{key}", width=220,
            format_func=lambda one: named(
                one, lambda id: sentences.line_name(id, standing, say.plain)
            ),
        )  # fmt: skip
        unit = st.selectbox(
            say("tasks.column.unit"), units, key=f"tasks_unit_{key}", width=220,
            format_func=lambda one: named(one, lambda own: own or say("tasks.no_unit")),
        )  # fmt: skip
        status = st.selectbox(
            say("tasks.column.status"), [_ANY, *map(str, TaskStatus)], key=f"tasks_status_{key}",
            width=220, format_func=lambda one: named(one, lambda own: say(f"tasks.status.{own}")),
        )  # fmt: skip
    return [
        one
        for one in standing.progress
        if (line == _ANY or line in (one.task.lines or (NO_LINE,)))
        and unit in (_ANY, one.task.unit)
        and status in (_ANY, one.status)
    ]


def show(standing: LedgerToday) -> None:
    """Show who edits, and everything that can be filled in."""
    say, view = standing.view.say, standing.view
    opened = session.remembered(f"tasks_{view.area.id}_{standing.year}", OpenedForms)
    if opened.version is None:
        opened.version = standing.version
    st.header(say("tasks.edit"), anchor=False)
    author = ask_author(say("upload.author"), session.author(), width=180, key="tasks_author")
    with st.expander(say("tasks.edit_one")):
        _show_task(standing, opened, author)
    with st.expander(say("tasks.files")):
        _show_downloads(standing)
        _show_import(standing, opened, author)
    with st.expander(say("tasks.pace")):
        _show_pace(standing, opened, author)
    with st.expander(say("tasks.discussion")):
        _show_discussion(standing, opened, author)


def _show_task(standing: LedgerToday, opened: OpenedForms, author: str) -> None:
    """Show the form of one task, or of a new one."""
    say, ledger = standing.view.say, standing.ledger
    by_id = {task.id: task for task in ledger.tasks}
    key = f"{standing.view.area.id}_{standing.year}_{opened.version}_{say.language}"
    chosen = st.selectbox(
        say("tasks.which"), [_NEW, *by_id], key=f"task_which_{key}",
        format_func=lambda id: by_id[id].work if id else say("tasks.new"),
    )  # fmt: skip
    old = by_id.get(chosen) or Task(id=_NEW, work="")
    with st.form(f"task_{chosen}_{key}", border=False):
        new, file = _fields(old, standing, f"{chosen}_{key}")
        with st.container(horizontal=True):
            saved = st.form_submit_button(say("tasks.save"), type="primary")
            removed = bool(chosen) and st.form_submit_button(say("tasks.remove"))
    if removed:
        tasks = tuple(task for task in ledger.tasks if task.id != chosen)
        _save(msgspec.structs.replace(ledger, tasks=tasks), standing, opened, author)
    elif saved and not new.work:
        st.markdown(say("tasks.no_work"))
    elif saved:
        if not new.id:
            new = msgspec.structs.replace(new, id=_free_id(new.work, by_id))
        tasks = tuple(new if task.id == new.id else task for task in ledger.tasks)
        tasks = tasks if new.id in by_id else (*tasks, new)
        _save(msgspec.structs.replace(ledger, tasks=tasks), standing, opened, author, file)


def _free_id(work: str, known: dict[str, Task]) -> str:
    id, number = id_of(work), 2
    while id in known:
        id, number = f"{id_of(work)}-{number}", number + 1
    return id


def _fields(old: Task, standing: LedgerToday, key: str) -> tuple[Task, UploadedFile | None]:
    """Show the fields of a task; return it as they say, and a file of evidence that it names."""
    say, language = standing.view.say, standing.view.say.language
    outline = standing.outline

    def text(name: str, value: str, **named: str) -> str:
        typed = st.text_input(
            say(f"tasks.field.{name}", **named), value, max_chars=max(LONGEST, len(value)),
            help=_help(name, say),
        )  # fmt: skip
        return as_kept(typed)

    def several(name: str, options: Sequence[Named], chosen: Sequence[str]) -> tuple[str, ...]:
        names = {one.id: say.plain.name(one.name) for one in options}
        picked = st.multiselect(
            say(f"tasks.field.{name}"), list(names), [id for id in chosen if id in names],
            format_func=lambda id: names[id], placeholder=say("tasks.choose"),
        )  # fmt: skip
        return tuple(picked)

    work = as_kept(
        st.text_area(
            say("tasks.field.work"), old.work, max_chars=max(LONGEST, len(old.work)), height=68
        )
    )
    number, unit = text("number", old.number), text("unit", old.unit)
    others = split(text("others", BETWEEN.join(old.others)))
    lines = several("lines", outline.lines, old.lines)
    drives = several("drives", outline.drives, old.drives)
    works = _numbers(text("works", BETWEEN.join(map(str, old.works))), outline.discussion.works)
    links = _numbers(text("links", BETWEEN.join(map(str, old.links))), outline.discussion.links)
    typed_due = text("due", old.due.text)
    due = old.due if typed_due == old.due.text else parse_due(typed_due or None, standing.year)
    standard = text("standard", old.standard)
    written = {node.quarter: write_node(node, language) for node in old.nodes}
    typed = []
    with st.container(horizontal=True):
        for quarter in QUARTER_NUMBERS:
            name = say(f"period.quarter_name.{quarter}")
            typed.append((quarter, text("node", written.get(quarter, ""), quarter=name)))
    nodes = tuple(read_node(words_, quarter) for quarter, words_ in typed if words_)
    listed = read_evidence(text("evidence", write_evidence(old.evidence, language)))
    file = evidence.ask_file(key, say)
    proofs = evidence.attached(with_known_files(listed, old.evidence), file)
    share = st.number_input(
        say("tasks.field.share"), 0.0, 100.0, None if old.share is None else 100 * old.share,
        help=_help("share", say), width=220,
    )  # fmt: skip
    finished = st.date_input(
        say("tasks.field.finished"), old.finished, format="YYYY-MM-DD", width=220,
        min_value=min(date(standing.year - YEARS_BACK, 1, 1), old.finished or standing.today),
        max_value=max(standing.today, old.finished or standing.today),
    )  # fmt: skip
    share_now = None if share is None else share / 100
    same = old.share is not None and share_now is not None and abs(share_now - old.share) < 1e-9
    projects, levers, indicators = _linked(old, standing)
    note = text("note", old.note)
    new = msgspec.structs.replace(
        old, work=work, number=number, unit=unit, others=others, lines=lines, drives=drives,
        works=works, links=links, due=due, standard=standard, nodes=nodes, evidence=proofs,
        share=share_now, share_day=old.share_day if same or share is None else standing.today,
        finished=finished, projects=projects, levers=levers, indicators=indicators, note=note,
    )  # fmt: skip
    return new, file


def _linked(
    old: Task, standing: LedgerToday
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Show what a task is linked with: projects of the scenario, levers, indicators."""
    say = standing.view.say
    known = standing.scenario.scenario.projects
    projects = {one.id: terms.project_name(one, say.plain) for one in known}
    # A project that the scenario has no more, or that a file named otherwise, stays as it is.
    given = [next((p.id for p in known if p.name == name), name) for name in old.projects]
    projects |= {name: name for name in given if name not in projects}
    levers = {str(kind): say.plain(f"lever.{kind}") for kind in LeverKind}
    indicators = {
        one.id: words.title(one, say.plain)
        for one in standing.view.catalogue.indicators.values()
    }  # fmt: skip
    found = []
    for name, options, chosen in (
        ("projects", projects, given), ("levers", levers, old.levers),
        ("indicators", indicators, old.indicators),
    ):  # fmt: skip
        picked = st.multiselect(
            say(f"tasks.field.{name}"), list(options), [id for id in chosen if id in options],
            format_func=options.__getitem__, placeholder=say("tasks.choose"),
        )  # fmt: skip
        found.append(tuple(picked))
    return found[0], found[1], found[2]


def _help(name: str, say: Speaker) -> str | None:
    return say(f"tasks.help.{name}") if name in ("due", "node", "evidence", "share") else None


def _numbers(text: str, last: int) -> tuple[int, ...]:
    """Return the numbers in a text that there are; what is none is dropped."""
    numbers = {int(part) for part in split(text) if part.isdecimal() and len(part) < 4}
    return tuple(sorted(number for number in numbers if 1 <= number <= last))


def _show_downloads(standing: LedgerToday) -> None:
    say, ledger, links = standing.view.say, standing.ledger, state.links(standing)
    area = words.area_label(standing.view.area, say.plain)
    name = say("tasks.file_name", area=area, year=standing.year)
    with st.container(horizontal=True, key="task_files"):
        if ledger.tasks:
            st.download_button(
                say("tasks.workbook"), lambda: export_tasks(ledger, links, say.language),
                f"{name}.xlsx", key="tasks_workbook", on_click="ignore",
            )  # fmt: skip
        st.download_button(
            say("tasks.template"), lambda: tasks_template(links, say.language),
            f"{say('tasks.template_name', area=area, year=standing.year)}.xlsx",
            key="tasks_template", on_click="ignore",
        )  # fmt: skip


def _show_import(standing: LedgerToday, opened: OpenedForms, author: str) -> None:
    """Show the chooser of a file, what was read of it, and what it would change."""
    say = standing.view.say
    st.markdown(say("tasks.files_note"))
    with st.container(key="uploader"):
        show_our_words(say)
        file = st.file_uploader(
            say("tasks.file"), key=f"tasks_file_{standing.view.area.id}_{opened.version}"
        )
    if file is None:
        opened.upload = None
        return
    chosen = Upload(file.name, file.getvalue(), base=standing.view.snapshot.vintage)
    if opened.upload is None or opened.upload.digest != chosen.digest:
        opened.upload = chosen
    upload = opened.upload
    try:
        if not open_or_ask(upload, say):
            return
        with st.spinner(say("tasks.opening")):
            read = state.tasks_of(upload, standing)
    except OutlookError as error:
        show_error(error, say)
        return
    _show_read(read, standing, opened, author)


def _show_read(read: TasksRead, standing: LedgerToday, opened: OpenedForms, author: str) -> None:
    say, ledger = standing.view.say, standing.ledger
    how = _MERGE
    if ledger.tasks and read.tasks:
        how = st.radio(
            say("tasks.how"), (_MERGE, _REPLACE), horizontal=True,
            format_func=lambda one: say(f"tasks.{one}"), key=f"tasks_how_{say.language}",
        ) or _MERGE  # fmt: skip
    new = taken_over(ledger, read, replacing=how == _REPLACE)
    known = {task.id: task for task in ledger.tasks}
    after = {task.id: task for task in new.tasks}
    st.markdown(say(
        "tasks.preview", count=len(read.tasks),
        added=sum(id not in known for id in after), gone=sum(id not in after for id in known),
        changed=sum(id in known and known[id] != task for id, task in after.items()),
    ))  # fmt: skip
    for mends, title in ((True, "tasks.to_mend"), (False, "tasks.left_out")):
        some = [one for one in read.problems if one.code.mends is mends]
        if some:
            st.markdown(say(title, count=len(some)))
            st.markdown("\n".join(f"- {line}" for line in sentences.problems(some[:60], say)))
    if new != ledger and st.button(say("tasks.take"), type="primary", key="tasks_take"):
        _save(new, standing, opened, author)


def _show_pace(standing: LedgerToday, opened: OpenedForms, author: str) -> None:
    say, pace = standing.view.say, standing.ledger.pace
    st.markdown(say("tasks.pace_note"))
    with st.form(f"pace_{standing.view.area.id}_{standing.year}_{opened.version}", border=False):
        with st.container(horizontal=True):
            typed = [
                st.number_input(
                    say("tasks.pace_end", quarter=say(f"period.quarter_name.{number}")),
                    0.0, 100.0, 100 * pace[number - 1], width=160,
                )
                for number in QUARTER_NUMBERS
            ]  # fmt: skip
        pressed = st.form_submit_button(say("tasks.save"), key="pace_save")
    if not pressed:
        return
    first, second, third, last = (value / 100 for value in typed)
    if not first <= second <= third <= last == 1:
        st.markdown(say("tasks.pace_order"))
        return
    new = msgspec.structs.replace(standing.ledger, pace=(first, second, third, last))
    _save(new, standing, opened, author)


def _show_discussion(standing: LedgerToday, opened: OpenedForms, author: str) -> None:
    say, ledger, discussion = standing.view.say, standing.ledger, standing.outline.discussion
    st.markdown(say("tasks.discussion_note"))
    with st.form(f"talk_{standing.view.area.id}_{standing.year}_{opened.version}", border=False):
        works = st.text_area(
            say("tasks.works"), "\n".join(ledger.works), height=200, max_chars=30 * 100
        )
        links = st.text_area(
            say("tasks.links"), "\n".join(ledger.links), height=120, max_chars=10 * 100
        )
        pressed = st.form_submit_button(say("tasks.save"), key="talk_save")
    if pressed:
        new = msgspec.structs.replace(
            ledger, works=_titles(works, discussion.works), links=_titles(links, discussion.links)
        )
        _save(new, standing, opened, author)


def _titles(typed: str, most: int) -> tuple[str, ...]:
    """Return the names of lines by their place; empty lines at the end are none."""
    names = [as_kept(line) for line in typed.splitlines()][:most]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _save(
    new: Ledger,
    standing: LedgerToday,
    opened: OpenedForms,
    author: str,
    file: UploadedFile | None = None,
) -> None:
    def forget_upload() -> None:
        opened.upload = None

    part = documents.part_of(standing.year)
    save_part(part, new, author, opened, standing.view, "tasks.saved", forget_upload, file)
