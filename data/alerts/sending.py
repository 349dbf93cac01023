"""How a message goes to a channel: as a web page is asked for, or as mail.

WeCom and DingTalk answer that they refuse a message with status 200 and a number of the error, so
their answers are read. A channel that redirects is not followed, and an answer that takes longer
than ``WITHIN`` is not waited for. Why a message could not be sent is told without the address,
which may hold a secret, and without the answer, which may repeat it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import smtplib
import ssl
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import httpx
import msgspec

from data.alerts.channels import Channel, DingTalkRobot, Mail, Webhook, WeComRobot

WITHIN = 15.0
"""Seconds that a channel has to take a message."""
LONGEST_ANSWER = 64 * 1024
"""Bytes of an answer that are read."""
LONGEST_OF_WECOM = 2048
"""Bytes of a text that WeCom takes."""

logging.getLogger("httpx").setLevel(logging.WARNING)  # else it logs every address that is asked


class NotSent(Exception):
    """Raised with the reason, which holds nothing of address, secret and answer."""


class MayHaveArrived(NotSent):
    """Raised where a channel was sent a message, and the answer did not come."""


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
    ends = time.monotonic() + WITHIN
    content = msgspec.json.encode(document)
    head = {"Content-Type": "application/json; charset=utf-8", **headers}
    try:
        with (
            httpx.Client(timeout=WITHIN / 3) as client,
            client.stream("POST", address, content=content, headers=head) as answer,
        ):
            if not answer.is_success:
                raise NotSent(f"status {answer.status_code}")
            read = b""
            for part in answer.iter_bytes():
                read += part
                if len(read) > LONGEST_ANSWER:
                    break
                if time.monotonic() > ends:
                    raise MayHaveArrived("no answer in time")
            return read
    except httpx.ReadTimeout:
        raise MayHaveArrived("no answer in time") from None
    except (httpx.ReadError, httpx.RemoteProtocolError) as error:
        raise MayHaveArrived(type(error).__name__) from None
    except httpx.TimeoutException:
        raise NotSent("no answer in time") from None
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
    try:
        with closing(_server(channel)) as server:
            if channel.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if channel.user:
                server.login(channel.user, channel.password)
            refused = server.send_message(mail)
            with suppress(smtplib.SMTPException, OSError):  # the message is taken by now
                server.quit()
    except TimeoutError:
        raise NotSent("no answer in time") from None
    except smtplib.SMTPServerDisconnected as error:  # also where it does not answer in time
        raise MayHaveArrived(type(error).__name__) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"{type(error).__name__} {error.smtp_code}") from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise NotSent(type(error).__name__) from None
    return f"{len(refused)} of {len(channel.recipients)} recipients refused" if refused else ""


def _server(channel: Mail) -> smtplib.SMTP:
    if channel.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(channel.host, channel.port, timeout=WITHIN / 3, context=context)
    return smtplib.SMTP(channel.host, channel.port, timeout=WITHIN / 3)
