"""How a message goes as mail."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from data.alerts import deadline
from data.alerts.channels import Mail
from data.alerts.deadline import TOO_LATE, Deadline, MayHaveArrived, NotSent, in_time
from data.alerts.messages import Message


class _Watched(smtplib.SMTP):
    """A mail server each of whose answers has to come before a deadline."""

    def __init__(self, limit: Deadline, *given: Any, **named: Any) -> None:
        self._limit = limit
        super().__init__(*given, **named)

    def getreply(self) -> tuple[int, bytes]:
        """Return the next answer; the connection may be another since the one before."""
        self._limit.watch(self.sock)
        return super().getreply()


class _WatchedUnderTls(_Watched, smtplib.SMTP_SSL):
    """The same, under TLS from the first byte."""


def send_mail(message: Message, channel: Mail) -> str:
    """Send a message by mail; return how many recipients the server refused, if it did some."""
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
    return f"{len(refused)} of {len(channel.recipients)} recipients refused" if refused else ""


def _refused(mail: EmailMessage, channel: Mail, limit: Deadline) -> Mapping[str, Any]:
    """Pass a mail to its server; return the recipients whom it refused, with its answers."""
    try:
        with closing(_server(channel, limit)) as server:
            if channel.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if channel.user:
                server.login(channel.user, channel.password)
            refused = server.send_message(mail)
            with suppress(smtplib.SMTPException, OSError):  # the message is taken by now
                server.quit()
            return refused
    except TimeoutError:
        raise NotSent(TOO_LATE) from None
    except smtplib.SMTPServerDisconnected as error:  # also where it does not answer in time
        raise MayHaveArrived(type(error).__name__) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"{type(error).__name__} {error.smtp_code}") from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise NotSent(type(error).__name__) from None


def _server(channel: Mail, limit: Deadline) -> smtplib.SMTP:
    if channel.security == "tls":
        context = ssl.create_default_context()
        return _WatchedUnderTls(
            limit, channel.host, channel.port, timeout=deadline.WITHIN / 3, context=context
        )
    return _Watched(limit, channel.host, channel.port, timeout=deadline.WITHIN / 3)
