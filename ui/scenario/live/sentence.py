"""The sentence that opens the page of a scenario, in templates that the browser fills.

``sentence.js`` writes with them what ``headline`` says of the same setting: the changes by what
they move, the most first, and how far that brings the probability of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from forecasting.figures.indicator import Catalogue
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import Applied
from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Amount, PointLever, Scenario, Turnable
from forecasting.scenario.response import at_rest
from ui.language import Speaker, catalogue
from ui.scenario.sentences import MOST_NAMED, chance_of_all, changes, largest_effect, turns
from ui.scenario.terms import AmountForm, amount_forms

_MESSAGES = {
    "moved": "scenario_headline.moved",
    "at_rest": "scenario_headline.at_rest",
    "many": "scenario_headline.many",
    "two": "scenario_list.two",
    "comma": "format.comma",
    "percent_below": "scenario_line.percent_below",
    "percent_above": "scenario_line.percent_above",
}
_SECTIONS = {"moves": "scenario_move.", "still": "scenario_still.", "cheng": "cheng."}


def sentence(
    before: Outlook,
    applied: Applied,
    dials: Mapping[str, Turnable],
    indicators: Catalogue,
    say: Speaker,
) -> dict[str, Any] | None:
    """Return the templates; None where no turning changes what the page opens with.

    Parameters
    ----------
    applied
        The scenario, wherever its dials stand: what it does beside them is the same.
    dials
        By the names of their sliders.
    """
    outlook = applied.outlook
    if before.all_clear is None or outlook.all_clear is None or outlook.known or outlook.lost:
        return None
    say, messages = say.plain, catalogue(say.language)
    beside = at_rest(applied.scenario)
    fixed = [
        {
            "text": change.text,
            "effect": largest_effect(change, applied),
            "pin": change.pin,
        }
        for change in changes(Scenario(), beside, outlook.year, indicators, say)
        if not change.basis
    ]
    return {
        **{name: messages[key] for name, key in _MESSAGES.items()},
        **{
            name: {key[len(start) :]: messages[key] for key in messages if key.startswith(start)}
            for name, start in _SECTIONS.items()
        },
        "named": MOST_NAMED,
        "chance": chance_of_all(outlook, say),
        "fixed": fixed,
        "turns": {name: _turned(dial, indicators, say) for name, dial in dials.items()},
    }


def _turned(dial: Turnable, indicators: Catalogue, say: Speaker) -> dict[str, Any]:
    up, down = turns(dial, indicators, say)
    points = isinstance(dial, Amount) and dial.points
    forms = _forms(dial, indicators, say)
    return {"up": up, "down": down, "points": points, "forms": [asdict(form) for form in forms]}


def _forms(dial: Turnable, indicators: Catalogue, say: Speaker) -> tuple[AmountForm, ...]:
    match dial:
        case Lever():
            return amount_forms(dial.rule.unit, say)
        case Amount(points=True):
            return (AmountForm(0.0, 1.0, catalogue(say.language)["quantity.points"]),)
        case Amount():
            return amount_forms(indicators[dial.indicator].unit, say)
        case PointLever():
            return (AmountForm(0.0, 1.0, "{figure}"),)
