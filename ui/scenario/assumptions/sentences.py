"""What is said of views from below, of the risk register, and of how plausible pins are.

What follows a pin is no effect of it, which a note says.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from forecasting.figures.indicator import Catalogue
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.bottom_up import BottomUpAnswer
from forecasting.scenario.model import Pin
from forecasting.scenario.pins import JointPlausibility, Likelihood, Plausibility
from forecasting.scenario.risks import Deductions
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.scenario.sentences import pin_growth
from ui.scenario.terms import indicator_name, level, points, rounded


def bottom_up_sentence(
    answer: BottomUpAnswer, outlook: Outlook, catalogue: Catalogue, language: Language
) -> str:
    """Say what a view from below comes to, what the models do, and which weight it has."""
    suffix = words.suffix(outlook.area.reference)
    unit = catalogue[answer.indicator].unit
    low, high = answer.below.quantiles.q10, answer.below.quantiles.q90
    values = {
        "name": indicator_name(answer.indicator, catalogue, language),
        "listed": "",
        "below": fmt.expected_growth(answer.below.quantiles.median, language),
        "interval": fmt.interval(low, high, language, unit="%"),
        "below_chance": fmt.chance(answer.below.probability, language),
        "model": fmt.expected_growth(answer.model.quantiles.median, language),
        "model_chance": fmt.chance(answer.model.probability, language),
    }
    if answer.listed is not None:
        values["listed"] = t(
            "bottom_up.listed",
            language,
            level=level(answer.level, unit, language),
            share=fmt.share(answer.listed),
        )
    parts = [t(f"bottom_up.views{suffix}", language, **values)]
    if answer.projects:
        added = points(answer.projects, language, signed=True)
        parts.append(t("bottom_up.projects", language, points=added))
    key = "bottom_up.weight" if answer.weight else "bottom_up.no_weight"
    parts.append(t(key, language, weight=fmt.share(answer.weight)))
    return t("format.between_sentences", language).join(parts)


def risks_sentence(found: Deductions, language: Language) -> str:
    """Say how many points are expected to be deducted, and by which lines."""
    if not found.each:
        return t("risk.none", language)
    lines = [
        t(
            "risk.line",
            language,
            name=t(f"risk_line.{line}", language),
            points=deducted(total, language),
        )
        for line, total in found.by_line.items()
        if total
    ]
    return t(
        "risk.sentence",
        language,
        count=len(found.each),
        total=deducted(found.total, language),
        lines=t("format.comma", language).join(lines) or t("risk.no_line", language),
    )


def deducted(value: float, language: Language) -> str:
    """Write points of an assessment: 0.6分."""
    text = rounded(value)
    return t("risk.points", language, figure=text, count=value)


RARER_THAN = {"unusual": 1 / 5, "rare": 1 / 20, "impossible": 1 / 1000}
"""Probability of straying at least as far, below which a word is used."""
FAR = 8.0
"""Standard deviations beyond which nobody needs to know how many."""


NEAR = 0.1
"""Standard deviations within which something is as expected."""


class Commonness(StrEnum):
    """How often something strays as far, in a word."""

    ORDINARY = "ordinary"
    UNUSUAL = "unusual"
    RARE = "rare"
    IMPOSSIBLE = "impossible"


_ORDER = list(Commonness)


def commonness(likelihood: Likelihood) -> Commonness:
    """Return the word for a likelihood."""
    found = Commonness.ORDINARY
    for word, bound in RARER_THAN.items():
        if likelihood.probability < bound:
            found = Commonness(word)
    return found


def plausibility_lines(
    found: JointPlausibility | None,
    pins: Sequence[Pin],
    year: int,
    catalogue: Catalogue,
    language: Language,
) -> list[str]:
    """Say how plausible each pinned indicator is alone, and then all pins together."""
    if found is None:
        return []
    lines = []
    for one in found.each:
        own = [pin for pin in pins if pin.indicator == one.indicator]
        lines.append(_one(one, own, year, catalogue, language))
    if len(found.each) > 1:
        lines.append(_together(found, language))
    return lines


def _one(
    found: Plausibility, pins: Sequence[Pin], year: int, catalogue: Catalogue, language: Language
) -> str:
    name = indicator_name(found.indicator, catalogue, language)
    what = [pin_growth(pin, year, language) for pin in pins]
    near = abs(found.growth.deviations) < NEAR
    text = t(
        "plausible.near" if near else "plausible.one",
        language,
        name=name,
        growth=t("format.comma", language).join(what),
        distance=_distance(found.growth, language),
        often=often(found.growth, language),
        word=t(f"plausible.word_{commonness(found.growth)}", language),
    )
    growth, path = commonness(found.growth), commonness(found.path)
    if _ORDER.index(path) > _ORDER.index(growth):
        text += t("format.between_sentences", language) + t(
            "plausible.path",
            language,
            often=often(found.path, language),
            word=t(f"plausible.word_{path}", language),
        )
    return text


def _together(found: JointPlausibility, language: Language) -> str:
    worst = max(_ORDER.index(commonness(one.path)) for one in found.each)
    all_ = commonness(found.together)
    key = "plausible.together_worse" if _ORDER.index(all_) > worst else "plausible.together"
    return t(
        key,
        language,
        count=len(found.each),
        often=often(found.together, language),
        word=t(f"plausible.word_{all_}", language),
    )


def _distance(likelihood: Likelihood, language: Language) -> str:
    far = abs(likelihood.deviations)
    side = "above" if likelihood.deviations > 0 else "below"
    key = f"plausible.{side}_far" if far > FAR else f"plausible.{side}"
    return t(key, language, deviations=fmt.figure(min(far, FAR)), most=f"{FAR:g}")


def often(likelihood: Likelihood, language: Language) -> str:
    """Say how often something strays as far: 约14次中1次."""
    probability = likelihood.probability
    if probability < 1e-4:
        return t("plausible.hardly", language)
    if probability >= 0.15:
        return t("plausible.of_ten", language, times=min(10, round(10 * probability)))
    return t("plausible.one_in", language, times=f"{_two_digits(1 / probability):,}")


def _two_digits(times: float) -> int:
    """Round to two digits, which is as much as such a statement bears."""
    return round(float(f"{times:.2g}"))


def thresholds_note(language: Language) -> str:
    """Say from where on which word is used."""
    return t(
        "plausible.thresholds",
        language,
        **{name: f"{round(1 / bound):,}" for name, bound in RARER_THAN.items()},
    )
