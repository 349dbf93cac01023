"""Who may sign in, and what they may do."""

from __future__ import annotations

import argparse

from data import clock
from data.commands.command import Answer, ExitCode, Listed, add_command, add_group, opened_store
from data.store.people import COMMAND_LINE, Person
from data.store.permissions import Role
from data.texts import as_kept


def add_to(listed: Listed) -> None:
    """Add the commands on people."""
    group = add_group(
        listed, "people", "say who may sign in, and what they may do",
        "Give people who sign in a role, or take it away. The first administrator is made here; "
        "the others on a page of the app, too.",
    )  # fmt: skip
    add = add_command(group, "add", _add, "give somebody a role, or another one")
    add.add_argument("account", metavar="ACCOUNT", help="as the sign-in calls them, exactly")
    add.add_argument("--role", required=True, choices=list(Role))
    add.add_argument(
        "--name", type=as_kept, default="",
        help="what the app calls them, as an author; without it the name that they have, "
        "and the account where they have none",
    )  # fmt: skip
    add_command(group, "list", _list, "list who has a role")
    remove = add_command(group, "remove", _remove, "take somebody's role away")
    remove.add_argument("account", metavar="ACCOUNT")


def _add(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        before = store.people.find(options.account.strip())
        who = store.people.put(
            options.account, options.name, Role(options.role), clock.now(), COMMAND_LINE
        )
    code = ExitCode.UNCHANGED if who == before else ExitCode.DONE
    return Answer(_line(who), {"people": [_plain(who)]}, code)


def _list(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        people = store.people.listed()
    return Answer(
        "\n".join(map(_line, people)) or "nobody has a role yet",
        {"people": [_plain(who) for who in people]},
    )


def _remove(options: argparse.Namespace) -> Answer:
    account: str = options.account.strip()
    code = ExitCode.DONE
    with opened_store() as store:
        if store.people.had_role(account):
            code = ExitCode.UNCHANGED
        else:
            store.people.remove(account, clock.now(), COMMAND_LINE)
    return Answer(f"{account} has no role any more", {"removed": account}, code)


def _line(who: Person) -> str:
    return f"{who.account} is {who.role}" + (f", as {who.name}" if who.name != who.account else "")


def _plain(who: Person) -> dict[str, str]:
    return {"account": who.account, "name": who.name, "role": str(who.role)}
