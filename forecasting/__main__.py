"""The whole answer without the app: ``python -m forecasting``.

The only module here that opens files. It reads the same seeds as the app, or what the app has
exported, so that a page and a command agree to the byte.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import TextIO

from forecasting.cli.answers import (
    Answered,
    baseline_from,
    outlook_answer,
    scenario_answer,
    solve_answer,
)
from forecasting.cli.exported_archive import is_packed, tables_in
from forecasting.cli.options import PROGRAM, USAGE_ERROR, parser_of, to_json
from forecasting.cli.views import (
    case_document,
    news_document,
    news_lines,
)
from forecasting.errors import OutlookError, TableRefused
from forecasting.figures.exported_table import in_codes, is_exported
from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Catalogue,
    DefinitionChange,
    Inputs,
    Names,
    Observation,
    ObservationKey,
)
from forecasting.figures.period import Period, Quarter
from forecasting.figures.seeds import (
    AREAS,
    CHANGES,
    INDICATORS,
    LEARNED,
    OBSERVATIONS,
    TARGETS,
    Seeds,
    decode,
    parse_seeds,
)
from forecasting.figures.tables import read_changes, read_observations, read_quarterly_levels
from forecasting.models.level_forecast import forecast_levels
from forecasting.models.runtime import use_one_thread
from forecasting.news.causes_in_order import explain
from forecasting.outlook.judge import Baseline
from forecasting.outlook.quantiles import QUANTILE_LEVELS, QUANTILE_NAMES
from forecasting.outlook.question import Question, targets_of
from forecasting.record.backtest import backtest
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario

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
    _print(outlook_answer(*_asked_of_year(options)), options)


def _scenario(options: argparse.Namespace) -> None:
    """Print the outlook of an area and year under a scenario."""
    _print(scenario_answer(*_baseline(options)), options)


def _solve(options: argparse.Namespace) -> None:
    """Print the least-effort setting that reaches a wanted all-clear probability."""
    _print(solve_answer(*_baseline(options), options.want, options.allow), options)


def _print(answered: Answered, options: argparse.Namespace) -> None:
    document, lines = answered
    print(to_json(document) if options.json else lines, end="")


def _this_quarter() -> Quarter:
    """Return the quarter that it is in the zone, wherever the command runs."""
    day = datetime.now(timezone(timedelta(hours=8))).date()
    return Quarter.of_month(day.year, day.month)


def _news(options: argparse.Namespace) -> None:
    """Print why an outlook moved from one file to another."""
    question, after = _asked_of_year(options)
    figures = _figures(options.before, _tables(options.before), options.area, after.catalogue)
    before = replace(after, observations=figures)
    news = explain(question, before, after)
    print(to_json(news_document(news)) if options.json else news_lines(news), end="")


def _backtest(options: argparse.Namespace) -> None:
    """Print one record per indicator, year and origin."""
    first, last = options.years
    question, known = _asked(options, first)
    cases = backtest(question, range(first, last + 1), known, by_month=options.by_month)
    records = [case_document(case, by_month=options.by_month) for case in cases]
    if not records:
        raise BadInput(f"no figures of area {options.area!r} answer any of these years")
    if options.json:
        print(to_json(records), end="")
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


def _baseline(options: argparse.Namespace) -> tuple[Baseline, Scenario]:
    """Return the baseline of an area and year, and the scenario on top; empty without a file."""
    question, known = _asked_of_year(options)
    text = "" if options.scenario is None else _text(options.scenario)
    scenario = read_scenario(text, known.catalogue.indicators)
    opens = options.earliest or _this_quarter()
    return baseline_from(question, known, opens), scenario


def _asked_of_year(options: argparse.Namespace) -> tuple[Question, Inputs]:
    """Return the question of a year and what is known.

    Raises
    ------
    BadInput
        If the area has targets, and none of that year.
    """
    question, known = _asked(options, options.year, options.as_of)
    if question.threshold is None and not targets_of(question, known, known.observations):
        raise BadInput(f"area {options.area!r} has no targets of {options.year}: give --threshold")
    return question, known


def _asked(
    options: argparse.Namespace, year: int, as_of: Period | None = None
) -> tuple[Question, Inputs]:
    """Return the question and what is known; an unlisted area is judged by the plan's line."""
    tables = _tables(options.file)
    seeds = _seeds(tables) if AREAS in tables else _shipped()
    changes = _changes(options, tables, seeds.catalogue)
    figures = _figures(options.file, tables, options.area, seeds.catalogue)
    areas = {area.id: area for area in seeds.areas}
    unlisted = Area(options.area, Names(options.area, options.area), AreaKind.ZONE, reference=True)
    threshold = options.threshold
    if threshold is None and not any(target.area == options.area for target in seeds.targets):
        plan = tomllib.loads((SEEDS / "plan.toml").read_text(encoding="utf-8"))
        threshold = float(plan["line"]["threshold"])
    question = Question(
        area=areas.get(options.area, unlisted),
        year=year,
        as_of=as_of,
        threshold=threshold,
        seed=options.seed,
        correlated=not getattr(options, "independent", False),
    )
    return question, Inputs(seeds.catalogue, seeds.targets, figures, changes, seeds.learner)


