"""From what a page hands over to the bytes that the browser computes with.

The bytes are four of length, a digest, a JSON head and then plain little-endian numbers that the
head points into. The full year, by which targets are decided, travels in double precision: a path
meets its target in the browser exactly where it does in Python. The quarters before it are only
drawn and travel in single precision, seven digits.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from forecasting.outlook.outlook import LIGHT_BOUNDS, OPEN_LIGHTS, Outlook, Quantiles
from forecasting.outlook.paths import PATHS_PER_SET
from forecasting.outlook.verdict import LOWEST_GROWTH
from forecasting.scenario.live import RANKS, Live, LiveCourse, LiveReach
from ui.charts.scale import BELOW_TARGET, MOST_TICKS
from ui.scenario.live.panels import SHOWN, panels
from ui.scenario.live.parts import Answer, LiveData, Released
from ui.scenario.live.words import lights, live_words

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


def packed(data: LiveData) -> Packed:
    """Pack everything that stays while sliders move; worth keeping as long as it stays."""
    numbers = _Numbers()
    head = {
        **_arithmetic(data.live, numbers),
        "language": str(data.language),
        "synthetic": data.baseline.area.synthetic,
        "bounds": LIGHT_BOUNDS,
        "open_lights": [str(light) for light in OPEN_LIGHTS],
        "lights": None if data.baseline.area.reference else lights(data.language),
        "frame": {"below": BELOW_TARGET, "ticks": MOST_TICKS},
        "groups": [asdict(group) for group in data.groups],
        "panels": panels(data.baseline, data.language),
        "before": _together(data.baseline),
        "words": live_words(data.language, reference=data.baseline.area.reference),
    }
    text = json.dumps(head, ensure_ascii=False, allow_nan=False).encode()
    text += b" " * (-(4 + DIGEST + len(text)) % _ALIGNED)
    body = text + b"".join(numbers.parts)
    digest = sha256(body).hexdigest()[:DIGEST]
    turned = (control for group in data.groups for control in group.controls)
    return Packed(
        len(text).to_bytes(4, "little") + digest.encode() + body,
        digest,
        {
            control.id: (control.lowest, control.highest)
            for control in turned
            if control.dial is not None
        },
    )


def answered(pack: Packed, answer: Answer, released: Released | None) -> Json:
    """Return an answer as the browser reads it: a few kilobytes, sent at every run."""
    verdicts = answer.outlook.verdicts
    return {
        "of": pack.digest,
        "at": released.at if released else None,
        "values": dict(answer.values),
        **_together(answer.outlook),
        "panels": {
            verdict.indicator_id: {
                "probability": verdict.probability,
                "fan": [_rounded(point.quantiles) for point in verdict.fan],
            }
            for verdict in verdicts
        },
    }


def _rounded(quantiles: Quantiles) -> list[float]:
    """Return quantiles with the digits that a drawing needs."""
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


def _reach(reach: LiveReach, numbers: _Numbers) -> Json:
    return {
        "course": reach.course,
        "rows": len(reach.table),
        "table": numbers.add(reach.table.T, "<f8"),
        "outcome": None if reach.outcome is None else numbers.add(reach.outcome, "<u2"),
        "expected": reach.expected,
    }
