"""How a message goes as mail."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from data.alerts import deadline
from data.alerts.channels import Mail
from data.alerts.deadline import TOO_LATE, Deadline, MayHaveArrived, NotSent, in_time
from data.alerts.messages import Message
from data.store.alert_deliveries import DeliveryReason, Obstacle

_OBSTACLES: tuple[tuple[type[Exception], Obstacle], ...] = (
    (smtplib.SMTPSenderRefused, Obstacle.SENDER),
    (smtplib.SMTPRecipientsRefused, Obstacle.EVERY_RECIPIENT),
    (smtplib.SMTPResponseException, Obstacle.SERVER),
    (smtplib.SMTPException, Obstacle.OTHER),
    (ssl.SSLError, Obstacle.ENCRYPTION),
    (BrokenPipeError, Obstacle.INTERRUPTED),
    (OSError, Obstacle.UNREACHABLE),
)
"""What stands behind an error wherever it comes: the first kind that it is of decides."""

_GO_ON = 354
"""The answer to which the text of a mail follows."""


class _Watched(smtplib.SMTP):
    """A mail server each of whose answers has to come before a deadline."""

    def __init__(self, limit: Deadline, *given: Any, **named: Any) -> None:
        self._limit = limit
        super().__init__(*given, **named)

    def getreply(self) -> tuple[int, bytes]:
        """Return the next answer; the connection may be another since the one before."""
        self._limit.watch(self.sock)
        if self.sock is not None:
            self.sock.settimeout(deadline.WITHIN)  # it is connected: all the time is for answers
        code, text = super().getreply()
        self._limit.under_way |= code == _GO_ON
        return code, text


class _WatchedUnderTls(_Watched, smtplib.SMTP_SSL):
    """The same, under TLS from the first byte."""


def send_mail(message: Message, channel: Mail) -> DeliveryReason | None:
    """Send a message by mail; return how many recipients were refused, None if none was."""
    mail = EmailMessage()
    mail["Subject"] = " ".join(message.title.split())
    mail["From"] = channel.sender
    mail["To"] = ", ".join(channel.recipients)
    mail["Date"] = format_datetime(message.at)
    # Mail programs show a message of one number once, however often it arrives.
    mail["Message-ID"] = f"<{message.id}@zone-outlook>"
    mail.set_content(message.text)
    with in_time() as limit:
        refused = _refused(mail, channel, limit)
    if not refused:
        return None
    few, count = len(refused), len(channel.recipients)
    return DeliveryReason(
        Obstacle.RECIPIENTS, f"{few} of {count} recipients refused", refused=few, count=count
    )


def _refused(mail: EmailMessage, channel: Mail, limit: Deadline) -> Mapping[str, Any]:
    """Pass a mail to its server; return the recipients whom it refused, with its answers."""
    try:
        with closing(_server(channel, limit)) as server:
            if channel.security == "starttls":
                with _refusing(Obstacle.ENCRYPTION):
                    server.starttls(context=ssl.create_default_context())
            if channel.user:
                with _refusing(Obstacle.PASSWORD):
                    server.login(channel.user, channel.password)
            refused = server.send_message(mail)
            with suppress(smtplib.SMTPException, OSError):  # the message is taken by now
                server.quit()
            return refused
    except TimeoutError:
        raise NotSent(TOO_LATE) from None
    except smtplib.SMTPServerDisconnected as error:  # also where it does not answer in time
        kind = MayHaveArrived if limit.under_way else NotSent
        raise kind(_reason(Obstacle.INTERRUPTED, error)) from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        found = (obstacle for kind, obstacle in _OBSTACLES if isinstance(error, kind))
        raise NotSent(_reason(next(found, Obstacle.OTHER), error)) from None


@contextmanager
def _refusing(obstacle: Obstacle) -> Iterator[None]:
    """Raise NotSent with an obstacle where a server refuses a step, or does not know it."""
    try:
        yield
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as error:
        raise NotSent(_reason(obstacle, error)) from None


def _reason(obstacle: Obstacle, error: Exception) -> DeliveryReason:
    """Return a reason by the kind of an error, and by its number: its text may hold anything."""
    number = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    return DeliveryReason(obstacle, type(error).__name__ + number)


def _server(channel: Mail, limit: Deadline) -> smtplib.SMTP:
    if channel.security == "tls":
        context = ssl.create_default_context()
        return _WatchedUnderTls(
            limit, channel.host, channel.port, timeout=deadline.TO_CONNECT, context=context
        )
    return _Watched(limit, channel.host, channel.port, timeout=deadline.TO_CONNECT)
