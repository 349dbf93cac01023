"""A file that is gone, replaced, or where nothing may be written: read on, and never made anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from data.store.connection import OUT_OF_REACH, engine_of, make_file, writing
from data.store.errors import EmptyStore, LogWithoutDatabase
from data.store.links import Locked, Opened
from data.store.seed import ensure_seeded
from data.store.store import Store
from tests.data.drafts import growth, upload
from tests.postgres import PostgresServer

OpenStore = Callable[[str], Store]
NOW = datetime(2026, 10, 25, tzinfo=UTC)
PASSPHRASE = "晋阳湖畔2026"


@pytest.fixture
def live(tmp_path: Path, seeds_folder: Path, open_store: OpenStore) -> Store:
    """A store in a file of its own, which is open."""
    store = open_store(f"sqlite:///{tmp_path}/var/live.sqlite3")
    ensure_seeded(store, seeds_folder)
    return store


def test_only_their_owner_may_read_the_files_of_a_store(live: Store, tmp_path: Path) -> None:
    folder = tmp_path / "var"
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) == 3
    assert folder.stat().st_mode & 0o777 == 0o700

    for path in folder.iterdir():
        path.chmod(0o644)
    live.update()

    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_server_that_only_reads_yet_is_out_of_reach_of_writers_alone(
    seeds_folder: Path, postgres: PostgresServer
) -> None:
    with postgres.database() as url:
        store = Store.open(url)
        ensure_seeded(store, seeds_folder)
        only_reading = (
            f"ALTER DATABASE {url.rpartition('/')[2]} SET default_transaction_read_only = on"
        )
        with store._engine.begin() as connection:
            connection.execute(text(only_reading))
        store.close()

        with closing(Store.open(url)) as recovering:
            assert recovering.latest_vintage() == 1
            with pytest.raises(OUT_OF_REACH):
                recovering.commit(upload(growth(7.0)))
            recovering.shares.count(1)  # a link is shown and not counted
            assert recovering.latest_vintage() == 1


@pytest.mark.parametrize("left", ["nothing", "an empty file", "a file without vintages"])
def test_a_store_that_is_gone_is_told_and_not_made_anew(
    live: Store, tmp_path: Path, open_store: OpenStore, left: str
) -> None:
    live.close()
    file = tmp_path / "var" / "live.sqlite3"
    file.unlink()
    if left != "nothing":
        file.touch()
    if left == "a file without vintages":
        with pytest.raises(ZeroDivisionError):
            open_store(live.database_url).prepare(lambda: 1 / 0)  # type: ignore[arg-type]

    with pytest.raises(EmptyStore, match=r"live\.sqlite3 is empty"):
        open_store(live.database_url).update()

    assert file.exists() == (left != "nothing")


def test_no_store_is_made_beside_the_log_of_one_that_was_moved_away(
    live: Store, tmp_path: Path, open_store: OpenStore, seeds_folder: Path
) -> None:
    (tmp_path / "var" / "live.sqlite3").rename(tmp_path / "aside")

    with pytest.raises(LogWithoutDatabase):
        ensure_seeded(open_store(live.database_url), seeds_folder)


def test_what_is_committed_after_a_file_was_moved_away_is_refused_and_never_written_to_it(
    live: Store, tmp_path: Path
) -> None:
    for path in list((tmp_path / "var").iterdir()):
        path.rename(tmp_path / path.name)

    with pytest.raises(OperationalError):
        live.commit(upload(growth(7.0)))
    with pytest.raises(OperationalError):
        live.latest_vintage()

    for path in tmp_path.glob("live*"):
        path.rename(tmp_path / "var" / path.name)
    assert live.latest_vintage() == 1
    assert live.commit(upload(growth(7.0))) == 2


def test_a_file_that_was_put_in_place_of_another_is_read_without_a_restart(
    live: Store, tmp_path: Path
) -> None:
    live.commit(upload(growth(7.0)))
    folder, other = tmp_path / "var", tmp_path / "other"
    other.mkdir()
    with closing(Store.open(f"sqlite:///{shutil.copy(folder / 'live.sqlite3', other)}")) as store:
        store.commit(upload(growth(7.5)))
    for path in list(folder.iterdir()):
        path.rename(tmp_path / path.name)
    (other / "live.sqlite3").rename(folder / "live.sqlite3")

    assert live.latest_vintage() == 3


def test_a_locked_database_is_read_and_who_writes_is_patient_for_as_long_as_asked(
    live: Store,
) -> None:
    with writing(live._engine):
        assert live.latest_vintage() == 1
        with pytest.raises(OUT_OF_REACH), writing(live._engine, patience=0.05):
            pass
    assert live.commit(upload(growth(7.0))) == 2


@contextmanager
def mounted(folder: Path) -> Iterator[Callable[[str], None]]:
    """Mount a file system of two megabytes on a folder; give what mounts it anew with options."""

    def mount(*arguments: str) -> None:
        subprocess.run(["mount", *arguments, str(folder)], check=True)

    mount("-t", "tmpfs", "-o", "size=2m", "tmpfs")
    try:
        yield lambda options: mount("-o", f"remount,{options}")
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("state", ["read-only", "full"])
def test_where_nothing_can_be_written_a_store_is_read_and_goes_on_afterwards(
    tmp_path: Path, seeds_folder: Path, state: str
) -> None:
    """In a process that may mount, for itself alone."""
    (tmp_path / "small").mkdir()
    arguments = [__name__, str(tmp_path / "small"), str(seeds_folder), state]
    command = ["unshare", "--map-root-user", "--mount", sys.executable, "-m", *arguments]

    done = subprocess.run(command, capture_output=True, text=True)

    assert (done.returncode, done.stdout.split()) == (0, ["open", "reopened", "again"]), done.stderr


def read_where_nothing_can_be_written(folder: Path, seeds_folder: Path, state: str) -> None:
    with mounted(folder) as remount:
        url, filler = f"sqlite:///{folder / 'live.sqlite3'}", None
        with closing(Store.open(url)) as store:
            ensure_seeded(store, seeds_folder)
            store.issues.issue(
                "zone", 2026, b"{}", 1, issued_at=NOW, unpublished=False, p_all=0.5, answers={}
            )
            _, token = store.shares.create(1, label="王主任", now=NOW, passphrase=PASSPHRASE)
            if state == "full":
                filler = fill(folder)
                refuse_commit(store)
            print("open")
        if filler is None:
            remount("ro")
        with closing(Store.open(url)) as store:
            assert store.update() == 1
            refuse_commit(store)
            assert isinstance(store.shares.open(token, PASSPHRASE, NOW), Opened)
            assert isinstance(store.shares.open(token, "wrong one", NOW), Locked)
            store.shares.count(1)
            print("reopened")
            if filler is None:
                remount("rw")
            else:
                filler.unlink()
            assert store.commit(upload(growth(7.0))) == store.latest_vintage() == 2
            store.shares.count(1)
            assert store.shares.find(1).opened in (1, 2)  # a full disk may have room for one
            print("again")


def fill(folder: Path) -> Path:
    """Fill a file system to the last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            os.sync()
    return filler


def refuse_commit(store: Store) -> None:
    with pytest.raises(OUT_OF_REACH):
        store.commit(upload(growth(7.0), files={"a": os.urandom(500_000)}))
    assert store.latest_vintage() == 1
    assert len(store.figures(1, "zone")) == 2


if __name__ == "__main__":
    read_where_nothing_can_be_written(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])


def test_what_was_asked_with_a_value_fails_without_telling_it(database_url: str) -> None:
    make_file(database_url)
    engine = engine_of(database_url)
    try:
        with engine.connect() as connection, pytest.raises(DBAPIError) as failed:
            connection.execute(text("SELECT :figure FROM gone"), {"figure": "1067300.4"})
    finally:
        engine.dispose()

    assert "gone" in str(failed.value)
    assert "1067300.4" not in str(failed.value)
