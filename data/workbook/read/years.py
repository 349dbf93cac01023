"""When figures are of: the year of a period that names none is looked for around it, then asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from data.workbook.read.asking import Asking, Pending
from data.workbook.read.table import Finding
from data.workbook.reading import Asked, Context, Option
from data.workbook.words.periods import Period, Reach

_YEARS_OFFERED = 4


class When:
    """Settles the months that figures run to."""

    def __init__(self, context: Context, asking: Asking, findings: Sequence[Finding]):
        self._asking = asking
        self._newest = max(
            (key[4] for key in context.known if key[0] == context.area), default=None
        )
        months = Counter(entry.period.month for entry in findings if entry.period is not None)
        self._month = max(months, default=12)

    def of(self, entry: Finding) -> tuple[Period, int, Pending | None] | None:
        """Return period and year of a figure and the question about the year, if it is open."""
        period, year = entry.period, entry.year
        lines = entry.facts.lines
        if period is None:
            above = lines.period
            if above is None or (year and above.year and above.year != year):
                year = year or lines.year
                return (Period(year, 12, Reach.YTD), year, None) if year else None
            period = above
        year = period.year or year or lines.any_year
        if year is not None:
            return period, year, None
        pending = self._ask()
        pending.of(entry.place)
        chosen = pending.choice.value
        return period, int(chosen) if chosen.isdigit() else 1, pending

    def _ask(self) -> Pending:
        """Ask for the year, most likely the one that goes on from what is known."""
        newest = self._newest
        likely = newest and newest.year + int(self._month <= newest.month)
        first = likely or date.today().year
        years = [first, *range(first + 1, first - _YEARS_OFFERED, -1)]
        years = list(dict.fromkeys(years))
        return self._asking.ask(
            Asked.YEAR, options=[Option.of("year", str(year)) for year in years],
            suggested=Option("year", str(likely)).id if likely else "",
        )  # fmt: skip
