"""Where what moves most stands on the page of a scenario."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from forecasting.figures.period import Quarter
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.tornado import Tornado, tornado
from tests.ui.conftest import OpenPage
from tests.ui.desks import text_of
from tests.ui.reading import Screen
from ui.scenario.explore import tornado as scenario_tornado

PROJECT = Project("07", "物流二期", started=Quarter(2026, 4), completion=((2026, 2.0),))


def open_scenario(open_page: OpenPage, **parameters: str) -> Screen:
    text = text_of(Scenario(projects=(PROJECT,)))
    return open_page("scenario", area="SAMPLE", year="2026", scenario=text, **parameters)


def test_the_page_shows_what_moves_most_with_its_sentence_and_mark(open_page: OpenPage) -> None:
    page = open_scenario(open_page, lang="zh")

    assert "各抓手影响大小" in page.text
    assert "影响最大：" in page.text
    assert "物流二期时间节点" in page.text
    assert "暂不能测算：" in page.text
    assert "模拟数据" in page.text


def test_the_page_tells_the_same_in_english(open_page: OpenPage) -> None:
    page = open_scenario(open_page, lang="en")

    assert "Effect of each lever" in page.text
    assert "has the largest effect: " in page.text
    assert "物流二期: dates" in page.text


def test_a_page_that_is_drawn_anew_computes_no_second_tornado(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def counting(*given: Any, **how: Any) -> Tornado | None:
        calls.append(given)
        return tornado(*given, **how)

    monkeypatch.setattr(scenario_tornado, "tornado", counting)
    text = text_of(Scenario(projects=(replace(PROJECT, start_probability=0.625),)))
    page = open_page("scenario", area="SAMPLE", year="2026", scenario=text, lang="zh")
    assert len(calls) == 1

    page.app.run()
    page.app.run()

    assert len(calls) == 1
