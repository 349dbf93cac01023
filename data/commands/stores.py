"""A whole store: made, verified, backed up, restored, moved, and its audit log."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from data.commands.command import (
    THE_STORE,
    Answer,
    Listed,
    add_command,
    address,
    environment,
    settings,
    write_new,
)
from data.settings import backup_key
from data.store.audit import rows_of
from data.store.backup import back_up, move, restore, verify
from data.store.connection import companions, file_of
from data.store.errors import EmptyStore
from data.store.schema import place_of
from data.store.seed import ensure_ready, lacks_samples
from data.store.store import Store
from data.workbook.write.csv_text import csv_of


def add_to(listed: Listed) -> None:
    """Add the commands on a whole store."""
    add_command(
        listed, "init", _init, "make a fresh store, where there is none",
        "Make a fresh store from the tables of SEEDS_FOLDER. One that is there stays. "
        f"The app makes none by itself. {THE_STORE}",
    )  # fmt: skip
    check = add_command(
        listed, "verify", _verify, "hold every figure, file and issue to its digest",
        "Compute the digest of every data vintage, file and issue anew, of the store "
        "or of a backup. The digest of the newest stands for all figures: note it elsewhere.",
    )  # fmt: skip
    check.add_argument(
        "source", nargs="?", metavar="SOURCE",
        help="a SQLite file or a backup, sqlite:///FILE or postgresql://...; the store without it",
    )  # fmt: skip
    backup = add_command(
        listed, "backup", _back_up, "write the store into one file",
        f"Write the store into one SQLite file, also while the app serves. {THE_STORE}",
    )  # fmt: skip
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that does not exist yet")
    again = add_command(
        listed, "restore", _restore, "write a backup into an empty database",
        "Write a backup into an empty database, after proving that it is as it was "
        f"written. {THE_STORE}",
    )  # fmt: skip
    again.add_argument("file", type=Path, metavar="FILE", help="a file that backup wrote")
    other = add_command(
        listed, "move", _move,
        "write the store into another database, such as from SQLite to PostgreSQL",
        "Write a store into another, empty database; the old one stays as it is. "
        "Stop the app first, and set DATABASE_URL to the new one before it starts again.",
    )  # fmt: skip
    other.add_argument(
        "source", metavar="SOURCE", help="a SQLite file, sqlite:///FILE or postgresql://..."
    )
    other.add_argument(
        "target", nargs="?", metavar="TARGET",
        help="sqlite:///FILE or postgresql://...; without it DATABASE_URL, which keeps a "
        "password out of the list of processes",
    )  # fmt: skip
    log = add_command(
        listed, "audit", _audit, "prove that the audit log is whole, and write it into a file",
        "Prove that no entry of the audit log was changed or removed: who committed, "
        "withdrew, issued, shared, revoked and saved what, and when. Its last digest stands for "
        f"all of it; note it elsewhere. {THE_STORE}",
    )  # fmt: skip
    log.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a .csv that does not exist yet"
    )


def _init(options: argparse.Namespace) -> Answer:
    of_app = settings()
    place = place_of(of_app.database_url)
    with closing(Store.open(of_app.database_url)) as store:
        try:
            latest = store.update()
            stays = not lacks_samples(store, of_app.seeds_folder, latest)
        except EmptyStore:
            stays = False
        if stays:
            said = f"{place} holds every data vintage to {latest}, and stays as it is"
        else:
            latest = ensure_ready(store, of_app.seeds_folder)
            said = f"{place} is a fresh store with the figures it starts from"
    return Answer(said, {"store": place, "vintage": latest})


def _verify(options: argparse.Namespace) -> Answer:
    source = _source(options.source) if options.source else address(None)
    found = verify(source, backup_key(environment()))
    said = [_read(source), f"every data vintage to {found.latest} is as it was committed"]
    return Answer(
        "\n".join((*said, f"digest {found.digest}") if found.digest else said),
        {"vintage": found.latest, "digest": found.digest},
    )


def _back_up(options: argparse.Namespace) -> Answer:
    key, read = backup_key(environment()), _read(address(None))
    latest = back_up(address(None), options.file, key)
    signed = ", signed" if key else ""
    return Answer(
        f"{read}\nwrote {options.file}{signed}: it holds every data vintage to {latest}",
        {"file": str(options.file), "signed": bool(key), "vintage": latest},
    )


def _restore(options: argparse.Namespace) -> Answer:
    key = backup_key(environment())
    latest = restore(options.file, address(None), key)
    signed = ", whose signature is right" if key else ""
    return Answer(
        f"read {options.file}{signed}\n{_wrote(address(None), latest)}",
        {"store": place_of(address(None)), "signed": bool(key), "vintage": latest},
    )


def _move(options: argparse.Namespace) -> Answer:
    source, read = _source(options.source), _read(_source(options.source))
    target = address(options.target)
    latest = move(source, target)
    return Answer(
        f"{read}\n{_wrote(target, latest)}", {"store": place_of(target), "vintage": latest}
    )


def _audit(options: argparse.Namespace) -> Answer:
    store = Store.open(address(None))
    entries = store.audit.entries()
    store.close()
    if options.file is not None:
        write_new(options.file, csv_of(rows_of(entries)))
    last = entries[-1].digest if entries else ""
    said = f"the audit log is whole: {len(entries)} entries"
    return Answer(
        said + (f", the last one {last}" if last else ""), {"entries": len(entries), "last": last}
    )


def _source(given: str) -> str | Path:
    return address(given) if "://" in given else Path(given)


def _read(source: str | Path) -> str:
    """Name every file that is read, or the server."""
    file = source if isinstance(source, Path) else file_of(source)
    if file is None:
        return f"read {place_of(str(source))}"
    there = [str(path) for path in (file, *companions(file)) if path.exists()]
    return f"read {', '.join(there) or file}"


def _wrote(database_url: str, latest: int) -> str:
    return f"wrote {place_of(database_url)}: it holds every data vintage to {latest}"
