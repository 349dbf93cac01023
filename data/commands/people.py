"""Who may sign in, and what they may do."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from data.commands.command import Answer, Listed, add_command, add_group, opened_store
from data.store.people import COMMAND_LINE, Person, Role


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
        "--name", default="", help="what the app calls them, as an author; the account without it"
    )
    add_command(group, "list", _list, "list who has a role")
    remove = add_command(group, "remove", _remove, "take somebody's role away")
    remove.add_argument("account", metavar="ACCOUNT")


def _add(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        who = store.people.put(
            options.account, options.name, Role(options.role), datetime.now(UTC), COMMAND_LINE
        )
    return Answer(_line(who), {"people": [_plain(who)]})


def _list(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        people = store.people.listed()
    return Answer(
        "\n".join(map(_line, people)) or "nobody has a role yet",
        {"people": [_plain(who) for who in people]},
    )


def _remove(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        gone = store.people.remove(options.account, datetime.now(UTC), COMMAND_LINE)
    return Answer(f"{gone.account} has no role any more", {"removed": gone.account})


def _line(who: Person) -> str:
    return f"{who.account} is {who.role}" + (f", as {who.name}" if who.name != who.account else "")


def _plain(who: Person) -> dict[str, str]:
    return {"account": who.account, "name": who.name, "role": str(who.role)}
