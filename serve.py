"""Serve the app: ``streamlit run serve.py``. Readies the database before the first visitor."""

from __future__ import annotations

import importlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from forecasting.models.runtime import use_one_thread
from ui.frame.foreign_origin import SameOrigin, hosts
from ui.frame.served_page import DocumentLanguage
from ui.frame.site import Site
from ui.frame.store import store as links_store
from ui.language import Language, catalogue
from ui.links.log_redaction import keep_tokens_out_of_logs
from ui.links.routes import routes

WARM_UP_AFTER = 5.0
"""Seconds: whoever opens a link right after a start, which needs none of them, does not wait."""
SLOW_IMPORTS = ("ui.frame.cache", "ui.charts.fan_vega", "ui.charts.growth")
"""They bring statsmodels and Altair: seconds that the first visitor would otherwise wait."""


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Bring the database up to date, and import what is slow while nobody waits for it."""
    use_one_thread()
    links_store()
    for language in Language:
        catalogue(language)
    warming = threading.Timer(WARM_UP_AFTER, _warm_up)
    warming.daemon = True
    warming.start()
    yield {}
    warming.cancel()
    links_store().close()  # so SQLite folds its log into the file and removes it


def _warm_up() -> None:
    for module in SLOW_IMPORTS:
        importlib.import_module(module)


keep_tokens_out_of_logs()
site = Site.at(st.get_option("server.baseUrlPath"))
middleware = [
    Middleware(
        TrustedHostMiddleware,
        allowed_hosts=hosts(st.get_option("server.allowedHosts")),
        www_redirect=False,
    ),
    Middleware(SameOrigin, allowed=st.get_option("server.corsAllowedOrigins")),
    Middleware(DocumentLanguage, site=site),
]
app = st.App("app.py", lifespan=lifespan, routes=routes(site), middleware=middleware)
