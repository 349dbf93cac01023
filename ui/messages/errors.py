"""Errors a reader can act on, shown as what is wrong and what to do: one place for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from data.errors import WorkbookRefused
from forecasting.errors import OutlookError, Problem, TableRefused
from ui.messages import Language, t
from ui.messages.markdown import literal


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
    values = _shown(error.values)
    if isinstance(error, WorkbookRefused):
        unread = "error.workbook_refused" if error.file else "error.workbook_refused_pasted"
        why = f"error.workbook_{error.refusal}"
        return [t(unread, language, **values), t(why, language, **values)]
    lines = [t(f"error.{error.code}", language, **values)]
    if isinstance(error, TableRefused):
        lines += [_problem(problem, language) for problem in error.problems]
    return lines


def _problem(problem: Problem, language: Language) -> str:
    names = ("file", "row", "column", "found")
    values = _shown({name: getattr(problem, name) for name in names})
    expected = t(f"expected.{problem.expected}", language)
    return t("error.problem", language, expected=expected, **values)


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    """Return values so that Markdown shows texts of files as they are."""
    return {
        name: literal(value) if isinstance(value, str) else value for name, value in values.items()
    }
