from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy import score
from benchmarks.exchange import Answer
from benchmarks.report import BEGIN, END, put
from benchmarks.series import Half, Series, read_series, select
from benchmarks.speed import Timing, ratios


def series(id: str = "a", half: Half = Half.CALIBRATION) -> Series:
    return Series(id, half, np.arange(1.0, 51.0), np.full(8, 60.0))


def answer(value: float, spread: float = 0.0) -> Answer:
    row = (value, value - spread, value + spread, value - 2 * spread, value + 2 * spread)
    return Answer(1.0, (row,) * 8)


def test_settings_that_show_the_same_history_share_a_key() -> None:
    short = Series("b", Half.HELD_OUT, np.arange(1.0, 31.0), np.ones(8))

    assert short.key("full history") == short.key("last 40") == "b:30"
    assert short.key("last 24") == "b:24"
    assert series().history("last 40").tolist() == list(range(11, 51))


def test_scores_are_relative_to_naive2_which_stands_in_where_a_method_failed() -> None:
    answers = {
        "naive2": {"a:50": answer(50)},
        "better": {"a:50": answer(55, spread=3)},
        "broken": {"a:50": answer(float("nan"))},
    }

    scores = score([series()], "full history", answers)

    assert scores["naive2"].owa == scores["broken"].owa == 1
    assert scores["broken"].failed == 1
    better = scores["better"]
    assert better.means.mase == pytest.approx(5 / 4)
    assert better.owa == pytest.approx((5 / 115 / (10 / 110) + 0.5) / 2)
    assert (better.means.coverage80, better.means.coverage95) == (0, 1)
    assert better.means.msis80 == pytest.approx((6 + 2 / 0.2 * 2) / 4)
    assert better.means.msis95 == pytest.approx(12 / 4)


def test_every_second_series_by_id_is_for_calibration_and_thinning_keeps_both(
    tmp_path: Path,
) -> None:
    lines = ["dataset,id,type,t,set,y"]
    for id in "dcbaefgh":
        lines += [f"M,{id},x,{t},{'train' if t < 30 else 'test'},{t + 1.0}" for t in range(38)]
    (tmp_path / "series.csv").write_text("\n".join(lines))

    everything = read_series(tmp_path / "series.csv")

    assert "".join(one.id for one in select(everything, Half.CALIBRATION, 1)) == "aceg"
    assert "".join(one.id for one in select(everything, None, 2)) == "abef"
    assert everything[0].train.tolist() == list(range(1, 31))


def test_series_without_logarithms_or_without_seasonal_errors_are_left_out() -> None:
    values = np.arange(1.0, 51.0)
    zero = Series("z", Half.HELD_OUT, values - 1, np.ones(8))
    still = Series("s", Half.HELD_OUT, np.append(values, np.full(24, 50.0)), np.ones(8))

    assert select([series(), zero, still], None, 1)[0].id == "a"
    assert not zero.scorable
    assert not still.scorable


def test_a_ratio_is_that_of_medians_between_the_worst_and_best_repeat() -> None:
    ours = [Timing(10, 1), Timing(20, 1), Timing(10, 1)]
    peer = [Timing(100, 1), Timing(100, 1), Timing(300, 1)]

    assert ratios(ours, peer) == (10, 5, 30)


def test_writing_the_tables_keeps_the_prose(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")

    put("new", document)
    put("newer", document)

    assert document.read_text() == f"before\n{BEGIN}\n\nnewer\n\n{END}\nafter\n"
