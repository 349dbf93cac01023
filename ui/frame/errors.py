"""Errors a reader can act on, shown as what is wrong and what to do: one place for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from data.workbook.open.opening import WorkbookRefused
from forecasting.errors import OutlookError, Problem, ScenarioRefused, TableRefused
from forecasting.figures.indicator import Names
from ui.language import Language, known, t
from ui.language.markdown import literal
from ui.language.words import name

_CODES = {
    "lever": "lever",
    "entry": "lever",
    "assumption": "assumption",
    "unit": "unit",
    "wanted": "unit",
}
"""Values of errors that are codes, and the section of the catalogues with their names."""


@contextmanager
def guard(language: Language) -> Iterator[None]:
    """Show an ``OutlookError`` and end the run; anything else is a defect and crashes."""
    try:
        yield
    except OutlookError as error:
        show_error(error, language)
        end_page()


@contextmanager
def tell_of_defects(language: Language) -> Iterator[None]:
    """Say in the reader's words that a defect ended the page; it still crashes loudly.

    Streamlit's own box, which is English and links elsewhere, is left out by ``look.css``.
    """
    try:
        yield
    except Exception:
        st.markdown(t("error.defect", language))
        raise


def show_error(error: OutlookError, language: Language) -> None:
    """Show an error where the rest of the page goes on."""
    st.error("\n\n".join((f"**{t('error.title', language)}**", *told(error, language))))


def told(error: OutlookError, language: Language) -> list[str]:
    """Return the sentences of an error: the problem with its remedy, then each place."""
    values = _shown(error.values, language)
    if isinstance(error, WorkbookRefused):
        unread = "error.workbook_refused" if error.file else "error.workbook_refused_pasted"
        why = f"error.workbook_{error.refusal}"
        return [t(unread, language, **values), t(why, language, **values)]
    if isinstance(error, ScenarioRefused):
        if error.expected == "link":
            return [t("scenario_notice.link_unreadable", language)]
        values["expected"] = t(f"expected.{error.expected}", language)
    lines = [t(f"error.{error.code}", language, **values)]
    if isinstance(error, TableRefused):
        lines += [_problem(problem, language) for problem in error.problems]
    return lines + [line for reason in error.reasons for line in told(reason, language)]


def _problem(problem: Problem, language: Language) -> str:
    names = ("file", "row", "column", "found")
    values = _shown({cell: getattr(problem, cell) for cell in names}, language)
    expected = t(f"expected.{problem.expected}", language)
    return t("error.problem", language, expected=expected, **values)


def _shown(values: Mapping[str, object], language: Language) -> dict[str, object]:
    """Return values so that Markdown shows texts of files as they are, and names in a language."""
    return {
        key: _named(key, value, language) or _spoken(value, language)
        for key, value in values.items()
    }


def _named(key: str, value: object, language: Language) -> str:
    """Return the name of a code that an error holds; empty where it is no code or has no name."""
    name = f"{_CODES[key]}.{value}" if key in _CODES else ""
    return t(name, language) if known(name) else ""


def _spoken(value: object, language: Language) -> object:
    match value:
        case str():
            return literal(value)
        case Names():
            return name(value, language)
        case tuple():
            words = [str(_spoken(entry, language)) for entry in value]
            return t("format.comma", language).join(words)
    return value


def end_page() -> NoReturn:
    """End the page and no more: ``app.py`` goes on and brings the view to the address.

    ``st.stop`` ends the whole run at the next call of anything of Streamlit.
    """
    raise StopException
