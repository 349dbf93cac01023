"""Any book is read, whatever its cells hold."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from data.workbook.book import Book, Rectangle, Sheet
from data.workbook.questions import SKIP
from data.workbook.read.interpret import read
from data.workbook.reading import Context
from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE

WORDS = (
    "指标", "地区", "时间", "单位", "数值", "年份", "季度", "月份", "状态", "频率", "来源", "序号",
    "2026年1-9月", "2026年", "1-9月", "二季度", "9月", "上年同期", "增速(%)", "累计", "本月",
    "固定资产投资", "工业投资增速", "税收收入(万元)", "其中：进出口总额", "全社会固定资产投资",
    "亿元", "%", "万美元", "单位：万元、%", "全市", "侯马市", "甲县", "示例开发区", "快报数",
    "增长7.3%", "下降0.2个百分点", "—", "见附表", "注：本表为快报。", "甲", "排名", "年度目标",
    "指数（上年=100）", "可比价", "美元计价", "数据库：季度数据", "数据来源：国家统计局",
    "\ufffd", "",
)  # fmt: skip
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.sampled_from([1.0, 2.0, 3.0, 2019.0, 2025.0, 2026.0, 201903.0, 7.3, -2.1, 107.3, 1e9]),
    st.floats(allow_infinity=True, allow_nan=True),
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
)
SHEETS = st.builds(
    Sheet,
    name=st.sampled_from(["Sheet1", "2026年1-9月", "侯马市"]),
    rows=st.lists(st.lists(CELLS, max_size=7).map(tuple), max_size=9).map(tuple),
    merged=st.lists(
        st.builds(
            lambda top, left, down, right: Rectangle(top, left, top + down, left + right),
            st.integers(1, 9), st.integers(1, 7), st.integers(0, 3), st.integers(0, 3),
        ),
        max_size=3,
    ).map(tuple),
    percent=st.frozensets(st.tuples(st.integers(1, 9), st.integers(1, 7)), max_size=4),
    hidden=st.booleans(),
)  # fmt: skip
BOOKS = st.builds(
    Book,
    file=st.sampled_from(["", "2026年1-9月快报.csv"]),
    sheets=st.lists(SHEETS, max_size=3).map(tuple),
    encoding=st.sampled_from(["", "gb18030"]),
    encoding_certain=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(BOOKS)
def test_any_book_is_read_and_its_questions_can_be_answered(book: Book) -> None:
    context = Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12))
    answers: dict[str, str] = {}
    for _ in range(8):
        reading = read(book, context, answers)
        for question in (*reading.questions, *reading.optional):
            assert question.options[-1].id == SKIP
            assert len({option.id for option in question.options}) == len(question.options)
            assert len(question.places) <= 10
        for figure in reading.figures:
            asked = {question.id for question in reading.open}
            assert set(figure.doubts) <= asked
        again = read(book, context, answers)
        assert [entry.id for entry in again.questions] == [entry.id for entry in reading.questions]
        answers |= {entry.id: entry.suggested or entry.options[0].id for entry in reading.open}
    assert [entry.id for entry in reading.open] == []


@given(BOOKS)
def test_any_book_is_read_without_a_catalogue(book: Book) -> None:
    assert read(book, Context(Catalogue(), (), "ZONE", Month(2026, 12)), {}).shape
