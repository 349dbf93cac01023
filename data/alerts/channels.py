"""Where alerts go: the channels of the file that ``ALERT_CHANNELS_FILE`` names.

Addresses of robots hold their secret, and mail servers ask for a password. So channels stand in a
file that only the app may read, and in no database; what is shown or logged of one is its name, its
kind and its host.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import httpx
import msgspec

from data.alerts.errors import ChannelsUnreadable

Name = Annotated[str, msgspec.Meta(pattern=r"^[\w.-]{1,60}\Z")]
Address = Annotated[str, msgspec.Meta(pattern=r"^https?://[^/\s]+")]
MailAddress = Annotated[str, msgspec.Meta(pattern=r"^[^\s<>(),:;\"@]+@[^\s<>(),:;\"@]+\Z")]
Port = Annotated[int, msgspec.Meta(ge=1, le=65_535)]


class _Channel(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"
):
    """What every channel has: its name in the log, and the language of its messages."""

    name: Name
    language: Literal["zh", "en"] = "zh"

    @property
    def kind(self) -> str:
        """What kind of channel it is, as the file calls it."""
        return str(self.__struct_config__.tag)


class _Robot(_Channel, frozen=True, kw_only=True):
    """A channel that is posted to; its address may hold a secret."""

    url: Address

    def __post_init__(self) -> None:
        """Refuse an address that names no host, before anything is sent there."""
        try:
            whole = httpx.URL(self.url).host and self.host
        except (httpx.InvalidURL, ValueError):
            whole = ""
        if not whole:
            raise ValueError("Expected `url` to name a host")

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.url).hostname or ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


class Webhook(_Robot, frozen=True, kw_only=True, tag="webhook"):
    """A program of one's own; ``token`` is sent as that of a bearer where one is given."""

    token: str = ""


class WeComRobot(_Robot, frozen=True, kw_only=True, tag="wecom"):
    """A robot of WeCom (企业微信群机器人), or whatever takes its form."""


class DingTalkRobot(_Robot, frozen=True, kw_only=True, tag="dingtalk"):
    """A robot of DingTalk (钉钉群机器人); ``secret`` signs where the robot asks for it."""

    secret: str = ""


class Mail(_Channel, frozen=True, kw_only=True, tag="mail"):
    """A mail server that passes messages on to some people."""

    host: Annotated[str, msgspec.Meta(min_length=1)]
    sender: MailAddress
    recipients: Annotated[tuple[MailAddress, ...], msgspec.Meta(min_length=1)]
    port: Port = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


Channel = Webhook | WeComRobot | DingTalkRobot | Mail


class _File(msgspec.Struct, forbid_unknown_fields=True):
    channel: list[Channel] = []


def read_channels(file: Path | None) -> tuple[Channel, ...]:
    """Return the channels of a file; none without one.

    Raises
    ------
    ChannelsUnreadable
        If it cannot be read, or is not as it should be; of what is wrong no address and no secret
        is told.
    """
    if file is None:
        return ()
    try:
        read = msgspec.convert(tomllib.loads(file.read_text("utf-8-sig")), _File)
    except OSError as error:
        raise ChannelsUnreadable(place=file, problem=error.strerror or "it is no file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise ChannelsUnreadable(place=file, problem="it is no TOML in UTF-8") from None
    except msgspec.ValidationError as error:
        raise ChannelsUnreadable(place=file, problem=str(error)) from None
    names = [channel.name for channel in read.channel]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ChannelsUnreadable(place=file, problem=f"two channels are called {min(twice)}")
    return tuple(read.channel)
