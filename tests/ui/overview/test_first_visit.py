"""What the first visitor would wait for is there before."""

from __future__ import annotations

import gc
import sys

import pytest

from forecasting.outlook.paths import uniforms_of
from tests.ui.desks import SAMPLE, open_desk
from ui.charts.fan_vega import fan_spec
from ui.overview.first_visit import prepare, settle


def test_the_first_overview_makes_nothing_that_was_prepared() -> None:
    for made in (uniforms_of, fan_spec):
        made.cache_clear()
    prepare()
    before = [made.cache_info().misses for made in (uniforms_of, fan_spec)]

    open_desk("overview", **SAMPLE)

    assert [made.cache_info().misses for made in (uniforms_of, fan_spec)] == before == [1, 2]
    assert fan_spec.cache_info().hits > 2


def test_the_outlook_that_opens_without_an_address_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("judged while a visitor waits")

    prepare()
    monkeypatch.setattr("ui.frame.cache.judge", refuse)

    assert "全国" in open_desk("overview", lang="zh").title


def test_an_outlook_with_a_defect_keeps_no_other_page_from_being_served(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ui.frame.cache.VintageView.outlook", fail)

    prepare()

    assert "is not made" in caplog.text


def test_a_run_does_not_look_for_garbage_among_what_was_there_before() -> None:
    settle()

    open_desk("overview", **SAMPLE)

    assert "ui.plan.tasks.tables" in sys.modules
    assert len(gc.get_objects()) < gc.get_freeze_count() / 4
