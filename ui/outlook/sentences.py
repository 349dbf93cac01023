"""The sentences a page could read aloud in a meeting, from an outlook.

They are Markdown: ``:primary[...]`` and ``**...**`` mark the decisive phrases, and a
zero-width space marks where a heading may break. ``plain`` gives the bare text.

In a reference area the line is not the area's own target: its sentences compare, and use no
verdict words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from forecasting.figures.period import Period
from forecasting.history.history import History
from forecasting.history.log_levels import FEWEST_FOR_MODELS
from forecasting.outlook.departure import explained_by_base
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Excluded, Outlook, Reason, Verdict
from forecasting.outlook.pace import MOST_WINDOWS, Pace, ends_of
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.language.markdown import unescaped

BREAK = "\u200b"
NEARLY_SURE = 0.99
"""Above it a probability is shown as >99%."""
FEWEST_WINDOWS, FAR_APART = 8, 0.4
"""Past years, of fewer of which a share says little; from where on it and a probability clash."""


def plain(sentence: str) -> str:
    """Return a sentence of Markdown as it reads, without marks and escapes."""
    bare = re.sub(r":primary\[(.*?)(?<!\\)\]", r"\1", sentence).replace("**", "")
    return unescaped(bare.replace(BREAK, ""))


def weakest_link(outlook: Outlook, say: Speaker) -> str:
    """Say which indicator holds "all" back, and what its certain clearing would bring."""
    verdict = weakest(outlook)
    if verdict is None or outlook.all_clear is None or outlook.all_clear.weakest is None:
        return ""
    if outlook.known or outlook.lost or outlook.all_clear.probability > NEARLY_SURE:
        return ""  # nothing holds back what is known, out of reach or all but sure
    if len(outlook.counted) == 1:
        return verdict_sentence(verdict, outlook.year, say)
    then = outlook.all_clear.weakest.probability_if_cleared
    values = {
        "name": say.name(verdict.history.indicator.name),
        "latest": latest(verdict, say, "weakest.latest"),
        "clause": words.clause(verdict.target, say),
        "chance": fmt.chance(verdict.probability, say),
        "then": _about(then, say),
    }
    kind = "reference" if outlook.area.reference else "verdict"
    lower = any(
        fmt.hundredths(other.probability) < fmt.hundredths(verdict.probability)
        for other in outlook.counted
        if not other.known
    )
    sentence = say(f"weakest.{kind}{'_not_lowest' if lower else ''}", **values)
    same = fmt.probability(then) == fmt.probability(outlook.all_clear.probability)
    ending = "below" if then < 0.01 else ("still" if same else "then")
    return sentence + say(f"weakest.{kind}_{ending}", **values)


def pace(verdict: Verdict, say: Speaker) -> str:
    """Say what the rest of the year needs, and how often that has happened."""
    if verdict.pace is None:
        return ""
    if not verdict.pace.begun:
        return full_years(verdict, verdict.pace, say, str)
    return say(
        "pace.sentence",
        name=words.title(verdict.history.indicator, say),
        act=words.act(verdict.target, say),
        need=needed(verdict, verdict.pace, say),
        odds=_odds_beside(verdict, verdict.pace, say),
    )


def pace_support(verdict: Verdict, say: Speaker) -> str:
    """Say of the pace what the verdict's own sentence leaves out."""
    if verdict.pace is not None and not verdict.pace.begun:
        return pace(verdict, say)
    if verdict.pace is None or verdict.light is Light.HARD:
        return ""
    if verdict.light in (Light.HOPEFUL, Light.PRESSED):
        return say("pace.support", odds=_odds_beside(verdict, verdict.pace, say))
    return pace(verdict, say)


def full_years(verdict: Verdict, required: Pace, say: Speaker, number: Callable[[int], str]) -> str:
    """Say how many past years met the target, where the whole year is still to come.

    What the year needs is then the target itself.

    Parameters
    ----------
    number
        Writes a number of years.
    """
    if required.windows == 0:
        return say("pace.full_unknown")
    return say(
        f"pace.full_{odds_kind(required)}",
        grew=words.common_growth([verdict], say, done=True),
        act=words.act(verdict.target, say),
        reached=number(required.reached),
        windows=number(required.windows),
        count=required.windows,
    )


def needed(verdict: Verdict, required: Pace, say: Speaker) -> str:
    """Say the required pace: a floor is 以上, a ceiling 以内, a fall is told as a fall.

    A target of about so much has two ends. What no past year managed is not 即可.
    """
    rest = fmt.remaining(required, say)
    if ends := ends_of(verdict):
        low, high = map(fmt.percent, ends)
        return say("pace.between", rest=rest, low=low, high=high)
    kind = "ceiling_" if verdict.cut.lower == float("-inf") else ""
    sign = "grow" if required.shown > 0 else ("fall" if required.shown < 0 else "flat")
    never = required.windows and not required.reached and not kind and sign != "grow"
    rate = fmt.percent(abs(required.shown))
    return say(f"pace.{kind}{sign}{'_never' if never else ''}", rest=rest, rate=rate)


