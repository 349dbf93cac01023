"""Errors a reader can act on, shown as what is wrong and what to do: one place for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data.errors import WorkbookRefused
from forecasting.errors import OutlookError, TableRefused
from ui.messages import Language, t


@contextmanager
def guard(language: Language) -> Iterator[None]:
    """Show an ``OutlookError`` and end the run; anything else is a defect and crashes."""
    try:
        yield
    except OutlookError as error:
        show_error(error, language)
        st.stop()


def show_error(error: OutlookError, language: Language) -> None:
    """Show an error where the rest of the page goes on."""
    st.error("\n\n".join((f"**{t('error.title', language)}**", *told(error, language))))


def told(error: OutlookError, language: Language) -> list[str]:
    """Return the sentences of an error: the problem with its remedy, then each place."""
    if isinstance(error, WorkbookRefused):
        return _told_of_workbook(error, language)
    lines = [t(f"error.{error.code}", language, **error.values)]
    if isinstance(error, TableRefused):
        lines += [
            t(
                "error.problem",
                language,
                file=problem.file,
                row=problem.row,
                column=problem.column,
                found=problem.found,
                expected=t(f"expected.{problem.expected}", language),
            )
            for problem in error.problems
        ]
    return lines


def _told_of_workbook(error: WorkbookRefused, language: Language) -> list[str]:
    unread = "error.workbook_refused" if error.file else "error.workbook_refused_pasted"
    return [
        t(unread, language, **error.values),
        t(f"error.workbook_{error.refusal}", language, **error.values),
    ]
