"""Every frozen output: the name of its file under ``frozen/`` and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.golden import commands, issues, pages, projects, readings

FROZEN = Path(__file__).parent / "frozen"
OUTPUTS: Mapping[str, Callable[[], str]] = (
    commands.outputs()
    | issues.outputs()
    | readings.outputs()
    | projects.outputs()
    | pages.outputs()
)
