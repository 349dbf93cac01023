"""Links to issues: they open for who may read, until they end, on both databases."""

from __future__ import annotations

import hashlib
import logging
import re
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier, Event
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import event, insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from data.store import passphrases, schema
from data.store.attempts import (
    ATTEMPTS,
    ATTEMPTS_ANYWHERE,
    ATTEMPTS_IN_ALL,
    WINDOW,
    Attempts,
    forget_attempts,
)
from data.store.connection import writing
from data.store.errors import (
    DamagedIssue,
    PassphraseTooPlain,
    PassphraseTooShort,
    ShareLabelTooLong,
    ShareNeedsProtection,
    ShareOverAlready,
    ShareTooLong,
    ShareUnlabelled,
    TooManyPassphrases,
    UnknownIssue,
    UnknownShare,
)
from data.store.links import (
    LONGEST_LABEL,
    MOST_DAYS,
    Locked,
    Opened,
    Share,
    Shares,
)
from data.store.passphrases import AT_ONCE, lock, propose_passphrase
from data.store.store import Store
from data.store.tickets import (
    TICKET_LASTS,
)
from data.store.tokens import Token

OpenStore = Callable[[str], Store]
NOW = datetime(2026, 10, 25, 1, 2, 3, 4, UTC)
SECOND = timedelta(seconds=1)
WEEK = timedelta(days=7)
DOCUMENT = b'{"schema": 1}'
PASSPHRASE = "晋阳湖畔2026"


@pytest.fixture
def store(store: Store) -> Store:
    """A store with an issue of published figures, 1, and one of unpublished ones, 2."""
    for unpublished in (False, True):
        store.issues.issue(
            "zone", 2026, DOCUMENT, 1,
            issued_at=NOW, unpublished=unpublished, p_all=0.38, answers={"gdp": 0.46},
        )  # fmt: skip
    return store


@pytest.fixture
def shares(store: Store) -> Shares:
    return store.shares


def share(shares: Shares, issue: int = 1, **given_: Any) -> tuple[Share, Token]:
    return shares.create(issue, **({"label": "王主任", "now": NOW, "author": "analyst"} | given_))


def protected(shares: Shares, issue: int = 2, **given_: Any) -> tuple[Share, Token]:
    return share(shares, issue, expires_at=NOW + WEEK, passphrase=PASSPHRASE, **given_)


def rows(store: Store) -> list[dict[str, Any]]:
    with store._engine.connect() as connection:
        query = select(schema.share).order_by(schema.share.c.id)
        return [dict(row._mapping) for row in connection.execute(query)]


def test_a_link_opens_the_issue_byte_for_byte(shares: Shares, store: Store) -> None:
    made, token = share(shares)

    opened = shares.open(token, None, NOW + WEEK * 1000)

    assert made == Share(1, 1, "王主任", "analyst", NOW, None, protected=False)
    assert opened == Opened(made, store.issues.find(1))


def test_a_link_is_counted_by_who_shows_it_and_not_by_who_looks(shares: Shares) -> None:
    (made, token), (gone_, _) = share(shares), share(shares)

    shares.open(token, None, NOW)
    assert shares.find(made.id) == made
    for _ in range(3):
        shares.count(made.id)
    shares.delete(gone_.id, NOW)
    shares.count(gone_.id)
    shares.count(99)

    assert shares.find(made.id) == replace(made, opened=3)


