"""What zones of national rank are assessed by: versions of criteria, and figures to stand beside.

A version says what is public of it and nothing else. A weight that is not public is left out; it
is never shared out among the items of a class, and nothing here computes a score.
"""

from __future__ import annotations

import csv
import io
import math
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from forecasting.errors import CriteriaRefused
from forecasting.figures.indicator import AreaKind, Direction, Names

WHOLE = 100.0
"""What the weights of scored classes sum to, where they are public."""


class Path(StrEnum):
    """The two ways to national rank."""

    ECONOMIC = "economic"  # 经济技术开发区
    HIGH_TECH = "high_tech"  # 高新技术产业开发区


class ClassKind(StrEnum):
    """How the items of a class count."""

    SCORED = "scored"
    BONUS = "bonus"
    REPORTED = "reported"  # in published results, not known to be scored


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a file, whose every key is known."""


class Reference(_Entry, frozen=True, kw_only=True):
    """Where something was read."""

    title: str
    url: str


class CriteriaRule(_Entry, frozen=True, kw_only=True):
    """What else the document rules; ``source`` is the id of a reference."""

    id: str
    zh: str
    en: str
    source: str

    @property
    def name(self) -> Names:
        """The rule in words."""
        return Names(self.zh, self.en)


class CriteriaItem(_Entry, frozen=True, kw_only=True):
    """One item of a class.

    Attributes
    ----------
    unit
        As in the catalogue, empty where it is not public.
    direction
        Which direction is good: our reading, where the document does not say.
    source
        Id of a reference of the version.
    indicator
        Id in the catalogue of what measures it; empty where the catalogue that comes with the
        program has none.
    names
        Other names under which tables list it.
    over
        The kind of the area above whose figure of the same indicator it is a ratio to, in
        percent; None of what is a quantity of the zone alone.
    weight
        In points of 100; None where it is not public.
    named
        Whether the document's name of it is public.
    """

    id: str
    zh: str
    en: str
    unit: str
    direction: Direction
    source: str
    indicator: str = ""
    names: tuple[str, ...] = ()
    over: AreaKind | None = None
    weight: float | None = None
    named: bool = True

    @property
    def name(self) -> Names:
        """What it is called."""
        return Names(self.zh, self.en)

    @property
    def quantity(self) -> str:
        """What its levels are kept by: the id of its indicator, with what it is a ratio to."""
        return self.indicator if self.over is None else f"{self.indicator}/{self.over}"


class CriteriaClass(_Entry, frozen=True, kw_only=True, rename={"items": "item"}):
    """A class of items.

    Attributes
    ----------
    weight
        In points of 100; None where it is not public.
    count
        How many items it has, those that are not public among them; None where that is not.
    """

    id: str
    zh: str
    en: str
    source: str
    kind: ClassKind = ClassKind.SCORED
    weight: float | None = None
    count: int | None = None
    items: tuple[CriteriaItem, ...] = ()

    @property
    def name(self) -> Names:
        """What it is called."""
        return Names(self.zh, self.en)


class Criteria(
    _Entry,
    frozen=True,
    kw_only=True,
    rename={"sources": "source", "rules": "rule", "classes": "class"},
):
    """One version of the criteria.

    Attributes
    ----------
    year
        In which it was decreed.
    first_edition, last_edition
        Years of the first and the last assessment by it; None while it is in force. An edition
        assesses the figures of the year before, see ``data_year``.
    count
        How many items it has in all, where that is public.
    sources
        By id.
    """

    id: str
    path: Path
    zh: str
    en: str
    year: int
    first_edition: int
    last_edition: int | None = None
    count: int | None = None
    sources: Mapping[str, Reference]
    rules: tuple[CriteriaRule, ...] = ()
    classes: tuple[CriteriaClass, ...]

    @property
    def name(self) -> Names:
        """What it is called."""
        return Names(self.zh, self.en)

    @property
    def items(self) -> Iterator[CriteriaItem]:
        """Every item that is public, class by class."""
        for one in self.classes:
            yield from one.items

    @property
    def weighted(self) -> bool:
        """Whether the weights of the classes are public."""
        return any(one.weight is not None for one in self.classes)


def data_year(edition: int) -> int:
    """Return the year whose figures an edition assesses."""
    return edition - 1


class Scope(StrEnum):
    """Which national zones a total is of."""

    ALL = "all"
    OUTSIDE_TOP_30 = "outside_top_30"  # by rank
    OUTSIDE_TOP_10 = "outside_top_10"  # by the quantity itself


class Yardstick(_Entry, frozen=True, kw_only=True):
    """A published total of national zones in one year, to stand beside a zone.

    Attributes
    ----------
    zones
        How many it is of; it changes from year to year.
    total
        In the unit of the item. Published totals are rounded.
    break_
        What sets it apart from the usual definition, such as ``with_reinvestment``; years that
        differ in it do not compare.
    """

    item: str
    year: int
    scope: Scope
    zones: int
    total: float
    unit: str
    break_: str
    source: Reference
    note: Names

    @property
    def mean(self) -> float:
        """The mean of a zone: our division, which no source publishes."""
        return self.total / self.zones


def read_criteria(text: str, file: str, indicators: Collection[str]) -> Criteria:
    """Read one version of the criteria.

    Parameters
    ----------
    indicators
        Ids of the catalogue.

    Raises
    ------
    CriteriaRefused
        At the first thing that is not as it should be, with the file and the key.
    """
    try:
        criteria = msgspec.convert(tomllib.loads(text), Criteria)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        problem, _, key = str(error).partition(" - at ")
        raise CriteriaRefused(file=file, key=key.strip("`") or "TOML", problem=problem) from error
    for key, problem in _problems(criteria, indicators):
        raise CriteriaRefused(file=file, key=key, problem=problem)
    return criteria


def _problems(criteria: Criteria, indicators: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the key and the description of everything that contradicts something else."""
    yield from _repeated("class", [one.id for one in criteria.classes])
    yield from _repeated("item", [item.id for item in criteria.items])
    yield from _repeated("rule", [rule.id for rule in criteria.rules])
    cited = [(one.id, one.source) for one in criteria.classes]
    cited += [(one.id, one.source) for one in criteria.items]
    cited += [(one.id, one.source) for one in criteria.rules]
    for id, source in cited:
        if source not in criteria.sources:
            yield f"{id}.source", f"no source {source!r}"
    for item in criteria.items:
        if item.indicator and item.indicator not in indicators:
            yield f"{item.id}.indicator", f"no indicator {item.indicator!r}"
        if item.over is not None and (item.unit, bool(item.indicator)) != ("%", True):
            yield f"{item.id}.over", "a ratio without an indicator, or not in percent"
    for one in criteria.classes:
        if one.count is not None and len([item for item in one.items if item.named]) > one.count:
            yield f"{one.id}.count", f"more than {one.count} items"
        if math.fsum(item.weight or 0.0 for item in one.items) > (one.weight or WHOLE):
            yield f"{one.id}.item.weight", "items that weigh more than their class"
        if one.kind is not ClassKind.SCORED and one.weight is not None:
            yield f"{one.id}.weight", "a weight of what is not scored"
    scored = [one.weight for one in criteria.classes if one.kind is ClassKind.SCORED]
    if criteria.weighted and (
        None in scored or abs(math.fsum(weight or 0.0 for weight in scored) - WHOLE) > 1e-9
    ):
        yield "class.weight", f"weights {scored} that do not sum to {WHOLE:g}"


