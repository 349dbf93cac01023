"""People, and whether who acts may do what they ask for.

Where nobody signs in, a store acts for whoever runs the program: its commands, and the app of one
machine. There nothing is asked. An app to which people sign in names who acts
(``Store.acting_as``), and every write looks at that person's role within its own transaction. So a
role that was taken away a moment ago is refused, whatever a page still shows.

Signing out ends one sign-in, which account and moment name, in every process: the store keeps it
for as long as a copy of the browser's cookie could be shown.

People are kept by version: adding, changing and removing somebody each write the next one, with an
entry of the audit log. Who is removed can be added again under the same account.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    delete,
    exists,
    func,
    select,
)

from data.store import audit, schema
from data.store.connection import PATIENCE, writing
from data.store.errors import (
    LastAdministrator,
    PersonNameTaken,
    PersonUnnamed,
    RoleNeeded,
    UnknownPerson,
)
from data.store.permissions import NEEDED, Permission, Role
from data.store.schema import in_utc, insert_rows
from data.store.vintages import row_of

COMMAND_LINE = "command line"
"""The author of what ``python -m data`` does, where it names no other."""
KEPT = timedelta(days=40)
"""How long a sign-out is kept after the sign-in: Streamlit takes no cookie that is older."""
_TABLE = schema.person
_COLUMN = _TABLE.c
_SIGN_OUT = schema.sign_out


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in.

    Attributes
    ----------
    account
        What the sign-in calls them, exactly.
    name
        What the app calls them, as the author of what they do; nobody else ever had it.
    version
        Counts from 1 within the account.
    changed_at, changed_by
        When this version was written, in UTC, and who did so.
    removed
        Whether this version took the role away.
    """

    account: str
    name: str
    role: Role
    version: int
    changed_at: datetime
    changed_by: str
    removed: bool = False

    def may(self, permission: Permission) -> bool:
        """Return whether the role is enough."""
        return not self.removed and self.role.covers(NEEDED[permission])


@dataclass(frozen=True, slots=True)
class Access:
    """A database and who acts on it.

    Attributes
    ----------
    account
        Of who signed in, empty for a visitor; None where nobody need sign in.
    since
        When they did; None if they cannot have signed out since.
    """

    engine: Engine
    account: str | None = None
    since: datetime | None = None

    @contextmanager
    def writing(self, permission: Permission, patience: float = PATIENCE) -> Iterator[Connection]:
        """Open a writing transaction for who may.

        Raises
        ------
        RoleNeeded
            If who acts may not, or no longer; nothing is written.
        UpgradeUnderWay
            If a later release has changed the tables; what reading keeps is written all the same.
        """
        with writing(self.engine, patience) as connection:
            if permission is not Permission.READ:
                schema.refuse_later(connection)
            self.require(connection, permission)
            yield connection

    def require(self, connection: Connection, permission: Permission) -> None:
        """Raise RoleNeeded if who acts has no role that is enough."""
        if self.account is None:
            return
        person = _find(connection, self.account, self.since)
        if person is None or not person.may(permission):
            raise RoleNeeded(role=NEEDED[permission])

    def author(self, connection: Connection, given: str) -> str:
        """Return the author of a write: the name of who signed in, whatever was given."""
        person = None if self.account is None else _find(connection, self.account)
        return given if person is None else person.name


