"""Figures settled one by one: whose, in which form, of when; what is open is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from data.workbook.read.asking import Asking, Pending
from data.workbook.read.claims import Claim, shown
from data.workbook.read.forms import (
    SINGLE_MONTH,
    Forms,
    growth_of,
    has_level_unit,
    level_unit,
    measure_of,
    reach_of,
    said_last_year,
)
from data.workbook.read.names import Named, Namer
from data.workbook.read.omitted import Left
from data.workbook.read.table import Facts, Finding
from data.workbook.read.years import When
from data.workbook.reading import SKIP, Asked, Context, Option, ReadFigure, RefusedCell
from data.workbook.words.numbers import Number, clean
from data.workbook.words.periods import Period, Reach
from data.workbook.words.units import convert, currency_of
from forecasting.figures.indicator import Basis, Indicator, Measure, Observation, Status
from forecasting.figures.period import Month

NEAR_HUNDRED = (50.0, 200.0)
"""Between these an index with last year = 100 is likely, and growth is not."""

_FIRST = {Reach.QUARTER: 3, Reach.UNSAID: 1}
"""The quarter and the month that are cumulative as well."""


class Settler:
    """Turns findings into figures."""

    def __init__(self, context: Context, asking: Asking, findings: Sequence[Finding]):
        self.asking = asking
        self.left = Left()
        claims = {id(entry.claim): entry.claim for entry in findings}
        self.namer = Namer(context, asking, claims.values())
        self._forms = Forms(context, asking)
        self._when = When(context, asking, findings)
        self._named: dict[int, Named] = {}
        self._bases: dict[tuple[int, str, str, str], tuple[Basis, Pending | None]] = {}
        self._unsaid_status: Pending | None = None
        self._month = cache(Month)  # figures of one month share it
        self.figures: list[ReadFigure] = []
        self.refused: list[RefusedCell] = []
        for entry in findings:
            self._settle(entry)

    def _settle(self, entry: Finding) -> None:
        claim = entry.claim
        if entry.refused:
            self._refuse(entry.refused, entry)
            return
        if claim.left_out:
            self.left.role(claim, entry.place)
            return
        named = self._named.get(id(claim))
        if named is None:
            named = self._named[id(claim)] = self.namer.named(claim)
        if entry.number is None and named.indicator is None:
            return
        for pending in named.asked:
            pending.of(entry.place)
        if named.indicator is None:
            self.left.name(named.left, claim, entry.place, named.asked)
            return
        if entry.number is None:
            self._refuse("not_a_number", entry)
            return
        if entry.number.unit == "pp":
            self.left.role(claim, entry.place)
            return
        self._dated(entry, entry.number, named, named.indicator)

    def _dated(self, entry: Finding, number: Number, named: Named, indicator: Indicator) -> None:
        when = self._when.of(entry)
        if when is None:
            self._refuse("no_period", entry)
            return
        period, year, waiting = when
        doubts = [waiting] if waiting else []
        if waiting is not None and waiting.choice.code == SKIP:
            return
        settled = _Valued(self, entry, number, indicator, named)
        value = settled.value(doubts)
        if value is None:
            return
        reach = reach_of(entry.claim, period, year, entry.facts)
        month = self._month(year - said_last_year(entry.claim), period.month)
        measure = self._measure(entry, settled, reach, period, month, value, doubts)
        if measure is None:
            return
        basis = self._basis(entry, settled, measure, named, doubts)
        status = self._status(entry, named, doubts)
        if basis is None or status is None:
            return
        self._put(entry, settled, month, measure, value, basis, status, doubts)

    def _measure(
        self, entry: Finding, settled: _Valued, reach: Reach, period: Period, month: Month,
        value: float, doubts: list[Pending],
    ) -> Measure | None:  # fmt: skip
        """Return the form of a figure, None where it is left out."""
        named = settled.named
        if reach is Reach.UNSAID and not named.open:
            pending = self._forms.ask_measure(settled.growth, period)
            pending.of(entry.place)
            doubts.append(pending)
            self._forms.stored.compare(pending, named.area, settled.indicator.id, month, value)
            if pending.choice.code in (SKIP, SINGLE_MONTH):
                if pending.choice.code == SINGLE_MONTH:
                    self.left.month(entry.claim, entry.place)
                return None
            return Measure(pending.choice.value)
        measure = measure_of(settled.growth, Reach.YTD if reach is Reach.UNSAID else reach)
        if measure is None:
            self.left.month(entry.claim, entry.place)
        return measure

    def likely(self) -> Mapping[str, str]:
        """Return by question the answer that stored figures speak for."""
        return self._forms.stored.likely()

    def _basis(
        self, entry: Finding, settled: _Valued, measure: Measure, named: Named,
        doubts: list[Pending],
    ) -> Basis | None:  # fmt: skip
        indicator = settled.indicator
        key = id(entry.claim), indicator.id, measure.value, settled.currency
        if named.open:
            return indicator.basis
        found = self._bases.get(key)
        if found is None:
            found = self._bases[key] = self._forms.basis(
                named.area, indicator, measure, entry.claim, settled.currency, entry.facts.lines,
            )  # fmt: skip
        basis, pending = found
        if pending is not None:
            pending.of(entry.place)
            doubts.append(pending)
            if pending.choice.code == SKIP:
                return None
        return basis

    def _status(self, entry: Finding, named: Named, doubts: list[Pending]) -> Status | None:
        if entry.claim.status is not None:
            return entry.claim.status
        pending = self._unsaid_status
        if pending is None:
            pending = self._unsaid_status = self.asking.ask(
                Asked.STATUS, options=[Option.of("status", str(status)) for status in Status]
            )  # fmt: skip
        pending.of(entry.place)
        doubts.append(pending)
        choice = pending.choice
        return None if choice.code == SKIP else Status(choice.value)

    def _put(
        self, entry: Finding, settled: _Valued, month: Month, measure: Measure, value: float,
        basis: Basis, status: Status, doubts: list[Pending],
    ) -> None:  # fmt: skip
        named = settled.named
        doubts += named.asked
        observation = Observation(
            named.area, settled.indicator.id, measure, month, value, settled.unit, basis, status,
            entry.claim.publisher,
        )  # fmt: skip
        open_ = tuple(dict.fromkeys([it.id for it in doubts if it.open])) if doubts else ()
        self.figures.append(ReadFigure(observation, entry.place, shown(entry.cell), open_))

    def _refuse(self, code: str, entry: Finding) -> None:
        label = entry.claim.name or (entry.claim.ids[0] if entry.claim.ids else "")
        self.refused.append(RefusedCell(code, entry.place, shown(entry.cell), label))

    def unit(self, area: str, indicator: Indicator, number: Number, open_kind: bool) -> Pending:
        """Ask for the unit of a level."""
        return self._forms.ask_unit(area, indicator, number, open_kind)

    def index(self) -> Pending:
        """Ask whether a number is an index."""
        return self._forms.ask_index()

    def refuse(self, code: str, entry: Finding) -> None:
        """Note that a cell holds no figure that could be stored."""
        self._refuse(code, entry)


class _Valued:
    """The value of one figure in the unit of its indicator."""

    def __init__(
        self, settler: Settler, entry: Finding, number: Number, indicator: Indicator, named: Named
    ):
        self.settler, self.entry, self.number, self.named = settler, entry, number, named
        growth = growth_of(entry.claim, number, entry.facts)
        self.open_kind = growth is None
        self.growth = bool(growth)
        self.currency = entry.claim.currency or ""
        self.indicator = indicator
        self.unit = "%"

    def value(self, doubts: list[Pending]) -> float | None:
        """Return the value, None where it is left out or refused."""
        claim = self.entry.claim
        if self.growth:
            currency = self.currency or _currency(claim)
            self._in_currency(currency)
            return self._growth(claim, doubts)
        return self._level(claim, doubts)

    def _in_currency(self, currency: str) -> None:
        own = self.indicator.basis.currency
        if currency and own and currency != own and not self.entry.claim.exact:
            self.indicator = self.settler.namer.in_currency(self.indicator, currency)
        self.currency = currency if own else ""

    def _growth(self, claim: Claim, doubts: list[Pending]) -> float | None:
        value = self.number.value
        if self.number.unit == "times" or (not self.number.unit and claim.units[:1] == ("times",)):
            value = clean(value * 100)
        if not claim.index or self.number.growth_word:
            return value
        if claim.hundred:
            return clean(value - 100)
        low, high = NEAR_HUNDRED
        if not low <= value <= high:
            return value
        pending = self.settler.index()
        pending.of(self.entry.place)
        doubts.append(pending)
        choice = pending.choice.code
        if choice == SKIP:
            return None
        return clean(value - 100) if choice == "index" else value

    def _level(self, claim: Claim, doubts: list[Pending]) -> float | None:
        found = level_unit(claim, self.number, self.indicator)
        if found is None and has_level_unit(claim, self.number):
            if self.named.open:
                self.unit = self.indicator.unit
                return self.number.value
            self.settler.refuse("unit", self.entry)
            return None
        if found is None:
            return self._asked(doubts)
        unit, wanted = found
        if (currency := currency_of(unit)) and currency != self.indicator.basis.currency:
            self._in_currency(currency)
            again = level_unit(claim, self.number, self.indicator)
            unit, wanted = again or found
        self.unit = wanted
        return convert(self.number.value, unit, wanted)

    def _asked(self, doubts: list[Pending]) -> float | None:
        """Return the value in a unit that only a person can tell."""
        if self.named.open:
            self.unit = self.indicator.unit
            return self.number.value
        pending = self.settler.unit(self.named.area, self.indicator, self.number, self.open_kind)
        pending.of(self.entry.place)
        doubts.append(pending)
        if pending.choice.code == SKIP:
            return None
        choice = pending.choice.value
        if choice == "%":
            self.growth, self.unit = True, "%"
            return self.number.value
        value = convert(self.number.value, choice, self.indicator.unit)
        self.unit = choice if value is None else self.indicator.unit  # of a new one, until answered
        return self.number.value if value is None else value


def _currency(claim: Claim) -> str:
    return next((c for c in map(currency_of, claim.units) if c), "")


def evidence(findings: Sequence[Finding]) -> None:
    """Note for every table which of its periods say what they cover."""
    seen: set[tuple[int, int | None, int, Reach]] = set()
    single = True
    for entry in findings:
        period: Period | None = entry.period or entry.facts.lines.period
        if period is None or entry.claim.left_out:
            continue
        facts: Facts = entry.facts
        key = id(facts), period.year or entry.year, period.month, period.reach
        if key in seen:
            continue
        seen.add(key)
        if entry.period is not None:
            facts.quarters = facts.quarters or period.reach is Reach.QUARTER
            if period.reach is Reach.YTD:
                facts.cumulative.add((key[1] or facts.lines.any_year, period.month))
        single = single and period.month == _FIRST.get(period.reach)
    for entry in findings:
        entry.facts.from_january = single
