"""The whole answer without the app: ``python -m forecasting``.

The only module here that opens files. It reads the same seeds as the app, so that a page and
a command agree to the byte.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from forecasting.cli.news_json import news_document, news_summary
from forecasting.cli.options import DATES, PROGRAM, USAGE_ERROR, parser_of
from forecasting.cli.outlook_json import QUANTILE_NAMES, outlook_document, to_json
from forecasting.cli.scenario_json import account_of, scenario_document, scenario_summary
from forecasting.cli.solve_json import solution_document, solution_summary
from forecasting.errors import OutlookError, UnknownYear
from forecasting.figures.catalogue import read_changes
from forecasting.figures.indicator import (
    Area,
    AreaKind,
    DefinitionChange,
    Inputs,
    Names,
    Observation,
)
from forecasting.figures.period import Quarter
from forecasting.figures.seeds import AREAS, INDICATORS, TARGETS, Seeds, decode, parse_seeds
from forecasting.figures.tables import read_observations, read_quarterly_levels
from forecasting.models.level_forecast import forecast_levels
from forecasting.models.process import use_one_thread
from forecasting.news.explain import explain
from forecasting.outlook.judge import Baseline, baseline_of, judge
from forecasting.outlook.outlook import QUANTILE_LEVELS, Outlook
from forecasting.outlook.question import Question
from forecasting.record.backtest import backtest
from forecasting.scenario.document import read_scenario
from forecasting.scenario.levers import LeverKind
from forecasting.scenario.model import Scenario
from forecasting.solve.solution import solve
from forecasting.solve.wish import left_out, usual_wish

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


class BadInput(Exception):
    """Raised with one line for the person who typed the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or 2 with one line on standard error for bad input."""
    commands = {
        "outlook": _outlook,
        "news": _news,
        "scenario": _scenario,
        "solve": _solve,
        "backtest": _backtest,
        "forecast": _forecast,
    }
    options = parser_of(commands).parse_args(arguments)
    use_one_thread()
    try:
        options.command(options)
    except (BadInput, OutlookError) as error:
        print(f"{PROGRAM}: {' '.join(str(error).splitlines())}", file=sys.stderr)
        return USAGE_ERROR
    return 0


def _outlook(options: argparse.Namespace) -> None:
    """Print the outlook of an area and year."""
    seeds, observations = _read(options.file)
    question = _question(options, seeds, observations, options.year, options.as_of)
    changes = _changes(options, seeds)
    outlook = judge(question, Inputs(seeds.catalogue, seeds.targets, observations, changes))
    if not outlook.verdicts:
        raise UnknownYear(area=options.area, year=options.year)
    sys.stdout.write(to_json(outlook_document(outlook)) if options.json else _summary(outlook))


def _scenario(options: argparse.Namespace) -> None:
    """Print the outlook of an area and year under a scenario."""
    account = account_of(*_laid_out(options))
    if options.json:
        sys.stdout.write(to_json(scenario_document(account)))
    else:
        sys.stdout.write(_summary(account.applied.outlook) + scenario_summary(account))


def _solve(options: argparse.Namespace) -> None:
    """Print the least-effort setting that reaches a wanted all-clear probability."""
    baseline, scenario = _laid_out(options)
    named = options.allow
    kinds = None if named is None else [LeverKind(kind) for kind in named if kind != DATES]
    dates = named is None or DATES in named
    wish = usual_wish(baseline, scenario, options.want, kinds, dates=dates)
    solution = solve(baseline, scenario, wish)
    left = left_out(baseline, scenario) if named is None else ()
    if options.json:
        document = solution_document(baseline.question, wish, solution, left)
        sys.stdout.write(to_json(document))
    else:
        sys.stdout.write(solution_summary(solution, left))


def _laid_out(options: argparse.Namespace) -> tuple[Baseline, Scenario]:
    """Return the baseline of an area and year, and the scenario on top; empty without a file."""
    seeds, observations = _read(options.file)
    question = _question(options, seeds, observations, options.year, options.as_of)
    text = "" if options.scenario is None else _text(options.scenario)
    scenario = read_scenario(text, seeds.catalogue.indicators)
    changes = _changes(options, seeds)
    baseline = baseline_of(question, Inputs(seeds.catalogue, seeds.targets, observations, changes))
    if not baseline.standing:
        raise UnknownYear(area=options.area, year=options.year)
    return baseline, scenario


def _news(options: argparse.Namespace) -> None:
    """Print why an outlook moved from one file to another."""
    seeds, after = _read(options.file)
    before = _read(options.before)[1]
    if options.area not in {figure.area for figure in before}:
        raise BadInput(f"{options.before.name} has no figures of area {options.area!r}")
    question = _question(options, seeds, after, options.year, options.as_of)
    changes = _changes(options, seeds)
    old, new = (
        Inputs(seeds.catalogue, seeds.targets, figures, changes) for figures in (before, after)
    )
    news = explain(question, old, new)
    sys.stdout.write(to_json(news_document(news)) if options.json else news_summary(news))


def _backtest(options: argparse.Namespace) -> None:
    """Print one record per indicator, year and origin."""
    seeds, observations = _read(options.file)
    first, last = options.years
    question = _question(options, seeds, observations, first, None)
    cases = backtest(
        question,
        range(first, last + 1),
        Inputs(seeds.catalogue, seeds.targets, observations, _changes(options, seeds)),
    )
    records = []
    for case in cases:
        quantiles = dict(zip(QUANTILE_NAMES, case.verdict.quantiles, strict=True))
        records.append(
            {
                "indicator": case.verdict.indicator_id,
                "year": case.year,
                "origin_quarter": case.origin_quarter,
                "probability": case.verdict.probability,
                "method": case.verdict.method,
                **{name: quantiles[name] for name in ("q10", "q50", "q90")},
                "outcome": case.outcome,
                "met": case.met,
            }
        )
    if not records:
        raise BadInput(f"no figures of area {options.area!r} answer any of these years")
    if options.json:
        sys.stdout.write(to_json(records))
    else:
        _write_csv(sys.stdout, records)


def _forecast(options: argparse.Namespace) -> None:
    """Write quantiles of future levels."""
    series = read_quarterly_levels(_text(options.file), options.file.name)
    records = [
        {"id": name, "h": step, "mean": mean, **dict(zip(QUANTILE_NAMES, quantiles, strict=True))}
        for name, levels in series.items()
        for step, (mean, quantiles) in enumerate(
            forecast_levels(levels, options.horizon, QUANTILE_LEVELS), start=1
        )
    ]
    try:
        with options.out.open("w", encoding="utf-8", newline="") as file:
            _write_csv(file, records)
    except OSError as error:
        raise BadInput(f"cannot write {options.out}: {error.strerror}") from error


def _question(
    options: argparse.Namespace,
    seeds: Seeds,
    observations: Sequence[Observation],
    year: int,
    as_of: Quarter | None,
) -> Question:
    """Return the question; an area the seeds do not list is judged by the plan's line."""
    areas = {area.id: area for area in seeds.areas}
    if options.area not in {figure.area for figure in observations}:
        raise BadInput(f"{options.file.name} has no figures of area {options.area!r}")
    unlisted = Area(options.area, Names(options.area, options.area), AreaKind.ZONE, reference=True)
    threshold = options.threshold
    if threshold is None and not any(target.area == options.area for target in seeds.targets):
        plan = tomllib.loads((SEEDS / "plan.toml").read_text(encoding="utf-8"))
        threshold = float(plan["line"]["threshold"])
    return Question(
        area=areas.get(options.area, unlisted),
        year=year,
        as_of=as_of,
        threshold=threshold,
        seed=options.seed,
        correlated=not getattr(options, "independent", False),
    )


