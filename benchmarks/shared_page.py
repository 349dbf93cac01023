"""What a link costs its reader: ``python -m benchmarks.shared_page [--cold 5] [--warm 15]``.

Prints the median time from the tap to the first useful content, and the bytes sent until then, of
the page that a link serves, of the page of the app behind the same link, of the overview, and of a
trivial page of Streamlit; on a phone's screen, in turns, in one run. Cold: a server that has just
answered its first health check, and a browser that has nothing of it; second: another such browser
at the same server; warm: a server in use, and the same browser. Needs Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from data.store.seed import ensure_seeded
from data.store.store import Store
from tests.browser.conftest import ARGUMENTS
from tests.server import ROOT, serving
from tests.ui.links.visits import issue_example

SIZE = {"width": 390, "height": 844}
TRIVIAL = "benchmarks/trivial_page.py"
WAITING = 60_000
SEEN = """(() => {
  const look = () => {
    const found = document.querySelector(location.pathname === "/" ? "h1" : "SELECTOR");
    if (found && found.innerText.trim()) window.useful = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()""".replace("SELECTOR", ".say h1, [data-testid=stMarkdown] p")
"""Measures from the start of the navigation to the frame that shows the sentence, or a text."""


@dataclass
class Page:
    """A page that is measured: which server serves it, and where."""

    name: str
    script: str
    path: str
    times: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cold", type=int, default=5)
    parser.add_argument("--warm", type=int, default=15)
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        stack.callback(browser.close)
        token = make_link(folder)
        first, second = pages_of(token), pages_of(token)
        for _ in range(chosen.cold):
            for pages in zip(first, second, strict=True):
                with serving(folder, pages[0].script, cold=True) as address:
                    for page in pages:
                        with tab(browser) as measured:
                            measure(measured, address, page)
        print_medians("cold", first)
        print_medians("second", second)
        pages = pages_of(token)
        servers = {
            script: stack.enter_context(serving(folder, script, cold=True))
            for script in ("serve.py", TRIVIAL)
        }
        with tab(browser) as measured:
            for _ in range(chosen.warm + 1):
                for page in pages:
                    measure(measured, servers[page.script], page)
        for page in pages:
            del page.times[0], page.sizes[0]
        print_medians("warm", pages)


def make_link(folder: Path) -> str:
    """Return the token of a link to an issue in a new database."""
    store = Store.open(f"sqlite:///{folder}/outlook.sqlite3")
    ensure_seeded(store, ROOT / "seeds")
    number = issue_example(store, unpublished=False)
    _, token = store.shares.create(number, label="benchmark", now=datetime.now(UTC))
    store.close()
    return "".join(token)


def pages_of(token: str) -> list[Page]:
    """Return the pages, without measurements."""
    return [
        Page("served page", "serve.py", f"/s/{token}?lang=zh"),
        Page("page of the app", "serve.py", f"/shared?t={token}&lang=zh"),
        Page("overview", "serve.py", "/?area=SAMPLE&lang=zh"),
        Page("trivial page", TRIVIAL, "/"),
    ]


@contextmanager
def tab(browser: Browser) -> Iterator[Any]:
    """Open a tab of a browser that has seen nothing."""
    # The served page forbids scripts, those that measure it among them.
    context = browser.new_context(viewport=SIZE, bypass_csp=True)  # type: ignore[arg-type]
    context.add_init_script(SEEN)
    yield context.new_page()
    context.close()


def measure(tab: Any, address: str, page: Page) -> None:
    """Go to a page and note how long its content takes, and how many bytes."""
    sent: list[int] = []
    network = tab.context.new_cdp_session(tab)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda told: sent.append(int(told["encodedDataLength"])))
    network.on(
        "Network.webSocketFrameReceived",
        lambda told: sent.append(len(told["response"]["payloadData"]) * 3 // 4),  # base64
    )
    tab.goto("about:blank")
    tab.goto(f"{address}{page.path}", wait_until="commit")
    tab.wait_for_function("window.useful", timeout=WAITING)
    page.times.append(float(tab.evaluate("window.useful")))
    page.sizes.append(sum(sent))
    network.detach()


def print_medians(name: str, pages: Sequence[Page]) -> None:
    """Print what was measured, and how it compares with the trivial page."""
    least = median(pages[-1].times)
    for page in pages:
        spread = f"({min(page.times):.0f} to {max(page.times):.0f})"
        print(
            f"{name}, {page.name}: {median(page.times):.0f} ms {spread}, "
            f"{median(page.times) / least:.2f} of the trivial page, "
            f"{median(page.sizes) / 1000:.0f} kB, {len(page.times)} times"
        )


if __name__ == "__main__":
    main()
