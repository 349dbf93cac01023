"""What the log looks like: lines for a person, or one JSON object a line for a program.

Both say which request a line is about. Nothing in them opens a link (``log_redaction``), and no
error of the database tells its values (``hide_parameters``).
"""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from datetime import UTC, datetime

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.frame.request_log import CURRENT, HEADER

_UNTRUE = "ASGI callable returned without completing handshake."
"""What uvicorn takes for an error where a websocket was refused by an answer."""
READABLE = "%(asctime)s %(levelname)s %(name)s: %(message)s%(about)s"


def request_id() -> str:
    """Return the number of the request, or of the session, that is being answered; else empty."""
    number = CURRENT.get()
    if not number and get_script_run_ctx(suppress_warning=True) is not None:
        with suppress(Exception):  # whatever fails here, what is being logged matters more
            number = st.context.headers.get(HEADER, "")
    return number


def log_for_people() -> None:
    """Write warnings and errors as lines to be read."""
    _log_through(logging.Formatter(READABLE), logging.WARNING)


def log_as_json() -> None:
    """Write all that is told, requests included, as one JSON object a line."""
    _log_through(JsonLines(), logging.INFO)
    # Below that, one tells of each table, the other the address of everybody who connects.
    for name in ("alembic", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)
    use_one_form()


def use_one_form() -> None:
    """Have what Streamlit and the server log be written in the same form as all else."""
    for logger in list(logging.Logger.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers.clear()
            logger.propagate = True


class JsonLines(logging.Formatter):
    """Formats a record as a JSON object on a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := getattr(record, "request", ""):
            told["request"] = number
        told |= getattr(record, "told", {})
        if record.exc_info:
            told["exception"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def _log_through(formatter: logging.Formatter, level: int) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    handler.addFilter(_add_request)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.getLogger("uvicorn.error").addFilter(_is_true)


def _is_true(record: logging.LogRecord) -> bool:
    return record.msg != _UNTRUE


def _add_request(record: logging.LogRecord) -> bool:
    number = request_id()
    record.request, record.about = number, f" (request {number})" if number else ""
    return True
