"""The sheet for the meeting (调度会): of a report what the three goals come to, and no more."""

from __future__ import annotations

from dataclasses import replace

from ui.report.document.blocks import FigureTable, Paragraph, Report, Section, Topic

LINES = 4
"""Of the five: what is expected, how sure, the weakest link, and what it takes."""
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
    sections = [section for topic in _TOPICS if (section := report.section(topic)) is not None]
    return replace(
        report,
        title=report.say("plan_note.meeting", area=report.area, year=report.year),
        number=report.number if number is None else number,
        lines=report.lines[:LINES],
        sections=tuple(map(_short, sections)),
    )


def _short(section: Section) -> Section:
    """Leave out charts and what is folded: a sheet has no room, and paper opens nothing."""
    kept = [block for block in section.blocks if isinstance(block, (Paragraph, FigureTable))]
    return replace(section, blocks=tuple(kept))
