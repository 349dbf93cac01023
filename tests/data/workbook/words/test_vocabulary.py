"""The words around names mean one thing each, and the longest of them is taken first."""

from __future__ import annotations

import pytest

from data.workbook.words.periods import Reach
from data.workbook.words.qualifiers import Role, Said
from data.workbook.words.vocabulary import QUALIFIERS, head_of, said_by, shorter
from forecasting.figures.indicator import PriceBasis, Status


def test_every_pattern_is_spelled_out() -> None:
    assert len(QUALIFIERS) > 1000
    assert [word for word in QUALIFIERS if not word or set(word) & set("{}| ")] == []
    assert [word for word in QUALIFIERS if word != word.upper()] == []


def test_every_word_says_something() -> None:
    assert [word for word, said in QUALIFIERS.items() if said == Said()] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("累计增长", Said(role=Role.GROWTH, growth=True, reach=Reach.YTD)),
        ("累计同比增长率", Said(role=Role.GROWTH, growth=True, reach=Reach.YTD)),
        ("当季值", Said(role=Role.LEVEL, growth=False, reach=Reach.QUARTER)),
        ("现价", Said(price=PriceBasis.CURRENT)),
        ("按可比价格计算的", Said(price=PriceBasis.COMPARABLE)),
        ("名义增速", Said(role=Role.GROWTH, growth=True, price=PriceBasis.CURRENT)),
        ("快报数", Said(status=Status.FLASH)),
        ("完成额增速", Said(role=Role.GROWTH, growth=True)),
    ],
)
def test_words_together_say_all_that_each_says(text: str, said: Said) -> None:
    assert said_by(text) == said


@pytest.mark.parametrize("text", ["地区生产总值", "累计地区", "增长点", "预", "全市"])
def test_a_text_with_other_words_is_no_qualifier(text: str) -> None:
    assert said_by(text) is None


def test_growth_wins_over_level_in_either_order() -> None:
    level, growth = Said(role=Role.LEVEL, growth=False), Said(role=Role.GROWTH, growth=True)

    assert (level | growth).growth is True
    assert (growth | level).growth is True
    assert (level | Said(reach=Reach.YTD)).growth is False


def test_of_two_roles_the_one_that_is_none_of_ours_wins() -> None:
    both = Said(role=Role.GROWTH, growth=True) | Said(role=Role.RANK)

    assert both.role is Role.RANK


def test_the_longest_word_is_taken_off_first() -> None:
    rest = [name for name, _ in shorter("税收收入比上年同期增长率")]

    assert rest[0] == "税收收入比上年同期"
    assert rest == sorted(rest, key=len)


@pytest.mark.parametrize(
    ("text", "role"),
    [("指标名称", Role.INDICATOR), ("计量单位", Role.UNIT), ("AREA", Role.AREA), ("税收", None)],
)
def test_a_whole_head_names_its_column(text: str, role: Role | None) -> None:
    assert head_of(text) is role
