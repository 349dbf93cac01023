"""The outputs of the project are what was frozen, to the letter."""

from __future__ import annotations

import json

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


def test_what_is_frozen_does_not_rule_out_that_growth_persists() -> None:
    """Fixed investment fell for three quarters: one shock or a new pace, the forecast has both."""
    outlook = json.loads((FROZEN / "commands/outlook-nation.json").read_text("utf-8"))
    (own,) = (one for one in outlook["indicators"] if one["indicator"] == "fixed_asset_investment")
    said = own["quantiles"]

    assert own["latest"] == -5.7
    assert said["q10"] < own["latest"] < said["q50"] < said["q90"]
    page = (FROZEN / "issues/nation-zh-page.txt").read_text("utf-8")
    sentence = next(line for line in page.splitlines() if "主要是上年基数前高后低" in line)
    assert sentence.startswith("上半年下降5.7%，预计全年下降")


@pytest.mark.parametrize(
    ("now", "differs"),
    [
        ('"p": 0.4321001, "n": 8', False),
        ('"p": 0.4321009, "n": 8', False),
        ('"p": 0.4322, "n": 8', True),
        ('"p": 0.432105, "n": 8', True),
        ('"p": 0.4321001, "n": 9', True),
        ('"p": 0.4321001, "m": 8', True),
        ('"p": 0.4321001, "n": 8\nmore', True),
        ("", True),
    ],
)
def test_only_the_last_digits_of_a_number_may_differ(now: str, differs: bool) -> None:
    assert bool(differences("x", '"p": 0.4321001, "n": 8', now)) is differs


@pytest.mark.parametrize(("now", "differs"), [("-0.01018654", False), ("-0.01019", True)])
def test_the_difference_of_two_numbers_has_no_more_digits_than_they(
    now: str, differs: bool
) -> None:
    assert bool(differences("x", "-0.01018604", now)) is differs
