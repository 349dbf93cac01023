"""What differs in a project, each difference as a phrase: 项目05开工由四季度提前到三季度.

Phrases are Markdown without a full stop, as in ``scenario_changes``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forecasting.period import Quarter
from forecasting.scenario.entries import Project
from forecasting.scenario.project_dates import DATES
from ui.messages import Language, t
from ui.scenario_words import (
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


def project_changes(old: Project, new: Project, year: int, language: Language) -> list[str]:
    """Return the phrases of a project that differs, dates first; at least one."""
    name = project_name(new, language)
    found = list(_dates(name, old, new, year, language))
    found += _completion(name, dict(old.completion), dict(new.completion), year, language)
    for field, unit in (("output", "1e8 CNY"), ("tax", "1e4 CNY")):
        step = getattr(new, field) - getattr(old, field)
        if step:
            key = f"change.at_capacity_{field}_{'up' if step > 0 else 'down'}"
            found.append(t(key, language, name=name, amount=quantity(abs(step), unit, language)))
    for field in ("start_probability", "value_added_rate", "retained"):
        ends = (getattr(old, field), getattr(new, field))
        if ends[0] != ends[1]:
            before, after = (assumption_value(field, end, language) for end in ends)
            what = assumption_name(field, language)
            found.append(
                t("change.project_rate", language, name=name, what=what, before=before, after=after)
            )
    if (old.in_trend is None) != (new.in_trend is None):
        key = "change.project_on_top" if new.in_trend is None else "change.project_in_trend"
        found.append(t(key, language, name=name))
    return found or [t("change.project_adjusted", language, name=name)]


def _dates(name: str, old: Project, new: Project, year: int, language: Language) -> Iterator[str]:
    """Say which dates move; in one phrase where they move together."""
    ends = {name: (getattr(old, name), getattr(new, name)) for name in MILESTONES}
    moved = {name: pair for name, pair in ends.items() if pair[0] != pair[1]}
    steps = {after - before if before and after else None for before, after in moved.values()}
    if len(moved) < 2 or len(steps) > 1 or None in steps:
        for milestone, (before, after) in moved.items():
            yield _date(name, milestone, before, after, year, language)
        return
    quarters = steps.pop() or 0
    milestone, (before, after) = next(
        (one for one in moved.items() if one[0] in LEADING), next(iter(moved.items()))
    )
    yield t(
        "change.dates_earlier" if quarters < 0 else "change.dates_later",
        language,
        name=name,
        count=abs(quarters),
        what=t(f"milestone.{milestone}", language),
        before=quarter_name(before, year, language),
        after=quarter_name(after, year, language),
    )


def _date(
    name: str, milestone: str, old: Quarter | None, new: Quarter | None, year: int,
    language: Language,
) -> str:  # fmt: skip
    what = t(f"milestone.{milestone}", language)
    if new is None:
        return t("change.date_open", language, name=name, what=what)
    after = quarter_name(new, year, language)
    if old is None:
        return t("change.date_set", language, name=name, what=what, after=after)
    before = quarter_name(old, year, language)
    key = "change.date_earlier" if new < old else "change.date_later"
    return t(key, language, name=name, what=what, before=before, after=after)


def _completion(
    name: str, old: Mapping[int, float], new: Mapping[int, float], year: int, language: Language
) -> Iterator[str]:
    for at in sorted({**old, **new}, key=lambda at: (at != year, at)):
        step = new.get(at, 0.0) - old.get(at, 0.0)
        if step:
            key = f"change.completion_{'up' if step > 0 else 'down'}"
            when = "" if at == year else "_other"
            amount = quantity(abs(step), "1e8 CNY", language)
            yield t(f"{key}{when}", language, name=name, amount=amount, year=at)
