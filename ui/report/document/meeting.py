"""What a meeting (调度会) looks at: of a report what the three goals come to, and no more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ui.charts.bars import first_bars, kept_bars
from ui.charts.gap_bars_content import GapBars
from ui.charts.schedule_content import Schedule
from ui.language import Speaker
from ui.report.document.blocks import (
    Block,
    Cards,
    FigureTable,
    Note,
    Paragraph,
    PlanPicture,
    Report,
    Section,
    Topic,
    inside_of,
    marked,
)

LINES = 4
"""Of the five: what is expected, how sure, the weakest link, and what it takes."""
ROWS = 5
"""Of late tasks and next steps."""
_LISTS = (Topic.TASKS, Topic.NEXT)
_TOPICS = (
    Topic.CLAIMS, Topic.RANK, Topic.TASKS, Topic.CHANGE, Topic.NEXT, Topic.REQUESTS,
)  # fmt: skip


CHARTS = (Topic.CLAIMS, Topic.RANK, Topic.TASKS)
"""Sections that have charts on the sheet, in the order in which these give way."""


def meeting_of(
    report: Report,
    *,
    number: str | None = None,
    charts: Collection[Topic] = CHARTS,
    instead: bool = False,
) -> Report:
    """Return what a meeting looks at.

    Parameters
    ----------
    number
        What stands for the number of an issue where nothing is issued.
    charts
        Sections that keep their charts.
    instead
        Whether classes and late tasks are listed by their charts alone, where there are any.
    """
    found = [section for topic in _TOPICS if (section := report.section(topic)) is not None]
    return replace(
        report,
        title=report.say("plan_note.meeting", area=report.area, year=report.year),
        number=report.number if number is None else number,
        lines=report.lines[:LINES],
        sections=tuple(
            _short(section, report.say, drawn=section.part in charts, instead=instead)
            for section in found
        ),
    )


def meeting_sheets(report: Report, *, number: str | None = None) -> Iterator[Report]:
    """Yield what has room on a sheet: with all charts, then with ever fewer of them."""
    for given_way in range(len(CHARTS) + 1):
        yield meeting_of(report, number=number, charts=CHARTS[given_way:], instead=True)


def _short(section: Section, say: Speaker, *, drawn: bool, instead: bool) -> Section:
    """Leave out remarks and what is folded, charts of growth, and the ends of long lists."""
    kept: list[Block] = []
    listed = drawn and instead and any(isinstance(block, PlanPicture) for block in section.blocks)
    for block in section.blocks:
        match block:
            case Paragraph():
                kept.append(block)
            case Cards():
                inside = inside_of(block)
                told = [one for one in inside if isinstance(one, Paragraph)]
                kept += [block] if drawn else told
            case PlanPicture() if drawn:
                kept += _shown(block)
            case FigureTable() if section.part in _LISTS:
                if not listed:
                    kept.append(replace(block, rows=block.rows[:ROWS]))
                if (left := len(block.rows) + block.more - ROWS) > 0:
                    kept.append(Note(marked(say("next_steps.rest", count=left))))
            case FigureTable() if not listed:
                kept.append(block)
            case _:
                pass
    return replace(section, note="", blocks=tuple(kept))


def _shown(picture: PlanPicture) -> Iterator[PlanPicture]:
    """Yield a picture with the bars that are far from their line, and the tasks that are late."""
    match picture.chart:
        case GapBars() as gaps:
            least = sorted(bar.attained for one in gaps.groups for bar in one.bars)[:ROWS][-1]
            far = kept_bars(gaps.groups, lambda bar: bar.attained <= least)
            yield replace(picture, chart=replace(gaps, groups=far))
        case Schedule() as schedule:
            late = first_bars(kept_bars(schedule.groups, lambda bar: bar.place.late), ROWS)
            if late:
                yield replace(picture, chart=replace(schedule, groups=late))
        case _:
            yield picture
