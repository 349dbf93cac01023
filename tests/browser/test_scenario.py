"""A scenario in a real browser: dragged, shared, saved, and carried over a killed server."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.link import short_text
from forecasting.scenario.model import Pin, Scenario
from tests.browser.conftest import OpenPage, Tabs, opening
from tests.browser.measuring import expect_title
from tests.browser.test_links import expect_address
from tests.server import restartable

PAGE = "scenario?area=SAMPLE&year=2026&lang=zh"
STARTS = "新开工、在建项目完成投资（亿元）"
SIGNED = "签约总投资（亿元）"

SCENARIO = Scenario(
    levers=(
        Lever(LeverKind.NEW_STARTS, 3.0),
        Lever(LeverKind.SIGNED_INVESTMENT, 12.5, assumptions=(("start_rate", 0.6),)),
    ),
    pins=(Pin("retail_sales", 8.0),),
)


def number(page: Page, label: str) -> Locator:
    return page.get_by_role("spinbutton", name=re.compile(re.escape(label)))


def turn(page: Page, label: str, value: str) -> None:
    field = number(page, label)
    field.fill(value)
    field.press("Enter")
    expect(page.locator(".zl").first).to_have_attribute("data-state", "confirmed")


def settings(page: Page) -> dict[str, str]:
    """Return what every slider stands at, by its label."""
    return dict(
        page.evaluate(
            """() => [...document.querySelectorAll('.zl input[type=number]')]
            .map(field => [field.getAttribute('aria-label'), field.value])"""
        )
    )


def address(page: Page) -> str:
    return str(page.evaluate("location.href")).rpartition("/")[2]


def test_a_scenario_has_one_stamp_and_no_light_on_any_indicator(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    lights = page.locator(".zl-panel .zl-light")
    expect(lights.filter(has_text=re.compile(r"\S"))).not_to_have_count(0)

    turn(page, STARTS, "3")

    expect(page.get_by_text("按所列假定和到位概率测算")).to_be_visible()
    expect(lights.filter(has_text=re.compile(r"\S"))).to_have_count(0)  # also what did not move
    expect(
        page.get_by_text("情景", exact=True).and_(page.locator(".stamp, .zl-stamped"))
    ).to_have_count(1)

    turn(page, STARTS, "0")
    expect(lights.filter(has_text=re.compile(r"\S"))).not_to_have_count(0)


def test_a_link_restores_every_control_in_a_fresh_browser(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    turn(page, STARTS, "3")
    turn(page, SIGNED, "12.5")
    expect_title(page, "签约投资增加12.5亿元")
    title = page.locator("h1").inner_text()

    other = open_page(address(page))

    expect(other.locator(".zl").first).to_have_attribute("data-state", "confirmed")
    assert settings(other) == settings(page)
    assert {value for value in settings(other).values() if value != "0"} == {"3", "12.5"}
    expect(other.locator("h1")).to_have_text(title)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_sentence_follows_the_hand(open_page: OpenPage, width: int) -> None:
    page = open_page(PAGE, width=width)
    title = page.locator("h1")
    expect_title(page, "没有改动")
    field = number(page, STARTS)

    field.fill("3")  # typed, and not yet let go
    expect(page.locator(".zl").first).to_have_attribute("data-state", "dragging")
    expect_title(page, "新开工和在建项目完成投资增加3亿元")
    field.fill("5")
    expect_title(page, "新开工和在建项目完成投资增加5亿元")
    field.press("Enter")

    expect(page.locator(".zl").first).to_have_attribute("data-state", "confirmed")
    expect_title(page, "新开工和在建项目完成投资增加5亿元")
    above = title.bounding_box()
    below = field.bounding_box()
    assert above is not None
    assert below is not None
    assert (above["y"] < below["y"]) if width == 390 else (above["x"] > below["x"])


def test_a_link_restores_assumptions_and_pins(open_page: OpenPage) -> None:
    page = open_page(f"{PAGE}&scenario={short_text(SCENARIO, 'SAMPLE', 2026)}")

    expect(number(page, STARTS)).to_have_value("3")
    expect(number(page, SIGNED)).to_have_value("12.5")
    expect(page.get_by_text("开工率60%", exact=False).first).to_be_visible()
    expect_title(page, "社会消费品零售总额")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_scenario_that_opens_takes_the_place_of_the_last(open_page: OpenPage, width: int) -> None:
    page = open_page(PAGE, width=width)
    expect_title(page, "没有改动")

    page.get_by_role("button", name=re.compile("^下半年冲刺")).click()

    expect(page.locator("h1")).to_have_count(1)
    expect_title(page, "新增计入4个项目")
    expect(page.locator(".zl-lead")).to_have_count(1)


def test_steps_are_taken_back_and_again(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    turn(page, STARTS, "3")
    expect_address(page, "scenario=a")
    three = address(page)
    turn(page, STARTS, "5")

    page.get_by_role("button", name="撤销").click()
    expect(number(page, STARTS)).to_have_value("3")
    page.get_by_role("button", name="撤销").click()
    expect(number(page, STARTS)).to_have_value("0")
    page.get_by_role("button", name="重做").click()
    expect(number(page, STARTS)).to_have_value("3")
    expect_address(page, re.escape(three))
    page.go_back()
    expect(number(page, STARTS)).to_have_value("0")


def test_a_reload_keeps_what_is_not_saved(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    turn(page, STARTS, "3")
    expect_address(page, "scenario=a")

    page.reload()

    expect(number(page, STARTS)).to_have_value("3")


def test_a_saved_scenario_moves_the_sliders_when_it_is_opened_and_undone(
    open_page: OpenPage,
) -> None:
    page = open_page(PAGE)
    expect(number(page, STARTS)).to_have_value("0")

    page.get_by_role("button", name="下半年冲刺（模拟数据）").click()

    expect(number(page, STARTS)).to_have_value("1.5")
    expect(page.locator(".zl").first).to_have_attribute("data-state", "confirmed")
    page.get_by_role("button", name="撤销").click()
    expect(number(page, STARTS)).to_have_value("0")
    expect(page.locator(".zl").first).to_have_attribute("data-state", "confirmed")


def save(page: Page, name: str) -> None:
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.get_by_label("情景名称").fill(name)
    page.get_by_label("情景名称").press("Enter")
    page.get_by_role("button", name="另存为新情景").click()
    expect(page.get_by_text(f"已保存为“{name}”。")).to_be_visible()
    expect(page.get_by_label("情景名称")).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_saved_is_lost_when_the_server_is_killed_while_editing(
    tabs: Tabs, tmp_path: Path, width: int
) -> None:
    with (
        restartable(tmp_path) as server,
        opening(tabs, server.address, killed=True) as open_at,
    ):
        page = open_at(PAGE, width=width)
        turn(page, STARTS, "3")
        save(page, "冲刺")
        expect_address(page, "saved=3")  # after the two that a fresh store holds
        saved = address(page)
        turn(page, SIGNED, "20")
        page.wait_for_function("saved => !location.href.endsWith(saved)", arg=saved)
        shared = address(page)

        server.kill(signal.SIGKILL)
        server.start()
        page.goto(f"{server.address}/{shared}")

        expect(number(page, STARTS)).to_have_value("3")
        expect(number(page, SIGNED)).to_have_value("20")
        expect(page.get_by_text("由链接打开，未作改动")).to_be_visible()
        page.get_by_role("button", name="打开").click()
        page.get_by_role("button", name=re.compile("^冲刺")).click()
        expect(number(page, SIGNED)).to_have_value("0")
        expect(number(page, STARTS)).to_have_value("3")


def test_the_page_goes_on_when_the_server_came_back_under_it(tabs: Tabs, tmp_path: Path) -> None:
    with (
        restartable(tmp_path) as server,
        opening(tabs, server.address, killed=True) as open_at,
    ):
        page = open_at(PAGE)
        turn(page, STARTS, "3")
        expect_address(page, "scenario=a")

        server.kill(signal.SIGKILL)
        away = page.locator("#server-away")
        expect(away).to_contain_text("与服务器的连接已中断")
        expect(away).to_contain_text("The connection to the server is lost")
        expect(page.get_by_test_id("stConnectionStatus")).to_be_hidden()
        server.start()
        expect(page.get_by_test_id("stConnectionStatus")).to_have_count(0, timeout=60_000)
        expect(away).to_have_count(0)
        turn(page, SIGNED, "7")

        expect(number(page, STARTS)).to_have_value("3")
        expect_title(page, "签约投资增加7亿元")
        expect_title(page, "新开工")


def test_a_slider_whose_indicator_is_held_says_why_it_moves_nothing(open_page: OpenPage) -> None:
    held = Scenario(pins=(Pin("fixed_asset_investment", 8.0),))
    page = open_page(f"{PAGE}&scenario={short_text(held, 'SAMPLE', 2026)}")

    expect(page.get_by_text("固定资产投资增速已作假定，不影响当年").first).to_be_visible()
