"""The risk register beside a scenario: what ecology, safety and stability may cost.

Lines 7 to 9 of the plan are constraints, not dials. A risk moves no indicator and no probability
of a target; it is told in expected points of the assessment, beside the outlook.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forecasting.scenario.number_limits import NotNegative, Share


class Constraint(StrEnum):
    """A line of the plan that limits the others."""

    ECOLOGY = "ecology"
    SAFETY = "safety"
    STABILITY = "stability"


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that may happen and would be deducted.

    Attributes
    ----------
    probability
        Of each time it may happen, from 0 to 1.
    deduction
        Points of the assessment that one time costs.
    count
        How many times it may happen.
    owner
        The unit in charge.
    """

    name: str
    line: Constraint
    probability: Share
    deduction: NotNegative
    count: NotNegative = 1.0
    note: str = ""
    owner: str = ""

    @property
    def expected(self) -> float:
        """Points that are expected to be deducted."""
        return self.count * self.probability * self.deduction


@dataclass(frozen=True, slots=True)
class Deductions:
    """What a register is expected to cost, in points of the assessment.

    Attributes
    ----------
    each
        In the order of the register.
    by_line
        Of every line, zero where nothing is registered.
    """

    each: tuple[tuple[Risk, float], ...]
    by_line: Mapping[Constraint, float]

    @property
    def total(self) -> float:
        """The sum of all."""
        return math.fsum(points for _, points in self.each)


def deductions(risks: Sequence[Risk]) -> Deductions:
    """Return the expected deductions; expectations add up however risks go together."""
    return Deductions(
        each=tuple((risk, risk.expected) for risk in risks),
        by_line={
            line: math.fsum(risk.expected for risk in risks if risk.line is line)
            for line in Constraint
        },
    )


@dataclass(frozen=True, slots=True)
class RiskTemplate:
    """What a published measure deducts for one time; how probable it is only the zone knows."""

    code: str
    line: Constraint
    deduction: float


TEMPLATES = (
    RiskTemplate("central_inspection_problem", Constraint.ECOLOGY, 0.3),
    RiskTemplate("larger_accident", Constraint.SAFETY, 1.0),
)
"""Deductions of one measure for assessing development zones.

It takes 0.3 points for each problem that the central environmental inspection names and 1 point
for each larger accident. The measure is a public copy (mcsfirm.com, article 1160) that does not
name its province and was not checked against an original: an example to be replaced by the
zone's own measure.
"""
