"""A commit that is cut off: the page says afterwards whether it was written.

``KILLS=30 .venv/bin/pytest -m slow tests/ui/workbook/test_interrupted.py`` kills thirty on each
database.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from random import Random
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from data.store.connection import writing
from data.store.seed import ensure_seeded
from data.store.store import Store
from data.store.vintages import Commit
from data.workbook.book import Place
from data.workbook.review import Line, Review, State
from tests.postgres import running_server
from tests.ui.conftest import ROOT
from tests.ui.reading import Screen
from tests.ui.workbook.test_page import TABLE, answer, commit, open_upload, put_in
from ui.frame import session
from ui.frame.session import UploadsUnderReview
from ui.language import Language, Speaker
from ui.workbook.review import headline

KILLS = int(os.environ.get("KILLS", "1"))
FORKING = get_context("forkserver")
FORKING.set_forkserver_preload([__name__, "pytest", "ui.workbook.commit", "ui.frame.cache"])
WRITTEN, NOT_WRITTEN = "已提交为数据版本", "没有写入"


def table(turn: int) -> bytes:
    """Return a file whose figures differ from turn to turn."""
    return TABLE.replace("4.9", str(5 + turn / 100)).encode()


def review(turn: int = 0) -> Screen:
    return answer(put_in(open_upload(), table(turn)).app)


@pytest.fixture
def restarted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Forget every review, as a process that is started again."""
    return lambda: monkeypatch.setattr(
        session, "_UNDER_REVIEW", UploadsUnderReview(9, 10**9, timedelta(hours=1))
    )


@pytest.mark.parametrize("written", [False, True])
def test_a_commit_that_is_cut_off_is_told_as_unsure_until_the_database_is_back(
    store: Store, monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    page, through = review(), Store.commit

    def cut_off(self: Store, draft: object) -> int:
        if written and isinstance(draft, Commit):
            through(self, draft)
        raise OperationalError("COMMIT", {}, Exception("connection lost"))

    with monkeypatch.context() as patch:
        patch.setattr(Store, "commit", cut_off)
        assert "尚不能确定本次提交是否已写入" in commit(page.app).text
        patch.setattr(Store, "committed", cut_off)
        assert "数据库暂时无法使用" in Screen(page.app.run()).text

    page = Screen(page.app.run())
    assert (NOT_WRITTEN in page.text, WRITTEN in page.title) == (not written, written)
    if not written:
        assert commit(page.app).title == "已提交为数据版本2。"
    assert store.latest_vintage() == 2


@pytest.mark.parametrize("written", [False, True])
def test_after_a_restart_the_address_of_a_review_tells_whether_it_was_written(
    store: Store, restarted: Callable[[], None], monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    page = review()
    address = page.url
    if written:
        commit(page.app)
    restarted()

    again = Screen(open_upload(review=address["review"]))

    assert (NOT_WRITTEN in again.text, WRITTEN in again.title) == (not written, written)
    assert NOT_WRITTEN not in put_in(open_upload(review=address["review"]), table(1)).text


@pytest.mark.parametrize(
    ("states", "told", "not_told"),
    [
        ([State.REFUSED], "均未能读入", "相同"),
        ([State.REFUSED, State.UNCHANGED], "已读入的与现有数据完全相同", "均"),
        ([State.UNCHANGED], "与现有数据完全相同，不需要提交", "已读入"),
    ],
)
def test_what_was_refused_is_not_told_as_identical(
    states: list[State], told: str, not_told: str
) -> None:
    lines = tuple(Line(state, Place("", 1, 1), "5") for state in states)
    reading = SimpleNamespace(open=(), remarks=(), answered={})
    text = headline(Review(reading, 1, lines), Speaker(Language.ZH)).replace(":primary", "")
    text = text.replace("[", "").replace("]", "")

    assert told in text
    assert not_told not in text


# Processes that are killed


def _run(begun: Connection, lines: Connection, what: str, url: str, argument: str) -> None:
    os.environ["DATABASE_URL"] = url
    if what == "commit":
        page = review(int(argument))
        page.app.text_input(key="author").set_value("王工")
        lines.send(page.url["review"])
        begun.recv()
        page.app.button(key="commit").click().run()
        lines.send("done")
    else:
        page = Screen(open_upload(review=argument))
        lines.send(f"{page.title} {page.text}")


def start(what: str, url: str, argument: str) -> tuple[object, Connection, Connection]:
    begun, begin = Pipe(duplex=False)
    lines, said = Pipe(duplex=False)
    process = FORKING.Process(target=_run, args=(begun, said, what, url, argument))
    process.start()
    begun.close()
    said.close()
    return process, begin, lines


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('killed')}/a.sqlite3"
        return
    with running_server() as server, server.database() as url:
        yield url.replace("+psycopg", "")


@pytest.mark.slow
def test_killed_while_it_commits_the_page_says_afterwards_whether_that_was_written(
    database: str,
) -> None:
    moments, duration, told = Random(7), 1.0, []
    with closing(Store.open(database.replace("postgresql:", "postgresql+psycopg:"))) as store:
        latest = ensure_seeded(store, ROOT / "seeds")
        for turn in range(KILLS + 1):
            process, begin, lines = start("commit", database, str(turn))
            token = lines.recv()
            since = time.perf_counter()
            begin.send("begin")
            if turn == 0:
                assert lines.recv() == "done"
                duration = time.perf_counter() - since
            else:
                time.sleep(moments.uniform(duration / 4, duration))
            process.kill()  # type: ignore[attr-defined]
            process.join()  # type: ignore[attr-defined]
            process, begin, lines = start("look", database, token)
            page = lines.recv()
            process.join()  # type: ignore[attr-defined]
            with writing(store._engine):
                pass  # once no other writer is left
            written = store.latest_vintage() > latest
            latest = store.latest_vintage()
            told.append("written" if written else "not")
            assert (f"{WRITTEN}{latest}" in page, NOT_WRITTEN in page) == (written, not written)
    print(f"{database.partition(':')[0]}: {told}")
    assert len(told) == KILLS + 1
