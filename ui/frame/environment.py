"""The one place of the app that reads the environment."""

from __future__ import annotations

import os

from data.settings import Settings
from data.settings import proxy_secret as secret_of_proxy


def settings() -> Settings:
    """Return what the environment says of this installation."""
    return Settings.from_environ(os.environ)


def proxy_secret() -> str:
    """Return by what a proxy proves that it may name who signed in."""
    return secret_of_proxy(os.environ)
