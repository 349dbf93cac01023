"""What the texts around a figure say of it, gathered from near to far."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from data.workbook.book import Cell
from data.workbook.read.places import Places
from data.workbook.words.labels import Label, parse_label
from data.workbook.words.periods import (
    Period,
    Reach,
    find_period,
    find_year,
    has_other_range,
    is_day,
    parse_period,
    parse_year,
)
from data.workbook.words.qualifiers import FIGURES, Role
from data.workbook.words.text import compact, plain
from forecasting.figures.indicator import Catalogue, Measure, PriceBasis, Status


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of figures, except when they are of; None and empty where nothing is.

    Attributes
    ----------
    ids, name
        The indicator: ids of the catalogue, or the name where it has none.
    area, place
        Id of a known area, or the name of a place that is none.
    units
        Every unit that was named, the nearest first.
    reach
        What a label says that figures cover, nearer than any title does.
    measure
        The form where a column of its own says it.
    hundred
        Whether it is written that last year = 100.
    unknown
        The words for which figures are left out: they are neither ours nor a place.
    exact
        The basis is stated in columns of its own, as our exports do: nothing is read into it.
    """

    ids: tuple[str, ...] = ()
    name: str = ""
    area: str = ""
    place: str = ""
    role: Role | None = None
    growth: bool | None = None
    reach: Reach | None = None
    measure: Measure | None = None
    units: tuple[str, ...] = ()
    price: PriceBasis | None = None
    coverage: str | None = None
    currency: str | None = None
    status: Status | None = None
    publisher: str = ""
    index: bool = False
    hundred: bool = False
    last_year: bool = False
    unknown: str = ""
    exact: bool = False

    @property
    def named(self) -> bool:
        """Whether it says which indicator, known or not."""
        return bool(self.ids or self.name)

    @property
    def left_out(self) -> bool:
        """Whether figures are of a kind that is none of ours: ranks, plans, shares."""
        return self.role is not None and self.role not in FIGURES


