"""What runs of the fleet say of each area, kept by area, year, quarter and run.

A result is a snapshot as an issue is, but of no office: it is not numbered, and nobody links to it.
It follows from published figures alone, so it can be made again. Rows are only ever added; the
newest result of an area, year and quarter is that of the run which began last.

An area is in a run once: year, quarter, vintage and engine are a key with it. What two drivers make
of the same area at the same time is stored by the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, select

from data.store import audit, schema
from data.store.errors import DamagedFleetResult, UnknownFleetResult
from data.store.people import Access
from data.store.permissions import Permission
from data.store.schema import in_utc, insert_rows
from data.store.vintages import Cells, row_of
from forecasting.figures.indicator import Names
from forecasting.figures.period import Quarter
from forecasting.fleet.results import FleetBacktest, FleetResult, FleetRun
from forecasting.issues.json import plain
from forecasting.outlook.lights import Light

_RESULT, _BACKTEST = schema.fleet_result, schema.fleet_backtest
_LONGEST_KEY = 120
"""Bytes of a name that its order looks at: an index takes no more than some."""


@dataclass(frozen=True, slots=True)
class JudgedArea:
    """That a run has judged an area: at which vintage, and from what."""

    vintage: int
    inputs_sha256: str


@dataclass(frozen=True, slots=True)
class StoredFleetResult:
    """The result of an area, byte for byte as it was made.

    Attributes
    ----------
    issued_at
        When its run began, in UTC.
    sha256
        Of the document, in hexadecimal.
    backtest
        Of the most origins that a run has judged at the same vintage; None where none has.
    """

    area: str
    year: int
    quarter: Quarter
    issued_at: datetime
    vintage: int
    engine: str
    sha256: str
    document: bytes
    backtest: FleetBacktest | None


class Fleet:
    """The fleet results of one store; safe to share between threads."""

    def __init__(self, access: Access) -> None:
        self._access, self._engine = access, access.engine

    def keep(self, run: FleetRun, results: Sequence[FleetResult], author: str = "") -> int:
        """Write what a run says of areas, whole or not at all; return of how many any is new.

        What is there of an area in the same run stays as it is.

        Raises
        ------
        RoleNeeded
            If who acts may not issue.
        """
        about = {
            "year": run.year, "vintage": run.vintage, "engine": run.engine,
            "issued_at": in_utc(run.issued_at),
        }  # fmt: skip
        with self._access.writing(Permission.ISSUE) as connection:
            author = self._access.author(connection, author)
            rows = [
                about | {"quarter": run.quarter, "author": author} | _result_cells(one)
                for one in results
            ]
            backtests = [
                about | {"origins": run.origins} | _backtest_cells(one, one.backtest)
                for one in results
                if one.backtest is not None
            ]
            new = _missing(connection, _RESULT, rows)
            new_backtests = _missing(connection, _BACKTEST, backtests)
            if new or new_backtests:
                audit.record(
                    connection, audit.Action.FLEET, f"fleet {run.year} {run.quarter}", author,
                    vintage=run.vintage, results=len(new), backtests=len(new_backtests),
                    sha256=sha256("".join(row["sha256"] for row in new).encode()).hexdigest(),
                )  # fmt: skip
                insert_rows(connection, _RESULT, new)
                insert_rows(connection, _BACKTEST, new_backtests)
            return len({row["area"] for row in (*new, *new_backtests)})

    def begun(self, run: FleetRun) -> datetime | None:
        """Return when a run began that is not finished, or was; None where it is the first."""
        column = _RESULT.c
        query = select(column.issued_at).where(
            column.year == run.year, column.quarter == run.quarter,
            column.vintage == run.vintage, column.engine == run.engine,
        )  # fmt: skip
        with self._engine.connect() as connection:
            return connection.scalar(query.order_by(column.issued_at).limit(1))

    def judged(self, run: FleetRun) -> dict[str, JudgedArea]:
        """Return what is stored of each area for the question of a run, the newest of each.

        With origins an area counts once its backtest of that vintage is there as well; it is of
        earlier years, and the same wherever the figures of this one are cut.
        """
        with self._engine.connect() as connection:
            results = _newest(connection, _RESULT, run, quarter=run.quarter)
            if not run.origins:
                return results
            backtests = _newest(connection, _BACKTEST, run, origins=run.origins)
        return {
            area: one
            for area, one in results.items()
            if area in backtests and backtests[area].vintage == one.vintage
        }

    def find(self, area: str, year: int, quarter: Quarter) -> StoredFleetResult:
        """Return the newest result of an area for a year and quarter, byte for byte.

        Raises
        ------
        UnknownFleetResult, DamagedFleetResult
            If there is none, or its document is not what was made.
        """
        column = _RESULT.c
        stored = (name for name in StoredFleetResult.__slots__ if name != "backtest")
        query = (
            select(*(column[name] for name in stored))
            .where(column.area == area, column.year == year, column.quarter == quarter)
            .order_by(column.issued_at.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise UnknownFleetResult(area=area, year=year, quarter=quarter)
            scores = _scores(connection, area, year, row.vintage, row.engine)
        if sha256(row.document).hexdigest() != row.sha256:
            raise DamagedFleetResult(area=area, year=year, quarter=quarter)
        return StoredFleetResult(**row._mapping, backtest=scores)


def _scores(
    connection: Connection, area: str, year: int, vintage: int, engine: str
) -> FleetBacktest | None:
    column = _BACKTEST.c
    query = (
        select(*(column[name] for name in FleetBacktest.__slots__))
        .where(column.area == area, column.year == year)
        .where(column.vintage == vintage, column.engine == engine)
        .order_by(column.origins.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else FleetBacktest(*row)


def _result_cells(result: FleetResult) -> Cells:
    cells = row_of(result)
    del cells["backtest"]
    counts = cells.pop("lights")
    return cells | {
        **{light.value: counts.get(light, 0) for light in Light},
        "verdicts": plain(result.verdicts),
        **sort_keys(result.name),
    }


def sort_keys(name: Names) -> Cells:
    """Return the bytes by which areas are listed by name.

    GB 18030 has the 3,755 usual characters of Chinese in the order of their pinyin, as GB 2312 had,
    and sorts the rest apart from them.
    """
    keys = {"sort_zh": name.zh.encode("gb18030"), "sort_en": name.en.casefold().encode()}
    return {column: key[:_LONGEST_KEY] for column, key in keys.items()}


def _backtest_cells(result: FleetResult, backtest: FleetBacktest) -> Cells:
    return row_of(backtest) | {"area": result.area, "inputs_sha256": result.inputs_sha256}


def _missing(connection: Connection, table: Table, rows: Sequence[Cells]) -> list[Cells]:
    """Return the rows of areas that the table has none of in the same run."""
    if not rows:
        return []
    same = [name for name in ("year", "quarter", "origins", "vintage", "engine") if name in rows[0]]
    areas = [row["area"] for row in rows]
    query = select(table.c.area).where(
        table.c.area.in_(areas), *(table.c[name] == rows[0][name] for name in same)
    )
    there = set(connection.scalars(query))
    return [row for row in rows if row["area"] not in there]


def _newest(
    connection: Connection, table: Table, run: FleetRun, **cells: Any
) -> dict[str, JudgedArea]:
    """Return what a table has of each area by the engine of a run, the newest of each."""
    column = table.c
    query = (
        select(column.area, column.vintage, column.inputs_sha256)
        .where(column.year == run.year, column.engine == run.engine)
        .where(*(column[name] == cell for name, cell in cells.items()))
        .order_by(column.issued_at)
    )
    return {area: JudgedArea(*told) for area, *told in connection.execute(query)}
