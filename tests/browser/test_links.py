"""The address follows the page, the page follows the address, and both survive a walk."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.measuring import expect_title

SAMPLE_AS_OF = "?area=SAMPLE&as_of=2026Q1&threshold=6.5"


def expect_address(page: Page, pattern: str) -> None:
    """Wait for the address of the document itself, of which the driver's own copy may be stale."""
    page.wait_for_function("pattern => new RegExp(pattern).test(location.href)", arg=pattern)


def asked_for_health(page: Page) -> list[str]:
    """Return where a page asked whether its server is there."""
    loaded: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    return [name for name in loaded if name.endswith("/health")]


def test_a_link_restores_the_view(open_page: OpenPage) -> None:
    page = open_page(SAMPLE_AS_OF + "&lang=zh")

    expect_title(page, "截至2026年一季度")
    expect_title(page, "超过6.5%")
    expect(page.get_by_test_id("stNumberInputField")).to_have_value("6.5")


def test_a_page_of_a_path_asks_for_its_server_at_the_root_alone(
    open_page: OpenPage, server: str
) -> None:
    page = open_page("method?lang=zh")

    assert asked_for_health(page) == [f"{server}/_stcore/health"]


def test_a_choice_on_the_page_changes_the_address(open_page: OpenPage) -> None:
    page = open_page("?lang=zh")

    page.get_by_test_id("stNumberInputField").fill("4")
    page.get_by_test_id("stNumberInputField").press("Enter")

    expect_title(page, "超过4%")
    expect_address(page, r"threshold=4(&|$)")


def test_choosing_an_area_changes_page_and_address(open_page: OpenPage) -> None:
    page = open_page("?lang=zh")

    page.get_by_test_id("stSelectbox").first.locator("input").click()
    page.get_by_role("option", name="示例开发区").click()

    expect_title(page, "8项主要指标")
    expect_address(page, "area=SAMPLE")


def test_the_language_switch_keeps_the_view(open_page: OpenPage) -> None:
    page = open_page(SAMPLE_AS_OF + "&lang=zh")

    page.get_by_role("button", name="English").click()

    expect_title(page, "As of Q1 2026")
    expect_title(page, "exceed 6.5%")
    expect_address(page, "area=SAMPLE.*lang=en|lang=en.*area=SAMPLE")
    page.get_by_role("button", name="中文").click()
    expect_title(page, "截至2026年一季度")


def test_navigation_keeps_the_view(open_page: OpenPage) -> None:
    page = open_page(SAMPLE_AS_OF + "&lang=en")

    page.get_by_role("link", name="Indicator", exact=True).click()

    expect_address(page, "/indicator")
    expect_address(page, "area=SAMPLE")
    expect_address(page, "as_of=2026Q1")
    expect_title(page, "exceed 6.5%")


def test_a_panel_leads_to_its_indicator_with_the_same_view(open_page: OpenPage) -> None:
    page = open_page(SAMPLE_AS_OF + "&lang=zh")

    page.get_by_role("link", name="税收收入").click()

    expect_title(page, "税收收入")
    expect_address(page, "indicator=tax_revenue")
    expect_address(page, "as_of=2026Q1")


def test_the_browser_language_is_the_default(open_page: OpenPage) -> None:
    expect_title(open_page(locale="en-GB"), "As of H1 2026")
    expect_title(open_page(locale="zh-CN"), "截至2026年上半年")
    expect_title(open_page(locale="fr-FR"), "截至2026年上半年")


def test_one_choice_is_one_step_back(open_page: OpenPage) -> None:
    page = open_page("?lang=zh")
    expect_address(page, "year=2026")
    before: int = page.evaluate("history.length")

    page.get_by_test_id("stNumberInputField").fill("4")
    page.get_by_test_id("stNumberInputField").press("Enter")
    expect_address(page, "threshold=4")
    page.get_by_role("link", name="单项指标", exact=True).click()
    expect_title(page, "国内生产总值")
    expect_address(page, "/indicator.*threshold=4")
    steps: int = page.evaluate("history.length") - before

    assert steps == 2, "the choice and the page"
    page.go_back()
    expect_title(page, "全部超过4%")
    page.go_back()
    expect_title(page, "全部超过7%")
    expect(page).not_to_have_url(re.compile("threshold"))
    expect(page.get_by_test_id("stNumberInputField")).to_have_value("")


def test_the_document_names_its_language(open_page: OpenPage) -> None:
    root = "html"
    expect(open_page("?lang=zh").locator(root)).to_have_attribute("lang", "zh-CN")
    expect(open_page("?lang=en").locator(root)).to_have_attribute("lang", "en")
    expect(open_page("data", locale="zh-CN").locator(root)).to_have_attribute("lang", "zh-CN")
