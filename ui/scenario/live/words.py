"""Every word that the live sliders show; what the browser fills in stands in braces."""

from __future__ import annotations

from forecasting.outlook.outlook import Light
from ui.charts.palette import GLYPHS
from ui.language import Language, catalogue, words

_WORDS = (
    "after",
    "before",
    "beyond_history",
    "beyond_range",
    "computing",
    "confirmed",
    "confirmed_as",
    "count",
    "cut",
    "dragging",
    "effect",
    "effect_join",
    "expected",
    "fans",
    "fans_note",
    "flash",
    "known_fan",
    "known",
    "least",
    "most",
    "no_effect",
    "number",
    "open_fan",
    "points",
    "published",
    "range",
    "reset",
    "reset_of",
    "said_down",
    "said_same",
    "said_up",
    "synthetic",
    "target",
    "times_down",
    "times_same",
    "times_up",
    "type_in",
)
_OF_TARGETS = ("all", "said", "weakest")
"""Words that are others where a line is no target of the area."""


def live_words(language: Language, *, reference: bool) -> dict[str, str]:
    """Return the words by name, not filled in."""
    messages = catalogue(language)
    kind = "reference" if reference else "own"
    return {name: messages[f"live.{name}"] for name in _WORDS} | {
        name: messages[f"live.{kind}.{name}"] for name in _OF_TARGETS
    }


def lights(language: Language) -> dict[str, tuple[str, str, str]]:
    """Return shape, colour and word of every light."""
    return {str(light): (*GLYPHS[light], words.light(light, language)) for light in Light}
