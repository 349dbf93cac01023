"""What is handed to the live sliders, and the bytes that the browser computes with.

The bytes are four of length, a digest, a JSON head and then plain little-endian numbers that the
head points into. The full year, by which targets are decided, travels in double precision: a path
meets its target in the browser exactly where it does in Python. The quarters before it are only
drawn and travel in single precision, seven digits.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from forecasting.figures.period import Quarter
from forecasting.outlook.lights import LIGHT_BOUNDS, OPEN_LIGHTS, Light
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.outlook.paths import PATHS_PER_SET
from forecasting.outlook.quantiles import Quantiles
from forecasting.outlook.verdict import LOWEST_GROWTH
from forecasting.scenario.apply import largest_move
from forecasting.scenario.live import RANKS, Live, LiveCourse, LiveEffect
from ui.charts.fan_content import LAST, fan_of
from ui.charts.palette import GLYPHS
from ui.charts.scale import BELOW_TARGET, MOST_TICKS
from ui.language import Speaker, catalogue, words
from ui.language import format as fmt

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


DIGEST = 32
"""Characters of the digest."""
_ALIGNED = 8

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes for the browser, and what is known of them here.

    Attributes
    ----------
    digest
        Of the content: an answer names the picture that it belongs to.
    controls
        By the id of each control that can be turned, between which values it can be.
    """

    content: bytes
    digest: str
    controls: Mapping[str, tuple[float, float]]


@dataclass(slots=True)
class _Numbers:
    """Arrays one after the other, each aligned; what is added is known by its place."""

    parts: list[bytes] = field(default_factory=list)
    length: int = 0

    def add(self, values: NDArray[Any], kind: DTypeLike) -> int:
        place = self.length
        content = np.ascontiguousarray(values, dtype=kind).tobytes()
        content += b"\0" * (-len(content) % _ALIGNED)
        self.parts.append(content)
        self.length += len(content)
        return place


def pack(
    live: Live,
    baseline: Outlook,
    groups: Sequence[Group],
    say: Speaker,
    sentence: Json | None = None,
) -> Packed:
    """Return everything that stays while sliders move; worth keeping as long as it stays.

    Parameters
    ----------
    live
        The linear picture of the scenario with everything applied but the sliders.
    baseline
        The outlook without any scenario, which all is compared with.
    sentence
        As ``sentence.sentence`` returns it.
    """
    numbers = _Numbers()
    head = {
        **_arithmetic(live, numbers),
        "language": str(say.language),
        "synthetic": baseline.area.synthetic,
        "bounds": LIGHT_BOUNDS,
        "open_lights": [str(light) for light in OPEN_LIGHTS],
        "lights": None if baseline.area.reference else lights(say),
        "frame": {"below": BELOW_TARGET, "ticks": MOST_TICKS},
        "groups": [asdict(group) for group in groups],
        "panels": panels(baseline, say),
        "before": _together(baseline),
        "sentence": sentence,
        "words": live_words(say, reference=baseline.area.reference),
    }
    text = json.dumps(head, ensure_ascii=False, allow_nan=False).encode()
    text += b" " * (-(4 + DIGEST + len(text)) % _ALIGNED)
    body = text + b"".join(numbers.parts)
    digest = sha256(body).hexdigest()[:DIGEST]
    turned = (control for group in groups for control in group.controls)
    return Packed(
        len(text).to_bytes(4, "little") + digest.encode() + body,
        digest,
        {
            control.id: (control.lowest, control.highest)
            for control in turned
            if control.dial is not None
        },
    )


def answer(
    pack: Packed,
    values: Mapping[str, float],
    outlook: Outlook,
    headline: str,
    released: Released | None,
) -> Json:
    """Return what all paths say as the browser reads it: a few kilobytes, sent at every run.

    Parameters
    ----------
    values
        Where the sliders stand, by control; one that is left out stands at zero.
    outlook
        Of the scenario at these values.
    headline
        What the page opens with, in Markdown.
    """
    return {
        "of": pack.digest,
        "at": released.at if released else None,
        "values": dict(values),
        "headline": headline,
        **_together(outlook),
        "panels": {
            verdict.indicator_id: {
                "probability": verdict.probability,
                "fan": [_rounded(point.quantiles) for point in verdict.fan],
            }
            for verdict in outlook.verdicts
        },
    }


def _rounded(quantiles: Quantiles) -> list[float]:
    return [round(value, SHOWN) for value in quantiles]


