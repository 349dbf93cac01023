"""The history of the store: every vintage, its files, and the way back."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from data.store.vintages import FileRecord, Vintage, VintageKind
from data.texts import as_kept
from forecasting.errors import OutlookError
from ui.figures.tables import SYSTEM
from ui.frame import address, cache, look
from ui.frame.controls import View
from ui.frame.errors import show_error
from ui.language import Language, t
from ui.language import format as fmt
from ui.language.markdown import literal
from ui.outlook import sentences

SHOWN = 12
"""Vintages that stand on the page; older ones are one click away."""


def show_head(view: View) -> None:
    """Say which vintage is the newest and how it came about."""
    language, record = view.language, view.snapshot.record()
    title = t(
        "vintages.title",
        language,
        number=record.number,
        date=fmt.date(record.committed_at, language),
        kind=t(f"kind.{record.kind}", language),
    )
    st.title(title.replace("|", sentences.BREAK), anchor=False)
    st.caption(t("vintages.note", language))


def show_list(view: View) -> None:
    """Show every vintage, the newest first."""
    language = view.language
    st.header(t("vintages.list", language), anchor=False)
    records = tuple(reversed(cache.store().vintages()))
    withdrawn = cache.store().withdrawn(view.snapshot.vintage)
    files = files_by_vintage(cache.store().file_records())
    rows = [_row(record, record.number in withdrawn, files, language) for record in records]
    head = [
        (t(f"column.{name}", language), kind)
        for name, kind in (
            ("vintage", "l wrap"), ("date", "l"), ("kind", "l"), ("author", "l"),
            ("note", "l wrap"), ("file", "l wrap wide"),
        )
    ]  # fmt: skip
    look.show(look.table(head, rows[:SHOWN]))
    if len(rows) > SHOWN:
        with st.expander(t("vintages.older", language, count=len(rows) - SHOWN)):
            look.show(look.table(head, rows[SHOWN:]))


def files_by_vintage(files: Sequence[FileRecord]) -> dict[int, list[FileRecord]]:
    """Return the files of each vintage."""
    found: dict[int, list[FileRecord]] = {}
    for file in files:
        found.setdefault(file.vintage, []).append(file)
    return found


def author(record: Vintage, language: Language) -> str:
    """Return who committed; the starting data have no person behind them."""
    return t("kind.system", language) if record.author == SYSTEM else record.author


def kind(record: Vintage, language: Language) -> str:
    """Return how a vintage came about; of a withdrawal, of which."""
    name = t(f"kind.{record.kind}", language)
    if record.withdraws is None:
        return name
    return t("vintages.withdraws", language, kind=name, number=record.withdraws)


def _row(
    record: Vintage, withdrawn: bool, files: dict[int, list[FileRecord]], language: Language
) -> str:
    names = [file.name for file in files.get(record.number, [])]
    if len(names) > 2:
        names = [t("vintages.files", language, count=len(names))]
    told = kind(record, language)
    if withdrawn:
        told = t("vintages.withdrawn", language, kind=told)
    return (
        look.cell(str(record.number), "l strong")
        + look.moment(fmt.minute(record.committed_at))
        + look.cell(told, "l wrap")
        + look.cell(author(record, language), "l wrap")
        + look.cell(record.note, "l wrap")
        + look.cell(t("format.comma", language).join(names), "l wrap wide")
    )


def show_one(number: int, view: View) -> None:
    """Show what can be done with one vintage: its original files back, and its withdrawal."""
    language = view.language
    record = next(entry for entry in cache.store().vintages() if entry.number == number)
    st.header(t("vintages.one", language, number=number), anchor=False)
    files = files_by_vintage(cache.store().file_records()).get(number, [])
    if not files:
        st.caption(t("vintages.no_files", language))
    for file in files:
        _show_file(file, language)
    if record.kind is not VintageKind.SEED:
        _show_withdrawal(record, view)


def _show_file(file: FileRecord, language: Language) -> None:
    def content() -> bytes:
        return cache.store().file(file.vintage, file.name)

    kilobytes = max(file.size / 1024, 0.1)
    shown, size = literal(file.name), f"{kilobytes:,.1f}"
    st.download_button(
        t("vintages.download", language, name=shown, size=size),
        content,
        without_folders(file.name),
        key=f"file_{file.vintage}_{file.name}",
        on_click="ignore",
        type="tertiary",
    )
    st.caption(t("vintages.hash", language, hash=file.sha256))


def without_folders(name: str) -> str:
    """Return the name of a file alone; of an upload it may hold folders of any system."""
    return re.split(r"[\\/]", name)[-1]


def _show_withdrawal(record: Vintage, view: View) -> None:
    language, number = view.language, record.number
    if number in cache.store().withdrawn(view.snapshot.vintage):
        st.caption(t("vintages.is_withdrawn", language))
        return
    with st.expander(t("vintages.withdraw", language, number=number)):
        st.markdown(t("vintages.withdraw_note", language))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            who = st.text_input(t("upload.author", language), key="withdraw_author", width=180)
            why = st.text_input(t("upload.note", language), key="withdraw_note", width=420)
        pressed = st.button(
            t("vintages.withdraw_go", language, number=number), key="withdraw", type="primary"
        )
        if pressed and not who.strip():
            st.markdown(t("upload.who", language))
        elif pressed:
            try:
                cache.store().withdraw(number, as_kept(who), as_kept(why))
            except OutlookError as error:
                show_error(error, language)
                return
            address.forget_comparison()
            st.rerun()
