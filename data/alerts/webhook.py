"""What is posted to a channel that is asked for as a web page; redirects are not followed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import httpx
import msgspec

from data.alerts import deadline
from data.alerts.deadline import TOO_LATE, Deadline, MayHaveArrived, NotSent, in_time
from data.store.alert_deliveries import DeliveryReason, Obstacle

LONGEST_ANSWER = 64 * 1024
"""Bytes of an answer that are read."""

logging.getLogger("httpx").setLevel(logging.WARNING)  # else it logs every address that is asked


def post(address: str, document: Mapping[str, Any], headers: Mapping[str, str] = {}) -> bytes:
    """Post a document, and return the beginning of the answer."""
    content = msgspec.json.encode(document)
    head = {"Content-Type": "application/json; charset=utf-8", **headers}
    with in_time() as limit:
        answer = _answer(address, content, head, limit)
        if limit.over:  # an answer that ends with its connection looks whole
            raise MayHaveArrived(TOO_LATE)
        return answer


def _answer(address: str, content: bytes, head: Mapping[str, str], limit: Deadline) -> bytes:
    limits = httpx.Timeout(deadline.WITHIN, connect=deadline.TO_CONNECT)
    try:
        with (
            httpx.Client(timeout=limits) as client,
            client.stream(
                "POST", address, content=content, headers=head,
                extensions={"trace": limit.trace},
            ) as answer,
        ):  # fmt: skip
            if not answer.is_success:
                detail = f"status {answer.status_code}"
                raise NotSent(DeliveryReason(Obstacle.SERVER, detail))
            read = b""
            for part in answer.iter_bytes():
                read += part
                if len(read) > LONGEST_ANSWER:
                    break
            return read
    except httpx.ReadTimeout:
        raise MayHaveArrived(TOO_LATE) from None
    except (httpx.ReadError, httpx.RemoteProtocolError) as error:
        raise MayHaveArrived(_reason(Obstacle.INTERRUPTED, error)) from None
    except httpx.TimeoutException:
        raise NotSent(TOO_LATE) from None
    except (httpx.ConnectError, httpx.ProxyError) as error:
        raise NotSent(_reason(Obstacle.UNREACHABLE, error)) from None
    except httpx.NetworkError as error:
        raise NotSent(_reason(Obstacle.INTERRUPTED, error)) from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NotSent(_reason(Obstacle.OTHER, error)) from None


def _reason(obstacle: Obstacle, error: Exception) -> DeliveryReason:
    return DeliveryReason(obstacle, type(error).__name__)
