"""The five lines that leaders read: the chance of all, what it means, what holds it back, what is
needed, and what this is.

In words and tenths or steps of 5%; the exact figures stand apart. In a reference area the lines
compare, and use no verdict words. Golden tests hold them against sentences read aloud.
"""

from __future__ import annotations

from forecasting.issues.model import Snapshot
from forecasting.outlook.outlook import HOPEFUL, Outlook, Pace, Verdict
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences
from ui.report.document import leaders, opening
from ui.report.document.closing import closing, outcome
from ui.report.document.model import Text
from ui.report.document.rest import rest
from ui.report.document.text import marked
from ui.report.document.text import sentences as joined


def five_lines(snapshot: Snapshot, language: Language) -> tuple[Text, ...]:
    """Return the lines; fewer where nothing can be judged or "all" is no chance any more.

    Parameters
    ----------
    snapshot
        What was issued.
    language
        That of the lines.
    """
    outlook = snapshot.outlook
    lines = [opening.sentence(snapshot, language)]
    if outlook.all_clear is not None:
        if outlook.known:
            lines.append(outcome(outlook, language))
        elif outlook.lost:
            lines.append(opening.meaning(snapshot, language))
            lines.append(_beside_the_failed(outlook, language))
        else:
            lines.append(opening.meaning(snapshot, language))
            lines.append(_weakest(outlook, language))
            lines.append(_needed(outlook, language))
    lines.append(closing(snapshot, language))
    return tuple(marked(line) for line in lines if line)


def _weakest(outlook: Outlook, language: Language) -> str:
    """Say what holds "all" back, and what its certain clearing would bring."""
    verdict = sentences.weakest(outlook)
    if verdict is None or outlook.all_clear is None or outlook.all_clear.weakest is None:
        return ""
    reference = words.suffix(outlook.area.reference)
    values: dict[str, object] = {
        "name": words.name(verdict.history.indicator.name, language),
        "latest": _latest(verdict, language),
        "clause": words.clause(verdict.target, language),
        "chance": leaders.about(verdict.probability, language),
    }
    if len(outlook.counted) == 1:
        return _single(verdict, values, language)
    probability = outlook.all_clear.probability
    if leaders.steps(probability) >= leaders.SURE:  # then so is every single one
        least = leaders.least(verdict.probability, language)
        return t(f"lines.surest{reference}", language, least=least, **values)
    return t(f"lines.weakest{reference}", language, **values) + _then(
        probability, outlook.all_clear.weakest.probability_if_cleared, reference, language
    )


def _latest(verdict: Verdict, language: Language) -> str:
    """Say how the year stands; where that would do and is doubtful yet, what is expected too."""
    told = sentences.latest(verdict, language, "lines.latest")
    if not told or verdict.probability >= HOPEFUL or not sentences.on_course(verdict):
        return told
    growth = fmt.expected_growth(verdict.quantiles.median, language)
    return told + t("lines.expected", language, growth=growth)


def _then(now: float, cleared: float, reference: str, language: Language) -> str:
    """Say where the certain clearing of the weakest link would leave the chance of all."""
    then, ending = leaders.around(cleared, language), "then"
    if then == leaders.around(now, language):
        ending = "bit" if fmt.hundredths(cleared) > fmt.hundredths(now) else "still"
        if fmt.rare(cleared):
            ending = "still_below"
    return t(f"lines.weakest{reference}_{ending}", language, then=then)


def _single(verdict: Verdict, values: dict[str, object], language: Language) -> str:
    """Say of the only indicator what it is expected to come to."""
    values["growth"] = fmt.expected_growth(verdict.quantiles.median, language)
    low, high = verdict.quantiles.q10, verdict.quantiles.q90
    values["interval"] = fmt.interval(low, high, language, unit="%")
    values["latest"] = sentences.latest(verdict, language)
    return t("lines.single", language, **values)


def _needed(outlook: Outlook, language: Language) -> str:
    """Say what the weakest link needs, how often that was reached, and how the rest stand."""
    verdict = sentences.weakest(outlook)
    if verdict is None:
        return ""
    told = [_pace(verdict, verdict.pace, language)] if verdict.pace else []
    told.append(rest([other for other in outlook.counted if other is not verdict], language))
    return joined(told, language)


def _beside_the_failed(outlook: Outlook, language: Language) -> str:
    """Say how those stand that the first line does not name."""
    named = headlines.named_as_failed(outlook)[: headlines.NAMED]
    return rest([verdict for verdict in outlook.counted if verdict not in named], language)


def _pace(verdict: Verdict, required: Pace, language: Language) -> str:
    if required.first_quarter == 1:
        return sentences.full_years(
            verdict, required, language, lambda count: leaders.years(count, language)
        )
    return t(
        "lines.pace",
        language,
        act=words.act(verdict.target, language),
        need=sentences.needed(verdict, required, language),
        odds=_odds(required, language),
    )


def _odds(required: Pace, language: Language) -> str:
    """Say how many past years managed as much, numbers in words."""
    reached, windows = required.reached, required.windows
    if windows == 0:
        return t("lines.unknown", language)
    key = {0: "never", windows: "every"}.get(reached, "odds")
    if windows == 1:
        key += "_one"
    return t(
        f"lines.{key}",
        language,
        reached=leaders.years(reached, language),
        windows=leaders.years(windows, language),
        rest=fmt.remaining(required.first_quarter, language),
    )