def pace_in_short(verdict: Verdict, required: Pace, say: Speaker) -> tuple[str, str]:
    """Return the few words before the required pace, and its rate; a fall is told as a fall."""
    rest, ceiling = fmt.remaining(required, say), verdict.cut.lower == float("-inf")
    rate = pace_rate(verdict, required, say)
    if ceiling:
        return say("pace.need_ceiling", rest=rest), rate
    if ends_of(verdict):
        return say("pace.need_between", rest=rest), rate
    if required.shown < 0:
        return say("pace.need_fall", rest=rest), fmt.percent(-required.shown)
    return say("pace.need", rest=rest), rate


def pace_rate(verdict: Verdict, required: Pace, say: Speaker) -> str:
    """Return the required pace, or the two ends that it must lie between."""
    if ends := ends_of(verdict):
        return fmt.interval(*ends, say, unit="%")
    return fmt.percent(required.shown)


def odds_in_short(required: Pace, say: Speaker) -> str:
    """Return how many past years managed the required pace in a few words, if any is known."""
    if required.windows == 0:
        return ""
    short = f"pace.short_{odds_kind(required)}"
    return say(short, reached=required.reached, windows=required.windows)


def odds(required: Pace, say: Speaker) -> str:
    """Say how many past years managed the required pace."""
    if required.windows == 0:
        return say("pace.unknown")
    count = required.windows
    return say(f"pace.{odds_kind(required)}", reached=required.reached, windows=count, count=count)


def odds_kind(required: Pace) -> str:
    """Return which sentence says how many of the comparable years managed a pace.

    They are the last ten only where each of these is known; else their number is all there is.
    """
    kind = {0: "never", required.windows: "every"}.get(required.reached, "odds")
    return kind if required.windows >= MOST_WINDOWS else f"few_{kind}"


def _odds_beside(verdict: Verdict, required: Pace, say: Speaker) -> str:
    """Say how many past years managed the pace, and why that is far from the probability."""
    told, few = odds(required, say), required.windows < FEWEST_WINDOWS
    if few or abs(required.reached / required.windows - verdict.probability) < FAR_APART:
        return told
    chance = say(f"pace.{'chance' if verdict.light else 'likelihood'}")
    return say("pace.apart", odds=told, chance=chance)


def verdict_sentence(verdict: Verdict, year: int, say: Speaker) -> str:
    """Say one indicator's verdict, or how it compares where the area is a reference."""
    target = verdict.target
    values: dict[str, object] = {
        "name": say.name(verdict.history.indicator.name),
        "year": year,
        "latest": latest(verdict, say),
        "growth": fmt.growth(verdict.quantiles.median, say),
        "expected": expected(verdict, say),
        "clause": words.clause(target, say),
        "act": words.act(target, say),
        "line": fmt.threshold(target.threshold),
        "chance": fmt.chance(verdict.probability, say),
        "need": "",
    }
    if verdict.pace is not None and verdict.pace.begun:
        need = needed(verdict, verdict.pace, say)
        told = _odds_beside(verdict, verdict.pace, say)
        key = "verdict.need_odds" if verdict.light is Light.HARD else "verdict.need"
        values["need"] = say(key, need=need, odds=told)
    if not verdict.complete and verdict.pace is None:
        return say(f"verdict.{_flash(verdict)}", **values)
    if verdict.light is None:
        return say(f"verdict.{'compared' if verdict.complete else 'reference'}", **values)
    return say(f"verdict.{verdict.light}", **values)


def _flash(verdict: Verdict) -> str:
    """Return how a year is told whose last figure is known inside and not published yet."""
    if verdict.light is None:
        return "flash"
    return "flash_met" if verdict.probability >= 0.5 else "flash_missed"


def indicator_title(verdict: Verdict, year: int, say: Speaker) -> str:
    """Return the title of an indicator's page: its name and the decisive figure."""
    name = say.name(verdict.history.indicator.name)
    kind = "verdict" if verdict.light else "reference"
    if verdict.known:
        kind = "published" if verdict.complete else "flash"
    return say(
        f"indicator.title_{kind}",
        name=name,
        year=year,
        growth=fmt.growth(verdict.quantiles.median, say),
        clause=words.common_growth([verdict], say),
        chance=fmt.chance(verdict.probability, say),
    ).replace("|", BREAK)


def latest(verdict: Verdict, say: Speaker, key: str = "verdict.latest") -> str:
    """Say the year's latest cumulative growth as an opening; empty before its first figure."""
    history = verdict.history
    if verdict.pace is None or not verdict.pace.begun:
        return ""
    span = fmt.span(history.latest, say)
    growth = fmt.growth(history.latest_ytd, say)
    return say(key, span=span, growth=growth)


