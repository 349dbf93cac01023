"""The numbers hang on no way in which a Python sums: from 3.12 on ``sum`` adds floats otherwise."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable
from typing import Any

import pytest

from forecasting.arrays import plain_sum
from tests.golden.outputs import OUTPUTS

COMMANDS = ("outlook-zone", "scenario-zone-projects", "solve-zone-projects", "news-zone")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_figure_is_summed_as_one_python_does(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, met = sum, []

    def watched(values: Iterable[Any], /, start: Any = 0) -> Any:
        values = list(values)
        module = sys._getframe(1).f_globals["__name__"]
        if module.startswith("forecasting.") and any(type(value) is float for value in values):
            met.append(module)
        return real(values, start)

    monkeypatch.setattr(builtins, "sum", watched)
    OUTPUTS[f"commands/{command}.json"]()

    assert met == []


def test_floats_are_added_one_after_the_other() -> None:
    tenths = [0.1] * 10

    assert plain_sum(tenths) == 0.9999999999999999
    assert plain_sum([]) == 0
