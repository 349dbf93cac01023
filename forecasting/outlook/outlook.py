"""The outlook of an area and a year: the one value that pages, links and exports share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from forecasting.figures.indicator import Area, Target
from forecasting.figures.period import Period, Quarter
from forecasting.figures.target import Cut
from forecasting.history.history import History
from forecasting.models.predictive import Candidate, ModelReport
from forecasting.outlook.lights import Light
from forecasting.outlook.pace import Pace
from forecasting.outlook.quantiles import Quantiles


class Reason(StrEnum):
    """Why an indicator with a target has no verdict that counts in "all"."""

    NO_FIGURES = "no_figures"
    OTHER_BASIS = "other_basis"
    MONTH_ONLY = "month_only"
    STALE = "stale"
    QUARTER_MISSING = "quarter_missing"


@dataclass(frozen=True, slots=True)
class FanPoint:
    """Quantiles of cumulative growth in percent at the end of one future quarter."""

    quarter: Quarter
    quantiles: Quantiles


@dataclass(frozen=True, slots=True)
class MemberVerdict:
    """The verdict of one member of the predictive distribution.

    Attributes
    ----------
    method
        As in its report.
    weight
        Share of the paths that are drawn from it.
    candidates
        The models averaged in it.
    probability, quantiles
        As in the verdict, from its own paths alone; None where it has fewer than
        ``FEWEST_PATHS``.
    """

    method: str
    weight: float
    candidates: tuple[Candidate, ...]
    probability: float | None
    quantiles: Quantiles | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One indicator's answer (研判).

    Attributes
    ----------
    target, cut
        The target, and the growth rates that meet it once published.
    history
        The figures it stands on, cut at the outlook's "as of".
    complete
        Whether the year's figure is published; then the probability is 0 or 1.
    probability
        That full-year growth, as first published, meets the target.
    quantiles
        Of full-year growth in percent, at ``QUANTILE_LEVELS``.
    fan
        One point for each quarter of the year after the origin.
    pace
        None when every quarter of the year is known.
    light
        None in a reference area.
    model
        What was fitted; None when every quarter of the year is known.
    members
        What each member says; none when every quarter of the year is known.
    """

    target: Target
    cut: Cut
    history: History
    complete: bool
    probability: float
    quantiles: Quantiles
    fan: tuple[FanPoint, ...] = ()
    pace: Pace | None = None
    light: Light | None = None
    model: ModelReport | None = None
    members: tuple[MemberVerdict, ...] = ()

    @property
    def indicator_id(self) -> str:
        """Id of the indicator."""
        return self.target.indicator

    @property
    def counts(self) -> bool:
        """Whether it counts in "all"."""
        return self.target.counts

    @property
    def known(self) -> bool:
        """Whether nothing of its year is left to forecast, be it published or not."""
        return self.pace is None

    @property
    def shown_light(self) -> Light | None:
        """Its light; of a year that is known and not published there is none."""
        return None if self.known and not self.complete else self.light

    @property
    def met(self) -> bool:
        """Whether it rather meets its target than not; of a known year, whether it did."""
        return self.probability >= 0.5

    @property
    def method(self) -> str:
        """The method of the only member, or ``pool``; without any, the year's figure."""
        if len(self.members) > 1:
            return "pool"
        if self.model is not None:
            return self.model.method
        return "published" if self.complete else "unpublished"


@dataclass(frozen=True, slots=True)
class Excluded:
    """A target without a verdict, and why.

    ``history`` is None where no figure forms a growth series; ``latest`` is the last
    quarter of any figure on the target's basis, None where there is none.
    """

    target: Target
    reason: Reason
    history: History | None
    latest: Quarter | None


@dataclass(frozen=True, slots=True)
class WeakestLink:
    """The indicator whose certain clearing would raise the all-clear probability most."""

    indicator_id: str
    probability_if_cleared: float


@dataclass(frozen=True, slots=True)
class AllClear:
    """Whether all verdicts that count are met together.

    Attributes
    ----------
    probability
        That all are.
    error
        Monte Carlo standard error of it.
    independent
        Product of the single probabilities: what it would be without correlation.
    weakest
        None when every year is complete.
    """

    probability: float
    error: float
    independent: float
    weakest: WeakestLink | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """All verdicts of an area and year (全年预判), as of one quarter or month.

    Attributes
    ----------
    as_of
        Quarter or month at which today's figures were cut, None for all of them.
    verdicts
        In catalogue order.
    excluded
        Targets without a verdict, in catalogue order.
    all_clear
        None when no verdict counts.
    light
        Of the all-clear; None in a reference area or when no verdict counts.
    """

    area: Area
    year: int
    as_of: Period | None
    seed: int
    engine: str
    verdicts: tuple[Verdict, ...]
    excluded: tuple[Excluded, ...]
    all_clear: AllClear | None
    light: Light | None

    @property
    def counted(self) -> tuple[Verdict, ...]:
        """The verdicts that count in "all"."""
        return tuple(verdict for verdict in self.verdicts if verdict.counts)

    @property
    def targets_in_all(self) -> int:
        """How many targets count in "all", with or without a verdict."""
        return len(self.counted) + sum(one.target.counts for one in self.excluded)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to forecast: every verdict's year is published."""
        return bool(self.verdicts) and all(verdict.complete for verdict in self.verdicts)

    @property
    def published(self) -> bool:
        """Whether the year of everything that counts is published; an excluded target is none."""
        return bool(self.counted) and all(verdict.complete for verdict in self.counted)

    @property
    def known(self) -> bool:
        """Whether the year of everything that counts is known, be it published or not."""
        return bool(self.counted) and all(verdict.known for verdict in self.counted)

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The verdicts that count and are known to have missed their targets."""
        return tuple(v for v in self.counted if v.known and not v.met)

    @property
    def lost(self) -> bool:
        """Whether "all" is out of reach already, though some of it is not known yet."""
        return bool(self.failed) and not self.known

    @property
    def settled(self) -> bool:
        """Whether nothing about "all" is a chance any more: it is known, or out of reach."""
        return self.known or self.lost

    @property
    def latest(self) -> Period | None:
        """The last quarter, or month inside one, that any verdict stands on."""
        latest = max((verdict.history.latest for verdict in self.verdicts), default=None)
        return latest and (latest.quarter or latest)


def by_probability(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return verdicts from the least to the most likely; equals by expected growth."""
    return sorted(verdicts, key=lambda verdict: (verdict.probability, verdict.quantiles.median))