class People:
    """The people of one store; safe to share between threads."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def find(self, account: str, since: datetime | None = None) -> Person | None:
        """Return who has a role under an account; None for nobody, and for who was removed.

        None also if the sign-in of ``since`` has ended by signing out.
        """
        with self._access.engine.connect() as connection:
            person = _find(connection, account, since)
        return None if person is None or person.removed else person

    def had_role(self, account: str) -> bool:
        """Return whether somebody had a role under an account, and has none any more."""
        with self._access.engine.connect() as connection:
            person = _find(connection, account)
        return person is not None and person.removed

    def has_signed_out(self, account: str, since: datetime) -> bool:
        """Return whether the sign-in that began at a moment has ended by signing out."""
        with self._access.engine.connect() as connection:
            return _has_signed_out(connection, account, since)

    def sign_out(self, account: str, since: datetime, now: datetime) -> None:
        """End the sign-in that began at a moment; a second time changes nothing."""
        row = {"account": account, "since": in_utc(since)}
        with self._access.writing(Permission.READ) as connection:
            long_over = _SIGN_OUT.c.since < in_utc(now) - KEPT
            connection.execute(delete(_SIGN_OUT).where(long_over))
            if not _has_signed_out(connection, account, since):
                insert_rows(connection, _SIGN_OUT, [row])

    def listed(self) -> tuple[Person, ...]:
        """Return everybody who has a role, the administrators first, then by name."""
        with self._access.engine.connect() as connection:
            return _listed(connection)

    def put(self, account: str, name: str, role: Role, now: datetime, author: str = "") -> Person:
        """Give somebody a name and a role; where both are as they were, nothing is written.

        Spaces around account and name are left out. Without a name, the one stays that they have
        or had, and the account is the name of who is new.

        Raises
        ------
        PersonUnnamed, PersonNameTaken
            If there is no account, or somebody else has or had the name.
        LastAdministrator
            If nobody would be left who could give anybody a role.
        """
        account = account.strip()
        name = " ".join(name.split())
        if not account:
            raise PersonUnnamed
        with self._access.writing(Permission.ADMINISTER) as connection:
            last = _find(connection, account)
            name = name or (last.name if last else account)
            _check_name(connection, account, name)
            if last and not last.removed and (last.name, last.role) == (name, role):
                return last
            if role is not Role.ADMINISTRATOR:
                _check_administrator_is_left(connection, account)
            version = last.version + 1 if last else 1
            author = self._access.author(connection, author)
            return _append(connection, Person(account, name, role, version, in_utc(now), author))

    def remove(self, account: str, now: datetime, author: str = "") -> Person:
        """Take somebody's role away, from their next click on.

        Raises
        ------
        UnknownPerson
            If nobody has a role under the account.
        LastAdministrator
            If nobody would be left who could give anybody a role.
        """
        with self._access.writing(Permission.ADMINISTER) as connection:
            last = _find(connection, account)
            if last is None or last.removed:
                raise UnknownPerson(account=account)
            _check_administrator_is_left(connection, account)
            author = self._access.author(connection, author)
            gone = replace(
                last, version=last.version + 1, changed_at=in_utc(now), changed_by=author,
                removed=True,
            )  # fmt: skip
            return _append(connection, gone)


def _append(connection: Connection, person: Person) -> Person:
    audit.record(
        connection,
        audit.Action.ROLE,
        f"person {person.account}",
        person.changed_by,
        name=person.name,
        role=None if person.removed else person.role,
    )
    insert_rows(connection, _TABLE, [row_of(person)])
    return person


def _listed(connection: Connection) -> tuple[Person, ...]:
    people = map(_person_of, connection.execute(_latest().where(~_COLUMN.removed)))
    order = list(Role)
    return tuple(sorted(people, key=lambda who: (-order.index(who.role), who.name)))


def _find(connection: Connection, account: str, since: datetime | None = None) -> Person | None:
    """Return the latest version of a person, removed or not; None once they signed out."""
    query = select(_TABLE).where(_COLUMN.account == account)
    if since is not None:
        query = query.where(~_signed_out(account, since))
    row = connection.execute(query.order_by(_COLUMN.version.desc()).limit(1)).one_or_none()
    return None if row is None else _person_of(row)


def _has_signed_out(connection: Connection, account: str, since: datetime) -> bool:
    return bool(connection.scalar(select(_signed_out(account, since))))


def _signed_out(account: str, since: datetime) -> ColumnElement[bool]:
    return exists().where(_SIGN_OUT.c.account == account, _SIGN_OUT.c.since == in_utc(since))


def _check_name(connection: Connection, account: str, name: str) -> None:
    """Refuse a name that somebody else has or had: it is the author of what they did."""
    others = select(_COLUMN.name, _COLUMN.account).where(_COLUMN.account != account)
    for other in connection.execute(others.distinct()):
        if _look(name) in (_look(other.name), _look(other.account)):
            raise PersonNameTaken(name=other.name)


def _look(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _check_administrator_is_left(connection: Connection, account: str) -> None:
    administrators = [who.account for who in _listed(connection) if who.role is Role.ADMINISTRATOR]
    if administrators == [account]:
        raise LastAdministrator(account=account)


def _latest() -> Select[Any]:
    """Select the latest version of everybody."""
    newest = (
        select(_COLUMN.account, func.max(_COLUMN.version).label("version"))
        .group_by(_COLUMN.account)
        .subquery()
    )
    same = and_(_COLUMN.account == newest.c.account, _COLUMN.version == newest.c.version)
    return select(_TABLE).join(newest, same)


def _person_of(row: Row[Any]) -> Person:
    return Person(**{**row._mapping, "role": Role(row.role)})
