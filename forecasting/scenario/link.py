"""A scenario as one short text for an address: its document, deflated, in base64url.

It says of which area and year the scenario is: an amount of a zone means nothing in a nation.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Collection
from dataclasses import dataclass

from forecasting.errors import LinkTooLong, ScenarioRefused
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario, write_scenario

MOST_BYTES = 256 * 1024
"""Of a document in an address: nothing longer is written, and no more than that unpacked."""
PACKING = "a"
"""First letter of what is written: the document after a line with its year and area.

It says how the rest is packed. Another way of packing, another dictionary included, takes the
next letter and leaves this one readable. The schema of the document is inside and goes its own
way.
"""
_MOST_HEAD = 1024
"""Bytes of that line."""
# What documents have in common (RFC 1950, preset dictionary), the most frequent last. Links stand
# on every byte of it: it never changes.
_DICTIONARY = b"""\
whatever note = "unmoved = [""gdp"trade_total"freight_trains"foreign_capital"land_supply"
producer_prices"stoppage"firms_raised"technical_transformation_investment"[levels]
blocking = "owner = "retained = 0.375
delay = [1.0]
value_added_rate = 0.186
tax = 0.0
start_probability = 1.0
industrial = true
completion = { 2025 = 2026 = 2027 = assumptions = { weight = start_rate = reach = probability = 
recorded = "producing = "counted = "signed = "started = "stage = "introduced"at_capacity"
[[project]]
id = "total_investment = 0.0
output = 0.0
size = spread = 0.0
source = "estimated"judgement"
points = false
growth = quarter = "industrial_value_added"industrial_output"industrial_operating_revenue"
general_public_budget_revenue"tax_revenue"industrial_investment"fixed_asset_investment"
[[pin]]
[[point]]
[[amount]]
indicator = "signed_investment"new_starts"project_output"top_firms_output"
name = "start = "2025Q2026Q2027Q1"
lag = 0
one_off = false
ramp = [1.0]

[[lever]]
kind = "schema = 1
"""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a text of an address says.

    Attributes
    ----------
    area, year
        Whose scenario it is; None where an address holds none.
    """

    scenario: Scenario
    area: str | None = None
    year: int | None = None


def short_text(scenario: Scenario, area: str, year: int) -> str:
    """Return a scenario of an area and year as a text of letters, digits, ``-`` and ``_``.

    Raises
    ------
    LinkTooLong
        If its document is longer than ``MOST_BYTES``.
    ValueError
        If the id of the area has more than one line or some hundred characters.
    """
    document = write_scenario(scenario).encode()
    if len(document) > MOST_BYTES:
        raise LinkTooLong(size=len(document), most=MOST_BYTES)
    head = f"{year} {area}\n".encode()
    if head.count(b"\n") > 1 or len(head) > _MOST_HEAD:
        raise ValueError(f"no id of an area: {area!r}")
    packer = zlib.compressobj(9, zdict=_DICTIONARY)
    packed = packer.compress(head + document) + packer.flush()
    return PACKING + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def from_short_text(text: str, indicators: Collection[str]) -> Linked:
    """Read what ``short_text`` of this or any earlier release has written.

    Raises
    ------
    ScenarioRefused
        If it is none of those, or damaged: a checksum tells.
    LaterScenario
        If its document was written in a later schema.
    """
    if text[:1] != PACKING:
        raise _refused(text)
    head, _, document = _unpacked(text).partition("\n")
    year, _, area = head.partition(" ")
    if not (area and len(year) == 4 and year.isascii() and year.isdecimal()):
        raise _refused(text)
    return Linked(read_scenario(document, indicators), area, int(year))


def _unpacked(text: str) -> str:
    """Return what was packed; no more than a document may have is ever unpacked."""
    most = _MOST_HEAD + MOST_BYTES
    if not text.isascii():
        raise _refused(text)
    body = text[1:]
    try:
        packed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj(zdict=_DICTIONARY)
        unpacked = unpacker.decompress(packed, most + 1)
    except (binascii.Error, zlib.error) as error:
        raise _refused(text) from error
    if not unpacker.eof or unpacker.unused_data or len(unpacked) > most:
        raise _refused(text)
    try:
        return unpacked.decode()
    except UnicodeDecodeError as error:
        raise _refused(text) from error


def _refused(text: str) -> ScenarioRefused:
    return ScenarioRefused("link", text[:40].encode(errors="replace").decode(), "link")
