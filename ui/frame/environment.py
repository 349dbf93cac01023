"""The one place of the app that reads the environment, and what stands beside the code."""

from __future__ import annotations

import os
import tomllib
from functools import cache

from data.settings import ROOT, Settings
from data.settings import proxy_secret as secret_of_proxy


def settings() -> Settings:
    """Return what the environment says of this installation."""
    return Settings.from_environ(os.environ)


def proxy_secret() -> str:
    """Return by what a proxy proves that it may name who signed in."""
    return secret_of_proxy(os.environ)


@cache
def version() -> str:
    """Return the version of the program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
