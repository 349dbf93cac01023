"""A ticket is to one link, for a while, and cannot be made up; a token is not shown by chance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from data.store.passphrases import Lock
from data.store.tickets import (
    TICKET_LASTS,
    ticket_admits,
    ticket_to,
)
from data.store.tokens import Token

NOW = datetime(2026, 10, 25, 1, 2, 3, tzinfo=UTC)
LOCK = Lock("$argon2id$")
locks = st.none() | st.builds(Lock, st.text(min_size=1))


@given(st.text(), locks, locks)
@example("", None, Lock("\0"))
def test_a_ticket_is_to_the_link_it_was_made_for(
    token: str, lock: Lock | None, other: Lock | None
) -> None:
    ticket = ticket_to(token, lock, NOW)

    assert ticket_admits(ticket, token, lock, NOW)
    assert not ticket_admits(ticket, token + "x", lock, NOW)
    assert ticket_admits(ticket, token, other, NOW) == (lock == other)


def test_a_ticket_lasts_for_a_while() -> None:
    ticket = ticket_to("token", LOCK, NOW)

    assert ticket_admits(ticket, "token", LOCK, NOW + TICKET_LASTS - timedelta(seconds=1))
    assert not ticket_admits(ticket, "token", LOCK, NOW + TICKET_LASTS)


@given(st.text() | st.from_regex(r"[0-9]{1,13}\.[0-9a-f]{64}", fullmatch=True))
def test_no_text_is_a_ticket(text: str) -> None:
    assert not ticket_admits(text, "token", LOCK, NOW)


def test_a_ticket_for_longer_is_forged() -> None:
    until, mark = ticket_to("token", LOCK, NOW).split(".")

    assert not ticket_admits(f"{int(until) + 1}.{mark}", "token", LOCK, NOW)
    assert not ticket_admits(f"{until}.{mark[:-1]}", "token", LOCK, NOW)


def test_who_knows_the_token_alone_makes_no_ticket_to_a_link_with_a_passphrase() -> None:
    assert not ticket_admits(ticket_to("token", None, NOW), "token", LOCK, NOW)


def test_a_token_shows_itself_where_it_is_written_and_not_where_it_is_inspected() -> None:
    token = Token("secret")

    assert (f"/s/{token}", str(token), token == "secret") == ("/s/secret", "secret", True)
    assert "secret" not in repr((token, [token], {"token": token}))
