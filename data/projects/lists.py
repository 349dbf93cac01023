"""Delays and ramps: a share for each quarter, as ``0季60%;1季30%;2季10%``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.projects.cells import fraction, says_nothing
from data.projects.problems import Code, Unread
from data.workbook.book import Cell
from data.workbook.words.text import compact
from forecasting.scenario.schema_1 import MOST_RAMP

MOST_QUARTERS = 40
"""Of delay; more is a slip."""

_BETWEEN = re.compile(r"->|[;,、/|+→\n]")
_SHARE = r"(?P<share>[0-9]*\.?[0-9]+%?)"
_QUARTERS = r"(?:个?季度?|Q)"
_LATER = "(?:推迟|延期|延迟|延后|晚|延)?(?:约)?"
_DELAYED = re.compile(
    rf"(?:{_LATER}(?P<quarters>[0-9]{{1,2}}){_QUARTERS}"
    "|(?P<none>不延期|按期|按时|如期|准时|ONTIME))"
    rf"(?:的?(?:概率|可能性|可能))?[:=为]?(?:{_SHARE})?"
)
_RAMPED = re.compile(
    rf"(?:第?(?P<quarter>[0-9]{{1,2}}){_QUARTERS}(?:起|及以后|以后)?[:=为]?)?{_SHARE}"
)
_CERTAIN = re.compile(
    rf"{_LATER}(?P<quarters>[0-9]{{1,2}}){_QUARTERS}|{_LATER}(?P<months>[0-9]{{1,2}})个月"
)
_NEVER = {"不延期", "不推迟", "按期", "按时", "如期", "准时", "否", "ONTIME"}
_SUM = 1e-6


def delay(cell: Cell, *, head_quarters: bool = False) -> tuple[float, ...] | None:
    """Return the probability of 0, 1, 2 ... quarters' delay.

    Parameters
    ----------
    head_quarters
        Whether the head says that a bare number counts quarters.
    """
    if isinstance(cell, float) and head_quarters and cell.is_integer():
        cell = f"{int(cell)}季"
    if says_nothing(cell):
        return None
    if not isinstance(cell, str):
        raise Unread(Code.DELAY)
    squeezed = compact(cell)
    if squeezed in _NEVER:
        return (1.0,)
    if certain := _CERTAIN.fullmatch(squeezed):
        return _certain(certain)
    shares = dict(_delays(cell))
    if not shares or abs(sum(shares.values()) - 1) > _SUM:
        raise Unread(Code.DELAY)
    return tuple(shares.get(quarters, 0.0) for quarters in range(max(shares) + 1))


def ramp(cell: Cell) -> tuple[float, ...] | None:
    """Return the share of capacity in the first, second ... quarter."""
    if says_nothing(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, (str, float)):
        raise Unread(Code.RAMP)
    shares = tuple(_ramps(cell if isinstance(cell, str) else repr(cell)))
    if not shares or not all(0 <= share <= MOST_RAMP for share in shares):
        raise Unread(Code.RAMP)
    return shares


def _certain(match: re.Match[str]) -> tuple[float, ...]:
    """Return a delay that is sure: 延期2季, 延期6个月."""
    if match["months"] and int(match["months"]) % 3:
        raise Unread(Code.DELAY)
    quarters = int(match["quarters"]) if match["quarters"] else int(match["months"]) // 3
    if quarters > MOST_QUARTERS:
        raise Unread(Code.DELAY)
    return (0.0,) * quarters + (1.0,)


def _delays(cell: str) -> Iterator[tuple[int, float]]:
    seen: set[int] = set()
    for place, part in enumerate(_parts(cell)):
        bare = re.fullmatch(_SHARE, part)
        match = bare or _DELAYED.fullmatch(part)
        if match is None or match["share"] is None:
            raise Unread(Code.DELAY)
        quarters = place
        if not bare:
            quarters = 0 if match["none"] else int(match["quarters"])
        value = fraction(match["share"])
        if quarters in seen or quarters > MOST_QUARTERS or not 0 <= value <= 1:
            raise Unread(Code.DELAY)
        seen.add(quarters)
        yield quarters, value


def _ramps(cell: str) -> Iterator[float]:
    for place, part in enumerate(_parts(cell), start=1):
        match = _RAMPED.fullmatch(part)
        if match is None or int(match["quarter"] or place) != place:
            raise Unread(Code.RAMP)
        yield fraction(match["share"])


def _parts(cell: str) -> list[str]:
    """Return the parts of a list in capitals, half-width and without spaces."""
    return [compact(part) for part in _BETWEEN.split(_half_width(cell)) if part.strip()]


def _half_width(cell: str) -> str:
    return cell.replace("；", ";").replace("，", ",").replace("／", "/")
