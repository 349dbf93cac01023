"""Fonts, sizes and distances of the brief for Word, in each language."""

from __future__ import annotations

from dataclasses import dataclass, replace

WIDTH, HEIGHT = 156.0, 225.0
"""Millimetres of a page that are written on."""


@dataclass(frozen=True, slots=True)
class Type:
    """The typography of one language.

    Sizes are in half points and distances in twentieths of a point, as styles have them. Each font
    stands with those that may stand for it.
    """

    title: tuple[str, str]
    body: tuple[str, str]
    heading: tuple[str, str]
    page: tuple[str, str]
    pagelatin: str
    size: int
    line: int
    indent: int
    after: int
    before: int
    small: int
    smallline: int
    cell: int
    fine: int
    end: int
    strong: str
    grid: str
    page_number: tuple[str, str]
    distribution: str
    copies: str


TYPES = {
    "zh": Type(
        title=("方正小标宋简体", "华文中宋,STZhongsong,宋体"),
        body=("仿宋", "仿宋_GB2312,FangSong,华文仿宋"),
        heading=("黑体", "SimHei,华文黑体"),
        page=("宋体", "SimSun,华文宋体"),
        pagelatin="宋体",
        size=32,
        line=560,
        indent=640,
        after=0,
        before=0,
        small=24,
        smallline=400,
        cell=21,
        fine=17,
        end=28,
        strong="",
        grid='<w:docGrid {} w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/>',
        page_number=("— ", " —"),
        distribution="发送范围：",
        copies="（共印　　份）",
    ),
    "en": Type(
        title=("SimSun", "STZhongsong,STSong"),
        body=("FangSong", "FangSong_GB2312,STFangsong"),
        heading=("SimHei", "STHeiti"),
        page=("SimSun", "STSong"),
        pagelatin="Times New Roman",
        size=24,
        line=380,
        indent=0,
        after=120,
        before=160,
        small=20,
        smallline=300,
        cell=19,
        fine=16,
        end=24,
        strong="<w:b/>",
        grid="",
        page_number=("– ", " –"),
        distribution="Distribution:",
        copies="Copies printed:          ",
    ),
}


def smaller(kind: Type) -> Type:
    """Return the typography of a brief whose text would not leave room for what has to be in it.

    One size down, as the standard allows where a document asks for it.
    """
    if kind.indent:
        return replace(kind, size=28, line=460, indent=560)
    return replace(kind, size=21, line=320, after=80, before=120)
