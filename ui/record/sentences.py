"""The sentences of a track record. Markdown, as in ``sentences``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forecasting.figures.indicator import Area
from forecasting.record.record import ComparedCase, Record, ScoredYears
from forecasting.record.reliability import BIN_EDGES, Bin
from forecasting.record.scores import SHOCK_YEARS
from forecasting.scenario.reference_class import Quantity, RateKey
from ui.language import Language, Speaker, words
from ui.language import format as fmt
from ui.outlook.sentences import BREAK

EQUAL = 0.05
"""Skill nearer to none than this is a tie in words: so few cases tell no more."""


def headline(record: Record, every: ScoredYears, area: Area, say: Speaker) -> str:
    """Return the sentence that opens the page: what the surest judgements came to."""
    clause = clause_of(every.answers, say)
    values: dict[str, object] = {
        "years": len({answer.case.year for answer in every.answers}),
        "area": say.name(area.name),
        "what": _what(every.answers, say),
        "kinds": len({answer.case.verdict.indicator_id for answer in every.answers}),
        "count": every.scores.count,
        "chance": chance_word(area, say),
        "clause": clause,
    }
    low, high = _end(every, BIN_EDGES[0]), _end(every, BIN_EDGES[-2])
    if not every.bins:
        key = "track.few"
    elif low is None or high is None:
        key = "track.mean"
        met = sum(bin.met for bin in every.bins)
        said = sum(bin.mean * bin.count for bin in every.bins)
        values["mean"] = fmt.share(said / every.scores.count)
        values["rate"] = fmt.share(met / every.scores.count)
    else:
        key = "track.ends"
        values |= {"high": _came(high, clause, say), "low": _came(low, clause, say)}
    return say(key, **values).replace("|", BREAK)


def clause_of(answers: Sequence[ComparedCase], say: Speaker) -> str:
    """Say what all targets asked, or that each had its own."""
    return words.common_clause([answer.case.verdict for answer in answers], say)


def chance_word(area: Area, say: Speaker) -> str:
    """Return the word for a probability; a reference area has no verdicts."""
    return say(f"track.chance.{'reference' if area.reference else 'verdict'}")


def calm_label(record: Record, say: Speaker) -> str:
    """Name the years that are not apart, which are all where none is."""
    return say("track.period.calm" if record.shock else "track.period.all")


def shock_label(say: Speaker) -> str:
    """Name the years that stand apart."""
    return say("track.period.shock", first=SHOCK_YEARS[0], last=SHOCK_YEARS[-1])


def skill(value: float | None, say: Speaker) -> str:
    """Say in words whether the judgements beat the simple forecast."""
    if value is not None and abs(value) < EQUAL:
        return say("track.same")
    return say("track.better" if value is not None and value > 0 else "track.worse")


def size(value: float | None, say: Speaker) -> str:
    """Say how much smaller or larger the errors are."""
    if value is None:
        return say("track.perfect")
    if fmt.share(abs(value)) == "0%":
        return say("track.equal")
    key = "track.smaller" if value > 0 else "track.larger"
    return say(key, percent=fmt.share(abs(value)))


def gain(value: float | None, say: Speaker) -> str:
    """Write a skill in a table: 好40%."""
    if value is None:
        return say("format.missing")
    key = "track.good" if value >= 0 else "track.bad"
    return say(key, percent=fmt.share(abs(value)))


def bin_label(bin: Bin, say: Speaker) -> str:
    """Name the probabilities of a bin: 30—60%."""
    return say("track.bin", low=round(bin.low * 100), high=round(bin.high * 100))


def picture_alt(period: ScoredYears, label: str, area: Area, say: Speaker) -> str:
    """Describe the reliability picture for those who cannot see it."""
    told = [
        say(
            "track.alt_bin",
            range=bin_label(bin, say),
            count=bin.count,
            rate=fmt.share(bin.observed),
        )
        for bin in period.bins
    ]
    area_name = say.name(area.name)
    bins = say("format.comma").join(told)
    return say("track.alt", area=area_name, period=label, bins=bins)


def _what(answers: Sequence[ComparedCase], say: Speaker) -> str:
    """Name the one indicator, or count them."""
    named = {a.case.verdict.indicator_id: a.case.verdict.history.indicator for a in answers}
    if len(named) == 1:
        return say.name(next(iter(named.values())).name)
    return say("track.indicators", count=len(named))


def _end(period: ScoredYears, low: float) -> Bin | None:
    return next((bin for bin in period.bins if bin.low == low), None)


def _came(bin: Bin, clause: str, say: Speaker) -> str:
    if bin.met == bin.count:
        return say("track.every", count=bin.count, clause=clause)
    key = "track.some" if bin.met else "track.none"
    return say(key, count=bin.count, met=bin.met, clause=clause)


@dataclass(frozen=True, slots=True)
class KnownPlans:
    """What a zone planned of one sort, what was expected of such plans, and what came.

    Attributes
    ----------
    planned
        How many, or 1e8 CNY of the yearly plans.
    expected, came
        Shares of that: by the rate of elsewhere, and known.
    """

    key: RateKey
    count: int
    planned: float
    expected: float
    came: float


def plans_line(plans: Sequence[KnownPlans], say: Speaker) -> str:
    """Say how what came of a zone's plans compares with what was expected of the largest part."""
    most = max(plans, key=lambda one: one.count)
    return say(
        "track_plans.line",
        count=sum(one.count for one in plans),
        name=say(f"reference_class.{most.key[0]}"),
        quantity=say(f"rate_quantity.{most.key[1]}"),
        cases=most.count,
        expected=fmt.share(most.expected),
        came=fmt.share(most.came),
    )


def plans_amount(plans: KnownPlans, share: float, say: Speaker) -> str:
    """Write a share of what was planned: 12个, 3.5亿元."""
    amount = plans.planned * share
    if plans.key[1] is Quantity.PLAN_SHARE:
        chinese = say.language is Language.ZH  # which counts in hundred millions
        figure = fmt.figure(amount) if chinese else f"{100 * amount:,.0f}"
        return say("track_plans.money", figure=figure)
    return say("track_plans.projects", figure=f"{round(amount, 1):g}")
