"""What is said of a zone beside the criteria."""

from __future__ import annotations

import math
from collections.abc import Iterator

from data import clock
from forecasting.figures.indicator import Direction
from forecasting.plan.comparison_choice import Freeze
from forecasting.plan.criteria import data_year
from forecasting.plan.gaps import (
    LIKELY,
    Against,
    ClassStanding,
    Closing,
    ItemStanding,
    Lacking,
    PlaceAmongPeers,
)
from forecasting.plan.lines import GapLine, LineKind
from forecasting.plan.quickest import GapSolution, LeverReach
from forecasting.plan.years import FORECAST_YEARS, REACH
from forecasting.scenario.levers import Lever, Timing
from forecasting.solve.solution import TurnedLever
from ui.charts.gap_bars_content import attained
from ui.language import Speaker
from ui.language import format as fmt
from ui.plan.criteria.state import Benchmark
from ui.scenario import terms


def headline(benchmark: Benchmark, say: Speaker) -> str:
    """Say how many items are at their lines, and which is farthest from its own."""
    compared, gaps = benchmark.compared, benchmark.gaps
    if not any(one.named for one in benchmark.criteria.items):
        count = benchmark.criteria.count
        return say("criteria.title_unnamed", count=count)
    if not compared:
        return say("criteria.title_nothing")
    if not gaps:
        return say("criteria.title_met", count=len(compared))
    share = attained(gaps[0].attained)
    name = say.name(gaps[0].item.name)
    key = "criteria.title" if len(gaps) < len(compared) else "criteria.title_short"
    return say(key, count=len(compared), short=len(gaps), name=name, share=share)


def frozen(benchmark: Benchmark, say: Speaker) -> str:
    """Say whether the province may put zones forward, as far as anybody has filled it in."""
    chosen = benchmark.chosen
    if chosen.province_frozen is Freeze.YES and chosen.frozen_until:
        return say("criteria.frozen_until", year=chosen.frozen_until)
    return say(f"criteria.frozen_{chosen.province_frozen}")


def peers(benchmark: Benchmark, say: Speaker) -> str:
    """Say with whom the zone is compared, or how peers come in."""
    if not benchmark.peers:
        return say("criteria.no_peers")
    names = say("format.comma").join(say.name(area.name) for area in benchmark.peers)
    return say("criteria.with_peers", count=len(benchmark.peers), names=names)


def edition(benchmark: Benchmark, say: Speaker) -> str:
    """Say which editions the version is of, and which edition assesses the latest figures."""
    criteria = benchmark.criteria
    key = "criteria.editions_since" if criteria.last_edition is None else "criteria.editions"
    told = say(
        key, first=criteria.first_edition, last=criteria.last_edition,
        first_data=data_year(criteria.first_edition),
    )  # fmt: skip
    years = [one.year for one in benchmark.compared if one.year is not None]
    if years and criteria.last_edition is None:
        assessed = say("criteria.assessed", year=max(years), edition=max(years) + 1)
        return told + say("format.between_sentences") + assessed
    return told


def line_name(line: GapLine, say: Speaker) -> str:
    """Name a line, with what it is of and its year."""
    kind = LineKind.PEERS if line.scope is None else line.scope
    name = say(f"criteria.line.{kind}", count=line.count, year=line.year)
    if not line.break_:
        return name
    return say("criteria.line_broken", name=name, mark=say(f"criteria.break.{line.break_}"))


def level(value: float, item: ItemStanding, say: Speaker) -> str:
    """Write a level of an item."""
    return terms.quantity(value, item.item.unit, say, exact=False)


def difference(value: float, item: ItemStanding, say: Speaker) -> str:
    """Write a difference of two levels of an item; that of two ratios is in points."""
    return terms.points(round(value, 1), say) if item.item.unit == "%" else level(value, item, say)


def moved(against: Against, item: ItemStanding, say: Speaker) -> str:
    """Say how a line of another year came to stand where it does; empty where it is of the year."""
    line = against.line
    if line.year == item.year:
        return ""
    then = level(line.value, item, say)
    if against.level == line.value or line.growth is None:
        return say("criteria.line_still", year=line.year, then=then)
    key = "criteria.line_borrowed" if line.borrowed else "criteria.line_moved"
    return say(
        key, year=line.year, then=then, growth=fmt.percent(line.growth), since=line.since,
        now=item.year, level=level(against.level, item, say),
    )  # fmt: skip


def item_sentence(item: ItemStanding, against: Against, say: Speaker) -> str:
    """Say where an item stands beside a line, and when its gap would close."""
    parts = [
        say(
            "criteria.item_met" if against.met else "criteria.item_short",
            name=say.name(item.item.name), year=item.year,
            value=level(item.value or 0.0, item, say), line=line_name(against.line, say),
            share=attained(item.share_of(against)),
            difference=difference(abs(against.difference), item, say),
        ),
        moved(against, item, say),
        place(item.place, say),
        "" if against.met else closing(against.closing, say),
    ]  # fmt: skip
    return say("format.between_sentences").join(part for part in parts if part)


def place(of: PlaceAmongPeers | None, say: Speaker) -> str:
    """Say the place among peers, and which of them are not known."""
    if of is None:
        return ""
    if not of.known:
        return say("criteria.place_unknown", count=len(of.unknown))
    key = "criteria.place_between" if of.unknown else "criteria.place"
    return say(key, best=of.best, worst=of.worst, count=of.known + 1, unknown=len(of.unknown))


