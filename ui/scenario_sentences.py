"""What a scenario brings, in sentences: from which probability to which, and by what.

They are Markdown, as in ``sentences``: in a reference area they compare, without verdict words.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.indicator import Catalogue
from forecasting.outlook import Outlook, Verdict
from forecasting.scenario.effects import Applied
from forecasting.scenario.scenario import Scenario
from ui import format as fmt
from ui import headlines, words
from ui.messages import Language, t
from ui.messages.markdown import literal
from ui.scenario_changes import Moved, changes, listed
from ui.sentences import BREAK, weakest

MOST_NAMED = 3
"""Changes a headline names; of more it names two and counts all."""


def headline(
    before: Outlook,
    applied: Applied,
    catalogue: Catalogue,
    language: Language,
    *,
    against: Scenario | None = None,
) -> str:
    """Return the sentence that opens the page of a scenario: what it does, what that brings.

    Parameters
    ----------
    before
        What it is compared with: the baseline, or the outlook of the scenario ``against``.
    """
    outlook = applied.outlook
    if before.all_clear is None or outlook.all_clear is None:
        area = words.name(outlook.area.name, language)
        text = t("scenario_headline.none", language, area=area, year=outlook.year)
        return text.replace("|", BREAK)
    if outlook.known:
        key = "scenario_headline.complete" if outlook.published else "scenario_headline.known"
        return t(key, language, year=outlook.year).replace("|", BREAK)
    if outlook.lost:
        lost = headlines.headline(outlook, language)
        return t("scenario_headline.lost", language, told=lost).replace("|", BREAK)
    every = changes(against or Scenario(), applied.scenario, outlook.year, catalogue, language)
    told = [change for change in every if not change.basis]
    text = t(
        "scenario_headline.moved" if told else "scenario_headline.at_rest",
        language,
        changes=_foremost(told, applied, language),
        chance=_chance_of_all(outlook, language),
        moves=_movement(before, outlook, language),
        still=still(outlook.all_clear.probability, language),
    )
    return text.replace("|", BREAK)


def _foremost(told: Sequence[Moved], applied: Applied, language: Language) -> str:
    """Name the changes that move most: pins first, since all others follow them."""
    ranked = sorted(told, key=lambda change: (not change.pin, -_size(change, applied)))
    if len(ranked) <= MOST_NAMED:
        return listed([change.text for change in ranked], language)
    named = listed([change.text for change in ranked[:2]], language)
    return t("scenario_headline.many", language, named=named, count=len(ranked))


def _size(change: Moved, applied: Applied) -> float:
    """Return how far a change moves the indicators that count, in points of the year."""
    counted = {verdict.indicator_id for verdict in applied.outlook.counted}
    return change.share * sum(
        abs(sum(effect.points))
        for effect in applied.effects
        if effect.entry in change.entries and effect.indicator in counted
    )


def _chance_of_all(outlook: Outlook, language: Language) -> str:
    """Say of what a probability is: 全部超过7%的把握."""
    counted, total = outlook.counted, outlook.targets_in_all
    kind = "all" if len(counted) == total else "some"
    if len(counted) == 1:
        kind = "one"
    return t(
        f"scenario_chance.{kind}{_suffix(outlook)}",
        language,
        name=words.name(counted[0].history.indicator.name, language),
        count=len(counted),
        clause=words.common_clause(counted, language),
    )


def _movement(before: Outlook, after: Outlook, language: Language) -> str:
    """Say from where to where the probability of all moves, in tenths where these differ."""
    assert before.all_clear is not None
    assert after.all_clear is not None
    old, new = before.all_clear.probability, after.all_clear.probability
    tenths = [fmt.cheng(value, language) for value in (old, new)]
    percents = [percent_of(value, language) for value in (old, new)]
    direction = "rise" if new > old else "fall"
    if tenths[0] != tenths[1]:
        key = f"scenario_move.{direction}"
        return t(key, language, before=tenths[0], after=tenths[1])
    if percents[0] != percents[1]:
        key = f"scenario_move.{direction}_within"
        return t(key, language, before=percents[0], after=percents[1], still=still(new, language))
    return still(new, language)


def still(probability: float, language: Language) -> str:
    """Say that a probability is what it was, in tenths: 仍为约四成."""
    band = "above" if probability >= 0.9 else ("below" if fmt.rare(probability) else "within")
    return t(f"scenario_still.{band}", language, cheng=fmt.cheng(probability, language))


def probability_line(
    before: Outlook, after: Outlook, language: Language, *, against: str | None = None
) -> str:
    """Say both probabilities at 1% with their lights, and the difference as shown.

    Parameters
    ----------
    against
        Name of the scenario that ``before`` is of; None is the baseline.
    """
    if before.all_clear is None or after.all_clear is None or after.lost:
        return ""
    ends = (before.all_clear.probability, after.all_clear.probability)
    return t(
        "scenario_line.probability",
        language,
        name=t("scenario_label.baseline", language) if against is None else literal(against),
        before=_percent_and_light(before, language),
        after=_percent_and_light(after, language),
        step=step_of(*ends, language),
    )


def _percent_and_light(outlook: Outlook, language: Language) -> str:
    assert outlook.all_clear is not None
    percent = percent_of(outlook.all_clear.probability, language)
    if outlook.light is None:
        return percent
    return t(
        "scenario_line.with_light",
        language,
        percent=percent,
        light=words.light(outlook.light, language),
    )


def step_of(before: float, after: float, language: Language) -> str:
    """Say by how many whole points a probability moves, so that shown figures add up."""
    points = fmt.hundredths(after) - fmt.hundredths(before)
    if points:
        key = "scenario_step.up" if points > 0 else "scenario_step.down"
        return t(key, language, points=abs(points))
    key = "scenario_step.same" if before == after else "scenario_step.hardly"
    return t(key, language)


def times_line(before: Outlook, after: Outlook, language: Language) -> str:
    """Say how often in a hundred years alike all are met, before and after."""
    if before.all_clear is None or after.all_clear is None or after.lost:
        return ""
    old, new = before.all_clear.probability, after.all_clear.probability
    told = [_times(value, language) for value in (old, new)]
    direction = "same" if told[0] == told[1] else ("up" if new > old else "down")
    return t(f"scenario_line.times_{direction}", language, before=told[0], after=told[1])


def _times(probability: float, language: Language) -> str:
    if 0.01 <= probability <= 0.99:
        return t("scenario_line.times", language, times=fmt.hundredths(probability))
    end = "below" if probability < 0.01 else "above"
    return t(f"scenario_line.times_{end}", language)


def percent_of(probability: float, language: Language) -> str:
    """Write a probability at 1% where it is read aloud: 99%以上 instead of >99%."""
    if 0.01 <= probability <= 0.99:
        return fmt.probability(probability)
    end = "below" if probability < 0.01 else "above"
    return t(f"scenario_line.percent_{end}", language)


def weakest_line(before: Outlook, after: Outlook, language: Language) -> str:
    """Say which indicator holds all back now, and whether that is another one."""
    old, new = weakest(before), weakest(after)
    if old is None or new is None or after.all_clear is None or after.all_clear.weakest is None:
        return ""
    if after.lost:
        return ""
    kind = "same" if old.indicator_id == new.indicator_id else "other"
    return t(
        f"scenario_line.weakest_{kind}{_suffix(after)}",
        language,
        before=words.name(old.history.indicator.name, language),
        after=words.name(new.history.indicator.name, language),
        then=percent_of(after.all_clear.weakest.probability_if_cleared, language),
    )


def verdict_line(before: Verdict, after: Verdict, language: Language) -> str:
    """Say how one indicator's probability and expected growth move: the text of its panel."""
    if after.known:
        return t(
            f"scenario_line.verdict_{'complete' if after.complete else 'known'}",
            language,
            name=words.name(after.history.indicator.name, language),
            growth=fmt.growth(after.quantiles[3], language),
        )
    values = {
        "name": words.name(after.history.indicator.name, language),
        "before": percent_of(before.probability, language),
        "after": percent_of(after.probability, language),
        "old": fmt.percent(before.quantiles[3]),
        "new": fmt.percent(after.quantiles[3]),
        "light": words.light(after.light, language) if after.light else "",
    }
    moved = values["before"] != values["after"] or values["old"] != values["new"]
    kind = "verdict" if after.light else "verdict_reference"
    return t(f"scenario_line.{kind}{'' if moved else '_same'}", language, **values)


