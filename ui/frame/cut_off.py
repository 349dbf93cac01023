"""A write that a lost connection cuts off: nobody knows whether it was kept, until it is asked.

The page says so at once, and which of both it is as soon as the database answers again. Pages of
vintages keep it beside what is typed or uploaded, and lead on as if nothing had happened; of all
else it is told by ``settle`` at the beginning of the next run, whatever page that is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar
from uuid import uuid4

import streamlit as st

from data.store.connection import OUT_OF_REACH
from data.store.store import Store
from data.store.vintages import Commit
from forecasting.errors import OutlookError
from ui.frame import alerting, session
from ui.frame import store as links_store
from ui.frame.errors import show_error
from ui.language import Speaker

_LOGGER = logging.getLogger(__name__)
Made = TypeVar("Made")


class Keeper(Protocol):
    """What a write belongs to, and forgets it with."""

    cut_off: session.CutOff | None


def write(
    do: Callable[[], Made],
    find: Callable[[], Made | None],
    done: Callable[[Made], object],
    say: Speaker,
    *,
    words: tuple[str, str] = ("cut_off.unsure", "cut_off.not_written"),
    kept_by: Keeper | None = None,
) -> None:
    """Write and go on, or tell why it was refused, or that nobody knows what became of it.

    Parameters
    ----------
    find
        Returns what was written if it was, once nobody writes any more; else None.
    done
        Goes on with what was written.
    words
        What says that nobody knows, and that it was not written.
    kept_by
        What the write belongs to; without any, the session.
    """
    keeper = kept_by or _of_session()
    keeper.cut_off = session.CutOff(find, done, words)
    try:
        made = do()
    except OUT_OF_REACH:
        _LOGGER.exception("a write was cut off")
        st.markdown(say(words[0]))
        return
    except OutlookError as error:
        keeper.cut_off = None
        show_error(error, say)
        return
    keeper.cut_off = None
    alerting.look_soon()
    done(made)


def commit_edit(
    store: Store,
    author: str,
    make: Callable[[], Commit | None],
    told: Callable[[Commit, int], str],
    say: Speaker,
) -> None:
    """Commit an edit as ``write`` writes, and draw the page anew; say why it is none.

    Parameters
    ----------
    make
        Returns the draft, None where nothing would change.
    told
        Returns what is said of the draft once it is a vintage.
    """
    if not author.strip():
        st.markdown(say("upload.who"))
        return
    try:
        made = make()
    except OutlookError as error:
        show_error(error, say)
        return
    if made is None:
        st.markdown(say("areas.nothing"))
        return
    session.keep_author(author)
    draft, request = made, str(uuid4())

    def end(number: int) -> None:
        st.toast(told(draft, number))
        st.rerun()

    write(
        lambda: store.commit(replace(draft, request=request)),
        lambda: store.committed(request),
        end,
        say,
    )


def withdraw(
    store: Store, vintage: int, author: str, note: str, done: Callable[[int], object], say: Speaker
) -> None:
    """Withdraw a vintage as ``write`` writes, and go on."""
    write(
        lambda: store.withdraw(vintage, author, note),
        lambda: store.withdrawal_of(vintage),
        done,
        say,
    )


def settle(say: Speaker, kept_by: Keeper | None = None) -> None:
    """Say what became of a write that was cut off.

    Raises
    ------
    OperationalError
        If the database is still away: it is asked again in the next run.
    """
    keeper = kept_by or _of_session()
    if (begun := keeper.cut_off) is None:
        return
    links_store.store().await_writers()
    made: Any = begun.find()
    keeper.cut_off = None
    if made is None:
        st.markdown(say(begun.words[1]))
        return
    alerting.look_soon()
    if kept_by is None:
        st.toast(say("cut_off.written"))
    begun.done(made)


@dataclass(slots=True)
class _Session:
    cut_off: session.CutOff | None = None


def _of_session() -> Keeper:
    found: _Session = session.remembered("cut_off", _Session)
    return found
