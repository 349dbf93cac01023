"""Make the figures of the sample zone: invented, marked so in every row, the same every time.

    python tools/make_sample_zone.py > seeds/observations/sample_zone.csv

Each indicator has a quarterly level that grows on the same quarter a year before by a trend
and by shocks, which indicators share as their loadings say; disturbances are laid over it.
What is printed is the cumulative (or single) growth and the cumulative level of that one
series, rounded as statistics are published, so that growth and levels always agree. Draws
come from ``random.Random.random``, whose sequence Python keeps from version to version.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from statistics import NormalDist
from typing import TextIO

SEED = 20190323
AREA = "SAMPLE"
PUBLISHER = "模拟数据 (synthetic)"
HEADER = (
    "area", "indicator", "measure", "period", "value", "unit", "coverage_basis", "publisher",
)  # fmt: skip
FIRST_YEAR = 2011
LAST = (2026, 2)
YEAR_END = "level_year"
FACTORS = ("business", "investment", "fiscal")

Quarter = tuple[int, int]
Quarters = Mapping[Quarter, float]


@dataclass(frozen=True)
class Recipe:
    """How the figures of one indicator come about.

    Attributes
    ----------
    measures
        What is published: ``growth_ytd``, ``growth_quarter``, ``level_ytd``, and ``level_year``,
        which is the cumulative level of December alone.
    first, last
        The first and last quarter published.
    size
        Level of the whole first year, in ``unit``.
    shares
        Shares of the quarters in the first year.
    trend
        Growth in percent at the beginning and at the end of the simulated years.
    loadings
        Percentage points of growth that one standard deviation of each factor brings.
    own, noise
        Standard deviations of the indicator's own shocks: lasting and of one quarter.
    hit
        Part of the level of 2020Q1 that the common disturbance takes.
    passing
        Parts of the level added in single quarters, and in no other.
    lasting
        Parts of the level added from a quarter on.
    missing
        Quarters that were never published.
    """

    indicator: str
    unit: str
    measures: tuple[str, ...]
    first: Quarter
    size: float
    shares: tuple[float, float, float, float]
    trend: tuple[float, float]
    loadings: tuple[float, float, float]
    own: float
    noise: float
    hit: float
    last: Quarter = LAST
    passing: Quarters = field(default_factory=dict)
    lasting: Quarters = field(default_factory=dict)
    missing: frozenset[Quarter] = frozenset()
    coverage: str = ""


RECIPES = (
    Recipe(
        "gdp", "1e8 CNY", ("growth_ytd", "level_year"), (2013, 1), 62, (0.22, 0.24, 0.26, 0.28),
        (10.5, 8.1), (0.4, 0.1, 0), own=0.25, noise=0.2, hit=0.09,
    ),
    Recipe(
        "industrial_value_added", "1e8 CNY", ("growth_ytd", "level_year"), (2013, 1), 28,
        (0.23, 0.25, 0.25, 0.27), (13, 9.6), (0.9, 0.2, 0), own=0.8, noise=0.6, hit=0.13,
        lasting={(2015, 1): -0.1},
    ),
    Recipe(
        "fixed_asset_investment", "1e8 CNY", ("growth_ytd", "level_ytd"), (2014, 1), 21,
        (0.15, 0.29, 0.29, 0.27), (18, 4.9), (0.4, 0.6, 0), own=0.6, noise=1, hit=0.22,
        lasting={(2017, 1): -0.24}, passing={(2025, 3): -0.05},
    ),
    Recipe(
        "industrial_investment", "1e8 CNY", ("growth_ytd", "level_ytd"), (2015, 1), 2.4,
        (0.14, 0.28, 0.3, 0.28), (24, 8), (1, 3, 0), own=3, noise=6, hit=0.35,
        lasting={(2018, 3): 0.9}, passing={(2016, 2): -0.55, (2022, 4): 0.7},
    ),
    Recipe(
        "technical_transformation_investment", "1e8 CNY", ("growth_ytd", "level_year"), (2024, 2),
        1.6, (0.16, 0.27, 0.28, 0.29), (18, 13), (1, 4, 0), own=3, noise=4, hit=0.3,
    ),
    Recipe(
        "industrial_operating_revenue", "1e8 CNY", ("growth_ytd", "level_ytd"), (2015, 1), 74,
        (0.23, 0.25, 0.25, 0.27), (12, 11.2), (1.3, 0.3, 0), own=1.5, noise=1.2, hit=0.17,
        missing=frozenset({(2019, 3)}),
    ),
    Recipe(
        "retail_sales", "1e8 CNY", ("growth_quarter", "level_year"), (2014, 1), 23.2,
        (0.24, 0.235, 0.245, 0.28), (12, 8.4), (0.5, 0, 0), own=0.4, noise=0.4, hit=0.19,
    ),
    Recipe(
        "general_public_budget_revenue", "1e8 CNY", ("growth_ytd", "level_ytd"), (2014, 1), 1.7725,
        (0.27, 0.28, 0.23, 0.22), (11, 8.3), (0.5, 0, 1), own=0.8, noise=1, hit=0.15,
        passing={(2022, 2): -0.3}, coverage="province_rule",
    ),
    Recipe(
        "tax_revenue", "1e8 CNY", ("growth_ytd", "level_ytd"), (2013, 1), 3.418,
        (0.28, 0.29, 0.23, 0.2), (11, 9.8), (0.6, 0, 1.2), own=1, noise=1.3, hit=0.18,
        passing={(2022, 2): -0.42},
    ),
    Recipe(
        "trade_total", "1e8 CNY", ("growth_ytd", "level_ytd"), (2023, 1), 9,
        (0.22, 0.25, 0.26, 0.27), (9, -1.5), (2, 0, 0), own=4, noise=4, hit=0.3,
    ),
    Recipe(
        "foreign_capital", "1e4 USD", ("growth_ytd", "level_ytd"), (2016, 1), 1300,
        (0.2, 0.3, 0.2, 0.3), (12, 10), (3, 3, 0), own=8, noise=12, hit=0.985, last=(2026, 1),
        passing={(2018, 3): -0.8, (2023, 1): 1.3},
    ),
    Recipe(
        "industrial_electricity", "1e4 kWh", ("level_ytd",), (2014, 1), 21000,
        (0.24, 0.24, 0.26, 0.26), (8, 6.8), (0.7, 0.1, 0), own=0.7, noise=0.8, hit=0.14,
    ),
)  # fmt: skip


def main(out: TextIO) -> None:
    """Write the whole table."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    factors = {name: persistent(shocks(f"factor {name}"), 0.8) for name in FACTORS}
    for recipe in RECIPES:
        levels = simulate(recipe, factors)
        for measure in recipe.measures:
            yearly = measure == YEAR_END
            kind = "level_ytd" if yearly else measure
            unit = recipe.unit if kind == "level_ytd" else "%"
            for year, quarter in published_quarters(recipe):
                if yearly and quarter != 4:
                    continue
                period, value = f"{year}Q{quarter}", published(kind, levels, year, quarter)
                writer.writerow(
                    (AREA, recipe.indicator, kind, period, value, unit, recipe.coverage, PUBLISHER)
                )