def comparison(before: Outlook, others: Sequence[tuple[str, Applied]], language: Language) -> str:
    """Say which of several scenarios brings most, and by how much over the baseline.

    Parameters
    ----------
    others
        Their names, and what they come to.
    """
    told = [(name, one.outlook) for name, one in others if one.outlook.all_clear is not None]
    if before.all_clear is None or not told:
        return ""
    suffix = _suffix(before)

    def probability(entry: tuple[str, Outlook]) -> float:
        return entry[1].all_clear.probability if entry[1].all_clear else 0.0

    best, worst = max(told, key=probability), min(told, key=probability)
    values = {
        "count": len(told),
        "best": literal(best[0]),
        "best_chance": percent_of(probability(best), language),
        "worst": literal(worst[0]),
        "worst_chance": percent_of(probability(worst), language),
        "baseline": percent_of(before.all_clear.probability, language),
        "step": step_of(before.all_clear.probability, probability(best), language),
    }
    if len(told) == 1:
        key = "one"
    else:
        key = "level" if values["best_chance"] == values["worst_chance"] else "several"
    return t(f"scenario_comparison.{key}{suffix}", language, **values)


def differences(
    before: Scenario, after: Scenario, year: int, catalogue: Catalogue, language: Language
) -> str:
    """Say in one sentence what differs between two scenarios."""
    told = changes(before, after, year, catalogue, language)
    if not told:
        return t("scenario_comparison.alike", language)
    phrases = [change.text for change in told]
    return t("scenario_comparison.differences", language, changes=listed(phrases, language))


def _suffix(outlook: Outlook) -> str:
    return "_reference" if outlook.area.reference else ""
