"""Errors of the store a person can act on.

OutlookError
├── UnsupportedDatabase       DATABASE_URL names a database the store cannot use
├── UnknownVintage            no vintage has that number
├── StaleBase                 others committed since the author looked: review again
├── AlreadyWithdrawn          the vintage is withdrawn already
├── SeedStays                 what the installation starts from cannot be withdrawn
├── StillNeeded               what stays names an area or indicator that would go
├── NoStore                   nothing that was committed is at a file or address
├── NotABackup                a file is to be restored that is no backup
├── NotEmpty                  a store is to be copied to where there is one
├── LogWithoutDatabase        a store is to be copied to where the log of another SQLite file is
├── FileThere                 a backup is to be written where there is a file
├── LaterRelease              a store was written by a later release than this one
├── Damaged                   a store does not hold what was written to it
├── WorkbookRefused           an uploaded file is not read, for a reason its owner can mend
├── UnknownScenario           no scenario has that number, or not that version
├── ScenarioChanged           others saved a scenario since its author opened it
├── ScenarioUnnamed           a scenario is to be saved without a name
├── ScenarioNameTooLong       the name of a scenario is no name any more
├── ScenarioNameTaken         another scenario of the area and year has the name
├── ScenarioTooLong           a scenario is longer than is stored
└── ScenarioNotKept           part of a scenario in an address is not in this database
"""

from __future__ import annotations

from collections.abc import Sequence

from data.workbook.open.refusal import Refusal
from forecasting.errors import OutlookError


class UnsupportedDatabase(OutlookError):
    """Raised when ``DATABASE_URL`` names a database the store cannot use."""

    code = "unsupported_database"

    def __init__(self, scheme: str) -> None:
        super().__init__(
            f"no database of a kind that is supported: {scheme!r}; "
            "use sqlite:///FILE or postgresql://...",
            scheme=scheme,
        )


class UnknownVintage(OutlookError):
    """Raised when no vintage has the number asked for."""

    code = "unknown_vintage"

    def __init__(self, vintage: int, latest: int) -> None:
        super().__init__(
            f"no vintage {vintage}: the latest is {latest}", vintage=vintage, latest=latest
        )


class StaleBase(OutlookError):
    """Raised when others committed since the author looked; nothing was written."""

    code = "stale_base"

    def __init__(self, base: int, latest: int) -> None:
        super().__init__(
            f"vintage {latest} was committed after vintage {base}: review the changes again",
            base=base,
            latest=latest,
        )


class AlreadyWithdrawn(OutlookError):
    """Raised when a vintage that is withdrawn is to be withdrawn again."""

    code = "already_withdrawn"

    def __init__(self, vintage: int) -> None:
        super().__init__(f"vintage {vintage} is withdrawn already", vintage=vintage)


class SeedStays(OutlookError):
    """Raised when the vintage an installation starts from is to be withdrawn."""

    code = "seed_stays"

    def __init__(self, vintage: int) -> None:
        super().__init__(
            f"vintage {vintage} is the starting data and stays: upload a revision instead",
            vintage=vintage,
        )


class StillNeeded(OutlookError):
    """Raised when figures or targets that stay name an area or indicator that would go.

    ``names`` are the ids of those areas and indicators.
    """

    code = "still_needed"

    def __init__(self, vintage: int, names: Sequence[str]) -> None:
        listed = ", ".join(names)
        super().__init__(
            f"without vintage {vintage} figures or targets of {listed} would stand alone: "
            "withdraw theirs first",
            vintage=vintage,
            names=listed,
        )


class NoStore(OutlookError):
    """Raised when nothing that was committed is at a file or address."""

    code = "no_store"

    def __init__(self, place: str) -> None:
        super().__init__(
            f"no data vintages in {place}: name a file or database that has some", place=place
        )


class NotABackup(OutlookError):
    """Raised when a file is to be restored that is no backup, though it may be a store."""

    code = "not_a_backup"

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place} is no backup; if it is a database, python -m data move takes it", place=place
        )


