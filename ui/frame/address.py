"""The reader's choices: the one place that knows widget keys and URL parameters.

A link reproduces the view, so what a reader chooses is in the URL:

    /?area=SAMPLE&year=2026&as_of=2026Q1&threshold=6.5&lang=en
    /indicator?area=CN&year=2026&indicator=gdp&lang=zh
    /scenario?area=SAMPLE&year=2026&scenario=...&saved=3&lang=zh
    /league?round=2026-2026Q2&province=CN-SX&kind=zone&order=rise&page=2&lang=zh
    /shared?t=...&lang=zh

Names and values are public: renaming one breaks every link already sent. Values are ids, not
labels, so widgets are not bound to the URL by Streamlit, which would put the label there.
``follow`` opens a run and ``publish`` ends it: one writes nothing, the other the whole view at
once, so that a choice is one step of the Back button. An address that this module did not write,
from a link or a walk back, wins over the widgets; after a restart of the server the widgets, which
the browser still has, win over the address. What a page does not show is carried in the address
all the same. Nonsense falls back to the default.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.language import Language, Speaker

AREA, YEAR, AS_OF, THRESHOLD = "area", "year", "as_of", "threshold"
INDICATOR, PROJECT, LANGUAGE = "indicator", "project", "lang"
FROM, TO = "from", "to"
SCENARIO, SAVED = "scenario", "saved"
ROUND, PROVINCE, KIND, ORDER, PAGE = "round", "province", "kind", "order", "page"
"""Which areas a league has, as judged when, by what they are listed, and which page is shown."""
TOKEN = "t"
"""What opens a link, in the address of the one page behind links."""
REVIEW = "review"
"""The file under review, in the address of the page that reviews it and in no link."""
EDITS = "edits"
"""What is typed and not committed, in the address of the page where it is, and in no link."""

_OWN = (REVIEW, EDITS)
_OF_LEAGUE = (ROUND, PROVINCE, KIND, ORDER)
_NAMES = (
    AREA, YEAR, AS_OF, THRESHOLD, INDICATOR, FROM, TO, SCENARIO, SAVED, *_OF_LEAGUE, PAGE, TOKEN,
    LANGUAGE,
)  # fmt: skip
_WIDGETS = (AREA, YEAR, AS_OF, THRESHOLD, INDICATOR, FROM, TO, PROJECT, *_OF_LEAGUE, PAGE)
"""Of these the address never says ``PROJECT``: links go to those who may not read its name."""

_KEPT, _WRITTEN, _SHOWN, _SENT_BY = "kept", "written", "shown", "sent_by"
_OPENED, _REFUSED, _WISHED = "opened", "refused", "wished"
LATEST, EVERY, LIKELIEST = "latest", "all", "chance"
_ALWAYS = (AREA, YEAR, ROUND)
"""Choices that the address names even where they are the default, which time may change."""

_OMITTED = {
    AS_OF: LATEST, INDICATOR: EVERY, PROVINCE: EVERY, KIND: EVERY, ORDER: LIKELIEST, PAGE: "1",
}  # fmt: skip
"""Choices that the address leaves out."""


Choice = TypeVar("Choice")


def follow() -> None:
    """Open a run: adopt what the reader just chose, else what the address newly says.

    A choice comes first, since the address that comes with it may be older than the last run.
    """
    shown = _shown()
    chosen = {
        name: st.session_state[name]
        for name in _WIDGETS
        if name in shown and name in st.session_state and st.session_state[name] != shown[name]
    }
    for name, value in chosen.items():
        _wished().pop(name, None)
        _keep(name, _text(value))
    if chosen.keys() & set(_OF_LEAGUE):
        _keep(PAGE, None)  # of other areas, or in another order, it is the first
    if AREA in chosen:
        for name, text in _wished().items():
            _keep(name, text)
    names = (*_NAMES, *_OWN)
    said = {name: st.query_params[name] for name in names if name in st.query_params}
    if said and not chosen and said != st.session_state.get(_WRITTEN):
        st.session_state[_KEPT] = said
        _wished().clear()


def publish() -> None:
    """End a run: show the whole view in the address, if it does not yet.

    What the page before wrote may reach the browser after the reader has left it, and replace
    the address of this one; so after such a page it is written once more.
    """
    view, page = _in_address(), (st.context.url or "").partition("?")[0]
    # An address that says this view already may be about to be replaced by what was written last.
    replaced = st.session_state.get(_WRITTEN, view) != view and not walked()
    differs = dict(st.query_params) != view or replaced
    overtaken = st.session_state.get(_SENT_BY) not in (None, page)
    st.session_state[_WRITTEN] = view
    st.session_state[_SENT_BY] = page if differs else None
    if differs or overtaken:
        st.query_params.from_dict(view)


def whole_view() -> dict[str, str]:
    """Return the parameters of a link that restores all that was chosen."""
    kept = _kept()
    return {name: kept[name] for name in _NAMES if name in kept}


def _in_address() -> dict[str, str]:
    """Return the whole view with what is for this reader alone: what is begun."""
    kept = _kept()
    return whole_view() | {name: kept[name] for name in _OWN if name in kept}


def walked() -> bool:
    """Whether the reader came here by Back or Forward of the browser."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def speaker() -> Speaker:
    """Return who speaks the reader's language: the link's, else the browser's, else Chinese."""
    text = _kept().get(LANGUAGE)
    if text not in set(Language):
        browser = (st.context.locale or "").lower()
        text = Language.EN if browser.startswith("en") else Language.ZH
    _keep(LANGUAGE, text)
    return Speaker(Language(text))


