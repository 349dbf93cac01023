"""The history of the store: every vintage and its files."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from data.store.vintages import FileRecord, Vintage, VintageKind
from ui.frame import cache, look
from ui.frame.author import author_of
from ui.frame.controls import View
from ui.language import Speaker
from ui.language import format as fmt
from ui.outlook import sentences
from ui.vintages import forms

SHOWN = 12
"""Vintages that stand on the page; older ones are one click away."""


def show_head(view: View) -> None:
    """Say which vintage is the newest and how it came about."""
    say, record = view.say, view.snapshot.record()
    title = say(
        "vintages.title",
        number=record.number,
        date=fmt.date(record.committed_at, say),
        kind=say(f"kind.{record.kind}"),
    )
    st.title(title.replace("|", sentences.BREAK), anchor=False)
    st.caption(say("vintages.note"))


def show_list(view: View) -> None:
    """Show every vintage, the newest first."""
    say = view.say
    st.header(say("vintages.list"), anchor=False)
    records = tuple(reversed(cache.store().vintages()))
    withdrawn = cache.store().withdrawn(view.snapshot.vintage)
    files = files_by_vintage(cache.store().file_records())
    rows = [_row(record, record.number in withdrawn, files, say) for record in records]
    head = [
        (say(f"column.{name}"), kind)
        for name, kind in (
            ("vintage", "l wrap"), ("date", "l"), ("kind", "l"), ("author", "l"),
            ("note", "l wrap"), ("file", "l wrap wide"),
        )
    ]  # fmt: skip
    look.show(look.table(head, rows[:SHOWN]))
    if len(rows) > SHOWN:
        with st.expander(say("vintages.older", count=len(rows) - SHOWN)):
            look.show(look.table(head, rows[SHOWN:]))


def files_by_vintage(files: Sequence[FileRecord]) -> dict[int, list[FileRecord]]:
    """Return the files of each vintage."""
    found: dict[int, list[FileRecord]] = {}
    for file in files:
        found.setdefault(file.vintage, []).append(file)
    return found


def kind(record: Vintage, say: Speaker) -> str:
    """Return how a vintage came about; of a withdrawal, of which."""
    name = say(f"kind.{record.kind}")
    if record.withdraws is None:
        return name
    return say("vintages.withdraws", kind=name, number=record.withdraws)


def _row(record: Vintage, withdrawn: bool, files: dict[int, list[FileRecord]], say: Speaker) -> str:
    names = [file.name for file in files.get(record.number, [])]
    if len(names) > 2:
        names = [say("vintages.files", count=len(names))]
    told = kind(record, say)
    if withdrawn:
        told = say("vintages.withdrawn", kind=told)
    return (
        look.cell(str(record.number), "l strong")
        + look.moment(fmt.minute(record.committed_at))
        + look.cell(told, "l wrap")
        + look.cell(author_of(record.author, say.plain), "l wrap")
        + look.cell(record.note, "l wrap")
        + look.cell(say("format.comma").join(names), "l wrap wide")
    )


def show_one(number: int, view: View) -> None:
    """Show what can be done with one vintage: its original files back, and its withdrawal."""
    say = view.say
    record = next(entry for entry in cache.store().vintages() if entry.number == number)
    seeded = record.kind is VintageKind.SEED  # it stays
    st.header(say("vintages.originals" if seeded else "vintages.one", number=number), anchor=False)
    files = files_by_vintage(cache.store().file_records()).get(number, [])
    if not files:
        st.caption(say("vintages.no_files"))
    for file in files:
        _show_file(file, say)
    if not seeded:
        forms.show_withdrawal(record, view)


def _show_file(file: FileRecord, say: Speaker) -> None:
    def content() -> bytes:
        return cache.store().file(file.vintage, file.name)

    kilobytes = max(file.size / 1024, 0.1)
    shown, size = say.verbatim(file.name), f"{kilobytes:,.1f}"
    st.download_button(
        say("vintages.download", name=shown, size=size),
        content,
        without_folders(file.name),
        key=f"file_{file.vintage}_{file.name}",
        on_click="ignore",
        type="tertiary",
    )
    st.caption(say("vintages.hash", hash=file.sha256))


def without_folders(name: str) -> str:
    """Return the name of a file alone; of an upload it may hold folders of any system."""
    return re.split(r"[\\/]", name)[-1]
