"""The five lines that leaders read: the chance of all, what it means, what holds it back, what is
needed, and what this is.

In words and tenths or steps of 5%; the exact figures stand apart. In a reference area the lines
compare, and use no verdict words. Golden tests hold them against sentences read aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from data import clock
from forecasting.issues.releases import overdue
from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.lights import HOPEFUL, Light, light_of
from forecasting.outlook.outlook import AllClear, Outlook, Verdict
from forecasting.outlook.pace import Pace
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences
from ui.report.document import assumptions, leaders, why_it_moved
from ui.report.document.blocks import Text, joined, listed, marked


def five_lines(snapshot: Snapshot, say: Speaker) -> tuple[Text, ...]:
    """Return the lines; fewer where nothing can be judged or "all" is no chance any more.

    Under a scenario the baseline comes first, one more says what is assumed, and no word of a
    verdict is said of what is only assumed. ``snapshot`` is what was issued.
    """
    outlook = snapshot.outlook
    lines = [opening_sentence(snapshot, say)]
    if outlook.all_clear is not None:
        if outlook.known:
            lines.append(outcome(outlook, say))
        elif outlook.lost:
            lines.append(meaning(snapshot, say))
            lines.append(_under_scenario(_beside_the_failed(snapshot, say), snapshot, say))
        else:
            lines.append(meaning(snapshot, say))
            lines.append(_assumed(snapshot, say))
            lines.append(_under_scenario(_weakest(outlook, say), snapshot, say))
            lines.append(_under_scenario(_needed(snapshot, say), snapshot, say))
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
    values["interval"] = fmt.growth_interval(low, high, say)
    values["latest"] = sentences.latest(verdict, say)
    return say("lines.single", **values)


def _under_scenario(line: str, snapshot: Snapshot, say: Speaker) -> str:
    """Say of a line that it holds under the scenario, where there is one."""
    if not line or snapshot.scenario is None:
        return line
    return say("lines.in_scenario", line=line)


def _needed(snapshot: Snapshot, say: Speaker) -> str:
    """Say what the weakest link needs, how often that was reached, and how the rest stand."""
    outlook = snapshot.outlook
    verdict = sentences.weakest(outlook)
    if verdict is None:
        return ""
    told = [_pace(verdict, verdict.pace, say)] if verdict.pace else []
    told.append(_rest([other for other in outlook.counted if other is not verdict], snapshot, say))
    return joined(told, say)


def _beside_the_failed(snapshot: Snapshot, say: Speaker) -> str:
    """Say how those stand that the first line does not name."""
    outlook = snapshot.outlook
    named = headlines.named_as_failed(outlook)[: headlines.NAMED]
    return _rest([verdict for verdict in outlook.counted if verdict not in named], snapshot, say)


def _rest(others: Sequence[Verdict], snapshot: Snapshot, say: Speaker) -> str:
    return rest(others, say, judged=snapshot.scenario is None)


def _pace(verdict: Verdict, required: Pace, say: Speaker) -> str:
    if not required.begun:
        return sentences.full_years(verdict, required, say, lambda count: leaders.years(count, say))
    return say(
        "lines.pace",
        name=words.title(verdict.history.indicator, say),
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
        rest=fmt.remaining(required, say),
    )


_LIKELY = (Light.ACHIEVABLE, Light.HOPEFUL)


def baseline_of(snapshot: Snapshot) -> Outlook | None:
    """Return what is known of the baseline beside a scenario; None where that may not be shown.

    That is its chance of all, with its light and weakest link. The verdicts in it are those under
    the scenario: they may name an indicator, and nothing else.
    """
    outlook, together = snapshot.outlook, snapshot.baseline
    if snapshot.scenario is None or together is None:
        return None
    lit = not outlook.area.reference
    light = light_of(together.probability, complete=False) if lit else None
    return replace(outlook, all_clear=together, light=light)


def opening_sentence(snapshot: Snapshot, say: Speaker) -> str:
    """Return the first line, which is also the heading: the baseline first, then the scenario."""
    outlook, planned, scenario = snapshot.outlook, snapshot.planned, snapshot.scenario
    together = outlook.all_clear
    if scenario is None or together is None or outlook.settled:
        return _headline(outlook, say, planned=planned)
    whole = assumptions.whole(scenario)
    told = {
        "given": say("lines.given_whole" if whole else "lines.given"),
        "chance": why_it_moved.chance_word(snapshot, say),
        "cheng": fmt.cheng(together.probability, say),
    }
    baseline = baseline_of(snapshot)
    if baseline is not None:
        bare = _headline(baseline, say, planned=planned, named=False)
        return say("lines.scenario", baseline=bare, **told)
    values = headlines.values(outlook, together, say, planned=planned, issued=True)
    return say(f"lines.scenario_alone{words.suffix(outlook.area.reference)}", **(values | told))


def _headline(outlook: Outlook, say: Speaker, *, planned: bool, named: bool = True) -> str:
    """Return the sentence of an outlook; ``named`` is whether it may say how single ones stand."""
    together, several = outlook.all_clear, len(outlook.counted) > 1
    hard = outlook.light is Light.HARD and several
    if together is None or outlook.settled or not (outlook.area.reference or hard):
        return headlines.headline(outlook, say, planned=planned, issued=True)
    values = headlines.values(outlook, together, say, planned=planned, issued=True)
    if hard:
        return say("lines.hard", tail=_shortfall(outlook, say) if named else "", **values)
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
        return joined([_in_hundred(outlook.all_clear, snapshot, say), moved], say)
    if snapshot.scenario is not None:
        told = assumptions.in_a_line(snapshot.scenario, assumptions.wording_of(snapshot, say))
        return joined([say("lines.assumed_rest", assumed=told), moved], say)
    if not moved:
        return ""
    return say(f"lines.moved{words.suffix(outlook.area.reference)}", told=moved)


def _in_hundred(together: AllClear, snapshot: Snapshot, say: Speaker) -> str:
    """Say how many times in one hundred all would be met, without a scenario first."""
    outlook, baseline = snapshot.outlook, snapshot.baseline
    if snapshot.scenario is None:
        return _times(outlook, together, "times", say)
    if baseline is None or snapshot.baseline_in_tenths:
        line = _under_scenario(_times(outlook, together, "times", say), snapshot, say)
        return joined([line, say("lines.without_hidden") if baseline is None else ""], say)
    before, after = (_of_hundred(one.probability, say) for one in (baseline, together))
    act, count = words.common_act(outlook.counted, say), len(outlook.counted)
    return say("lines.times_both", before=before, after=after, act=act, count=count)


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


def _of_hundred(probability: float, say: Speaker) -> str:
    if probability < 0.01:
        return say("lines.times_count_below")
    if probability > 0.99:
        return say("lines.times_count_above")
    return say("lines.times_count", times=fmt.hundredths(probability))


def _assumed(snapshot: Snapshot, say: Speaker) -> str:
    """Say what a scenario assumes, what moves most first; empty without one."""
    scenario = snapshot.scenario
    if scenario is None:
        return ""
    wording = assumptions.wording_of(snapshot, say)
    told = assumptions.in_a_line(scenario, wording)
    several = len(assumptions.drivers(scenario)) > 1
    name = say.verbatim(scenario.name.strip())
    named = say("lines.assumed_name", name=name) if name else ""
    key = "lines.assumed_by_effect" if several else "lines.assumed"
    line = say(key, assumed=told, name=named)
    return joined([line, assumptions.certain(scenario, wording)], say)


HOPEFUL_PERCENT = round(HOPEFUL * 100)
"""From which percent on the rest is told by what it reaches at the least."""


def rest(others: Sequence[Verdict], say: Speaker, *, judged: bool = True) -> str:
    """Say how many have made it or not already, and how likely the others are; empty of none.

    Parameters
    ----------
    judged
        Whether they are those of a baseline: under a scenario nothing has a light.
    """
    known = [verdict for verdict in others if verdict.known]
    ahead = [verdict for verdict in others if not verdict.known]
    if not known:
        return _ahead(ahead, say, judged=judged) if ahead else ""
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
    if judged and _by_lights(ahead):
        told += _lights(ahead, say)
        return say("lines.rest_lights", count=count, lights=listed(told, say))
    known_ones = say("format.comma").join(told)
    others_told = _rest_ahead(ahead, say, judged=judged)
    return say("lines.rest_mixed", count=count, known=known_ones, ahead=others_told)


def _outcome_word(verdict: Verdict) -> str:
    """Return how a known year is told: met or missed, published or only known inside."""
    outcome = "met" if verdict.met else "missed"
    inside = "" if verdict.complete else "_flash"
    return outcome + inside + words.suffix(verdict.light is None)


def _by_lights(ahead: Sequence[Verdict]) -> bool:
    """Return whether some are too doubtful to give a minimum for all of them."""
    low = min(verdict.probability for verdict in ahead)
    lit = all(verdict.light is not None for verdict in ahead)
    return lit and leaders.steps(low) < HOPEFUL_PERCENT


def _ahead(ahead: Sequence[Verdict], say: Speaker, *, judged: bool) -> str:
    """Say how likely those are whose year is not known: by the least of them, or by lights."""
    count = len(ahead)
    if judged and _by_lights(ahead):
        told = _lights(ahead, say)
        if len(told) == 1:
            light = say(f"lines.light.{ahead[0].light}")
            return say("lines.rest_light", count=count, light=light)
        return say("lines.rest_lights", count=count, lights=listed(told, say))
    return _range(ahead, "rest", say, judged=judged)


def _rest_ahead(ahead: Sequence[Verdict], say: Speaker, *, judged: bool) -> str:
    """Say the same of what is left once those are counted whose year is known."""
    return _range(ahead, "left", say, judged=judged)


def _range(ahead: Sequence[Verdict], key: str, say: Speaker, *, judged: bool) -> str:
    """Say how likely some are: by the least of them, or from the least to the most."""
    count = len(ahead)
    low, high = (choose(verdict.probability for verdict in ahead) for choose in (min, max))
    if ahead[0].light is not None and (judged or leaders.steps(low) >= HOPEFUL_PERCENT):
        return say(f"lines.{key}", count=count, least=leaders.least(low, say))
    ends = [leaders.about(value, say) for value in (low, high)]
    kind = "reference" if ahead[0].light is None else "scenario"
    one = "_one" if ends[0] == ends[1] else ""
    return say(f"lines.{key}_{kind}{one}", count=count, low=ends[0], high=ends[1])


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
    outlook = snapshot.outlook
    issued = datetime.fromisoformat(snapshot.issue.issued_at)
    told = [_what(outlook, snapshot, issued, say)]
    if late := _overdue(outlook, issued, say):
        told.append(late)
    if outlook.area.synthetic:
        area = say.plain.name(outlook.area.name)
        told.append(say("lines.synthetic", area=area))
    if snapshot.internal:
        told.append(say("lines.internal" if snapshot.unpublished else "lines.internal_named"))
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
