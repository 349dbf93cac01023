"""The last of the five lines, and what the lines say of a year that is published."""

from __future__ import annotations

from datetime import datetime

from forecasting.issues.model import Snapshot
from forecasting.issues.releases import overdue
from forecasting.outlook.outlook import Outlook, Verdict
from ui.language import Language, clock, t, words
from ui.language import format as fmt
from ui.outlook import sentences
from ui.report.document.text import listed
from ui.report.document.text import sentences as joined

NAMED = 3
"""Indicators that a line names; of more it says how many there are."""


def closing(snapshot: Snapshot, language: Language) -> str:
    """Say what this is, how far its figures run, and when the next are due."""
    outlook, provenance = snapshot.outlook, snapshot.provenance
    issued = datetime.fromisoformat(snapshot.issue.issued_at)
    told = [_what(outlook, snapshot, issued, language)]
    if late := _overdue(outlook, issued, language):
        told.append(late)
    if outlook.area.synthetic:
        area = words.name(outlook.area.name, language)
        told.append(t("lines.synthetic", language, area=area))
    if provenance.unpublished:
        told.append(t("lines.internal", language))
    return joined(told, language)


def _what(outlook: Outlook, snapshot: Snapshot, issued: datetime, language: Language) -> str:
    day = fmt.day(issued, language)
    if outlook.latest is None:
        return t("lines.print_empty", language, issued=day)
    if outlook.published:
        return t("lines.print_published", language, issued=day)
    end, this_year = (sentences.reached(outlook) or outlook.latest).end, clock.day_of(issued).year
    following = _next(snapshot, this_year, language)
    if outlook.known:
        some = "_some" if any(verdict.complete for verdict in outlook.counted) else ""
        return t(f"lines.print_flash{some}", language, issued=day, next=following)
    until = t(f"period.month.{end.month}", language)
    if end.year != this_year:
        until = t("period.month_of", language, year=end.year, month=until)
    return t(
        "lines.print",
        language,
        until=until,
        issued=day,
        next=following,
    )


def _next(snapshot: Snapshot, this_year: int, language: Language) -> str:
    """Say when which figure comes next; empty where nobody knows."""
    release = snapshot.provenance.next_release
    if release is None:
        return ""
    return t(
        "lines.next",
        language,
        period=fmt.span(release.period.quarter, language),
        when=fmt.about_when(release.date, language, this_year=this_year),
    )


def _overdue(outlook: Outlook, issued: datetime, language: Language) -> str:
    """Say which figures should be out by their usual day and are not in it; empty of none."""
    found = overdue(outlook, clock.day_of(issued)) if outlook.as_of is None else None
    if found is None:
        return ""
    quarter, lacking = found
    values: dict[str, object] = {"period": fmt.span(quarter.quarter, language)}
    if len(lacking) == len(outlook.counted):
        return t("lines.overdue", language, **values)
    if len(lacking) > NAMED:
        return t("lines.overdue_many", language, count=len(lacking), **values)
    names = [words.name(verdict.history.indicator.name, language) for verdict in lacking]
    return t("lines.overdue_some", language, listed=listed(names, language), **values)


def outcome(outlook: Outlook, language: Language) -> str:
    """Say of a known year what was missed, or else what came closest to it; of one its growth."""
    if outlook.area.reference:
        told = [_growth(verdict, "lines.compared_one", language) for verdict in outlook.counted]
        return t("lines.compared", language, listed=_some(told, language))
    if len(outlook.counted) == 1:
        return _growth(outlook.counted[0], "lines.single_known", language)
    failed = outlook.failed
    if not failed:
        verdict = min(outlook.counted, key=_margin)
        return t(
            "lines.closest",
            language,
            name=words.name(verdict.history.indicator.name, language),
            growth=fmt.growth(verdict.quantiles.median, language),
            clause=words.clause(verdict.target, language),
        )
    told = [_growth(verdict, "lines.with_growth", language) for verdict in failed]
    act = words.common_act(failed, language)
    return t("lines.failed", language, act=act, listed=_some(told, language))


def _margin(verdict: Verdict) -> float:
    growth = verdict.quantiles.median
    return min(growth - verdict.cut.lower, verdict.cut.upper - growth)


def _growth(verdict: Verdict, key: str, language: Language) -> str:
    name = words.name(verdict.history.indicator.name, language)
    return t(key, language, name=name, growth=fmt.growth(verdict.quantiles.median, language))


def _some(told: list[str], language: Language) -> str:
    if len(told) <= NAMED:
        return listed(told, language)
    named = t("format.comma", language).join(told[:NAMED])
    return t("lines.list_many", language, listed=named, count=len(told))
