"""Errors a reader can act on, shown as what is wrong and what to do: one place for all."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from data.store.connection import OUT_OF_REACH, is_there
from data.store.errors import EmptyStore, LaterRelease
from data.store.schema import place_of
from data.workbook.open.opening import WorkbookRefused
from forecasting.errors import OutlookError, Problem, ScenarioRefused, TableRefused
from forecasting.figures.indicator import Names
from forecasting.figures.period import Month
from ui.frame.environment import settings
from ui.frame.logs import request_id
from ui.language import Speaker, known

_LOGGER = logging.getLogger(__name__)
_CODES = {
    "lever": "lever",
    "entry": "lever",
    "assumption": "assumption",
    "unit": "unit",
    "wanted": "unit",
    "role": "role",
}
"""Values of errors that are codes, and the section of the catalogues with their names."""


@contextmanager
def guard(say: Speaker) -> Iterator[None]:
    """Show an ``OutlookError`` and end the run; anything else is a defect and crashes."""
    try:
        yield
    except OutlookError as error:
        show_error(error, say)
        end_page()


@contextmanager
def tell_of_defects(say: Speaker) -> Iterator[None]:
    """Say in the reader's words that a defect ended the page; it still crashes loudly.

    Streamlit's own box, which is English and links elsewhere, is left out by ``look.css``. A
    database that cannot be used for a while is no defect: the next run asks it again.
    """
    try:
        yield
    except OUT_OF_REACH:
        _LOGGER.exception("the database is out of reach")
        database = settings().database_url
        if is_there(database):
            st.markdown(say("error.out_of_reach"))
            _show_number(say)
        else:
            show_error(EmptyStore(place=place_of(database)), say)
    except (EmptyStore, LaterRelease) as error:
        show_error(error, say)
    except Exception:
        st.markdown(say("error.defect"))
        _show_number(say)
        raise


def _show_number(say: Speaker) -> None:
    """Show by which number the log knows what failed."""
    if number := request_id():
        st.caption(say("error.number", number=number))


def show_error(error: OutlookError, say: Speaker) -> None:
    """Show an error where the rest of the page goes on."""
    st.error("\n\n".join((f"**{say('error.title')}**", *told(error, say))))


def told(error: OutlookError, say: Speaker) -> list[str]:
    """Return the sentences of an error: the problem with its remedy, then each place."""
    values = _shown(error.values, say)
    if isinstance(error, WorkbookRefused):
        unread = "error.workbook_refused" if error.file else "error.workbook_refused_pasted"
        why = f"error.workbook_{error.refusal}"
        return [say(unread, **values), say(why, **values)]
    if isinstance(error, ScenarioRefused):
        if error.expected == "link":
            return [say("scenario_notice.link_unreadable")]
        values["expected"] = say(f"expected.{error.expected}")
    lines = [say(f"error.{error.code}", **values)]
    if isinstance(error, TableRefused):
        lines += [_problem(problem, say) for problem in error.problems]
    return lines + [line for reason in error.reasons for line in told(reason, say)]


def _problem(problem: Problem, say: Speaker) -> str:
    names = ("file", "row", "column", "found")
    values = _shown({cell: getattr(problem, cell) for cell in names}, say)
    expected = say(f"expected.{problem.expected}")
    return say("error.problem", expected=expected, **values)


def _shown(values: Mapping[str, object], say: Speaker) -> dict[str, object]:
    """Return values so that texts of files are shown as they are, and names in a language."""
    return {key: _named(key, value, say) or _spoken(value, say) for key, value in values.items()}


def _named(key: str, value: object, say: Speaker) -> str:
    """Return the name of a code that an error holds; empty where it is no code or has no name."""
    if _CODES.get(key) == "unit" and isinstance(value, str):  # what is wanted may be a number
        return say.word("unit", value)
    name = f"{_CODES[key]}.{value}" if key in _CODES else ""
    return say(name) if known(name) else ""


def _spoken(value: object, say: Speaker) -> object:
    match value:
        case str():
            return say.verbatim(value)
        case Names():
            return say.name(value)
        case Month():
            return say("period.month_of", year=value.year, month=say(f"period.month.{value.month}"))
        case tuple():
            words = [str(_spoken(entry, say)) for entry in value]
            return say("format.comma").join(words)
    return value


def end_page() -> NoReturn:
    """End the page and no more: ``app.py`` goes on and brings the view to the address.

    ``st.stop`` ends the whole run at the next call of anything of Streamlit.
    """
    raise StopException
