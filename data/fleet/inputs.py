"""What a run of the fleet starts from: its areas, and what a store knows of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache

from data import clock
from data.areas.errors import UnknownArea
from data.settings import version
from data.store.store import Store
from forecasting.figures.indicator import Area, Catalogue, Observation, with_area_changes
from forecasting.figures.learner import Learner
from forecasting.figures.period import Quarter
from forecasting.fleet.batch import AreaFigures, FleetBatch, inputs_digest
from forecasting.fleet.results import FleetRun
from forecasting.issues.brief import areas_above
from forecasting.models.pool import ENGINE

OUTLOOKS_OF_A_BATCH = 5
"""Outlooks that the engine is asked for at once: by more it gains next to nothing."""
REMEMBERED = 8
"""Areas above whose figures are kept: those below one area follow each other."""


def run_of(
    store: Store, year: int, now: datetime, as_of: Quarter | None = None, origins: int = 0
) -> FleetRun:
    """Return the run of a year on the newest vintage; one that was begun goes on.

    Parameters
    ----------
    as_of
        Cut the figures after this quarter. Without it, or of the newest quarter that any area has
        published figures of, all are taken: months after that quarter count, and both are one run.
    """
    vintage = store.latest_vintage()
    newest = store.newest_quarter(vintage) or Quarter(year - 1, 4)
    if as_of is not None and as_of >= newest:
        as_of = None
    run = FleetRun(
        year=year, quarter=min(as_of or newest, Quarter(year, 4)), as_of=as_of, vintage=vintage,
        issued_at=now, today=clock.day_of(now), app_version=version(), engine=ENGINE,
        origins=origins,
    )  # fmt: skip
    begun = store.fleet.begun(run)
    return run if begun is None else replace(run, issued_at=begun, today=clock.day_of(begun))


def areas_to_judge(store: Store, run: FleetRun, asked: Sequence[str] = ()) -> tuple[Area, ...]:
    """Return the areas that are asked for, else all with targets of the year.

    Those below one area follow each other.

    Raises
    ------
    UnknownArea
        If there is none of an id, with all such ids.
    """
    areas = store.areas(run.vintage)
    listed = {area.id: area for area in areas}
    if unknown := [id for id in asked if id not in listed]:
        raise UnknownArea(ids=", ".join(unknown))
    chosen = set(asked) or store.areas_with_targets(run.vintage, run.year)
    paths = {id: [one.id for one in areas_above(listed[id], areas)][::-1] for id in chosen}
    return tuple(listed[id] for id in sorted(chosen, key=lambda id: (*paths[id], id)))


@dataclass(eq=False)
class FleetInputs:
    """What a store knows at the vintage of a run, read when it is needed.

    Attributes
    ----------
    learner
        As of ``figures.Inputs``.
    """

    store: Store
    run: FleetRun
    learner: Learner | None

    def __post_init__(self) -> None:
        self._figures = lru_cache(REMEMBERED)(self._read_figures)

    def batches(
        self, areas: Iterable[Area], stands: Callable[[Area], None]
    ) -> Iterator[FleetBatch]:
        """Yield what is to be judged, in batches; tell of each area whose result stands already.

        It stands if the same run made it, or an earlier one from the same figures.
        """
        judged = self.store.fleet.judged(self.run)
        most = max(1, OUTLOOKS_OF_A_BATCH // (1 + self.run.origins))
        batch: list[tuple[str, AreaFigures]] = []
        for area in areas:
            known = judged.get(area.id)
            if known is not None and known.vintage == self.run.vintage:
                stands(area)
                continue
            figures = self.figures(area)
            digest = inputs_digest(self.run, self._catalogue, self.learner, figures)
            if known is not None and known.inputs_sha256 == digest:
                stands(area)
                continue
            batch.append((digest, figures))
            if len(batch) == most:
                yield self._batch(batch)
                batch = []
        if batch:
            yield self._batch(batch)

    def figures(self, area: Area) -> AreaFigures:
        """Return what is known of an area, as far as it is published."""
        store, vintage = self.store, self.run.vintage
        own = store.observations(vintage, area.id)
        versions = store.area_versions(vintage, area.id)
        above = tuple(areas_above(area, self._areas))
        return AreaFigures(
            area=area,
            above=above,
            targets=store.targets(vintage, area.id),
            changes=with_area_changes(store.changes(vintage, area.id), versions, own),
            observations=own,
            observations_above=tuple(one for entry in above for one in self._figures(entry.id)),
            area_version=versions[-1].label if versions else None,
        ).published(self.run)

    def _batch(self, areas: Sequence[tuple[str, AreaFigures]]) -> FleetBatch:
        return FleetBatch(self.run, self._catalogue, self.learner, tuple(areas))

    def _read_figures(self, area: str) -> tuple[Observation, ...]:
        return self.store.observations(self.run.vintage, area)

    @cached_property
    def _areas(self) -> tuple[Area, ...]:
        return self.store.areas(self.run.vintage)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return self.store.catalogue(self.run.vintage)
