"""A ticket is to one link, for a while, and cannot be made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ui.links.ticket import LASTS, issue_ticket, share_of

NOW = datetime(2026, 10, 25, 1, 2, 3, tzinfo=UTC)


@given(st.integers(1, 10**9), st.text())
def test_a_ticket_is_to_the_link_it_was_issued_for(share: int, token: str) -> None:
    ticket = issue_ticket(share, token, NOW)

    assert share_of(ticket, token, NOW) == share
    assert share_of(ticket, token + "x", NOW) is None


def test_a_ticket_lasts_for_a_while() -> None:
    ticket = issue_ticket(7, "token", NOW)

    assert share_of(ticket, "token", NOW + LASTS - timedelta(seconds=1)) == 7
    assert share_of(ticket, "token", NOW + LASTS) is None


@given(st.text())
def test_no_text_is_a_ticket(text: str) -> None:
    assert share_of(text, "token", NOW) is None


def test_a_ticket_for_another_link_or_for_longer_is_forged() -> None:
    share, until, mark = issue_ticket(7, "token", NOW).split(".")

    assert share_of(f"8.{until}.{mark}", "token", NOW) is None
    assert share_of(f"{share}.{int(until) + 1}.{mark}", "token", NOW) is None
    assert share_of(f"{share}.{until}.{mark[:-1]}", "token", NOW) is None
