"""The colours of the two themes; measured contrasts are kept with the design."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from forecasting.outlook.lights import Light

_LIGHT: Final[Mapping[str, str]] = {
    "ink": "#1E2423",
    "ink2": "#4A5250",
    "ink3": "#666D6A",
    "paper": "#FCFBF7",
    "paper2": "#F4F2EB",
    "line": "#DEDAD0",
    "line2": "#ECE9E0",
    "acc": "#1F5E66",
    "accd": "#15474E",
    "f50": "#6B9CA1",
    "f80": "#A9C7C8",
    "f95": "#D7E5E3",
    "b50": "#BFBBB0",
    "b80": "#D6D2C8",
    "b95": "#E8E5DC",
    "g1": "#024B34",
    "g2": "#48854E",
    "g3": "#C18204",
    "g4": "#B32C1E",
    "fall": "#BFBBB0",
}
_DARK: Final[Mapping[str, str]] = {
    "ink": "#ECE9E1",
    "ink2": "#BDBFBA",
    "ink3": "#969A96",
    "paper": "#151918",
    "paper2": "#1E2322",
    "line": "#343B3A",
    "line2": "#262C2B",
    "acc": "#7FBCC1",
    "accd": "#A8D3D6",
    "f50": "#4F878D",
    "f80": "#345E63",
    "f95": "#243F42",
    "b50": "#5B5F5B",
    "b80": "#444846",
    "b95": "#323635",
    "g1": "#37A788",
    "g2": "#91BA69",
    "g3": "#FED140",
    "g4": "#DD5648",
    "fall": "#5B5F5B",
}

FONT: Final = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"

GLYPHS: Final[Mapping[Light, tuple[str, str]]] = {
    Light.ACHIEVABLE: ("●", "g1"),
    Light.HOPEFUL: ("▲", "g2"),
    Light.PRESSED: ("◆", "g3"),
    Light.HARD: ("■", "g4"),
    Light.MET: ("●", "ink"),
    Light.MISSED: ("■", "ink"),
}
"""Shape and colour of every light; its word always stands beside it."""


def palette(*, dark: bool) -> Mapping[str, str]:
    """Return the colours of a theme by their short names."""
    return _DARK if dark else _LIGHT
