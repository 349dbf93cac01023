"""Tasks against today: a bar a task from the beginning of the year to its due date, by line.

The filled part is what is done of it as far as recorded; ticks are nodes, hollow where they were
not reached. The upright line is today. The name of a task stands above its bar. What it shows is
described here once; ``schedule_vega`` draws it on pages and ``ui.report.render.plan_svg`` in links
and files.
"""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.plan.tasks import TaskPlace
from ui.charts.bars import BarGroup

MONTHS = 12
QUARTER_ENDS = (0, 3, 6, 9, 12)
"""Where quarters begin and end, in months."""


@dataclass(frozen=True, slots=True)
class ScheduleBar:
    """One task.

    Attributes
    ----------
    detail
        What stands behind its name where there is room; nothing on pages, where one points at it.
    text
        Its status.
    told
        The sentence that a pointer is given.
    """

    name: str
    place: TaskPlace
    text: str
    told: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The tasks of a year by line of work.

    Attributes
    ----------
    today
        In months from the beginning of the year.
    quarters
        What the four quarters are called.
    stamp
        What must stand in it wherever it is copied to; else empty.
    """

    groups: tuple[BarGroup[ScheduleBar], ...]
    today: float
    quarters: tuple[str, str, str, str]
    stamp: str = ""