def released_from(raw: object, pack: Packed) -> Released | None:
    """Read what a browser sent: anything may come from there.

    Values of controls that are not there are left out, as are values that a control cannot have.
    What is no release at all is none.
    """
    if not isinstance(raw, Mapping) or not isinstance(raw.get("values"), Mapping):
        return None
    at = raw.get("at")
    values = {
        name: float(value)
        for name, value in raw["values"].items()
        if name in pack.controls and isinstance(value, int | float) and _can_be(value, name, pack)
    }
    return Released(values, at if isinstance(at, int) else 0)


def _can_be(value: float, name: str, pack: Packed) -> bool:
    low, high = pack.controls[name]
    return low <= value <= high


def _together(outlook: Outlook) -> Json:
    together = outlook.all_clear
    if together is None:
        return {"all": None, "weakest": None}
    weakest = together.weakest
    return {
        "all": together.probability,
        "weakest": None if weakest is None else weakest.indicator_id,
    }


def _arithmetic(live: Live, numbers: _Numbers) -> Json:
    return {
        "paths": PATHS_PER_SET,
        "ranks": RANKS,
        "lowest": LOWEST_GROWTH,
        "order": live.order,
        "courses": [_course(course, numbers) for course in live.courses],
        "closed": [asdict(closed) for closed in live.closed],
        "sides": live.sides,
        "alike": live.alike,
        "dials": [[_reach(reach, numbers) for reach in dial] for dial in live.dials],
    }


def _course(course: LiveCourse, numbers: _Numbers) -> Json:
    *early, year = course.growth.T
    return {
        "indicator": course.indicator,
        "lowest": course.lowest if math.isfinite(course.lowest) else None,
        "highest": course.highest if math.isfinite(course.highest) else None,
        "counts": course.counts,
        "early": [numbers.add(column, "<f4") for column in early],
        "year": numbers.add(year, "<f8"),
    }


def _reach(reach: LiveEffect, numbers: _Numbers) -> Json:
    return {
        "course": reach.course,
        "rows": len(reach.table),
        "table": numbers.add(reach.table.T, "<f8"),
        "outcome": None if reach.outcome is None else numbers.add(reach.outcome, "<u2"),
        "realised": None if reach.realised is None else numbers.add(reach.realised, "<f8"),
        "expected": reach.expected,
    }


SHOWN = 4
"""Decimals of growth that is only drawn and shown."""


def panels(baseline: Outlook, say: Speaker) -> list[dict[str, Any]]:
    """Return the panels, those that count first and the least likely first of them.

    Their place stays while sliders move: a panel that jumps cannot be watched.
    """
    ordered = sorted(
        baseline.verdicts,
        key=lambda verdict: (not verdict.counts, verdict.probability, verdict.quantiles.median),
    )
    return [_panel(verdict, baseline.year, say) for verdict in ordered]


def _panel(verdict: Verdict, year: int, say: Speaker) -> dict[str, Any]:
    light, fan = verdict.shown_light, fan_of(verdict, year, say)
    return {
        "indicator": verdict.indicator_id,
        "name": words.title(verdict.history.indicator, say.plain),
        "clause": words.clause(verdict.target, say),
        "threshold": fan.target,
        "years": fan.years,
        "periods": [
            fmt.since_january(Quarter(year - 1, 1) + quarter, say) for quarter in range(LAST + 1)
        ],
        "known": [
            [one.position, one.growth, one.unpublished, one.ring]
            for one in fan.known
            if isinstance(one.period, Quarter)
        ],
        "ahead": LAST + 1 - len(verdict.fan) if verdict.fan else None,
        "before": {
            "probability": verdict.probability,
            "fan": [[round(value, SHOWN) for value in p.quantiles] for p in verdict.fan],
        },
        "growth": verdict.quantiles.median,
        "light": None if light is None else str(light),
        "published": verdict.complete,
        "moved": largest_move(verdict.history, year),
    }


def live_words(say: Speaker, *, reference: bool) -> dict[str, str]:
    """Return every word that the sliders show by name; what the browser fills in is in braces.

    Some are others where a line is no target of the area, as in a ``reference`` area.
    """
    messages, kind = catalogue(say.language), "reference." if reference else "own."
    names = [key.removeprefix("live.") for key in messages if key.startswith("live.")]
    return {
        name.removeprefix(kind): messages[f"live.{name}"]
        for name in names
        if "." not in name or name.startswith(kind)
    }


def lights(say: Speaker) -> dict[str, tuple[str, str, str]]:
    """Return shape, colour and word of every light."""
    return {str(light): (*GLYPHS[light], say(f"light.{light}")) for light in Light}