@cache
def _shipped() -> Seeds:
    """Return areas, indicators and targets as they come with the program."""
    return _seeds({name: _content(SEEDS / name) for name in (AREAS, INDICATORS, TARGETS)})


def _seeds(tables: Mapping[str, bytes]) -> Seeds:
    """Return what tables say, and what was learned from other series."""
    files = {name: tables[name] for name in (AREAS, INDICATORS, TARGETS)}
    return parse_seeds({**files, LEARNED: _content(SEEDS / LEARNED)})


def _tables(place: Path) -> Mapping[str, bytes]:
    """Return the tables of a folder or an archive that the app wrote, or the one of a file.

    Raises
    ------
    BadInput
        If a folder or an archive lacks any, as a workbook does.
    """
    if place.is_dir():
        files = [place / name for name in (AREAS, INDICATORS, TARGETS)]
        files += [
            file
            for file in (place / CHANGES, *(place / OBSERVATIONS).glob("*.csv"))
            if file.exists()
        ]
        return {file.relative_to(place).as_posix(): _content(file) for file in files}
    content = _content(place)
    if not is_packed(content):
        return {OBSERVATIONS + place.name: content}
    tables = tables_in(content)
    if not {AREAS, INDICATORS, TARGETS} <= tables.keys():
        raise BadInput(
            f"{place.name} is no export with tables; of a workbook, python -m data export FOLDER "
            "--figures FILE makes one, and its page has the same figures as .csv and .zip"
        )
    return tables


def _changes(
    options: argparse.Namespace, tables: Mapping[str, bytes], catalogue: Catalogue
) -> tuple[DefinitionChange, ...]:
    """Return the recorded changes of the file that is given, else of the tables of figures."""
    if options.changes is not None:
        return read_changes(_text(options.changes), options.changes.name, catalogue)
    if CHANGES not in tables:
        return ()
    return read_changes(decode(tables[CHANGES], CHANGES), CHANGES, catalogue)


def _figures(
    place: Path, tables: Mapping[str, bytes], area: str, catalogue: Catalogue
) -> tuple[Observation, ...]:
    """Return the figures in the tables of a place; their areas need not be listed."""
    figures: dict[ObservationKey, Observation] = {}
    for name in sorted(one for one in tables if one.startswith(OBSERVATIONS)):
        file = name.removeprefix(OBSERVATIONS)
        read = _figures_in(decode(tables[name], file), file, catalogue, figures)
        figures.update((figure.key, figure) for figure in read)
    if area not in {figure.area for figure in figures.values()}:
        raise BadInput(f"{place.name} has no figures of area {area!r}")
    return tuple(figures.values())


def _figures_in(
    text: str, file: str, catalogue: Catalogue, taken: Collection[ObservationKey]
) -> tuple[Observation, ...]:
    """Return the figures of a table, in codes or as the app exports it for people.

    Raises
    ------
    BadInput
        If an exported one has indicators that were added, whose definitions are not in it.
    """
    coded = in_codes(text, catalogue, _shipped().areas)
    try:
        return read_observations(coded, file, catalogue, taken=taken)
    except TableRefused as refused:
        added = {one.found: None for one in refused.problems if one.expected == "indicator"}
        if not added or not is_exported(text):
            raise
        raise BadInput(
            f"{file} has indicators that did not come with the program "
            f"({', '.join(added)}): the .zip of the same page has their definitions"
        ) from refused


def _text(file: Path) -> str:
    return decode(_content(file), file.name)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"cannot read {file}: {error.strerror}") from error


def _write_csv(file: TextIO, records: Sequence[Mapping[str, object]]) -> None:
    if records:
        writer = csv.DictWriter(file, list(records[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


if __name__ == "__main__":
    sys.exit(main())