class NotEmpty(OutlookError):
    """Raised when a store is to be copied to where there is one; it is left as it was."""

    code = "not_empty"

    def __init__(self, place: str, latest: int) -> None:
        super().__init__(
            f"{place} holds {latest} data vintages, which stay: name an empty database, "
            "or a file that does not exist",
            place=place,
            latest=latest,
        )


class LogWithoutDatabase(OutlookError):
    """Raised when a store is to be copied to where a SQLite file was moved without its log."""

    code = "log_without_database"

    def __init__(self, place: str, companion: str) -> None:
        super().__init__(
            f"{companion} belongs to a database that was {place}: stop the app, and move the "
            "file to where that database is, under its new name with the same ending",
            place=place,
            companion=companion,
        )


class FileThere(OutlookError):
    """Raised when a backup is to be written where there is a file, which is left as it was."""

    code = "file_there"

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} exists and stays: choose another name", place=place)


class LaterRelease(OutlookError):
    """Raised when a store was written by a later release, whose tables this one cannot know."""

    code = "later_release"

    def __init__(self, place: str, revision: str) -> None:
        super().__init__(
            f"{place} was written by a later release (tables {revision}): update this one first",
            place=place,
            revision=revision,
        )


class Damaged(OutlookError):
    """Raised when a store does not hold what was written to it; nothing was copied.

    ``part`` is the table, or the file with its vintage, that differs.
    """

    code = "damaged"

    def __init__(self, place: str, part: str) -> None:
        super().__init__(
            f"{place} is damaged ({part} is not as it was written): "
            "nothing was copied; use an earlier backup",
            place=place,
            part=part,
        )


class WorkbookRefused(OutlookError):
    """Raised when an uploaded file is not read; what was stored stays as it is.

    The sentence of ``refusal`` is under ``error.workbook_<refusal>``.
    """

    code = "workbook_refused"

    def __init__(self, file: str, refusal: Refusal, **values: object) -> None:
        super().__init__(f"{file or 'pasted cells'} not read: {refusal}", file=file, **values)
        self.file = file
        self.refusal = refusal


class UnknownScenario(OutlookError):
    """Raised when no scenario has the number asked for, or it has no such version."""

    code = "unknown_scenario"

    def __init__(self, scenario: int, version: int | None = None) -> None:
        what = f"no scenario {scenario}" + (f" in version {version}" if version else "")
        super().__init__(f"{what}: choose one that is saved", scenario=scenario)


class ScenarioChanged(OutlookError):
    """Raised when others saved or removed a scenario since its author opened it.

    Nothing was written; what the author did can be saved as a scenario of its own.
    """

    code = "scenario_changed"

    def __init__(self, name: str, base: int, latest: int) -> None:
        super().__init__(
            f"scenario {name!r} went on to version {latest} after version {base}: "
            "save as a new one, or open the latest",
            name=name,
            base=base,
            latest=latest,
        )


class ScenarioUnnamed(OutlookError):
    """Raised when a scenario is to be saved without a name."""

    code = "scenario_unnamed"

    def __init__(self) -> None:
        super().__init__("a scenario that is saved needs a name")


class ScenarioNameTooLong(OutlookError):
    """Raised when the name of a scenario has more characters than a list can show."""

    code = "scenario_name_too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"a name of {length} characters: {limit} are the most", length=length, limit=limit
        )


class ScenarioNameTaken(OutlookError):
    """Raised when another scenario of the same area and year has the name, or one that looks alike.

    ``name`` is that of the other one.
    """

    code = "scenario_name_taken"

    def __init__(self, name: str, year: int) -> None:
        super().__init__(
            f"a scenario for {year} is called {name!r}: choose another name", name=name, year=year
        )


class ScenarioTooLong(OutlookError):
    """Raised when a scenario, with the edits that led to it, has more characters than are kept."""

    code = "scenario_too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"a scenario of {length} characters: {limit} are the most", length=length, limit=limit
        )


class ScenarioNotKept(OutlookError):
    """Raised when an address names a part of a scenario that this database does not hold."""

    code = "scenario_not_kept"

    def __init__(self) -> None:
        super().__init__(
            "projects and firms of this link are not in this database: open it where it was made"
        )
