"""What heads of columns mean, and that files and pages call them the same."""

import pytest

from data.workbook.words.heads import HEADS, Head, head_of
from forecasting.figures.spelling import in_language
from tests.ui.speakers import SPEAKERS
from ui.language import Speaker, catalogue


@pytest.mark.parametrize("say", SPEAKERS)
def test_column_heads_are_those_of_the_pages(say: Speaker) -> None:
    heads = {head: in_language(names, say.language) for head, names in HEADS.items()}
    words = catalogue(say.language)

    assert heads.pop(Head.AREA) == words["control.area"]
    assert heads == {head: words[f"column.{head}"] for head in heads}


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("指标名称", Head.INDICATOR),
        ("计量单位", Head.UNIT),
        ("AREA", Head.AREA),
        ("税收", None),
    ],
)
def test_a_whole_head_names_its_column(text: str, head: Head | None) -> None:
    assert head_of(text) is head
