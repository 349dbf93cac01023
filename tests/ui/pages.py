"""Pages of the app under test."""

from __future__ import annotations

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from ui.frame.navigation import PAGES

# Every AppTest reads the metadata of all installed packages, half a second each time, to find
# components among them. None is installed while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def switch_page(app: AppTest, name: str) -> AppTest:
    """Turn the app to the page of an address, also before its first run.

    Until then ``AppTest.switch_page`` takes a page's address from the name of its file, and every
    page of ours is called ``page.py``.
    """
    if name == "overview":
        return app.switch_page(f"ui/{PAGES[name]}/page.py")
    app._page_hash = calc_hash(name)
    return app
