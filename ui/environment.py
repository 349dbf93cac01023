"""The one place of the app that reads the environment."""

from __future__ import annotations

import os

from data.settings import Settings


def settings() -> Settings:
    """Return what the environment says of this installation."""
    return Settings.from_environ(os.environ)