def switch_language(say: Speaker) -> None:
    """Show the button that switches to the other language and keeps the view."""
    # Not by a callback: a session that is new after a restart would not know it.
    if st.button(say("app.other_language"), key="switch_language", type="tertiary"):
        _keep(LANGUAGE, str(say.language.other))
        publish()
        st.rerun()


def dark() -> bool:
    """Whether the reader's theme is the dark one."""
    return st.context.theme.type == "dark"


def forget_comparison() -> None:
    """Let the next comparison be the usual one: the newest vintage and the one before."""
    _keep(FROM, None)
    _keep(TO, None)


def forget_unknown_indicator(known: Container[str]) -> None:
    """Drop an indicator that a link names and no catalogue has, on pages that show none too."""
    if _kept().get(INDICATOR, EVERY) not in known:
        _keep(INDICATOR, None)


def carried(name: str) -> str | None:
    """Return what the view holds that no widget shows: ``SCENARIO`` or ``SAVED``."""
    return _kept().get(name)


def carry(name: str, text: str | None) -> None:
    """Put into the view what no widget shows, or shows only in the next run; None takes it out."""
    _keep(name, text)


def served_at() -> str:
    """Return where the app is served, without a path; empty where nobody knows."""
    address = urlsplit(st.context.url or "")
    return f"{address.scheme}://{address.netloc}" if address.netloc else ""


def cookie(name: str) -> str:
    """Return a cookie that the browser brought when it connected; empty without."""
    return st.context.cookies.get(name, "")


def header(name: str) -> str:
    """Return a header that the browser's connection came with; empty without."""
    return st.context.headers.get(name, "")


def browser() -> str:
    """Return what tells the reader's browser from most others: its network address and its name."""
    return f"{st.context.ip_address} {st.context.headers.get('User-Agent', '')}"


def network() -> str:
    """Return the network address that the reader comes from; empty where it is not known."""
    return st.context.ip_address or ""


def forget_link() -> None:
    """Leave what opens a link behind, so that no other page has it in its address."""
    _keep(TOKEN, None)


def opened_link() -> int | None:
    """Return the link that this session has opened with the token in the address."""
    token, share = st.session_state.get(_OPENED, (None, None))
    return share if token is not None and token == _kept().get(TOKEN) else None


def keep_opened(share: int) -> None:
    """Keep that the token in the address has opened a link."""
    st.session_state[_OPENED] = (_kept().get(TOKEN), share)


def link_to(indicator: str) -> dict[str, str]:
    """Return the parameters of a link to an indicator that keeps the rest of the view."""
    return whole_view() | {INDICATOR: indicator}


def link_to_area(area: str) -> dict[str, str]:
    """Return the parameters of a link to another area, in the same language and for the year."""
    kept = _kept()
    return {AREA: area} | {name: kept[name] for name in (YEAR, LANGUAGE) if name in kept}


def select(
    name: str,
    title: str,
    options: Sequence[str],
    default: str,
    label: Callable[[str], str],
    **style: Any,
) -> str:
    """Show a select box of ids that follows the URL, and the URL it."""
    current = _kept().get(name, _OMITTED.get(name))
    wanted = current if current in options else default
    _refused().pop(name, None)
    if current is not None and current != wanted:
        _refused()[name] = current
        _wished()[name] = current
    seen = give(name, wanted)
    chosen: str = st.selectbox(
        title,
        options,
        0 if seen else options.index(wanted),
        format_func=label,
        key=name,
        placeholder=title,
        **style,
    )
    _shown()[name] = chosen
    if chosen != default or name in _kept() or name in _ALWAYS:
        _keep(name, _text(chosen))
    return chosen


def refused(name: str) -> str | None:
    """Return what the address asked for in this run and a select box does not offer."""
    return _refused().get(name)


def settle(name: str, value: object) -> None:
    """Keep what a widget of this name holds, in the session and in the address."""
    _shown()[name] = value
    _keep(name, _text(value))


def give(name: str, value: object) -> bool:
    """Give a widget that this session has seen the value; one it has not seen has its own.

    That is a new one, which takes its default, or one on a screen older than the session.
    Given on every run, the value does not depend on the language of the labels.
    """
    seen = name in st.session_state
    if seen:
        st.session_state[name] = value
    return seen


def _kept() -> dict[str, str]:
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    return kept


def _refused() -> dict[str, str]:
    found: dict[str, str] = st.session_state.setdefault(_REFUSED, {})
    return found


def _wished() -> dict[str, str]:
    """Return what was chosen and the area does not offer: another area may offer it again."""
    wished: dict[str, str] = st.session_state.setdefault(_WISHED, {})
    return wished


def _shown() -> dict[str, object]:
    """Return what each widget held when it was last drawn."""
    shown: dict[str, object] = st.session_state.setdefault(_SHOWN, {})
    return shown


def _keep(name: str, text: str | None) -> None:
    if text is None or text == _OMITTED.get(name):
        _kept().pop(name, None)
    else:
        _kept()[name] = text


def _text(value: object) -> str | None:
    """Write a widget's value as in the address."""
    if value is None:
        return None
    return f"{value:g}" if isinstance(value, float) else str(value)


def number(name: str) -> float | None:
    """Return a choice that is a number; None where it is none."""
    try:
        value = float(_kept().get(name) or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None
