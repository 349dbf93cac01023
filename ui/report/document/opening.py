"""The first two of the five lines: the chance of all, and what it means in one hundred times."""

from __future__ import annotations

from forecasting.issues.model import Snapshot
from forecasting.outlook.outlook import AllClear, Light, Outlook
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences
from ui.report.document import assumed, change
from ui.report.document.text import sentences as joined

_LIKELY = (Light.ACHIEVABLE, Light.HOPEFUL)


def sentence(snapshot: Snapshot, language: Language) -> str:
    """Return the first line, which is also the heading."""
    outlook = snapshot.outlook
    told = _sentence(outlook, language, planned=snapshot.planned)
    if snapshot.scenario is None or outlook.all_clear is None or headlines.settled(outlook):
        return told
    return t("lines.scenario", language, sentence=told)


def _sentence(outlook: Outlook, language: Language, *, planned: bool) -> str:
    together, several = outlook.all_clear, len(outlook.counted) > 1
    hard = outlook.light is Light.HARD and several
    if together is None or headlines.settled(outlook) or not (outlook.area.reference or hard):
        return headlines.headline(outlook, language, planned=planned, issued=True)
    values = headlines.values(outlook, together, language, planned=planned, issued=True)
    if hard:
        return t("lines.hard", language, tail=_shortfall(outlook, language), **values)
    return t("lines.reference" if several else "lines.reference_one", language, **values)


def _shortfall(outlook: Outlook, language: Language) -> str:
    """Say how many are likely all the same, and which one is furthest from it.

    What has made it already is no chance, and told with the others in the fourth line.
    """
    weakest = sentences.weakest(outlook)
    assert weakest is not None
    name = words.title(weakest.history.indicator, language)
    if weakest.light is not Light.HARD:
        return t("lines.hard_drag", language, weakest=name)
    kind = "low" if sentences.on_course(weakest) else "gap"
    told = t(f"lines.hard_{kind}", language, weakest=name)
    likely = [
        verdict.light
        for verdict in outlook.counted
        if verdict is not weakest and not verdict.known and verdict.light in _LIKELY
    ]
    if not likely:
        return t("lines.hard_only", language, weakest=told)
    light = likely[0] if len(set(likely)) == 1 else "mixed"
    key = f"lines.hard_likely_{light}"
    return t("lines.hard_some", language, likely=t(key, language, count=len(likely)), weakest=told)


def meaning(snapshot: Snapshot, language: Language) -> str:
    """Return the second line: so many times in one hundred, given what, and since when.

    Where "all" is out of reach there is no such number, and the line may be empty.
    """
    outlook = snapshot.outlook
    assert outlook.all_clear is not None
    moved = change.in_a_line(snapshot, language)
    if not outlook.lost:
        given = _given(snapshot, language) if snapshot.scenario is not None else ""
        return joined(
            [_times(outlook, outlook.all_clear, "times", language), given, moved], language
        )
    if snapshot.scenario is not None:
        telling = assumed.Telling(outlook.year, snapshot.catalogue, language)
        told = assumed.in_a_line(snapshot.scenario, telling)
        return joined([t("lines.assumed_rest", language, assumed=told), moved], language)
    if not moved:
        return ""
    return t(f"lines.moved{words.suffix(outlook.area.reference)}", language, told=moved)


def short_meaning(outlook: Outlook, together: AllClear, language: Language) -> str:
    """Say the same in a few words, as it stands below the number."""
    return _times(outlook, together, "short", language)


def _times(outlook: Outlook, together: AllClear, kind: str, language: Language) -> str:
    probability = together.probability
    end = "_below" if probability < 0.01 else ("_above" if probability > 0.99 else "")
    values: dict[str, object] = {
        "count": len(outlook.counted),
        "act": words.common_act(outlook.counted, language),
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
    baseline = snapshot.baseline
    if baseline is None:
        return told + t("lines.without_hidden", language)
    key = f"lines.without{words.suffix(outlook.area.reference)}"
    return told + t(key, language, cheng=fmt.cheng(baseline.probability, language))
