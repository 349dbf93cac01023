"""nginx says who signed in with it, as ``deploy/nginx.conf`` has it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import requests
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from data.store.permissions import Role
from data.store.seed import ensure_seeded
from data.store.store import Store
from tests.data.seeds import write_seeds
from tests.deploy.behind_nginx import SECRET, configured, free_port, nginx
from ui.frame.site import Site
from ui.frame.store import store_at
from ui.people.guard import ACCOUNT, Guard


async def say_who(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(scope.get(ACCOUNT, "nobody"))(scope, receive, send)


@pytest.fixture
def upstream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Serve what a guard lets through: it answers with the account."""
    url = f"sqlite:///{tmp_path}/outlook.sqlite3"
    store = Store.open(url)
    ensure_seeded(store, write_seeds(tmp_path))
    store.people.put("planner", "", Role.ADMINISTRATOR, datetime.now(UTC))
    store.close()
    monkeypatch.setenv("DATABASE_URL", url)
    port = free_port()
    app = cast(Any, Guard(say_who, Site(), "email", "X-Remote-User", SECRET))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield port
    server.should_exit = True
    thread.join()
    store_at(url).close()


def test_who_signs_in_with_nginx_is_who_the_app_is_told(tmp_path: Path, upstream: int) -> None:
    folder, port = tmp_path / "nginx", free_port()
    folder.mkdir()
    process = cast(Any, SimpleNamespace(address=f"http://127.0.0.1:{upstream}"))
    configured(folder, port, (process, process), process)
    trusted = str(folder / "tls/certificate.pem")

    def ask(path: str, at: str = f"https://127.0.0.1:{port}", **options: Any) -> tuple[int, str]:
        heads = {"Host": f"zone.example:{port}", **options.pop("headers", {})}
        found = requests.get(f"{at}{path}", headers=heads, verify=trusted, timeout=20, **options)
        return found.status_code, found.text

    forged = {"X-Remote-User": "planner"}
    with nginx(folder, port):
        assert ask("/", auth=("planner", "plan")) == (200, "planner")
        other = {"X-Remote-User": "chief"}
        assert ask("/", auth=("planner", "plan"), headers=other) == (200, "planner")
        assert ask("/", headers=forged)[0] == 401
        assert ask("/s/token", headers=forged) == (200, "nobody")
        assert ask("/", at=f"http://127.0.0.1:{upstream}", headers=forged)[0] == 401
