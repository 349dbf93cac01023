"""Alerts after a write: looked for and sent in a thread beside the pages, which wait for nothing.

One thread of a process does so, once it was asked to; whatever fails in it is logged, and costs no
write. The timer of the installation finds what was missed.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Event, Lock, Thread

from data import clock
from ui.frame.environment import settings
from ui.frame.store import store as opened_store

PATIENCE = timedelta(seconds=30)
"""How long the next attempt at a delivery is waited for, before it is left to the timer."""
_LOGGER = logging.getLogger(__name__)
_asked, _lock = Event(), Lock()
_threads: list[Thread] = []


def look_soon() -> None:
    """Have alerts looked for and sent soon, where channels are set up; this returns at once."""
    if settings().alert_channels_file is None:
        return
    _asked.set()
    with _lock:
        if not _threads:
            _threads.append(Thread(target=_look_when_asked, name="alerts", daemon=True))
            _threads[0].start()


def look() -> None:
    """Look for alerts and send them; whatever fails is logged."""
    # Pages that write are opened without models; these are needed after a write alone.
    from data.alerts.channels import read_channels
    from data.alerts.check import deliver, find
    from ui.frame import cache

    try:
        channels = read_channels(settings().alert_channels_file)
        store = opened_store()
        view = cache.VintageView(store.database_url, store.latest_vintage())
        find(store, view, [channel.name for channel in channels], clock.now())
        deliver(store, channels, PATIENCE)
    except Exception as error:
        # What it says may hold what no log may: an address, a figure.
        _LOGGER.error("alerts were not looked for: %s", type(error).__name__)


def _look_when_asked() -> None:
    while True:
        _asked.wait()
        _asked.clear()
        look()
