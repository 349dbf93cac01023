"""A search for numbers that can be computed back from those that are told.

It takes two documents of one shape, which differ in nothing but what must not be told. A formula
that yields the secret of the one must yield that of the other too: chance alone does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLOSE = 1e-9
"""Relative difference from which on two numbers are the same."""

Array = NDArray[np.float64]
Told = Mapping[str, float]
Pair = tuple[float, float]
Formula = Callable[[Array, Array], Array]


def numbers_told(values: object, place: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number in a document that is neither zero nor one, and where it stands."""
    if isinstance(values, dict):
        for key, entry in values.items():
            yield from numbers_told(entry, f"{place}.{key}")
    elif isinstance(values, list):
        for row, entry in enumerate(values):
            yield from numbers_told(entry, f"{place}.{row}")
    elif isinstance(values, float) and values not in (0.0, 1.0):
        yield place, values


@dataclass(frozen=True, slots=True)
class Published:
    """What a reader of two documents has.

    Attributes
    ----------
    moving
        Shape ``(2, n)``: numbers that depend on what is not told, and how the outlook with the
        scenario differs from that without.
    names
        What each of them is.
    fixed
        Every other number, rising.
    factors
        Products and ratios of up to three numbers that an arithmetic may hold, rising.
    """

    moving: Array
    names: tuple[str, ...]
    fixed: Array
    factors: Array

    @classmethod
    def of(cls, one: Told, other: Told, constants: Sequence[float]) -> Published:
        """Compare two documents.

        Parameters
        ----------
        constants
            What is known of the arithmetic beside the document: scales, shares, levels.
        """
        pairs = {place: (one[place], other[place]) for place in one if place in other}
        moving = {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}
        still = {place: pair[0] for place, pair in pairs.items() if place not in moving}
        apart = dict(_against_baseline(pairs))
        known = [value for place, value in still.items() if place.startswith(".scenario.")]
        factors = _products(_products(np.array([1.0]), [*known, *constants]), constants)
        return cls(
            np.array([*moving.values(), *apart.values()]).reshape(-1, 2).T,
            (*moving, *apart),
            np.unique(list(still.values())),
            _products(factors, known),
        )

    def recovered(self, secret: Pair) -> list[str]:
        """Return from what a secret can be computed, which is a number in either document."""
        found = []
        for name, needed, formula, others in (
            ("itself", lambda v, s: s, lambda v, c: v, np.array([secret[0]])),
            ("less", lambda v, s: v - s, lambda v, c: v - c, self.fixed),
            ("from", lambda v, s: s + v, lambda v, c: c - v, self.fixed),
            ("times", lambda v, s: s / v, lambda v, c: v * c, self.factors),
            ("under", lambda v, s: s * v, lambda v, c: c / v, self.factors),
        ):
            found += self._with_fixed(secret, name, needed, formula, others)
        return [*found, *self._with_moving(secret)]

    def _with_fixed(
        self, secret: Pair, name: str, needed: Formula, formula: Formula, others: Array
    ) -> Iterator[str]:
        if not len(others) or not len(self.names):
            return
        one, two = self.moving
        for shift in (-1, 0):
            with np.errstate(all="ignore"):
                place = np.searchsorted(others, needed(one, np.full(len(one), secret[0]))) + shift
                other = others[place.clip(0, len(others) - 1)]
                hit = _is(formula(one, other), secret[0]) & _is(formula(two, other), secret[1])
            for row in np.flatnonzero(hit):
                yield f"{self.names[row]} {name} {other[row]}"

    def _with_moving(self, secret: Pair) -> Iterator[str]:
        one, two = self.moving
        order = np.argsort(one)
        for name, needed, formula in (
            ("less", lambda v, s: v - s, lambda v, c: v - c),
            ("times", lambda v, s: s / v, lambda v, c: v * c),
            ("over", lambda v, s: v / s, lambda v, c: v / c),
        ):
            for shift in (-1, 0):
                with np.errstate(all="ignore"):
                    wanted = needed(one, np.full(len(one), secret[0]))
                    place = np.searchsorted(one[order], wanted) + shift
                    other = order[place.clip(0, len(order) - 1)]
                    hit = _is(formula(one, one[other]), secret[0])
                    hit &= _is(formula(two, two[other]), secret[1])
                for row in np.flatnonzero(hit):
                    yield f"{self.names[row]} {name} {self.names[other[row]]}"


def _products(numbers: Array, others: Sequence[float]) -> Array:
    """Return numbers, and each of them times and over each of the others."""
    by = np.array([other for other in others if other != 0])
    return np.unique(np.concatenate([numbers, np.outer(numbers, by), numbers[:, None] / by], None))


def _is(values: Array, secret: float) -> NDArray[np.bool_]:
    return np.asarray(np.abs(values - secret) <= CLOSE * abs(secret))


def _against_baseline(pairs: Mapping[str, Pair]) -> Iterator[tuple[str, Pair]]:
    """Yield by how much the outlook with the scenario differs from that without."""
    for place, pair in pairs.items():
        before = pairs.get(place.replace(".outlook.", ".baseline.", 1))
        if place.startswith(".outlook.") and before is not None:
            apart = (pair[0] - before[0], pair[1] - before[1])
            if apart[0] != apart[1] and 0 not in apart and all(map(math.isfinite, apart)):
                yield f"{place} against the baseline", apart
