"""What a fresh installation starts from: the seeds folder, committed as vintage 1."""

from __future__ import annotations

from pathlib import Path

from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.seeds import AREAS, INDICATORS, OBSERVATIONS, TARGETS, Seeds, parse_seeds


def ensure_seeded(store: Store, seeds_folder: Path) -> int:
    """Bring the schema up to date and commit the seeds to a store without vintages.

    A store that has vintages is left as it is and the folder is not read. Any number of
    processes may start at once. Returns the latest vintage.

    Raises
    ------
    TableRefused
        With every problem of every seed file; the database is left as it was.
    """
    return store.prepare(lambda: _commit(read_seeds(seeds_folder)))


def read_seeds(folder: Path) -> Seeds:
    """Read the seeds of a folder.

    Raises
    ------
    TableRefused
        With every problem of every file.
    """
    tables = [folder / name for name in (AREAS, INDICATORS, TARGETS)]
    paths = [path for path in tables if path.exists()] + sorted(folder.glob(f"{OBSERVATIONS}*.csv"))
    return parse_seeds({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def _commit(seeds: Seeds) -> Commit:
    return Commit(
        kind=VintageKind.SEED,
        author="zone-outlook",
        areas=seeds.areas,
        indicators=tuple(seeds.catalogue.indicators.values()),
        targets=seeds.targets,
        observations=seeds.observations,
        files=seeds.files,
    )
