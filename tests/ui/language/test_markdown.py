"""Names that people give stand in Markdown as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.language.markdown import JOINER, literal, unescaped

NAMES = (
    "www.example.com",
    "方案（www.example.com）",
    "https://example.com/a",
    "a@b.cc",
    "招商局 x.y@example.com",
    "一\n\n---\n\n- 二\n\n1. 三",
    "    四",
    "- 一",
    "+ 一",
    "--- 一",
    "-",
    "1. 一期",
    "12) 一期",
    "2026.",
    "&lt;b&gt; &copy; &#60;",
    "<b>一</b>",
    "*一* __二__ ~~三~~ `四` $x$ # 五",
    "[一](http://example.com) ![二](x.png)",
    ":smile: :+1: :material/home: :streamlit: :red[一]",
    "一 -> 二 <- 三 <-> 四 -- 五 >= 六 <= 七 ~= 八",
    "-> 一 --",
    "10:30:15",
    "A_1\\2 50% 1.5 A&B (甲) 甲=乙",
)
"""What Markdown, as Streamlit reads it, has other uses for."""


@given(
    st.one_of(st.sampled_from(NAMES), st.text(st.sampled_from("a1w.:/@-+<>=~ &#*\\[)")), st.text())
)
def test_what_is_escaped_is_given_back_in_one_line(name: str) -> None:
    line = " ".join(part.strip(" \t") for part in name.replace("\r", "\n").split("\n") if part)
    bare = line.replace(JOINER, "").strip(" \t")

    assert " ".join(unescaped(literal(name)).split()) == " ".join(bare.split())


@pytest.mark.parametrize(
    "name",
    ["签约投资增加10亿元", "2026年一季度", "A-1", "甲 - 乙", "1.5", "−5%", "a.b", "file.xlsx"],
)
def test_what_means_nothing_to_markdown_is_left_alone(name: str) -> None:
    assert literal(name) == name


def test_no_line_is_broken() -> None:
    assert literal("一\r\n\r\n- 二\n") == "一 - 二"
