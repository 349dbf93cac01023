import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.projects import read
from data.projects.problems import Code
from data.projects.read import kind_of
from data.workbook.words.normalise import compact


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("合 计", Code.TOTAL_ROW),
        ("小计（3个）", Code.TOTAL_ROW),
        ("Total", Code.TOTAL_ROW),
        ("示例项目", Code.EXAMPLE_ROW),
        ("例：某某项目", Code.EXAMPLE_ROW),
        ("注：金额含税", Code.NOTE_ROW),
        ("填表人：", Code.NOTE_ROW),
        ("一、签约项目", Code.SECTION_ROW),
        ("（二）在建项目", Code.SECTION_ROW),
        ("第一批项目", Code.SECTION_ROW),
        ("合计算力中心项目", None),
        ("例行检修中心", None),
        ("一体化智能工厂", None),
    ],
)
def test_a_label_says_what_its_row_is(label: str, code: Code | None) -> None:
    assert kind_of(label) is code


@given(st.text("合总小共累计数示样例说明备注填表一二十第类批部、.:()（）1个项目", max_size=8))
def test_no_label_is_of_two_kinds(label: str) -> None:
    matching = [form for form in read._FORMS.values() if form.fullmatch(compact(label))]

    assert len(matching) <= 1
