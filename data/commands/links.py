"""The links by which others read issues: ``python -m data link``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from data import clock
from data.commands.command import (
    Answer,
    CommandRefused,
    ExitCode,
    Listed,
    add_author,
    add_command,
    add_group,
    opened_store,
    secret_in,
    write_secret,
)
from data.store.links import USUAL_DAYS, Share
from data.store.store import Store
from data.store.tokens import Token, new_token, token_of
from data.texts import as_kept
from forecasting.cli.options import checked

ADDRESS = "/s/"
"""What comes before the token in the address of a link, after that of the app."""
_to_days = checked(int, lambda days: 0 <= days <= 36_500, "a number of days from 0 to 36500")


def _to_label(text: str) -> str:
    return " ".join(as_kept(text).split())


def add_to(listed: Listed) -> None:
    """Add the commands on links."""
    group = add_group(
        listed, "link", "make, list and end links to issues",
        "Make a link by which others read an issue, list the links, and end one.",
    )  # fmt: skip
    make = add_command(
        group, "make", _make, "make a link to an issue, and print its address, which is shown once"
    )
    make.add_argument(
        "issue", type=int, metavar="ISSUE", help="its number, as issues list shows it"
    )
    make.add_argument(
        "--label", required=True, type=_to_label, metavar="TEXT",
        help="what lists call it; an open link to the issue with this label is not made twice",
    )  # fmt: skip
    make.add_argument(
        "--renew", action="store_true",
        help="end the open links with this label as the new one is made, as after a run that was "
        "cut off before it printed the address",
    )  # fmt: skip
    until = make.add_mutually_exclusive_group()
    until.add_argument(
        "--days", type=_to_days, default=USUAL_DAYS, metavar="N",
        help=f"it ends after that many days, at midnight ({USUAL_DAYS} without it)",
    )  # fmt: skip
    until.add_argument(
        "--endless", action="store_true", help="it has no end; of published figures alone"
    )
    make.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="holds what readers are asked for"
    )
    make.add_argument(
        "--address-file", type=Path, metavar="FILE",
        help="keeps the address for its owner, so that a run after one that was cut off has it",
    )  # fmt: skip
    add_author(make)
    links = add_command(
        group, "list", _list, "list number, issue, label, end and how often opened, parted by tabs"
    )
    links.add_argument("--issue", type=int, metavar="ISSUE", help="those to one issue")
    end = add_command(group, "end", _end, "end a link at once")
    end.add_argument("link", type=int, metavar="LINK", help="its number, as list shows it")
    add_author(end)


def _make(options: argparse.Namespace) -> Answer:
    file: Path | None = options.address_file
    kept: Path | None = None
    with opened_store() as store:
        token, known = _token_in(store, file)
        if known is not None and known.opens(clock.now()):
            if (known.issue, known.label) != (options.issue, options.label):
                raise CommandRefused(f"{file} keeps the address of link {known.id}: name another")
            if not options.renew:
                said = f"link {known.id} with this label is open: {ADDRESS}{token}"
                return Answer(said, _document(known, token), ExitCode.UNCHANGED)
        if token is None or known is not None:
            token = new_token()
            # First, so that it outlasts a kill, and that nothing is made where it cannot be kept.
            if file is not None:  # and beside it while the old link is open
                kept = file.with_name(f"{file.name}.new") if options.renew else file
                write_secret(kept, f"{ADDRESS}{token}")
        share, made = store.shares.create_once(
            options.issue,
            token,
            label=options.label,
            now=clock.now(),
            expires_at=None if options.endless else _midnight_after(options.days),
            passphrase=secret_in(options.passphrase_file) or None,
            author=options.author,
            renew=options.renew,
        )
    if made:
        if file is not None and kept is not None:
            kept.replace(file)
        return Answer(f"{ADDRESS}{token}", _document(share, token))
    if file is not None:
        file.unlink(missing_ok=True)  # it opens nothing
    said = (
        f"link {share.id} with this label is open; its address was shown once: "
        "--renew makes another and ends it"
    )
    return Answer(said, _document(share, None), ExitCode.UNCHANGED)


def _token_in(store: Store, file: Path | None) -> tuple[Token | None, Share | None]:
    """Return the token that a file keeps, and the link it opens or opened, as far as any.

    Raises
    ------
    CommandRefused
        If the file keeps something else, which would be guessed, or lost.
    """
    if file is None or not file.exists():
        return None, None
    token = token_of(secret_in(file).removeprefix(ADDRESS))
    if token is None:
        raise CommandRefused(f"{file} keeps no address of a link: name another file")
    return token, store.shares.of_token(token)


def _document(share: Share, token: Token | None) -> dict[str, Any]:
    return {"link": _plain(share), "address": None if token is None else f"{ADDRESS}{token}"}


def _midnight_after(days: int) -> datetime:
    return clock.end_of_day(clock.today() + timedelta(days=days))


def _list(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        shares = store.shares.listed(options.issue)
    rows = [_plain(share) for share in shares]
    lines = "\n".join(map(_line, rows))
    return Answer(lines or "there are no links", {"links": rows})


def _line(link: Mapping[str, Any]) -> str:
    """Return a link as a list has it; of one that was ended, when that was."""
    ends = link["ended_at"] or link["ends_at"] or ""
    return "\t".join(map(str, (link["number"], link["issue"], link["label"], ends, link["opened"])))


def _end(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        before = store.shares.find(options.link)
        share = store.shares.revoke(options.link, clock.now(), options.author)
    if before.revoked_at is not None:
        said = f"link {share.id} was ended before"
        return Answer(said, {"link": _plain(share)}, ExitCode.UNCHANGED)
    return Answer(f"link {share.id} has ended", {"link": _plain(share)})


def _plain(share: Share) -> dict[str, Any]:
    return {
        "number": share.id, "issue": share.issue, "label": share.label, "author": share.author,
        "made_at": share.created_at.isoformat(),
        "ends_at": share.expires_at.isoformat() if share.expires_at else None,
        "ended_at": share.revoked_at.isoformat() if share.revoked_at else None,
        "passphrase": share.protected, "opened": share.opened,
    }  # fmt: skip
