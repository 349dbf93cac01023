"""What axe-core finds on a page, and what it cannot: contrast in charts, focus, movement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.measuring import settle

STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")
GRAVE = {"serious", "critical"}
READABLE = 4.5
"""Contrast of text by WCAG 2.1 AA."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left open in a widget that is not ours: a rule, where, and why."""

    rule: str
    selector: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One element that breaks one rule."""

    rule: str
    impact: str
    element: str
    why: str
    left: Left | None


STREAMLIT = (
    Left(
        "presentation-role-conflict",
        "[data-testid=stFileUploaderDropzone]",
        "the drop zone is marked as decoration and named at once; the button inside it is "
        "named, takes the focus and does the same",
    ),
    Left(
        "region",
        "[role=listbox]",
        "an open menu is drawn at the end of the document, outside of its main part; it is "
        "named, and the field that owns it points to it",
    ),
)
"""What Streamlit's own widgets leave open, which nothing of ours can mend."""


def findings(page: Page, left: Iterable[Left] = ()) -> list[Finding]:
    """Return what breaks a rule, each with the entry of ``left`` that covers it."""
    options = {
        "runOnly": {"type": "tag", "values": list(STANDARD)},
        "resultTypes": ["violations"],
    }
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    rules = page.evaluate("options => axe.run(options).then(told => told.violations)", options)
    return [_finding(page, rule, node, tuple(left)) for rule in rules for node in rule["nodes"]]


def _finding(page: Page, rule: Any, node: Any, left: tuple[Left, ...]) -> Finding:
    covered = (
        one
        for one in left
        if one.rule == rule["id"] and page.evaluate(INSIDE, [node, one.selector])
    )
    checks = node["any"] or node["all"] or node["none"]
    return Finding(
        rule["id"], node["impact"], node["html"][:200], checks[0]["message"], next(covered, None)
    )


def unanswered(found: Iterable[Finding]) -> list[Finding]:
    """Return what nobody has answered for."""
    return [one for one in found if one.left is None]


def grave(found: Iterable[Finding]) -> list[Finding]:
    """Return what of that hinders a reader."""
    return [one for one in unanswered(found) if one.impact in GRAVE]


def chart_texts(page: Page) -> list[tuple[str, float]]:
    """Return every text of a chart with its contrast at both ends and in the middle.

    axe-core leaves them undecided: it does not know which shape lies below a text.
    """
    return [(text, ratio) for text, ratio in page.evaluate(CHART_TEXTS)]


def faint_chart_texts(page: Page) -> list[str]:
    """Return the texts of charts that are hard to read, with their contrast."""
    return [f"{text}: {ratio:.2f}" for text, ratio in chart_texts(page) if ratio < READABLE]


def focused(page: Page) -> dict[str, Any]:
    """Return what has the focus: its element, its name, the width of its outline, its value."""
    answer: dict[str, Any] = page.evaluate(FOCUSED)
    return answer


INSIDE = """([node, selector]) => {
  const element = document.querySelector(node.target[node.target.length - 1]);
  return Boolean(element && element.closest(selector));
}"""
FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  return {
    tag: element.tagName.toLowerCase(),
    name: element.getAttribute('aria-label') || element.textContent.trim(),
    kind: element.type || element.className,
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    value: element.value,
    ours: Boolean(element.closest('.zo, .zl')),
  };
}"""
CHART_TEXTS = """() => {
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  // Paints colours over each other, as a browser does, and reads what is seen.
  const seen = (...layers) => {
    pen.globalAlpha = 1;
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, 1, 1);
    for (const [colour, opacity] of layers) {
      pen.globalAlpha = opacity;
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = colour => colour.map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const opacity = element => {
    let product = 1;
    for (let each = element; each.tagName !== 'svg'; each = each.parentElement)
      product *= Number(getComputedStyle(each).opacity);
    return product;
  };
  const paint = (element, kind) => {
    const style = getComputedStyle(element);
    return style[kind] === 'none' ? null
      : [style[kind], Number(style[kind + 'Opacity']) * opacity(element)];
  };
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)' && colour !== 'transparent') return colour;
    }
    return '#fff';
  };
  const holds = (shape, x, y) => {
    const at = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse());
    return shape.isPointInFill(at);
  };
  const ratios = [];
  for (const text of document.querySelectorAll('svg text')) {
    const box = text.getBoundingClientRect();
    if (!text.textContent.trim() || !box.width || !text.checkVisibility()) continue;
    const { fill, stroke } = getComputedStyle(text);
    if (fill === stroke) continue; // a halo, which the text itself follows
    const svg = text.closest('svg');
    const before = [...svg.querySelectorAll('rect, path, circle, polygon, text')].filter(other =>
      text.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING);
    const own = getComputedStyle(text).paintOrder.startsWith('stroke') && paint(text, 'stroke');
    const y = box.top + box.height / 2;
    for (const x of [box.left + 1, box.left + box.width / 2, box.right - 1]) {
      const layers = [[ground(svg), 1]];
      for (const shape of before) {
        const around = shape.getBoundingClientRect();
        const near = around.left - 2 <= x && x <= around.right + 2
          && around.top <= y && y <= around.bottom;
        if (!near) continue; // most are not, and what follows is slow
        const halo = shape.tagName === 'text';
        const colour = paint(shape, halo ? 'stroke' : 'fill');
        if (colour && (halo || holds(shape, x, y))) layers.push(colour);
      }
      if (own) layers.push(own);
      const letters = seen(...layers, paint(text, 'fill'));
      ratios.push([text.textContent, contrast(seen(...layers), letters)]);
    }
  }
  return ratios;
}"""
MOVING = """selector => [...document.querySelectorAll(selector)].filter(element => {
  const style = getComputedStyle(element);
  const lasts = style.transitionDuration.split(',').some(part => parseFloat(part) > 0);
  return lasts || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
}).map(element => element.outerHTML.slice(0, 80))"""
"""What moves by itself or takes time to change."""


UNFOLD = """() => {
  const folded = [...document.querySelectorAll('details:not([open]) > summary')]
    .filter(summary => summary.checkVisibility());
  folded.forEach(summary => summary.click());
  return folded.map(summary => summary.parentElement);
}"""
OPEN = "unfolded => unfolded.every(one => one.open)"


def unfold(page: Page) -> Page:
    """Open every expander, then those inside."""
    while (unfolded := page.evaluate_handle(UNFOLD)).get_property("length").json_value():
        page.wait_for_function(OPEN, arg=unfolded)
        settle(page)
    return page
