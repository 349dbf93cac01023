"""How a message goes to a channel: as a web page is asked for, or as mail.

WeCom and DingTalk answer that they refuse a message with status 200 and a number of the error, so
their answers are read. A channel that redirects is not followed, and one that has not answered
within ``WITHIN`` is not waited for, however much of an answer keeps coming. Why a message could not
be sent is told without the address, which may hold a secret, and without the answer, which may
repeat it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from threading import Timer
from typing import Any

import httpx
import msgspec

from data.alerts.channels import Channel, DingTalkRobot, Mail, Webhook, WeComRobot

WITHIN = 15.0
"""Seconds that a channel has to take a message, from the first connection to the last answer."""
TOO_LATE = "no answer in time"
LONGEST_ANSWER = 64 * 1024
"""Bytes of an answer that are read."""
LONGEST_OF_WECOM = 2048
"""Bytes of a text that WeCom takes."""

logging.getLogger("httpx").setLevel(logging.WARNING)  # else it logs every address that is asked


class NotSent(Exception):
    """Raised with the reason, which holds nothing of address, secret and answer."""


class MayHaveArrived(NotSent):
    """Raised where a channel was sent a message, and the answer did not come."""


class _Deadline:
    """Ends a connection when ``WITHIN`` is over.

    Limits of libraries are for each wait, so that one who sends a byte now and then is waited for
    without end. Shutting the connection down ends whatever waits for it in another thread.
    """

    def __init__(self) -> None:
        self.over = False
        self._connection: socket.socket | None = None

    def watch(self, connection: socket.socket | None) -> None:
        """Watch the connection that is used from now on."""
        self._connection = connection
        if self.over:
            self._shut()

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """Watch each connection that httpx opens, or puts under TLS."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self.watch(told["return_value"].get_extra_info("socket"))

    def end(self) -> None:
        """Shut the connection that is watched, and each that follows."""
        self.over = True
        self._shut()

    def _shut(self) -> None:
        if self._connection is not None:
            with suppress(OSError):  # it has ended by itself
                self._connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def _deadline() -> Iterator[_Deadline]:
    deadline = _Deadline()
    timer = Timer(WITHIN, deadline.end)
    timer.daemon = True
    timer.start()
    try:
        yield deadline
    except NotSent:
        if deadline.over:
            raise MayHaveArrived(TOO_LATE) from None
        raise
    finally:
        timer.cancel()


class _Watched(smtplib.SMTP):
    """A mail server each of whose answers has to come before a deadline."""

    def __init__(self, deadline: _Deadline, *given: Any, **named: Any) -> None:
        self._deadline = deadline
        super().__init__(*given, **named)

    def getreply(self) -> tuple[int, bytes]:
        """Return the next answer; the connection may be another since the one before."""
        self._deadline.watch(self.sock)
        return super().getreply()


class _WatchedUnderTls(_Watched, smtplib.SMTP_SSL):
    """The same, under TLS from the first byte."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel is sent.

    Attributes
    ----------
    id
        The same for each attempt to deliver an alert.
    fields
        What a program is told besides the words.
    """

    id: str
    title: str
    text: str
    at: datetime
    fields: Mapping[str, Any]


def send(message: Message, channel: Channel) -> str:
    """Send a message to a channel; return what is to be said of that, mostly nothing.

    Raises
    ------
    NotSent
        If the channel did not take it, or did not say so.
    """
    match channel:
        case Mail():
            return _mail(message, channel)
        case Webhook():
            headers = {"Authorization": f"Bearer {channel.token}"} if channel.token else {}
            told = {"id": message.id, "title": message.title, "text": message.text}
            _post(channel.url, {**told, **message.fields}, headers)
        case WeComRobot():
            _expect_no_error(_post(channel.url, _text(_shortened(message))))
        case DingTalkRobot():
            address = _signed(channel, time.time()) if channel.secret else channel.url
            _expect_no_error(_post(address, _text(_whole(message))))
    return ""


