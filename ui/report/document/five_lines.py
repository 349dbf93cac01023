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
from ui.language import Speaker, clock, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences
from ui.report.document import assumptions, leaders, why_it_moved
from ui.report.document.blocks import Text, joined, listed, marked


def five_lines(snapshot: Snapshot, say: Speaker) -> tuple[Text, ...]:
    """Return the lines; fewer where nothing can be judged or "all" is no chance any more.

    ``snapshot`` is what was issued.
    """
    outlook = snapshot.outlook
    lines = [opening_sentence(snapshot, say)]
    if outlook.all_clear is not None:
        if outlook.known:
            lines.append(outcome(outlook, say))
        elif outlook.lost:
            lines.append(meaning(snapshot, say))
            lines.append(_beside_the_failed(outlook, say))
        else:
            lines.append(meaning(snapshot, say))
            lines.append(_weakest(outlook, say))
            lines.append(_needed(outlook, say))
    lines.append(closing(snapshot, say))
    return tuple(marked(line) for line in lines if line)


def _weakest(outlook: Outlook, say: Speaker) -> str:
    """Say what holds "all" back, and what its certain clearing would bring."""
    verdict = sentences.weakest(outlook)
    if verdict is None or outlook.all_clear is None or outlook.all_clear.weakest is None:
        return ""
    reference = words.suffix(outlook.area.reference)
    values: dict[str, object] = {
        "name": say.plain.name(verdict.history.indicator.name),
        "latest": _latest(verdict, say),
        "clause": words.clause(verdict.target, say),
        "chance": leaders.about(verdict.probability, say),
    }
    if len(outlook.counted) == 1:
        return _single(verdict, values, say)
    probability = outlook.all_clear.probability
    if leaders.steps(probability) >= leaders.SURE:  # then so is every single one
        least = leaders.least(verdict.probability, say)
        return say(f"lines.surest{reference}", least=least, **values)
    return say(f"lines.weakest{reference}", **values) + _then(
        probability, outlook.all_clear.weakest.probability_if_cleared, reference, say
    )


def _latest(verdict: Verdict, say: Speaker) -> str:
    """Say how the year stands; where that would do and is doubtful yet, what is expected too."""
    told = sentences.latest(verdict, say, "lines.latest")
    if not told or verdict.probability >= HOPEFUL or not sentences.on_course(verdict):
        return told
    growth = fmt.expected_growth(verdict.quantiles.median, say)
    return told + say("lines.expected", growth=growth)


def _then(now: float, cleared: float, reference: str, say: Speaker) -> str:
    """Say where the certain clearing of the weakest link would leave the chance of all."""
    then, ending = leaders.around(cleared, say), "then"
    if then == leaders.around(now, say):
        ending = "bit" if fmt.hundredths(cleared) > fmt.hundredths(now) else "still"
        if fmt.rare(cleared):
            ending = "still_below"
    return say(f"lines.weakest{reference}_{ending}", then=then)


def _single(verdict: Verdict, values: dict[str, object], say: Speaker) -> str:
    """Say what the only indicator is expected to come to."""
    values["growth"] = fmt.expected_growth(verdict.quantiles.median, say)
    low, high = verdict.quantiles.q10, verdict.quantiles.q90
    values["interval"] = fmt.interval(low, high, say, unit="%")
    values["latest"] = sentences.latest(verdict, say)
    return say("lines.single", **values)


def _needed(outlook: Outlook, say: Speaker) -> str:
    """Say what the weakest link needs, how often that was reached, and how the rest stand."""
    verdict = sentences.weakest(outlook)
    if verdict is None:
        return ""
    told = [_pace(verdict, verdict.pace, say)] if verdict.pace else []
    told.append(rest([other for other in outlook.counted if other is not verdict], say))
    return joined(told, say)


def _beside_the_failed(outlook: Outlook, say: Speaker) -> str:
    """Say how those stand that the first line does not name."""
    named = headlines.named_as_failed(outlook)[: headlines.NAMED]
    return rest([verdict for verdict in outlook.counted if verdict not in named], say)


