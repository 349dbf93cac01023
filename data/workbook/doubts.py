"""Figures that do not fit: beside stored history, beside each other, beside their own growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.workbook.reading import Context, Question, ReadFigure, Remark


@dataclass(frozen=True, slots=True)
class Doubts:
    """What became of the figures of a file once they were compared.

    Attributes
    ----------
    figures
        Scaled, moved, turned or left out as the answers say; those of an unanswered question
        carry its id.
    questions
        All of them, answered or not.
    remarks
        What is explained and not corrected.
    """

    figures: tuple[ReadFigure, ...]
    questions: tuple[Question, ...]
    remarks: tuple[Remark, ...]


def doubts(figures: Sequence[ReadFigure], context: Context, answers: Mapping[str, str]) -> Doubts:
    """Compare figures with what is known and with each other."""
    return Doubts(tuple(figures), (), ())
