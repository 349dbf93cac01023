"""The record of a cell: its area and indicator, period, value, form, basis and status.

``Records.figure_of`` finds these in this order; each step takes what the labels around the cell
say, then what is known of the file, then asks. The answer to a question counts for
every figure that it is about; until there is one, the suggested or the first option stands.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from data.workbook.book import Place
from data.workbook.questions import MOST_PLACES, SKIP, Answers, Asked, OpenQuestion, Option
from data.workbook.read.area_and_indicator import Subject, Subjects
from data.workbook.read.dated_labels import shown
from data.workbook.read.header_tree import FigureCell, TableFacts
from data.workbook.reading import SAME, Context, ReadFigure, RefusedCell, Remark
from data.workbook.words.heads import Head
from data.workbook.words.labels import Label, coverage_for, form_of
from data.workbook.words.numbers import Number, clean
from data.workbook.words.periods import Period, Reach
from data.workbook.words.places import Places
from data.workbook.words.units import RATES, convert, currency_of
from forecasting.figures.indicator import (
    Basis,
    Indicator,
    Measure,
    Observation,
    ObservationKey,
    PriceBasis,
    Status,
)
from forecasting.figures.period import Month

NEAR_HUNDRED = (50.0, 200.0)
"""Between these an index with last year = 100 is likely, and growth is not."""
USUAL = "usual"
_YEARS_OFFERED = 4
_LEVELS = {
    Reach.YTD: Measure.LEVEL_YTD,
    Reach.QUARTER: Measure.LEVEL_QUARTER,
    Reach.MONTH: Measure.LEVEL_MONTH,
    Reach.END: Measure.LEVEL_END,
}
_GROWTHS = {
    Reach.YTD: Measure.GROWTH_YTD,
    Reach.QUARTER: Measure.GROWTH_QUARTER,
    Reach.MONTH: Measure.GROWTH_MONTH,
    Reach.END: Measure.GROWTH_END,
}
_REACHES = {measure: reach for form in (_LEVELS, _GROWTHS) for reach, measure in form.items()}
_FIRST = {Reach.QUARTER: 3, Reach.UNSAID: 1}
"""The quarter and the month that are cumulative as well."""
_SAME_GROWTH = {PriceBasis.COMPARABLE, PriceBasis.CONSTANT}
"""Growth at comparable and at constant prices is the same figure under two names."""
_UNITS = (
    "1e8 CNY", "1e4 CNY", "CNY", "1e8 USD", "1e4 USD", "1e4 kWh", "1e4 t", "1e4 persons",
    "persons", "households", "firms", "items",
)  # fmt: skip
"""Units that are offered for a new indicator whose file names none."""
_ABROAD = re.compile("进出口|出口|进口|外资|外商")
_PRICES = (PriceBasis.CURRENT, PriceBasis.COMPARABLE, PriceBasis.CONSTANT)
_COVERAGES = ("province_rule", "city_rule", "net_of_refunds")
_BY_RULE = re.compile("财政|预算|税收")
"""Names of public revenue, which is counted by different rules and with or without refunds."""
_OF_ONE_SIZE = 30.0
"""Levels of a year and of its first quarter, of ten years ago and of today, lie within this."""
_AGREEING, _MOSTLY = 3, 0.8
"""A form is suggested where so many figures, and such a share of them, agree with stored ones."""
_ROUNDED_LEVEL, _ROUNDED_GROWTH = 5e-4, 0.05
_OMITTED = {
    Head.DAY: "days_left_out",
    Head.HEADLESS: "headless_left_out",
    Head.UNKNOWN: "heads_left_out",
}
_NAMES_OF = {"areas_left_out": "areas"}
"""The value of a remark that its names fill, where it is none of ``names``."""


class Omitted(NamedTuple):
    """Why a cell gives no figure; words under ``remark.<code>``, no code where a person said so."""

    code: str = ""
    name: str = ""


class _NoFigure(Exception):
    """A cell gives no figure, for the reason in ``why``."""

    def __init__(self, why: Omitted | RefusedCell) -> None:
        self.why = why


class _Draft:
    """A figure in the making: what is known of it so far, and the questions that came up."""

    __slots__ = (
        "area", "asked", "cell", "currency", "form", "growth", "indicator", "label", "month",
        "open", "period", "place", "unit", "value", "year",
    )  # fmt: skip

    def __init__(self, cell: FigureCell, number: Number, subject: Subject, indicator: Indicator):
        self.cell, self.label, self.place = cell, cell.label, cell.place
        self.area, self.indicator, self.open = subject.area, indicator, subject.open
        self.value, self.unit, self.currency = number.value, "", ""
        self.asked: list[OpenQuestion] = []
        self.form = form_of(self.label, indicator.measures)
        self.growth: bool
        self.period: Period
        self.year: int
        self.month: Month

    def chosen(self, question: OpenQuestion) -> Option:
        """Return the option that holds for it; leave it out if that is to skip it."""
        question.decides(self.place)
        self.asked.append(question)
        choice = question.choice
        if choice.code == SKIP:
            raise _NoFigure(Omitted())
        return choice


class Records:
    """What became of the figure cells of one file.

    Attributes
    ----------
    figures, refused, omitted
        What the cells hold, those where a figure should be and is not, those left out.
    """

    def __init__(
        self, context: Context, answers: Answers, cells: Sequence[FigureCell], places: Places
    ):
        self._context, self._answers = context, answers
        labels = {id(cell.label): cell.label for cell in cells}
        self.subjects = Subjects(context, answers, labels.values(), places)
        self._subject_of: dict[int, Subject] = {}
        self._left_out: dict[int, Omitted] = {}  # by label: most cells of a file may be of these
        self._month = cache(Month)  # figures of one month share it
        self._years, self._last_month = _years_named(cells)
        self._stored = _Stored(context.known)
        self._bases: dict[tuple[int, str, str, str], tuple[Basis, OpenQuestion | None]] = {}
        self._unstated: dict[str, tuple[Indicator, Basis]] = {}
        self._status: OpenQuestion | None = None
        self._estimates: set[tuple[object, ...]] = set()
        self.figures: list[ReadFigure] = []
        self.refused: list[RefusedCell] = []
        self.omitted: list[tuple[Omitted, FigureCell | None]] = []
        self._ratios = _Ratios()
        for cell in cells:
            why = self._left_out.get(id(cell.label))
            if why is not None and cell.numeric and not cell.refused:
                if why.code:
                    self.omitted.append((why, cell))
                continue
            record = self.figure_of(cell)
            if isinstance(record, ReadFigure):
                self.figures.append(record)
            elif isinstance(record, RefusedCell):
                self.refused.append(record)
            elif record.code:
                self.omitted.append((record, cell))
        if beside := self._ratios.single_beside_cumulative():
            self.figures = [figure for figure in self.figures if figure.place not in beside]
            self.omitted += beside.values()

    def figure_of(self, cell: FigureCell) -> ReadFigure | RefusedCell | Omitted:
        """Return the observation in a cell, or why it is refused or left out."""
        try:
            return self._figure(cell)
        except _NoFigure as stop:
            if isinstance(stop.why, Omitted) and self._is_of_label(cell):
                self._left_out[id(cell.label)] = stop.why
            return stop.why

    def likely(self) -> Mapping[str, str]:
        """Return by question the answer that stored figures speak for."""
        return self._stored.likely()

    def _figure(self, cell: FigureCell) -> ReadFigure:
        label, number = cell.label, cell.number
        if cell.refused:
            raise _refused(cell.refused, cell)
        if label.left_out:
            raise _of_no_kind(label)
        subject = self._subject(label)
        if number is None and subject.indicator is None:
            raise (
                _NoFigure(Omitted())
                if not any(map(str.isdigit, shown(cell.cell)))
                else (_without_subject(label, subject))
            )
        if subject.indicator is not None and not _may_be_dated(cell):
            code = "unclear_period" if cell.facts.unclear else "no_period"
            raise _refused(code, cell)  # whatever it is of, so that nobody is asked that
        for question in subject.questions:
            question.decides(cell.place)
        if subject.indicator is None:
            raise _without_subject(label, subject)
        if number is None:
            raise _refused("not_a_number", cell)
        if number.unit == "pp":
            raise _of_no_kind(label)

        draft = _Draft(cell, number, subject, subject.indicator)
        self._date(draft)
        self._quantify(draft, number)
        measure = self._measure(draft)
        basis = self._basis(draft, measure)
        status = Status.ESTIMATE if number.estimate else label.status
        if status is None and self._is_of_estimate(draft, measure):
            status = Status.ESTIMATE
        of_the_file = status is None or status is cell.facts.lines.label.status
        if of_the_file and not number.estimate and self._is_published(draft, measure, basis):
            status = Status.PUBLISHED
        if draft.month > self._context.month and status is not Status.ESTIMATE:
            raise _refused("not_begun", cell)
        status = status or Status(draft.chosen(self._ask_status()).value)
        if status is Status.ESTIMATE and not draft.growth:
            self._estimates.update(_lines_of(draft, measure))
        observation = Observation(
            subject.area, draft.indicator.id, measure, draft.month, draft.value, draft.unit, basis,
            status, label.publisher,
        )  # fmt: skip
        asked = [question.id for question in (*draft.asked, *subject.questions) if question.open]
        figure = ReadFigure(
            observation, draft.place, shown(cell.cell), tuple(dict.fromkeys(asked)) if asked else ()
        )
        if measure is Measure.RATIO:
            reach = reach_of(label, draft.period, draft.year, cell.facts)
            self._ratios.note(figure, reach, draft.indicator, cell)
        return figure

    def _is_published(self, draft: _Draft, measure: Measure, basis: Basis) -> bool:
        """Return whether the store holds a figure as published already, with the same value.

        A title 快报 or 预计 is about what is new in a file, not about last year beside it.
        """
        key = draft.area, draft.indicator.id, measure, basis, draft.month
        stored = self._context.known.get(key)
        return (
            stored is not None
            and stored.status is Status.PUBLISHED
            and stored.unit == draft.unit
            and math.isclose(stored.value, draft.value, rel_tol=SAME, abs_tol=SAME)
        )

    def _is_of_estimate(self, draft: _Draft, measure: Measure) -> bool:
        """Return whether a figure is the growth of a level before it that is an estimate."""
        return draft.growth and not self._estimates.isdisjoint(_lines_of(draft, measure))

    def _is_of_label(self, cell: FigureCell) -> bool:
        """Return whether a figure is left out as every other is that has its label."""
        if cell.label.left_out:
            return True
        subject = self._subject(cell.label)
        return subject.indicator is None and not subject.questions and cell.numeric

    def _subject(self, label: Label) -> Subject:
        subject = self._subject_of.get(id(label))
        if subject is None:
            subject = self._subject_of[id(label)] = self.subjects.of(label)
        return subject

    # When

    def _date(self, draft: _Draft) -> None:
        """Find the period of a figure and its year, which is asked where nothing names it."""
        cell, label, lines = draft.cell, draft.label, draft.cell.facts.lines
        year, above = cell.year, lines.period
        if cell.period is not None:
            draft.period = cell.period
        elif above is not None and not (year and above.year and above.year != year):
            draft.period = above
        else:
            year = year or lines.year
            assert year is not None  # by _may_be_dated
            draft.period = Period(year, 12, Reach.YTD)
        frequency = label.frequency or lines.label.frequency
        draft.period = _with_frequency(draft.period, frequency)
        if frequency is Reach.QUARTER and draft.period.month % 3:
            raise _refused("no_period", cell)  # 频度 季 in a bulletin of July: of which quarter?
        year = draft.period.year or year or lines.any_year
        if year is None:
            chosen = draft.chosen(self._ask_year()).value
            year = int(chosen) if chosen.isdigit() else 1
        draft.year = year
        draft.month = self._month(year - _of_last_year(label), draft.period.month)

    def _ask_year(self) -> OpenQuestion:
        """Ask for the year: most likely that of other sheets, or one that goes on from the known.

        None is offered in which the last of the periods without a year has not begun.
        """
        context = self._context
        newest = context.month.year - int(self._last_month > context.month.month)
        months = (key[4] for key in context.known if key[0] == context.area)
        known = max(months, default=None)
        named = max((year for year in self._years if year <= newest), default=None)
        likely = named or (known and min(newest, known.year + int(self._last_month <= known.month)))
        years = dict.fromkeys((likely or newest, *range(newest, newest - _YEARS_OFFERED, -1)))
        return self._answers.ask(
            Asked.YEAR, options=[Option.of("year", str(year)) for year in years],
            suggested=Option("year", str(likely)).id if likely else "",
        )  # fmt: skip

    # How much

    def _quantify(self, draft: _Draft, number: Number) -> None:
        """Find whether a figure is growth or a level, its value, its unit and its currency."""
        label = draft.label
        growth = is_growth(label, number, draft.cell.facts)
        draft.growth = bool(growth) and draft.form is not Measure.RATIO
        if draft.form is Measure.RATIO:
            self._set_ratio(draft, number)
        elif growth:
            draft.value, draft.unit = self._growth(draft, number), "%"
            named = (currency for currency in map(currency_of, label.units) if currency)
            self._set_currency(draft, label.currency or next(named, ""))
        else:
            draft.currency = label.currency or ""
            self._set_level(draft, number, growth is None)
        if number.value == 0 and not draft.growth and draft.cell.facts.has_blanks(draft.place):
            draft.chosen(self._answers.ask(Asked.ZERO, options=[Option("zero")], suggested=SKIP))

    def _growth(self, draft: _Draft, number: Number) -> float:
        label, value = draft.label, number.value
        if number.unit == "times" or (not number.unit and label.units[:1] == ("times",)):
            value = clean(value * 100)
        elif label.units[:1] == ("‰",):
            value = clean(value / 10)
        if not label.index or number.growth_word:
            return value
        low, high = NEAR_HUNDRED
        if not label.hundred:
            if not low <= value <= high:
                return value
            options = [Option("index"), Option("growth")]
            question = self._answers.ask(Asked.INDEX, options=options, suggested="index")
            if draft.chosen(question).code != "index":
                return value
        return clean(value - 100)

    def _set_level(self, draft: _Draft, number: Number, kind_open: bool) -> None:
        """Put a level into the unit of its indicator, in the currency of the file."""
        units = (number.unit,) if number.unit else draft.label.units
        wanted = draft.indicator.unit
        fitting = _fitting(units, wanted)
        if fitting is None and draft.open:
            draft.unit = wanted
        elif fitting is None and any(unit not in RATES for unit in units):
            raise _refused("unit", draft.cell)
        elif fitting is None:
            self._set_currency(draft, draft.currency)
            wanted = _in_money(draft.indicator.unit, draft.currency)
            question = self._ask_unit(draft.area, draft.indicator, number, kind_open, wanted)
            unit = draft.chosen(question).value
            draft.growth = unit == "%"
            value = convert(number.value, unit, wanted)
            if value is None:  # growth, or of a new indicator until it is answered
                draft.unit = unit
            else:
                draft.value, draft.unit = value, wanted
        else:
            currency = currency_of(fitting[0])
            if currency and currency != draft.indicator.basis.currency:
                self._set_currency(draft, currency)
                fitting = _fitting(units, draft.indicator.unit) or fitting
            value = convert(number.value, *fitting)
            if value is None:
                raise _NoFigure(Omitted())
            draft.value, draft.unit = value, fitting[1]

    def _set_ratio(self, draft: _Draft, number: Number) -> None:
        """Take a rate, an index or a price as it is, in the unit of its indicator."""
        draft.currency, draft.unit = draft.label.currency or "", draft.indicator.unit
        unit = number.unit or next(iter(draft.label.units), "")
        if unit != draft.unit and not unit:
            question = self._ask_unit(draft.area, draft.indicator, number, False, draft.unit)
            draft.chosen(question)
        elif unit != draft.unit and not draft.open:
            value = convert(number.value, unit, draft.unit)
            if value is None:
                raise _refused("unit", draft.cell)
            draft.value = value

    def _set_currency(self, draft: _Draft, currency: str) -> None:
        own = draft.indicator.basis.currency
        if currency and own and currency != own and not draft.label.exact:
            draft.indicator = self.subjects.in_currency(draft.indicator, currency)
        draft.currency = currency if own else ""

    def _ask_unit(
        self, area: str, indicator: Indicator, number: Number, kind_open: bool, wanted: str
    ) -> OpenQuestion:
        """Ask which unit levels are in; where they may be growth, that too.

        Parameters
        ----------
        wanted
            The unit of the indicator in the money of the figure.
        """
        currency = currency_of(wanted)
        codes = [wanted]
        if new := indicator.id not in self._context.catalogue:
            codes = list(_UNITS)
        elif currency:
            codes += [f"{power}{currency}" for power in ("", "1e4 ", "1e8 ")]
        elif " " in wanted:
            codes.append(wanted.partition(" ")[2])
        codes = list(dict.fromkeys(codes)) + (["%"] if kind_open else [])
        likely = self._stored.unit(area, indicator, number.value, codes)
        return self._answers.ask(
            Asked.UNIT, indicator.id if new else wanted + (":%" if kind_open else ""),
            options=[Option.of("unit", code) for code in codes],
            values={"indicator": indicator.id, "unit": wanted},
            suggested=Option("unit", likely).id if likely else "",
        )  # fmt: skip

    # In which form

    def _measure(self, draft: _Draft) -> Measure:
        if draft.form is Measure.RATIO:
            return draft.form
        reach = reach_of(draft.label, draft.period, draft.year, draft.cell.facts)
        if draft.form is Measure.LEVEL_END:
            reach = Reach.END
        if reach is Reach.UNSAID and not draft.open:
            question = self._ask_measure(draft.growth, draft.period)
            self._stored.compare(question, draft)
            return Measure(draft.chosen(question).value)
        return measure_of(draft.growth, Reach.YTD if reach is Reach.UNSAID else reach)

    def _ask_measure(self, growth: bool, period: Period) -> OpenQuestion:
        """Ask whether figures are cumulative or of the single quarter or month."""
        quarter = period.reach is Reach.QUARTER
        kind = Reach.QUARTER if quarter else Reach.MONTH
        single = measure_of(growth, kind)
        measures = [measure_of(growth, Reach.YTD), single]
        if not quarter and period.month % 3 == 0:
            measures.append(measure_of(growth, Reach.QUARTER))
        name = "growth" if growth else "level"
        options = [Option.of("measure", str(entry)) for entry in measures]
        return self._answers.ask(
            Asked.MEASURE, f"{name}:{kind}", options=options,
            values={"kind": name, "span": str(kind)},
        )  # fmt: skip

    # On which basis

    def _basis(self, draft: _Draft, measure: Measure) -> Basis:
        """Return the basis of a figure: as stated, as known, or as asked once per file."""
        if draft.open:
            return draft.indicator.basis
        key = id(draft.label), draft.indicator.id, measure.value, draft.currency
        if key not in self._bases:
            self._bases[key] = self._basis_by_label(draft, measure)
        basis, question = self._bases[key]
        if question is not None:
            draft.chosen(question)
        return basis

    def _basis_by_label(self, draft: _Draft, measure: Measure) -> tuple[Basis, OpenQuestion | None]:
        area, indicator, lines = draft.area, draft.indicator, draft.cell.facts.lines
        label = draft.label
        usual = indicator.basis
        currency = draft.currency or usual.currency
        if label.exact:
            return Basis(label.price or usual.price, label.coverage or "", currency), None
        label = _noted(label, indicator, measure, lines.notes)
        if label.price is not None or label.coverage is not None:
            return self._basis_stated(area, indicator, measure, label, currency), None
        known = self._stored.bases(area, indicator, measure, currency)
        if measure is Measure.LEVEL_MONTH:
            known = known or self._stored.bases(area, indicator, Measure.LEVEL_YTD, currency)
        if len(known) == 1:
            return next(iter(known)), None
        usual = replace(usual, currency=currency)
        if lines.database or measure is Measure.RATIO or _only_currency(label, indicator):
            return usual, None
        coverages = {
            basis.coverage
            for other in Measure
            for basis in self._stored.bases(area, indicator, other, currency)
        }
        if len(coverages) == 1:  # what is usual of this area
            usual = replace(usual, coverage=coverages.pop())
        question = self._ask_basis(indicator, usual)
        return _basis_chosen(usual, question.choice, indicator), question

    def _basis_stated(
        self, area: str, indicator: Indicator, measure: Measure, label: Label, currency: str
    ) -> Basis:
        """Return the basis that a file states, as the catalogue or stored levels call it."""
        price = label.price or indicator.basis.price
        if measure.is_growth and {price, indicator.basis.price} == _SAME_GROWTH:
            price = indicator.basis.price
        coverage = None if label.coverage == "natural" else label.coverage
        basis = Basis(price, coverage_for(coverage, indicator), currency)
        if price is PriceBasis.CURRENT and not measure.is_growth:
            # Levels are at current prices, whatever the growth is at that the catalogue names.
            usual = replace(basis, price=indicator.basis.price)
            stored = self._stored.bases
            levels = [stored(area, indicator, level, currency) for level in _LEVELS.values()]
            return usual if set().union(*levels) == {usual} else basis
        return basis

    def _ask_basis(self, indicator: Indicator, usual: Basis) -> OpenQuestion:
        """Ask for the basis of all that a file leaves open, with the answers that any may have."""
        others = [
            *(Option.of("price", str(price)) for price in _PRICES),
            *(Option.of("coverage", code) for code in _COVERAGES),
        ]
        options = (Option(USUAL), *others)
        question = self._answers.ask(Asked.BASIS, options=options, suggested=USUAL)
        self._unstated.setdefault(indicator.id, (indicator, usual))
        named = {
            "indicators": tuple(self._unstated),
            "prices": tuple(str(basis.price) for _, basis in self._unstated.values()),
            "coverages": tuple(basis.coverage for _, basis in self._unstated.values()),
        }
        indicators = [one for one, _ in self._unstated.values()]
        question.values["indicators"] = named["indicators"]
        question.options = (
            Option(USUAL, values=named),
            *(
                option
                for option in others
                if option.id == question.answer
                or any(_may_be_on(option, one) for one in indicators)
            ),
            Option(SKIP),
        )
        return question

    def _ask_status(self) -> OpenQuestion:
        if self._status is None:
            options = [Option.of("status", str(status)) for status in Status]
            self._status = self._answers.ask(Asked.STATUS, options=options)
        return self._status


class _Ratios:
    """The ratios of a file by what they cover.

    A ratio has one form: of 产销率 当月 and 累计 the cumulative one is what is published, and what
    the year is judged by. Where a file has the month's alone, as of 失业率, that is the figure.
    """

    def __init__(self) -> None:
        self._single: list[tuple[ReadFigure, Omitted, FigureCell]] = []
        self._cumulative: set[ObservationKey] = set()

    def note(
        self, figure: ReadFigure, reach: Reach, indicator: Indicator, cell: FigureCell
    ) -> None:
        """Note a ratio that was read."""
        if reach is Reach.YTD:
            self._cumulative.add(figure.observation.key)
        elif reach in (Reach.MONTH, Reach.QUARTER):
            why = Omitted("single_ratios_left_out", indicator.name.zh)
            self._single.append((figure, why, cell))

    def single_beside_cumulative(self) -> dict[Place, tuple[Omitted, FigureCell]]:
        """Return by place the ratios of a month or quarter that the file has cumulative, too."""
        return {
            figure.place: (why, cell)
            for figure, why, cell in self._single
            if figure.observation.key in self._cumulative
        }


class _Stored:
    """The stored figures, and how those of a file agree with them."""

    def __init__(self, known: Mapping[ObservationKey, Observation]):
        self._values: dict[tuple[str, str, str, Month], list[float]] = {}
        self._sizes: dict[tuple[str, str], list[float]] = {}
        self._bases: dict[tuple[str, str, Measure], set[Basis]] = {}
        for (area, indicator, measure, basis, month), figure in known.items():
            self._values.setdefault((area, indicator, str(measure), month), []).append(figure.value)
            self._bases.setdefault((area, indicator, measure), set()).add(basis)
            if measure is Measure.LEVEL_YTD:
                self._sizes.setdefault((area, indicator), []).append(abs(figure.value))
        self._compared: dict[tuple[str, str], list[bool]] = {}

    def bases(self, area: str, indicator: Indicator, measure: Measure, currency: str) -> set[Basis]:
        """Return the bases of stored figures in one form, whatever their currency."""
        bases = self._bases.get((area, indicator.id, measure), ())
        return {replace(basis, currency=currency) for basis in bases}

    def compare(self, question: OpenQuestion, draft: _Draft) -> None:
        """Compare a figure of which the form is asked with the stored ones in every form."""
        for option in question.options:
            key = draft.area, draft.indicator.id, option.value, draft.month
            if stored := self._values.get(key):
                fits = any(_same(draft.value, other, Measure(option.value)) for other in stored)
                self._compared.setdefault((question.id, option.id), []).append(fits)

    def likely(self) -> dict[str, str]:
        """Return by question the one form in which figures agree with the stored ones."""
        fitting: dict[str, list[str]] = {}
        for (question, option), fits in self._compared.items():
            if sum(fits) >= _AGREEING and sum(fits) >= _MOSTLY * len(fits):
                fitting.setdefault(question, []).append(option)
        return {question: forms[0] for question, forms in fitting.items() if len(forms) == 1}

    def unit(self, area: str, indicator: Indicator, value: float, codes: Sequence[str]) -> str:
        """Return the one unit in which a level is of the size of those stored, empty for none."""
        levels = sorted(self._sizes.get((area, indicator.id), ()))
        size = levels[-len(levels) // 2] if levels else 0.0
        fitting = [
            code
            for code in codes
            if size
            and (read := convert(abs(value), code, indicator.unit)) is not None
            and size / _OF_ONE_SIZE <= read <= size * _OF_ONE_SIZE
        ]
        return fitting[0] if len(fitting) == 1 else ""


def note_periods(cells: Sequence[FigureCell]) -> None:
    """Note for every table which of its periods say what they cover."""
    seen: set[tuple[int, int | None, int, Reach]] = set()
    single = True
    for cell in cells:
        facts = cell.facts
        period = cell.period or facts.lines.period
        if period is None or cell.label.left_out:
            continue
        key = id(facts), period.year or cell.year, period.month, period.reach
        if key in seen:
            continue
        seen.add(key)
        if cell.period is not None:
            facts.quarters = facts.quarters or period.reach is Reach.QUARTER
            if period.reach is Reach.YTD:
                facts.cumulative.add((key[1] or facts.lines.any_year, period.month))
        single = single and period.month == _FIRST.get(period.reach)
    for cell in cells:
        cell.facts.from_january = single


def _may_be_dated(cell: FigureCell) -> bool:
    """Return whether a cell, or what stands around its table, names a period or a year."""
    lines = cell.facts.lines
    return bool(cell.period or lines.period or cell.year or lines.year)


def _years_named(cells: Sequence[FigureCell]) -> tuple[set[int], int]:
    """Return the years that are named, and the last month of the periods that name none.

    Only years of sheets on which all periods name one: beside 2025年1-9月, a column 1-9月 is of
    another year.
    """
    years: dict[str, set[int]] = {}
    last: dict[str, int] = {}
    for cell in cells:
        sheet, lines = cell.place.sheet, cell.facts.lines
        period = cell.period or lines.period
        if year := (period and period.year) or cell.year or lines.any_year:
            years.setdefault(sheet, set()).add(year)
        elif period is not None and not cell.label.last_year:
            last[sheet] = max(last.get(sheet, 0), period.month)
    named = set().union(*(years[sheet] for sheet in years.keys() - last.keys()))
    return named, max(last.values(), default=12)


def is_growth(label: Label, number: Number, facts: TableFacts) -> bool | None:
    """Return whether a figure is growth, None where nothing tells."""
    if label.measure is not None:
        return label.measure.is_growth
    if number.growth_word or number.unit == "%":
        return True
    if label.growth is not None:
        return label.growth
    if number.unit:
        return False
    rates = "%" in label.units
    levels = any(unit not in RATES for unit in label.units)
    if rates != levels:
        return rates
    return False if facts.growth or label.last_year else None


def reach_of(label: Label, period: Period, year: int | None, facts: TableFacts) -> Reach:
    """Return what a figure covers, ``UNSAID`` where nothing tells."""
    if label.measure is not None:
        return _REACHES.get(label.measure, Reach.UNSAID)  # a ratio covers what it covers
    if label.reach is Reach.SINGLE:
        return Reach.MONTH if period.reach is Reach.UNSAID else period.reach
    if label.reach is not None:
        return label.reach
    if period.reach is Reach.YTD or facts.from_january:
        return Reach.YTD
    if period.reach is Reach.MONTH:
        return Reach.MONTH
    if period.reach is Reach.QUARTER and any(month in (6, 9, 12) for _, month in facts.cumulative):
        return Reach.YTD if period.month == 3 else Reach.QUARTER
    if period.reach is Reach.UNSAID and _single_month(period, year, facts):
        return Reach.MONTH
    if reach := facts.lines.label.reach:
        return reach
    own = label.ids or (label.name,)
    if any(
        (id_, growth) in facts.cumulative_labels for id_ in own for growth in (True, False, None)
    ):
        # Beside the same indicator's 累计 it is the single period.
        return Reach.QUARTER if period.reach is Reach.QUARTER else Reach.MONTH
    return Reach.UNSAID


def _with_frequency(period: Period, frequency: Reach | None) -> Period:
    """Return a bare month as what the frequency of its figures makes of it: a quarter, a year."""
    if period.reach is Reach.UNSAID and (
        (frequency is Reach.QUARTER and period.month % 3 == 0)
        or (frequency is Reach.YTD and period.month == 12)
    ):
        return replace(period, reach=frequency)
    return period


def _single_month(period: Period, year: int | None, facts: TableFacts) -> bool:
    """Return whether a bare month is that month alone.

    It is beside 1-9月 for a 9月, beside whole quarters, and where only January and February are
    taken together.
    """
    together = {month for _, month in facts.cumulative}
    return (year, period.month) in facts.cumulative or facts.quarters or together == {2}


def measure_of(growth: bool, reach: Reach) -> Measure:
    """Return the form of a figure."""
    return (_GROWTHS if growth else _LEVELS)[reach]


def _lines_of(draft: _Draft, measure: Measure) -> set[tuple[object, ...]]:
    """Return the row and the column of a figure, each with what it is of."""
    sheet, row, column = draft.place
    of = draft.area, draft.indicator.id, draft.month, _REACHES.get(measure)
    return {(sheet, "row", row, *of), (sheet, "column", column, *of)}


def omitted_remarks(omitted: Sequence[tuple[Omitted, FigureCell | None]]) -> list[Remark]:
    """Return one remark of each kind of figures that were left out, of the most figures first."""
    first = dict(reversed(omitted))
    names: dict[str, list[str]] = {}
    places: dict[str, list[Place]] = {}
    counts: Counter[str] = Counter()
    for why, count in Counter(map(itemgetter(0), omitted)).items():
        names.setdefault(why.code, []).append(why.name)
        if (cell := first[why]) and len(places.setdefault(why.code, [])) < MOST_PLACES:
            places[why.code].append(cell.place)
        counts[why.code] += count
    return [
        Remark(
            code,
            tuple(places.get(code, ())),
            {_NAMES_OF.get(code, "names"): tuple(known), "count": counts[code],
             "kinds": len(known)},
        )
        for code, known in sorted(names.items(), key=lambda reason: -counts[reason[0]])
    ]  # fmt: skip


def _refused(code: str, cell: FigureCell) -> _NoFigure:
    label = cell.label.name or next(iter(cell.label.ids), "")
    return _NoFigure(RefusedCell(code, cell.place, shown(cell.cell), label))


def _of_no_kind(label: Label) -> _NoFigure:
    """Return that a figure is a rank, a plan, a share or another that is not kept."""
    head = label.head or Head.PACE
    return _NoFigure(Omitted(_OMITTED.get(head, "columns_left_out"), label.unknown or str(head)))


def _without_subject(label: Label, subject: Subject) -> _NoFigure:
    """Return that a figure is of an unknown area or indicator, unless a person said so."""
    last = subject.questions[-1] if subject.questions else None
    if last is not None and last.answer == SKIP and last.code is not Asked.PLACES:
        return _NoFigure(Omitted())
    if not subject.area:
        return _NoFigure(Omitted("areas_left_out", label.place))
    return _NoFigure(Omitted("labels_left_out", label.full_name))


def _of_last_year(label: Label) -> bool:
    return label.last_year or label.head is Head.LAST_YEAR


@lru_cache(maxsize=4096)
def _fitting(units: tuple[str, ...], own: str) -> tuple[str, str] | None:
    """Return the first unit of the kind of an indicator's, and what it is converted to."""
    for unit in units:
        # Money of another kind is kept in that.
        wanted = _in_money(own, currency_of(unit))
        if convert(1.0, unit, wanted) is not None:
            return unit, wanted
    return None


