"""Errors of areas a person can act on: of each its code, its line and the values in it."""

from __future__ import annotations

from forecasting.errors import OutlookError


class AreaError(OutlookError):
    """Base of what may be wrong with an area."""


class AreaUnnamed(AreaError):
    template = "an area needs a name"


class AreaThere(AreaError):
    template = "{name} is an area already"


class AreaAmbiguous(AreaError):
    template = "{name} may be {places}: name it with the place it lies in"


class PlaceUnknown(AreaError):
    """The directory of places of China, by which areas are added by name, lists no such name."""

    template = "no place of China is called {name}: say of which kind it is, and where it lies"


class UnknownArea(AreaError):
    """No area of the store has one of these ids."""

    template = "no area has the id {ids}: python -m data areas list shows the ids there are"


class AreaMisplaced(AreaError):
    template = "{name} cannot lie in {parent}"


class HomeIsNoZone(AreaError):
    template = "{name} is no zone: only a zone is what this installation serves"
