"""What a scenario does, as a document of plain values and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forecasting.cli.outlook_json import QUANTILE_NAMES, Document, outlook_document
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import Applied, Effect, apply
from forecasting.scenario.arithmetic import Step
from forecasting.scenario.bottom_up import BottomUpAnswer, YearAnswer, bottom_up_answers
from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Amount, Entry, Pin, PointLever, Scenario
from forecasting.scenario.pins import Likelihood, Plausible, plausibility
from forecasting.scenario.projects import Project
from forecasting.scenario.risks import Risk, deductions


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """Everything that is told of a scenario.

    Attributes
    ----------
    before
        The outlook without it.
    plausible
        How plausible its pins are; None without any.
    bottom_up
        What its views from below say, those of a year that is known left out.
    """

    before: Outlook
    applied: Applied
    plausible: Plausible | None
    bottom_up: tuple[BottomUpAnswer, ...]


def account_of(baseline: Baseline, scenario: Scenario) -> Account:
    """Apply a scenario to a baseline and say what is to be said of it; errors as ``apply``."""
    return Account(
        before=outlook_of(baseline),
        applied=apply(baseline, scenario),
        plausible=plausibility(baseline, scenario.pins),
        bottom_up=bottom_up_answers(baseline, scenario),
    )


def scenario_document(account: Account) -> Document:
    """Return a scenario's outlook as an outlook's document, with what the scenario does.

    What it does stands under ``scenario``, which is left out where there is nothing to tell:
    then the document is that of the baseline to the last byte. Of a view from below it holds
    sums alone, and no figure of a single firm.
    """
    applied, scenario = account.applied, account.applied.scenario
    document = outlook_document(applied.outlook)
    if not scenario.silent:
        document["scenario"] = {
            "name": scenario.name,
            **_without(account.before),
            "effects": [_effect(effect) for effect in applied.effects],
            "without_effect": [named(entry) for entry in applied.without_effect],
            "pins": [_pin(pin) for pin in scenario.pins],
            "plausibility": _plausible(account.plausible) if account.plausible else None,
            "risks": _deductions(scenario.risks) if scenario.risks else None,
            "bottom_up": [_from_below(one) for one in account.bottom_up],
        }
    return document


def _without(before: Outlook) -> Document:
    """Return what the outlook says without the scenario."""
    together = before.all_clear
    return {
        "p_all_baseline": together.probability if together else None,
        "baseline": {
            verdict.indicator_id: {
                "probability": verdict.probability,
                "expected": verdict.quantiles.median,
            }
            for verdict in before.verdicts
        },
    }


def _pin(pin: Pin) -> Document:
    return {
        "indicator": pin.indicator,
        "quarter": str(pin.quarter) if pin.quarter else None,
        "cumulative": pin.cumulative,
        "growth": pin.growth,
    }


def _plausible(plausible: Plausible) -> Document:
    return {
        "each": [
            {
                "indicator": one.indicator,
                "growth": _likelihood(one.growth),
                "path": _likelihood(one.path),
            }
            for one in plausible.each
        ],
        "together": _likelihood(plausible.together),
    }


def _likelihood(likelihood: Likelihood) -> Document:
    return {"deviations": likelihood.deviations, "probability": likelihood.probability}


def _deductions(risks: tuple[Risk, ...]) -> Document:
    told = deductions(risks)
    return {
        "each": [
            {"name": risk.name, "line": risk.line, "expected": expected}
            for risk, expected in told.each
        ],
        "by_line": {str(line): expected for line, expected in told.by_line.items()},
        "total": told.total,
    }


def _from_below(told: BottomUpAnswer) -> Document:
    return {
        "indicator": told.indicator,
        "weight": told.weight,
        "level": told.level,
        "listed": told.listed,
        "projects": told.projects,
        "below": _year(told.below),
        "model": _year(told.model),
    }


def _year(told: YearAnswer) -> Document:
    return {
        "probability": told.probability,
        "quantiles": dict(zip(QUANTILE_NAMES, told.quantiles, strict=True)),
    }


def named(entry: Entry) -> Document:
    """Return what tells an entry from others."""
    match entry:
        case Lever():
            return {"entry": "lever", "kind": entry.kind, "name": entry.name}
        case Amount():
            return {"entry": "amount", "kind": entry.indicator, "name": entry.name}
        case PointLever():
            return {"entry": "point", "kind": entry.indicator, "name": entry.name}
        case Project():
            return {"entry": "project", "kind": entry.id, "name": entry.name}


def _effect(effect: Effect) -> Document:
    return {
        **named(effect.entry),
        "indicator": effect.indicator,
        "value": effect.value,
        "steps": [_step(step) for step in effect.steps],
        "unit": effect.unit,
        "amounts": list(effect.amounts),
        "known": effect.known,
        "later": effect.later,
        "level": effect.level,
        "points": list(effect.points),
        "points_of_year": sum(effect.points),
        "beyond_range": effect.beyond_range,
        "beyond_history": effect.beyond_history,
    }


def _step(step: Step) -> Document:
    return {
        "name": step.name,
        "value": step.value,
        "divides": step.power < 0,
        "source": step.source,
    }


def scenario_summary(account: Account) -> str:
    """Return what a scenario does as lines for a terminal."""
    applied, scenario = account.applied, account.applied.scenario
    if scenario.silent:
        return ""
    lines = []
    before, after = account.before.all_clear, applied.outlook.all_clear
    if before and after:
        lines.append(f"without the scenario: {before.probability:.3f}")
    lines += [
        f"{_label(effect.entry):40} {effect.indicator:32} {sum(effect.points):+6.2f} points"
        + (", beyond its usual range" if effect.beyond_range else "")
        + (", further than from any year to the next" if effect.beyond_history else "")
        for effect in applied.effects
        if any(effect.points)
    ]
    lines += [f"{_label(entry):40} no effect this year" for entry in applied.without_effect]
    lines += [*_pin_lines(account.plausible), *_below_lines(account.bottom_up)]
    if scenario.risks:
        total = deductions(scenario.risks).total
        lines.append(f"{'risks':40} {total:.2f} points of the assessment expected to be deducted")
    return "\n".join(lines) + "\n"


def _pin_lines(plausible: Plausible | None) -> Iterator[str]:
    """Yield how far out each pinned indicator lies, and where there are several all of them."""
    if plausible is None:
        return
    for one in plausible.each:
        yield f"{'pin ' + one.indicator:40} {_how_far(one.growth)}"
    if len(plausible.each) > 1:
        yield f"{'pins together':40} {_how_far(plausible.together)}"


def _how_far(likelihood: Likelihood) -> str:
    return (
        f"{likelihood.deviations:+.1f} standard deviations, "
        f"probability {likelihood.probability:.3g} of as far"
    )


def _below_lines(answers: tuple[BottomUpAnswer, ...]) -> Iterator[str]:
    """Yield what each view says beside the models: probability, median and 80% interval."""
    for one in answers:
        for who, said in (("below", one.below), ("models", one.model)):
            low, middle, high = said.quantiles.q10, said.quantiles.median, said.quantiles.q90
            yield (
                f"{'bottom-up ' + one.indicator + ', ' + who:52} {said.probability:.3f}  "
                f"{middle:6.1f} ({low:.1f} to {high:.1f}), weight "
                f"{one.weight if who == 'below' else 1 - one.weight:.2f}"
            )


def _label(entry: Entry) -> str:
    return " ".join(part for part in map(str, named(entry).values()) if part)
