"""Errors of issues and of the links to them a person can act on.

OutlookError
├── UnknownIssue              no outlook was issued under that number
├── DamagedIssue              a document is not as it was issued
├── IssuedMeanwhile           somebody else issued while a document was drafted
├── UnknownShare              no link has that number, or it was deleted
├── ShareUnlabelled           a link is to be made that no list could tell from others
├── ShareLabelTooLong         the label of a link is no label any more
├── ShareNeedsProtection      a link to unpublished figures lacks passphrase or expiry
├── ShareOverAlready          a link is to expire before it is made
├── ShareTooLong              a link to unpublished figures is to stay open for too long
├── PassphraseTooShort        a passphrase could be found by trying
├── PassphraseTooPlain        a passphrase is among the first that anybody tries
└── TooManyPassphrases        more passphrases are tried at once than can be computed
"""

from __future__ import annotations

from datetime import datetime

from forecasting.errors import OutlookError


class UnknownIssue(OutlookError):
    """Raised when no outlook was issued under the number asked for."""

    code = "unknown_issue"

    def __init__(self, number: int) -> None:
        super().__init__(f"no issue {number}: choose one that is listed", number=number)


class DamagedIssue(OutlookError):
    """Raised when the bytes of a document are not those that were issued."""

    code = "damaged_issue"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"the document of issue {number} is not as it was issued: restore a backup",
            number=number,
        )


class IssuedMeanwhile(OutlookError):
    """Raised when there is a later issue than the newest that a document knows of."""

    code = "issued_meanwhile"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"issue {number} came meanwhile: draft it again, knowing of that", number=number
        )


class UnknownShare(OutlookError):
    """Raised when no link has the number asked for, or it was deleted."""

    code = "unknown_share"

    def __init__(self, share: int) -> None:
        super().__init__(f"no link {share}: choose one that is listed", share=share)


class ShareUnlabelled(OutlookError):
    """Raised when a link is to be made without a label."""

    code = "share_unlabelled"

    def __init__(self) -> None:
        super().__init__("a link needs a label, by which it can be revoked later")


class ShareLabelTooLong(OutlookError):
    """Raised when the label of a link has more characters than a list can show."""

    code = "share_label_too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"a label of {length} characters: {limit} are the most", length=length, limit=limit
        )


class ShareNeedsProtection(OutlookError):
    """Raised when a link to figures that are not published lacks a passphrase or an expiry."""

    code = "share_needs_protection"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"issue {number} holds figures that are not published: "
            "a link to it needs a passphrase and an expiry",
            number=number,
        )


class ShareOverAlready(OutlookError):
    """Raised when a link is to expire before it is made."""

    code = "share_over_already"

    def __init__(self, expires_at: datetime) -> None:
        super().__init__(f"{expires_at.isoformat()} has passed: choose a later expiry")


class ShareWithoutEnd(OutlookError):
    """Raised when a link is to end on a day that nobody gave."""

    code = "share_without_end"

    def __init__(self) -> None:
        super().__init__("say on which day the link ends, or that it has no end")


class ShareTooLong(OutlookError):
    """Raised when a link to figures that are not published is to stay open for too long."""

    code = "share_too_long"

    def __init__(self, days: int) -> None:
        super().__init__(
            f"a link to figures that are not published expires within {days} days", days=days
        )


class PassphraseTooShort(OutlookError):
    """Raised when a passphrase is so short that it could be found by trying."""

    code = "passphrase_too_short"

    def __init__(self, limit: int) -> None:
        super().__init__(f"a passphrase has at least {limit} characters", limit=limit)


class PassphraseTooPlain(OutlookError):
    """Raised when a passphrase is among the first that anybody tries."""

    code = "passphrase_too_plain"

    def __init__(self, distinct: int) -> None:
        super().__init__(
            f"a passphrase has at least {distinct} different characters and is no run of a "
            "keyboard or an alphabet",
            distinct=distinct,
        )


class TooManyPassphrases(OutlookError):
    """Raised when more passphrases are tried at once than this process computes."""

    code = "too_many_passphrases"

    def __init__(self) -> None:
        super().__init__("too many passphrases are tried at once: try again in a moment")
