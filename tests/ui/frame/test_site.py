"""Every address of links stands below the prefix that the app is served at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.speakers import ZH
from ui.frame.site import Site, cookie_of


@pytest.mark.parametrize(
    ("option", "base"),
    [(None, ""), ("", ""), ("/", ""), ("outlook", "/outlook"), ("/a/b/", "/a/b")],
)
def test_a_prefix_is_the_same_however_it_is_written(option: str | None, base: str) -> None:
    site = Site.at(option)

    assert site.base == base
    assert site.root == (base or "/")
    assert site.link("token") == f"{base}/s/token"
    assert site.shared("token", ZH.language) == f"{base}/shared?t=token&lang=zh&entered=1"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_token_leads_out_of_the_site(token: str) -> None:
    site = Site.at("outlook")

    assert site.link(token).startswith("/outlook/s/")
    assert site.link(token).count("/") == 3
    assert site.link(token).isascii()


@given(st.text(), st.text())
def test_a_cookie_is_of_one_link_and_does_not_tell_the_token(token: str, other: str) -> None:
    assert (cookie_of(token) == cookie_of(other)) == (token == other)
    assert cookie_of(token).isascii()
    assert len(token) < 43 or token not in cookie_of(token)
