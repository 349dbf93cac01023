import pytest

from forecasting.errors import (
    BoundsRefused,
    LeverWithoutReach,
    NoAllClear,
    NotAnAction,
    OutlookError,
    ProjectFixed,
    WantRefused,
)
from tests.ui.speakers import SPEAKERS
from ui.frame.errors import told
from ui.language import Speaker


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize(
    ("refused", "named"),
    [
        (WantRefused(wanted=1.0), "100%"),
        (NoAllClear(year=2026), "2026"),
        (NotAnAction(entry="gdp"), "gdp"),
        (BoundsRefused(entry="tax", low=5.0, high=-5.0, step=1.0, weight=1.0), "-5"),
        (LeverWithoutReach(lever="tax", year=2026), "2026"),
        (ProjectFixed(project="P-7"), "P-7"),
    ],
    ids=lambda value: value.code if isinstance(value, OutlookError) else "",
)
def test_what_cannot_be_solved_for_is_told_with_what_it_is_about(
    refused: OutlookError, named: str, say: Speaker
) -> None:
    (sentence,) = told(refused, say)

    assert named in sentence.replace("\\", "")
