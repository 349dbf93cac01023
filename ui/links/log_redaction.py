"""Logs without tokens: who reads a log must not be able to open a link.

At its usual level the server writes no addresses, but at ``debug`` it does, and so may any library
in an error. So tokens are taken out where records are made, whoever makes them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

HIDDEN = "..."

_PERCENT = "%(?:25)*"
"""As an address writes one that stands in another address, however often."""
_SLASH, _EQUALS = (f"(?:{sign}|{_PERCENT}{code})" for sign, code in (("/", "2F"), ("=", "3D")))
_ADDRESSED = re.compile(
    rf"({_SLASH}s{_SLASH}|(?:\b|{_PERCENT}(?:3F|26|3B)|u0026)t{_EQUALS})[\w%-]+", re.IGNORECASE
)
_ALONE = re.compile(r"(?:(?<![\w-])|(?<=%[0-9A-Fa-f]{2}))[\w-]{43}(?![\w-])")
"""As long as 256 bits are in base64."""


def without_tokens(text: str) -> str:
    """Return a text in which nothing opens a link."""
    return _ALONE.sub(HIDDEN, _ADDRESSED.sub(rf"\1{HIDDEN}", text))


def keep_tokens_out_of_logs() -> None:
    """Have every log record made from now on be without tokens; asking twice does no harm."""
    made = logging.getLogRecordFactory()
    if not isinstance(made, _Factory):
        logging.setLogRecordFactory(_Factory(made))


class _Factory:
    """Makes log records as before, and takes the tokens out."""

    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        self._make = make

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record = self._make(*args, **kwargs)
        try:
            said = record.getMessage()
        except Exception:  # a defect of whoever logs, which logging tells of in its own way
            return record
        if without_tokens(said) != said:
            _clean(record)
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = without_tokens(logging.Formatter().formatException(record.exc_info))
        return record


def _clean(record: logging.LogRecord) -> None:
    """Take the tokens out of a record, and leave it its arguments where these suffice.

    The formatter of a server's access log takes addresses from there.
    """
    if isinstance(record.args, tuple):
        record.args = tuple(
            without_tokens(part) if isinstance(part, str) else part for part in record.args
        )
    said = record.getMessage()
    shown = without_tokens(said)
    if shown != said:
        record.msg, record.args = shown, ()
