"""The league: areas by the chance of meeting all their targets, as its page has them."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from data.commands.command import Answer, CommandRefused, Listed, add_command, opened_store
from data.store.fleet import StoredFleetResult
from data.store.league import LeagueOrder, LeagueRound, LeagueRow, LeagueScope
from forecasting.cli.options import checked, to_quarter, to_year
from forecasting.figures.indicator import AreaKind
from forecasting.issues.json import read_snapshot

_to_offset = checked(int, lambda count: count >= 0, "a number of areas")
_to_most = checked(int, lambda count: 0 < count <= 10_000, "a number from 1 to 10000")


def add_to(listed: Listed) -> None:
    """Add the command on the league."""
    parser = add_command(
        listed, "league", _league,
        "list areas by the chance of meeting all targets, as fleet judged them",
        "List place, area, kind, province, chance, light, place and chance a quarter earlier, "
        "parted by tabs: the newest result of each area that python -m data fleet has stored. "
        "Places are by chance among the areas that are asked for, in whatever order these are "
        "listed.",
    )  # fmt: skip
    parser.add_argument("--year", type=to_year, help="that is judged (the newest without it)")
    parser.add_argument(
        "--quarter", type=to_quarter, metavar="2026Q2",
        help="up to which figures were known (the newest without it)",
    )  # fmt: skip
    parser.add_argument("--province", default="", metavar="AREA", help="of this province alone")
    parser.add_argument("--kind", choices=list(AreaKind), help="of this kind alone")
    parser.add_argument(
        "--order", choices=list(LeagueOrder), default=LeagueOrder.CHANCE,
        help="chance: the likeliest first (as without it); rise, fall: what the chance rose or "
        "fell most since the quarter before, areas without that quarter last; name: in Chinese, "
        "by pinyin; name_en: in English",
    )  # fmt: skip
    parser.add_argument(
        "--synthetic",
        action="store_true",
        help="of invented areas, which are never among real ones",
    )
    parser.add_argument(
        "--area", metavar="AREA",
        help="what was judged of this area alone: with --json its whole snapshot, and "
        "how earlier years were judged where the run had origins",
    )  # fmt: skip
    parser.add_argument("--skip", type=_to_offset, default=0, metavar="N", help="areas (0)")
    parser.add_argument("--most", type=_to_most, default=100, metavar="N", help="areas (100)")


def _league(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        round = _round(store.league.rounds(), options)
        if options.area is not None:
            return _of_area(store.fleet.find(options.area, round.year, round.quarter))
        order = LeagueOrder(options.order)
        scope = LeagueScope(round, options.kind and AreaKind(options.kind), options.province)
        rows = store.league.rows(scope, options.skip, options.most, order)
        lights = store.league.lights(scope)
    listed = list(map(_plain, rows))
    lines = ("\t".join("" if cell is None else str(cell) for cell in _cells(row)) for row in rows)
    document = {
        "year": round.year, "quarter": str(round.quarter), "synthetic": round.synthetic,
        "order": str(order), "areas": sum(lights.values()),
        "lights": {str(light): n for light, n in lights.items()},
        "rows": listed,
    }  # fmt: skip
    return Answer("\n".join(lines) or "no area has a place", document)


def _of_area(found: StoredFleetResult) -> Answer:
    chance = read_snapshot(found.document).outlook.all_clear
    scores = found.backtest
    document = {
        "area": found.area, "year": found.year, "quarter": str(found.quarter),
        "judged_at": found.issued_at.isoformat(), "vintage": found.vintage,
        "engine": found.engine, "sha256": found.sha256,
        "p_all": chance.probability if chance else None,
        "backtest": scores and asdict(scores), "document": json.loads(found.document),
    }  # fmt: skip
    told = [
        f"{found.area}: {found.year} as of {found.quarter}, vintage {found.vintage}, "
        f"{found.engine}",
        *([f"all targets together {chance.probability:.1%}"] if chance else []),
        f"sha256 {found.sha256}",
    ]
    if scores is not None and scores.brier is not None:
        told.append(
            f"{scores.cases} verdicts of earlier years: Brier score {scores.brier:.3f}, of the "
            f"simple forecast {scores.brier_persistence:.3f}"
        )
    return Answer("\n".join(told), document)


def _round(rounds: tuple[LeagueRound, ...], options: argparse.Namespace) -> LeagueRound:
    for round in rounds:
        asked = (options.year in (None, round.year), options.quarter in (None, round.quarter))
        if all(asked) and round.synthetic == options.synthetic:
            return round
    raise CommandRefused(_why_none(rounds, options))


def _why_none(rounds: tuple[LeagueRound, ...], options: argparse.Namespace) -> str:
    """Say that areas of the kind that is asked for have no place, and what there is."""
    kind, other = ("invented", "real") if options.synthetic else ("real", "invented")
    there = ", ".join(
        f"{one.year} as of {one.quarter}" for one in rounds if one.synthetic == options.synthetic
    )
    if there:
        return f"no {kind} areas were judged for that year and quarter, only for {there}"
    if not rounds:
        return "no areas were judged yet: python -m data fleet judges them"
    way = "without --synthetic" if options.synthetic else "with --synthetic"
    return f"no {kind} areas were judged yet, only {other} ones, which are listed {way}"


def _cells(row: LeagueRow) -> tuple[Any, ...]:
    return (
        row.place, row.area, row.kind, row.province, row.p_all, row.light, row.place_before,
        row.p_all_before,
    )  # fmt: skip


def _plain(row: LeagueRow) -> dict[str, Any]:
    return {
        "place": row.place, "area": row.area, "name_zh": row.name.zh, "name_en": row.name.en,
        "kind": str(row.kind), "province": row.province, "p_all": row.p_all,
        "light": str(row.light), "weakest": row.weakest or None,
        "judged_at": row.issued_at.isoformat(), "place_before": row.place_before,
        "p_all_before": row.p_all_before,
        "verdicts": [
            {"indicator": one.indicator, "counts": one.counts, "threshold": one.threshold,
             "probability": one.probability, "light": one.light and str(one.light),
             "q10": one.q10, "median": one.median, "q90": one.q90}
            for one in row.verdicts
        ],
    }  # fmt: skip
