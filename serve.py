"""Serve the app. Readies the database before the first visitor.

``streamlit run serve.py`` serves one person at this machine; ``python serve.py`` serves an office:
it limits what slow clients may hold, and logs one JSON object a line. ``python serve.py links``
serves the links alone, without pages, models or sign-in: who reads one does not wait for who works.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.server_util import get_cookie_secret, get_display_address, get_url

from data.store.connection import OUT_OF_REACH
from data.store.errors import StoreError
from forecasting.models.runtime import use_one_thread
from ui.frame import identity, logs
from ui.frame.environment import proxy_secret, settings
from ui.frame.foreign_origin import Hosts, SameOrigin
from ui.frame.readiness import readiness_route
from ui.frame.request_log import RequestLog
from ui.frame.security_headers import SecurityHeaders
from ui.frame.served_page import DocumentLanguage
from ui.frame.server import configuration, take_allowed_hosts, take_options
from ui.frame.site import Site
from ui.frame.store import store as links_store
from ui.frame.this_machine import (
    ANYONE,
    ONLY_HERE,
    ONLY_LINKS,
    SIGNED_IN,
    ThisMachineOnly,
    refuse_sign_in_without_effect,
    refuse_to_listen_elsewhere,
)
from ui.frame.upload_quota import UploadQuota
from ui.language import Language, catalogue
from ui.links.log_redaction import keep_tokens_out_of_logs
from ui.links.routes import routes
from ui.people.guard import Guard
from ui.report.render.html import compile_page

FOR_AN_OFFICE = __name__ == "__main__"
LINKS_ALONE = FOR_AN_OFFICE and sys.argv[1:2] == ["links"]


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Any]]:
    """Bring the database up to date, and make what is slow before anybody waits for it."""
    use_one_thread()
    _ready_store()
    for language in Language:
        catalogue(language)
    compile_page()
    if not LINKS_ALONE:
        first_visit = importlib.import_module("ui.overview.first_visit")  # with models: seconds
        with suppress(*OUT_OF_REACH):
            first_visit.prepare()
        first_visit.settle()
    if FOR_AN_OFFICE:
        logs.use_one_form()
    where = get_url(get_display_address(address or "localhost"))
    _LOGGER.info("Zone Outlook at %s (%s)", where, _served())
    yield {}
    with suppress(*OUT_OF_REACH, StoreError):
        links_store().close()  # so SQLite folds its log into the file and removes it


def _ready_store() -> None:
    """Bring the database up to date, or end the program; one that is away may come back later."""
    try:
        links_store()
    except OUT_OF_REACH:
        _LOGGER.exception("the database is out of reach")
    except StoreError as error:
        _LOGGER.error("Not started: %s", error)  # it says what to do
        os._exit(1)  # whatever is raised here, the server would print as a defect


def _served() -> str:
    if LINKS_ALONE:
        return ONLY_LINKS
    return SIGNED_IN if signs_in else ANYONE if open_to_anyone else ONLY_HERE


def _guard() -> Middleware:
    """Return what lets in those who signed in, as the settings say how."""
    found = settings()
    if found.sign_in_header and identity.with_provider():
        raise SystemExit(
            "Not started: people sign in with a provider and with a proxy: choose one."
        )
    try:
        secret = proxy_secret() if found.sign_in_header else ""
    except (StoreError, OSError) as error:
        raise SystemExit(f"Not started: {error}") from error
    return Middleware(Guard, site, found.sign_in_claim, found.sign_in_header, secret)


if FOR_AN_OFFICE:
    take_options(sys.argv[2 if LINKS_ALONE else 1 :])
keep_tokens_out_of_logs()
(logs.log_as_json if FOR_AN_OFFICE else logs.log_for_people)()
_LOGGER = logging.getLogger("zone-outlook")
_LOGGER.setLevel(logging.INFO)
open_to_anyone = settings().open_to_anyone
address = st.get_option("server.address")
signs_in = identity.signs_in()
if signs_in:
    refuse_sign_in_without_effect(get_cookie_secret(), open_to_anyone=open_to_anyone)
elif not (open_to_anyone or LINKS_ALONE):
    refuse_to_listen_elsewhere(address)
for_others = open_to_anyone or signs_in
site = Site.at(st.get_option("server.baseUrlPath"))
middleware = [
    Middleware(RequestLog, site=site),
    Middleware(SecurityHeaders),
    Middleware(
        SameOrigin,
        hosts=Hosts.of_option(
            take_allowed_hosts(),
            this_machine_only=not (for_others or LINKS_ALONE),
        ),
        forms=site.links,
        allowed=st.get_option("server.corsAllowedOrigins"),
    ),
    Middleware(ThisMachineOnly, site=site, open_to_anyone=for_others and not LINKS_ALONE),
]
served = [*routes(site), readiness_route(site)]
if LINKS_ALONE:
    app = Starlette(lifespan=lifespan, routes=served, middleware=middleware)
else:
    middleware += [
        *([_guard()] if signs_in else []),
        Middleware(UploadQuota, site=site),
        Middleware(DocumentLanguage, site=site),
    ]
    app = st.App("app.py", lifespan=lifespan, routes=served, middleware=middleware)

if FOR_AN_OFFICE:
    uvicorn.Server(configuration(app)).run()
