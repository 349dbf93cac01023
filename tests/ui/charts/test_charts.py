import math
from dataclasses import replace

import altair
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.period import Quarter
from forecasting.models.predictive import ModelReport, Outlier, OutlierKind
from forecasting.record.reliability import Bin
from tests.ui.outlooks import make_history, make_verdict
from tests.ui.speakers import ZH
from ui.charts.dumbbell import dumbbell_spec
from ui.charts.fan_content import fan_of
from ui.charts.fan_vega import SMALL, fan_data, fan_spec
from ui.charts.gap_bars_vega import gap_spec
from ui.charts.growth import growth_data, history_spec, ytd_data
from ui.charts.palette import palette
from ui.charts.reliability import reliability_data, reliability_spec
from ui.charts.residuals import residuals_data, residuals_spec
from ui.charts.revisions import review_spec
from ui.charts.scale import BELOW_TARGET, AxisRange, horizon, robust, ticks
from ui.charts.schedule_vega import schedule_spec
from ui.charts.tornado import tornado_spec
from ui.charts.vega import MOST_QUARTERS, Rows
from ui.charts.waterfall_vega import waterfall_spec
from ui.charts.year_fan_vega import year_fan_spec


def part(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[frame["part"] == name]


def fan(**options: object) -> pd.DataFrame:
    verdict = make_verdict(0.5, **options)  # type: ignore[arg-type]
    return fan_data(fan_of(verdict, 2026, ZH, stamp="模拟数据"))


@pytest.mark.parametrize("dark", [False, True])
def test_a_chart_is_heard_as_its_sentence_and_not_mark_by_mark(dark: bool) -> None:
    specs = [history_spec(dark=dark), reliability_spec(dark=dark), residuals_spec(dark=dark)]

    assert [spec["config"]["mark"] for spec in specs] == [{"aria": False}] * 3


def test_a_fan_tells_every_quarter_at_a_pointer() -> None:
    flash = make_verdict(0.5, flash=True)
    told = dict(fan_of(flash, 2026, ZH).told)
    rows = part(fan_data(fan_of(flash, 2026, ZH)), "hover")

    assert rows["text"].tolist() == list(told.values())
    assert rows["x"].tolist() == [position - 0.5 for position in told]
    assert told[7].startswith("2026年全年：预计增长")
    assert "八成可能在" in told[7]
    assert [text for text in told.values() if text.endswith("（内部快报，尚未公布）")]


@pytest.mark.parametrize("median", [7.1, -20.0, 12.0, 4000.0])
def test_the_target_stands_at_the_same_height_in_every_panel(median: float) -> None:
    target = part(fan(median=median), "target")

    assert target["y"].tolist() == pytest.approx([BELOW_TARGET])
    assert target["text"].tolist() == ["7"]


def test_the_fan_opens_at_the_last_figure_of_the_year() -> None:
    rows = part(fan(), "fan")

    assert rows["x"].tolist() == [5, 6, 7]
    assert rows.iloc[0][["q0", "q6"]].nunique() == 1


def test_before_the_year_the_fan_has_no_figure_to_open_at() -> None:
    assert part(fan(ytd=()), "fan")["x"].tolist() == [4, 5, 6, 7]


def test_growth_of_thousands_of_percent_becomes_a_triangle_with_its_figure() -> None:
    frame = fan(ytd=(29923.9, 12.0))

    beyond = part(frame, "beyond")
    assert beyond["text"].tolist() == ["29,924"]
    assert beyond["shape"].tolist() == ["triangle-up"]
    assert part(frame, "now")["y"].between(0, 1).all()


def test_simulated_data_is_marked_inside_the_chart_and_real_data_is_not() -> None:
    plain = fan_data(fan_of(make_verdict(0.5), 2026, ZH))

    assert part(fan(), "stamp")["text"].tolist() == ["模拟数据"]
    assert part(plain, "stamp").empty


def test_every_chart_is_drawn_by_one_spec_that_never_changes() -> None:
    before = repr(fan_spec(dark=False, height=SMALL))
    fan(median=99.0)

    assert fan_spec(dark=False, height=SMALL) is fan_spec(dark=False, height=SMALL)
    assert repr(fan_spec(dark=False, height=SMALL)) == before
    assert fan_spec(dark=True, height=SMALL) != fan_spec(dark=False, height=SMALL)


def test_a_reliability_dot_stands_at_what_was_said_and_what_came() -> None:
    bins = (Bin(0.0, 0.1, 8, 2, 0.05, 0.07, 0.59), Bin(0.9, 1.0, 9, 9, 0.98, 0.7, 1.0))

    rows = reliability_data(bins, ZH, synthetic=True)
    dots, bars = part(rows, "bin"), part(rows, "interval")
    assert dots[["x", "y", "text"]].to_numpy().tolist() == [[0.05, 0.25, "8"], [0.98, 1.0, "9"]]
    assert bars[["x", "y", "y2"]].to_numpy().tolist() == [[0.05, 0.07, 0.59], [0.98, 0.7, 1.0]]
    assert part(rows, "diagonal")["x"].tolist() == part(rows, "diagonal")["y"].tolist()
    assert part(rows, "stamp")["text"].tolist() == ["模拟数据"]


SPECS = {
    "fan": fan_spec(dark=False, height=SMALL),
    "history": history_spec(dark=False),
    "reliability": reliability_spec(dark=False),
    "residuals": residuals_spec(dark=False),
    "review": review_spec(dark=False),
    "years": year_fan_spec(dark=False),
    "dumbbell": dumbbell_spec(3, dark=False),
    "tornado": tornado_spec(3, dark=False),
    "waterfall": waterfall_spec(3, dark=False),
    "gaps": gap_spec(300, dark=False),
    "schedule": schedule_spec(300, dark=False),
}


@pytest.mark.parametrize("name", SPECS)
def test_a_spec_is_vega_lite_without_data(name: str) -> None:
    spec = SPECS[name]

    assert "'data'" not in repr(spec)
    assert "datasets" not in spec
    altair.LayerChart.from_dict(spec)  # against the schema of Vega-Lite


def test_the_cumulative_line_breaks_at_new_year() -> None:
    history = make_history()

    rows = part(
        ytd_data(history, 7.0, ZH, until=history.origin, synthetic=False, reference=False), "line"
    )
    assert rows["group"].unique().tolist() == ["2025", "2026"]


def test_an_axis_of_history_runs_to_the_present_past_the_last_figure() -> None:
    """Six quarters of figures and two without: the last figure stands in the sixth of eight."""
    history, until = make_history(), Quarter(2026, 4)

    ytd = ytd_data(history, 7.0, ZH, until=until, synthetic=False, reference=False)
    single = growth_data(history, (), ZH, until=until, synthetic=False)

    assert part(ytd, "line")["x"].max() == pytest.approx(5.5 / 8)
    assert part(single, "bar")["x2"].max() == pytest.approx((5.5 + 0.36) / 8)
    assert len(part(ytd, "line")) == 6


def test_outlier_quarters_are_ringed() -> None:
    outlier = Outlier(Quarter(2025, 2), OutlierKind.ADDITIVE, -20.0)

    rows = growth_data(make_history(), (outlier,), ZH, until=Quarter(2026, 2), synthetic=False)
    assert len(part(rows, "outlier")) == 1
    assert len(part(rows, "bar")) == 6


def test_a_change_of_definition_is_not_called_an_outlier() -> None:
    kinds = {2: OutlierKind.ADDITIVE, 3: OutlierKind.DEFINITION, 4: OutlierKind.ADDITIVE}
    outliers = tuple(Outlier(Quarter(2025, q), kind, 9.0) for q, kind in kinds.items())
    model = ModelReport("sarima", (0, 1, 1), None, (), outliers, 40, ())
    verdict = replace(make_verdict(0.5), model=model)

    rows = fan_data(fan_of(verdict, 2026, ZH))
    assert len(part(rows, "outlier")) == 3
    assert part(rows, "outlier_label")["text"].tolist() == ["异常季度", "口径变更"]


def test_a_flash_is_a_hollow_point_whichever_year_it_is_of() -> None:
    verdict = make_verdict(0.5)
    inside = frozenset({Quarter(2025, 4), Quarter(2026, 1)})
    flash = replace(verdict, history=replace(verdict.history, unpublished=inside))

    published, mixed = (fan_data(fan_of(one, 2026, ZH)) for one in (verdict, flash))
    assert part(published, "flash").empty
    assert part(mixed, "flash")["x"].tolist() == [3, 4]
    assert [*part(mixed, "flash")["x"], *part(mixed, "point")["x"]] == [3, 4, 5]
    (layer,) = [one for one in fan_spec(dark=False, height=SMALL)["layer"] if "'flash'" in str(one)]
    assert layer["encoding"]["fill"]["value"] == palette(dark=False)["paper"]


def test_a_flash_beyond_the_frame_is_a_hollow_triangle() -> None:
    verdict = make_verdict(0.5, ytd=(29923.9, 12.0))
    inside = replace(verdict.history, unpublished=frozenset({Quarter(2026, 1)}))

    rows = fan_data(fan_of(replace(verdict, history=inside), 2026, ZH))
    assert part(rows, "beyond")["group"].tolist() == ["hollow"]
    assert part(rows, "flash").empty


def errors(*values: float) -> tuple[tuple[Quarter, float], ...]:
    return tuple((Quarter(2016, 1) + step, value) for step, value in enumerate(values))


def test_errors_stand_between_dashed_lines_at_two_standard_deviations() -> None:
    rows = residuals_data(errors(0.5, -1.9, 2.2), {Quarter(2016, 2)}, ZH, synthetic=True)

    assert part(rows, "bound")["text"].tolist() == ["−2", "+2"]
    (low, high), places = part(rows, "bound")["y"], part(rows, "error")["y"].tolist()
    assert [low < place < high for place in places] == [True, True, False]
    assert part(rows, "outlier")["y"].tolist() == [places[1]]
    assert part(rows, "stem")["y2"].tolist() == places
    assert part(rows, "stamp")["text"].tolist() == ["模拟数据"]


def test_a_huge_error_is_a_triangle_with_its_figure() -> None:
    rows = residuals_data(errors(0.5, -0.4, -7.3), (), ZH, synthetic=False)

    assert part(rows, "beyond")["text"].tolist() == ["−7.3"]
    assert len(part(rows, "error")) == 2
    assert part(rows, "stem")["y2"].between(0, 1).all()


def test_errors_of_the_last_twelve_years_are_drawn_and_gaps_stay_open() -> None:
    many = errors(*([0.5] * 60))

    rows = part(residuals_data(many[:50] + many[51:], (), ZH, synthetic=False), "error")
    steps = rows["x"].diff().dropna() * MOST_QUARTERS
    assert len(rows) == MOST_QUARTERS - 1
    assert sorted(set(steps.round(6))) == [1.0, 2.0]


values = st.floats(-1e5, 1e5)


@given(st.lists(values, min_size=1, max_size=30))
def test_a_frame_of_a_history_holds_zero_and_its_middle_half(figures: list[float]) -> None:
    frame = robust(figures)

    middle = sorted(figures)[len(figures) // 4 : (3 * len(figures)) // 4 + 1]
    assert not any(frame.beyond(value) for value in [0.0, *middle])


@given(st.lists(values, max_size=9), st.lists(values, max_size=9))
def test_a_horizon_holds_its_core_and_keeps_the_target_height(
    core: list[float], wide: list[float]
) -> None:
    frame = horizon(core, wide)

    assert not any(frame.beyond(value) for value in core)
    assert math.isclose(frame.place(0.0), BELOW_TARGET)


@given(st.floats(-1e5, -0.01), st.floats(0.01, 1e5))
def test_ticks_are_at_most_four_and_hold_zero(low: float, high: float) -> None:
    marks = ticks(AxisRange(low, high))

    assert 0.0 in marks
    assert len(marks) <= 4
    assert all(low <= mark <= high for mark in marks)


def test_of_adjacent_triangles_only_the_furthest_out_is_labelled() -> None:
    rows = Rows(AxisRange(-1.0, 1.0), apart=2)
    for x, value in ((0, 2.04), (1, 3.06), (2, 2.5), (5, -1500.4)):
        rows.add_beyond(x, value, shown=value)

    assert part(rows.data(), "beyond")["text"].tolist() == ["", "3.1", "", "−1,500"]


def test_the_large_fan_is_whole_and_the_small_one_may_be_cut() -> None:
    verdict = make_verdict(0.5)
    far = tuple(
        replace(p, quantiles=p.quantiles._replace(q025=-900.0, q975=900.0)) for p in verdict.fan
    )
    verdict = replace(verdict, fan=far)

    def edges(*, whole: bool) -> set[float]:
        rows = part(fan_data(fan_of(verdict, 2026, ZH, whole=whole)), "fan")
        return {*rows["q0"], *rows["q6"]} & {0.0, 1.0}

    assert edges(whole=False) == {0.0, 1.0}
    assert edges(whole=True) == set()


def test_the_ring_of_a_bar_beyond_the_frame_stands_apart_from_its_triangle() -> None:
    history = make_history(ytd=(900.0, 450.0))
    outlier = Outlier(Quarter(2026, 1), OutlierKind.ADDITIVE, 900.0)

    rows = growth_data(history, (outlier,), ZH, until=history.origin, synthetic=False)
    assert part(rows, "outlier")["y"].item() < part(rows, "beyond")["y"].item() - 0.2
