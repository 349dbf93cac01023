"""The charts of the plan: cards with their fans, gaps to national rank, tasks against today."""

from __future__ import annotations

from collections.abc import Iterator

from forecasting.figures.indicator import Direction
from forecasting.issues.plan_note import (
    NotedClaim,
    NotedClass,
    NotedItem,
    NotedLine,
    NotedQuantity,
    NotedSchedule,
    NotedYears,
    PlacedTask,
    PlanNote,
)
from ui.charts.bars import BarGroup
from ui.charts.gap_bars_content import GapBar, GapBars, attained
from ui.charts.schedule_content import Schedule, ScheduleBar
from ui.charts.year_fan_content import YearFan
from ui.language import Speaker
from ui.language import format as fmt
from ui.report.document import leaders
from ui.report.document.blocks import PlanPicture, joined
from ui.scenario.terms import amount_forms, quantity


def fans_of(claim: NotedClaim, stamp: str, say: Speaker) -> list[PlanPicture]:
    """Return a fan for each quantity of a card that is forecast, the least likely first."""
    drawn = [
        (
            one.probability is None,
            one.probability or 0.0,
            number,
            _fan(one, years, claim, stamp, say),
        )
        for number, one in enumerate(claim.quantities)
        if (years := one.years) is not None
    ]
    return [picture for *_, picture in sorted(drawn, key=lambda one: one[:3])]


def named(of: NotedQuantity, say: Speaker) -> str:
    """Name a quantity, and as what it is wanted."""
    return say.plain(f"plan_note.aim.{of.aim}", name=say.plain.name(of.name))


def value(number: float, of: NotedQuantity, say: Speaker) -> str:
    """Write a value of a quantity; of a rank its level."""
    if of.aim == "growth":
        return fmt.percent(number)
    return quantity(number, of.unit, say.plain, exact=False)


def _fan(
    of: NotedQuantity, years: NotedYears, claim: NotedClaim, stamp: str, say: Speaker
) -> PlanPicture:
    wanted = None
    if of.wanted is not None and of.year is not None and of.aim != "rank":
        wanted = (of.year, of.wanted)
    fan = YearFan(
        known=years.known,
        fan=years.ahead,
        rivals=years.rivals,
        scale=1.0 if of.aim == "growth" else amount_forms(of.unit, say.plain)[0].scale,
        wanted=wanted,
        wanted_text="" if wanted is None else value(wanted[1], of, say),
        told=tuple(_by_year(of, years, say.plain)),
        stamp=stamp,
    )
    name, plain = named(of, say), say.plain
    title = plain("plan_note.fan", claim=plain.name(claim.name), name=name)
    rivals = plain("plan_note.fan_rivals") if years.rivals else ""
    ahead = joined((_expected(of, years, say), _chance(of, say), rivals), plain)
    told = joined((_last(of, years, say), ahead), plain)
    return PlanPicture(
        fan, title, plain("plan_note.named", name=name, told=ahead),
        plain("plan_note.named", name=name, told=told),
    )  # fmt: skip


def _by_year(of: NotedQuantity, years: NotedYears, say: Speaker) -> Iterator[tuple[int, str]]:
    """Yield what a quantity was or may be in each year."""
    for year, known in years.known:
        yield year, say("claims.at", year=year, value=value(known, of, say))
    for year, at in years.ahead:
        low, median, high = (value(one, of, say) for one in (at.q10, at.median, at.q90))
        yield year, say("claims.at_ahead", year=year, value=median, low=low, high=high)


def _last(of: NotedQuantity, years: NotedYears, say: Speaker) -> str:
    if not years.known:
        return ""
    year, known = years.known[-1]
    return say.plain("claims.now", year=year, now=value(known, of, say))


def _expected(of: NotedQuantity, years: NotedYears, say: Speaker) -> str:
    ahead = dict(years.ahead)
    year = of.year if of.year in ahead else years.ahead[-1][0]
    at = ahead[year]
    low, median, high = (value(one, of, say) for one in (at.q10, at.median, at.q90))
    return say.plain("claims.expected", year=year, median=median, low=low, high=high)


