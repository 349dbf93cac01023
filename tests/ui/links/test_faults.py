"""Links while the database is away, locked or gone, and through a flood of wrong passphrases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import clock
from data.store.attempts import ATTEMPTS, ATTEMPTS_IN_ALL
from data.store.store import Store
from data.store.tickets import (
    TICKET_LASTS,
)
from tests.ui.links.visits import issue_example, visit
from ui.frame.store import store as links_store
from ui.links.network_address import place_of

PASSPHRASE = "晋阳湖畔2026"


def link(store: Store, *, passphrase: str | None = None) -> str:
    number = issue_example(store, unpublished=passphrase is not None)
    now = datetime.now(UTC)
    end = now + timedelta(days=7)
    _, token = store.shares.create(
        number, label="王主任", now=now, expires_at=end, passphrase=passphrase
    )
    return token


def test_while_the_database_is_gone_a_link_is_answered_in_two_languages_and_opens_afterwards(
    store: Store,
) -> None:
    token, file = link(store), Path(store.database_url.removeprefix("sqlite:///"))
    assert visit(f"/s/{token}").status == 200
    file.rename(file.with_suffix(".aside"))

    away = visit(f"/s/{token}")
    assert (away.status, away.headers["retry-after"]) == (503, "5")
    assert "数据库暂时不能读取" in away.text
    assert "The database cannot be read for the time being" in away.text
    assert away.headers["content-security-policy"].startswith("default-src 'none'")

    file.with_suffix(".aside").rename(file)
    assert visit(f"/s/{token}").status == 200


def test_while_others_write_links_open_and_only_the_count_is_left_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_link, locked = link(store), link(store, passphrase=PASSPHRASE)
    monkeypatch.setattr("data.store.links.BRIEF", 0.05)
    file = store.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert visit(f"/s/{open_link}").status == 200
        assert visit(f"/s/{locked}", form={"passphrase": PASSPHRASE}).status == 303
        assert visit(f"/s/{locked}", form={"passphrase": "wrong"}).status == 403
        writer.execute("ROLLBACK")

    assert [share.opened for share in store.shares.listed()] == [0, 0]
    visit(f"/s/{open_link}")
    assert [share.opened for share in store.shares.listed()] == [0, 1]


def test_whoever_has_entered_before_enters_through_a_flood_of_wrong_passphrases(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = link(store, passphrase=PASSPHRASE)
    entered = visit(f"/s/{token}", form={"passphrase": PASSPHRASE})
    later = datetime.now(UTC) + 2 * TICKET_LASTS
    monkeypatch.setattr(clock, "now", lambda: later)
    shares = links_store().shares
    for place in range(ATTEMPTS_IN_ALL):
        shares.open(token, "wrong", later, visitor=f"192.0.2.{place}")

    stranger = visit(f"/s/{token}", form={"passphrase": PASSPHRASE})
    asked = visit(f"/s/{token}", cookie=entered.cookie)
    known = visit(f"/s/{token}", form={"passphrase": PASSPHRASE}, cookie=entered.cookie)

    assert (stranger.status, known.status) == (429, 303)
    assert "请输入口令" in asked.text
    assert "Max-Age=7776000" in entered.headers["set-cookie"]


def test_a_visitor_who_tries_too_often_is_sent_away_and_no_other(store: Store) -> None:
    token = link(store, passphrase=PASSPHRASE)
    tried = [visit(f"/s/{token}", form={"passphrase": "wrong"}) for _ in range(ATTEMPTS + 1)]

    assert tried[-1].status == 429
    elsewhere = links_store().shares.open(token, PASSPHRASE, datetime.now(UTC), visitor="192.0.2.9")
    assert elsewhere is not None
    assert not hasattr(elsewhere, "remaining")


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_a_visitor_is_told_by_what_one_connection_has_for_itself(
    host: str | None, place: str
) -> None:
    assert place_of(host) == place
