"""Which indicator and which area figures are of, asked where the file and we do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.workbook.read.asking import MOST_OPTIONAL, Asking, Pending
from data.workbook.read.claims import Claim
from data.workbook.reading import SKIP, Asked, Context, Option
from data.workbook.words.labels import parse_label, similar
from data.workbook.words.text import compact
from data.workbook.words.units import convert, currency_of
from forecasting.figures.indicator import (
    Basis,
    Direction,
    Group,
    Indicator,
    Measure,
    Names,
    PriceBasis,
)

NEW = "new"
_SIGNS = re.compile(r"[*_`~<>\[\]$#\\]|[\x00-\x1f]")
"""Of markup, which a name on a page and in an address does not have."""
MOST_ASKED = 20
"""Labels of a file without any known one that are asked about."""
MOST_PLACES_ASKED = 5
NEAR = 0.7
"""Names of which this much is the same may be one indicator; which, a person says."""
SHORTEST = 4
_RATES = ("%", "pp", "times")
_KINDS = (
    re.compile(r"^(?:人均|单位|每|户均|地均|亩均)|PERCAPITA|PERHEAD"),
    re.compile(r"率$|占比$|比重$|比例$"),
    re.compile(r"(?<!指)数$|数量$|面积$"),
)
"""Per head, a ratio, a count: of another kind than the sum that the rest of the name is."""


@dataclass(frozen=True, slots=True)
class Named:
    """Whose figures they are; ``indicator`` None and ``left`` a remark where none of ours.

    ``asked`` holds the questions about the area and the indicator, in this order.
    """

    area: str = ""
    indicator: Indicator | None = None
    asked: tuple[Pending, ...] = ()
    left: str = ""

    @property
    def open(self) -> bool:
        """Whether the indicator or the area is still asked for."""
        return any(pending.open for pending in self.asked)


class Namer:
    """Settles names for one file."""

    def __init__(self, context: Context, asking: Asking, claims: Iterable[Claim]):
        self._context = context
        self._asking = asking
        self.added: dict[str, Indicator] = {}
        self._known_names = [
            (_key(name), entry.id)
            for entry in context.catalogue.indicators.values()
            for name in (entry.name.zh, entry.name.en, entry.short.zh, *entry.aliases)
        ]
        self._nearest: dict[tuple[str, str], tuple[str, ...]] = {}
        self._units: dict[str, str] = {}
        self._offered = 0
        known_names, unknown = False, set()
        known_areas, places = False, set()
        for claim in claims:
            if claim.left_out:
                continue
            known_names = known_names or bool(claim.ids)
            if claim.name:
                unknown.add(claim.name)
                if unit := _level_unit(claim):
                    self._units.setdefault(claim.name, unit)
            known_areas = known_areas or bool(claim.area)
            if claim.place:
                places.add(claim.place)
        self.any_known = known_names
        self._few_unknown = len(unknown) <= MOST_ASKED
        self._ask_places = not known_areas and len(places) <= MOST_PLACES_ASKED

    def named(self, claim: Claim) -> Named:
        """Return whose figures a claim is about."""
        area, place = self._area(claim)
        asked = (place,) if place else ()
        if not area:
            return Named(left="areas_left_out", asked=asked)
        indicator, name = self._indicator(claim)
        asked = (*asked, name) if name else asked
        if indicator is None:
            return Named(area, left="labels_left_out", asked=asked)
        return Named(area, indicator, asked)

    def _area(self, claim: Claim) -> tuple[str, Pending | None]:
        if claim.area or not claim.place:
            return claim.area or self._context.area, None
        answered = bool(self._asking.given(Asked.AREA, compact(claim.place)))
        if not (claim.ids or answered or self._near(claim)):
            return "", None
        own = self._context.area
        areas = sorted(self._context.areas, key=lambda area: area.id != own)
        pending = self._asking.ask(
            Asked.AREA, compact(claim.place), found=claim.place,
            options=[Option.of("area", area.id) for area in areas],
            optional=not self._ask_places,
        )  # fmt: skip
        left = pending.optional and pending.open
        return ("" if left else pending.choice.value), pending  # which is empty to skip

    def _indicator(self, claim: Claim) -> tuple[Indicator | None, Pending | None]:
        catalogue = self._context.catalogue
        if len(claim.ids) == 1:
            return catalogue[claim.ids[0]], None
        near = claim.ids or self._near(claim)
        optional = not near and (self.any_known or not self._few_unknown)
        if optional and not self._asking.given(Asked.INDICATOR, compact(claim.name)):
            self._offered += 1
            if self._offered > MOST_OPTIONAL:
                return None, None
        pending = self._ask(claim, near, optional)
        choice = pending.choice
        if choice.code == SKIP or (optional and pending.open):
            return None, pending
        if choice.code == NEW:
            indicator = self._new(claim)
            if pending.answer == NEW:
                self.added[indicator.id] = indicator
            return indicator, pending
        return catalogue[choice.value], pending

    def _ask(self, claim: Claim, near: Sequence[str], optional: bool) -> Pending:
        """Ask which indicator a label is: those alike first, a new one, then all others."""
        likely = [
            *near,
            *(id_ for id_ in similar(claim.name, self._context.catalogue) if id_ not in near),
        ]
        rest = [id_ for id_ in self._context.catalogue.indicators if id_ not in likely]
        options = [
            *(Option.of("indicator", id_) for id_ in near),
            Option(NEW, values={"name": claim.name}),
            *(Option.of("indicator", id_) for id_ in (*likely, *rest) if id_ not in near),
        ]  # fmt: skip
        return self._asking.ask(
            Asked.INDICATOR, compact(claim.name), found=claim.name, options=options,
            optional=optional,
        )  # fmt: skip

    def _near(self, claim: Claim) -> tuple[str, ...]:
        """Return the ids whose name holds this one or is held by it, nearly as long.

        What is counted in another unit is none of them, nor what is per head or a ratio.
        """
        unit = _level_unit(claim)
        found = self._nearest.get((claim.name, unit))
        if found is None:
            key = _key(claim.name)
            alike: dict[str, float] = {}
            for known, id_ in self._known_names:
                if (known in key or key in known) and not _of_another_kind(key, known):
                    alike[id_] = max(alike.get(id_, 0.0), _likeness(key, known))
            near = [id_ for id_, ratio in alike.items() if ratio >= NEAR and self._in(unit, id_)]
            found = tuple(sorted(near, key=lambda id_: -alike[id_]))
            self._nearest[claim.name, unit] = found
        return found

    def _in(self, unit: str, id_: str) -> bool:
        """Return whether an indicator may be measured in a unit."""
        own = self._context.catalogue[id_].unit
        both_money = bool(currency_of(unit) and currency_of(own))
        return not unit or both_money or convert(1.0, unit, own) is not None

    def _new(self, claim: Claim) -> Indicator:
        """Return the indicator that a label is added as; its name is its id."""
        answer = self._asking.given(Asked.UNIT, claim.name)
        money = self._units.get(claim.name, "") or answer.removeprefix("unit:")
        money = "" if money in (SKIP, *_RATES) else money
        currency = "USD" if money.endswith("USD") else "CNY" if money.endswith("CNY") else ""
        price = PriceBasis.CURRENT if currency else PriceBasis.PHYSICAL
        name = _SIGNS.sub("", claim.name).strip() or claim.name
        return Indicator(
            id=name, name=Names(name, name), short=Names(name, name),
            aliases=(claim.name,) if claim.name != name else (), unit=money or "items",
            measures=(Measure.GROWTH_YTD, Measure.LEVEL_YTD),
            basis=Basis(price, "standard", currency), group=Group.MAIN, direction=Direction.UP,
            order=len(self._context.catalogue.indicators) + len(self.added),
        )  # fmt: skip

    def in_currency(self, indicator: Indicator, currency: str) -> Indicator:
        """Return the same indicator in another currency where the catalogue has one."""
        if currency != "USD" or indicator.basis.currency == "USD":
            return indicator
        label = parse_label(f"{indicator.name.zh}（美元计价）", self._context.catalogue)
        return self._context.catalogue[label.indicators[0]] if label.indicators else indicator


def _level_unit(claim: Claim) -> str:
    return next((unit for unit in claim.units if unit not in _RATES), "")


def _of_another_kind(key: str, known: str) -> bool:
    """Return whether one of two names is per head, a ratio or a count, and the other is not."""
    return any(bool(words.search(key)) != bool(words.search(known)) for words in _KINDS)


def _likeness(key: str, known: str) -> float:
    """Return how much of two names, of which one holds the other, is the same."""
    shorter = min(len(key), len(known))
    return 2 * shorter / (len(key) + len(known)) if shorter >= SHORTEST else 0.0


def _key(name: str) -> str:
    return compact(name).replace("规模以上", "规上").replace("工业企业", "工业")
