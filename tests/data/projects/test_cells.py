"""What a single cell says, and what is refused to be guessed."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.projects import cells
from data.projects.problems import Code, Unread
from data.workbook.book import Cell
from forecasting.figures.period import Quarter
from forecasting.scenario.projects import Stage


def refusal(read: object, *arguments: object, **named: object) -> Code:
    with pytest.raises(Unread) as unread:
        read(*arguments, **named)  # type: ignore[operator]
    return unread.value.code


THIRD_QUARTER = """
2026年三季度 2026年第三季度 2026Q3 2026-07 2026年7月 2026.7 2026.7.15 2026/8/31 26年7月 202607
2026年9月底 2026年8月上旬 预计2026年9月 2026年8月开工 2026年7月31日 ２０２６年７月
"""


@pytest.mark.parametrize("cell", ["Q3 2026", *THIRD_QUARTER.split()])
def test_a_date_is_read_as_its_quarter(cell: str) -> None:
    assert cells.quarter(cell) == Quarter(2026, 3)


def test_the_end_of_a_year_is_its_last_quarter() -> None:
    assert cells.quarter("2026年底") == Quarter(2026, 4)
    assert cells.quarter("2026年年初") == Quarter(2026, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "7月",
        "2026年",
        "2026年上半年",
        "2026年1-9月",
        "2026.13",
        "2026.2.30",
        "已开工",
        "1.2",
        True,
        2026.0,
        46204.0,
        2026.3333,
    ],
)
def test_what_is_no_single_quarter_is_refused(cell: Cell) -> None:
    assert refusal(cells.quarter, cell) is Code.QUARTER


def test_a_number_that_is_january_or_october_is_refused() -> None:
    assert refusal(cells.quarter, 2026.1) is Code.QUARTER_UNCLEAR
    assert cells.quarter("2026.10") == Quarter(2026, 4)
    assert cells.quarter(2026.11) == Quarter(2026, 4)


@pytest.mark.parametrize("cell", [None, "", "-", "——", "/", "待定", "无"])
def test_a_cell_may_say_nothing(cell: Cell) -> None:
    assert cells.quarter(cell) is None
    assert cells.amount(cell, "", "1e8 CNY") is None
    assert cells.share(cell) is None
    assert cells.stage(cell) is None
    assert cells.delay(cell) is None
    assert cells.ramp(cell) is None


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        (1.25, "1e8 CNY", 1.25),
        (12500.0, "1e4 CNY", 1.25),
        ("12,500", "1e4 CNY", 1.25),
        ("1.25亿元", "1e4 CNY", 1.25),
        ("12500万元", "", 1.25),
        ("1.25亿", "", 1.25),
        ("约1.25亿元", "", 1.25),
        ("１．２５", "1e8 CNY", 1.25),
    ],
)
def test_the_unit_of_a_cell_stands_before_that_of_the_head(
    cell: Cell, unit: str, value: float
) -> None:
    assert cells.amount(cell, unit, "1e8 CNY") == value


@pytest.mark.parametrize("cell", ["1.2-1.5亿元", "增长5%", "若干", "3+2", True])
def test_what_is_no_amount_is_refused(cell: Cell) -> None:
    assert refusal(cells.amount, cell, "1e8 CNY", "1e8 CNY") is Code.AMOUNT


def test_another_currency_and_a_percentage_are_no_amount() -> None:
    assert refusal(cells.amount, "300万美元", "", "1e8 CNY") is Code.UNIT_OTHER
    assert refusal(cells.amount, "70%", "1e8 CNY", "1e8 CNY") is Code.UNIT_OTHER


@pytest.mark.parametrize("cell", ["70%", "0.7", 0.7, "七成", "7成", "70 %", "约70%", "７０％"])
def test_a_share_is_said_in_several_ways(cell: Cell) -> None:
    assert cells.share(cell) == 0.7


@pytest.mark.parametrize(("cell", "value"), [("七成五", 0.75), ("七成半", 0.75), ("十成", 1.0)])
def test_tenths_have_halves(cell: str, value: float) -> None:
    assert cells.share(cell) == value


@pytest.mark.parametrize("cell", ["六七成", "较大", 70.0, "170%", -0.1, "-5%", "70万元"])
def test_what_is_no_share_is_refused(cell: Cell) -> None:
    assert refusal(cells.share, cell) is Code.SHARE


def test_a_bare_number_below_a_head_in_percent_is_one() -> None:
    assert cells.share(70.0, head_percent=True) == 0.7
    assert cells.share(0.0, head_percent=True) == 0.0
    assert cells.share(0.7, head_percent=True, shown_percent=True) == 0.7
    assert refusal(cells.share, 0.7, head_percent=True) is Code.SHARE_UNCLEAR


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("签约", Stage.INTRODUCED),
        ("引进", Stage.INTRODUCED),
        ("未开工", Stage.INTRODUCED),
        ("开工", Stage.STARTED),
        ("在建", Stage.STARTED),
        ("试生产", Stage.PRODUCING),
        ("达产达效", Stage.AT_CAPACITY),
        ("提质升级", Stage.UPGRADED),
        ("扶持壮大", Stage.GROWN),
        ("At capacity", Stage.AT_CAPACITY),
        ("在建阶段", Stage.STARTED),
        ("主体封顶", Stage.STARTED),
        ("桩基施工", Stage.STARTED),
        ("正在打桩", Stage.STARTED),
        ("设备安装调试中", Stage.STARTED),
        ("主体完成80%", Stage.STARTED),
        ("竣工验收", Stage.STARTED),
        ("进入试生产", Stage.PRODUCING),
        ("办理环评手续", Stage.INTRODUCED),
    ],
)
def test_a_stage_is_read_by_its_words(word: str, stage: Stage) -> None:
    assert cells.stage(word) is stage


@pytest.mark.parametrize(
    "word", ["主体未封顶", "拟打桩", "计划6月试生产", "基坑停工", "推进中", "开工投产", 3.0]
)
def test_a_description_is_no_stage(word: Cell) -> None:
    assert refusal(cells.stage, word) is Code.STAGE


def test_yes_and_no_are_said_in_several_ways() -> None:
    assert [cells.flag(cell) for cell in ("是", "√", True, "Yes")] == [True] * 4
    assert [cells.flag(cell) for cell in ("否", "×", False, "No")] == [False] * 4
    assert cells.flag("") is None
    assert refusal(cells.flag, "部分") is Code.FLAG


@pytest.mark.parametrize(
    ("cell", "shares"),
    [
        ("0季60%;1季30%;2季10%", (0.6, 0.3, 0.1)),
        ("2季10%；0季60%；1季30%", (0.6, 0.3, 0.1)),
        ("按期60%，延1个季度30%，延2个季度10%", (0.6, 0.3, 0.1)),
        ("60%/30%/10%", (0.6, 0.3, 0.1)),
        ("0.6、0.3、0.1", (0.6, 0.3, 0.1)),
        ("0Q 60%; 2Q 40%", (0.6, 0.0, 0.4)),
        ("按期", (1.0,)),
        ("延期2个季度", (0.0, 0.0, 1.0)),
        ("6个月", (0.0, 0.0, 1.0)),
    ],
)
def test_a_delay_is_said_in_several_ways(cell: str, shares: tuple[float, ...]) -> None:
    assert cells.delay(cell) == shares


@pytest.mark.parametrize(
    "cell",
    [
        "0季60%;1季30%",
        "0季60%;0季40%",
        "0季60%;0季100%",
        "4个月",
        "可能",
        "120%;-20%",
        2.0,
        "99季100%",
        "0季;1季",
    ],
)
def test_what_is_no_delay_is_refused(cell: Cell) -> None:
    assert refusal(cells.delay, cell) is Code.DELAY


def test_a_bare_number_below_a_head_in_quarters_is_a_delay() -> None:
    assert cells.delay(2.0, head_quarters=True) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    "cell",
    [
        "第1季50%;第2季80%;第3季100%",
        "50%、80%、100%",
        "0.5/0.8/1",
        "50%→80%→100%",
        "1Q 50%; 80%; 100%",
    ],
)
def test_a_ramp_is_said_in_several_ways(cell: str) -> None:
    assert cells.ramp(cell) == (0.5, 0.8, 1.0)


@pytest.mark.parametrize("cell", ["第1季50%;第3季80%", "两年达产", "50%;", "1100%", True])
def test_what_is_no_ramp_is_refused(cell: Cell) -> None:
    if cell == "50%;":
        assert cells.ramp(cell) == (0.5,)
    else:
        assert refusal(cells.ramp, cell) is Code.RAMP


READERS = (
    cells.quarter,
    cells.share,
    cells.stage,
    cells.flag,
    cells.delay,
    cells.ramp,
    lambda cell: cells.amount(cell, "1e8 CNY", "1e8 CNY"),
)
PIECES = st.sampled_from([*list("0129.%年月季度成亿万元一七;/-+Q "), "2026", "不延期"])
CELLS = (
    st.text(max_size=20)
    | st.lists(PIECES, max_size=9).map("".join)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates()
    | st.none()
)


@given(CELLS)
def test_any_cell_is_read_or_refused_and_nothing_else(cell: Cell) -> None:
    for read in READERS:
        with contextlib.suppress(Unread):
            read(cell)
