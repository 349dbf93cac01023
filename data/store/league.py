"""Areas beside each other by the chance of meeting all their targets, page by page.

Read is the newest result of each area for a year and quarter of the fleet, which stands on
published figures alone. Reference areas have no targets of their own and no place. Invented areas
have places among themselves, never among real ones.

Places, counts and the places of the quarter before are found in ``ix_fleet_result_league``: this
index holds all they need. Rows, which have a document each, are read of one page alone. The order
by the chance is that index's own, the order by name that of ``ix_fleet_result_zh`` or ``_en``. The
change since the quarter before belongs to two rows, of which the earlier may be judged anew, and to
a scope, which may not have had the area; so no index can hold its order. It is sorted from what the
index of the places holds of both quarters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, select

from data.store import schema
from data.store.people import Access
from forecasting.figures.indicator import AreaKind, Names
from forecasting.figures.period import Quarter
from forecasting.outlook.lights import Light

_TABLE = schema.fleet_result
_COLUMN = _TABLE.c


@dataclass(frozen=True, slots=True)
class LeagueRound:
    """A year as it was judged with the figures up to a quarter, of real or of invented areas."""

    year: int
    quarter: Quarter
    synthetic: bool = False

    @property
    def before(self) -> LeagueRound:
        """The same year a quarter earlier."""
        return LeagueRound(self.year, self.quarter + -1, self.synthetic)


@dataclass(frozen=True, slots=True)
class LeagueScope:
    """Which areas of a round have places among each other; without a kind or a province, all."""

    round: LeagueRound
    kind: AreaKind | None = None
    province: str = ""


class LeagueOrder(StrEnum):
    """What areas are listed by; where it is equal, by id.

    ``RISE`` and ``FALL`` begin with the chance that rose or fell most since the quarter before;
    equal changes go by the chance, and areas without that quarter come last in both. ``NAME`` is
    the name in Chinese.
    """

    CHANCE = "chance"
    RISE = "rise"
    FALL = "fall"
    NAME = "name"
    NAME_EN = "name_en"


@dataclass(frozen=True, slots=True)
class LeagueVerdict:
    """An indicator of an area: its target, its chance, and growth of the full year in percent."""

    indicator: str
    counts: bool
    threshold: float
    probability: float
    light: Light | None
    q10: float
    median: float
    q90: float


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """An area in its place.

    Attributes
    ----------
    place
        Counts from 1; equal chances share it.
    weakest
        The indicator of its weakest link; empty where there is none.
    place_before, p_all_before
        The same with the figures up to the quarter before, among the areas that the scope had
        then; None where the area had none.
    """

    place: int
    area: str
    name: Names
    kind: AreaKind
    province: str
    p_all: float
    light: Light
    weakest: str
    issued_at: datetime
    verdicts: tuple[LeagueVerdict, ...]
    place_before: int | None = None
    p_all_before: float | None = None


class League:
    """The league of one store; safe to share between threads."""

    def __init__(self, access: Access) -> None:
        self._engine = access.engine

    def rounds(self) -> tuple[LeagueRound, ...]:
        """Return what areas can be compared in, the newest first, real areas before invented."""
        query = select(_COLUMN.year, _COLUMN.quarter, _COLUMN.synthetic).distinct()
        with self._engine.connect() as connection:
            found = [LeagueRound(*row) for row in connection.execute(query.where(_placed()))]
        return tuple(
            sorted(found, key=lambda one: (one.synthetic, -one.year, -one.quarter.ordinal))
        )

    def groups(self, round: LeagueRound) -> tuple[tuple[AreaKind, str], ...]:
        """Return the kinds of areas in a round with their provinces, each once."""
        query = _newest(LeagueScope(round), _COLUMN.kind, _COLUMN.province).distinct()
        with self._engine.connect() as connection:
            return tuple((row.kind, row.province) for row in connection.execute(query))

    def lights(self, scope: LeagueScope) -> Mapping[Light, int]:
        """Return how many areas have each light; their sum is how many have a place."""
        query = _newest(scope, _COLUMN.light, func.count()).group_by(_COLUMN.light)
        with self._engine.connect() as connection:
            found = {Light(light): count for light, count in connection.execute(query)}
        return {light: found[light] for light in Light if light in found}

    def rows(
        self, scope: LeagueScope, offset: int, most: int, order: LeagueOrder = LeagueOrder.CHANCE
    ) -> tuple[LeagueRow, ...]:
        """Return some areas with their places, in an order."""
        with self._engine.connect() as connection:
            areas = connection.scalars(_page(scope, offset, most, order)).all()
            found = connection.execute(_rows(scope, areas)).all() if areas else ()
        now, before = (
            {row.area: row for row in found if row.quarter == quarter}
            for quarter in (scope.round.quarter, scope.round.before.quarter)
        )
        # Without a chance is what was judged anew between the two questions.
        return tuple(_row(now[area], before.get(area)) for area in areas if area in now)

    def place_of(self, area: str, scope: LeagueScope) -> tuple[int, int] | None:
        """Return the place of an area, and how many rows come before its own; None without any."""
        own = _newest(scope, _COLUMN.p_all).where(_COLUMN.area == area)
        with self._engine.connect() as connection:
            p_all = connection.scalar(own)
            if p_all is None:
                return None
            above = connection.scalar(_count_above(scope, p_all)) or 0
            tied = and_(_COLUMN.p_all == p_all, _COLUMN.area < area)
            beside = connection.scalar(_newest(scope, func.count()).where(tied)) or 0
        return above + 1, above + beside


def _placed() -> ColumnElement[bool]:
    return and_(~_COLUMN.reference, _COLUMN.p_all.is_not(None))


def _newest(scope: LeagueScope, *columns: Any) -> Select[Any]:
    """Select from the newest result of each area that has a place in a scope."""
    quarter = _COLUMN.quarter == scope.round.quarter
    return _newest_of_any_quarter(scope, *columns).where(quarter)


def _newest_of_any_quarter(scope: LeagueScope, *columns: Any) -> Select[Any]:
    newer = _TABLE.alias("newer")
    same = (newer.c[name] == _COLUMN[name] for name in ("area", "year", "quarter"))
    query = select(*columns).where(
        _COLUMN.year == scope.round.year,
        _COLUMN.synthetic == scope.round.synthetic,
        _placed(),
        ~exists().where(*same, newer.c.issued_at > _COLUMN.issued_at),
    )
    if scope.kind is not None:
        query = query.where(_COLUMN.kind == scope.kind)
    if scope.province:
        query = query.where(_COLUMN.province == scope.province)
    return query


def _page(scope: LeagueScope, offset: int, most: int, order: LeagueOrder) -> Select[Any]:
    """Select the ids of some areas of a scope, in an order."""
    query = _newest(scope, _COLUMN.area)
    match order:
        case LeagueOrder.CHANCE:
            query = query.order_by(_COLUMN.p_all.desc())
        case LeagueOrder.NAME:
            query = query.order_by(_COLUMN.sort_zh)
        case LeagueOrder.NAME_EN:
            query = query.order_by(_COLUMN.sort_en)
        case LeagueOrder.RISE | LeagueOrder.FALL:
            # Grouped rather than joined: SQLite would look through one quarter for each area of
            # the other, not knowing how many they are.
            round = scope.round
            now, before = (
                func.max(case((_COLUMN.quarter == one, _COLUMN.p_all)))
                for one in (round.quarter, round.before.quarter)
            )
            change = now - before
            change = change.desc() if order is LeagueOrder.RISE else change.asc()
            query = _of_both_quarters(scope, _COLUMN.area).group_by(_COLUMN.area)
            query = query.having(now.is_not(None))
            query = query.order_by(change.nulls_last(), now.desc())
    return query.order_by(_COLUMN.area).offset(offset).limit(most)


def _count_above(scope: LeagueScope, p_all: float) -> Select[Any]:
    return _newest(scope, func.count()).where(_COLUMN.p_all > p_all)


def _of_both_quarters(scope: LeagueScope, *columns: Any) -> Select[Any]:
    """Select from the newest results of the round and of the quarter before."""
    quarters = (scope.round.quarter, scope.round.before.quarter)
    return _newest_of_any_quarter(scope, *columns).where(_COLUMN.quarter.in_(quarters))


def _rows(scope: LeagueScope, areas: Sequence[str]) -> Select[Any]:
    """Select the places of some areas in both quarters, and all that is shown of the later one."""
    names = (
        "name_zh", "name_en", "kind", "province", "light", "weakest", "issued_at", "verdicts",
    )  # fmt: skip
    place = func.rank().over(partition_by=_COLUMN.quarter, order_by=_COLUMN.p_all.desc())
    key = (_COLUMN.area, _COLUMN.quarter, _COLUMN.issued_at)
    places = _of_both_quarters(scope, *key, _COLUMN.p_all, place.label("place")).subquery()
    row = _TABLE.alias("row")
    same = (row.c[name] == places.c[name] for name in ("area", "quarter", "issued_at"))
    of_round = and_(row.c.year == scope.round.year, row.c.quarter == scope.round.quarter)
    return (
        select(
            places.c.area, places.c.quarter, places.c.p_all, places.c.place,
            *(row.c[name] for name in names),
        )
        .select_from(places.outerjoin(row, and_(of_round, *same)))
        .where(places.c.area.in_(areas))
    )  # fmt: skip


def _row(row: Row[Any], before: Row[Any] | None) -> LeagueRow:
    return LeagueRow(
        row.place, row.area, Names(row.name_zh, row.name_en), row.kind, row.province, row.p_all,
        Light(row.light), row.weakest, row.issued_at,
        msgspec.convert(row.verdicts, tuple[LeagueVerdict, ...]),
        before and before.place, before and before.p_all,
    )  # fmt: skip
