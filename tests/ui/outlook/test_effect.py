from tests.ui.outlooks import NATION, SAMPLE, make_outlook, make_verdict
from tests.ui.speakers import EN, ZH
from ui.charts.dumbbell import Pair
from ui.outlook.effect import pairs_of, sentence

NOW = make_outlook(0.3, make_verdict(0.4), make_verdict(0.7, name="tax"))


def test_all_together_come_first_then_each_the_least_likely_first() -> None:
    after = make_outlook(0.5, make_verdict(0.8), make_verdict(0.6, name="tax"))

    assert pairs_of(NOW, after, ZH) == [
        Pair("全部2项", 0.3, 0.5),
        Pair("税收收入", 0.7, 0.6),
        Pair("固定资产投资", 0.4, 0.8),
    ]


def test_what_counts_no_longer_comes_last_and_has_no_after() -> None:
    after = make_outlook(0.6, make_verdict(0.6, name="tax"))

    assert pairs_of(NOW, after, ZH) == [
        Pair("税收收入", 0.7, 0.6),
        Pair("固定资产投资", 0.4, None),
    ]


def test_where_nothing_was_judged_before_there_is_no_now() -> None:
    after = make_outlook(0.6, make_verdict(0.6))

    assert pairs_of(None, after, ZH) == [Pair("固定资产投资", None, 0.6)]
    assert sentence(None, after, ZH) == "提交后，全部达标的把握为:primary[60%]。"


def test_a_rise_and_a_fall_name_what_moved_most() -> None:
    up = make_outlook(0.6, make_verdict(0.8), make_verdict(0.75, name="tax"))

    rise, fall = "，升幅最大的是固定资产投资。", "，降幅最大的是固定资产投资。"
    assert sentence(NOW, up, ZH).endswith(f"总体把握由30%升至:primary[60%]{rise}")
    assert sentence(up, NOW, ZH).endswith(f"总体把握由60%降至:primary[30%]{fall}")


def test_moves_both_ways_are_told_and_the_one_along_with_all_is_named() -> None:
    up = make_outlook(0.34, make_verdict(0.36), make_verdict(0.76, name="tax"))

    assert sentence(NOW, up, ZH).endswith(
        "总体把握由30%升至:primary[34%]，各项有升有降，升幅最大的是税收收入。"
    )
    assert sentence(NOW, up, EN).endswith(
        ", as some rise and others fall, mainly because of Tax revenue."
    )


def test_a_chance_that_reads_the_same_has_not_moved() -> None:
    after = make_outlook(0.301, make_verdict(0.4), make_verdict(0.7, name="tax"))

    assert sentence(NOW, after, ZH) == "提交后，总体把握仍为:primary[30%]。"


def test_a_reference_area_has_no_chance_of_success() -> None:
    now = make_outlook(0.3, make_verdict(0.3, reference=True), area=NATION)
    after = make_outlook(0.5, make_verdict(0.5, reference=True), area=NATION)

    told = sentence(now, after, ZH)
    assert told == "提交后，总体可能性由30%升至:primary[50%]，升幅最大的是固定资产投资。"
    assert "probability" in sentence(now, after, EN)


def test_without_anything_that_counts_nothing_moves() -> None:
    after = make_outlook(0.0, area=SAMPLE)

    assert sentence(NOW, after, ZH) == "这些数据暂不影响任何指标的研判。"
