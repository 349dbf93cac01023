"""Why an outlook moved, as sentences: one for each term, its cause and then its effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forecasting.figures.indicator import Catalogue, Comparator, Observation, Target
from forecasting.figures.period import Period
from forecasting.figures.target import published
from forecasting.news.news import Amended, News, Surprise, Term, TermKind
from forecasting.outlook.outlook import Outlook, Verdict
from ui.language import Speaker, words
from ui.language import format as fmt

SMALL = 0.0005
"""Terms that move a probability by less are told together: 0.0 percentage points each."""
SMALL_GROWTH = 0.05
"""The same of expected growth, in percentage points."""
LARGE = 0.01
"""What rises and falls that offset each other come to at least, each, where it is told."""
_WAYS = {1: "up", -1: "down", 0: "same"}


@dataclass(frozen=True, slots=True)
class Cause:
    """One line of an explanation.

    Attributes
    ----------
    name
        Short, as it stands beside a bar.
    sentence
        The cause without its effect and without a full stop.
    change
        By how much it moves the probability that is explained.
    expected
        By how much it moves the expected full-year growth, in points; None for all together.
    why
        Why it does what it does, in brackets, where the sentence would let expect otherwise.
    """

    name: str
    sentence: str
    change: float
    expected: float | None = None
    why: str = ""

    @property
    def small(self) -> bool:
        """Whether it moves nothing that is shown."""
        return abs(self.change) < SMALL and abs(self.expected or 0.0) < SMALL_GROWTH


def causes(news: News, indicator: str | None, catalogue: Catalogue, say: Speaker) -> list[Cause]:
    """Return the lines of an explanation, in order; what moves next to nothing comes last, in one.

    Parameters
    ----------
    indicator
        Whose probability is explained; None for all together.
    """
    told: list[Cause] = []
    small: list[Cause] = []
    for term in news.terms if indicator is None else news.of(indicator):
        change = _change(term, indicator)
        if change is None:
            continue
        moved = term.on(indicator) if indicator else None
        name, sentence = short_cause(term, catalogue, say), cause(term, catalogue, say)
        reason = why(term, indicator, news, say) if abs(change) >= SMALL else ""
        found = Cause(name, sentence, change, moved.expected if moved else None, reason)
        (small if found.small else told).append(found)
    if len(small) < 2 or not told:
        return told + small
    return [*told, _together(small, indicator, say)]


def _change(term: Term, indicator: str | None) -> float | None:
    if indicator is None:
        return term.all_clear
    moved = term.on(indicator)
    return moved.probability if moved else None


def _together(small: Sequence[Cause], indicator: str | None, say: Speaker) -> Cause:
    change = sum(cause.change for cause in small)
    expected = sum(cause.expected or 0.0 for cause in small) if indicator else None
    name = say("news.small_name", count=len(small))
    return Cause(name, say("news.small", count=len(small)), change, expected)


def short_cause(term: Term, catalogue: Catalogue, say: Speaker) -> str:
    """Name a term beside its bar."""
    name = say.plain.name(catalogue[term.indicator].short) if term.indicator else None
    period = term.quarter if term.surprise else None
    return short(term.kind, name, period, say)


def cause(term: Term, catalogue: Catalogue, say: Speaker) -> str:
    """Say what happened, without its effect."""
    if term.indicator is None:
        key = f"news.cause.{term.kind}"
        return say(f"{key}_all" if term.kind is TermKind.INDICATORS else key)
    name = say.name(catalogue[term.indicator].name)
    match term.kind:
        case TermKind.REVISION:
            return _revision(term, name, say)
        case TermKind.FIGURE:
            return _figure(term, name, say)
        case TermKind.DEFINITION:
            return _definition(term, name, say)
        case _:
            assert term.target is not None
            return other_target(term.kind, name, term.target, say)


def _revision(term: Term, name: str, say: Speaker) -> str:
    entry = next((entry for entry in term.figures if entry.new), term.figures[-1])
    old, new = entry.old, entry.new
    assert old is not None
    values = {
        "name": name,
        "count": len(term.figures),
        "period": fmt.period(old, say),
        "measure": say(f"measure.{old.measure}"),
        "old": _value(old, say),
        "new": _value(new, say) if new else "",
    }
    kind = "withdrawn" if new is None else "revision"
    if term.surprise is not None and term.quarter is not None:
        whole = fmt.since_january(term.quarter, say)
        actual = fmt.growth(term.surprise.actual, say)
        return say("news.cause.contradicted", whole=whole, actual=actual, **values)
    many = "_many" if len(term.figures) > 1 else ""
    return say(f"news.cause.{kind}{many}", **values)


def _value(figure: Observation, say: Speaker) -> str:
    if figure.measure.is_growth:
        return fmt.percent(figure.value)
    return f"{fmt.amount(figure.value)} {say.word('unit', figure.unit)}".strip()


def _figure(term: Term, name: str, say: Speaker) -> str:
    if term.surprise is None or term.quarter is None:
        return say("news.cause.past", name=name, count=len(term.figures))
    return surprising(name, term.quarter, term.surprise, say)


def _definition(term: Term, name: str, say: Speaker) -> str:
    entry = term.definitions[-1]
    recorded = entry.new or entry.old
    assert recorded is not None
    kind = "definition" if entry.new else "definition_gone"
    quarter = fmt.single_quarter(recorded.quarter, say)
    return say(f"news.cause.{kind}", name=name, period=quarter)


def effect(found: Cause, say: Speaker, *, reference: bool) -> str:
    """Say what a cause does: to the probability, and to the growth of a single indicator."""
    whose = "all" if found.expected is None else "one"
    kind = words.suffix(reference)
    parts = []
    if abs(found.change) >= SMALL:
        direction = "up" if found.change > 0 else "down"
        moved = fmt.figure(abs(found.change) * 100)
        told = say(f"news.effect.{whose}_{direction}{kind}", points=moved)
        parts.append(told + found.why)
    growth = found.expected or 0.0
    if abs(growth) >= SMALL_GROWTH:
        direction = "up" if growth > 0 else "down"
        moved = fmt.figure(abs(growth))
        parts.append(say(f"news.effect.growth_{direction}", points=moved))
    if not parts:
        return say(f"news.effect.{whose}_none{kind}")
    return say("format.comma_in_sentence").join(parts)


def headline(news: News, indicator: str | None, catalogue: Catalogue, say: Speaker) -> str:
    """Say from which to which probability, and what moved it most.

    Both outlooks must have it: see ``ends``.
    """
    found = ends(news, indicator)
    assert found is not None
    before, after = found
    values = {
        "year": news.after.year,
        "what": say("news.all", count=len(news.after.counted))
        if indicator is None
        else say.name(catalogue[indicator].name),
        "before": fmt.probability(before),
        "after": fmt.probability(after),
        "points": fmt.figure(abs(after - before) * 100),
    }
    moved = values["before"] != values["after"]
    direction = ("up" if after > before else "down") if moved else "same"
    kind = words.suffix(news.after.area.reference)
    text = say(f"news.headline.{direction}{kind}", **values)
    if indicator is not None:
        text += _growth(news, indicator, say)
    told = causes(news, indicator, catalogue, say)
    if all(entry.small for entry in told):
        return text + say("news.headline.end")
    way = _way(news, indicator)
    text += _offset(told, way, say)
    most = foremost_cause(told, way)
    return text + say(f"news.headline.mainly_{_WAYS[way]}", cause=most.sentence)


def _way(news: News, indicator: str | None) -> int:
    """Return 1 for a rise that is shown, −1 for a fall; where neither, that of growth."""
    found = ends(news, indicator)
    assert found is not None
    if fmt.probability(found[0]) != fmt.probability(found[1]):
        return 1 if found[1] > found[0] else -1
    if indicator is None:
        return 0
    old, new = growth_ends(news, indicator)
    return 0 if fmt.percent(old) == fmt.percent(new) else 1 if new > old else -1


def foremost_cause(told: Sequence[Cause], way: int) -> Cause:
    """Return the cause that did most in the direction of the whole, the largest where it stays.

    Parameters
    ----------
    way
        1 up, −1 down, 0 neither.
    """

    def size(entry: Cause) -> tuple[float, float]:
        return entry.change, entry.expected or 0.0

    if way:
        best = max(told, key=lambda entry: tuple(way * part for part in size(entry)))
        if max(way * part for part in size(best)) > 0:
            return best
    return max(told, key=lambda entry: tuple(map(abs, size(entry))))


def _offset(told: Sequence[Cause], way: int, say: Speaker) -> str:
    """Say that large rises and falls offset each other, where they do."""
    rises = sum(max(entry.change, 0.0) for entry in told)
    falls = sum(max(-entry.change, 0.0) for entry in told)
    if min(rises, falls) < max(LARGE, abs(rises - falls) / 2):
        return ""
    return say("news.headline.offset" if way else "news.headline.offset_same")


def _growth(news: News, indicator: str, say: Speaker) -> str:
    """Say how the expected full-year growth of an indicator moved."""
    before, after = (fmt.percent(end) for end in growth_ends(news, indicator))
    key = "news.headline.growth_same" if before == after else "news.headline.growth"
    return say(key, before=before, after=after)


def ends(news: News, indicator: str | None) -> tuple[float, float] | None:
    """Return the probability that is explained, old and new; None where one has none."""
    if indicator is None:
        old, new = news.before.all_clear, news.after.all_clear
        return None if old is None or new is None else (old.probability, new.probability)
    if indicator not in in_both(news):
        return None
    old_one, new_one = (_verdicts(o)[indicator] for o in (news.before, news.after))
    return old_one.probability, new_one.probability


def growth_ends(news: News, indicator: str) -> tuple[float, float]:
    """Return the expected full-year growth of an indicator, old and new, in percent."""
    old, new = (_verdicts(o)[indicator].quantiles.median for o in (news.before, news.after))
    return old, new


def in_both(news: News) -> list[str]:
    """Return the indicators that both outlooks judge."""
    old = _verdicts(news.before)
    return [id for id in _verdicts(news.after) if id in old]


def foremost(news: News) -> str | None:
    """Return what is best explained first: all together, or else the indicator moved most."""
    together = ends(news, None)
    if together is not None and abs(together[1] - together[0]) >= SMALL:
        return None

    def moved(indicator: str) -> tuple[float, float]:
        found, growth = ends(news, indicator), growth_ends(news, indicator)
        assert found is not None
        return abs(found[1] - found[0]), abs(growth[1] - growth[0])

    return max(in_both(news), key=moved, default=None)


def _verdicts(outlook: Outlook) -> dict[str, Verdict]:
    return {verdict.indicator_id: verdict for verdict in outlook.verdicts}


UNUSUAL = 1.28
"""Standard deviations beyond which a figure lies outside four of five that were expected."""


def short(kind: TermKind, name: str | None, period: Period | None, say: Speaker) -> str:
    """Name a cause beside its bar.

    Parameters
    ----------
    name
        Of its indicator; None where it is of all of them.
    period
        To which a new figure runs; None where it fills in earlier ones.
    """
    key = f"news.name.{kind}"
    if name is None:
        return say(f"{key}_all" if kind is TermKind.INDICATORS else key)
    if kind is TermKind.FIGURE and period is not None:
        return say(key, name=name, period=fmt.span(period, say))
    return say(f"{key}_past" if kind is TermKind.FIGURE else key, name=name)


def gap(surprise: Surprise) -> float:
    """Return by how much a figure is above what was expected, both as they are published."""
    return published(published(surprise.actual) - published(surprise.expected))


def surprising(name: str, period: Period, surprise: Surprise, say: Speaker) -> str:
    """Say what a new figure came to, beside what was expected of it."""
    actual, expected = surprise.actual, surprise.expected
    above = gap(surprise)
    values = {
        "name": name,
        "period": fmt.since_january(period, say),
        "actual": fmt.growth(actual, say),
        "expected": fmt.growth(expected, say),
        "gap": fmt.figure(abs(above)),
    }
    if above == 0:
        return say("news.cause.as_expected", **values)
    unusual = abs(actual - expected) > UNUSUAL * surprise.deviation
    kind = ("above" if above > 0 else "below") + ("_unusual" if unusual else "")
    return say(f"news.cause.{kind}", **values)


def other_target(kind: TermKind, name: str, target: Amended[Target], say: Speaker) -> str:
    """Say how a target changed, or that it is new or gone."""
    old, new = target.old, target.new
    if kind is TermKind.TARGET and old is not None and new is not None:
        before, after = words.clause(old, say), words.clause(new, say)
        if before != after:
            return say("news.cause.target", name=name, old=before, new=after)
        return say("news.cause.target_otherwise", name=name)
    if new is None:
        return say("news.cause.indicator_gone", name=name)
    return say("news.cause.indicator_new", name=name, clause=words.clause(new, say))


_BETTER = {
    Comparator.ABOVE: 1,
    Comparator.AT_LEAST: 1,
    Comparator.BELOW: -1,
    Comparator.AT_MOST: -1,
}


def why(term: Term, indicator: str | None, news: News, say: Speaker) -> str:
    """Say in brackets why a figure does what it does, empty where its surprise says it.

    Parameters
    ----------
    indicator
        Whose probability is explained; None for all together.
    """
    if term.kind is not TermKind.FIGURE or term.surprise is None or term.indicator is None:
        return ""
    verdict = _verdict_of(news, term.indicator)
    if verdict is None:
        return ""
    if indicator is None and not verdict.target.counts:
        return say("news.why.uncounted")
    moved = _moved_by(term, indicator)
    if moved == 0 or _expected_way(term.surprise, verdict) * moved > 0:
        return ""
    own = term.indicator == indicator or _moved_by(term, term.indicator) * moved > 0
    return say("news.why.certain" if own else "news.why.others")


def _expected_way(surprise: Surprise, verdict: Verdict) -> float:
    """Return a number above zero for a figure that is better than expected, zero for as."""
    return gap(surprise) * _BETTER.get(verdict.target.comparator, 0)


def _moved_by(term: Term, indicator: str | None) -> float:
    if indicator is None:
        return term.all_clear or 0.0
    effect = term.on(indicator)
    return effect.probability if effect else 0.0


def _verdict_of(news: News, indicator: str) -> Verdict | None:
    verdicts = (*news.after.verdicts, *news.before.verdicts)
    return next((verdict for verdict in verdicts if verdict.indicator_id == indicator), None)
