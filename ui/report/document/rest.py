"""How the other indicators stand, beside the one that a report's lines are about."""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.outlook.outlook import HOPEFUL, Light, Verdict
from ui.language import Language, t, words
from ui.report.document import leaders
from ui.report.document.text import listed

HOPEFUL_PERCENT = round(HOPEFUL * 100)
"""From which percent on the rest is told by what it reaches at the least."""


def rest(others: Sequence[Verdict], language: Language) -> str:
    """Say how many have made it or not already, and how likely the others are; empty of none."""
    known = [verdict for verdict in others if verdict.known]
    ahead = [verdict for verdict in others if not verdict.known]
    if not known:
        return _ahead(ahead, language) if ahead else ""
    told_as = [t(f"lines.known.{_outcome(verdict)}", language) for verdict in known]
    count = len(others)
    if not ahead and len(set(told_as)) == 1:
        return t("lines.rest_known", language, count=count, known=told_as[0])
    told = [
        t("lines.known_count", language, count=told_as.count(word), known=word)
        for word in dict.fromkeys(told_as)
    ]
    if not ahead:
        return t("lines.rest_lights", language, count=count, lights=listed(told, language))
    if _by_lights(ahead):
        told += _lights(ahead, language)
        return t("lines.rest_lights", language, count=count, lights=listed(told, language))
    known_ones = t("format.comma", language).join(told)
    others_told = _remaining(ahead, language)
    return t("lines.rest_mixed", language, count=count, known=known_ones, ahead=others_told)


def _outcome(verdict: Verdict) -> str:
    """Return how a known year is told: met or missed, published or only known inside."""
    outcome = "met" if verdict.met else "missed"
    inside = "" if verdict.complete else "_flash"
    return outcome + inside + words.suffix(verdict.light is None)


def _by_lights(ahead: Sequence[Verdict]) -> bool:
    """Whether some are too doubtful to say what all of them reach at the least."""
    low = min(verdict.probability for verdict in ahead)
    judged = all(verdict.light is not None for verdict in ahead)
    return judged and leaders.steps(low) < HOPEFUL_PERCENT


def _ahead(ahead: Sequence[Verdict], language: Language) -> str:
    """Say how likely those are whose year is not known: by the least of them, or by lights."""
    count = len(ahead)
    if _by_lights(ahead):
        told = _lights(ahead, language)
        if len(told) == 1:
            light = t(f"lines.light.{ahead[0].light}", language)
            return t("lines.rest_light", language, count=count, light=light)
        return t("lines.rest_lights", language, count=count, lights=listed(told, language))
    low, high = (choose(verdict.probability for verdict in ahead) for choose in (min, max))
    if ahead[0].light is not None:
        return t("lines.rest", language, count=count, least=leaders.least(low, language))
    ends = [leaders.about(value, language) for value in (low, high)]
    key = "lines.rest_reference_one" if ends[0] == ends[1] else "lines.rest_reference"
    return t(key, language, count=count, low=ends[0], high=ends[1])


def _remaining(ahead: Sequence[Verdict], language: Language) -> str:
    """Say the same of what is left once those are counted whose year is known."""
    count = len(ahead)
    low, high = (choose(verdict.probability for verdict in ahead) for choose in (min, max))
    if ahead[0].light is not None:
        return t("lines.left", language, count=count, least=leaders.least(low, language))
    ends = [leaders.about(value, language) for value in (low, high)]
    key = "lines.left_reference_one" if ends[0] == ends[1] else "lines.left_reference"
    return t(key, language, count=count, low=ends[0], high=ends[1])


def _lights(ahead: Sequence[Verdict], language: Language) -> list[str]:
    shown = [verdict.light for verdict in ahead]
    return [
        t(
            "lines.light_count",
            language,
            count=shown.count(light),
            light=t(f"lines.light.{light}", language),
        )
        for light in Light
        if light in shown
    ]
