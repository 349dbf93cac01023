"""What is measured and asked: areas, indicators, observations and targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from forecasting.figures.learner import Learner
from forecasting.figures.period import Month, Quarter


class Measure(StrEnum):
    """The form of a figure (数据形式).

    ``growth_end`` and ``level_end`` are of a stock at the end of the month; a ``ratio`` is one
    amount against another: a rate, an index, a price, a density.
    """

    GROWTH_YTD = "growth_ytd"
    GROWTH_QUARTER = "growth_quarter"
    GROWTH_MONTH = "growth_month"
    GROWTH_END = "growth_end"
    LEVEL_YTD = "level_ytd"
    LEVEL_QUARTER = "level_quarter"
    LEVEL_MONTH = "level_month"
    LEVEL_END = "level_end"
    RATIO = "ratio"

    @property
    def is_growth(self) -> bool:
        """Whether the figure is a growth rate in percent, year on year."""
        return self.startswith("growth")

    @property
    def forms_series(self) -> bool:
        """Whether forecasts stand on such figures; the others are kept and shown."""
        return self is Measure.LEVEL_MONTH or not self.is_of_month

    @property
    def is_of_month(self) -> bool:
        """Whether the figure is of its month alone or of the end of it, not of a span up to it."""
        return not self.endswith(("_ytd", "_quarter"))


class PriceBasis(StrEnum):
    """The prices a figure is valued at (价格口径); ``physical`` needs none."""

    COMPARABLE = "comparable"
    CONSTANT = "constant"
    CURRENT = "current"
    PHYSICAL = "physical"


class Status(StrEnum):
    """Whether a figure may be known outside: 已公布, 内部快报, 预计."""

    PUBLISHED = "published"
    FLASH = "flash"
    ESTIMATE = "estimate"


class IndicatorGroup(StrEnum):
    """Which goal of the plan an indicator serves."""

    MAIN = "main"
    THREE_BIG_THINGS = "three_big_things"
    NATIONAL_RANK = "national_rank"


class Direction(StrEnum):
    """Which direction is good."""

    UP = "up"
    DOWN = "down"


class AreaKind(StrEnum):
    """The level of an area."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"

    @property
    def level(self) -> int:
        """How far below the nation it is, which is 0; an area lies in one of no lower level."""
        return list(AreaKind).index(self)


class Comparator(StrEnum):
    """How published growth is compared with the threshold; ``~`` is 左右, about."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="
    ABOUT = "~"


@dataclass(frozen=True, slots=True)
class Names:
    """One name in the two languages of the app; logs and commands print the Chinese one."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure is valued at and what it counts: two figures compare only on one basis.

    Attributes
    ----------
    price
        Prices it is valued at.
    coverage
        Code of what is counted, such as ``standard`` or ``province_rule``; its words are
        in the message catalogues under ``coverage.<code>``.
    currency
        ISO 4217 code for amounts of money, empty otherwise.
    """

    price: PriceBasis
    coverage: str = "standard"
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A zone, county, city, province or nation.

    Attributes
    ----------
    parent
        Id of the area above, empty for the nation.
    reference
        Measured against the zone's line for comparison only: no lights, no verdict words.
    synthetic
        Every figure of it is generated and must be marked 模拟数据 wherever it is shown.
    home
        The zone this installation serves.
    """

    id: str
    name: Names
    kind: AreaKind
    parent: str = ""
    reference: bool = False
    synthetic: bool = False
    home: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the catalogue.

    Attributes
    ----------
    aliases
        Short and former names under which tables list it, in either language.
    unit
        Unit of its level, such as ``1e8 CNY``; growth is in percent.
    measures
        The forms it is usually published in, the most usual first.
    basis
        The basis of a figure that does not say otherwise.
    quarterly_shares
        Usual shares of Q1 to Q4 in the year, where known; they sum to one.
    release_day
        Day of the month after the quarter on which figures usually come, 0 if unknown.
    order
        Position in the catalogue, from 0.
    """

    id: str
    name: Names
    short: Names
    aliases: tuple[str, ...]
    unit: str
    measures: tuple[Measure, ...]
    basis: Basis
    group: IndicatorGroup
    direction: Direction
    quarterly_shares: tuple[float, float, float, float] | None = None
    release_day: int = 0
    order: int = 0


ObservationKey = tuple[str, str, Measure, Basis, Month]
TargetKey = tuple[str, str, int]
DefinitionChangeKey = tuple[str, str, Basis, Quarter]
AreaVersionKey = tuple[str, Quarter]


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure, cumulative or single as its measure says, that runs to ``month``.

    ``value`` is in percent for growth and in ``unit`` for levels.
    """

    area: str
    indicator: str
    measure: Measure
    month: Month
    value: float
    unit: str
    basis: Basis
    status: Status = Status.PUBLISHED
    publisher: str = ""

    @property
    def key(self) -> ObservationKey:
        """What identifies the figure; a later one with the same key revises it."""
        return self.area, self.indicator, self.measure, self.basis, self.month


