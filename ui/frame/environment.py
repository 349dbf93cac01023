"""The one place of the app that reads the environment, and what stands beside the code."""

from __future__ import annotations

import os
import tomllib
from functools import cache

from data.settings import ROOT, Settings


def settings() -> Settings:
    """Return what the environment says of this installation."""
    return Settings.from_environ(os.environ)


@cache
def version() -> str:
    """Return the version of the program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
