"""Pages of the app under test."""

from __future__ import annotations

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.util import calc_hash

from ui.frame.navigation import PAGES

# Every AppTest reads the metadata of all installed packages, half a second each time, to find
# components among them. None is installed while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def _wait_for_the_end(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for the thread of a script, a thousand times a second less often than Streamlit does.

    Each of its looks goes through all that the script has sent, and keeps the script waiting.
    """
    runner._script_thread.join(timeout)
    if runner._script_thread.is_alive():
        runner.request_stop()
        runner.join()
        raise RuntimeError(f"the script ran for more than {timeout} seconds")


local_script_runner.require_widgets_deltas = _wait_for_the_end


def switch_page(app: AppTest, name: str) -> AppTest:
    """Turn the app to the page of an address, also before its first run.

    Until then ``AppTest.switch_page`` takes a page's address from the name of its file, and every
    page of ours is called ``page.py``.
    """
    if name == "overview":
        return app.switch_page(f"ui/{PAGES[name]}/page.py")
    app._page_hash = calc_hash(name)
    return app
