"""What a page hands to the live sliders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forecasting.outlook.outlook import Outlook
from forecasting.scenario.live import Live
from ui.language import Language

MOST = 1e6
"""Beyond it a number typed into a slider's field is cut off, unless its range is a wide one."""


@dataclass(frozen=True, slots=True)
class Control:
    """One slider with its number field.

    Attributes
    ----------
    id
        Names its value in what is released.
    dial
        Place of its dial in ``Live.dials``; None where there is no dial, because a number is
        missing.
    label
        With the unit.
    spoken
        A value with its unit, ``{value}`` standing for the figure, for screen readers.
    low, high
        Ends of the slider: the usual range.
    lowest, highest
        Of what may be typed, and of what is taken from a browser.
    step, decimals
        Of the slider and of the figures shown.
    hint
        Shown while it stands at zero, where it changes nothing and where its reset leads.
    missing
        Why it cannot be turned: what is missing, and where to say it. Empty: it can.
    """

    id: str
    dial: int | None
    label: str
    spoken: str
    low: float
    high: float
    step: float
    decimals: int = 1
    lowest: float = -MOST
    highest: float = MOST
    hint: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Sliders under one title."""

    title: str
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LiveData:
    """All that stays while sliders are dragged and released.

    Attributes
    ----------
    live
        The linear picture of the scenario with everything applied but the sliders.
    baseline
        The outlook without any scenario: what all is compared with.
    """

    live: Live
    baseline: Outlook
    groups: tuple[Group, ...]
    language: Language


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What Python says of one setting of the sliders, from all paths.

    Attributes
    ----------
    values
        By control, where the sliders stand. One that is left out stands at zero.
    outlook
        Of the scenario at these values.
    """

    values: Mapping[str, float]
    outlook: Outlook


@dataclass(frozen=True, slots=True, eq=False)
class Released:
    """Where the sliders were let go.

    Attributes
    ----------
    values
        By control, of every slider that does not stand at zero.
    at
        Counts releases of one open page; handed back with the answer.
    """

    values: Mapping[str, float]
    at: int
