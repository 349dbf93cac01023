"""What a reading leaves out, gathered for one remark of each kind."""

from __future__ import annotations

from collections.abc import Sequence

from data.workbook.book import Place
from data.workbook.read.asking import MOST_PLACES, Pending
from data.workbook.read.claims import Claim
from data.workbook.reading import SKIP, Remark
from data.workbook.words.qualifiers import Role


class Left:
    """Names and places of what is left out, by the code of the remark."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, None]] = {}
        self._places: dict[str, list[Place]] = {}
        self._counts: dict[str, int] = {}

    def role(self, claim: Claim, place: Place) -> None:
        """Leave out a rank, a plan, a share or another figure that is none of ours."""
        role = claim.role or Role.PACE
        self._add(_CODES.get(role, "columns_left_out"), claim.unknown or str(role), place)

    def month(self, claim: Claim, place: Place) -> None:
        """Leave out the level of a single month."""
        self._add("months_left_out", claim.ids[0] if claim.ids else claim.name, place)

    def name(self, code: str, claim: Claim, place: Place, asked: Sequence[Pending]) -> None:
        """Leave out what is of an unknown indicator or area, unless a person said so."""
        if not asked or asked[-1].answer != SKIP:
            self._add(code, claim.place if code == "areas_left_out" else claim.name, place)

    def sheet(self, name: str, code: str) -> None:
        """Leave out a sheet that is hidden, or of which nothing was understood."""
        self._add(code, name, None)

    def _add(self, code: str, name: str, place: Place | None) -> None:
        names = self._names.setdefault(code, {})
        if name not in names:
            names[name] = None
            if place is not None and len(self._places.setdefault(code, [])) < MOST_PLACES:
                self._places[code].append(place)
        self._counts[code] = self._counts.get(code, 0) + 1

    def remarks(self) -> list[Remark]:
        """Return one remark of each kind."""
        found = []
        for code, names in self._names.items():
            key = _KEYS.get(code, "names")
            values = {key: tuple(names), "count": self._counts[code], "kinds": len(names)}
            found.append(Remark(code, tuple(self._places.get(code, ())), values))
        return found


_CODES = {
    Role.DAY: "days_left_out",
    Role.HEADLESS: "headless_left_out",
    Role.UNKNOWN: "heads_left_out",
}
_KEYS = {"months_left_out": "indicators", "areas_left_out": "areas"}
