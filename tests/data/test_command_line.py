"""``python -m data``: what it says, and that it acts on the store of the app."""

from __future__ import annotations

from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path

import pytest

from data.__main__ import main
from data.store.store import Store
from tests.data.drafts import growth, upload

OpenStore = Callable[[str], Store]
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command on a database; return its code, what it printed, and what went wrong."""

    def run_one(database_url: str, *arguments: object) -> tuple[int, str, str]:
        monkeypatch.setenv("DATABASE_URL", database_url)
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run_one


def test_backup_and_restore_are_of_the_store_of_the_app(
    store: Store, empty_database: str, open_store: OpenStore, run: Said, tmp_path: Path
) -> None:
    store.commit(upload(growth(7.0)))
    file = tmp_path / "a.sqlite3"

    saved = run(store.database_url, "backup", file)
    restored = run(empty_database.replace("+psycopg", ""), "restore", file)

    assert saved == (0, f"{file} holds every data vintage to 2\n", "")
    assert restored == (0, "the store holds every data vintage to 2\n", "")
    assert open_store(empty_database).contents(2) == store.contents(2)


@pytest.mark.parametrize("form", ["file", "address", "target from the environment"])
def test_a_store_moves_from_a_file_or_an_address_to_an_address(
    store: Store, empty_database: str, open_store: OpenStore, run: Said, form: str
) -> None:
    source = store.database_url
    if form == "file" and source.startswith("sqlite"):
        source = source.removeprefix("sqlite:///")

    if form == "target from the environment":
        said = run(empty_database, "move", source)
    else:
        said = run("sqlite:///untouched", "move", source, empty_database)

    assert said == (0, "the new database holds every data vintage to 1\n", "")
    assert open_store(empty_database).contents(1) == store.contents(1)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("restore", "nowhere"), "no data vintages in nowhere: name a file or database"),
        (("backup", "nowhere/a"), ".part: No such file or directory"),
        (("move", "a", "mysql://host/db"), "no database of a kind that is supported: 'mysql'"),
        (("move", "postgresql://x@127.0.0.1:1/x", "sqlite:///a"), "connection failed"),
    ],
)
def test_what_a_person_can_mend_is_said_in_one_line(
    store: Store, run: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    arguments: tuple[str, ...], line: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)

    code, out, err = run(store.database_url, *arguments)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("python -m data: ")
    assert line in err


def test_a_full_disk_is_said_without_a_file_that_it_does_not_name(
    store: Store, run: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fill(database_url: str, file: Path) -> int:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("data.__main__.back_up", fill)

    code, out, err = run(store.database_url, "backup", tmp_path / "a")

    assert (code, out) == (2, "")
    assert err == f"python -m data: [Errno {ENOSPC}] No space left on device\n"


def test_without_a_command_the_ones_there_are_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main([])
    assert "the following arguments are required: COMMAND" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--help"])
    helped = capsys.readouterr().out
    assert all(f"    {command} " in helped for command in ("backup", "restore", "move"))
    assert "DATABASE_URL" in helped
