"""What differs in a project, each difference as a phrase: 项目05开工由四季度提前到三季度.

Phrases are Markdown without a full stop, as in ``scenario_changes``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forecasting.figures.period import Quarter
from forecasting.scenario.projects import DATES, Project
from ui.language import Language, t
from ui.scenario.words import (
    assumption_name,
    assumption_value,
    project_name,
    quantity,
    quarter_name,
)

MILESTONES = DATES
"""The dates of a project, in their order."""
LEADING = ("started", "producing")
"""The dates that stand for all where all move together."""


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """One difference of a project.

    Attributes
    ----------
    key
        Of its two phrases in the catalogues, one with the name of the project and one without.
    values
        What both say, in words of the language.
    """

    project: Project
    key: str
    values: Mapping[str, object]
    language: Language

    @property
    def named(self) -> str:
        """The phrase with the name of the project: start of Project 05 left open."""
        name = project_name(self.project, self.language)
        return t(f"change.{self.key}", self.language, name=name, **self.values)

    @property
    def unnamed(self) -> str:
        """The phrase where the name stands beside it: start left open."""
        return t(f"project_change.{self.key}", self.language, **self.values)


def project_changes(
    old: Project, new: Project, year: int, language: Language
) -> list[ProjectChange]:
    """Return what differs in a project, dates first; at least one difference."""
    found = [
        *_dates(old, new, year, language),
        *_completion(dict(old.completion), dict(new.completion), year, language),
        *_amounts(old, new, language),
        *_rates(old, new, language),
    ]
    if (old.in_trend is None) != (new.in_trend is None):
        found.append(("project_on_top" if new.in_trend is None else "project_in_trend", {}))
    return [
        ProjectChange(new, key, values, language)
        for key, values in found or [("project_adjusted", {})]
    ]


_Difference = tuple[str, Mapping[str, object]]


def _dates(old: Project, new: Project, year: int, language: Language) -> Iterator[_Difference]:
    """Yield which dates move; one difference where they move together."""
    ends = {name: (getattr(old, name), getattr(new, name)) for name in MILESTONES}
    moved = {name: pair for name, pair in ends.items() if pair[0] != pair[1]}
    steps = {after - before if before and after else None for before, after in moved.values()}
    if len(moved) < 2 or len(steps) > 1 or None in steps:
        for milestone, (before, after) in moved.items():
            yield _date(milestone, before, after, year, language)
        return
    quarters = steps.pop() or 0
    milestone, (before, after) = next(
        (one for one in moved.items() if one[0] in LEADING), next(iter(moved.items()))
    )
    yield (
        "dates_earlier" if quarters < 0 else "dates_later",
        {
            "count": abs(quarters),
            "what": t(f"milestone.{milestone}", language),
            "before": quarter_name(before, year, language),
            "after": quarter_name(after, year, language),
        },
    )


def _date(
    milestone: str, old: Quarter | None, new: Quarter | None, year: int, language: Language
) -> _Difference:
    what = t(f"milestone.{milestone}", language)
    if new is None:
        return "date_open", {"what": what}
    after = quarter_name(new, year, language)
    if old is None:
        return "date_set", {"what": what, "after": after}
    before = quarter_name(old, year, language)
    key = "date_earlier" if new < old else "date_later"
    return key, {"what": what, "before": before, "after": after}


def _completion(
    old: Mapping[int, float], new: Mapping[int, float], year: int, language: Language
) -> Iterator[_Difference]:
    for at in sorted({**old, **new}, key=lambda at: (at != year, at)):
        step = new.get(at, 0.0) - old.get(at, 0.0)
        if step:
            key = f"completion_{'up' if step > 0 else 'down'}"
            amount = quantity(abs(step), "1e8 CNY", language)
            if at == year:
                yield key, {"amount": amount}
            else:
                yield f"{key}_other", {"amount": amount, "year": at}


def _amounts(old: Project, new: Project, language: Language) -> Iterator[_Difference]:
    for field, unit in (("output", "1e8 CNY"), ("tax", "1e4 CNY")):
        step = getattr(new, field) - getattr(old, field)
        if step:
            key = f"at_capacity_{field}_{'up' if step > 0 else 'down'}"
            yield key, {"amount": quantity(abs(step), unit, language)}


def _rates(old: Project, new: Project, language: Language) -> Iterator[_Difference]:
    for field in ("start_probability", "value_added_rate", "retained"):
        ends = (getattr(old, field), getattr(new, field))
        if ends[0] != ends[1]:
            before, after = (assumption_value(field, end, language) for end in ends)
            what = assumption_name(field, language)
            yield "project_rate", {"what": what, "before": before, "after": after}
