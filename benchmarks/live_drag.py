"""What a drag costs in a browser: ``python -m benchmarks.live_drag [PAGE]``.

Prints the times between frames while a slider is dragged by the mouse, and while all sliders move
at once; and the time from letting go until the confirmed probabilities stand on the screen, beside
that of a page with one slider and its value, in the same run and in turns. ``PAGE`` is a path of
the app with live sliders, such as ``scenario?area=SAMPLE``; without one it is the page of the
sliders alone that the tests drive. Needs Chromium.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import CDPSession, FloatRect, Locator, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.server import serving

SIZE = {"width": 1440, "height": 1000}
RELEASES, WARMING = 20, 2
FRAMES = 180
ALONE, TRIVIAL = "tests/browser/live_page.py", "benchmarks/trivial_page.py"
READY, SETTLING = 180_000, 400
SLIDER = ".zl-range:not(:disabled)"
TRACK = "[data-testid=stSlider] [data-orientation=horizontal] [data-orientation=horizontal]"
VALUE = re.compile(r"^value \d+$")

RECORD = """() => {
  const times = [];
  window.recorded = times;
  const frame = time => {
    times.push(time);
    if (window.recorded === times) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""
RECORDED = """() => { const times = window.recorded; window.recorded = null; return times; }"""
ALL_AT_ONCE = """frames => new Promise(done => {
  const sliders = [...document.querySelectorAll('.zl-range:not(:disabled)')];
  const times = [];
  let moving = 0;
  const panels = [...document.querySelectorAll('.zl-panel')];
  const before = panels.map(panel => panel.dataset.quantiles);
  const frame = time => {
    times.push(time);
    if (times.length > frames) {
      moving = panels.filter((panel, i) => panel.dataset.quantiles !== before[i]).length;
      return done([times, moving]);
    }
    for (const slider of sliders) {
      const [low, high] = [Number(slider.min), Number(slider.max)];
      slider.value = low + (high - low) * (0.5 + 0.3 * Math.sin(times.length / 20));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""
WATCH = """shown => {
  window.answered = new Promise(done => addEventListener('pointerup', () => {
    const start = performance.now();
    const look = () => {
      if (eval(shown)) done(performance.now() - start); else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { capture: true, once: true }));
}"""
"""Measures from the release until an expression holds in a frame."""

CONFIRMED = "document.querySelector('.zl').dataset.state === 'confirmed'"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", nargs="?", help="path of the app; default: the sliders alone")
    page_path = parser.parse_args(arguments).page
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        script = "serve.py" if page_path else ALONE
        live_at = stack.enter_context(serving(folders[0], script, cold=True))
        trivial_at = stack.enter_context(serving(folders[1], TRIVIAL, cold=True))
        playwright = stack.enter_context(sync_playwright())
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        stack.callback(browser.close)
        # What measures evaluates an expression, which the app forbids its pages.
        live = browser.new_page(viewport=SIZE, bypass_csp=True)
        live.goto(f"{live_at}/{page_path or ''}")
        live.wait_for_selector(".zl[data-state=confirmed]", timeout=READY)
        trivial = browser.new_page(viewport=SIZE)
        trivial.goto(trivial_at)
        trivial.wait_for_selector("text=value 500", timeout=READY)
        print_releases(live, trivial)
        print_frames(live)


def print_releases(live: Page, trivial: Page) -> None:
    """Let go of both pages' sliders in turns, and print how long the answers took."""
    draw = random.Random(5)
    ours, least = [], []
    for _ in range(RELEASES + WARMING):
        share = draw.uniform(0.1, 0.9)
        old = trivial.get_by_text(VALUE).inner_text()
        changed = f"!document.body.innerText.includes({old!r})"
        least.append(release(trivial, trivial.locator(TRACK), share, changed))
        ours.append(release(live, live.locator(SLIDER).first, share, CONFIRMED))
    ours, least = ours[WARMING:], least[WARMING:]
    for name, times in (("release to confirmed", ours), ("trivial page", least)):
        spread = f"({min(times):.0f} to {max(times):.0f})"
        print(f"{name}, median of {len(times)}: {median(times):.0f} ms {spread}")
    print(f"ratio of the medians: {median(ours) / median(least):.2f}")


def release(page: Page, track: Locator, share: float, shown: str) -> float:
    """Drag a slider to a share of its track and return the milliseconds from letting go."""
    page.bring_to_front()
    box = box_of(track)
    page.mouse.move(box["x"] + box["width"] * (1 - share), middle(box))
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, middle(box), steps=6)
    page.evaluate(WATCH, shown)
    page.mouse.up()
    taken: float = page.evaluate("window.answered")
    page.wait_for_timeout(SETTLING)
    return taken


def box_of(track: Locator) -> FloatRect:
    """Return where a slider is, once it is in sight."""
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box is not None
    return box


def middle(box: FloatRect) -> float:
    """Return the height of the middle of a box."""
    return box["y"] + box["height"] / 2


def print_frames(live: Page) -> None:
    """Drag without letting go, and print the times between frames and what a frame costs."""
    live.bring_to_front()
    costs = live.context.new_cdp_session(live)
    costs.send("Performance.enable")
    print(f"{live.locator('.zl-panel').count()} indicators, {SIZE['width']} px")
    box = box_of(live.locator(SLIDER).first)
    live.mouse.move(box["x"] + box["width"] / 2, middle(box))
    live.mouse.down()
    before = spent(costs)
    live.evaluate(RECORD)
    for step in range(FRAMES):
        share = 0.1 + 0.8 * abs((step % 60) / 30 - 1)
        live.mouse.move(box["x"] + share * box["width"], middle(box))
    print_times("one slider, by the mouse", live.evaluate(RECORDED), spent(costs) - before)
    live.mouse.up()
    live.wait_for_timeout(1000)
    before = spent(costs)
    times, moving = live.evaluate(ALL_AT_ONCE, FRAMES)
    print_times(f"all sliders at once, {moving} fans moving", times, spent(costs) - before)


def spent(costs: CDPSession) -> float:
    """Return the milliseconds that the page's thread has worked."""
    metrics = costs.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))


def print_times(name: str, times: list[float], work: float) -> None:
    """Print median and 95th percentile of the times between frames."""
    between = [b - a for a, b in pairwise(times)]
    high = quantiles(between, n=20)[-1]
    print(
        f"{name}: {len(between)} frames, median {median(between):.1f} ms, p95 {high:.1f} ms", end=""
    )
    print(f", {work / len(between):.1f} ms of work a frame")


if __name__ == "__main__":
    main()
