"""What the person at a page may do there, by the one table of the store.

Where nobody signs in, everybody may all. A page asks before it offers something; the store asks
again when that is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from data.store.people import Person
from data.store.permissions import NEEDED, Permission, Role
from data.store.store import Store
from ui.frame import identity
from ui.frame.store import store
from ui.language import Speaker

NEEDED_BY_PAGE: Mapping[str, Permission] = MappingProxyType(
    {
        "upload": Permission.COMMIT,
        "alerts": Permission.ADMINISTER,
        "people": Permission.ADMINISTER,
    }
)
"""What a page needs that is not for every reader."""


def person() -> Person | None:
    """Return who is at the page; None for a visitor, and for who has no role, or no longer."""
    found = identity.identity()
    return store().people.find(found.account, found.since) if found else None


def acting(on: Store) -> Store:
    """Return a store that acts for who is at the page."""
    if not identity.signs_in():
        return on
    found = identity.identity()
    return on.acting_as(found.account, found.since) if found else on.acting_as("")


def may(permission: Permission) -> bool:
    """Return whether who is at the page may do something."""
    if not identity.signs_in():
        return True
    who = person()
    return who is not None and who.may(permission)


def may_open(page: str) -> bool:
    """Return whether a page is for who is at the page; a menu offers no other."""
    return may(NEEDED_BY_PAGE.get(page, Permission.READ))


def allows(permission: Permission, what: str, say: Speaker) -> bool:
    """Return whether who is at the page may do what is called so; if not, say what it needs."""
    allowed = may(permission)
    if not allowed:
        st.caption(needs(permission, what, say))
    return allowed


def needs(permission: Permission, what: str, say: Speaker) -> str:
    """Say which role something needs, and who gives it."""
    role = say(f"role.{NEEDED[permission]}")
    names = administrators(say)
    return say("people.needs" if names else "people.needs_any", what=what, role=role, names=names)


def administrators(say: Speaker) -> str:
    """Name who gives roles."""
    listed = store().people.listed()
    names = [say.verbatim(who.name) for who in listed if who.role is Role.ADMINISTRATOR]
    return say("format.comma").join(names)
