"""Why a message was not taken, in words; what the log of the server has stands in brackets."""

from __future__ import annotations

import re

from ui.language import Speaker

_REASONS = {
    r"no answer in time": "late",
    r"status \d+": "server",
    r"errcode( -?\d+)?": "robot",
    r"no answer of a robot": "answer",
    r"(?P<refused>\d+) of (?P<count>\d+) recipients refused": "recipients",
    r"SMTPRecipientsRefused": "every_recipient",
    r"SMTPSenderRefused.*": "sender",
    r"SMTPAuthenticationError.*": "password",
    r"SSL.*|SMTPNotSupportedError": "encryption",
    r"Connect.*|gaierror|ProxyError": "unreachable",
    r"Read.*|Write.*|RemoteProtocolError|SMTPServerDisconnected|BrokenPipeError": "interrupted",
}
"""What ``data.alerts.deadline.NotSent`` says of a message, and the word for it."""


def why(detail: str, say: Speaker) -> str:
    """Say what became of a message that was not simply taken."""
    for pattern, reason in _REASONS.items():
        if found := re.fullmatch(pattern, detail):
            code = say.verbatim(detail)
            return say(f"alert_reason.{reason}", code=code, **found.groupdict())
    return say("alert_reason.other", code=say.verbatim(detail))