def _whole(message: Message) -> str:
    return f"{message.title}\n{message.text}"


def _shortened(message: Message) -> str:
    """Return the words of a message as far as WeCom takes them."""
    return _whole(message).encode()[:LONGEST_OF_WECOM].decode(errors="ignore")


def _text(words: str) -> dict[str, Any]:
    """Return the form that both robots take."""
    return {"msgtype": "text", "text": {"content": words}}


def _signed(robot: DingTalkRobot, now: float) -> str:
    """Return the address of a robot that asks for a signature, as DingTalk describes it."""
    stamp = str(round(now * 1000))
    digest = hmac.new(
        robot.secret.encode(), f"{stamp}\n{robot.secret}".encode(), hashlib.sha256
    ).digest()
    sign = base64.b64encode(digest).decode()
    return str(httpx.URL(robot.url).copy_merge_params({"timestamp": stamp, "sign": sign}))


def _post(address: str, document: Mapping[str, Any], headers: Mapping[str, str] = {}) -> bytes:
    """Post a document, and return the beginning of the answer."""
    content = msgspec.json.encode(document)
    head = {"Content-Type": "application/json; charset=utf-8", **headers}
    with _deadline() as deadline:
        answer = _answer(address, content, head, deadline)
        if deadline.over:  # an answer that ends with its connection looks whole
            raise MayHaveArrived(TOO_LATE)
        return answer


def _answer(address: str, content: bytes, head: Mapping[str, str], deadline: _Deadline) -> bytes:
    try:
        with (
            httpx.Client(timeout=WITHIN / 3) as client,
            client.stream(
                "POST", address, content=content, headers=head,
                extensions={"trace": deadline.trace},
            ) as answer,
        ):  # fmt: skip
            if not answer.is_success:
                raise NotSent(f"status {answer.status_code}")
            read = b""
            for part in answer.iter_bytes():
                read += part
                if len(read) > LONGEST_ANSWER:
                    break
            return read
    except httpx.ReadTimeout:
        raise MayHaveArrived(TOO_LATE) from None
    except (httpx.ReadError, httpx.RemoteProtocolError) as error:
        raise MayHaveArrived(type(error).__name__) from None
    except httpx.TimeoutException:
        raise NotSent(TOO_LATE) from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NotSent(type(error).__name__) from None


def _expect_no_error(answer: bytes) -> None:
    """Raise NotSent if a robot says that it did not take a message."""
    try:
        number = msgspec.json.decode(answer)["errcode"]
    except (msgspec.DecodeError, LookupError, TypeError):
        raise NotSent("no answer of a robot") from None
    if number != 0:
        raise NotSent(f"errcode {number}" if isinstance(number, int) else "errcode")


def _mail(message: Message, channel: Mail) -> str:
    """Send a message by mail; return how many recipients the server refused, if it did some."""
    mail = EmailMessage()
    mail["Subject"] = " ".join(message.title.split())
    mail["From"] = channel.sender
    mail["To"] = ", ".join(channel.recipients)
    mail["Date"] = format_datetime(message.at)
    # Mail programs show a message of one number once, however often it arrives.
    mail["Message-ID"] = f"<{message.id}@zone-outlook>"
    mail.set_content(message.text)
    with _deadline() as deadline:
        refused = _refused(mail, channel, deadline)
    return f"{len(refused)} of {len(channel.recipients)} recipients refused" if refused else ""


def _refused(mail: EmailMessage, channel: Mail, deadline: _Deadline) -> Mapping[str, Any]:
    """Pass a mail to its server; return the recipients whom it refused, with its answers."""
    try:
        with closing(_server(channel, deadline)) as server:
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


def _server(channel: Mail, deadline: _Deadline) -> smtplib.SMTP:
    if channel.security == "tls":
        context = ssl.create_default_context()
        return _WatchedUnderTls(
            deadline, channel.host, channel.port, timeout=WITHIN / 3, context=context
        )
    return _Watched(deadline, channel.host, channel.port, timeout=WITHIN / 3)
