"""The steps of the README and of docs/operating.md, run as they stand there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from data.store.backup import verify
from data.store.seed import ensure_seeded
from data.store.store import Store
from tests.data.drafts import growth, upload
from tests.postgres import running_server
from tests.server import ROOT, Server
from tests.ui.links.visits import issue_example, visit

OF_THE_APP = (".venv", "data", "forecasting", "seeds")


def steps(document: str, heading: str) -> list[str]:
    """Return the blocks of commands below a heading, as they stand in a document."""
    text = (ROOT / document).read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^```(?:sh)?\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    assert found, heading
    return found


def run(commands: str, folder: Path, user: str | None = None, **environ: str) -> str:
    done = subprocess.run(
        ["bash", "-eu", "-c", commands], cwd=folder, env=os.environ | environ, user=user,
        extra_groups=None if user is None else [], capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def contents(database: str | Path) -> Mapping[int, object]:
    url = f"sqlite:///{database}" if isinstance(database, Path) else database
    with closing(Store.open(url)) as store:
        return {
            number: (store.contents(number), store.files(number))
            for number in range(1, store.update() + 1)
        }


def test_the_steps_are_the_same_in_both_languages() -> None:
    (chinese,) = steps("README.zh-CN.md", "备份、恢复与迁移到 PostgreSQL")
    (english,) = steps("README.md", "Backup, restore, PostgreSQL")
    words = {"备份": "BACKUP", "用户": "USER", "口令": "PASSWORD", "主机": "HOST", "库名": "NAME"}
    for word, meant in words.items():
        chinese = chinese.replace(word, meant)
    assert chinese == english


def test_the_readme_names_every_file_that_a_store_in_use_consists_of(tmp_path: Path) -> None:
    """What is moved aside before ``restore`` are all of them."""
    database = tmp_path / "outlook.sqlite3"
    with closing(Store.open(f"sqlite:///{database}")) as store:
        ensure_seeded(store, ROOT / "seeds")
        used = {path.name for path in tmp_path.iterdir()}

    assert len(used) > 1
    for document in ("README.md", "README.zh-CN.md"):
        readme = (ROOT / document).read_text(encoding="utf-8")
        moved = readme[readme.index("- `restore`") : readme.index("- `move`")]
        assert {name for name in used if f"`{name}`" not in moved} == set(), document


@pytest.mark.slow
def test_a_store_that_was_served_is_the_same_after_each_step_of_the_readme(tmp_path: Path) -> None:
    (commands,) = steps("README.md", "Backup, restore, PostgreSQL")
    address = "postgresql://USER:PASSWORD@HOST/NAME"
    assert address in commands
    for name in OF_THE_APP:
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "var").mkdir()
    served = tmp_path / "var" / "outlook.sqlite3"
    database = f"sqlite:///{served}"
    python = ".venv/bin/python -m data"
    run(f"{python} init", tmp_path, DATABASE_URL=database)
    server = Server(tmp_path / "var")
    server.start()
    with closing(Store.open(database)) as store:
        store.commit(upload(growth(7.0, area="CN"), base=1, files={"a.csv": b"1"}))
    server.kill(signal.SIGTERM)
    (tmp_path / "var" / "log").unlink()
    assert [path.name for path in served.parent.iterdir()] == ["outlook.sqlite3"]
    elsewhere = tmp_path / "elsewhere.sqlite3"
    elsewhere.write_bytes(served.read_bytes())
    before, digest = contents(elsewhere), verify(elsewhere).digest

    with running_server() as postgres, postgres.database() as moved:
        told = run(
            commands.replace(address, moved.replace("+psycopg", "")), tmp_path,
            DATABASE_URL=database,
        )  # fmt: skip
        assert f"digest {digest}" in told
        assert contents(served) == contents(tmp_path / "old" / served.name) == before
        assert contents(moved) == before
        kept = f"{python} verify && {python} backup moved.sqlite3 && {python} verify moved.sqlite3"
        assert run(kept, tmp_path, DATABASE_URL=moved).count(f"digest {digest}") == 2
    again = f"sqlite:///{tmp_path}/again.sqlite3"
    run(f"{python} restore moved.sqlite3", tmp_path, DATABASE_URL=again)
    assert contents(again) == before
    assert (tmp_path / "BACKUP.sqlite3").stat().st_mode & 0o077 == 0


def is_recovering(store: Store) -> bool:
    with store._engine.connect() as connection:
        return bool(connection.scalar(text("SELECT pg_is_in_recovery()")))


@pytest.mark.slow
def test_postgresql_goes_back_to_a_point_in_time_and_links_are_answered_while_it_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_log, base_backup, go_back = steps(
        "docs/operating.md", "PostgreSQL: back to a point in time"
    )
    with running_server() as server, closing(Store.open(server.create())) as store:
        environ, user = server.environment(), server.user
        monkeypatch.setenv("DATABASE_URL", store.database_url)
        run(keep_log, server.folder, user, **environ)
        ensure_seeded(store, ROOT / "seeds")
        number = issue_example(store, unpublished=False)
        _, token = store.shares.create(number, label="王主任", now=datetime.now(UTC))
        assert visit(f"/s/{token}").status == 200
        run(base_backup, server.folder, user, **environ)
        store.commit(upload(growth(7.0, area="CN"), author="kept"))
        digest = verify(store.database_url).digest
        time.sleep(0.1)
        when = datetime.now(UTC).isoformat()
        time.sleep(0.1)
        store.commit(upload(growth(8.0, area="CN"), author="a mistake"))

        run("systemctl stop postgresql", server.folder, user, **environ)
        away = visit(f"/s/{token}")
        assert (away.status, "数据库暂时不能读取" in away.text) == (503, True)
        run("systemctl start postgresql", server.folder, user, **environ)
        assert visit(f"/s/{token}").status == 200
        assert store.latest_vintage() == 3

        run(go_back, server.folder, user, WHEN=when, **environ)
        assert visit(f"/s/{token}").status == 200  # also while it only reads
        end = time.monotonic() + 30
        while is_recovering(store) and time.monotonic() < end:
            time.sleep(0.1)
        assert [vintage.author for vintage in store.vintages()][1:] == ["kept"]
        assert verify(store.database_url).digest == digest
        assert store.commit(upload(growth(8.5, area="CN"))) == 3
