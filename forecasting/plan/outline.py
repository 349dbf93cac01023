"""The plan as its source has it: lines, batches and drives by name, and what it only counts."""

from __future__ import annotations

import msgspec

from forecasting.figures.indicator import Names


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the plan names."""

    id: str
    zh: str
    en: str

    @property
    def name(self) -> Names:
        """The name in both languages."""
        return Names(self.zh, self.en)


class WorkLine(Named, frozen=True, kw_only=True):
    """One of the nine lines of work; the plan calls it by its number."""

    number: int


class Discussion(Named, frozen=True, kw_only=True):
    """The discussion (大讨论), which has tasks of its own beside the lines.

    Attributes
    ----------
    works, links
        How many key works (重点工作) and links (环节) it has. Their names are not published.
    """

    works: int
    links: int


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """What tasks are ordered by: the lines of the plan, and the drives (抓) of the discussion.

    A task may serve several of either, and one of both kinds.
    """

    lines: tuple[WorkLine, ...]
    batches: tuple[Named, ...]
    drives: tuple[Named, ...]
    discussion: Discussion
    named_only: tuple[Named, ...]


def read_outline(text: str) -> Outline:
    """Read the outline from the words of a plan, which hold more than that.

    Raises
    ------
    msgspec.ValidationError
        If a part is missing or is something else.
    """
    return msgspec.toml.decode(text, type=Outline)
