"""Rows of a chart, which its scale places. Pure: no Altair, no Streamlit."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from ui.charts.scale import Frame

THOUSAND = 1000.0
"""From here on a figure beside a triangle has no decimal, to fit."""
_COLUMNS = ("part", "x", "x2", "y", "y2", "group", "shape", "text", *(f"q{i}" for i in range(7)))


@dataclass(slots=True)
class Rows:
    """Collects the rows of one chart within a frame, from left to right.

    ``crowd`` is the distance in x below which labels of triangles would overlap.
    """

    frame: Frame
    crowd: float
    rows: list[dict[str, object]] = field(default_factory=list)
    _run: list[tuple[float, float, dict[str, object]]] = field(default_factory=list)

    def add(self, part: str, **values: object) -> None:
        """Add a row that the layer of ``part`` draws."""
        self.rows.append({"part": part, **values})

    def add_beyond(self, x: float, value: float, *, shown: float) -> None:
        """Add the triangle of a figure outside the frame, labelled with what is ``shown``.

        Labels of neighbours would overlap, so only the furthest out of a run has one.
        """
        shape = "triangle-up" if value > self.frame.high else "triangle-down"
        text = f"{shown:,.1f}" if abs(shown) < THOUSAND else f"{shown:,.0f}"
        row: dict[str, object] = {"part": "beyond", "x": x, "y": self.frame.place(value)}
        row |= {"shape": shape, "text": text.replace("-", "−")}
        distance = max(value - self.frame.high, self.frame.low - value)
        if self._run and x - self._run[-1][0] < self.crowd:
            further = distance > max(known for _, known, _ in self._run)
            for _, _, other in self._run if further else [(x, distance, row)]:
                other["text"] = ""
        else:
            self._run.clear()
        self._run.append((x, distance, row))
        self.rows.append(row)

    def data(self) -> pd.DataFrame:
        """Return the rows as a frame with the same columns in every chart."""
        return pd.DataFrame(self.rows, columns=list(_COLUMNS))
