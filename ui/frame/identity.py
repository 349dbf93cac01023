"""Who signed in, sealed by the guard of the server for the scripts behind it.

The guard (``ui.people.guard``) proves who sends a request: by the cookie of a sign-in with the
app, or by a proxy that people sign in with. It hands that on in a header of its own with a
signature, so that a script can tell it from what a browser says. Streamlit holds a session to the
account in another (``server.trustedUserHeaders``): nobody else can go on with it after a reconnect.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from itsdangerous import BadData, URLSafeSerializer
from streamlit.auth_util import get_secrets_auth_section
from streamlit.web.server.server_util import get_cookie_secret

from data import clock
from ui.frame import address
from ui.frame.environment import settings

HEADER, OWNER_HEADER = "X-Zone-Outlook-Identity", "X-Zone-Outlook-Account"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in.

    Attributes
    ----------
    account
        What the sign-in calls them.
    since
        When they signed in, or when a proxy last said so.
    """

    account: str
    since: datetime

    def is_over(self, now: datetime) -> bool:
        """Return whether they must sign in again after a while; whether they signed out is stored.

        A sign-in of a time yet to come would never be over, and counts for nothing.
        """
        age = now - self.since
        return not -AHEAD <= age < timedelta(hours=settings().sign_in_hours)

    def sealed(self) -> str:
        """Return the identity as a header holds it."""
        text = _seal().dumps([self.account, int(self.since.timestamp())])
        return text if isinstance(text, str) else text.decode()


AHEAD = timedelta(minutes=5)
"""By how much the clock of a provider may be ahead."""


def unsealed(text: str) -> Identity | None:
    """Return the identity in a header; None if the guard did not write it."""
    try:
        account, since = _seal().loads(text)
    except BadData:
        return None
    return Identity(account, datetime.fromtimestamp(since, UTC))


def signs_in() -> bool:
    """Return whether people sign in at all."""
    return bool(settings().sign_in_header) or with_provider()


@cache
def with_provider() -> bool:
    """Return whether they do so with the app: whether a provider is configured."""
    return bool(get_secrets_auth_section())


def identity() -> Identity | None:
    """Return who signed in of the session that runs; None for a visitor, and once it is over."""
    found = unsealed(address.header(HEADER))
    return None if found is None or found.is_over(clock.now()) else found


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(get_cookie_secret(), salt="identity")
