"""What is said of views from below, of the risk register, and of how plausible pins are.

What follows a pin is no effect of it, which a note says.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.figures.indicator import Catalogue
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.bottom_up import BottomUpAnswer
from forecasting.scenario.model import Pin
from forecasting.scenario.pins import (
    RARER_THAN,
    Commonness,
    JointPlausibility,
    Likelihood,
    Plausibility,
    commonness,
)
from forecasting.scenario.risks import Deductions
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.scenario.sentences import pin_growth
from ui.scenario.terms import indicator_name, level, points, rounded


def bottom_up_sentence(
    answer: BottomUpAnswer, outlook: Outlook, catalogue: Catalogue, say: Speaker
) -> str:
    """Say what a view from below comes to, what the models do, and which weight it has."""
    suffix = words.suffix(outlook.area.reference)
    unit = catalogue[answer.indicator].unit
    low, high = answer.below.quantiles.q10, answer.below.quantiles.q90
    values = {
        "name": indicator_name(answer.indicator, catalogue, say),
        "listed": "",
        "below": fmt.expected_growth(answer.below.quantiles.median, say),
        "interval": fmt.growth_interval(low, high, say),
        "below_chance": fmt.chance(answer.below.probability, say),
        "model": fmt.expected_growth(answer.model.quantiles.median, say),
        "model_chance": fmt.chance(answer.model.probability, say),
    }
    if answer.listed is not None:
        values["listed"] = say(
            "bottom_up.listed", level=level(answer.level, unit, say), share=fmt.share(answer.listed)
        )
    parts = [say(f"bottom_up.views{suffix}", **values)]
    if answer.projects:
        added = points(answer.projects, say, signed=True)
        parts.append(say("bottom_up.projects", points=added))
    key = "bottom_up.weight" if answer.weight else "bottom_up.no_weight"
    parts.append(say(key, weight=fmt.share(answer.weight)))
    return say("format.between_sentences").join(parts)


def risks_sentence(found: Deductions, say: Speaker) -> str:
    """Say how many points are expected to be deducted, and by which lines."""
    if not found.each:
        return say("risk.none")
    lines = [
        say("risk.line", name=say(f"risk_line.{line}"), points=deducted(total, say))
        for line, total in found.by_line.items()
        if total
    ]
    return say(
        "risk.sentence",
        count=len(found.each),
        total=deducted(found.total, say),
        lines=say("format.comma").join(lines) or say("risk.no_line"),
    )


def deducted(value: float, say: Speaker) -> str:
    """Write points of an assessment: 0.6分."""
    text = rounded(value)
    return say("risk.points", figure=text, count=value)


FAR = 8.0
"""Standard deviations beyond which nobody needs to know how many."""


NEAR = 0.1
"""Standard deviations within which something is as expected."""


_ORDER = list(Commonness)


def plausibility_lines(
    found: JointPlausibility | None,
    pins: Sequence[Pin],
    year: int,
    catalogue: Catalogue,
    say: Speaker,
) -> list[str]:
    """Say how plausible each pinned indicator is alone, and then all pins together."""
    if found is None:
        return []
    lines = []
    for one in found.each:
        own = [pin for pin in pins if pin.indicator == one.indicator]
        lines.append(_one(one, own, year, catalogue, say))
    if len(found.each) > 1:
        lines.append(_together(found, say))
    return lines


def _one(
    found: Plausibility, pins: Sequence[Pin], year: int, catalogue: Catalogue, say: Speaker
) -> str:
    name = indicator_name(found.indicator, catalogue, say)
    what = [pin_growth(pin, year, say) for pin in pins]
    near = abs(found.growth.deviations) < NEAR
    text = say(
        "plausible.near" if near else "plausible.one",
        name=name,
        growth=say("format.comma").join(what),
        distance=_distance(found.growth, say),
        often=often(found.growth, say),
        word=say(f"plausible.word_{commonness(found.growth)}"),
    )
    growth, path = commonness(found.growth), commonness(found.path)
    if _ORDER.index(path) > _ORDER.index(growth):
        text += say("format.between_sentences") + say(
            "plausible.path", often=often(found.path, say), word=say(f"plausible.word_{path}")
        )
    return text


def _together(found: JointPlausibility, say: Speaker) -> str:
    worst = max(_ORDER.index(commonness(one.path)) for one in found.each)
    all_ = commonness(found.together)
    key = "plausible.together_worse" if _ORDER.index(all_) > worst else "plausible.together"
    return say(
        key,
        count=len(found.each),
        often=often(found.together, say),
        word=say(f"plausible.word_{all_}"),
    )


def _distance(likelihood: Likelihood, say: Speaker) -> str:
    far = abs(likelihood.deviations)
    side = "above" if likelihood.deviations > 0 else "below"
    key = f"plausible.{side}_far" if far > FAR else f"plausible.{side}"
    return say(key, deviations=fmt.figure(min(far, FAR)), most=f"{FAR:g}")


def often(likelihood: Likelihood, say: Speaker) -> str:
    """Say how often something strays as far: 约14次中1次."""
    probability = likelihood.probability
    if probability < 1e-4:
        return say("plausible.hardly")
    if probability >= 0.15:
        tenths = round(10 * probability)  # no chance of a target: no light's bound to keep to
        key = f"cheng.{tenths}" if tenths < 9 else "cheng.above"
        return say("plausible.of_ten", cheng=say(key))
    return say("plausible.one_in", times=f"{_two_digits(1 / probability):,}")


def _two_digits(times: float) -> int:
    """Round to two digits, which is as much as such a statement bears."""
    return round(float(f"{times:.2g}"))


def thresholds_note(say: Speaker) -> str:
    """Say from where on which word is used."""
    return say(
        "plausible.thresholds",
        **{name: f"{round(1 / bound):,}" for name, bound in RARER_THAN.items()},
    )
