"""What a reader has begun and not committed: the one place that keeps it in the session."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex
from threading import Lock
from typing import Any, TypeVar

import streamlit as st

from data import clock
from data.targets.edits import ChangeForm, Form, Slot, TargetForm
from data.workbook.review import digest_of
from ui.frame import address, identity

_UPLOAD, _ROUND, _COMMITTED = "upload", "upload_round", "committed"
_UNDONE = "undone"
_PROJECTS_FILE = "projects_file_kept"
_LOST = "review_lost"
_EDITS, _KNOWN_EDITS, _LOST_EDITS = "edits", "edits_known", "edits_lost"
_AUTHOR = "author_of_session"
_GIVEN = "given"
_ASKED = "asked"
_ISSUING, _LINKS = "issuing", "links"
_MOST_GIVEN = 32
Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class CutOff:
    """A write of which nobody knows yet whether it was kept: see ``ui.frame.cut_off``."""

    find: Callable[[], Any]
    done: Callable[[Any], object]
    words: tuple[str, str]


@dataclass(slots=True)
class Upload:
    """A file under review.

    Attributes
    ----------
    base
        The vintage whose review was last shown; a commit onto another one is asked again.
    pasted
        Whether it is cells pasted from a spreadsheet, not a file.
    encoding
        That a reader chose for a text file; empty for what the file itself says.
    answers
        Chosen options by question id.
    token
        Brings it back after a reload, in the browser that began it, and names its commit.
    made
        What was made of it last, by name, each with what it was made from.
    cut_off
        Its commit, while nobody knows whether that was written.
    """

    name: str
    content: bytes
    base: int
    pasted: bool = False
    encoding: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    token: str = field(default_factory=lambda: token_hex(16), repr=False)
    made: dict[str, tuple[object, Any]] = field(init=False, default_factory=dict, repr=False)
    cut_off: CutOff | None = None

    def __post_init__(self) -> None:
        self.digest = digest_of(self.content)

    def answer(self, question: str, option: str) -> None:
        """Keep the answer to a question, as the last one."""
        self.answers.pop(question, None)
        self.answers[question] = option

    def remembered(self, name: str, key: object, make: Callable[[], Made]) -> Made:
        """Return what was made of the file under a name from a key, made anew for another key."""
        if name not in self.made or self.made[name][0] != key:
            self.made[name] = key, make()
        made: Made = self.made[name][1]
        return made


class UploadsUnderReview:
    """The files under review in this process, so that a reload of the page loses none.

    A file is given only to the browser that began it, as far as address, name and who signed in
    tell browsers apart, and is dropped after a while, or where there are too many.
    """

    def __init__(self, most: int, most_bytes: int, kept_for: timedelta) -> None:
        self._most, self._most_bytes, self._kept_for = most, most_bytes, kept_for
        self._kept: OrderedDict[str, tuple[Upload, str, datetime]] = OrderedDict()
        self._lock = Lock()

    def keep(self, upload: Upload, browser: str, now: datetime) -> None:
        """Keep a file, and drop the oldest where there are too many or too much."""
        with self._lock:
            self._kept[upload.token] = upload, browser, now
            self._drop(now)

    def find(self, token: str, browser: str, now: datetime) -> Upload | None:
        """Return a file to the browser that began it; None where it is kept no longer."""
        with self._lock:
            self._drop(now)
            upload, began, _ = self._kept.get(token, (None, "", now))
            return upload if began == browser else None

    def end(self, token: str) -> None:
        """Drop a file that was committed or put aside."""
        with self._lock:
            self._kept.pop(token, None)

    def _drop(self, now: datetime) -> None:
        for token, (_, _, since) in list(self._kept.items()):
            if now - since > self._kept_for:
                del self._kept[token]
        while len(self._kept) > self._most or self._bytes() > self._most_bytes:
            self._kept.popitem(last=False)

    def _bytes(self) -> int:
        return sum(len(upload.content) for upload, _, _ in self._kept.values())


_UNDER_REVIEW = UploadsUnderReview(32, 200_000_000, timedelta(hours=12))


def upload() -> Upload | None:
    """Return the file under review, if there is one; after a reload that of the address."""
    found: Upload | None = st.session_state.get(_UPLOAD)
    if found is None and (token := address.carried(address.REVIEW)):
        found = _UNDER_REVIEW.find(token, _browser(), clock.now())
        st.session_state[_UPLOAD if found is not None else _LOST] = found or token
    address.carry(address.REVIEW, found.token if found else lost_review())
    return found


def lost_review() -> str | None:
    """Return what names a review that the address asks for and this process has not kept.

    Until the next file is begun, or one was committed.
    """
    token: str | None = st.session_state.get(_LOST)
    return token


def begin_upload(upload: Upload) -> None:
    """Put a file under review in place of any other."""
    _forget_upload()
    st.session_state[_UPLOAD] = upload
    _UNDER_REVIEW.keep(upload, _browser(), clock.now())
    address.carry(address.REVIEW, upload.token)
    st.session_state.pop(_COMMITTED, None)
    st.session_state.pop(_UNDONE, None)


def end_upload(committed: int | None = None, undone: int | None = None) -> None:
    """Put the file aside: as committed under a vintage, as one taken back, or as discarded."""
    _forget_upload()
    st.session_state[_ROUND] = upload_round() + 1
    st.session_state[_COMMITTED] = committed
    st.session_state[_UNDONE] = undone


def _browser() -> str:
    """Return what tells the reader's browser from others, and who signed in there."""
    found = identity.identity() if identity.signs_in() else None
    return f"{address.browser()} {found.account if found else ''}"


