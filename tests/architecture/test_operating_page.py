"""The operating page says the same in both languages: every command, setting and value."""

from __future__ import annotations

import re

from data.settings import ROOT


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_both_languages_give_the_same_commands_and_settings() -> None:
    english, chinese = read("operating.md"), read("operating.zh-CN.md")
    blocks = re.compile(r"```\w+\n.*?```", re.DOTALL)
    spans = re.compile(r"`([^`]+)`")

    def commands(page: str) -> set[str]:
        found = spans.findall(blocks.sub("", page))
        return {re.sub(r"\s+", " ", span).replace("姓名", "NAME") for span in found}

    assert blocks.findall(english) == blocks.findall(chinese)
    assert commands(english) == commands(chinese)


def test_both_languages_have_the_same_parts_and_rows() -> None:
    english, chinese = read("operating.md"), read("operating.zh-CN.md")

    for mark in ("\n## ", "\n|", "\n1. ", "\n8. ", "\n- "):
        assert english.count(mark) == chinese.count(mark), mark
