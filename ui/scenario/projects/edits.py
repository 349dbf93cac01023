"""What is done to the projects of a scenario: added, taken over from a file, moved, dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from data.projects.reading import ProjectsRead, id_of
from data.projects.rows import Said
from data.projects.words import Field
from data.workbook.words.text import compact
from forecasting.figures.period import Quarter
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, Stage, begun, carried, past


def find(scenario: Scenario, project: str) -> Project | None:
    """Return the project of an id, None where there is none."""
    return next((one for one in scenario.projects if one.id == project), None)


def with_project(scenario: Scenario, project: Project) -> Scenario:
    """Return a scenario with a project in place of that of its id, or as the last one."""
    if find(scenario, project.id) is None:
        return replace(scenario, projects=(*scenario.projects, project))
    kept = (project if one.id == project.id else one for one in scenario.projects)
    return replace(scenario, projects=tuple(kept))


def without_project(scenario: Scenario, project: str) -> Scenario:
    """Return a scenario without the project of an id."""
    kept = tuple(one for one in scenario.projects if one.id != project)
    return replace(scenario, projects=kept)


def new_id(projects: Sequence[Project]) -> str:
    """Return the next number that no project has: 01, 02 ..."""
    taken = {project.id for project in projects}
    number = len(projects) + 1
    while f"{number:02d}" in taken:
        number += 1
    return f"{number:02d}"


def trimmed(shares: Iterable[float]) -> tuple[float, ...]:
    """Return a ramp without quarters at its end that only repeat the one before."""
    kept = [*shares]
    while len(kept) > 1 and kept[-1] == kept[-2]:
        kept.pop()
    return tuple(kept)


def delays(later: Sequence[float]) -> tuple[float, ...] | None:
    """Return the probabilities of 0, 1, 2 ... quarters' delay from those of 1, 2 ... quarters.

    None where they come to more than one.
    """
    on_time = 1 - sum(later)
    if on_time < -1e-9:
        return None
    kept = [max(round(on_time, 9), 0.0), *later]
    while len(kept) > 1 and kept[-1] == 0:
        kept.pop()
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking over the projects of a file comes to.

    Attributes
    ----------
    projects
        Of the table then.
    added, removed
        Those that are new in it, and those that are gone.
    changed
        Those that differ, as they are and as they would be.
    same
        How many stay as they are.
    """

    projects: tuple[Project, ...]
    added: tuple[Project, ...]
    changed: tuple[tuple[Project, Project], ...]
    removed: tuple[Project, ...]
    same: int

    @property
    def differs(self) -> bool:
        """Whether anything would be other than it is."""
        return bool(self.added or self.changed or self.removed)


def taken_over(
    standing: Sequence[Project], read: ProjectsRead, *, replacing: bool, now: Quarter | None = None
) -> Taken:
    """Return what becomes of a table of projects with those of a file.

    One that is new and has started before ``now`` is in the trend, and at the stage that its
    dates say; None takes none for started.
    A project of the file stands for the one of its id; where the file gave it none, for the only
    one of its name. What its row does not tell, or could not be read, stays as it is.

    Parameters
    ----------
    replacing
        Whether projects that the file does not have are dropped; else they stay.
    """
    known = {project.id: project for project in standing}
    found = {
        project.id: _told_anew(known[project.id], project, says)
        if project.id in known
        else _new(project, now)
        for project, says in zip(_identified(standing, read.projects), read.says, strict=True)
    }
    stay = [] if replacing else [project for project in standing if project.id not in found]
    if replacing:
        projects = tuple(found.values())
    else:
        new = [project for project in found.values() if project.id not in known]
        projects = (*(found.get(project.id, project) for project in standing), *new)
    pairs = [(known[id], project) for id, project in found.items() if id in known]
    return Taken(
        projects=projects,
        added=tuple(project for id, project in found.items() if id not in known),
        changed=tuple((old, new) for old, new in pairs if old != new),
        removed=tuple(p for p in standing if p.id not in found) if replacing else (),
        same=sum(old == new for old, new in pairs) + len(stay),
    )


def _new(project: Project, now: Quarter | None) -> Project:
    if now is None:
        return project
    project = staged(project, now)
    return carried(project) if begun(project, now) else project


def staged(project: Project, now: Quarter) -> Project:
    """Return a project at the stage that its dates say, where it is said to be at none beyond."""
    if project.stage is not Stage.INTRODUCED:
        return project
    if past(project.producing, now) or past(project.counted, now):
        return replace(project, stage=Stage.PRODUCING)
    return replace(project, stage=Stage.STARTED) if begun(project, now) else project


def _told_anew(old: Project, new: Project, says: Collection[Said]) -> Project:
    """Return a project with what a row tells of it."""
    told = {field for field, _ in says} - {Field.ID, Field.COMPLETION}
    years = {year for field, year in says if field is Field.COMPLETION}
    completion = {year: amount for year, amount in old.completion if year not in years}
    completion |= dict(new.completion)
    return replace(
        old,
        completion=tuple(sorted(completion.items())),
        **{field: getattr(new, field) for field in told},
    )


def _identified(standing: Sequence[Project], read: Sequence[Project]) -> Iterable[Project]:
    """Yield the projects of a file, those without an id of its own by the one they stand for."""
    known = {project.id for project in standing}
    given = {project.id for project in read}
    named, once = _by_name(standing), _by_name(read)
    for project in read:
        name = compact(project.name)
        other = named.get(name)
        nameless = project.id == id_of(project.name) and project.id not in known
        if nameless and name in once and other is not None and other not in given:
            yield replace(project, id=other)
        else:
            yield project


def _by_name(projects: Sequence[Project]) -> dict[str, str]:
    """Return the ids of projects by their names, without names that several have."""
    names: dict[str, list[str]] = {}
    for project in projects:
        names.setdefault(compact(project.name), []).append(project.id)
    return {name: ids[0] for name, ids in names.items() if name and len(ids) == 1}
