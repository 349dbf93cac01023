"""What a scenario brings, in sentences: from which probability to which, and by what.

They are Markdown, as in ``sentences``: in a reference area they compare, without verdict words.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.figures.indicator import Catalogue
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import Applied
from forecasting.scenario.model import Scenario
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.language.markdown import literal
from ui.outlook import headlines
from ui.outlook.sentences import BREAK
from ui.scenario.changes import Moved, changes, listed

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
        f"scenario_chance.{kind}{words.suffix(outlook.area.reference)}",
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
    band = "above" if fmt.sure(probability) else ("below" if fmt.rare(probability) else "within")
    return t(f"scenario_still.{band}", language, cheng=fmt.cheng(probability, language))


def step_of(before: float, after: float, language: Language) -> str:
    """Say by how many whole points a probability moves, so that shown figures add up."""
    points = fmt.hundredths(after) - fmt.hundredths(before)
    if points:
        key = "scenario_step.up" if points > 0 else "scenario_step.down"
        return t(key, language, points=abs(points))
    key = "scenario_step.same" if before == after else "scenario_step.hardly"
    return t(key, language)


def percent_of(probability: float, language: Language) -> str:
    """Write a probability at 1% where it is read aloud: 99%以上 instead of >99%."""
    if 0.01 <= probability <= 0.99:
        return fmt.probability(probability)
    end = "below" if probability < 0.01 else "above"
    return t(f"scenario_line.percent_{end}", language)


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
    suffix = words.suffix(before.area.reference)

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
