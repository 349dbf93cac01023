"""The sheet for the meeting (调度会): of a report what the three goals come to, and no more."""

from __future__ import annotations

from dataclasses import replace

from ui.language import Speaker
from ui.report.document.blocks import (
    Block,
    FigureTable,
    Note,
    Paragraph,
    Report,
    Section,
    Topic,
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


def meeting_of(report: Report, *, number: str | None = None) -> Report:
    """Return the sheet.

    Parameters
    ----------
    number
        What stands for the number of an issue where nothing is issued.
    """
    found = [section for topic in _TOPICS if (section := report.section(topic)) is not None]
    return replace(
        report,
        title=report.say("plan_note.meeting", area=report.area, year=report.year),
        number=report.number if number is None else number,
        lines=report.lines[:LINES],
        sections=tuple(_short(section, report.say) for section in found),
    )


def _short(section: Section, say: Speaker) -> Section:
    """Leave out charts, remarks and what is folded, and the ends of long lists."""
    kept: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            kept.append(block)
        elif isinstance(block, FigureTable) and section.part in _LISTS:
            kept.append(replace(block, rows=block.rows[:ROWS]))
            if (left := len(block.rows) - ROWS) > 0:
                kept.append(Note(marked(say("next_steps.rest", count=left))))
        elif isinstance(block, FigureTable):
            kept.append(block)
    return replace(section, note="", blocks=tuple(kept))