def on_course(verdict: Verdict) -> bool:
    """Whether the year's growth so far would meet the target."""
    history = verdict.history
    begun = verdict.pace is None or verdict.pace.begun
    return begun and verdict.cut.met_by(history.latest_ytd)


def expected(verdict: Verdict, say: Speaker) -> str:
    """Say the expected full-year growth with its 80% interval."""
    low, high = verdict.quantiles.q10, verdict.quantiles.q90
    return say(
        "verdict.expected",
        growth=fmt.expected_growth(verdict.quantiles.median, say),
        interval=fmt.growth_interval(low, high, say),
    )


def base_effect(verdict: Verdict, say: Speaker, *, short: bool = False) -> str:
    """Say that last year's base is why the full year departs from growth so far; empty if not."""
    base = explained_by_base(verdict)
    if base is None or verdict.pace is None:
        return ""
    history = verdict.history
    return say(
        f"verdict.base_{'high' if base.effect < 0 else 'low'}{'_short' if short else ''}",
        expected=fmt.expected_growth(verdict.quantiles.median, say),
        so_far=fmt.growth(history.latest_ytd, say),
        span=fmt.span(history.latest, say),
        rest=fmt.remaining(verdict.pace, say),
        last_part=fmt.growth(base.last_part, say),
        last_rest=fmt.growth(base.last_rest, say),
    )


def short_history(verdict: Verdict, say: Speaker) -> str:
    """Say that an indicator has too few figures for a model; empty where it has enough."""
    if not _is_short(verdict) or verdict.model is None:
        return ""
    return say("verdict.naive_short", count=verdict.model.observations)


def short_histories(verdicts: Sequence[Verdict], say: Speaker) -> str:
    """Say which indicators have too few figures for a model; empty where all have enough."""
    names = [say.name(verdict.history.indicator.name) for verdict in verdicts if _is_short(verdict)]
    if not names:
        return ""
    return say(
        "verdict.naive_some",
        names=say("format.comma").join(names),
        fewest=FEWEST_FOR_MODELS,
    )


def _is_short(verdict: Verdict) -> bool:
    return verdict.model is not None and verdict.model.method in ("naive", "learned")


def excluded(entry: Excluded, year: int, say: Speaker) -> str:
    """Say why an indicator does not count in "all"."""
    at = fmt.as_of(entry.latest, say) if entry.latest else ""
    key = f"reason.{entry.reason}"
    if entry.reason in (Reason.STALE, Reason.QUARTER_MISSING):
        return say(key, as_of=at, year=year - 1)
    return say(key)


def coverage_line(outlook: Outlook, say: Speaker) -> str:
    """Say how many of the main indicators have a verdict."""
    counts = {"count": len(outlook.counted), "total": outlook.targets_in_all}
    reference = outlook.area.reference
    key = "overview.coverage_reference" if reference else "overview.coverage"
    return say(key, **counts)


def history_alt(history: History, say: Speaker, *, single: bool) -> str:
    """Describe a history chart for those who cannot see it."""
    growth = history.growth if single else history.ytd
    values = [float(value) for value in growth if value == value]
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    return say(
        "chart.alt_single" if single else "chart.alt_ytd",
        name=say.name(history.indicator.name),
        first=fmt.single_quarter(history.quarters[0], say),
        last=fmt.single_quarter(history.origin, say),
        interval=fmt.growth_interval(low, high, say),
    )


def weakest(outlook: Outlook) -> Verdict | None:
    """Return the verdict of the weakest link, if there is one; none that has made it already."""
    if outlook.all_clear is None or outlook.all_clear.weakest is None:
        return None
    wanted = outlook.all_clear.weakest.indicator_id
    found = next(v for v in outlook.verdicts if v.indicator_id == wanted)
    still_open = [verdict for verdict in outlook.counted if not verdict.known]
    if found.known and found.met and still_open:
        return min(still_open, key=lambda verdict: verdict.probability)
    return found


def reached(outlook: Outlook) -> Period | None:
    """Return how far the figures run that a forecast is made from.

    Where the year of some indicators is known already, those of the others are still awaited.
    """
    still_open = [v.history.latest for v in outlook.counted if not v.known]
    return max(still_open).quarter or max(still_open) if still_open else outlook.latest


def lights(outlook: Outlook) -> dict[Light, int]:
    """Count the lights of the verdicts that count in "all"."""
    shown = [verdict.shown_light for verdict in outlook.counted]
    return {light: shown.count(light) for light in Light if light in shown}


def _about(probability: float, say: Speaker) -> str:
    if probability > 0.99:
        return say("about.above")
    return say("about.near", percent=fmt.probability(probability))