def _chance(of: NotedQuantity, say: Speaker) -> str:
    if of.probability is None or of.wanted is None:
        return ""
    wanted = f"{of.wanted:g}" if of.aim == "rank" else value(of.wanted, of, say)
    if of.aim == "rank":
        wanted = say.plain("plan_note.place", place=wanted)
    chance = leaders.about(of.probability, say.plain)
    down = of.direction is Direction.DOWN and of.aim != "rank"
    key = f"claims.chance.{of.aim}{'_down' if down else ''}"
    return say.plain(key, year=of.year, wanted=wanted, chance=chance)


def gaps_of(plan: PlanNote, stamp: str, say: Speaker) -> PlanPicture | None:
    """Return the bars of the items that are compared, by class; None where there is none."""
    classes = tuple(
        BarGroup(
            class_name(one, say.plain),
            tuple(_gap(item, say.plain) for item in one.items),
            _closed(one, say.plain),
        )
        for one in plan.classes
        if one.items
    )
    if not classes:
        return None
    return PlanPicture(
        GapBars(classes, stamp),
        say.plain("plan_note.gaps"),
        joined((say.plain("plan_note.gaps_caption"), _lines(plan, say.plain)), say.plain),
    )


def class_name(one: NotedClass, say: Speaker) -> str:
    """Name a class with its weight, where that is public."""
    name = say.name(one.name)
    if one.weight is None:
        return name
    return say("plan_note.weighted", name=name, weight=f"{one.weight:g}")


def _closed(one: NotedClass, say: Speaker) -> str:
    if one.closed is None or one.year is None:
        return ""
    return say("plan_note.closed", year=one.year, chance=leaders.cell(one.closed, say))


def _lines(plan: PlanNote, say: Speaker) -> str:
    """Name what bars end at: each line that is the first of some item."""
    names = {_line(item, say): None for one in plan.classes for item in one.items or ()}
    return say("plan_note.gaps_lines", lines=say("format.semicolon").join(names))


def _gap(item: NotedItem, say: Speaker) -> GapBar:
    name, share = say.name(item.name), attained(item.attained)
    told = say("plan_note.gap", name=name, line=_line(item, say), share=share)
    return GapBar(name, item.attained, share, item.others, told)


def _line(item: NotedItem, say: Speaker) -> str:
    name = say(f"criteria.line.{item.line}", count=item.count, year=item.line_year)
    if not item.mark:
        return name
    return say("criteria.line_broken", name=name, mark=say(f"criteria.break.{item.mark}"))


def schedule_of(schedule: NotedSchedule, stamp: str, say: Speaker) -> PlanPicture | None:
    """Return the tasks against the day of the issue, by line; None where there is none."""
    lines = tuple(_of_line(one, say.plain) for one in schedule.lines)
    if not lines:
        return None
    unnamed = any(not task.work for one in schedule.lines for task in one.tasks)
    first, second, third, last = (
        say.plain(f"period.quarter_name.{number}") for number in (1, 2, 3, 4)
    )
    return PlanPicture(
        Schedule(lines, schedule.today, (first, second, third, last), stamp),
        say.plain("plan_note.schedule"),
        joined(
            (
                say.plain("plan_note.schedule_caption"),
                say.plain("plan_note.schedule_hidden") if unnamed else "",
            ),
            say.plain,
        ),
    )


def _of_line(line: NotedLine, say: Speaker) -> BarGroup[ScheduleBar]:
    name = say("tasks.no_line")
    if line.name is not None:
        name = say("tasks.line", number=line.number, name=say.name(line.name))
    return BarGroup(name, tuple(_task(one, say) for one in line.tasks))


def _task(one: PlacedTask, say: Speaker) -> ScheduleBar:
    name = one.work.split("\n")[0] or say("plan_note.unnamed", number=one.number)
    status = say(f"plan_note.status.{one.status}")
    done = say("format.missing") if one.place.done is None else fmt.share(one.place.done)
    detail = say("format.comma_in_sentence").join(filter(None, (one.unit, one.due)))
    own = say("format.comma_in_sentence").join(filter(None, (name, detail)))
    told = say("plan_note.scheduled", name=own, status=status, done=done)
    return ScheduleBar(name, one.place, status, told, detail)
