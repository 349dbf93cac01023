"""Where links and the page behind them are served: the one owner of these addresses.

All stand below Streamlit's option ``server.baseUrlPath``. Everybody enters by the link, which
counts, asks for the passphrase and gives the cookie; the page of the app takes that cookie. It is
of the whole site, since the page holds a connection elsewhere than at its own address, and has a
name for each link, of which it does not tell the token.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Self
from urllib.parse import quote

from ui.language import Language

SHARED = "shared"
"""The page of the app behind links."""
ENTERED = "entered"
"""Parameter that says that a cookie was just given; who brings none back keeps none."""


@dataclass(frozen=True, slots=True)
class Site:
    """The place of the app on its host; ``base`` is empty or starts with a slash."""

    base: str = ""

    @classmethod
    def at(cls, option: str | None) -> Self:
        """Return the site of a value of ``server.baseUrlPath``."""
        inner = (option or "").strip("/")
        return cls(f"/{inner}" if inner else "")

    @property
    def root(self) -> str:
        """The path below which everything of the app is."""
        return self.base or "/"

    @property
    def links(self) -> str:
        """The path below which links are."""
        return f"{self.base}/s/"

    @property
    def ready(self) -> str:
        """The path that says whether a process can answer with figures."""
        return f"{self.base}/ready"

    def link(self, token: str) -> str:
        """Return the path of a link."""
        return self.links + quote(token, safe="")

    def shared(self, token: str, language: Language) -> str:
        """Return where the page of the app is for who has entered by a link."""
        asked = f"?t={quote(token, safe='')}&lang={language}&{ENTERED}=1"
        return f"{self.base}/{SHARED}{asked}"


def cookie_of(token: str) -> str:
    """Return the name of the cookie for a link."""
    return f"zone_outlook_{sha256(token.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
