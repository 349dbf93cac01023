"""Errors of plans a person can act on: of each its code, its line and the values in it."""

from __future__ import annotations

from forecasting.errors import OutlookError


class PartUnknown(OutlookError):
    """A part that no plan has, or that nobody has filled in."""

    template = "{part} is no part of the plan"


class PartRefused(OutlookError):
    """What is given of a part is not what its kind is."""

    template = "{part} is not as it should be: {problem}"