def _in_money(unit: str, currency: str) -> str:
    """Return a unit of money in another currency, any other unit as it is."""
    own = currency_of(unit)
    return unit.replace(own, currency) if own and currency else unit


def _basis_chosen(usual: Basis, choice: Option, indicator: Indicator) -> Basis:
    """Return the basis of an indicator's figures by the answer for a whole file."""
    if choice.code in (USUAL, SKIP) or not _may_be_on(choice, indicator):
        return usual
    if choice.code == "price":
        return replace(usual, price=PriceBasis(choice.value))
    return replace(usual, coverage=coverage_for(choice.value, indicator))


def _may_be_on(choice: Option, indicator: Indicator) -> bool:
    """Return whether figures of an indicator are ever on a basis that somebody may choose."""
    if choice.code == "coverage":
        return _BY_RULE.search(indicator.name.zh) is not None
    return indicator.basis.price is not PriceBasis.PHYSICAL


def _noted(label: Label, indicator: Indicator, measure: Measure, notes: Sequence[Label]) -> Label:
    """Return a label with the basis that a note below the table states of its indicator.

    A note of no indicator in particular is about levels at current prices, and about the growth
    of those that are usually compared at constant ones.
    """
    if label.price is None and label.coverage is None:
        for note in notes:
            whole = not note.ids and (
                {note.price, indicator.basis.price} <= _SAME_GROWTH
                if measure.is_growth
                else note.price is PriceBasis.CURRENT
                and indicator.basis.price is not PriceBasis.PHYSICAL
            )
            if (indicator.id in note.ids or whole) and note.growth in (None, measure.is_growth):
                return replace(label, price=note.price, coverage=note.coverage)
    return label


def _only_currency(label: Label, indicator: Indicator) -> bool:
    """Return whether a basis leaves open no more than the currency, and that is stated.

    Trade and foreign capital are counted at current prices, in yuan or in dollars; what is no
    money has no price at all.
    """
    if indicator.basis.price is PriceBasis.PHYSICAL:
        return indicator.basis.coverage == "standard"
    stated = label.currency or any(map(currency_of, label.units))
    return bool(stated) and bool(_ABROAD.search(indicator.name.zh))


def _same(value: float, other: float, measure: Measure) -> bool:
    """Return whether two figures differ by no more than rounding."""
    if measure.is_growth:
        return abs(value - other) <= _ROUNDED_GROWTH + 1e-9
    return abs(value - other) <= _ROUNDED_LEVEL * abs(other)
