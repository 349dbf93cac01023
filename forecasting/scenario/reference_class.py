"""Reference classes: how much of a plan came elsewhere, by what sort of plan it is.

Reference-class forecasting (Kahneman and Tversky, 1979; Flyvbjerg, 2006).
``seeds/realisation_rates.csv`` lists the same rates with what each rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from forecasting.arrays import Array
from forecasting.scenario.number_limits import NotNegative


class Source(StrEnum):
    """Where a number comes from."""

    PUBLISHED = "published"
    ESTIMATED = "estimated"
    JUDGEMENT = "judgement"


class ReferenceClass(StrEnum):
    """Plans that come in the same measure and at the same pace elsewhere (参照类别)."""

    SIGNED = "signed"
    PLANNED_START = "planned_start"
    STARTED = "started"
    UNDER_CONSTRUCTION = "under_construction"
    COMPLETING = "completing"
    IN_PRODUCTION = "in_production"
    TECHNICAL = "technical"
    AMOUNT = "amount"  # what somebody typed
    CONDITION = "condition"  # what happens to a zone, such as prices


PROJECT_CLASSES = tuple(
    one for one in ReferenceClass if one not in (ReferenceClass.AMOUNT, ReferenceClass.CONDITION)
)
"""The classes that a project may belong to, in the order it passes them."""


class Quantity(StrEnum):
    """What a rate is a share of."""

    START_2Q = "start_2q"  # of projects: started within two quarters of the planned one
    START_4Q = "start_4q"
    START_EVER = "start_ever"
    PLAN_SHARE = "plan_share"  # of a year's plan: completed
    TYPED_SHARE = "typed_share"  # of an amount with no listed project behind it: comes
    SIGNED_SHARE = "signed_share"  # of what is signed: invested in the year of signing
    ENTERS = "enters"  # of what has started: in the statistics of the year
    OUTPUT_SHARE = "output_share"  # of output by design: reached in the fourth quarter


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that is not known.

    Its distribution function is linear between its ends, ``low``, a middle and ``high``; the
    middle is where the mean becomes ``expected``.

    Attributes
    ----------
    expected
        Mean.
    low, high
        Between which it lies in eight cases of ten: its quantiles at 10 and 90%.
    """

    expected: NotNegative
    low: NotNegative
    high: NotNegative

    @property
    def middle(self) -> float:
        """The quantile at 50% that makes the mean ``expected``."""
        ends = 0.05 * (self._least + self._most)
        return (self.expected - ends - 0.25 * (self.low + self.high)) / 0.4

    @property
    def _least(self) -> float:
        return max(0.0, self.low - (self.expected - self.low) / 2)

    @property
    def _most(self) -> float:
        most = self.high + (self.high - self.expected) / 2
        return min(most, 1.0) if self.high <= 1 else most

    @property
    def possible(self) -> bool:
        """Whether a distribution has this mean and these quantiles."""
        slack = 1e-9
        return self.low - slack <= self.middle <= self.high + slack

    def at(self, shares: Array) -> Array:
        """Return the quantiles at shares of the cases, from 0 to 1."""
        middle = min(max(self.middle, self.low), self.high)  # but for the last digit
        knots = (self._least, self.low, middle, self.high, self._most)
        return np.interp(shares, (0.0, 0.1, 0.5, 0.9, 1.0), knots)

    def times(self, factor: float) -> Rate:
        """Return the same of a share that is ``factor`` as large."""
        return Rate(self.expected * factor, self.low * factor, self.high * factor)


CERTAIN = Rate(1.0, 1.0, 1.0)


