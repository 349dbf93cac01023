"""The three big things as the plan names them, and what is filled in of each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

import msgspec

from data.plan import documents
from data.settings import ROOT
from data.store.plans import Plans
from forecasting.figures.indicator import Names
from forecasting.plan.claims import Claim, ClaimQuantity

CLAIM = "claim"
"""The kind of the parts of a plan that hold a claim."""


@dataclass(frozen=True, slots=True)
class BigThing:
    """One of the three, in the words of the plan, with the indicators that we read into it."""

    id: str
    name: Names
    indicators: tuple[str, ...]

    @property
    def part(self) -> str:
        """The part of a plan that holds what is filled in of it."""
        return f"{CLAIM}/{self.id}"

    @property
    def unfilled(self) -> Claim:
        """The claim before anybody has filled anything in: its indicators and no more."""
        return Claim(quantities=tuple(ClaimQuantity(indicator=one) for one in self.indicators))


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """What is filled in of a big thing, and the version of it; 0 where nothing is."""

    thing: BigThing
    claim: Claim
    version: int
    author: str = ""


@cache
def big_things() -> tuple[BigThing, ...]:
    """Return the three in the order of the plan."""
    plan = tomllib.loads((ROOT / "seeds" / "plan.toml").read_text("utf-8"))
    return tuple(
        BigThing(one["id"], Names(one["zh"], one["en"]), tuple(one["indicators"]))
        for one in plan["three_big_things"]
    )


def stored_claims(plans: Plans, area: str) -> tuple[StoredClaim, ...]:
    """Return what is filled in of each of the three for an area."""
    claims = []
    for thing in big_things():
        part = plans.latest(area, thing.part)
        if part is None or part.removed:
            version = part.version if part else 0
            claims.append(StoredClaim(thing, thing.unfilled, version))
        else:
            claim = documents.read(part, Claim)
            claims.append(StoredClaim(thing, claim, part.version, part.author))
    return tuple(claims)


def read_claim(text: str) -> Claim:
    """Read a claim as TOML, as the sample zone's are.

    Raises
    ------
    msgspec.ValidationError
        If it is not as it should be.
    """
    return msgspec.convert(tomllib.loads(text), Claim)
