"""What a scenario does, as a document of plain values and as lines for a terminal."""

from __future__ import annotations

from forecasting.document import Document, outlook_document
from forecasting.outlook import Outlook
from forecasting.scenario.effects import Applied, Effect
from forecasting.scenario.entries import Amount, PointLever, Project
from forecasting.scenario.levers import Lever
from forecasting.scenario.parts import Step
from forecasting.scenario.scenario import Entry


def scenario_document(baseline: Outlook, applied: Applied) -> Document:
    """Return a scenario's outlook as an outlook's document, with what the scenario does.

    What it does stands under ``scenario``, which is left out where nothing changes: then the
    document is that of the baseline to the last byte.
    """
    document = outlook_document(applied.outlook)
    if not applied.scenario.empty:
        together = baseline.all_clear
        document["scenario"] = {
            "name": applied.scenario.name,
            "p_all_baseline": together.probability if together else None,
            "baseline": {
                verdict.indicator_id: {
                    "probability": verdict.probability,
                    "expected": verdict.quantiles[3],
                }
                for verdict in baseline.verdicts
            },
            "effects": [_effect(effect) for effect in applied.effects],
            "without_effect": [named(entry) for entry in applied.without_effect],
            "pins": [
                {
                    "indicator": pin.indicator,
                    "quarter": str(pin.quarter) if pin.quarter else None,
                    "growth": pin.growth,
                }
                for pin in applied.scenario.pins
            ],
        }
    return document


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


def scenario_summary(baseline: Outlook, applied: Applied) -> str:
    """Return what a scenario does as lines for a terminal."""
    if applied.scenario.empty:
        return ""
    lines = []
    before, after = baseline.all_clear, applied.outlook.all_clear
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
    return "\n".join(lines) + "\n"


def _label(entry: Entry) -> str:
    return " ".join(part for part in map(str, named(entry).values()) if part)
