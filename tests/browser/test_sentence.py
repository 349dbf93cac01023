"""The sentence under the hand is the one that the page says of the same setting."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

import ui.scenario.live
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import outlook_of
from forecasting.scenario.arithmetic import unit_of
from forecasting.scenario.evaluation import evaluate
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.live import live
from forecasting.scenario.model import Amount, Pin, PointLever, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.response import at_rest, response, usual_range
from tests.browser import live_page
from tests.ui.scenarios import indicators
from tests.ui.speakers import SPEAKERS
from ui.language import Speaker
from ui.scenario import sentences
from ui.scenario.explore.forms import ids
from ui.scenario.live import packing
from ui.scenario.live.sentence import sentence

WEIGHT = (("weight", 0.2),)
BESIDE = Scenario(
    levels=live_page.REST.levels,
    levers=(
        Lever(LeverKind.STOPPAGE, 0.0, assumptions=WEIGHT),
        Lever(LeverKind.TAX, 0.0, one_off=True),
        Lever(LeverKind.SIGNED_INVESTMENT, 0.0, "二期"),
    ),
    amounts=(
        Amount("retail_sales", 0.0),
        Amount("foreign_capital", 0.0),
        Amount("gdp", 0.0, "大会", points=True),
    ),
    points=(PointLever("客流*", "retail_sales", 0.0, 0.4),),
    projects=tuple(
        Project(name, name, started=Quarter(2026, 4), completion=((2026, amount),))
        for name, amount in (("甲", 3.0), ("乙", 0.1))
    ),
    pins=(Pin("trade_total", 8.0),),
)
"""What stands beside all that is turned."""
SETTINGS = 40


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    folder = Path(ui.scenario.live.__file__).parent
    scripts = "".join(
        (folder / f"{name}.js").read_text("utf-8") for name in ("figures", "engine", "sentence")
    )
    page = browser.new_page()
    page.set_content(f"<script>{scripts}</script>")
    yield page
    page.close()


def settings(
    names: list[str], dials: tuple[Lever | Amount | PointLever, ...]
) -> Iterator[Mapping[str, float]]:
    """Yield settings of every size: none, a few and all, small amounts and large ones."""
    random = np.random.default_rng(1)
    levels = dict(BESIDE.levels)
    yield {}
    for _ in range(SETTINGS):
        some = random.random(len(dials)) < random.random()
        found = {}
        for name, dial, turned in zip(names, dials, some, strict=True):
            usual = usual_range(dial, levels)
            low, high = (usual.low, usual.high) if usual else (-5.0, 5.0)
            value = float(random.uniform(low, high)) * float(10.0 ** random.uniform(-3, 1.3))
            if turned:
                found[name] = round(value, int(random.integers(0, 5)))
        yield {name: value for name, value in found.items() if value}


def scenario_at(values: Mapping[str, float], names: list[str], dials: tuple) -> Scenario:
    turned = [
        replace(dial, value=values.get(name, 0.0)) for name, dial in zip(names, dials, strict=True)
    ]
    return replace(
        BESIDE,
        levers=tuple(one for one in turned if isinstance(one, Lever) and one.value),
        amounts=tuple(one for one in turned if isinstance(one, Amount)),
        points=tuple(one for one in turned if isinstance(one, PointLever)),
    )


@pytest.mark.parametrize("say", SPEAKERS)
def test_the_browser_says_of_every_setting_what_the_page_does(page: Page, say: Speaker) -> None:
    baseline, catalogue = live_page.sample(), indicators()
    before = outlook_of(baseline)
    resting = evaluate(baseline, BESIDE)
    dials, names = resting.dials, ids(resting.dials)
    units = tuple(map(unit_of, dials))
    picture = response(baseline, at_rest(resting.usable), units, partly=True)
    made = sentence(before, resting.applied, dict(zip(names, dials, strict=True)), catalogue, say)
    pack = packing.pack(live(picture, before), before, (), say, made)
    length = int.from_bytes(pack.content[:4], "little")
    head = json.loads(pack.content[4 + packing.DIGEST :][:length])
    usable = [place for place, dial in enumerate(picture.dials) if not dial.missing]
    told, asked = [], []
    for values in settings(names, dials):
        values = {name: value for name, value in values.items() if names.index(name) in usable}
        applied = evaluate(baseline, scenario_at(values, names, dials)).applied
        assert applied.outlook.all_clear is not None
        told.append(sentences.headline(before, applied, catalogue, say.plain))
        settings_of = [
            {"id": names[place], "dial": place, "value": values.get(names[place], 0.0)}
            for place in usable
        ]
        asked.append([settings_of, applied.outlook.all_clear.probability])

    said = page.evaluate(
        "([head, asked]) => asked.map(([at, all]) => new Sentence(head).of(at, all))",
        [head, asked],
    )

    assert said == told
    assert len(set(told)) > SETTINGS / 2
