"""Lights: the word that a probability stands for, and where one ends and the next begins."""

from __future__ import annotations

from enum import StrEnum


class Light(StrEnum):
    """The light of a verdict; MET and MISSED only after publication."""

    ACHIEVABLE = "achievable"
    HOPEFUL = "hopeful"
    PRESSED = "pressed"
    HARD = "hard"
    MET = "met"
    MISSED = "missed"


LIGHT_BOUNDS = (0.3, 0.6, 0.9)
"""Probabilities from which on a light is the next of ``OPEN_LIGHTS``."""


OPEN_LIGHTS = (Light.HARD, Light.PRESSED, Light.HOPEFUL, Light.ACHIEVABLE)
"""Lights of a year that is not published, the least likely first."""


HOPEFUL = LIGHT_BOUNDS[OPEN_LIGHTS.index(Light.HOPEFUL) - 1]
"""From which probability on a light is hopeful or better."""


def light_of(probability: float, *, complete: bool) -> Light:
    """Return the light of a probability, or of an outcome once the year is published."""
    if complete:
        return Light.MET if probability >= 0.5 else Light.MISSED
    return OPEN_LIGHTS[sum(probability >= bound for bound in LIGHT_BOUNDS)]
