"""What the first visitor would wait for is there before."""

from __future__ import annotations

from forecasting.outlook.paths import uniforms_of
from tests.ui.desks import SAMPLE, open_desk
from ui.charts.fan_vega import fan_spec
from ui.overview.first_visit import prepare


def test_the_first_overview_makes_nothing_that_was_prepared() -> None:
    for made in (uniforms_of, fan_spec):
        made.cache_clear()
    prepare()
    before = [made.cache_info().misses for made in (uniforms_of, fan_spec)]

    open_desk("overview", **SAMPLE)

    assert [made.cache_info().misses for made in (uniforms_of, fan_spec)] == before == [1, 2]
    assert fan_spec.cache_info().hits > 2
