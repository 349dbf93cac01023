import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forecasting.outlook.lights import light_of
from tests.ui.speakers import EN, ZH
from ui.language import format as fmt
from ui.report.document import leaders

PROBABILITIES = st.floats(0.0, 1.0)


@pytest.mark.parametrize(
    ("probability", "sentence", "cell"),
    [
        (0.0, "不足一成", "不足5%"),
        (0.044, "不足一成", "不足5%"),
        (0.049, "不足一成", "约5%"),
        (0.07, "不足一成", "约5%"),
        (0.1, "约一成", "约10%"),
        (0.08, "不足一成", "约5%"),
        (0.28, "约两成五", "约25%"),
        (0.46, "约四成五", "约45%"),
        (0.48, "约五成", "约50%"),
        (0.475, "约五成", "约50%"),
        (0.69, "约七成", "约70%"),
        (0.599, "约五成五", "约55%"),
        (0.6, "约六成", "约60%"),
        (0.696, "约七成", "约70%"),
        (0.88, "约八成五", "约85%"),
        (0.8999, "约八成五", "约85%"),
        (0.9, "在九成以上", "九成以上"),
        (1.0, "在九成以上", "九成以上"),
    ],
)
def test_a_probability_as_leaders_read_it(probability: float, sentence: str, cell: str) -> None:
    assert leaders.about(probability, ZH) == sentence
    assert leaders.cell(probability, ZH) == cell


@given(PROBABILITIES)
@example(0.3)
@example(0.6 - 1e-8)
@example(0.9 - 1e-8)
def test_a_step_of_five_never_crosses_a_light_nor_the_percent_beside_it(probability: float) -> None:
    near, least, percent = (
        rounded(probability) for rounded in (leaders.near, leaders.steps, fmt.hundredths)
    )

    assert light_of(near / 100, complete=False) is light_of(probability, complete=False)
    assert 0 <= percent - least < 5
    assert near in (least, least + 5)
    if light_of((least + 5) / 100, complete=False) is light_of(probability, complete=False) and (
        percent >= 10
    ):
        assert abs(percent - near) <= 2


@pytest.mark.parametrize(
    ("probability", "zh", "en"),
    [
        (0.02, "不足一成", "below 10%"),
        (0.71, "七成左右", "about 70%"),
        (0.0996, "一成左右", "about 10%"),
        (0.29, "近三成", "nearly 30%"),
        (0.895, "近九成", "nearly 90%"),
        (0.97, "九成以上", "90% or more"),
    ],
)
def test_the_chance_of_all_after_a_verb(probability: float, zh: str, en: str) -> None:
    assert leaders.around(probability, ZH) == zh
    assert leaders.around(probability, EN) == en


@pytest.mark.parametrize(
    ("probability", "both"),
    [
        (0.02, ("不足5%", "95%以上")),
        (0.52, ("约50%", "约50%")),
        (0.74, ("约75%", "约25%")),
        (0.95, ("九成以上", "不足一成")),
    ],
)
def test_the_two_shares_beside_a_distribution_add_up(
    probability: float, both: tuple[str, str]
) -> None:
    assert (leaders.cell(probability, ZH), leaders.other_cell(probability, ZH)) == both


@pytest.mark.parametrize(
    ("probability", "heading", "both"),
    [
        (0.03, "不足一成", ("不足10%", "九成以上")),
        (0.46, "约五成", ("约50%", "约50%")),
        (0.57, "近六成", ("近60%", "40%多")),
        (0.74, "约七成", ("约70%", "约30%")),
        (0.95, "九成以上", ("九成以上", "不足一成")),
    ],
)
def test_the_only_indicator_reads_in_a_table_as_in_the_heading(
    probability: float, heading: str, both: tuple[str, str]
) -> None:
    assert fmt.cheng(probability, ZH) == heading
    assert leaders.cell(probability, ZH, alone=True) == both[0]
    assert leaders.other_cell(probability, ZH, alone=True) == both[1]


def test_years_are_written_in_words_while_they_are_short() -> None:
    assert [leaders.years(count, ZH) for count in (1, 2, 10, 12)] == ["一", "两", "十", "12"]