def closing(of: Closing | None, say: Speaker) -> str:
    """Say by when a gap would be closed, how likely, and whether it gets wider first."""
    if of is None:
        return say("criteria.closing_unknown")
    soon = of.first + FORECAST_YEARS - 1
    parts = [say("criteria.closing_forecast", year=soon, chance=fmt.chance(of.forecast, say))]
    if of.forecast < LIKELY:
        year, last = of.year_at(LIKELY), of.first + REACH - 1
        parts.append(
            say("criteria.closing_later", year=year)
            if year is not None
            else say("criteria.closing_never", year=last, chance=fmt.chance(of.by_year[-1], say))
        )
    if of.widens:
        wider = fmt.chance(of.wider, say)
        parts.append(say("criteria.widens", year=soon, chance=wider))
    return say("criteria.closing", parts=say("format.semicolon").join(parts))


def closing_year(of: Closing | None, say: Speaker) -> str:
    """Write the year by which a gap is more likely closed than not, for a table."""
    if of is None:
        return say("format.missing")
    year = of.year_at(LIKELY)
    told = str(year) if year is not None else say("criteria.after", year=of.first + REACH - 1)
    return say("criteria.year_widens", year=told) if of.widens else told


def class_name(of: ClassStanding, say: Speaker) -> str:
    """Name a class with its weight, where that is public."""
    one = of.criteria_class
    if one.weight is None:
        return say.name(one.name)
    return say("criteria.class_weighted", name=say.name(one.name), weight=f"{one.weight:g}")


def class_sentence(of: ClassStanding, say: Speaker) -> str:
    """Say how much of a class is public and known, and when all of its gaps would be closed."""
    one = of.criteria_class
    named = sum(item.named for item in one.items)
    if not named:
        return (
            say("criteria.class_unnamed")
            if one.count is None
            else say("criteria.class_count", count=one.count)
        )
    if not of.compared:
        return say("criteria.class_none", named=named)
    key = "criteria.class_part" if one.count is None else "criteria.class_of"
    parts = [say(key, count=one.count, named=named, known=len(of.compared), met=of.met)]
    places = [item.place for item in of.compared if item.place is not None and item.place.known]
    if places:
        best, worst = min(one.best for one in places), max(one.worst for one in places)
        key = "criteria.class_place" if best == worst else "criteria.class_places"
        parts.append(say(key, best=best, worst=worst))
    gaps = len(of.compared) - of.met
    if gaps > 1 and of.closing is not None:
        soon, last = of.closing.first + FORECAST_YEARS - 1, of.closing.first + REACH - 1
        chance = fmt.chance(of.closing.forecast, say)
        later = fmt.chance(of.closing.by_year[-1], say)
        parts.append(
            say("criteria.class_closing", count=gaps, year=soon, chance=chance, last=last,
                later=later)
        )  # fmt: skip
    return say("format.between_sentences").join(parts)


def lacking(item: ItemStanding, say: Speaker) -> str:
    """Say what an item lacks and how to bring it."""
    reason = item.lacking
    key = "no_unit" if reason is Lacking.NO_INDICATOR and item.item.unit == "" else reason
    return say(f"criteria.lacking.{key}", name=say.verbatim((*item.item.names, item.item.zh)[0]))


def reach_sentences(
    item: ItemStanding, levers: tuple[LeverReach, ...], say: Speaker
) -> Iterator[str]:
    """Say what each lever would bring to a gap this year."""
    assert item.main is not None
    for reach in levers:
        lever = reach.lever
        amount = abs(reach.points) / 100 * (item.value or 0.0)
        yield say(
            "criteria.lever",
            lever=say(f"lever.{lever.kind}"),
            value=terms.quantity(lever.value, lever.rule.unit, say),
            points=terms.points(abs(reach.points), say),
            amount=difference(amount, item, say),
            share=fmt.share(amount / abs(item.main.difference)),
        )


def solved(found: GapSolution, item: ItemStanding, year: int, say: Speaker) -> str:
    """Say what it takes to close a gap by the end of a year, or that no lever closes it."""
    solution = found.solution
    up = item.item.direction is Direction.UP
    told = {
        "year": year,
        "growth": fmt.percent((math.ceil if up else math.floor)(found.growth * 10) / 10),
        "before": fmt.chance(solution.before, say),
        "then": fmt.probability(solution.setting.probability),
        "most": fmt.chance(solution.most, say),
        "levers": say("format.comma").join(
            _turned(one, year, say) for one in solution.setting.levers
        ),
    }
    opening = say("criteria.solve_up" if up else "criteria.solve_down", **told)
    key = "unsolved"
    if solution.reached:
        key = "solved" if solution.setting.levers else "solved_already"
    return say("format.between_sentences").join((opening, say(f"criteria.{key}", **told)))


def _turned(turned: TurnedLever, year: int, say: Speaker) -> str:
    """Say of a lever how far it is turned, and which part of its range that is."""
    lever = turned.entry
    assert isinstance(lever, Lever)  # no other is asked for
    end = lever.rule.high if lever.value > 0 else lever.rule.low
    first = lever.first_counted(clock.quarter())
    once = lever.timing is Timing.ONCE
    return say(
        "criteria.turned_once" if once else "criteria.turned",
        text=terms.lever_change(lever.kind, turned.before, lever.value, turned.unit, say),
        quarter=terms.quarter_name(first, year, say), share=fmt.share(lever.value / end),
    )  # fmt: skip
