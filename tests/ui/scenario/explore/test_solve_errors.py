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
from ui.frame.errors import told
from ui.language import Language


@pytest.mark.parametrize("language", Language)
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
    refused: OutlookError, named: str, language: Language
) -> None:
    (sentence,) = told(refused, language)

    assert named in sentence.replace("\\", "")
