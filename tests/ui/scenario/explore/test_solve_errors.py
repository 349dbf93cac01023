import pytest

from forecasting.errors import OutlookError
from forecasting.solve.errors import (
    BoundsRefused,
    LeverWithoutReach,
    NoAllClear,
    NotAnAction,
    ProjectFixed,
    WantRefused,
)
from ui.frame.errors import told
from ui.language import Language


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("refused", "named"),
    [
        (WantRefused(1.0), "100%"),
        (NoAllClear(2026), "2026"),
        (NotAnAction("gdp"), "gdp"),
        (BoundsRefused("tax", 5.0, -5.0, 1.0, 1.0), "-5"),
        (LeverWithoutReach("tax", 2026), "2026"),
        (ProjectFixed("P-7"), "P-7"),
    ],
    ids=lambda value: value.code if isinstance(value, OutlookError) else "",
)
def test_what_cannot_be_solved_for_is_told_with_what_it_is_about(
    refused: OutlookError, named: str, language: Language
) -> None:
    (sentence,) = told(refused, language)

    assert named in sentence.replace("\\", "")
