"""The first two of the five lines: the chance of all, and what it means in one hundred times."""

from __future__ import annotations

from forecasting.outlook import AllClear, Light, Outlook
from forecasting.snapshot.model import Snapshot
from ui import format as fmt
from ui import sentences, words
from ui.messages import Language, t
from ui.report import assumed, change
from ui.report.text import sentences as joined


def sentence(snapshot: Snapshot, language: Language) -> str:
    """Return the first line, which is also the heading."""
    outlook, planned = snapshot.outlook, snapshot.planned
    told = _sentence(outlook, language, planned=planned)
    if snapshot.scenario is None or outlook.all_clear is None or outlook.complete:
        return told
    return t("lines.scenario", language, sentence=told)


def _sentence(outlook: Outlook, language: Language, *, planned: bool) -> str:
    together, counted = outlook.all_clear, outlook.counted
    if together is None or all(verdict.complete for verdict in counted):
        return sentences.headline(outlook, language, planned=planned)
    values = sentences.headline_values(outlook, together, language, planned=planned)
    if outlook.light is None:
        key = "lines.reference" if len(counted) > 1 else "lines.reference_one"
        return t(key, language, **values)
    if outlook.light is Light.HARD and len(counted) > 1:
        tail = _shortfall(outlook, language)
        return t("lines.hard", language, tail=tail, **values)
    return sentences.headline(outlook, language, planned=planned)


def _shortfall(outlook: Outlook, language: Language) -> str:
    """Say how many are likely all the same, and which one is furthest from it."""
    weakest = sentences.weakest(outlook)
    assert weakest is not None
    likely = sum(
        verdict.probability >= fmt.LIGHT_BOUNDS[1]
        for verdict in outlook.counted
        if verdict is not weakest
    )
    name = words.title(weakest.history.indicator, language)
    key = "lines.hard_gap" if likely else "lines.hard_gap_only"
    if weakest.light is not Light.HARD:
        key = "lines.hard_drag"
    return t(key, language, count=likely, weakest=name)


def meaning(snapshot: Snapshot, language: Language) -> str:
    """Return the second line: so many times in one hundred, given what, and since when."""
    outlook = snapshot.outlook
    assert outlook.all_clear is not None
    told = [_times(outlook, outlook.all_clear, "times", language)]
    if snapshot.scenario is not None:
        told.append(_given(snapshot, language))
    told.append(change.in_a_line(snapshot, language))
    return joined(told, language)


def short_meaning(outlook: Outlook, together: AllClear, language: Language) -> str:
    """Say the same in a few words, as it stands below the number."""
    return _times(outlook, together, "short", language)


def _times(outlook: Outlook, together: AllClear, kind: str, language: Language) -> str:
    probability = together.probability
    end = "_below" if probability < 0.01 else ("_above" if probability > 0.99 else "")
    values: dict[str, object] = {
        "count": len(outlook.counted),
        "clause": words.common_clause(outlook.counted, language),
    }
    if not end:
        values["times"] = fmt.hundredths(probability)
    return t(f"lines.{kind}{end}", language, **values)


def _given(snapshot: Snapshot, language: Language) -> str:
    """Say what is assumed, and how likely it all is without that."""
    outlook, scenario = snapshot.outlook, snapshot.scenario
    assert scenario is not None
    telling = assumed.Telling(outlook.year, snapshot.catalogue, language)
    told = t("lines.assumed", language, assumed=assumed.in_a_line(scenario, telling))
    baseline = snapshot.baseline.all_clear if snapshot.baseline else None
    if baseline is None:
        return told + t("lines.without_hidden", language)
    key = "lines.without_reference" if outlook.area.reference else "lines.without"
    return told + t(key, language, cheng=fmt.cheng(baseline.probability, language))
