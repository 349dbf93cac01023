"""The forms that robots of WeCom and DingTalk take messages in, and what they answer.

They say that they refuse a message with status 200 and a number of the error, so their answers are
read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import httpx
import msgspec

from data.alerts.channels import DingTalkRobot
from data.alerts.deadline import NotSent
from data.store.alert_deliveries import DeliveryReason, Obstacle

LONGEST_OF_WECOM = 2048
"""Bytes of a text that WeCom takes."""


def wecom_form(title: str, text: str) -> dict[str, Any]:
    """Return a message as WeCom takes it, and as far as it does."""
    return _text(_whole(title, text).encode()[:LONGEST_OF_WECOM].decode(errors="ignore"))


def dingtalk_form(title: str, text: str) -> dict[str, Any]:
    """Return a message as DingTalk takes it."""
    return _text(_whole(title, text))


def _whole(title: str, text: str) -> str:
    return f"{title}\n{text}"


def _text(words: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": words}}


def signed(robot: DingTalkRobot, now: float) -> str:
    """Return the address of a robot, signed where it asks for that, as DingTalk describes it."""
    if not robot.secret:
        return robot.url
    stamp = str(round(now * 1000))
    digest = hmac.new(
        robot.secret.encode(), f"{stamp}\n{robot.secret}".encode(), hashlib.sha256
    ).digest()
    sign = base64.b64encode(digest).decode()
    return str(httpx.URL(robot.url).copy_merge_params({"timestamp": stamp, "sign": sign}))


def expect_no_error(answer: bytes) -> None:
    """Raise NotSent if a robot says that it did not take a message."""
    try:
        number = msgspec.json.decode(answer)["errcode"]
    except (msgspec.DecodeError, LookupError, TypeError):
        raise NotSent(DeliveryReason(Obstacle.ANSWER, "no answer of a robot")) from None
    if number != 0:
        detail = f"errcode {number}" if isinstance(number, int) else "errcode"
        raise NotSent(DeliveryReason(Obstacle.ROBOT, detail))
