"""The history of the store: every vintage, its files, and the way back."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from data.store.permissions import Permission
from data.store.vintages import FileRecord, Vintage, VintageKind
from data.texts import as_kept
from ui.frame import address, cache, cut_off, look, people
from ui.frame.author import ask_author, author_of
from ui.frame.controls import View
from ui.language import Speaker
from ui.language import format as fmt
from ui.outlook import sentences

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
        _show_withdrawal(record, view)


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


def _show_withdrawal(record: Vintage, view: View) -> None:
    say, number = view.say, record.number
    if number in cache.store().withdrawn(view.snapshot.vintage):
        st.caption(say("vintages.is_withdrawn"))
        return
    title = say("vintages.withdraw", number=number)
    if not people.allows(Permission.COMMIT, title, say):
        return
    # A form, so that a press that ends the typing is not lost to the run for what was typed.
    with st.expander(title), st.form("withdrawal", border=False, enter_to_submit=False):
        st.markdown(say("vintages.withdraw_note"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            who = ask_author(say("upload.author"), key="withdraw_author", width=180)
            why = st.text_input(say("upload.note"), key="withdraw_note", width=420)
        pressed = st.form_submit_button(
            say("vintages.withdraw_go", number=number), key="withdraw", type="primary"
        )
        if pressed and not who.strip():
            st.markdown(say("upload.who"))
        elif pressed:
            store = cache.store()
            cut_off.withdraw(store, number, as_kept(who), as_kept(why), _show_anew, say)


def _show_anew(_: int) -> None:
    address.forget_comparison()
    st.rerun()
