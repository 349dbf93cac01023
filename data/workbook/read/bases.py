"""The bases that figures may be on whose file states none: what is offered, what is taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from data.workbook.reading import SKIP, Option
from data.workbook.words.labels import coverage_for
from forecasting.figures.indicator import Basis, Indicator, PriceBasis

USUAL = "usual"
_PRICES = (PriceBasis.CURRENT, PriceBasis.COMPARABLE, PriceBasis.CONSTANT)
_COVERAGES = ("province_rule", "city_rule", "net_of_refunds")
_BY_RULE = re.compile("财政|预算|税收")
"""What is counted by one or the other rule, and with or without refunds: public revenue."""


def answers() -> tuple[Option, ...]:
    """Return every answer to the question for a basis."""
    prices = [Option.of("price", str(price)) for price in _PRICES]
    coverages = [Option.of("coverage", code) for code in _COVERAGES]
    return (Option(USUAL), *prices, *coverages)


def offered(open_: Sequence[tuple[Indicator, Basis]], answer: str | None) -> tuple[Option, ...]:
    """Return the answers that any indicator may have, the usual one with what it means.

    Parameters
    ----------
    open_
        Indicators whose basis a file leaves open, each with its usual one.
    answer
        What was answered already: it stays an option.
    """
    named = {
        "indicators": tuple(indicator.id for indicator, _ in open_),
        "prices": tuple(str(basis.price) for _, basis in open_),
        "coverages": tuple(basis.coverage for _, basis in open_),
    }
    others = (
        option
        for option in answers()[1:]
        if option.id == answer or any(_may_be_on(option, indicator) for indicator, _ in open_)
    )
    return (Option(USUAL, values=named), *others, Option(SKIP))


def answered(usual: Basis, choice: Option, indicator: Indicator) -> Basis:
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
