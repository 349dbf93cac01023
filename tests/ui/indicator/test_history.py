"""What the history on an indicator's page says of where its growth comes from."""

from __future__ import annotations

import pytest

from forecasting.figures.indicator import Measure, Observation
from tests.builders import chain, make_figures, periods
from tests.ui.speakers import EN, ZH
from ui.indicator.history import told_source
from ui.language import Speaker

LEVELS = make_figures(dict.fromkeys(periods("2024Q1", "2025Q4"), 100.0), Measure.LEVEL_YTD)
LAST = make_figures({"2025Q4": 6.9})


@pytest.mark.parametrize(
    ("figures", "say", "said"),
    [
        (LAST, ZH, "按公布数（%）"),
        (LEVELS, ZH, "未公布增速，由绝对量推算（%）"),
        ([*LEVELS, *LAST], ZH, "1个时期按公布数；其余3个时期未公布增速，由同口径绝对量推算（%）"),
        (
            [*LEVELS, *LAST],
            EN,
            "1 period as published; for the other 3, no growth is published: derived from "
            "levels on the same basis, %",
        ),
    ],
)
def test_growth_of_levels_is_told_from_published_growth(
    figures: list[Observation], say: Speaker, said: str
) -> None:
    assert told_source(chain(figures), say) == said
