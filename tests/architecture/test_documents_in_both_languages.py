"""Operating pages, method pages and tutorial say the same in both languages: commands, figures."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from data.settings import ROOT

BLOCK = re.compile(r"```\w+\n.*?```", re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")
# A formula is indented by four; what stands after a gap in its line is words.
FORMULA = re.compile(r"^ {4}(\S.*?),?(?: {2,}.*)?$", re.MULTILINE)
# English writes months as names.
MONTH = re.compile(r"(?:\d+[–—])?\d+月")
NUMBER = re.compile(r"(?<![A-Za-z_])\d+(?:,\d{3})*(?:\.\d+)?")
UNITS = {"1 billion CNY": "10亿元", "1e8 CNY": "亿元", "1e4 CNY": "万元", "1e4 USD": "万美元"}

both_pages = pytest.mark.parametrize("page", ["operating", "method", "tutorial"])


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def sections(page: str) -> list[tuple[str, str]]:
    """Each section in English and in Chinese."""
    english, chinese = (read(f"{page}{language}.md") for language in ("", ".zh-CN"))
    return list(zip(english.split("\n## "), chinese.split("\n## "), strict=True))


def commands(text: str) -> set[str]:
    found = SPAN.findall(BLOCK.sub("", text))
    return {re.sub(r"\s+", " ", span).replace("姓名", "NAME") for span in found}


def numbers(text: str) -> Counter[str]:
    """Count the numbers of a text outside code, those below one with their zero."""
    text = SPAN.sub("", BLOCK.sub("", text))
    for english, chinese in UNITS.items():
        text = text.replace(english, chinese)
    text = re.sub(r"(?<![\w.])\.(?=\d)", "0.", MONTH.sub("", text), flags=re.ASCII)
    return Counter(NUMBER.findall(text))


def rows(text: str) -> list[list[str]]:
    """Return the cells of each row of each table."""
    return [line.split("|") for line in text.splitlines() if line.startswith("|")]


@both_pages
def test_both_languages_give_the_same_commands_settings_and_formulas(page: str) -> None:
    for english, chinese in sections(page):
        assert BLOCK.findall(english) == BLOCK.findall(chinese)
        assert commands(english) == commands(chinese)
        assert FORMULA.findall(english) == FORMULA.findall(chinese)


@both_pages
def test_both_languages_have_the_same_paragraphs_and_items(page: str) -> None:
    for english, chinese in sections(page):
        for mark in ("\n\n", "\n1. ", "\n8. ", "\n- "):
            assert english.count(mark) == chinese.count(mark), chinese.splitlines()[0]


@both_pages
def test_both_languages_give_the_same_figures_in_each_section_and_cell(page: str) -> None:
    for english, chinese in sections(page):
        assert numbers(english) == numbers(chinese), chinese.splitlines()[0]
        for row, other in zip(rows(english), rows(chinese), strict=True):
            assert list(map(numbers, row)) == list(map(numbers, other)), row


def test_both_languages_name_the_same_references() -> None:
    english, chinese = sections("method")[-1]

    assert english.splitlines()[1:] == chinese.splitlines()[1:]
