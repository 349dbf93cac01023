"""What a fresh installation starts from: the seeds folder, as vintage 1, scenarios and an issue."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import msgspec

from data.plan.documents import part_of, written
from data.store.store import Store
from data.store.vintages import FIRST_VINTAGE, Commit, VintageKind
from forecasting.figures.learner import Learner, read_learner
from forecasting.figures.seeds import (
    AREAS,
    INDICATORS,
    LEARNED,
    OBSERVATIONS,
    TARGETS,
    Seeds,
    parse_seeds,
)
from forecasting.issues.json import read_snapshot
from forecasting.plan.tasks import Ledger

SEED_AUTHOR = "zone-outlook"
SAMPLE_SCENARIOS = "sample_scenarios"
SAMPLE_CLAIMS = "sample_claims"
SAMPLE_ISSUE = "sample_issue.json"
SAMPLE_TASKS = "sample_tasks.toml"
SAMPLE_AREA, SAMPLE_YEAR = "SAMPLE", 2026
"""What the scenarios of that folder, and the issue, are of."""


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


def ensure_ready(store: Store, seeds_folder: Path) -> int:
    """Seed a store without vintages as ``ensure_seeded`` does, and fill its sample zone.

    Its scenarios, claims, tasks and issue are written once, after the first vintage: what a start
    that was killed left out is made good, and a scenario that is removed stays removed.
    """
    latest = ensure_seeded(store, seeds_folder)
    if lacks_samples(store, seeds_folder, latest):
        _save_sample_scenarios(store, seeds_folder, latest)
        save_sample_claims(store, seeds_folder)
        save_sample_tasks(store, seeds_folder)
        _write_sample_issue(store, seeds_folder, latest)
    return latest


def lacks_samples(store: Store, seeds_folder: Path, latest: int) -> bool:
    """Whether a first start ended before the issue of the sample zone, which it writes last."""
    issued = latest > FIRST_VINTAGE or bool(store.issues.listed(SAMPLE_AREA))
    return not issued and (seeds_folder / SAMPLE_ISSUE).exists()


def _save_sample_scenarios(store: Store, folder: Path, vintage: int) -> None:
    """Save the scenarios of the sample zone, the first file as the oldest."""
    saved = store.scenarios.listed(SAMPLE_AREA) + store.scenarios.removed(SAMPLE_AREA)
    there = {one.name for one in saved}
    for path in sorted(folder.glob(f"{SAMPLE_SCENARIOS}/*.toml")):
        document = path.read_text("utf-8")
        name = tomllib.loads(document)["name"]
        if name not in there:
            store.scenarios.save(
                SAMPLE_AREA, SAMPLE_YEAR, name, document, vintage, author=SEED_AUTHOR
            )


def save_sample_claims(store: Store, folder: Path) -> None:
    """Fill in the three big things of the sample zone, each from the file of its name."""
    # Models come with it, and every command opens a store.
    from data.plan.big_things import CLAIM, read_claim

    for path in sorted(folder.glob(f"{SAMPLE_CLAIMS}/*.toml")):
        part = f"{CLAIM}/{path.stem}"
        if store.plans.latest(SAMPLE_AREA, part) is None:
            document = written(read_claim(path.read_text("utf-8")))
            store.plans.save(SAMPLE_AREA, part, document, author=SEED_AUTHOR)


def save_sample_tasks(store: Store, folder: Path) -> None:
    """Save the tasks of the sample zone, where the folder has a file of them."""
    path, part = folder / SAMPLE_TASKS, part_of(SAMPLE_YEAR)
    if path.exists() and store.plans.latest(SAMPLE_AREA, part) is None:
        ledger = msgspec.toml.decode(path.read_text("utf-8"), type=Ledger)
        store.plans.save(SAMPLE_AREA, part, written(ledger), author=SEED_AUTHOR)


def _write_sample_issue(store: Store, folder: Path, vintage: int) -> None:
    """Issue the document of the sample zone, where the folder has one, byte for byte."""
    path = folder / SAMPLE_ISSUE
    if not path.exists():
        return
    document = path.read_bytes()
    issued = read_snapshot(document)
    together = issued.outlook.all_clear
    store.issues.issue(
        SAMPLE_AREA,
        SAMPLE_YEAR,
        document,
        vintage,
        issued_at=datetime.fromisoformat(issued.issue.issued_at),
        unpublished=issued.internal,
        p_all=together.probability if together else None,
        answers={one.indicator_id: one.probability for one in issued.outlook.verdicts},
        issuer=issued.issue.issuer,
        author=SEED_AUTHOR,
    )


def read_seeds(folder: Path) -> Seeds:
    """Read the seeds of a folder.

    Raises
    ------
    TableRefused
        With every problem of every file.
    """
    tables = [folder / name for name in (AREAS, INDICATORS, TARGETS, LEARNED)]
    paths = [path for path in tables if path.exists()] + sorted(folder.glob(f"{OBSERVATIONS}*.csv"))
    return parse_seeds({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def learner_of(folder: Path) -> Learner | None:
    """Return what was learned from series of others; None where the seeds have no such file."""
    file = folder / LEARNED
    return read_learner(file.read_bytes()) if file.exists() else None


def _commit(seeds: Seeds) -> Commit:
    return Commit(
        kind=VintageKind.SEED,
        author=SEED_AUTHOR,
        areas=seeds.areas,
        indicators=tuple(seeds.catalogue.indicators.values()),
        targets=seeds.targets,
        observations=seeds.observations,
        files=seeds.files,
    )
