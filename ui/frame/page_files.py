"""Files of what a page shows: charts as PNG, SVG and CSV, tables as CSV.

One menu at the foot of every page lists them all, and the same buttons stand beside the chart or
table that is pointed at or tapped. The browser makes a file when it is asked for, from what it has
drawn; so it costs the server nothing but the figures of each chart, which go along with the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.frame import look, session
from ui.language import Speaker

if TYPE_CHECKING:  # a page without charts need not wait for what draws them
    import pandas as pd

    from ui.charts.figures import Figures

_CSS = """
details { font-size: .875rem; color: var(--st-text-color) }
summary { cursor: pointer; width: fit-content; padding: .5rem 0; color: var(--st-primary-color) }
ul { list-style: none; margin: 0; padding: 0 }
li { padding: .125rem 0; display: flex; align-items: baseline }
li span { flex: 0 1 20em; min-width: 0; overflow-wrap: anywhere }
button { font: inherit; color: var(--st-primary-color); background: none; border: 0;
  padding: .375rem .5rem; cursor: pointer; text-decoration: underline; text-underline-offset: 3px }
.beside { position: fixed; z-index: 9; font-size: .8125rem; border-radius: 4px;
  background: var(--st-background-color); border: 1px solid var(--st-border-color) }
.beside[hidden] { display: none }
"""
_component = st.components.v2.component(
    "page_files", css=_CSS, js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


@dataclass(slots=True)
class _Shown:
    """What a run of a page has shown so far.

    Attributes
    ----------
    name
        That files begin with.
    provenance
        Where the figures are from, line by line.
    charts
        By what those hear who cannot see the chart; of one under the sliders by its indicator.
    tables
        Those that the browser draws on a canvas, where their cells cannot be read.
    """

    name: str = ""
    provenance: list[str] = field(default_factory=list)
    charts: dict[str, Figures] = field(default_factory=dict)
    tables: list[Figures] = field(default_factory=list)


def start() -> None:
    """Forget what the run before has shown."""
    shown = _shown()
    shown.name = ""
    shown.provenance.clear()
    shown.charts.clear()
    shown.tables.clear()


def told(name: str, provenance: Sequence[str]) -> None:
    """Say where the figures of the page are from."""
    shown = _shown()
    shown.name, shown.provenance = name, list(provenance)


def chart(
    frame: pd.DataFrame | Any, spec: Mapping[str, Any], figures: Figures, *, key: str, alt: str
) -> None:
    """Draw a chart of a frame, or of a table of Arrow, whose figures can be had."""
    st.vega_lite_chart(frame, dict(spec), key=key, theme=None, alt=alt)
    add(alt, figures)


def table(frame: pd.DataFrame, title: str, **options: Any) -> None:
    """Draw a table that scrolls, and whose rows can be had; options are those of Streamlit."""
    from ui.charts.figures import Figures

    st.dataframe(frame, hide_index=True, **options)
    rows = frame.astype(object).where(frame.notna(), "").astype(str)
    _shown().tables.append(Figures(title, list(frame.columns), rows.to_numpy().tolist()))


def add(name: str, figures: Figures) -> None:
    """Let the figures be had of a chart by its name, as of ``_Shown.charts``."""
    _shown().charts[name] = figures


def mark(word: str) -> None:
    """Put a mark behind where the figures are from, such as that of a scenario."""
    _shown().provenance.append(word)


def show(say: Speaker) -> None:
    """Show the menu at the foot of the page; none where nobody says what its figures are from."""
    shown = _shown()
    if not shown.name:
        return
    with look.screen_only("page_files"):
        _component(
            data={
                "words": {"title": say("download.title")},
                "name": shown.name,
                "provenance": shown.provenance,
                "charts": {name: _packed(one) for name, one in shown.charts.items()},
                "tables": [_packed(one) for one in shown.tables],
            },
            key="page_files",
        )


def _packed(figures: Figures) -> dict[str, object]:
    """Return figures as the browser reads them: a text for each row, its cells apart by tabs."""
    rows = ["\t".join(row) for row in (figures.head, *figures.rows)]
    return {"title": figures.title, "rows": rows}


def _shown() -> _Shown:
    found: _Shown = session.remembered("page_files", _Shown)
    return found
