"""The sentences of a track record. Markdown, as in ``sentences``."""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.figures.indicator import Area
from forecasting.record.record import BIN_EDGES, SHOCK_YEARS, Bin, ComparedCase, Record, ScoredYears
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook.sentences import BREAK

EQUAL = 0.05
"""Skill nearer to none than this is a tie in words: so few cases tell no more."""


def headline(record: Record, every: ScoredYears, area: Area, language: Language) -> str:
    """Return the sentence that opens the page: what the surest judgements came to."""
    clause = clause_of(every.answers, language)
    values: dict[str, object] = {
        "years": len({answer.case.year for answer in every.answers}),
        "area": words.name(area.name, language),
        "what": _what(every.answers, language),
        "kinds": len({answer.case.verdict.indicator_id for answer in every.answers}),
        "count": every.scores.count,
        "chance": chance_word(area, language),
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
        values |= {"high": _came(high, clause, language), "low": _came(low, clause, language)}
    return t(key, language, **values).replace("|", BREAK)


def clause_of(answers: Sequence[ComparedCase], language: Language) -> str:
    """Say what all targets asked, or that each had its own."""
    return words.common_clause([answer.case.verdict for answer in answers], language)


def chance_word(area: Area, language: Language) -> str:
    """Return the word for a probability; a reference area has no verdicts."""
    return t(f"track.chance.{'reference' if area.reference else 'verdict'}", language)


def calm_label(record: Record, language: Language) -> str:
    """Name the years that are not apart, which are all where none is."""
    return t("track.period.calm" if record.shock else "track.period.all", language)


def shock_label(language: Language) -> str:
    """Name the years that stand apart."""
    return t("track.period.shock", language, first=SHOCK_YEARS[0], last=SHOCK_YEARS[-1])


def skill(value: float | None, language: Language) -> str:
    """Say in words whether the judgements beat the simple forecast."""
    if value is not None and abs(value) < EQUAL:
        return t("track.same", language)
    return t("track.better" if value is not None and value > 0 else "track.worse", language)


def size(value: float | None, language: Language) -> str:
    """Say how much smaller or larger the errors are."""
    if value is None:
        return t("track.perfect", language)
    if fmt.share(abs(value)) == "0%":
        return t("track.equal", language)
    key = "track.smaller" if value > 0 else "track.larger"
    return t(key, language, percent=fmt.share(abs(value)))


def gain(value: float | None, language: Language) -> str:
    """Write a skill in a table: 好40%."""
    if value is None:
        return t("format.missing", language)
    key = "track.good" if value >= 0 else "track.bad"
    return t(key, language, percent=fmt.share(abs(value)))


def bin_label(bin: Bin, language: Language) -> str:
    """Name the probabilities of a bin: 30—60%."""
    return t("track.bin", language, low=round(bin.low * 100), high=round(bin.high * 100))


def picture_alt(period: ScoredYears, label: str, area: Area, language: Language) -> str:
    """Describe the reliability picture for those who cannot see it."""
    told = [
        t(
            "track.alt_bin",
            language,
            range=bin_label(bin, language),
            count=bin.count,
            rate=fmt.share(bin.observed),
        )
        for bin in period.bins
    ]
    area_name = words.name(area.name, language)
    bins = t("format.comma", language).join(told)
    return t("track.alt", language, area=area_name, period=label, bins=bins)


def _what(answers: Sequence[ComparedCase], language: Language) -> str:
    """Name the one indicator, or count them."""
    named = {a.case.verdict.indicator_id: a.case.verdict.history.indicator for a in answers}
    if len(named) == 1:
        return words.name(next(iter(named.values())).name, language)
    return t("track.indicators", language, count=len(named))


def _end(period: ScoredYears, low: float) -> Bin | None:
    return next((bin for bin in period.bins if bin.low == low), None)


def _came(bin: Bin, clause: str, language: Language) -> str:
    if bin.met == bin.count:
        return t("track.every", language, count=bin.count, clause=clause)
    key = "track.some" if bin.met else "track.none"
    return t(key, language, count=bin.count, met=bin.met, clause=clause)
