"""Nothing that a reader does to a scenario fits a model again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from data import views
from data.store.store import Store
from data.views import BaselineKey
from forecasting.figures.period import Quarter
from forecasting.models import pool
from forecasting.scenario.response import dials_of
from tests.ui.desks import SAMPLE, choose_part, go, history, now, open_desk, press, widget
from tests.ui.reading import Screen
from ui.frame import cache
from ui.scenario.explore.forms import ids
from ui.scenario.live import component
from ui.scenario.live.packing import Packed, Released

FIXED = "fixed_asset_investment"
Release = Callable[[Screen, Mapping[str, float]], Screen]


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch, store: Store) -> list[str]:
    """Note every call of the engine and every baseline; of a store that nothing is kept of."""
    forget()
    noted: list[str] = []
    asked, begun = pool._forecasts, views.baseline_of

    def counting(*args, **named):
        noted.append("fit")
        return asked(*args, **named)

    def beginning(*args, **named):
        noted.append("baseline")
        return begun(*args, **named)

    monkeypatch.setattr(pool, "_forecasts", counting)
    monkeypatch.setattr(views, "baseline_of", beginning)
    return noted


def forget() -> None:
    """Forget all that a process knows of forecasts, as one that just started."""
    for kept in (cache._fit, cache._memory, cache._outlook, cache._baseline, cache._cases):
        kept.clear()  # type: ignore[attr-defined]  # put there by the decorator


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Release:
    """Let sliders go as the component does, which AppTest cannot drag."""
    waiting: list[Mapping[str, float]] = []

    def released(pack: Packed, *, key: str) -> Released | None:
        return Released(waiting.pop(), 1) if waiting else None

    monkeypatch.setattr(component, "released", released)

    def let_go(page: Screen, values: Mapping[str, float]) -> Screen:
        waiting.append(values)
        return Screen(page.app.run())

    return let_go


def test_a_process_that_just_started_shows_a_track_record_of_another_without_fitting(
    fitted: list[str],
) -> None:
    first = open_desk("track", **SAMPLE)
    assert fitted.count("fit") >= 2
    forget()
    fitted.clear()

    assert open_desk("track", **SAMPLE).text == first.text
    assert fitted == []


def test_a_process_that_just_started_fits_no_baseline_that_another_has_fitted(
    fitted: list[str],
) -> None:
    open_desk("scenario", **SAMPLE)
    assert fitted.count("fit") >= 1
    forget()
    fitted.clear()

    open_desk("scenario", **SAMPLE)

    assert fitted == ["baseline"]


def test_a_scenario_is_turned_pinned_saved_and_solved_without_fitting_again(
    fitted: list[str], release: Release
) -> None:
    page = open_desk("scenario", **SAMPLE)
    first = list(fitted)
    assert first.count("baseline") == 1
    assert first.count("fit") >= 1
    numbers = names_of_sliders(page)

    page = release(page, {numbers["new_starts"]: 2.0})
    page = release(page, {numbers["new_starts"]: 4.0, numbers["tax"]: 1000.0})
    page = release(page, {numbers["signed_investment"]: 70.0, numbers["producer_prices"]: -3.0})
    assert {lever.kind: lever.value for lever in now(page).levers} == {
        "signed_investment": 70.0,
        "producer_prices": -3.0,
    }
    page = press(page, "undo")
    page = press(page, "solve")
    page = press(page, "take", "0")

    page = choose_part(go(page, "assumptions"), "pins")
    widget(page.app.selectbox, "pin_indicator").set_value("retail_sales").run()
    widget(page.app.number_input, "pin_growth").set_value(6.0).run()
    page = press(Screen(page.app), "pin")
    page = choose_part(page, "below")
    widget(page.app.selectbox, "below_indicator").set_value(FIXED).run()
    page = press(Screen(page.app), "begin", FIXED)
    page = Screen(widget(page.app.slider, "weight", FIXED).set_value(50).run())

    page = press(go(page, "projects"), "project_add")
    page.app.text_input(key="save_name_new").set_value("加快建设")
    page = go(press(page, "save_as"), "scenarios")
    page = release(go(page, "scenario"), {})
    page = Screen(page.app.button(key="switch_language").click().run())

    scenario = now(page)
    assert (len(scenario.pins), len(scenario.projects), len(scenario.bottom_up)) == (1, 1, 1)
    assert history(page).saved is not None
    assert fitted == first


def test_another_question_is_fitted_once(fitted: list[str]) -> None:
    for _ in range(2):
        _ = baseline_key().outlook
    assert fitted.count("baseline") == 1

    _ = replace(baseline_key(), as_of=Quarter(2026, 1)).outlook
    assert fitted.count("baseline") == 2


def baseline_key() -> BaselineKey:
    return BaselineKey(cache.current(), "SAMPLE", 2026)


def names_of_sliders(page: Screen) -> dict[str, str]:
    """Return the name of each slider by the kind of its lever."""
    reached = {line.target.indicator for line in baseline_key().baseline.standing}
    return {name.partition("_")[2]: name for name in ids(dials_of(now(page), reached))}
