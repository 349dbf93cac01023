"""The typography of a brief: page and margins, fonts and sizes, as its styles have them."""

from __future__ import annotations

from dataclasses import dataclass

from docx.shared import Mm, Pt

from ui.language import Language, t

PAGE = (Mm(210), Mm(297))
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
"""A4 and its margins as GB/T 9704 has them: 156 by 225 millimetres are written on."""


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes in half points, distances in twentieths of a point, as styles have them."""

    size: int
    line: int
    indent: int
    after: int
    before: int
    small: int
    small_line: int
    cell: int
    fine: int
    strong: str

    @property
    def chars(self) -> int:
        """First-line indent in hundredths of a character."""
        return 200 if self.indent else 0


TYPES = {
    Language.ZH: Type(32, 560, 640, 0, 0, 24, 400, 21, 17, ""),
    Language.EN: Type(24, 380, 0, 120, 160, 20, 300, 19, 16, "<w:b/>"),
}
"""Chinese as GB/T 9704: 16 points on lines of 28, two characters in. English as English is set."""


def styles(language: Language) -> dict[str, str | int]:
    """Return what fills ``brief_styles.xml``."""
    kind = TYPES[language]
    names = ("latin", "title", "body", "heading", "page")
    fonts: dict[str, str | int] = {name: t(f"brief.font.{name}", language) for name in names}
    page = "page" if language is Language.ZH else "latin"
    return fonts | {
        "pagelatin": fonts[page],
        "size": kind.size,
        "line": kind.line,
        "chars": kind.chars,
        "indent": kind.indent,
        "after": kind.after,
        "before": kind.before,
        "small": kind.small,
        "smallline": kind.small_line,
        "smallindent": kind.small * 20 if kind.indent else 0,
        "cell": kind.cell,
        "fine": kind.fine,
        "end": 28 if language is Language.ZH else kind.size,
        "strong": kind.strong,
        "width": (PAGE[0] - LEFT - RIGHT) // Pt(0.05),
    }


def fonts(language: Language) -> list[tuple[str, str]]:
    """Return the fonts, each with those that may stand for it."""
    names = ("title", "body", "heading", "page")
    return [
        (t(f"brief.font.{name}", language), t(f"brief.font.{name}_or", language)) for name in names
    ]
