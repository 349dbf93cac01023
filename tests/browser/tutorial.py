"""The tutorial as a script: its steps are done in a browser as they are written.

``python -m tests.browser.tutorial`` walks it in both languages and takes its pictures anew.
"""

from __future__ import annotations

import re
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect, sync_playwright

from data.settings import ROOT
from tests.browser.conftest import COMPUTING, Tabs, launch, opening
from tests.browser.measuring import settle
from tests.server import Server

DOCS = ROOT / "docs"
WIDTH, HEIGHT = 1120, 860
COLOURS = 128
"""Of a picture: enough for texts and charts, at a third of the size."""
_PICTURE = r"!\[[^\]]*\]\((?P<picture>[^)]+)\)"
_NAME = {"zh": "「([^「」]+)」", "en": r"\*\*([^*]+)\*\*"}
_STEPS = {
    "zh": re.compile(
        r"在「(?P<field>[^」]+)」中选择「(?P<option>[^」]+)」|在「(?P<box>[^」]+)」中填写“(?P<text>[^”]+)”"
        r"|点击「(?P<button>[^」]+)」|出现「(?P<seen>[^」]+)」|上传\[[^\]]*\]\((?P<file>[^)]+)\)"
        r"|打开(?P<link>这个链接)|" + _PICTURE
    ),
    "en": re.compile(
        r"[Cc]hoose \*\*(?P<option>[^*]+)\*\* in \*\*(?P<field>[^*]+)\*\*"
        r"|[Tt]ype “(?P<text>[^”]+)” into \*\*(?P<box>[^*]+)\*\*"
        r"|(?:[Pp]ress|then) \*\*(?P<button>[^*]+)\*\*|\*\*(?P<seen>[^*]+)\*\* appears"
        r"|Upload the \[[^\]]*\]\((?P<file>[^)]+)\)|Open (?P<link>this link)|" + _PICTURE
    ),
}
Step = Mapping[str, str]
"""What a step says, by what it says it of."""


def steps(language: str) -> list[Step]:
    """Return what the page tells to do, see and photograph, in order."""
    found = _STEPS[language].finditer(_text(language))
    return [{of: said for of, said in one.groupdict().items() if said} for one in found]


def names(language: str) -> Iterator[str]:
    """Yield every name of something on a page of the app."""
    yield from re.findall(_NAME[language], _text(language))


def _text(language: str) -> str:
    file = DOCS / ("tutorial.zh-CN.md" if language == "zh" else "tutorial.md")
    return re.sub(r"\s*\n\s*", " " if language == "en" else "", file.read_text(encoding="utf-8"))


def walk(page: Page, language: str, photograph: Callable[[Page, Path], None]) -> None:
    """Do every step, and photograph where the tutorial has a picture."""
    for step in steps(language):
        if "/s/" not in page.url:  # a page without scripts, at rest when it is there
            settle(page)
        match step:
            case {"field": field, "option": option}:
                page.get_by_label(field, exact=True).first.click()
                page.get_by_role("option", name=option, exact=True).click()
            case {"box": box, "text": text}:
                number = page.get_by_role("spinbutton", name=box)
                (number.or_(page.get_by_label(box, exact=True)).first).fill(text)
                page.keyboard.press("Tab")
            case {"button": name}:
                _named(page, name).click()
            case {"seen": text}:
                seen = page.get_by_text(text).first
                expect(seen).to_be_visible(timeout=COMPUTING)
                seen.scroll_into_view_if_needed()
            case {"file": file}:
                page.locator("input[type=file]").set_input_files(DOCS / file)
            case {"link": _}:
                page.goto(page.locator("code").first.inner_text())
            case {"picture": picture}:
                photograph(page, DOCS / picture)


def _named(page: Page, name: str) -> Locator:
    button = page.get_by_role("button", name=name, exact=True)
    either = button.or_(page.get_by_role("link", name=name, exact=True))
    choice = page.get_by_test_id("stRadio").get_by_text(name, exact=True)
    return either.or_(choice).first


def take(page: Page, file: Path) -> None:
    """Save what the window shows."""
    page.wait_for_timeout(800)  # until charts have their size
    file.parent.mkdir(parents=True, exist_ok=True)
    picture = (
        Image.open(BytesIO(page.screenshot()))
        .convert("RGB")
        .quantize(COLOURS, Image.Quantize.FASTOCTREE)
    )
    picture.save(file, optimize=True)


def main() -> None:
    """Walk in both languages, each on a fresh store."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for language in _STEPS:
            with tempfile.TemporaryDirectory() as folder:
                server = Server(Path(folder))
                server.start()
                with opening(Tabs(browser), server.address) as open_at:
                    page = open_at(f"?lang={language}", width=WIDTH, locale=language)
                    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
                    walk(page, language, take)
                server.kill(signal.SIGTERM)
        browser.close()


if __name__ == "__main__":
    main()
