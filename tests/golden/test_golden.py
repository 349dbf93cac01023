"""The outputs of the project are what was frozen, to the letter."""

from __future__ import annotations

import pytest

from tests.golden.outputs import FROZEN, OUTPUTS
from tests.golden.text import differences

MOST_LINES = 80


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_is_as_it_was_frozen(name: str) -> None:
    frozen = (FROZEN / name).read_text("utf-8")

    changed = differences(name, frozen, OUTPUTS[name]()).splitlines()

    more = len(changed) - MOST_LINES
    rest = [f"... and {more} lines more"] if more > 0 else []
    told = "\n".join([*changed[:MOST_LINES], *rest])
    assert not changed, f"{name} changed; if that is meant, `make golden` writes it anew\n{told}"


def test_every_frozen_file_is_compared() -> None:
    files = {str(path.relative_to(FROZEN)) for path in FROZEN.rglob("*.*")}

    assert files == set(OUTPUTS)


@pytest.mark.parametrize(
    ("now", "differs"),
    [
        ('"p": 0.4321001, "n": 8', False),
        ('"p": 0.4321009, "n": 8', False),
        ('"p": 0.4322, "n": 8', True),
        ('"p": 0.4321001, "n": 9', True),
        ('"p": 0.4321001, "m": 8', True),
        ('"p": 0.4321001, "n": 8\nmore', True),
        ("", True),
    ],
)
def test_only_the_last_digits_of_a_number_may_differ(now: str, differs: bool) -> None:
    assert bool(differences("x", '"p": 0.4321001, "n": 8', now)) is differs
