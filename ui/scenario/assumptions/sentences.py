"""What stands beside a scenario without being a dial: views from below, and the risk register."""

from __future__ import annotations

from forecasting.figures.indicator import Catalogue
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.bottom_up import BottomUpAnswer
from forecasting.scenario.risks import Constraint, Deductions
from ui.language import Language, t, words
from ui.language import format as fmt
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
            name=constraint_name(line, language),
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


def constraint_name(line: Constraint, language: Language) -> str:
    """Return the name of a line of the plan that limits the others."""
    return t(f"risk_line.{line}", language)


def template_name(code: str, language: Language) -> str:
    """Return the name of a risk that a published measure deducts for."""
    return t(f"risk_template.{code}", language)