def _pace(verdict: Verdict, required: Pace, say: Speaker) -> str:
    if required.first_quarter == 1:
        return sentences.full_years(verdict, required, say, lambda count: leaders.years(count, say))
    return say(
        "lines.pace",
        act=words.act(verdict.target, say),
        need=sentences.needed(verdict, required, say),
        odds=_odds(required, say),
    )


def _odds(required: Pace, say: Speaker) -> str:
    """Say how many past years managed as much, numbers in words."""
    reached, windows = required.reached, required.windows
    if windows == 0:
        return say("lines.unknown")
    return say(
        f"lines.{sentences.odds_kind(required)}",
        reached=leaders.years(reached, say),
        windows=leaders.years(windows, say),
        count=windows,
        rest=fmt.remaining(required.first_quarter, say),
    )


_LIKELY = (Light.ACHIEVABLE, Light.HOPEFUL)


def opening_sentence(snapshot: Snapshot, say: Speaker) -> str:
    """Return the first line, which is also the heading."""
    outlook = snapshot.outlook
    told = _headline(outlook, say, planned=snapshot.planned)
    if snapshot.scenario is None or outlook.all_clear is None or headlines.settled(outlook):
        return told
    return say("lines.scenario", sentence=told)


def _headline(outlook: Outlook, say: Speaker, *, planned: bool) -> str:
    together, several = outlook.all_clear, len(outlook.counted) > 1
    hard = outlook.light is Light.HARD and several
    if together is None or headlines.settled(outlook) or not (outlook.area.reference or hard):
        return headlines.headline(outlook, say, planned=planned, issued=True)
    values = headlines.values(outlook, together, say, planned=planned, issued=True)
    if hard:
        return say("lines.hard", tail=_shortfall(outlook, say), **values)
    return say("lines.reference" if several else "lines.reference_one", **values)


def _shortfall(outlook: Outlook, say: Speaker) -> str:
    """Say how many are likely all the same, and which one is furthest from it.

    What has made it already is no chance, and told with the others in the fourth line.
    """
    weakest = sentences.weakest(outlook)
    assert weakest is not None
    name = words.title(weakest.history.indicator, say.plain)
    if weakest.light is not Light.HARD:
        return say("lines.hard_drag", weakest=name)
    kind = "low" if sentences.on_course(weakest) else "gap"
    told = say(f"lines.hard_{kind}", weakest=name)
    likely = [
        verdict.light
        for verdict in outlook.counted
        if verdict is not weakest and not verdict.known and verdict.light in _LIKELY
    ]
    if not likely:
        return say("lines.hard_only", weakest=told)
    light = likely[0] if len(set(likely)) == 1 else "mixed"
    key = f"lines.hard_likely_{light}"
    return say("lines.hard_some", likely=say(key, count=len(likely)), weakest=told)


def meaning(snapshot: Snapshot, say: Speaker) -> str:
    """Return the second line: so many times in one hundred, given what, and since when.

    Where "all" is out of reach there is no such number, and the line may be empty.
    """
    outlook = snapshot.outlook
    assert outlook.all_clear is not None
    moved = why_it_moved.in_a_line(snapshot, say)
    if not outlook.lost:
        given = _given(snapshot, say) if snapshot.scenario is not None else ""
        return joined([_times(outlook, outlook.all_clear, "times", say), given, moved], say)
    if snapshot.scenario is not None:
        wording = assumptions.Wording(outlook.year, snapshot.catalogue, say)
        told = assumptions.in_a_line(snapshot.scenario, wording)
        return joined([say("lines.assumed_rest", assumed=told), moved], say)
    if not moved:
        return ""
    return say(f"lines.moved{words.suffix(outlook.area.reference)}", told=moved)


def short_meaning(outlook: Outlook, together: AllClear, say: Speaker) -> str:
    """Say the same in a few words, as it stands below the number."""
    return _times(outlook, together, "short", say)