def _forget_upload() -> None:
    st.session_state.pop(_LOST, None)
    found: Upload | None = st.session_state.pop(_UPLOAD, None)
    if found is not None:
        _UNDER_REVIEW.end(found.token)
    address.carry(address.REVIEW, None)


def projects_file(chosen: Upload | None) -> Upload | None:
    """Return the chosen table of projects with what was made of it; None forgets the last one."""
    kept: Upload | None = st.session_state.get(_PROJECTS_FILE)
    if chosen and kept and (kept.name, kept.digest) == (chosen.name, chosen.digest):
        return kept
    st.session_state[_PROJECTS_FILE] = chosen
    return chosen


def upload_round() -> int:
    """Return a number that changes with every file, for the keys of widgets that must empty."""
    number: int = st.session_state.get(_ROUND, 0)
    return number


def undone() -> int | None:
    """Return the vintage this session took back last, until the next file is begun."""
    number: int | None = st.session_state.get(_UNDONE)
    return number


def committed() -> int | None:
    """Return the vintage this session committed last, until the next file is begun."""
    number: int | None = st.session_state.get(_COMMITTED)
    return number


@dataclass(slots=True)
class Edits:
    """What is typed by hand about an area.

    Attributes
    ----------
    base
        The vintage beside which it was begun.
    drawn
        The vintage whose entries the widgets were last given.
    forms
        By slot; None removes what is stored. A form that says what is stored is not kept.
    year
        Of the targets last looked at.
    turn
        Changes when widgets must take their values from the forms anew.
    committed
        The vintage that was committed last, until something is typed again.
    request
        Names the commit of what is typed.
    cut_off
        That commit, while nobody knows whether it was written.
    """

    base: int
    drawn: int
    forms: dict[Slot, Form | None] = field(default_factory=dict)
    year: int | None = None
    turn: int = 0
    committed: int | None = None
    request: str = field(default_factory=lambda: token_hex(16), repr=False)
    cut_off: CutOff | None = None

    def put(self, slot: Slot, form: Form | None, stored: Form | None) -> None:
        """Keep what is typed in a slot, where it is not what is stored."""
        if form == stored:
            self.forms.pop(slot, None)
        else:
            self.forms[slot] = form
            self.committed = None

    def add(self, form: Form) -> None:
        """Keep a new form, in the slot of its key or, where that may yet change, of its own."""
        self.turn += 1
        self.put(form.key if isinstance(form, TargetForm) else self.turn, form, None)

    def forget_unknown(self, known: Container[str]) -> None:
        """Forget what is typed of indicators that are known no longer."""
        for slot, form in list(self.forms.items()):
            if isinstance(form, TargetForm | ChangeForm) and form.indicator not in known:
                del self.forms[slot]

    def end(self, committed: int | None = None) -> None:
        """Forget what is typed, as committed under that vintage or discarded."""
        self.forms.clear()
        self.turn += 1
        self.committed = committed
        self.request, self.cut_off = token_hex(16), None


def edits(area: str, latest: int) -> Edits:
    """Return what is typed about an area; where nothing is, it will be beside ``latest``."""
    kept: dict[str, Edits] = st.session_state.setdefault(_EDITS, {})
    found = kept.setdefault(area, Edits(latest, latest))
    if not found.forms:
        found.base = latest
    return found


