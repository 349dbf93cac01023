"""The five lines that leaders read: the chance of all, what it means, what holds it back, what is
needed, and what this is.

In words and tenths or steps of 5%; the exact figures stand apart. In a reference area the lines
compare, and use no verdict words. Golden tests hold them against sentences read aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from forecasting.issues.releases import overdue
from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.lights import HOPEFUL, Light
from forecasting.outlook.outlook import AllClear, Outlook, Verdict
from forecasting.outlook.pace import Pace
from ui.language import Language, clock, t, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences
from ui.report.document import assumptions, leaders, why_it_moved
from ui.report.document.blocks import Text, joined, listed, marked


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
    lines = [opening_sentence(snapshot, language)]
    if outlook.all_clear is not None:
        if outlook.known:
            lines.append(outcome(outlook, language))
        elif outlook.lost:
            lines.append(meaning(snapshot, language))
            lines.append(_beside_the_failed(outlook, language))
        else:
            lines.append(meaning(snapshot, language))
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
        "name": words.plain_name(verdict.history.indicator.name, language),
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
    """Say what the only indicator is expected to come to."""
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


_LIKELY = (Light.ACHIEVABLE, Light.HOPEFUL)


def opening_sentence(snapshot: Snapshot, language: Language) -> str:
    """Return the first line, which is also the heading."""
    outlook = snapshot.outlook
    told = _headline(outlook, language, planned=snapshot.planned)
    if snapshot.scenario is None or outlook.all_clear is None or headlines.settled(outlook):
        return told
    return t("lines.scenario", language, sentence=told)


def _headline(outlook: Outlook, language: Language, *, planned: bool) -> str:
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
    name = words.plain_title(weakest.history.indicator, language)
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
    moved = why_it_moved.in_a_line(snapshot, language)
    if not outlook.lost:
        given = _given(snapshot, language) if snapshot.scenario is not None else ""
        return joined(
            [_times(outlook, outlook.all_clear, "times", language), given, moved], language
        )
    if snapshot.scenario is not None:
        wording = assumptions.Wording(outlook.year, snapshot.catalogue, language)
        told = assumptions.in_a_line(snapshot.scenario, wording)
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
    wording = assumptions.Wording(outlook.year, snapshot.catalogue, language)
    told = t("lines.assumed", language, assumed=assumptions.in_a_line(scenario, wording))
    baseline = snapshot.baseline
    if baseline is None:
        return told + t("lines.without_hidden", language)
    key = f"lines.without{words.suffix(outlook.area.reference)}"
    return told + t(key, language, cheng=fmt.cheng(baseline.probability, language))


HOPEFUL_PERCENT = round(HOPEFUL * 100)
"""From which percent on the rest is told by what it reaches at the least."""


def rest(others: Sequence[Verdict], language: Language) -> str:
    """Say how many have made it or not already, and how likely the others are; empty of none."""
    known = [verdict for verdict in others if verdict.known]
    ahead = [verdict for verdict in others if not verdict.known]
    if not known:
        return _ahead(ahead, language) if ahead else ""
    told_as = [t(f"lines.known.{_outcome_word(verdict)}", language) for verdict in known]
    count = len(others)
    if not ahead and len(set(told_as)) == 1:
        return t("lines.rest_known", language, count=count, known=told_as[0])
    told = [
        t("lines.known_count", language, count=told_as.count(word), known=word)
        for word in dict.fromkeys(told_as)
    ]
    if not ahead:
        return t("lines.rest_lights", language, count=count, lights=listed(told, language))
    if _by_lights(ahead):
        told += _lights(ahead, language)
        return t("lines.rest_lights", language, count=count, lights=listed(told, language))
    known_ones = t("format.comma", language).join(told)
    others_told = _rest_ahead(ahead, language)
    return t("lines.rest_mixed", language, count=count, known=known_ones, ahead=others_told)


def _outcome_word(verdict: Verdict) -> str:
    """Return how a known year is told: met or missed, published or only known inside."""
    outcome = "met" if verdict.met else "missed"
    inside = "" if verdict.complete else "_flash"
    return outcome + inside + words.suffix(verdict.light is None)


def _by_lights(ahead: Sequence[Verdict]) -> bool:
    """Return whether some are too doubtful to give a minimum for all of them."""
    low = min(verdict.probability for verdict in ahead)
    judged = all(verdict.light is not None for verdict in ahead)
    return judged and leaders.steps(low) < HOPEFUL_PERCENT


def _ahead(ahead: Sequence[Verdict], language: Language) -> str:
    """Say how likely those are whose year is not known: by the least of them, or by lights."""
    count = len(ahead)
    if _by_lights(ahead):
        told = _lights(ahead, language)
        if len(told) == 1:
            light = t(f"lines.light.{ahead[0].light}", language)
            return t("lines.rest_light", language, count=count, light=light)
        return t("lines.rest_lights", language, count=count, lights=listed(told, language))
    low, high = (choose(verdict.probability for verdict in ahead) for choose in (min, max))
    if ahead[0].light is not None:
        return t("lines.rest", language, count=count, least=leaders.least(low, language))
    ends = [leaders.about(value, language) for value in (low, high)]
    key = "lines.rest_reference_one" if ends[0] == ends[1] else "lines.rest_reference"
    return t(key, language, count=count, low=ends[0], high=ends[1])


def _rest_ahead(ahead: Sequence[Verdict], language: Language) -> str:
    """Say the same of what is left once those are counted whose year is known."""
    count = len(ahead)
    low, high = (choose(verdict.probability for verdict in ahead) for choose in (min, max))
    if ahead[0].light is not None:
        return t("lines.left", language, count=count, least=leaders.least(low, language))
    ends = [leaders.about(value, language) for value in (low, high)]
    key = "lines.left_reference_one" if ends[0] == ends[1] else "lines.left_reference"
    return t(key, language, count=count, low=ends[0], high=ends[1])


def _lights(ahead: Sequence[Verdict], language: Language) -> list[str]:
    shown = [verdict.light for verdict in ahead]
    return [
        t(
            "lines.light_count",
            language,
            count=shown.count(light),
            light=t(f"lines.light.{light}", language),
        )
        for light in Light
        if light in shown
    ]


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
        area = words.plain_name(outlook.area.name, language)
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
    names = [words.plain_name(verdict.history.indicator.name, language) for verdict in lacking]
    return t("lines.overdue_some", language, listed=listed(names, language), **values)


def outcome(outlook: Outlook, language: Language) -> str:
    """Say which targets a known year missed, or else which it cleared most narrowly."""
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
            name=words.plain_name(verdict.history.indicator.name, language),
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
    name = words.plain_name(verdict.history.indicator.name, language)
    return t(key, language, name=name, growth=fmt.growth(verdict.quantiles.median, language))


def _some(told: list[str], language: Language) -> str:
    if len(told) <= NAMED:
        return listed(told, language)
    named = t("format.comma", language).join(told[:NAMED])
    return t("lines.list_many", language, listed=named, count=len(told))