def _read(file: Path) -> tuple[Seeds, tuple[Observation, ...]]:
    """Return the seeds and the figures of a file, whose areas need not be listed."""
    seeds = parse_seeds(
        {name: (SEEDS / name).read_bytes() for name in (AREAS, INDICATORS, TARGETS)}
    )
    return seeds, read_observations(_text(file), file.name, seeds.catalogue)


def _changes(options: argparse.Namespace, seeds: Seeds) -> tuple[DefinitionChange, ...]:
    if options.changes is None:
        return ()
    return read_changes(_text(options.changes), options.changes.name, seeds.catalogue)


def _text(file: Path) -> str:
    try:
        return decode(file.read_bytes(), file.name)
    except OSError as error:
        raise BadInput(f"cannot read {file}: {error.strerror}") from error


def _summary(outlook: Outlook) -> str:
    """Return the outlook as lines for a terminal."""
    together = outlook.all_clear
    lines = [
        f"{outlook.area.name.en} {outlook.year}: "
        f"{len(outlook.counted)} of {outlook.targets_in_all} targets counted, "
        + (f"all met with probability {together.probability:.3f}" if together else "no verdict")
    ]
    for verdict in outlook.verdicts:
        low, middle, high = verdict.quantiles.q10, verdict.quantiles.median, verdict.quantiles.q90
        lines.append(
            f"{verdict.indicator_id:32} {verdict.history.origin}  {verdict.probability:.3f}  "
            f"{middle:6.1f} ({low:.1f} to {high:.1f})  {verdict.method}"
        )
    lines += [
        f"{entry.target.indicator:32} not counted: {entry.reason}" for entry in outlook.excluded
    ]
    return "\n".join(lines) + "\n"


def _write_csv(file: TextIO, records: Sequence[Mapping[str, object]]) -> None:
    if records:
        writer = csv.DictWriter(file, list(records[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


if __name__ == "__main__":
    sys.exit(main())