@dataclass(frozen=True, slots=True)
class Target:
    """What an area's full-year growth of an indicator is judged by.

    Attributes
    ----------
    year
        The year it is for; 0 is a standing line that holds for every year.
    threshold
        In percent.
    tolerance
        In percentage points, for the comparator ``~`` only.
    basis
        The basis the target is set on; figures on another basis do not answer it.
    document
        The source document.
    counts
        Whether it counts in "all".
    """

    area: str
    indicator: str
    year: int
    comparator: Comparator
    threshold: float
    basis: Basis
    document: str
    tolerance: float = 0.0
    counts: bool = True

    @property
    def key(self) -> TargetKey:
        """What identifies the target; a later one with the same key revises it."""
        return self.area, self.indicator, self.year

    def is_about(self, figure: Observation | DefinitionChange) -> bool:
        """Return whether a figure, or a change of definition, is of its series."""
        series = self.area, self.indicator, self.basis
        return (figure.area, figure.indicator, figure.basis) == series


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """A recorded change of definition or area (口径变更).

    Attributes
    ----------
    area, indicator, basis
        Whose figures.
    quarter
        The first that follows the new definition.
    document
        The source document.
    """

    area: str
    indicator: str
    basis: Basis
    quarter: Quarter
    document: str

    @property
    def key(self) -> DefinitionChangeKey:
        """What identifies the change."""
        return self.area, self.indicator, self.basis, self.quarter


@dataclass(frozen=True, slots=True)
class AreaVersion:
    """An area from when it was enlarged or redrawn on (地区版本).

    Attributes
    ----------
    quarter
        The first whose figures cover the area as it is since then.
    label
        What this version is called, such as 扩区后.
    document
        The source document.
    """

    area: str
    quarter: Quarter
    label: Names
    document: str
    note: str = ""

    @property
    def key(self) -> AreaVersionKey:
        """What identifies the version."""
        return self.area, self.quarter


def with_area_changes(
    recorded: Iterable[DefinitionChange],
    versions: Iterable[AreaVersion],
    figures: Iterable[Observation],
) -> tuple[DefinitionChange, ...]:
    """Return recorded changes of definition and those that versions of areas bring.

    An area that is enlarged or redrawn changes every series of it: each indicator on each basis
    of its figures. What is recorded of an indicator itself stands before what its area implies
    for the same quarter, so that no shift of level is counted twice.
    """
    series = dict.fromkeys((figure.area, figure.indicator, figure.basis) for figure in figures)
    implied = [
        DefinitionChange(area, indicator, basis, version.quarter, version.document)
        for version in versions
        for area, indicator, basis in series
        if area == version.area
    ]
    return tuple({change.key: change for change in (*implied, *recorded)}.values())


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The indicators known, by id, in catalogue order."""

    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    @classmethod
    def of(cls, indicators: Sequence[Indicator]) -> Catalogue:
        """Build a catalogue from indicators that are already in order."""
        return cls({indicator.id: indicator for indicator in indicators})

    def __contains__(self, indicator_id: object) -> bool:
        return indicator_id in self.indicators

    def __getitem__(self, indicator_id: str) -> Indicator:
        return self.indicators[indicator_id]


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What is known at a vintage, of any area and year.

    Attributes
    ----------
    changes
        Recorded changes of definition: each is a shift of level that says nothing of growth.
    learner
        What was learned from series of others; None leaves the member out that needs it.
    """

    catalogue: Catalogue
    targets: Sequence[Target]
    observations: Sequence[Observation]
    changes: Sequence[DefinitionChange] = ()
    learner: Learner | None = None
