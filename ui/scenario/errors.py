"""Errors of what an address says of a scenario.

ScenarioElsewhere             a saved scenario is of another area or year than what is shown
LinkElsewhere                 the scenario of a link is
LinkWithoutArea               a link names an area that is not listed
LinkWithoutYear               a link names a year that nothing can be said of
"""

from __future__ import annotations

from forecasting.errors import OutlookError
from forecasting.figures.indicator import Names


class ScenarioElsewhere(OutlookError):
    """Raised where a saved scenario is of another area or year than the page shows."""

    code = "scenario_elsewhere"

    def __init__(self, name: str, area: Names, year: int) -> None:
        line = f"the scenario {name!r} is of {area.en} in {year}: choose these first"
        super().__init__(line, name=name, area=area, year=year)


class LinkElsewhere(OutlookError):
    """Raised where the scenario of a link is of another area or year than the page shows."""

    code = "link_elsewhere"

    def __init__(self, area: Names, year: int) -> None:
        line = f"the scenario of this link is of {area.en} in {year}: choose these first"
        super().__init__(line, area=area, year=year)


class LinkWithoutArea(OutlookError):
    """Raised where a link names an area that is not listed, so that another is shown."""

    code = "link_without_area"

    def __init__(self, area: str, shown: Names) -> None:
        line = f"no area {area!r} is listed: {shown.en} is shown instead"
        super().__init__(line, area=area, shown=shown)


class LinkWithoutYear(OutlookError):
    """Raised where a link names a year that nothing can be said of, so that another is shown."""

    code = "link_without_year"

    def __init__(self, found: str, shown: int) -> None:
        line = f"nothing can be said of the year {found!r}: {shown} is shown instead"
        super().__init__(line, found=found, shown=shown)
