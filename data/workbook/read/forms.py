"""The form of figures: growth or level, cumulative or single, on which basis, in which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from data.workbook.read.asking import Asking, Pending
from data.workbook.read.bases import USUAL, answered, answers, offered
from data.workbook.read.claims import Claim
from data.workbook.read.lines import Lines
from data.workbook.read.stored import Stored
from data.workbook.read.table import Facts
from data.workbook.reading import Asked, Context, Option
from data.workbook.words.labels import coverage_for
from data.workbook.words.numbers import Number
from data.workbook.words.periods import Period, Reach
from data.workbook.words.qualifiers import Role
from data.workbook.words.units import convert, currency_of
from forecasting.figures.indicator import Basis, Indicator, Measure, PriceBasis

_RATES = ("%", "pp", "times")
_LEVELS = {Reach.YTD: Measure.LEVEL_YTD, Reach.QUARTER: Measure.LEVEL_QUARTER}
_GROWTHS = {
    Reach.YTD: Measure.GROWTH_YTD,
    Reach.QUARTER: Measure.GROWTH_QUARTER,
    Reach.MONTH: Measure.GROWTH_MONTH,
}
_REACHES = {
    Measure.GROWTH_YTD: Reach.YTD, Measure.LEVEL_YTD: Reach.YTD,
    Measure.GROWTH_QUARTER: Reach.QUARTER, Measure.LEVEL_QUARTER: Reach.QUARTER,
    Measure.GROWTH_MONTH: Reach.MONTH,
}  # fmt: skip
SINGLE_MONTH = "single_month"
"""The answer that levels are of single months, which are not kept."""
_SAME_GROWTH = {PriceBasis.COMPARABLE, PriceBasis.CONSTANT}
"""Growth at comparable and at constant prices is the same figure under two names."""
_UNITS = (
    "1e8 CNY", "1e4 CNY", "CNY", "1e8 USD", "1e4 USD", "1e4 kWh", "1e4 t", "1e4 persons",
    "persons", "households", "firms", "items",
)  # fmt: skip
"""What an indicator may be measured in that a file brings and that has no unit there."""
_ABROAD = re.compile("进出口|出口|进口|外资|外商")


def growth_of(claim: Claim, number: Number | None, facts: Facts) -> bool | None:
    """Return whether a figure is growth, None where nothing tells."""
    if claim.measure is not None:
        return claim.measure.is_growth
    if number is not None and (number.growth_word or number.unit == "%"):
        return True
    if claim.growth is not None:
        return claim.growth
    if number is not None and number.unit:
        return False
    rates = "%" in claim.units
    levels = any(unit not in _RATES for unit in claim.units)
    if rates != levels:
        return rates
    return False if facts.growth or claim.last_year else None


def reach_of(claim: Claim, period: Period, year: int | None, facts: Facts) -> Reach:
    """Return what a figure covers, ``UNSAID`` where nothing tells."""
    if claim.measure is not None:
        return _REACHES[claim.measure]
    if claim.reach is not None:
        return claim.reach
    if period.reach is Reach.YTD or facts.from_january:
        return Reach.YTD
    if period.reach is Reach.QUARTER and any(month in (6, 9, 12) for _, month in facts.cumulative):
        return Reach.YTD if period.month == 3 else Reach.QUARTER
    if period.reach is Reach.UNSAID and _single_month(period, year, facts):
        return Reach.MONTH
    if said := facts.lines.claim.reach:
        return said
    if facts.said_cumulative:  # others say 累计, and this one does not
        return Reach.QUARTER if period.reach is Reach.QUARTER else Reach.MONTH
    return Reach.UNSAID


def _single_month(period: Period, year: int | None, facts: Facts) -> bool:
    """Return whether a bare month is that month alone.

    It is beside 1-9月 for a 9月, beside whole quarters, and where only January and February are
    taken together.
    """
    together = {month for _, month in facts.cumulative}
    return (year, period.month) in facts.cumulative or facts.quarters or together == {2}


def measure_of(growth: bool, reach: Reach) -> Measure | None:
    """Return the form of a figure; the level of a single month has none."""
    return (_GROWTHS if growth else _LEVELS).get(reach)


class Forms:
    """Asks about forms, once for a file."""

    def __init__(self, context: Context, asking: Asking):
        self._asking = asking
        self._bases: dict[tuple[str, str, Measure], set[Basis]] = {}
        for area, indicator, measure, basis, _ in context.known:
            self._bases.setdefault((area, indicator, measure), set()).add(basis)
        self._catalogue = context.catalogue
        self.stored = Stored(context.known)
        self._unstated: dict[str, tuple[Indicator, Basis]] = {}

    def ask_measure(self, growth: bool, period: Period) -> Pending:
        """Ask whether figures are cumulative or of the single quarter or month."""
        quarter = period.reach is Reach.QUARTER
        kind = Reach.QUARTER if quarter else Reach.MONTH
        single = measure_of(growth, kind)
        measures = [Measure.GROWTH_YTD if growth else Measure.LEVEL_YTD]
        measures += [single] if single else []
        if not quarter and period.month % 3 == 0:
            measures.append(Measure.GROWTH_QUARTER if growth else Measure.LEVEL_QUARTER)
        name = "growth" if growth else "level"
        options = [Option.of("measure", str(entry)) for entry in measures]
        if not single:
            options.insert(1, Option(SINGLE_MONTH))
        return self._asking.ask(
            Asked.MEASURE, f"{name}:{kind}", options=options,
            values={"kind": name, "span": str(kind)},
        )  # fmt: skip

    def ask_unit(self, area: str, indicator: Indicator, number: Number, kind_open: bool) -> Pending:
        """Ask which unit levels are in; where they may be growth, that too."""
        currency = currency_of(indicator.unit)
        codes = [indicator.unit]
        if new := indicator.id not in self._catalogue:
            codes = list(_UNITS)
        elif currency:
            codes += [f"{power}{currency}" for power in ("", "1e4 ", "1e8 ")]
        elif " " in indicator.unit:
            codes.append(indicator.unit.partition(" ")[2])
        codes = list(dict.fromkeys(codes)) + (["%"] if kind_open else [])
        likely = self.stored.unit(area, indicator, number.value, codes)
        return self._asking.ask(
            Asked.UNIT, indicator.id if new else indicator.unit + (":%" if kind_open else ""),
            options=[Option.of("unit", code) for code in codes],
            values={"indicator": indicator.id, "unit": indicator.unit},
            suggested=Option("unit", likely).id if likely else "",
        )  # fmt: skip

    def ask_index(self) -> Pending:
        """Ask whether numbers near 100 are indices with last year = 100."""
        return self._asking.ask(
            Asked.INDEX, options=[Option("index"), Option("growth")],
            suggested="index",
        )  # fmt: skip

    def basis(
        self,
        area: str,
        indicator: Indicator,
        measure: Measure,
        claim: Claim,
        currency: str,
        lines: Lines,
    ) -> tuple[Basis, Pending | None]:
        """Return the basis of figures: as stated, as known, or as asked once per file."""
        usual = indicator.basis
        currency = currency or usual.currency
        if claim.exact:
            return Basis(claim.price or usual.price, claim.coverage or "", currency), None
        claim = _noted(claim, indicator, measure, lines.notes)
        if claim.price is not None or claim.coverage is not None:
            return self._stated(area, indicator, measure, claim, currency), None
        known = self._known(area, indicator, measure, currency)
        if len(known) == 1:
            return next(iter(known)), None
        usual = replace(usual, currency=currency)
        if lines.database or _only_currency(claim, indicator):
            return usual, None
        coverages = {
            basis.coverage for other in Measure for basis in self._known(area, indicator, other)
        }
        if len(coverages) == 1:  # what is usual of this area
            usual = replace(usual, coverage=coverages.pop())
        pending = self._ask_basis(indicator, usual)
        return answered(usual, pending.choice, indicator), pending

    def _known(
        self, area: str, indicator: Indicator, measure: Measure, currency: str = ""
    ) -> set[Basis]:
        """Return the bases of stored figures, whatever their currency."""
        bases = self._bases.get((area, indicator.id, measure), ())
        return {replace(basis, currency=currency) for basis in bases}

    def _stated(
        self, area: str, indicator: Indicator, measure: Measure, claim: Claim, currency: str
    ) -> Basis:
        """Return the basis that a file states, as the catalogue or stored levels call it."""
        price = claim.price or indicator.basis.price
        if measure.is_growth and {price, indicator.basis.price} == _SAME_GROWTH:
            price = indicator.basis.price
        coverage = None if claim.coverage == "natural" else claim.coverage
        basis = Basis(price, coverage_for(coverage, indicator), currency)
        if price is PriceBasis.CURRENT and not measure.is_growth:
            # Levels are at current prices, whatever the growth is at that the catalogue names.
            usual = replace(basis, price=indicator.basis.price)
            levels = [self._known(area, indicator, it, currency) for it in _LEVELS.values()]
            return usual if set().union(*levels) == {usual} else basis
        return basis

    def _ask_basis(self, indicator: Indicator, usual: Basis) -> Pending:
        """Ask for the basis of all that a file leaves open, with the answers that any may have."""
        pending = self._asking.ask(Asked.BASIS, options=answers(), suggested=USUAL)
        self._unstated.setdefault(indicator.id, (indicator, usual))
        pending.values["indicators"] = tuple(self._unstated)
        pending.options = offered(tuple(self._unstated.values()), pending.answer)
        return pending


def _noted(claim: Claim, indicator: Indicator, measure: Measure, notes: Sequence[Claim]) -> Claim:
    """Return a claim with the basis that a note below the table states of its indicator.

    A note of no indicator in particular is about levels at current prices, and about the growth
    of those that are usually compared at constant ones.
    """
    if claim.price is None and claim.coverage is None:
        for note in notes:
            whole = not note.ids and (
                {note.price, indicator.basis.price} <= _SAME_GROWTH
                if measure.is_growth
                else note.price is PriceBasis.CURRENT
                and indicator.basis.price is not PriceBasis.PHYSICAL
            )
            if (indicator.id in note.ids or whole) and note.growth in (None, measure.is_growth):
                return replace(claim, price=note.price, coverage=note.coverage)
    return claim


def _only_currency(claim: Claim, indicator: Indicator) -> bool:
    """Return whether a basis leaves open no more than the currency, and that is stated.

    Trade and foreign capital are counted at current prices, in yuan or in dollars; what is no
    money has no price at all.
    """
    if indicator.basis.price is PriceBasis.PHYSICAL:
        return indicator.basis.coverage == "standard"
    stated = claim.currency or any(map(currency_of, claim.units))
    return bool(stated) and bool(_ABROAD.search(indicator.name.zh))


def level_unit(claim: Claim, number: Number, indicator: Indicator) -> tuple[str, str] | None:
    """Return the unit found and the unit wanted, None where no unit of this kind was named."""
    return _fitting((number.unit,) if number.unit else claim.units, indicator.unit)


@lru_cache(maxsize=4096)
def _fitting(units: tuple[str, ...], own: str) -> tuple[str, str] | None:
    for unit in units:
        wanted = _wanted(own, unit)
        if convert(1.0, unit, wanted) is not None:
            return unit, wanted
    return None


def _wanted(own: str, found: str) -> str:
    """Return the unit of an indicator, or where money of another kind was found, in that."""
    currency, other = currency_of(own), currency_of(found)
    return own.replace(currency, other) if currency and other and currency != other else own


def has_level_unit(claim: Claim, number: Number) -> bool:
    """Return whether any unit of a level was named."""
    units = (number.unit,) if number.unit else claim.units
    return any(unit not in _RATES for unit in units)


def said_last_year(claim: Claim) -> bool:
    """Return whether figures are those of the same period of the year before."""
    return claim.last_year or claim.role is Role.LAST_YEAR
