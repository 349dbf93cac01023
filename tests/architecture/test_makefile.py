"""A command of the Makefile runs whenever it is typed, whatever files and folders there are."""

import re
from pathlib import Path

MAKEFILE = (Path(__file__).resolve().parents[2] / "Makefile").read_text("utf-8")


def test_every_command_is_phony() -> None:
    """A folder called screenshots would otherwise count as its result, and nothing is done."""
    commands = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
    phony = re.search(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None

    assert "screenshots" in commands
    assert commands == set(phony[1].split())