def _times(outlook: Outlook, together: AllClear, kind: str, say: Speaker) -> str:
    probability = together.probability
    end = "_below" if probability < 0.01 else ("_above" if probability > 0.99 else "")
    values: dict[str, object] = {
        "count": len(outlook.counted),
        "act": words.common_act(outlook.counted, say),
    }
    if not end:
        values["times"] = fmt.hundredths(probability)
    return say(f"lines.{kind}{end}", **values)


def _given(snapshot: Snapshot, say: Speaker) -> str:
    """Say what is assumed, and how likely it all is without that."""
    outlook, scenario = snapshot.outlook, snapshot.scenario
    assert scenario is not None
    wording = assumptions.Wording(outlook.year, snapshot.catalogue, say)
    told = say("lines.assumed", assumed=assumptions.in_a_line(scenario, wording))
    baseline = snapshot.baseline
    if baseline is None:
        return told + say("lines.without_hidden")
    key = f"lines.without{words.suffix(outlook.area.reference)}"
    return told + say(key, cheng=fmt.cheng(baseline.probability, say))


HOPEFUL_PERCENT = round(HOPEFUL * 100)
"""From which percent on the rest is told by what it reaches at the least."""


def rest(others: Sequence[Verdict], say: Speaker) -> str:
    """Say how many have made it or not already, and how likely the others are; empty of none."""
    known = [verdict for verdict in others if verdict.known]
    ahead = [verdict for verdict in others if not verdict.known]
    if not known:
        return _ahead(ahead, say) if ahead else ""
    told_as = [say(f"lines.known.{_outcome_word(verdict)}") for verdict in known]
    count = len(others)
    if not ahead and len(set(told_as)) == 1:
        return say("lines.rest_known", count=count, known=told_as[0])
    told = [
        say("lines.known_count", count=told_as.count(word), known=word)
        for word in dict.fromkeys(told_as)
    ]
    if not ahead:
        return say("lines.rest_lights", count=count, lights=listed(told, say))
    if _by_lights(ahead):
        told += _lights(ahead, say)
        return say("lines.rest_lights", count=count, lights=listed(told, say))
    known_ones = say("format.comma").join(told)
    others_told = _rest_ahead(ahead, say)
    return say("lines.rest_mixed", count=count, known=known_ones, ahead=others_told)


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


def _ahead(ahead: Sequence[Verdict], say: Speaker) -> str:
    """Say how likely those are whose year is not known: by the least of them, or by lights."""
    count = len(ahead)
    if _by_lights(ahead):
        told = _lights(ahead, say)
        if len(told) == 1:
            light = say(f"lines.light.{ahead[0].light}")
            return say("lines.rest_light", count=count, light=light)
        return say("lines.rest_lights", count=count, lights=listed(told, say))
    low, high = (choose(verdict.probability for verdict in ahead) for choose in (min, max))
    if ahead[0].light is not None:
        return say("lines.rest", count=count, least=leaders.least(low, say))
    ends = [leaders.about(value, say) for value in (low, high)]
    key = "lines.rest_reference_one" if ends[0] == ends[1] else "lines.rest_reference"
    return say(key, count=count, low=ends[0], high=ends[1])


def _rest_ahead(ahead: Sequence[Verdict], say: Speaker) -> str:
    """Say the same of what is left once those are counted whose year is known."""
    count = len(ahead)
    low, high = (choose(verdict.probability for verdict in ahead) for choose in (min, max))
    if ahead[0].light is not None:
        return say("lines.left", count=count, least=leaders.least(low, say))
    ends = [leaders.about(value, say) for value in (low, high)]
    key = "lines.left_reference_one" if ends[0] == ends[1] else "lines.left_reference"
    return say(key, count=count, low=ends[0], high=ends[1])


def _lights(ahead: Sequence[Verdict], say: Speaker) -> list[str]:
    shown = [verdict.light for verdict in ahead]
    return [
        say("lines.light_count", count=shown.count(light), light=say(f"lines.light.{light}"))
        for light in Light
        if light in shown
    ]


NAMED = 3
"""Indicators that a line names; of more it says how many there are."""


