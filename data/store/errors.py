"""Errors of the store a person can act on: of each its code, its line and the values in it."""

from __future__ import annotations

from forecasting.errors import OutlookError


class StoreError(OutlookError):
    """Base of the errors of the store."""


class UnsupportedDatabase(StoreError):
    """``DATABASE_URL`` names a database the store cannot use."""

    template = (
        "no database of a kind that is supported: {scheme!r}; "
        "use sqlite:///FILE or postgresql://..."
    )


class UnknownVintage(StoreError):
    """No vintage has the number asked for."""

    template = "no vintage {vintage}: the latest is {latest}"


class StaleBase(StoreError):
    """Someone committed since the author looked; nothing was written."""

    template = "vintage {latest} was committed after vintage {base}: review the changes again"


class AlreadyWithdrawn(StoreError):
    """The vintage is withdrawn already."""

    template = "vintage {vintage} is withdrawn already"


class SeedStays(StoreError):
    """The vintage an installation starts from cannot be withdrawn."""

    template = "vintage {vintage} is the starting data and stays: upload a revision instead"


class StillNeeded(StoreError):
    """Figures or targets that stay name an area or indicator that would go."""

    template = (
        "without vintage {vintage} figures or targets of {names} would stand alone: "
        "withdraw theirs first"
    )


class NoStore(StoreError):
    """Nothing that was committed is at a file or address."""

    template = "no data vintages in {place}: name a file or database that has some"


class NotABackup(StoreError):
    """The file to restore is no backup, though it may be a store."""

    template = "{place} is no backup; if it is a database, python -m data move takes it"


class NotEmpty(StoreError):
    """There is a store where one is to be copied to; it is left as it was."""

    template = (
        "{place} holds {latest} data vintages, which stay: name an empty database, "
        "or a file that does not exist"
    )


class LogWithoutDatabase(StoreError):
    """Where a store is to be copied to, a SQLite file was moved away without its log."""

    template = (
        "{companion} belongs to a database that was {place}: stop the app, and move the "
        "file to where that database is, under its new name with the same ending"
    )


class FileThere(StoreError):
    """There is a file where a backup is to be written; it is left as it was."""

    template = "{place} exists and stays: choose another name"


class LaterRelease(StoreError):
    """A later release wrote the store; this one does not know its tables."""

    template = "{place} was written by a later release (tables {revision}): update this one first"


class Damaged(StoreError):
    """A store does not hold what was written to it; nothing was copied.

    ``part`` is the table, or the file with its vintage, that differs.
    """

    template = (
        "{place} is damaged ({part} is not as it was written): "
        "nothing was copied; use an earlier backup"
    )


class UnknownScenario(StoreError):
    """No scenario has the number asked for, or it has no such version."""

    template = "no scenario {scenario}, or not in that version: choose one that is saved"


class ScenarioChanged(StoreError):
    """Someone saved or removed the scenario since its author opened it; nothing was written."""

    template = (
        "scenario {name!r} went on to version {latest} after version {base}: "
        "save as a new one, or open the latest"
    )


class ScenarioUnnamed(StoreError):
    """A scenario is to be saved without a name."""

    template = "a scenario that is saved needs a name"


class ScenarioNameTooLong(StoreError):
    """The name of a scenario has more characters than a list can show."""

    template = "a name of {length} characters: {limit} are the most"


class ScenarioNameTaken(StoreError):
    """Another scenario of the area and year has this name, or one that looks alike.

    ``name`` is that of the other one.
    """

    template = "a scenario for {year} is called {name!r}: choose another name"


class ScenarioTooLong(StoreError):
    """A scenario, with the edits that led to it, has more characters than are kept."""

    template = "a scenario of {length} characters: {limit} are the most"


class ScenarioNotKept(StoreError):
    """An address names a part of a scenario that this database does not hold."""

    template = "projects and firms of this link are not in this database: open it where it was made"


class UnknownIssue(StoreError):
    """No outlook was issued under the number asked for."""

    template = "no issue {number}: choose one that is listed"


class DamagedIssue(StoreError):
    """The bytes of a document are not those that were issued."""

    template = "the document of issue {number} is not as it was issued: restore a backup"


class IssuedMeanwhile(StoreError):
    """There is a later issue than the newest that a document knows of."""

    template = "issue {number} came meanwhile: draft it again, knowing of that"


class UnknownShare(StoreError):
    """No link has the number asked for, or it was deleted."""

    template = "no link {share}: choose one that is listed"


class ShareUnlabelled(StoreError):
    """A link is to be made without a label."""

    template = "a link needs a label, by which it can be revoked later"


class ShareLabelTooLong(StoreError):
    """The label of a link has more characters than a list can show."""

    template = "a label of {length} characters: {limit} are the most"


class ShareNeedsProtection(StoreError):
    """A link to figures that are not published lacks a passphrase or an expiry."""

    template = (
        "issue {number} holds figures that are not published: "
        "a link to it needs a passphrase and an expiry"
    )


class ShareOverAlready(StoreError):
    """A link is to expire before it is made."""

    template = "{expires_at} has passed: choose a later expiry"


class ShareWithoutEnd(StoreError):
    """A link is to end on a day that nobody gave."""

    template = "say on which day the link ends, or that it has no end"


class ShareTooLong(StoreError):
    """A link to figures that are not published is to stay open for too long."""

    template = "a link to figures that are not published expires within {days} days"


class PassphraseTooShort(StoreError):
    """A passphrase is so short that it could be found by trying."""

    template = "a passphrase has at least {limit} characters"


class PassphraseTooPlain(StoreError):
    """A passphrase is among the first that anybody tries."""

    template = (
        "a passphrase has at least {distinct} different characters and is no run of a "
        "keyboard or an alphabet"
    )


class TooManyPassphrases(StoreError):
    """More passphrases are tried at once than this process computes."""

    template = "too many passphrases are tried at once: try again in a moment"
