"""Every chart of every page comes with its figures, and every page with where they are from."""

from __future__ import annotations

import pytest

from data.store.store import Store
from tests.ui.desks import FULL, SAMPLE, link, open_desk

PAGES = ("overview", "indicator", "scenario", "track", "claims", "plan")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_chart_has_its_figures(store: Store, page: str, lang: str) -> None:
    app = open_desk(page, **{**SAMPLE, "lang": lang}).app
    shown = app.session_state["page_files"]
    charts = app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart")

    assert charts
    for chart in charts:
        figures = shown.charts[chart.proto.alt]
        assert figures.title
        assert figures.rows
        assert {len(row) for row in figures.rows} == {len(figures.head)}
    assert shown.name == ("示例开发区" if lang == "zh" else "Sample zone (synthetic)")
    told = "".join(shown.provenance)
    for part in ("模拟数据", "数据版本1") if lang == "zh" else ("Simulated", "Vintage 1"):
        assert part in told


def test_a_scenario_is_marked_wherever_its_charts_go(store: Store) -> None:
    for asked, marked in ((SAMPLE, False), (link(FULL), True)):
        shown = open_desk("scenario", **asked).app.session_state["page_files"]
        assert ("情景" in shown.provenance) is marked