def closing(snapshot: Snapshot, say: Speaker) -> str:
    """Say what this is, how far its figures run, and when the next are due."""
    outlook, provenance = snapshot.outlook, snapshot.provenance
    issued = datetime.fromisoformat(snapshot.issue.issued_at)
    told = [_what(outlook, snapshot, issued, say)]
    if late := _overdue(outlook, issued, say):
        told.append(late)
    if outlook.area.synthetic:
        area = say.plain.name(outlook.area.name)
        told.append(say("lines.synthetic", area=area))
    if provenance.unpublished:
        told.append(say("lines.internal"))
    return joined(told, say)


def _what(outlook: Outlook, snapshot: Snapshot, issued: datetime, say: Speaker) -> str:
    day = fmt.day(issued, say)
    if outlook.latest is None:
        return say("lines.print_empty", issued=day)
    if outlook.published:
        return say("lines.print_published", issued=day)
    end, this_year = (sentences.reached(outlook) or outlook.latest).end, clock.day_of(issued).year
    following = _next(snapshot, this_year, say)
    if outlook.known:
        some = "_some" if any(verdict.complete for verdict in outlook.counted) else ""
        return say(f"lines.print_flash{some}", issued=day, next=following)
    until = say(f"period.month.{end.month}")
    if end.year != this_year:
        until = say("period.month_of", year=end.year, month=until)
    return say("lines.print", until=until, issued=day, next=following)


def _next(snapshot: Snapshot, this_year: int, say: Speaker) -> str:
    """Say when which figure comes next; empty where nobody knows."""
    release = snapshot.provenance.next_release
    if release is None:
        return ""
    return say(
        "lines.next",
        period=fmt.span(release.period.quarter, say),
        when=fmt.about_when(release.date, say, this_year=this_year),
    )


def _overdue(outlook: Outlook, issued: datetime, say: Speaker) -> str:
    """Say which figures should be out by their usual day and are not in it; empty of none."""
    found = overdue(outlook, clock.day_of(issued)) if outlook.as_of is None else None
    if found is None:
        return ""
    quarter, lacking = found
    values: dict[str, object] = {"period": fmt.span(quarter.quarter, say)}
    if len(lacking) == len(outlook.counted):
        return say("lines.overdue", **values)
    if len(lacking) > NAMED:
        return say("lines.overdue_many", count=len(lacking), **values)
    names = [say.plain.name(verdict.history.indicator.name) for verdict in lacking]
    return say("lines.overdue_some", listed=listed(names, say), **values)


def outcome(outlook: Outlook, say: Speaker) -> str:
    """Say which targets a known year missed, or else which it cleared most narrowly."""
    if outlook.area.reference:
        told = [_growth(verdict, "lines.compared_one", say) for verdict in outlook.counted]
        return say("lines.compared", listed=_some(told, say))
    if len(outlook.counted) == 1:
        return _growth(outlook.counted[0], "lines.single_known", say)
    failed = outlook.failed
    if not failed:
        verdict = min(outlook.counted, key=_margin)
        return say(
            "lines.closest",
            name=say.plain.name(verdict.history.indicator.name),
            growth=fmt.growth(verdict.quantiles.median, say),
            clause=words.clause(verdict.target, say),
        )
    told = [_growth(verdict, "lines.with_growth", say) for verdict in failed]
    act = words.common_act(failed, say)
    return say("lines.failed", act=act, listed=_some(told, say))


def _margin(verdict: Verdict) -> float:
    growth = verdict.quantiles.median
    return min(growth - verdict.cut.lower, verdict.cut.upper - growth)


def _growth(verdict: Verdict, key: str, say: Speaker) -> str:
    name = say.plain.name(verdict.history.indicator.name)
    return say(key, name=name, growth=fmt.growth(verdict.quantiles.median, say))


def _some(told: list[str], say: Speaker) -> str:
    if len(told) <= NAMED:
        return listed(told, say)
    named = say("format.comma").join(told[:NAMED])
    return say("lines.list_many", listed=named, count=len(told))
