"""Errors a reader can act on, shown as what is wrong and what to do: one place for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from forecasting.errors import OutlookError, TableRefused
from ui.messages import Language, t


@contextmanager
def guard(language: Language) -> Iterator[None]:
    """Show an ``OutlookError`` and end the run; anything else is a defect and crashes."""
    try:
        yield
    except OutlookError as error:
        st.error("\n\n".join((f"**{t('error.title', language)}**", *told(error, language))))
        st.stop()


def told(error: OutlookError, language: Language) -> list[str]:
    """Return the sentences of an error: the problem with its remedy, then each place."""
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