def test_only_a_passphrase_that_is_tried_keeps_other_writers_waiting(
    shares: Shares, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever loads a page, bots included, would."""
    (_, plain), (_, locked) = share(shares), protected(shares)
    opened = shares.open(locked, PASSPHRASE, NOW)
    assert isinstance(opened, Opened)

    @contextmanager
    def forbidden(*_: object) -> Iterator[None]:
        raise AssertionError("a transaction that writes")
        yield

    monkeypatch.setattr("data.store.links.writing", forbidden)
    monkeypatch.setattr("data.store.people.writing", forbidden)
    for word in (None, PASSPHRASE):
        assert isinstance(shares.open(plain, word, NOW), Opened)
    assert isinstance(shares.open(locked, None, NOW), Locked)
    assert isinstance(shares.resume(locked, opened.ticket, NOW), Opened)
    assert shares.open("A" * 43, PASSPHRASE, NOW) is None
    with pytest.raises(AssertionError):
        shares.open(locked, PASSPHRASE, NOW)


def test_a_ticket_opens_its_own_link_again_in_every_process_for_a_while(
    shares: Shares, store: Store, open_store: OpenStore
) -> None:
    (made, token), (_, other) = protected(shares), protected(shares)
    opened = shares.open(token, PASSPHRASE, NOW)
    assert isinstance(opened, Opened)
    elsewhere, ticket = open_store(store.database_url).shares, opened.ticket

    assert elsewhere.resume(token, ticket, NOW) == Opened(made, store.issues.find(2))
    assert elsewhere.resume(token, ticket, NOW + TICKET_LASTS) is None
    assert elsewhere.resume(other, ticket, NOW) is None
    assert elsewhere.resume(token, "", NOW) is None
    assert ticket not in repr(opened)
    shares.revoke(made.id, NOW)
    assert elsewhere.resume(token, ticket, NOW) is None


def before_computing(monkeypatch: pytest.MonkeyPatch, happens: Callable[[str], object]) -> None:
    """Have something happen each time before a passphrase is computed, with what it is held to."""
    verify = passphrases._ARGON2.verify

    class Waiting:
        def verify(self, kept: str, plain: bytes) -> bool:
            happens(kept)
            return verify(kept, plain)

    monkeypatch.setattr(passphrases, "_ARGON2", Waiting())


def computing_is_heard(monkeypatch: pytest.MonkeyPatch, heard: list[str]) -> None:
    """Keep what each computation of a passphrase costs, by its parameters."""
    before_computing(monkeypatch, lambda kept: heard.append(" ".join(kept.split("$")[1:4])))


def test_more_passphrases_than_are_computed_at_once_are_turned_away_whatever_the_link(
    shares: Shares, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, locked), (_, plain) = protected(shares), share(shares)
    monkeypatch.setattr("data.store.passphrases.PATIENCE", 0.0)
    inside, done = Barrier(AT_ONCE + 1), Event()

    def wait(_: str) -> None:
        inside.wait(30)
        done.wait(30)

    before_computing(monkeypatch, wait)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        trying = [pool.submit(shares.open, locked, PASSPHRASE, NOW) for _ in range(AT_ONCE)]
        inside.wait(30)
        for token in (locked, plain, "A" * 43):
            with pytest.raises(TooManyPassphrases):
                shares.open(token, "wrong one", NOW)
        assert isinstance(shares.open(plain, None, NOW), Opened), "who reads does not wait"
        done.set()

    assert all(isinstance(one.result(), Opened) for one in trying)
    assert shares.find(1).opened == 0
    monkeypatch.undo()
    assert shares.open(locked, "wrong one", NOW) == Locked(ATTEMPTS - 1), "none was counted"


def test_a_protected_link_opens_with_its_passphrase_only(shares: Shares, store: Store) -> None:
    made, token = protected(shares)

    assert shares.open(token, None, NOW) == Locked(ATTEMPTS)
    assert shares.open(token, "晋阳湖畔2025", NOW) == Locked(ATTEMPTS - 1)
    assert shares.open(token, PASSPHRASE, NOW) == Opened(made, store.issues.find(2))
    assert made.protected


@pytest.mark.parametrize("passphrase", ["湖畔12345A", " 湖畔１２３４５Ａ　", "湖畔12345Ａ\n"])
def test_a_passphrase_is_the_same_however_it_is_typed(shares: Shares, passphrase: str) -> None:
    _, token = share(shares, passphrase=" 湖畔１２３４５A")

    assert isinstance(shares.open(token, passphrase, NOW), Opened)
    assert isinstance(shares.open(token, "湖畔12345a", NOW), Locked)


def test_a_passphrase_given_to_a_link_without_one_does_no_harm(shares: Shares) -> None:
    _, token = share(shares, passphrase="  ")

    assert isinstance(shares.open(token, PASSPHRASE, NOW), Opened)


def test_a_link_to_unpublished_figures_has_both_passphrase_and_expiry(
    shares: Shares, store: Store
) -> None:
    later = NOW + WEEK
    for given_ in (
        {}, {"expires_at": later}, {"passphrase": PASSPHRASE},
        {"expires_at": later, "passphrase": "  "},
    ):  # fmt: skip
        with pytest.raises(ShareNeedsProtection) as refused:
            share(shares, 2, **given_)
        assert refused.value.values == {"number": 2}

    assert rows(store) == []
    assert protected(shares)[0].expires_at == later


def test_tokens_are_random_and_256_bits_long(shares: Shares) -> None:
    tokens = [share(shares)[1] for _ in range(20)]

    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    assert len(set(tokens)) == 20
    assert len({token[place] for token in tokens for place in range(42)}) > 40


def test_neither_token_nor_passphrase_is_in_the_database(shares: Shares, store: Store) -> None:
    _, token = protected(shares)

    (row,) = rows(store)
    held = repr(row)
    assert row["token_sha256"] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in held
    assert PASSPHRASE not in held
    assert row["passphrase_argon2"].startswith("$argon2id$")
    assert (row["salt"], row["passphrase_scrypt"]) == (None, None)


def test_the_same_passphrase_is_kept_in_another_way_each_time(shares: Shares, store: Store) -> None:
    for _ in range(2):
        protected(shares)

    one, other = rows(store)
    assert one["passphrase_argon2"] != other["passphrase_argon2"]


def test_no_token_or_passphrase_reaches_a_log_a_repr_or_an_error(
    shares: Shares, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store._engine.echo = "debug"
    made = protected(shares)
    token = made[1]
    opened = [shares.open(token, word, NOW) for word in (None, "wrong one", PASSPHRASE)]
    with store._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE share RENAME TO away")
    with pytest.raises(DatabaseError) as failed:
        shares.open(token, PASSPHRASE, NOW)
    with pytest.raises(DatabaseError) as not_made:
        protected(shares)

    said = [caplog.text, repr(made), repr(opened)]
    said += ["".join(traceback.format_exception(error.value)) for error in (failed, not_made)]
    assert "INSERT INTO share" in said[0]
    assert "王主任" in said[0]
    assert "Token(...)" in said[1]
    for text in said:
        assert token not in text
        assert PASSPHRASE not in text


def gone(shares: Shares) -> dict[str, str]:
    """Return tokens that open nothing, by why."""
    at_once, one = NOW + SECOND, timedelta(microseconds=1)
    tokens = {"wrong": "A" * 43}
    _, tokens["expired"] = share(shares, expires_at=at_once)
    _, tokens["expired, with a passphrase"] = share(
        shares, 2, expires_at=at_once, passphrase=PASSPHRASE
    )
    for why, end in (("revoked", shares.revoke), ("deleted", shares.delete)):
        for made, token in (share(shares), protected(shares)):
            end(made.id, NOW + one)
            tokens[f"{why}{', with a passphrase' if made.protected else ''}"] = token
    return tokens


def test_wrong_expired_revoked_and_deleted_tokens_are_answered_alike_after_the_same_work(
    shares: Shares, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work is the queries and what is computed; measuring time would tell of the machine."""
    tokens, work = gone(shares), []
    before = rows(store)

    def asked(_: object, __: object, statement: str, *___: object) -> None:
        work.append(statement)

    event.listen(store._engine, "after_cursor_execute", asked)
    computing_is_heard(monkeypatch, work)
    answers = []
    for token in tokens.values():
        for passphrase in (None, "", "wrong one", PASSPHRASE):
            work.clear()
            answer = shares.open(token, passphrase, NOW + SECOND)
            answers.append((answer, passphrase, tuple(work)))

    assert {answer for answer, _, _ in answers} == {None}
    assert len({did for _, passphrase, did in answers if not passphrase}) == 1
    ((*_, asked_for, computing),) = {did for _, passphrase, did in answers if passphrase}
    assert asked_for.startswith("SELECT")
    assert computing == "argon2id v=19 m=19456,t=2,p=1"
    assert len(tokens) == 7
    assert rows(store) == before


def test_a_passphrase_is_computed_once_whether_or_not_there_is_one(
    shares: Shares, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, plain), (_, locked) = share(shares), protected(shares)
    heard: list[str] = []
    computing_is_heard(monkeypatch, heard)
    for token in (plain, locked):
        shares.open(token, "wrong one", NOW)
        shares.open(token, PASSPHRASE, NOW)

    assert len(heard) == 4
    assert len(set(heard)) == 1


@pytest.mark.parametrize(
    "token", ["", "\0", "链接", "\ud800", "A" * 10**6, "%", "A" * 42, "' OR 1=1 --"]
)
def test_nothing_opens_with_a_token_that_was_not_given(shares: Shares, token: str) -> None:
    _, real = share(shares)

    for attempt in (token, f"{real}=", f" {real}", real[:-1], real.swapcase()):
        for passphrase in (None, "\ud800\0", PASSPHRASE):
            assert shares.open(attempt, passphrase, NOW) is None


def test_a_link_expires_at_its_moment_whatever_time_zone_that_was_given_in(
    shares: Shares,
) -> None:
    china = timezone(timedelta(hours=8))
    made, token = share(shares, expires_at=(NOW + SECOND).astimezone(china))
    before = NOW + SECOND - timedelta(microseconds=1)

    assert made.expires_at == shares.find(1).expires_at == NOW + SECOND
    for moment in (before, before.astimezone(china)):
        assert isinstance(shares.open(token, None, moment), Opened)
        assert shares.still_open(1, moment) == shares.find(1)
    for moment in (NOW + SECOND, (NOW + SECOND).astimezone(china), NOW + WEEK):
        assert shares.open(token, None, moment) is None
        assert shares.still_open(1, moment) is None


def test_a_moment_without_its_time_zone_is_no_moment(shares: Shares, store: Store) -> None:
    made, token = share(shares)
    local = NOW.replace(tzinfo=None)
    before = rows(store)

    for attempt in (
        lambda: share(shares, now=local),
        lambda: share(shares, expires_at=local + WEEK),
        lambda: shares.open(token, None, local),
        lambda: shares.still_open(made.id, local),
        lambda: shares.revoke(made.id, local),
        lambda: shares.delete(made.id, local),
    ):
        with pytest.raises(ValueError, match="time zone"):
            attempt()

    assert rows(store) == before


def test_a_revoked_link_ends_at_once_also_for_who_has_it_open(shares: Shares) -> None:
    made, token = protected(shares)
    assert isinstance(shares.open(token, PASSPHRASE, NOW), Opened)
    assert shares.still_open(made.id, NOW) == made

    revoked = shares.revoke(made.id, NOW + SECOND)

    assert revoked == replace(made, revoked_at=NOW + SECOND)
    assert shares.open(token, PASSPHRASE, NOW) is None
    assert shares.still_open(made.id, NOW) is None
    assert shares.revoke(made.id, NOW + WEEK) == shares.find(made.id) == revoked
    assert shares.listed(2) == (revoked,)


def test_a_deleted_link_leaves_the_lists_and_its_label_is_forgotten(
    shares: Shares, store: Store
) -> None:
    kept, _ = share(shares)
    made, token = share(shares)
    shares.count(made.id)

    shares.delete(made.id, NOW + SECOND)

    assert shares.open(token, None, NOW) is None
    assert shares.still_open(made.id, NOW) is None
    assert shares.listed(1) == shares.listed() == (kept,)
    row = rows(store)[-1]
    assert (row["label"], row["opened"]) == ("", 1)
    assert (row["revoked_at"], row["deleted_at"]) == (NOW + SECOND, NOW + SECOND)
    assert share(shares)[0].id == made.id + 1


def test_a_revoked_link_that_is_deleted_was_revoked_when_it_was(
    shares: Shares, store: Store
) -> None:
    made, _ = share(shares)
    shares.revoke(made.id, NOW)

    shares.delete(made.id, NOW + SECOND)

    assert rows(store)[0]["revoked_at"] == NOW


def test_links_are_listed_by_issue_the_newest_first(shares: Shares) -> None:
    one, _ = share(shares)
    other, _ = protected(shares)
    two, _ = share(shares, label=" 李  处长　")

    assert two.label == "李 处长"
    assert shares.listed(1) == (two, one)
    assert shares.listed(2) == (other,)
    assert shares.listed() == (two, other, one)
    assert [shares.listed(number) for number in (0, 3, 2**31)] == [()] * 3


def test_after_five_wrong_passphrases_a_link_is_closed_for_the_rest_of_the_window(
    shares: Shares, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = protected(shares)
    _, other = protected(shares)
    tried = [shares.open(token, "wrong one", NOW + place * SECOND) for place in range(ATTEMPTS)]
    closed = Locked(0, NOW + WINDOW)

    assert tried == [*(Locked(left) for left in range(ATTEMPTS - 1, 0, -1)), closed]
    with monkeypatch.context() as patch:
        patch.setattr(passphrases, "_ARGON2", None)
        for word in (None, "wrong one", PASSPHRASE):
            assert shares.open(token, word, NOW + WINDOW - SECOND) == closed
    assert isinstance(shares.open(other, PASSPHRASE, NOW), Opened)
    assert shares.open(token, None, NOW + WINDOW) == Locked(ATTEMPTS)
    assert isinstance(shares.open(token, PASSPHRASE, NOW + WINDOW), Opened)
    assert [row["failures"] for row in rows(store)] == [ATTEMPTS, 0]


def test_a_new_window_opens_with_the_first_wrong_passphrase_after_the_last(
    shares: Shares,
) -> None:
    _, token = protected(shares)
    for _ in range(ATTEMPTS):
        shares.open(token, "wrong one", NOW)

    later = NOW + WINDOW + SECOND
    assert shares.open(token, "wrong one", later) == Locked(ATTEMPTS - 1)
    assert shares.open(token, None, later + WINDOW - SECOND) == Locked(ATTEMPTS - 1)
    assert shares.open(token, None, later + WINDOW) == Locked(ATTEMPTS)


def test_who_opens_a_link_gives_no_further_attempts_to_others(shares: Shares) -> None:
    _, token = protected(shares)
    shares.open(token, "wrong one", NOW)

    assert isinstance(shares.open(token, PASSPHRASE, NOW), Opened)
    assert shares.open(token, None, NOW) == Locked(ATTEMPTS - 1)


def test_asking_for_the_passphrase_uses_up_no_attempt(shares: Shares) -> None:
    _, token = protected(shares)

    for word in (None, "", " \u3000") * ATTEMPTS:
        assert shares.open(token, word, NOW) == Locked(ATTEMPTS)


def test_attempts_are_limited_over_all_who_try_at_once(
    shares: Shares, store: Store, open_store: OpenStore
) -> None:
    _, token = protected(shares)
    others = [open_store(store.database_url).shares for _ in range(8)]
    together = Barrier(8)

    def attempt(one: Shares) -> list[Opened | Locked | None]:
        together.wait()
        return [one.open(token, "wrong one", NOW) for _ in range(2)]

    with ThreadPoolExecutor(8) as pool:
        answers = [answer for ones in pool.map(attempt, others) for answer in ones]

    lefts = [answer.remaining for answer in answers if isinstance(answer, Locked)]
    assert (len(lefts), max(lefts) < ATTEMPTS) == (16, True)
    assert rows(store)[0]["failures"] == ATTEMPTS
    assert shares.open(token, PASSPHRASE, NOW) == Locked(0, NOW + WINDOW)


def test_of_many_guesses_at_once_no_more_are_looked_at_than_were_left(
    shares: Shares, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right one may be among them: it was begun first, and took one of those that were left."""
    _, token = protected(shares)

    def guess(_: str) -> None:
        monkeypatch.undo()
        for _ in range(ATTEMPTS):
            shares.open(token, "wrong one", NOW)

    before_computing(monkeypatch, guess)

    assert isinstance(shares.open(token, PASSPHRASE, NOW), Opened)
    assert rows(store)[0]["failures"] == ATTEMPTS - 1


def test_a_flood_from_one_address_keeps_no_other_out(shares: Shares, store: Store) -> None:
    _, token = protected(shares)
    for _ in range(3 * ATTEMPTS_IN_ALL):
        answer = shares.open(token, "wrong one", NOW, visitor="192.0.2.1")
    assert answer == Locked(0, NOW + WINDOW)

    assert rows(store)[0]["failures"] == ATTEMPTS
    assert isinstance(shares.open(token, PASSPHRASE, NOW, visitor="192.0.2.2"), Opened)
    assert shares.open(token, PASSPHRASE, NOW, visitor="192.0.2.1") == answer


def test_whoever_has_read_a_link_gets_through_a_flood_from_everywhere(
    shares: Shares, open_store: OpenStore, store: Store
) -> None:
    """Its ticket is over by then, and tells who is asking."""
    _, token = protected(shares)
    _, other = protected(shares)
    before = NOW - timedelta(days=3)
    opened = shares.open(token, PASSPHRASE, before, visitor="10.0.0.9")
    assert isinstance(opened, Opened)
    for place in range(ATTEMPTS_IN_ALL + 5):
        shares.open(token, "wrong one", NOW, visitor=f"192.0.2.{place}")

    forget_attempts()  # as another process
    ticket = opened.ticket
    assert shares.open(token, PASSPHRASE, NOW, visitor="10.0.0.8") == Locked(0, NOW + WINDOW)
    assert shares.open(token, PASSPHRASE, NOW, ticket=f"{ticket}0") == Locked(0, NOW + WINDOW)
    assert isinstance(shares.open(token, PASSPHRASE, NOW, ticket=ticket), Opened)
    assert shares.knows(token, ticket, NOW)
    assert not shares.knows(other, ticket, NOW)
    tried = [shares.open(token, "wrong one", NOW, ticket=ticket) for _ in range(ATTEMPTS)]
    assert tried[-1] == Locked(0, NOW + WINDOW)
    assert rows(store)[0]["failures"] == ATTEMPTS_IN_ALL, "its own are not counted with strangers'"


def test_one_address_tries_only_so_many_links_be_there_such_or_not(
    shares: Shares, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = protected(shares)
    for place in range(ATTEMPTS_ANYWHERE):
        assert shares.open(f"{place}", "wrong one", NOW, visitor="192.0.2.7") is None
    monkeypatch.setattr(passphrases, "_ARGON2", None)

    assert shares.open("another", "wrong one", NOW, visitor="192.0.2.7") is None
    assert shares.open(token, PASSPHRASE, NOW, visitor="192.0.2.7") == Locked(0, NOW + WINDOW)


def test_a_database_that_cannot_be_written_opens_links_and_counts_in_memory(
    shares: Shares, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made, token), (_, plain) = protected(shares), share(shares)
    monkeypatch.setattr("data.store.links.BRIEF", 0.05)
    with writing(store._engine):
        assert isinstance(shares.open(plain, None, NOW), Opened)
        assert isinstance(shares.open(token, PASSPHRASE, NOW), Opened)
        shares.count(made.id)
        tried = [shares.open(token, "wrong one", NOW) for _ in range(ATTEMPTS)]
        assert tried[-1] == shares.open(token, PASSPHRASE, NOW) == Locked(0, NOW + WINDOW)

    assert [row["failures"] for row in rows(store)] == [0, 0]
    assert shares.find(made.id).opened == 0


def test_a_link_that_is_revoked_while_its_passphrase_is_computed_does_not_open(
    shares: Shares, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, token = protected(shares)
    before_computing(monkeypatch, lambda _: shares.revoke(made.id, NOW))

    assert shares.open(token, PASSPHRASE, NOW) is None
    assert shares.find(made.id).opened == 0


def test_many_who_open_a_link_at_once_are_all_let_in_and_counted(
    shares: Shares, store: Store, open_store: OpenStore
) -> None:
    _, token = protected(shares)
    others = [open_store(store.database_url).shares for _ in range(8)]
    together = Barrier(8)

    def attempt(one: Shares) -> Opened | Locked | None:
        together.wait()
        answer = one.open(token, PASSPHRASE, NOW)
        one.count(1)
        return answer

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, others))

    assert all(isinstance(answer, Opened) for answer in answers)
    assert shares.find(1).opened == 8


def test_many_who_make_links_at_once_get_numbers_and_tokens_of_their_own(
    shares: Shares, store: Store, open_store: OpenStore
) -> None:
    others = [open_store(store.database_url).shares for _ in range(6)]
    together = Barrier(6)

    def attempt(one: Shares) -> tuple[Share, Token]:
        together.wait()
        return share(one)

    with ThreadPoolExecutor(6) as pool:
        made = dict(pool.map(attempt, others))

    assert sorted(one.id for one in made) == [*range(1, 7)]
    for one, token in made.items():
        opened = shares.open(token, None, NOW)
        assert isinstance(opened, Opened)
        assert opened.share.id == one.id


def test_a_damaged_document_is_not_shown_and_not_counted(shares: Shares, store: Store) -> None:
    made, token = share(shares)
    with store._engine.begin() as connection:
        connection.execute(schema.issue.update().values(document=b"other"))

    with pytest.raises(DamagedIssue):
        shares.open(token, None, NOW)

    assert shares.find(made.id) == made


IMPOSSIBLE: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"label": ""}, ShareUnlabelled),
    ({"label": " \u3000\n"}, ShareUnlabelled),
    ({"label": "名" * (LONGEST_LABEL + 1)}, ShareLabelTooLong),
    ({"expires_at": NOW}, ShareOverAlready),
    ({"expires_at": NOW - SECOND}, ShareOverAlready),
    ({"passphrase": "12345"}, PassphraseTooShort),
    ({"passphrase": "  12345  "}, PassphraseTooShort),
    ({"passphrase": "aaaaaa"}, PassphraseTooPlain),
    ({"passphrase": "888666"}, PassphraseTooPlain),
    ({"passphrase": "123456"}, PassphraseTooPlain),
    ({"passphrase": "１２３４５６７"}, PassphraseTooPlain),
    ({"passphrase": "0987654321"}, PassphraseTooPlain),
    ({"passphrase": "fedcba"}, PassphraseTooPlain),
    ({"passphrase": "QWERTY"}, PassphraseTooPlain),
    ({"passphrase": "password"}, PassphraseTooPlain),
    ({"passphrase": "abc123"}, PassphraseTooPlain),
    ({"passphrase": "20261130"}, PassphraseTooPlain),
    ({"passphrase": "2026年11月30日"}, PassphraseTooPlain),
    ({"passphrase": "woaini1314"}, PassphraseTooPlain),
    ({"passphrase": "houma2026"}, PassphraseTooPlain),
    ({"passphrase": "开发区2026"}, PassphraseTooPlain),
    ({"passphrase": "1qaz2wsx"}, PassphraseTooPlain),
    ({"label": "\0"}, ValueError),
    ({"author": "\0"}, ValueError),
]
"""What links cannot be made with."""


def test_a_link_that_cannot_be_is_not_made(shares: Shares, store: Store) -> None:
    for given_, error in IMPOSSIBLE:
        with pytest.raises(error):
            share(shares, **given_)

        assert rows(store) == [], given_


def test_a_link_is_as_short_as_can_be_and_its_label_as_long(shares: Shares) -> None:
    made, token = share(
        shares,
        label="名" * LONGEST_LABEL,
        expires_at=NOW + timedelta(microseconds=1),
        passphrase="湖畔晨雾红叶",
    )

    assert len(made.label) == LONGEST_LABEL
    assert isinstance(shares.open(token, "湖畔晨雾红叶", NOW), Opened)


def test_a_link_to_unpublished_figures_ends_within_a_quarter(shares: Shares, store: Store) -> None:
    last = NOW + timedelta(days=MOST_DAYS + 1)  # the end of its last day

    with pytest.raises(ShareTooLong):
        share(shares, 2, passphrase=PASSPHRASE, expires_at=last + SECOND)
    assert rows(store) == []

    share(shares, 2, passphrase=PASSPHRASE, expires_at=last)
    share(shares, 1, passphrase=PASSPHRASE, expires_at=last + SECOND)
    assert len(rows(store)) == 2


def test_a_link_of_0_1_0_still_opens_with_its_plain_passphrase(shares: Shares) -> None:
    _, token = share(shares, passphrase=PASSPHRASE)
    salt = bytes(16)
    kept = hashlib.scrypt(b"123456", salt=salt, n=2**14, r=8, p=1)
    with shares._engine.begin() as connection:
        cells = {"salt": salt, "passphrase_scrypt": kept, "passphrase_argon2": None}
        connection.execute(schema.share.update().values(cells))

    assert shares.open(token, PASSPHRASE, NOW) == Locked(ATTEMPTS - 1)
    opened = shares.open(token, "123456", NOW)
    assert isinstance(opened, Opened)
    assert opened.share.protected
    assert isinstance(shares.resume(token, opened.ticket, NOW), Opened)


def test_a_link_that_lasts_longer_may_show_nothing_that_is_not_published(shares: Shares) -> None:
    """Whatever is known on the day that it is opened: today's figures stand beside the issue."""
    last = NOW + timedelta(days=MOST_DAYS + 1)
    short, _ = share(shares, passphrase=PASSPHRASE, expires_at=last)
    long, _ = share(shares, passphrase=PASSPHRASE, expires_at=last + SECOND)
    without_end, _ = share(shares, passphrase=PASSPHRASE)

    assert (short.confidential, long.confidential, without_end.confidential) == (True, False, False)


def test_a_proposed_passphrase_is_taken_and_has_no_sign_that_looks_like_another(
    shares: Shares,
) -> None:
    some = {propose_passphrase() for _ in range(50)}

    assert len(some) == 50
    for one in some:
        assert lock(one) is not None
        assert len(one) == 8
        assert not set(one) & set("01ilo")


@pytest.mark.parametrize("number", [-1, 0, 3, 2**31, 10**30])
def test_what_does_not_exist_is_an_error(shares: Shares, number: int) -> None:
    share(shares)
    deleted, _ = share(shares)
    shares.delete(deleted.id, NOW)

    with pytest.raises(UnknownIssue):
        share(shares, number)
    for id in (number, deleted.id):
        for use in (
            lambda id=id: shares.find(id),
            lambda id=id: shares.revoke(id, NOW),
            lambda id=id: shares.delete(id, NOW),
        ):
            with pytest.raises(UnknownShare):
                use()
        assert shares.still_open(id, NOW) is None


@pytest.mark.parametrize(
    "cells",
    [
        {"id": 0},
        {"id": 1},
        {"issue": 3},
        {"token_sha256": "0"},
        {"token_sha256": None},
        {"salt": b"0"},
        {"passphrase_scrypt": b"0"},
        {"opened": -1},
        {"failures": 1},
        {"failing_since": NOW},
        {"deleted_at": NOW},
    ],
)
def test_no_link_is_stored_twice_or_to_nothing(
    shares: Shares, store: Store, cells: dict[str, object]
) -> None:
    share(shares)
    (row,) = rows(store)
    if "token_sha256" not in cells:
        cells = {"token_sha256": "0" * 64} | cells
    with store._engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(insert(schema.share).values(row | {"id": 2} | cells))


def test_no_two_links_have_one_token(shares: Shares, store: Store) -> None:
    share(shares)
    (row,) = rows(store)

    with store._engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(insert(schema.share).values(row | {"id": 2}))


# Attempts and expiry, without a database

steps = st.lists(
    st.timedeltas(timedelta(0), timedelta(minutes=8)) | st.just(timedelta(0)), max_size=60
)


@given(steps)
@example(
    [timedelta(0)] * ATTEMPTS + [WINDOW - timedelta(microseconds=1), timedelta(microseconds=1)]
)
def test_of_those_who_try_without_end_five_are_looked_at_in_each_window(
    waits: list[timedelta],
) -> None:
    attempts, now, looked_at = Attempts(), NOW, []
    for wait in waits:
        now += wait
        if attempts.until(now) is None:
            attempts = attempts.failed(now)
            looked_at.append(now)

    # No six of them are within one window of the first of them.
    windows: list[list[datetime]] = []
    for moment in looked_at:
        if not windows or moment >= windows[-1][0] + WINDOW:
            windows.append([])
        windows[-1].append(moment)
    assert all(len(window) <= ATTEMPTS for window in windows)
    assert attempts.since == (windows[-1][0] if windows else None)


@given(steps)
def test_whoever_is_told_to_wait_is_let_try_at_that_moment_and_not_before(
    waits: list[timedelta],
) -> None:
    attempts, now = Attempts(), NOW
    for wait in waits:
        now += wait
        until = attempts.until(now)
        assert (until is None) == (attempts.remaining(now) > 0)
        if until is None:
            attempts = attempts.failed(now)
        else:
            assert now < until <= now + WINDOW
            assert attempts.remaining(until - timedelta(microseconds=1)) == 0
            assert attempts.remaining(until) == ATTEMPTS


def test_a_clock_that_was_set_back_opens_nothing_that_was_closed() -> None:
    attempts = Attempts()
    for _ in range(ATTEMPTS):
        attempts = attempts.failed(NOW)

    assert attempts.until(NOW - timedelta(days=1)) == NOW + WINDOW


@given(st.integers(-3, 3), st.integers(-14, 14))
def test_a_share_opens_until_the_moment_of_its_expiry_in_every_time_zone(
    seconds: int, hours: int
) -> None:
    share = Share(1, 1, "a", "", NOW - timedelta(days=1), NOW, protected=False)
    moment = (NOW + timedelta(seconds=seconds)).astimezone(timezone(timedelta(hours=hours)))

    assert share.opens(moment) == (seconds < 0)
    assert share.expired(moment) == (seconds >= 0)
