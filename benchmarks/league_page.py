"""What a page of the league costs in a browser: ``python -m benchmarks.league_page``.

A store of its own gets results of invented areas for two quarters, each with a document as long as
one of an issue. Printed are the times from a click until the next page of the league, the league of
another kind of areas, or of all kinds in another order, stands on the screen, beside that of a page
with one slider and its value, in the same run and in turns. Needs Chromium.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median

from playwright.sync_api import Locator, Page, sync_playwright

from benchmarks.live_drag import (
    READY,
    SETTLING,
    SIZE,
    TRACK,
    TRIVIAL,
    VALUE,
    WATCH,
    box_of,
    middle,
    release,
)
from data.settings import ROOT
from data.store.seed import ensure_seeded
from data.store.store import Store
from forecasting.figures.indicator import Area, AreaKind, Names
from forecasting.figures.period import Quarter
from forecasting.fleet.results import FleetResult
from forecasting.outlook.lights import light_of
from tests.browser.conftest import ARGUMENTS
from tests.data.drafts import edit, fleet_result, fleet_run
from tests.server import serving

TURNS, WARMING = 20, 2
KIND, ORDER = 2, 3
"""Which of the select boxes these are."""
PROVINCES = 31
RUNS = ((Quarter(2026, 1), datetime(2026, 5, 1, tzinfo=UTC)),
        (Quarter(2026, 2), datetime(2026, 8, 1, tzinfo=UTC)))  # fmt: skip
FIRST = "document.querySelector('.zo tbody tr')?.innerText"
"""The first row of the league, which no two pages share."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--areas", type=int, default=2500)
    areas = parser.parse_args(arguments).areas
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        fill(f"sqlite:///{folders[0]}/outlook.sqlite3", areas)
        league_at = stack.enter_context(serving(folders[0], cold=True))
        trivial_at = stack.enter_context(serving(folders[1], TRIVIAL, cold=True))
        playwright = stack.enter_context(sync_playwright())
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        stack.callback(browser.close)
        # What measures evaluates an expression, which the app forbids its pages.
        league = browser.new_page(viewport=SIZE, bypass_csp=True)
        league.goto(f"{league_at}/league?lang=zh")
        league.wait_for_selector(".zo .ranges", timeout=READY)
        trivial = browser.new_page(viewport=SIZE)
        trivial.goto(trivial_at)
        trivial.wait_for_selector("text=value 500", timeout=READY)
        print_turns(league, trivial, areas)


def print_turns(league: Page, trivial: Page, areas: int) -> None:
    """Turn pages, choose kinds and orders, move the slider in turns; print how long each took."""
    draw = random.Random(5)
    pages, kinds, orders, least = [], [], [], []
    for turn in range(TURNS + WARMING):
        old = trivial.get_by_text(VALUE).inner_text()
        changed = f"!document.body.innerText.includes({old!r})"
        least.append(release(trivial, trivial.locator(TRACK), draw.uniform(0.1, 0.9), changed))
        league.bring_to_front()
        pages.append(answered(league, league.get_by_test_id("stPaginationNext")))
        kinds.append(answered(league, option_of(league, KIND, 2 + turn % 2)))
        answered(league, option_of(league, KIND, 0))
        orders.append(answered(league, option_of(league, ORDER, 1 + turn % 3)))
        answered(league, option_of(league, ORDER, 0))
    least = least[WARMING:]
    print(f"{areas} areas; trivial page, median of {TURNS}: {median(least):.0f} ms")
    for name, every in (("next page", pages), ("another kind", kinds), ("another order", orders)):
        times = every[WARMING:]
        ratio = median(times) / median(least)
        spread = f"({min(times):.0f} to {max(times):.0f})"
        print(f"{name}: {median(times):.0f} ms {spread}, {ratio:.2f} of the trivial page")


def option_of(page: Page, box: int, number: int) -> Locator:
    """Open a select box and return one of its options."""
    page.get_by_role("combobox").nth(box).click()
    return page.get_by_role("option").nth(number)


def answered(page: Page, button: Locator) -> float:
    """Press a button and return the milliseconds until another area stands first."""
    box = box_of(button)
    before = page.evaluate(FIRST)
    page.mouse.move(box["x"] + box["width"] / 2, middle(box))
    page.mouse.down()
    page.evaluate(WATCH, f"![undefined, {before!r}].includes({FIRST})")
    page.mouse.up()
    taken: float = page.evaluate("window.answered")
    page.wait_for_timeout(SETTLING)
    return taken


def fill(database_url: str, count: int) -> None:
    """Make a store with results of invented areas of 31 provinces."""
    with closing(Store.open(database_url)) as store:
        ensure_seeded(store, ROOT / "seeds")
        areas = tuple(_areas(count, random.Random(7)))
        vintage = store.commit(edit(areas=areas))
        indicators = tuple(store.catalogue(vintage).indicators)[:12]
        for seed, (quarter, at) in enumerate(RUNS):
            draw = random.Random(seed)
            results = [_result(area, indicators, draw) for area in areas]
            run = fleet_run(quarter=quarter, issued_at=at, vintage=vintage)
            store.fleet.keep(run, results)


def _areas(count: int, draw: random.Random) -> Iterator[Area]:
    for number in range(PROVINCES):
        names = Names(f"模拟{number:02}省", f"Simulated province {number:02}")
        yield Area(f"P{number:02}", names, AreaKind.PROVINCE, parent="CN", synthetic=True)
    for number in range(count - PROVINCES):
        names = Names(f"模拟开发区{number:04}", f"Simulated zone {number:04}")
        kind = draw.choice([AreaKind.ZONE, AreaKind.COUNTY, AreaKind.CITY])
        parent = f"P{number % PROVINCES:02}"
        yield Area(f"Z{number:04}", names, kind, parent=parent, synthetic=True)


def _result(area: Area, indicators: Sequence[str], draw: random.Random) -> FleetResult:
    line = fleet_result().verdicts[0]
    lines = []
    for indicator in indicators:
        growth, width, chance = draw.gauss(7, 3), draw.uniform(0.3, 4), draw.random()
        lines.append(
            replace(
                line,
                indicator=indicator,
                probability=chance,
                q10=growth - width,
                median=growth,
                q90=growth + width,
                light=light_of(chance, complete=False),
            )
        )
    p_all = round(draw.betavariate(0.4, 2) * 8192) / 8192
    document = (ROOT / "seeds" / "sample_issue.json").read_bytes() + draw.randbytes(200)
    return replace(
        fleet_result(), area=area.id, name=area.name, kind=area.kind,
        province=area.id if area.kind is AreaKind.PROVINCE else area.parent, p_all=p_all,
        light=light_of(p_all, complete=False), weakest=draw.choice(indicators),
        verdicts=tuple(lines), document=document, sha256=sha256(document).hexdigest(),
    )  # fmt: skip


if __name__ == "__main__":
    main()
