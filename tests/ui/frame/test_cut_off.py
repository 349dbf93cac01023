"""Whatever a lost connection cuts off is told as unsure, and then as written or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from data.store.issues import Issues
from data.store.links import Shares
from data.store.scenarios import Scenarios
from data.store.store import Store
from tests.data.drafts import upload
from tests.ui.desks import SAMPLE, latest_growth, open_desk, press, save
from tests.ui.issues.test_page import begin, issue, make_link, submit
from tests.ui.reading import Screen

UNSURE, NOT_WRITTEN = "尚不能确定本次操作是否已写入", "上次操作时连接中断，没有写入"


@contextmanager
def cutting_off(
    monkeypatch: pytest.MonkeyPatch, of: type, name: str, *, written: bool
) -> Iterator[None]:
    """Cut off a write of the store before it is made, or after."""
    through = getattr(of, name)

    def cut_off(*given: Any, **named: Any) -> None:
        if written:
            through(*given, **named)
        raise OperationalError("COMMIT", {}, Exception("connection lost"))

    with monkeypatch.context() as patch:
        patch.setattr(of, name, cut_off)
        yield


def withdraw(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
    store.commit(upload(latest_growth(store, "SAMPLE", "gdp"), base=1))
    page = open_desk("vintages")
    page.app.text_input(key="withdraw_author").set_value("李工")
    return page, lambda page: press(page, "withdraw")


def put_out(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
    return begin(open_desk("overview", **SAMPLE)), lambda page: submit(page, "出具")


def save_one(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
    return open_desk("scenario", **SAMPLE), lambda page: save(page, "甲")


def link_one(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
    page = issue(open_desk("overview", **SAMPLE))
    return page, lambda page: make_link(page, 1, "王主任")


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize(
    ("of", "name", "prepare", "count"),
    [
        (Store, "withdraw", withdraw, lambda store: len(store.withdrawn(store.latest_vintage()))),
        (Issues, "issue", put_out, lambda store: store.issues.newest()),
        (
            Scenarios, "save", save_one,
            lambda store: sum(one.name == "甲" for one in store.scenarios.listed("SAMPLE")),
        ),
        (Shares, "create", link_one, lambda store: len(store.shares.listed(1))),
    ],
)  # fmt: skip
def test_what_is_cut_off_is_told_in_the_next_run(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    of: type,
    name: str,
    prepare: Callable[[Store], tuple[Screen, Callable[[Screen], Screen]]],
    count: Callable[[Store], int],
    written: bool,
) -> None:
    page, do = prepare(store)
    with cutting_off(monkeypatch, of, name, written=written):
        assert UNSURE in do(page).text
        with monkeypatch.context() as patch:
            patch.setattr(Store, "await_writers", _away)
            assert "数据库暂时无法使用" in Screen(page.app.run()).text

    page = Screen(page.app.run())

    assert (NOT_WRITTEN in page.text) == (not written)
    toasts = [toast.value for toast in page.app.toast]
    assert ("上次操作时连接中断，现已查明：已经写入。" in toasts) == written
    assert count(store) == int(written)
    assert UNSURE not in page.text
    assert NOT_WRITTEN not in Screen(page.app.run()).text


def _away(store: Store) -> None:
    raise OperationalError("BEGIN", {}, Exception("away"))
