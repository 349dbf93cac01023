"""No log record holds what opens a link."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from uvicorn.logging import AccessFormatter

from ui.links.log_redaction import keep_tokens_out_of_logs, without_tokens

TOKEN = "aSd4-JEQl9QpdijXmAO1oCHE--f4fnW1DzNuAYwNn7E"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    keep_tokens_out_of_logs()
    yield
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(
    "line",
    [
        f'127.0.0.1 - "GET /s/{TOKEN}?lang=zh HTTP/1.1" 200',
        f'rerun_script {{ query_string: "t={TOKEN}&lang=zh" }}',
        f"http://127.0.0.1/shared?lang=en&t={TOKEN}",
        f"no such link: {TOKEN}",
        f"referer: http%3A%2F%2Fhost%2Fs%2F{TOKEN}",
        f"next=http%253A%252F%252Fhost%252Fs%252F{TOKEN}",
        f"GET /login?next=%2Fshared%3Ft%3D{TOKEN}",
        f"GET /login?next=%2Fshared%3Flang%3Dzh%26t%3D{TOKEN}%26lang",
        f"GET /login?next=%252Fshared%253Ft%253D{TOKEN}",
        f"GET /a?u=t%253D{TOKEN}",
        f"GET /a?u=%2fshared%3ft%3d{TOKEN}",
        f'{{"url": "/shared?lang=zh\\u0026t={TOKEN}"}}',
        f"said%20{TOKEN}%22",
    ],
)
def test_a_token_is_taken_out_wherever_it_stands(
    line: str, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("any.library")

    with caplog.at_level(logging.DEBUG):
        logger.debug(line)
        logger.debug("asked for %s and %r", line, {"address": line})

    assert TOKEN not in caplog.text
    assert "..." in caplog.text


def test_an_access_log_is_written_in_its_own_form() -> None:
    line = '%s - "%s %s HTTP/%s" %d'
    args = ("127.0.0.1:1", "GET", f"/s/{TOKEN}?lang=zh", "1.1", 200)
    record = logging.getLogger("uvicorn.access").makeRecord("uvicorn", 20, "f", 1, line, args, None)

    written = AccessFormatter("%(request_line)s", use_colors=False).format(record)

    assert written == "GET /s/...?lang=zh HTTP/1.1"


def test_a_token_is_taken_out_of_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(f"cannot open /s/{TOKEN}")
    except ValueError:
        logging.getLogger("any").exception("failed")

    assert "Traceback" in caplog.text
    assert TOKEN not in caplog.text


def test_a_token_typed_wrong_is_taken_out_too() -> None:
    for before in ("/s/", "/outlook/s/", "%2Fs%2F", "%3Ft%3D", "%26t%3D", "?t%253D", "&t="):
        assert TOKEN[:40] not in without_tokens(f"GET {before}{TOKEN[:40]}")


def test_other_lines_stay_as_they_are(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("any").warning("port %s is taken, format=%s", 8501, "zh")

    assert caplog.messages == ["port 8501 is taken, format=zh"]


def test_a_record_that_cannot_be_written_is_left_to_logging() -> None:
    record = logging.getLogger("any").makeRecord("any", 10, "f", 1, "%s %s", ("one",), None)

    assert record.args == ("one",)


def test_asking_twice_does_no_harm() -> None:
    once = logging.getLogRecordFactory()
    keep_tokens_out_of_logs()

    assert logging.getLogRecordFactory() is once
