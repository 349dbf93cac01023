"""The look of a page: the rules that the theme cannot say, and pieces of HTML."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from data.store.compare import Fate
from forecasting.figures.period import Quarter
from forecasting.outlook.lights import Light
from ui.charts.palette import GLYPHS, palette
from ui.language import Speaker
from ui.language import format as fmt

_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="28">'
    '<text x="0" y="21" font-size="20" font-weight="700" fill="{ink}" '
    'font-family="Source Han Serif SC, Noto Serif CJK SC, Songti SC, STZhongsong, serif"'
    ">{name}</text></svg>"
)


ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<path d="M8 20 28 6v20z" fill="#6B9CA1"/><path d="M2 20h28" stroke="#1E2423" '
    'stroke-width="2"/><circle cx="8" cy="20" r="3.5" fill="#1F5E66"/></svg>'
)
"""The tab's icon: a figure, its fan, and the target as horizon."""
FATES = {Fate.NEW: ("＋", "acc"), Fate.REVISED: ("↻", "acc"), Fate.GONE: ("−", "g4")}
"""Sign and colour of what became of an entry between two vintages."""
_YEAR = re.compile(r"^\d{4}[^\d\s]")
"""A year that opens a period without a space behind it."""


def apply(say: Speaker, *, dark: bool) -> None:
    """Put the rules and the product's name on the page."""
    name = say("app.name")
    ink = palette(dark=dark)["ink"]
    st.html(f"<style>{_rules(dark=dark)}</style>")
    st.logo(_LOGO.format(width=146, ink=ink, name=name), size="large")


@cache
def _rules(*, dark: bool) -> str:
    rules = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")
    paper = _on_paper() if dark else ":root{--paper:#FFF}"
    return f"{_variables(palette(dark=dark))}\n{rules}\n@media print{{{paper}}}"


def _variables(colours: Mapping[str, str]) -> str:
    return f":root{{{';'.join(f'--{name}:{value}' for name, value in colours.items())}}}"


def _on_paper() -> str:
    """Return the rules by which a dark page is printed light, its charts included.

    A chart has its colours within: each dark one that it is drawn in is printed as its light twin.
    """
    light, dark = dict(palette(dark=False)) | {"paper": "#FFFFFF"}, palette(dark=True)
    charts = "".join(
        f'[data-testid=stVegaLiteChart] [{way}="{dark[name]}" i]{{{way}:{light[name]}}}'
        for name in dark
        for way in ("fill", "stroke")
    )
    text = "[data-testid=stMain] :not(.zo *,.zl *,svg *)"
    return (
        f"{_variables(light)}{text}{{color:var(--ink)!important;border-color:var(--line)!important}}"
        "[data-testid=stMain] .stMarkdownColoredText{color:var(--acc)!important}" + charts
    )


def screen_only(name: str) -> st.delta_generator.DeltaGenerator:
    """Return a container of what is operated and makes no sense on paper, such as a form."""
    return st.container(key=f"screen_only_{name}")


def show(content: str, kind: str = "", *, content_wide: bool = False) -> None:
    """Show a piece of HTML in the look of the app; ``kind`` is its class."""
    html = f'<div class="zo {kind}">{content}</div>'
    st.html(html, width="content" if content_wide else "stretch")


def light(value: Light, say: Speaker) -> str:
    """Return a light: its shape in colour, its word in ink, always both."""
    shape, colour = GLYPHS[value]
    word = escape(say(f"light.{value}"))
    glyph = f'<span class="glyph" style="color:var(--{colour})">{shape}</span>'
    return f'<span class="light">{glyph}{word}</span>'


def stamp(say: Speaker) -> str:
    """Return the mark of simulated figures."""
    return f'<span class="stamp" lang="{say.language}">{say("area.synthetic")}</span>'


def mark(glyph: str, colour: str, word: str) -> str:
    """Return a table cell of a sign in colour and its word, which a phone leaves to the sign."""
    sign = f'<span class="mark" style="color:var(--{colour})" title="{escape(word)}">{glyph}</span>'
    return f'<td class="l">{sign} <span class="word">{escape(word)}</span></td>'


def fate(value: Fate, word: str) -> str:
    """Return the table cell that says what became of an entry, by its sign and a word."""
    return mark(*FATES[value], word)


def flash_stamp(say: Speaker) -> str:
    """Return the mark of figures that are not published."""
    return f'<span class="stamp" lang="{say.language}">{say("area.flash")}</span>'


def cell(text: str, kind: str = "") -> str:
    """Return a table cell of plain text."""
    return f'<td class="{kind}">{escape(text)}</td>'


def named(name: str, detail: str, kind: str = "l strong wrap") -> str:
    """Return the cell of a name with what tells it apart, where its own column has no room."""
    below = f'<small class="narrow">{escape(detail)}</small>' if detail else ""
    return f'<td class="{kind}">{escape(name)}{below}</td>'


def dated(text: str, kind: str = "l") -> str:
    """Return the cell of a period or a day, which on a phone breaks after its year alone."""
    return cell(_YEAR.sub("\\g<0>\u200b", text), f"{kind} wrap keep")


def moment(text: str) -> str:
    """Return the cell of a day with a time, which on a phone breaks between the two alone."""
    parts = " ".join(f'<span class="whole">{escape(part)}</span>' for part in text.split())
    return f'<td class="l wrap">{parts}</td>'


def range_cell(low: float, high: float, say: Speaker, kind: str = "") -> str:
    """Return the cell of a range; one with a negative end is long and may take two lines."""
    return cell(fmt.interval(low, high, say), f"{kind} wrap" if low < 0 else kind)


def note(text: str) -> str:
    """Return a small remark in place of a table."""
    return f'<p class="note">{escape(text)}</p>'


def header(texts: Sequence[tuple[str, str]]) -> str:
    """Return the header row of a table from pairs of text and class; some columns need no name."""
    cells = "".join(_head_cell(text, kind) for text, kind in texts)
    return f"<thead><tr>{cells}</tr></thead>"


def _head_cell(text: str, kind: str) -> str:
    if not text:
        return f'<td class="{kind}"></td>'
    return f'<th scope="col" class="{kind}">{escape(text)}</th>'


def table(head: Sequence[tuple[str, str]], rows: Iterable[str]) -> str:
    """Return a table from its header and its rows' cells."""
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table>{header(head)}<tbody>{body}</tbody></table>"


def quarter_table(values: Mapping[Quarter, float], say: Speaker, *, single: bool) -> str:
    """Return one row for each year, the newest first, with a column for each quarter.

    Parameters
    ----------
    single
        Whether they are of single quarters, not of the year to the end of each.
    """
    name = "quarter_name" if single else "span"
    head = [(say("column.year"), "l")]
    head += [(say(f"period.{name}.{k}"), "") for k in (1, 2, 3, 4)]
    years = sorted({quarter.year for quarter in values}, reverse=True)
    return table(
        head,
        (
            cell(str(year), "l")
            + "".join(
                cell(fmt.known(values.get(Quarter(year, k), math.nan), say)) for k in (1, 2, 3, 4)
            )
            for year in years
        ),
    )
