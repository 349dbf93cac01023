"""Errors of the store a person can act on: of each its code, its line and the values in it."""

from __future__ import annotations

from forecasting.errors import OutlookError


class StoreError(OutlookError):
    """Base of the errors of the store."""


class UnknownFleetResult(StoreError):
    template = "no fleet result of {area} for {year} as of {quarter}"


class DamagedFleetResult(StoreError):
    template = "the document of {area} for {year} as of {quarter} is not as it was made"


class UnsupportedDatabase(StoreError):
    template = (
        "no database of a kind that is supported: {scheme!r}; "
        "use sqlite:///FILE or postgresql://..."
    )


class TextTooLong(StoreError):
    """A text is longer than is kept; ``begins`` is its beginning."""

    template = "a text of {length} characters ({begins}...): {limit} are the most"


class UnknownVintage(StoreError):
    template = "no vintage {vintage}: the latest is {latest}"


class StaleBase(StoreError):
    template = "vintage {latest} was committed after vintage {base}: review the changes again"


class AlreadyWithdrawn(StoreError):
    template = "vintage {vintage} is withdrawn already"


class SeedStays(StoreError):
    template = "vintage {vintage} is the starting data and stays: upload a revision instead"


class StillNeeded(StoreError):
    template = (
        "without vintage {vintage} figures or targets of {names} would stand alone: "
        "withdraw theirs first"
    )


class NoStore(StoreError):
    template = "no data vintages in {place}: name a file or database that has some"


class EmptyStore(StoreError):
    """Raised where the app is to serve, and nothing was ever committed or all of it is gone."""

    template = (
        "the store at {place} is empty: python -m data init makes a fresh one, "
        "python -m data restore FILE brings a backup back"
    )


class NotABackup(StoreError):
    template = "{place} is no backup; if it is a database, python -m data move takes it"


class NotEmpty(StoreError):
    template = (
        "{place} holds {latest} data vintages, which stay: name an empty database, "
        "or a file that does not exist"
    )


class LogWithoutDatabase(StoreError):
    template = (
        "{companion} belongs to a database that was {place}: stop the app, and move the "
        "file to where that database is, under its new name with the same ending"
    )


class FileThere(StoreError):
    template = "{place} exists and stays: choose another name"


class LaterRelease(StoreError):
    template = "{place} was written by a later release (tables {revision}): update this one first"


class UpgradeUnderWay(StoreError):
    """A later release has changed the tables; this one goes on showing them."""

    template = "a later release has changed the tables: nothing was written; go on with that one"


class Damaged(StoreError):
    """A store does not hold what was written to it; nothing was copied.

    ``part`` is the table, or the file with its vintage, that differs.
    """

    template = (
        "{place} is damaged ({part} is not as it was written): "
        "nothing was copied; use an earlier backup"
    )


class NotSigned(StoreError):
    template = (
        "{place} is not signed with the key of this installation (BACKUP_KEY, BACKUP_KEY_FILE): "
        "nothing was copied"
    )


class KeyTooShort(StoreError):
    template = "a backup key of {length} characters: at least {limit}, such as openssl rand -hex 32"


class ProxySecretTooShort(StoreError):
    """A proxy names who signed in, and nothing tells it from anybody else who says so."""

    template = (
        "SIGN_IN_HEADER needs SIGN_IN_PROXY_SECRET, or SIGN_IN_PROXY_SECRET_FILE, of at least "
        "{limit} characters ({length} given), such as openssl rand -hex 32"
    )


class SignInHoursUnreadable(StoreError):
    template = "SIGN_IN_HOURS is a number of hours up to {limit:g}, not {given!r}"


class AuditBroken(StoreError):
    """The audit log is not what was written; ``part`` is the entry or table that differs."""

    template = "the audit log was changed or cut ({part}): compare it with a backup"


class UnknownScenario(StoreError):
    template = "no scenario {scenario}, or not in that version: choose one that is saved"


class ScenarioChanged(StoreError):
    template = (
        "scenario {name!r} went on to version {latest} after version {base}: "
        "save as a new one, or open the latest"
    )


class PlanChanged(StoreError):
    template = "it went on to version {latest} after version {base}: open the page again"


class PlanTooLong(StoreError):
    template = "{length} characters: {limit} are the most that is kept"


class EvidenceTooLarge(StoreError):
    template = "{name} has {size:.1f} MB: {limit} MB are the most that is kept of a file"


class EvidenceRefused(StoreError):
    """A file of evidence is of no kind that is kept, or not of the kind that its name says."""

    template = "{name} is not kept: PDF, PNG, JPEG, DOCX, XLSX and TXT are, under such a name"


class EvidenceFull(StoreError):
    template = "{limit} files of evidence are kept of an area: no other one is taken"


class EvidenceUnknown(StoreError):
    template = "no file of evidence with the digest {sha256}: choose one that is listed"


class ScenarioUnnamed(StoreError):
    template = "a scenario that is saved needs a name"


class ScenarioNameTooLong(StoreError):
    template = "a name of {length} characters: {limit} are the most"


class ScenarioNameTaken(StoreError):
    """Another scenario of the area and year has this name, or one that looks alike.

    ``name`` is that of the other one.
    """

    template = "a scenario for {year} is called {name!r}: choose another name"


class ScenarioTooLong(StoreError):
    template = "a scenario of {length} characters: {limit} are the most"


class ScenarioNotKept(StoreError):
    template = "projects and firms of this link are not in this database: open it where it was made"


class UnknownIssue(StoreError):
    template = "no issue {number}: choose one that is listed"


class DamagedIssue(StoreError):
    template = "the document of issue {number} is not as it was issued: restore a backup"


class IssuedMeanwhile(StoreError):
    template = "issue {number} came meanwhile: draft it again, knowing of that"


class UnknownShare(StoreError):
    template = "no link {share}: choose one that is listed"


class ShareUnlabelled(StoreError):
    template = "a link needs a label, by which it can be revoked later"


class ShareLabelTooLong(StoreError):
    template = "a label of {length} characters: {limit} are the most"


class ShareNeedsProtection(StoreError):
    template = (
        "issue {number} holds figures that are not published: "
        "a link to it needs a passphrase and an expiry"
    )


class ShareOverAlready(StoreError):
    template = "{expires_at} has passed: choose a later expiry"


class ShareWithoutEnd(StoreError):
    template = "say on which day the link ends, or that it has no end"


class ShareTooLong(StoreError):
    template = "a link to figures that are not published expires within {days} days"


class PassphraseTooShort(StoreError):
    template = "a passphrase has at least {limit} characters"


class PassphraseTooPlain(StoreError):
    template = (
        "a passphrase that is easily guessed: no common word or password, no date, no run of a "
        "keyboard, nothing repeated; four words or characters that nobody expects do"
    )


class RoleNeeded(StoreError):
    """Who acts has no role, or one that is not enough; ``role`` is the least that is."""

    template = "this needs the role of {role}: ask an administrator"


class UnknownPerson(StoreError):
    template = "nobody has a role under the account {account!r}"


class PersonUnnamed(StoreError):
    template = "a person needs an account, as the sign-in calls them"


class PersonNameTaken(StoreError):
    """Another account has or had this name, or one that looks alike."""

    template = "the name {name!r} is or was another account's: choose another one"


class LastAdministrator(StoreError):
    template = "{account} is the only administrator: make another one first"


class TooManyPassphrases(StoreError):
    template = "too many passphrases are tried at once: try again in a moment"


class AlertLineRefused(StoreError):
    template = "a line of {line}%: choose one above 0% and below 100%"
