"""How plausible assumed growth is, in words, and that what follows it is no cause."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from forecasting.figures.indicator import Catalogue
from forecasting.scenario.model import Pin
from forecasting.scenario.pins import Likelihood, Plausibility, Plausible
from ui.language import Language, t
from ui.language import format as fmt
from ui.scenario.sentences import pin_growth
from ui.scenario.terms import indicator_name

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
    found: Plausible | None,
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
        word=word(commonness(found.growth), language),
    )
    growth, path = commonness(found.growth), commonness(found.path)
    if _ORDER.index(path) > _ORDER.index(growth):
        text += t("format.between_sentences", language) + t(
            "plausible.path",
            language,
            often=often(found.path, language),
            word=word(path, language),
        )
    return text


def _together(found: Plausible, language: Language) -> str:
    worst = max(_ORDER.index(commonness(one.path)) for one in found.each)
    all_ = commonness(found.together)
    key = "plausible.together_worse" if _ORDER.index(all_) > worst else "plausible.together"
    return t(
        key,
        language,
        count=len(found.each),
        often=often(found.together, language),
        word=word(all_, language),
    )


def _distance(likelihood: Likelihood, language: Language) -> str:
    """Say how far above or below what is expected something lies."""
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


def word(value: Commonness, language: Language) -> str:
    """Return the word for how common something is."""
    return t(f"plausible.word_{value}", language)


def thresholds_note(language: Language) -> str:
    """Say from where on which word is used."""
    return t(
        "plausible.thresholds",
        language,
        **{name: f"{round(1 / bound):,}" for name, bound in RARER_THAN.items()},
    )


def association_note(language: Language) -> str:
    """Say that what other indicators then do is association and not cause."""
    return t("plausible.association", language)
