"""What can only be measured in a browser: overflow, clipped text, drawn charts."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import COMPUTING

FRAME = 120
"""Pixels of header and padding around the content of a page."""

CLIPPED = """() => {
  const texts = '[data-testid=stMainBlockContainer] :is(h1,h2,p,span,td,th,label,button,a,div)';
  const scrolls = element => element.closest('[data-testid=stDataFrame]');
  const hidden = element => element.closest('[aria-hidden=true],[hidden]')
    || getComputedStyle(element).clipPath !== 'none' || element.clientWidth < 2;
  return [...document.querySelectorAll(texts)].filter(element =>
    element.scrollWidth > element.clientWidth + 1
    && getComputedStyle(element).overflowX !== 'visible'
    && element.textContent.trim() && !scrolls(element) && !hidden(element)
  ).map(element => element.textContent.trim().slice(0, 60));
}"""
OUTSIDE = """() => {
  const wide = document.documentElement.clientWidth;
  const texts = '[data-testid=stMainBlockContainer] :is(h1,h2,p,span,td,th,label,text)';
  const scrolls = element => element.closest('[data-testid=stDataFrame]');
  return [...document.querySelectorAll(texts)].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && element.textContent.trim() && !scrolls(element)
      && (box.right > wide + 1 || box.left < -1);
  }).map(element => element.textContent.trim().slice(0, 60));
}"""
SETTLED = """charts => {
  const drawn = [...document.querySelectorAll('[data-testid=stVegaLiteChart]')];
  return document.querySelector('[data-test-script-state=notRunning]')
    && !document.querySelector('[data-testid=stSkeleton]')
    && (charts === null || drawn.length === charts)
    && drawn.every(chart => chart.querySelector('svg text'));
}"""
STILL = "() => document.getAnimations().every(one => one.playState !== 'running')"
INPUTS = """() => [...document.querySelectorAll('input[type=number],input[role=combobox]')]
.filter(input => {
  const text = input.value || (input.type === 'number' ? input.placeholder : '');
  const style = getComputedStyle(input);
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = style.font;
  const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return pen.measureText(text).width > room + 1;
}).map(input => input.value || input.placeholder)"""


def settle(page: Page, charts: int | None = None) -> Page:
    """Wait until the run has ended, every widget stands and every chart is drawn.

    The browser looks at each frame; from here it could be asked once a second at most.
    """
    page.wait_for_function(SETTLED, arg=charts, timeout=COMPUTING)
    return page


def come_to_rest(page: Page) -> Page:
    """Wait until nothing moves: a button that is pressed while it does may not take the press."""
    page.wait_for_function(STILL)
    return page


def expect_title(page: Page, text: str, **timeout: float) -> None:
    """Wait until a title has a text: while a page is drawn anew the old one may stand beside it."""
    expect(page.locator("h1", has_text=text).first).to_be_visible(**timeout)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    wide: bool = page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
    return wide


def clipped(page: Page) -> list[str]:
    """Return the texts that are cut off or stand outside the window."""
    found: list[str] = [
        text for script in (CLIPPED, OUTSIDE, INPUTS) for text in page.evaluate(script)
    ]
    return found


def photograph(page: Page, name: str) -> None:
    """Save the whole page in the folder that ``SCREENSHOTS`` names, if it does."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    content = page.get_by_test_id("stMainBlockContainer").bounding_box()
    size = page.viewport_size
    assert content is not None
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": int(content["height"]) + FRAME})
    page.wait_for_timeout(500)
    page.screenshot(path=Path(folder) / f"{name}.png")
