"""Whatever a lost connection cuts off is told as unsure, and then as written or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from data.store.issues import Issues
from data.store.links import Shares
from data.store.people import People
from data.store.permissions import Role
from data.store.scenarios import Scenarios
from data.store.store import Store
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import write_scenario
from tests.data.drafts import upload
from tests.ui.desks import SAMPLE, latest_growth, open_desk, press, save
from tests.ui.issues.test_page import begin, make_link, submit
from tests.ui.links.visits import issue_example
from tests.ui.reading import Screen
from tests.ui.speakers import ZH

NOW = datetime(2026, 10, 25, tzinfo=UTC)
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
    issue_example(store, unpublished=False)
    return open_desk("issues", **SAMPLE), lambda page: make_link(page, 1, "王主任")


def end_link(way: str) -> Callable[[Store], tuple[Screen, Callable[[Screen], Screen]]]:
    def prepare(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
        issue_example(store, unpublished=False)
        store.shares.create(1, label="王主任", now=NOW)
        return open_desk("issues", **SAMPLE), lambda page: press(page, f"share_{way}_1")

    return prepare


def one_scenario(store: Store, *, removed: bool = False) -> Screen:
    saved = store.scenarios.save("SAMPLE", 2026, "甲", write_scenario(Scenario(name="甲")), 1)
    if removed:
        store.scenarios.remove(saved.id, saved.version)
    return open_desk("scenarios", **SAMPLE)


def newest(store: Store) -> int:
    return max(one.id for one in store.scenarios.listed("SAMPLE"))


def copy_one(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
    page = one_scenario(store)
    return page, lambda page: press(page, f"copy_{newest(store)}")


def remove_one(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
    page = one_scenario(store)
    return page, lambda page: press(page, f"delete_{newest(store)}")


def restore_one(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
    page = one_scenario(store, removed=True)
    (gone,) = store.scenarios.removed("SAMPLE")
    return page, lambda page: press(page, f"restore_{gone.id}")


def give_role(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
    page = open_desk("people", lang="zh")
    page.app.text_input[0].set_value("new@office")
    page.app.selectbox[0].set_value("administrator")
    return page, lambda page: submit(page, ZH("people.give"))


def take_role(store: Store) -> tuple[Screen, Callable[[Screen], Screen]]:
    store.people.put("chief@office", "", Role.ADMINISTRATOR, NOW)
    store.people.put("old@office", "", Role.READER, NOW)
    page = open_desk("people", lang="zh")
    page.app.selectbox(key="removed_person").set_value(store.people.find("old@office"))
    return page, lambda page: press(page, "remove_person")


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
        (
            Shares, "revoke", end_link("revoke"),
            lambda store: sum(one.revoked_at is not None for one in store.shares.listed(1)),
        ),
        (Shares, "delete", end_link("delete"), lambda store: 1 - len(store.shares.listed(1))),
        (
            Scenarios, "duplicate", copy_one,
            lambda store: sum("甲" in one.name for one in store.scenarios.listed("SAMPLE")) - 1,
        ),
        (Scenarios, "remove", remove_one, lambda store: len(store.scenarios.removed("SAMPLE"))),
        (
            Scenarios, "restore", restore_one,
            lambda store: 1 - len(store.scenarios.removed("SAMPLE")),
        ),
        (People, "put", give_role, lambda store: len(store.people.listed())),
        (People, "remove", take_role, lambda store: 2 - len(store.people.listed())),
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


def test_what_another_has_issued_meanwhile_is_not_ones_own(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin(open_desk("overview", **SAMPLE))
    through = Issues.issue

    def overtaken(
        of: Issues, area: str, year: int, document: bytes, *given: Any, **named: Any
    ) -> None:
        through(of, area, year, document + b" ", *given, **named)
        raise OperationalError("BEGIN", {}, Exception("connection lost"))

    with monkeypatch.context() as patch:
        patch.setattr(Issues, "issue", overtaken)
        submit(page, "出具")

    assert NOT_WRITTEN in Screen(page.app.run()).text
    assert store.issues.newest() == 1


def _away(store: Store) -> None:
    raise OperationalError("BEGIN", {}, Exception("away"))
