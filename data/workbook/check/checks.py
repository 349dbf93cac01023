"""All checks of the figures of a file, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.workbook.check.conflicts import conflicts
from data.workbook.check.doubts import places_of, settled
from data.workbook.check.remarks import remarks
from data.workbook.check.series import series_of
from data.workbook.check.slips import slips
from data.workbook.questions import Answers
from data.workbook.reading import Context, ReadFigure, Remark


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of the figures of a file once they were compared.

    Attributes
    ----------
    figures
        Scaled, moved, turned or left out as the answers say; those of an unanswered question
        carry its id. Of a figure that the file repeats with the same value one stays.
    remarks
        What is explained and not corrected.
    """

    figures: tuple[ReadFigure, ...]
    remarks: tuple[Remark, ...]


def checked(figures: Sequence[ReadFigure], context: Context, answers: Answers) -> Checked:
    """Compare figures with what is known and with each other; ask what only a person can tell.

    First every figure alone: a power of ten too large, a point that slipped, growth for level.
    Then, as the answers left them, those that the file holds twice. What remains is looked at
    for growth and levels that disagree. Figures that wait for another question are left as they
    are, unless it leaves the value and what it is of alone.
    """
    table = series_of(figures, context)
    if slipped := slips(table, figures, answers):
        figures = settled(figures, slipped)
        table = series_of(figures, context)
    repeated, differing = conflicts(table, figures, answers)
    kept = settled(figures, differing, repeated)
    if len(kept) < len(figures) or differing:
        table = series_of(kept, context)
    places = places_of(figures, repeated)
    repeats = [Remark("repeated", places, {"count": len(repeated)})] if repeated else []
    return Checked(kept, (*repeats, *remarks(table, kept)))
