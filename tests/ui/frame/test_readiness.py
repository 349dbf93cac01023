"""A process says whether it can answer with figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import Response

from data.store.errors import EmptyStore
from tests import event_loop
from ui.frame import readiness
from ui.frame.readiness import readiness_route
from ui.frame.site import Site


def asked() -> Response:
    """Return what is answered; of the request nothing is read."""
    route = readiness_route(Site("/outlook"))
    assert route.path == "/outlook/ready"
    answer: Response = event_loop.run(route.endpoint(Request({"type": "http"})))
    return answer


def test_a_process_with_figures_is_ready(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", seeded_url)

    answer = asked()

    assert (answer.status_code, bytes(answer.body).decode()) == (200, "ready")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_process_whose_database_is_away_or_gone_is_not_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    faults = (
        OperationalError("SELECT", {}, Exception("secret of the database")),
        EmptyStore(place=Path("/var/outlook.sqlite3")),
    )
    for fault in faults:

        def away(fault: Exception = fault) -> None:
            raise fault

        monkeypatch.setattr(readiness, "store", away)
        answer = asked()

        assert answer.status_code == 503
        assert bytes(answer.body).decode().startswith("not ready: ")
        assert "secret" not in bytes(answer.body).decode()