NOTHING = Claim()
_INDEX_OF = re.compile(r"\bind(?:ex|ices) of (?:the )?", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(1[0-2]|0[1-9])/((?:19|20)[0-9]{2})")
_BILINGUAL = re.compile(
    r"([^A-Za-z]*[\u3400-\u9fff][^A-Za-z]*?)\s+[A-Z][A-Za-z][A-Za-z ,.&'-]{3,}$"
)
_YOY = re.compile(r"\by/y\b|\by-o-y\b", re.IGNORECASE)
_TOTAL = re.compile(r"(?<=[\u3400-\u9fff]{2})\s*(?:合计|总计)(?=\s*$|[(（])")
_THIS_YEAR = re.compile(r"^(?:今年|本年|当年)(?:以来)?\s*")
_AGAINST = ("比", "较", "与")
"""What remains of 比1-8月: a difference from the period before."""
_FIELDS = tuple(field.name for field in fields(Claim))
_VALUES = attrgetter(*_FIELDS)
_ROLES = {role: place for place, role in enumerate(Role)}
_IDS, _NAME, _AREA, _PLACE, _ROLE, _UNITS = map(
    _FIELDS.index, ("ids", "name", "area", "place", "role", "units")
)
_DOMINANT = tuple(map(_FIELDS.index, ("index", "hundred", "exact")))
_DOMINANT_NEAR = (*_DOMINANT, *map(_FIELDS.index, ("last_year", "growth")))
"""What is true wherever it is said near a figure: 完成额 of a row under 增速 is growth."""


def joined(near: Claim, far: Claim, *, far_away: bool = False) -> Claim:
    """Return what two texts say together; where they differ, what the nearer says.

    Parameters
    ----------
    far_away
        Whether ``far`` is said of a whole table: it only fills what nearer texts leave open.
    """
    if far is NOTHING or near is NOTHING:
        return near if far is NOTHING else far
    # As lists of values: most of the time of a long table with unknown labels is spent here.
    mine, theirs = _VALUES(near), _VALUES(far)
    both: list[Any] = [
        one if one or one is False else other for one, other in zip(mine, theirs, strict=True)
    ]
    for place in _DOMINANT if far_away else _DOMINANT_NEAR:
        both[place] = mine[place] or theirs[place] or both[place]
    if near.units and far.units:
        both[_UNITS] = tuple(dict.fromkeys((*near.units, *far.units)))
    if near.named:
        both[_IDS], both[_NAME] = near.ids, near.name
    if near.area or near.place:
        both[_AREA], both[_PLACE] = near.area, near.place
    roles = [role for role in (near.role, far.role) if role is not None and not far_away]
    both[_ROLE] = max(roles, key=_ROLES.__getitem__, default=near.role)
    return Claim(*both)


class Told(NamedTuple):
    """What one text says.

    Attributes
    ----------
    year
        Of a text that names a year and no period.
    """

    claim: Claim = NOTHING
    period: Period | None = None
    year: int | None = None


class Teller:
    """Reads texts, each once."""

    def __init__(self, catalogue: Catalogue, places: Places):
        self._catalogue = catalogue
        self._places = places
        self.units = frozenset(entry.unit for entry in catalogue.indicators.values())
        self.tell = cache(self._tell)

    def _tell(self, cell: Cell, label: bool = True) -> Told:
        """Return what a head or a label says.

        Parameters
        ----------
        label
            Whether a number may be a year or a month: it may in a head, not in a note.
        """
        if cell is None or isinstance(cell, bool):
            return Told()
        if not isinstance(cell, str):
            year, period = parse_year(cell), parse_period(cell)
            if isinstance(cell, date) and period is None:
                return Told(Claim(role=Role.DAY))
            return Told(year=year) if year else Told(period=period)
        if year := parse_year(cell):
            return Told(year=year)
        if match := _MONTH_YEAR.fullmatch(cell.strip()):
            cell = f"{match[2]}-{match[1]}"
        if period := parse_period(cell):
            return Told(period=period)
        if area := self._places.named(cell):
            return Told(Claim(area=area))
        if is_day(cell):
            return Told(Claim(role=Role.DAY))
        if self._places.is_kind(cell):
            return Told(Claim(place=cell))
        return self._of_label(cell)

    def _of_label(self, text: str) -> Told:
        text = _YOY.sub("YoY", _TOTAL.sub("", _INDEX_OF.sub("Index, ", text)))
        first, colon, rest = plain(text).partition(":")
        if colon and (area := self._places.named(first)):
            told = self._of_label(rest)
            return Told(joined(Claim(area=area), told.claim), told.period, told.year)
        whole = parse_label(text, self._catalogue)
        if whole.indicators:
            return Told(self.claim(whole))
        if whole.role is not None and whole.role not in FIGURES:
            planned = find_year(text)  # of 2026年目标
            return Told(self.claim(whole), year=planned[0] if planned else None)
        if has_other_range(text):
            return Told(Claim(role=Role.UNKNOWN, unknown=plain(text)))
        period, year, rest = None, None, text
        if found := find_period(text):
            period, rest = found
            rest = _THIS_YEAR.sub("", rest)
        elif dated := find_year(text):
            year, rest = dated
        if rest is not text and (not rest or parse_period(rest)):
            return Told(NOTHING, period, year)  # perhaps in two languages
        if rest in _AGAINST:
            return Told(Claim(role=Role.PACE))
        claim = self.claim(whole if rest is text else parse_label(rest, self._catalogue))
        if claim.name == "同期":
            claim = replace(claim, name="", role=Role.LAST_YEAR, last_year=True)
        if claim.name and not claim.area:
            claim = self._of_area(rest, claim)
        if claim.name and (match := _BILINGUAL.match(plain(rest))):
            told = self._of_label(match[1])
            claim = told.claim if told.claim.ids else claim
        if claim.last_year and period is not None and period.year is not None:
            claim = replace(claim, last_year=False, role=Role.LEVEL)  # 2025年1-9月(上年同期)
        return Told(claim, period, year)

    def _of_area(self, text: str, claim: Claim) -> Claim:
        """Return what 临汾市固定资产投资 says, where an area and an indicator are both known."""
        shown = plain(text)
        for name in self._places.names():
            if shown.startswith(name):
                label = parse_label(shown[len(name) :].lstrip("的 "), self._catalogue)
                if label.indicators:
                    return replace(self.claim(label), area=self._places.named(name), place="")
        return claim

    def claim(self, label: Label) -> Claim:
        """Return what a label says as a claim."""
        area = self._places.named(label.area) if label.area else ""
        name = "" if label.indicators else label.name
        if name and not area and (known := self._places.named(name)):
            area, name = known, ""
        unit = (label.unit.code,) if label.unit else ()
        role = Role.PACE if unit == ("pp",) else label.role
        return Claim(
            ids=label.indicators, name=name, area=area,
            place="" if area else label.area, role=role, growth=label.growth,
            reach=label.reach, units=unit, price=label.price, coverage=label.coverage,
            currency=label.currency, status=label.status, index=label.index,
            hundred=label.index and "100" in compact(label.text), last_year=label.last_year,
        )  # fmt: skip


def without_name(claim: Claim) -> Claim:
    """Return a claim that leaves the indicator to other texts."""
    return replace(claim, ids=(), name="")


def shown(cell: Cell) -> str:
    """Return what a cell holds as a person sees it."""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return plain(cell) if isinstance(cell, str) else "" if cell is None else _day(cell)


def _day(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)