RateKey = tuple[ReferenceClass, Quantity]
_SIGNED, _PLANNED = ReferenceClass.SIGNED, ReferenceClass.PLANNED_START
_BUILDING, _COMPLETING = ReferenceClass.UNDER_CONSTRUCTION, ReferenceClass.COMPLETING
_TYPED, _CONDITION = ReferenceClass.AMOUNT, ReferenceClass.CONDITION
PRIOR: Mapping[RateKey, tuple[Rate, Source]] = {
    (_SIGNED, Quantity.START_2Q): (Rate(0.40, 0.15, 0.75), Source.PUBLISHED),
    (_SIGNED, Quantity.START_4Q): (Rate(0.60, 0.35, 0.85), Source.PUBLISHED),
    (_SIGNED, Quantity.START_EVER): (Rate(0.75, 0.55, 0.90), Source.PUBLISHED),
    (_SIGNED, Quantity.SIGNED_SHARE): (Rate(0.06, 0.0, 0.12), Source.PUBLISHED),
    (_PLANNED, Quantity.START_2Q): (Rate(0.65, 0.40, 0.85), Source.PUBLISHED),
    (_PLANNED, Quantity.START_4Q): (Rate(0.85, 0.65, 0.97), Source.PUBLISHED),
    (_PLANNED, Quantity.START_EVER): (Rate(0.92, 0.80, 0.99), Source.JUDGEMENT),
    (ReferenceClass.STARTED, Quantity.PLAN_SHARE): (Rate(0.82, 0.40, 1.10), Source.PUBLISHED),
    (ReferenceClass.STARTED, Quantity.ENTERS): (Rate(0.75, 0.55, 0.90), Source.PUBLISHED),
    (_BUILDING, Quantity.PLAN_SHARE): (Rate(0.85, 0.45, 1.10), Source.PUBLISHED),
    (_COMPLETING, Quantity.PLAN_SHARE): (Rate(0.95, 0.60, 1.15), Source.PUBLISHED),
    (ReferenceClass.TECHNICAL, Quantity.PLAN_SHARE): (Rate(0.90, 0.55, 1.10), Source.PUBLISHED),
    (ReferenceClass.IN_PRODUCTION, Quantity.OUTPUT_SHARE): (
        Rate(0.70, 0.40, 0.95),
        Source.PUBLISHED,
    ),
    (_PLANNED, Quantity.TYPED_SHARE): (Rate(0.65, 0.0, 1.05), Source.JUDGEMENT),
    (ReferenceClass.TECHNICAL, Quantity.TYPED_SHARE): (Rate(0.77, 0.0, 1.10), Source.JUDGEMENT),
    (_TYPED, Quantity.TYPED_SHARE): (Rate(0.70, 0.0, 1.20), Source.JUDGEMENT),
    (_CONDITION, Quantity.TYPED_SHARE): (Rate(1.00, 0.0, 2.00), Source.JUDGEMENT),
}
"""RealisationRates of single projects elsewhere.

Lists of new projects complete 0.65 of a year's plan, those that have not started among them; that
is what is typed of new starts. Divided by the share that has started they complete 0.97 of what
continuing projects do (eight reports that say both), so one that has started completes 0.82, and
whether and when it starts is drawn for itself. One in ten of what is typed brings nothing, which
is a judgement, as the share of other amounts is; technical works bring as much as that leaves.

They stand under the medians that were published, for those flatter: good cohorts are chosen,
cancelled projects leave the denominator, lists change within a year.
"""

ZONE_FACTOR = 0.3
"""Correlation of what two projects of a zone complete, through what they share: a judgement."""


@dataclass(frozen=True, slots=True)
class ClassRate:
    """A rate that a scenario has of its own."""

    reference: ReferenceClass
    quantity: Quantity
    expected: NotNegative
    low: NotNegative
    high: NotNegative

    @property
    def name(self) -> str:
        """What tells it from others."""
        return f"{self.reference} {self.quantity}"

    @property
    def rate(self) -> Rate:
        """The rate."""
        return Rate(self.expected, self.low, self.high)


@dataclass(frozen=True, slots=True)
class RealisationRates:
    """The rates a scenario goes by, and what projects share.

    Attributes
    ----------
    own
        Where they differ from ``PRIOR``.
    zone_factor
        Correlation of what two projects complete, 0 to 1.
    """

    own: tuple[tuple[RateKey, Rate], ...] = ()
    zone_factor: float = ZONE_FACTOR

    def rate(self, reference: ReferenceClass, quantity: Quantity) -> Rate:
        """Return a rate.

        Raises
        ------
        KeyError
            If the class has no such rate.
        """
        return dict(self.own).get((reference, quantity)) or PRIOR[reference, quantity][0]

    def source(self, reference: ReferenceClass, quantity: Quantity) -> Source:
        """Return where a rate comes from: a judgement where it is the scenario's own."""
        key = (reference, quantity)
        return Source.JUDGEMENT if key in dict(self.own) else PRIOR[key][1]
