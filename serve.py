"""Serve the app: ``streamlit run serve.py``. Readies the database before the first visitor."""

from __future__ import annotations

import importlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from data.seeding import ensure_seeded
from data.store import Store
from ui.environment import settings
from ui.links.quiet import keep_tokens_out_of_logs
from ui.links.route import routes
from ui.served_page import DocumentLanguage

SLOW_IMPORTS = ("ui.cache", "ui.charts.fan", "ui.charts.history")
"""They bring statsmodels and Altair: seconds that the first visitor would otherwise wait."""


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Bring the database up to date, and import what is slow while nobody waits for it."""
    threading.Thread(target=_warm_up, daemon=True).start()
    chosen = settings()
    store = Store.open(chosen.database_url)
    ensure_seeded(store, chosen.seeds_folder)
    store.close()
    yield {}


def _warm_up() -> None:
    for module in SLOW_IMPORTS:
        importlib.import_module(module)


keep_tokens_out_of_logs()
app = st.App("app.py", lifespan=lifespan, routes=routes, middleware=[Middleware(DocumentLanguage)])