def _repeated(key: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"{key}.id", f"{name!r} more than once"


_COLUMNS = (
    "item", "year", "scope", "zones", "total", "unit", "break",
    "source_title", "source_url", "note_zh", "note_en",
)  # fmt: skip


def read_yardsticks(text: str, file: str, items: Mapping[str, CriteriaItem]) -> list[Yardstick]:
    """Read the published totals of national zones.

    Parameters
    ----------
    items
        Of every version, by id.

    Raises
    ------
    CriteriaRefused
        At the first row that is not as it should be, with the file, the row and the column.
    """
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise CriteriaRefused(file=file, key="1", problem=f"columns other than {_COLUMNS}")
    yardsticks: list[Yardstick] = []
    for number, row in enumerate(rows, start=2):
        try:
            yardstick = _yardstick(row)
        except (ValueError, TypeError) as error:  # a short row lacks cells
            raise CriteriaRefused(file=file, key=str(number), problem=str(error)) from error
        item = items.get(yardstick.item)
        if item is None:
            raise CriteriaRefused(file=file, key=f"{number}.item", problem=f"{yardstick.item!r}")
        if item.unit != yardstick.unit:
            raise CriteriaRefused(file=file, key=f"{number}.unit", problem=f"{yardstick.unit!r}")
        yardsticks.append(yardstick)
    for key, problem in _repeated("row", [f"{y.item} {y.year} {y.scope}" for y in yardsticks]):
        raise CriteriaRefused(file=file, key=key, problem=problem)
    return yardsticks


def _yardstick(row: Mapping[str, str]) -> Yardstick:
    zones, total = int(row["zones"]), float(row["total"])
    if zones < 1 or not 0 < total < 1e15:
        raise ValueError(f"{row['total']} of {row['zones']} zones")
    return Yardstick(
        item=row["item"], year=int(row["year"]), scope=Scope(row["scope"]), zones=zones,
        total=total, unit=row["unit"], break_=row["break"],
        source=Reference(title=row["source_title"], url=row["source_url"]),
        note=Names(row["note_zh"], row["note_en"]),
    )  # fmt: skip