def shocks(stream: str) -> dict[Quarter, float]:
    """Draw one standard normal shock a quarter; each stream is independent of the others."""
    draws = random.Random(f"{SEED} {stream}")
    normal = NormalDist()
    return {quarter: normal.inv_cdf(draws.random() or 0.5) for quarter in simulated_quarters()}


def persistent(draws: Quarters, memory: float) -> dict[Quarter, float]:
    """Turn shocks into a series of the same variance that forgets ``1 - memory`` a quarter."""
    state, states = 0.0, {}
    for quarter, shock in draws.items():
        state = memory * state + math.sqrt(1 - memory**2) * shock
        states[quarter] = state
    return states


def simulate(recipe: Recipe, factors: Mapping[str, Quarters]) -> dict[Quarter, float]:
    """Return the level of every single quarter, unrounded."""
    own = persistent(shocks(f"{recipe.indicator} own"), 0.7)
    noise = shocks(f"{recipe.indicator} noise")
    start, end = recipe.trend
    span = LAST[0] - FIRST_YEAR
    calm: dict[Quarter, float] = {}
    for year, quarter in simulated_quarters():
        now, before = (year, quarter), (year - 1, quarter)
        growth = end + (start - end) * (1 - (year - FIRST_YEAR) / span) ** 2
        growth += sum(
            loading * factors[name][now]
            for name, loading in zip(FACTORS, recipe.loadings, strict=True)
        )
        growth += recipe.own * own[now] + recipe.noise * noise[now]
        base = recipe.size * recipe.shares[quarter - 1]
        calm[now] = calm[before] * (1 + growth / 100) if before in calm else base
    return {now: level * disturbance(recipe, now) for now, level in calm.items()}


def disturbance(recipe: Recipe, now: Quarter) -> float:
    """Return what the level of a quarter is multiplied by."""
    common = {(2020, 1): -recipe.hit, (2020, 2): -recipe.hit / 4, (2020, 3): -recipe.hit / 12}
    factor = (1 + common.get(now, 0)) * (1 + recipe.passing.get(now, 0))
    for since, part in recipe.lasting.items():
        factor *= 1 + part if now >= since else 1
    return factor


def published(measure: str, levels: Quarters, year: int, quarter: int) -> str:
    """Return one figure as it is published."""
    if measure == "growth_quarter":
        return rounded(100 * (levels[year, quarter] / levels[year - 1, quarter] - 1), "0.1")
    total, before = (sum(levels[y, q] for q in range(1, quarter + 1)) for y in (year, year - 1))
    if measure == "level_ytd":
        return rounded(total, "0.01")
    return rounded(100 * (total / before - 1), "0.1")


def rounded(value: float, step: str) -> str:
    """Round half away from zero, as official statistics do; never a negative zero."""
    figure = Decimal(repr(value)).quantize(Decimal(step), ROUND_HALF_UP)
    return str(abs(figure) if figure == 0 else figure)


def simulated_quarters() -> Iterator[Quarter]:
    """Yield every quarter from the start of the simulation."""
    for year in range(FIRST_YEAR, LAST[0] + 1):
        for quarter in range(1, 5):
            if (year, quarter) <= LAST:
                yield year, quarter


def published_quarters(recipe: Recipe) -> Iterator[Quarter]:
    """Yield the quarters of which a recipe publishes figures."""
    for quarter in simulated_quarters():
        if recipe.first <= quarter <= recipe.last and quarter not in recipe.missing:
            yield quarter


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    main(sys.stdout)