def lost_edits(edits: Edits) -> str | None:
    """Return what names edits that the address asks for and no run of this session has kept.

    So it is after a reload, or a restart of the process that kept them, until these end.
    """
    known: set[str] = st.session_state.setdefault(_KNOWN_EDITS, set())
    token = address.carried(address.EDITS)
    if token is not None and token not in known:
        st.session_state[_LOST_EDITS] = token, edits.request
        known.add(token)
    known.add(edits.request)
    lost, instead = st.session_state.get(_LOST_EDITS, (None, ""))
    return lost if instead == edits.request else None


def carry_edits(edits: Edits) -> None:
    """Have the address name what is typed, so that who reopens it is told if it was lost."""
    address.carry(address.EDITS, edits.request if edits.forms else None)


def author() -> str:
    """Return who wrote last in this session, so that nobody types a name twice."""
    name: str = st.session_state.get(_AUTHOR, "")
    return name


def keep_author(name: str) -> None:
    """Keep who wrote."""
    st.session_state[_AUTHOR] = name.strip()


def remembered(name: str, make: Callable[[], Any]) -> Any:
    """Return what a feature remembers of this session under a name, made at first use."""
    return st.session_state.setdefault(name, make())


def once(key: str, make: Callable[[], Any]) -> Any:
    """Return what a widget of this key was given first, however often it is drawn."""
    given: dict[str, Any] = st.session_state.setdefault(_GIVEN, {})
    if key not in given:
        for old in list(given)[: max(0, len(given) - _MOST_GIVEN)]:
            del given[old]
        given[key] = make()
    return given[key]


def fresh(key: str, value: Given | None) -> Given | None:
    """Return what a field is given when it is drawn first; later on it has its own.

    A field that is given a value on every run cannot be emptied.
    """
    return None if key in st.session_state else value


def asked_for(subject: str) -> bool:
    """Return whether what takes long was asked for of this very subject."""
    return bool(st.session_state.get(_ASKED) == subject)


def ask_for(subject: str) -> None:
    """Remember what was asked for; of anything else it is not any more."""
    st.session_state[_ASKED] = subject


@dataclass(slots=True)
class Issuing:
    """What a reader is about to issue.

    Attributes
    ----------
    subject
        Where it was begun: on one page it is not open that was begun on another.
    shown
        What the form said when it was drawn last, None before that.
    press
        Names the button of what was shown: a press of any other issues nothing.
    changed
        Whether what was shown gave way to something else under its reader.
    number
        That it was issued under, None before that.
    lock
        Held while it is issued: a second press runs beside the first, in a thread of its own.
    """

    subject: str
    shown: object = None
    press: str = field(default_factory=lambda: token_hex(8))
    changed: bool = False
    number: int | None = None
    lock: Any = field(default_factory=Lock, repr=False)

    def show(self, what: object) -> None:
        """Show something; if it is not what was shown before, buttons drawn before are void."""
        if self.shown is not None and self.shown != what:
            self.press = token_hex(8)
        self.shown = what


def issuing() -> Issuing | None:
    """Return what a reader is about to issue."""
    begun: Issuing | None = st.session_state.get(_ISSUING)
    return begun


def set_issuing(begun: Issuing | None) -> None:
    """Begin to issue an outlook, or put it aside."""
    st.session_state[_ISSUING] = begun


def pressed(button: str) -> bool:
    """Return whether a button was pressed, be it drawn in this run or not."""
    return bool(st.session_state.get(button))


def link_of(share: int) -> str | None:
    """Return the token of a link that this session has made; nobody else can ever show it."""
    made: dict[int, str] = st.session_state.get(_LINKS, {})
    return made.get(share)


def fill(widget: str, value: object) -> None:
    """Put a value into a widget, before the run that shows it."""
    st.session_state[widget] = value


def is_filled(widget: str) -> bool:
    """Return whether a widget of the page has a value of its own."""
    return widget in st.session_state


def held(widget: str) -> Any:
    """Return what a widget holds, also before it is drawn in this run; None before its first."""
    return st.session_state.get(widget)


def keep_link(share: int, token: str | None) -> None:
    """Keep the token of a link that was just made; None forgets it."""
    made: dict[int, str] = st.session_state.setdefault(_LINKS, {})
    if token is None:
        made.pop(share, None)
    else:
        made[share] = token
