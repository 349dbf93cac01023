"""The static page of an issue in a real browser: scripts off, no request, nothing sideways."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.ui.report.snapshots import full, reference, six, with_scenario
from tests.ui.report.snapshots import make_snapshot as issue_of
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.compose import report_of
from ui.report.render.html import html_of
from ui.report.render.slides import slides_of

ISSUES = {
    "full": full(),
    "scenario": with_scenario(),
    "reference": issue_of(reference(0.07, 0.4, 0.7)),
}
WIDTHS = (360, 390, 430, 768, 1440)
CUT = """() => [...document.querySelectorAll('.scroll')]
    .filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => one.getAttribute('aria-label'))"""
TALLER = """() => [...document.querySelectorAll('section')]
    .map((one, place) => [place, one.scrollHeight - innerHeight])
    .filter(([, beyond]) => beyond > 1)"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('main *')]
    .filter(one => !one.closest('svg') && one.innerText && !one.children.length)
    .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
SIDEWAYS = "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("issue", ISSUES)
def test_an_issue_is_read_at_every_width_without_scripts(
    browser: Browser, tmp_path: Path, issue: str, say: Speaker
) -> None:
    file = tmp_path / "issue.html"
    document = html_of(report_of(ISSUES[issue], say))
    file.write_text(document.replace("<details>", "<details open>"), encoding="utf-8")
    page = browser.new_page(java_script_enabled=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())

    sideways = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate(SIDEWAYS):
            sideways.append(width)

    assert sideways == []
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    page.close()


@pytest.mark.parametrize("say", SPEAKERS)
def test_no_table_is_cut_on_a_phone_or_beside_another(
    browser: Browser, tmp_path: Path, say: Speaker
) -> None:
    later = issue_of(six(0.61), issued="2026-11-29T01:30:00+00:00", unpublished=True)
    reports = [report_of(issue, say) for issue in ISSUES.values()]
    reports.append(report_of(issue_of(six(0.38)), say, later))
    file = tmp_path / "issue.html"
    page = browser.new_page()
    cut = []
    for report in reports:
        document = html_of(report).replace("<details>", "<details open>")
        file.write_text(document, encoding="utf-8")
        page.goto(file.as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            cut += [(width, name) for name in page.evaluate(CUT)]

    assert cut == []
    page.close()


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("issue", ISSUES)
def test_the_arrow_keys_go_from_screen_to_screen_and_each_is_whole(
    browser: Browser, tmp_path: Path, issue: str, say: Speaker
) -> None:
    file = tmp_path / "slides.html"
    file.write_text(slides_of(report_of(ISSUES[issue], say)), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    too_large = []
    for width, height in ((1280, 960), (1920, 1080), (1440, 810)):
        page.set_viewport_size({"width": width, "height": height})
        tall = page.evaluate(TALLER)
        too_large += [(width, *one) for one in tall]
        smallest = page.evaluate(SMALLEST)
        assert smallest >= 0.012 * width, smallest
    assert too_large == []
    assert not page.evaluate(SIDEWAYS)

    for key, place in (("ArrowDown", 1), ("PageDown", 2), ("ArrowUp", 1)):
        page.wait_for_timeout(300)  # a key is lost while scrolling comes to its end
        page.keyboard.press(key)
        page.wait_for_function(f"Math.abs(scrollY - {place} * innerHeight) < 1")
    page.close()


def test_the_lines_are_large_enough_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "issue.html"
    file.write_text(html_of(report_of(full(), ZH)), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(file.as_uri())

    lines = page.locator(".five li").first
    assert lines.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 17
    page.close()


def test_printed_on_a4_an_issue_takes_few_sheets(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "issue.html"
    file.write_text(html_of(report_of(full(), ZH)), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())

    paper = page.pdf(prefer_css_page_size=True)

    assert 2 <= paper.count(b"/Type /Page\n") <= 7
    assert b"/MediaBox [0 0 594" in paper
    page.close()
