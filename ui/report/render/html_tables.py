"""The tables of a report as HTML: figures that scroll or stack, and the lights."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ui.charts.palette import GLYPHS
from ui.report.document.model import Align, Grid, Lamp, LightRow, Lights

STACKED = 5
"""Columns from which on a phone shows each row of a table as a list."""
SHORT = 13
"""Signs up to which a cell stays on one line."""
WHOLE = 14
"""Rows up to which paper does not part a table."""


def grid(block: Grid) -> str:
    """Return a table of figures in a region of its own, which a keyboard can scroll."""
    kinds = ["l" if align is Align.LEFT else "" for align in block.align]
    head = "".join(
        f'<th scope="col" role="columnheader"{_class(kind)}>{escape(cell)}</th>'
        for cell, kind in zip(block.head, kinds, strict=True)
    )
    rows = "".join(_grid_row(row, block.head, kinds) for row in block.rows)
    stack = "stack" if len(block.head) >= STACKED else ""
    caption = escape(block.caption)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}">'
        f'<table role="table"{_class(stack, _whole(block.rows))}><caption>{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _grid_row(row: tuple[str, ...], head: tuple[str, ...], kinds: list[str]) -> str:
    first = f'<th scope="row" role="rowheader" class="l">{escape(row[0])}</th>'
    cells = "".join(
        f'<td role="cell"{_class(kind, _kept(cell))} data-label="{escape(title)}">'
        f"{escape(cell)}</td>"
        for cell, title, kind in zip(row[1:], head[1:], kinds[1:], strict=True)
    )
    return f'<tr role="row">{first}{cells}</tr>'


def _kept(cell: str) -> str:
    """Return the class of a cell that is not parted: a range of two figures is none any more."""
    return "k" if len(cell) <= SHORT else ""


def _whole(rows: Sequence[object]) -> str:
    """Return the class of a table that stays on one page."""
    return "whole" if len(rows) <= WHOLE else ""


def _class(*names: str) -> str:
    shown = " ".join(name for name in names if name)
    return f' class="{shown}"' if shown else ""


def lamp(one: Lamp) -> str:
    """Return a light: its shape in colour, its word in ink, always both."""
    shape, colour = GLYPHS[one.light]
    glyph = f'<i class="{colour}" aria-hidden="true">{shape}</i>'
    return f'<span class="lamp">{glyph}{escape(one.word)}</span>'


def lights(block: Lights) -> str:
    """Return the indicators as a table of four columns, which fits a phone."""
    _, name, chance, expected, interval, need = map(escape, block.head)
    columns = [name, chance, f"{expected}<small>{interval}</small>", need]
    bare = not any(row.need or row.probability for row in block.rows)
    if bare:
        columns = [name, expected]
    head = "".join(
        f'<th scope="col" role="columnheader"{_class("" if place else "l")}>{column}</th>'
        for place, column in enumerate(columns)
    )
    rows = "".join(_light_row(row, block.head, bare=bare) for row in block.rows)
    lit = "lit" if any(row.lamp for row in block.rows) else ""
    kind = _class("lights", lit, _whole(block.rows))
    return (
        f'<table{kind} role="table"><caption>{escape(block.caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _light_row(row: LightRow, head: tuple[str, ...], *, bare: bool) -> str:
    _, _, chance, expected, within, need = map(escape, head)
    light = lamp(row.lamp) if row.lamp else ""
    interval = f'<small data-label="{within}">{escape(row.interval)}</small>'
    cells = [(expected, escape(row.expected) + (interval if row.interval else ""))]
    if not bare:
        cells = [(chance, escape(row.probability)), *cells, (need, escape(row.need))]
    shown = "".join(f'<td role="cell" data-label="{name}">{cell}</td>' for name, cell in cells)
    return (
        f'<tr role="row"><th scope="row" role="rowheader" class="l">{light}'
        f'<span class="nm">{escape(row.name)}</span></th>{shown}</tr>'
    )
