"""What an old link says at its top of newer figures and newer issues, and to whom."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.runtime.context import ContextProxy

from data.store.store import Store
from forecasting.figures.indicator import Status
from tests.ui.links.test_page import open_link
from tests.ui.links.test_unpublished import INDICATOR, commit
from tests.ui.links.visits import EXAMPLE, issue_example, visit

PASSPHRASE = "晋阳湖畔2026"
FROZEN = "以下为出具时的结果，不随之变动。"


@pytest.fixture
def number(store: Store) -> int:
    return issue_example(store, unpublished=False)


def page_of(store: Store, number: int, *, confidential: bool = False, lang: str = "zh") -> str:
    """Return a link's page to who may read it."""
    now = datetime.now(UTC)
    _, token = store.shares.create(
        number,
        label="主任",
        now=now,
        expires_at=now + timedelta(days=7) if confidential else None,
        passphrase=PASSPHRASE if confidential else None,
    )
    if not confidential:
        return visit(f"/s/{token}?lang={lang}").text
    entered = visit(f"/s/{token}?lang={lang}", form={"passphrase": PASSPHRASE})
    return visit(f"/s/{token}?lang={lang}", cookie=entered.cookie).text


def notice(page: str) -> str:
    """Return what stands above the issue, without marks; empty where nothing does."""
    found = re.search(r'<body>\s*<aside class="newer"[^>]*><p>(.*?)</p></aside>', page, re.DOTALL)
    return re.sub(r"<[^>]*>", "", found[1]) if found else ""


def issue_of_planned_lines(store: Store, *, unpublished: bool = False) -> int:
    """Issue the example as an outlook without its scenario."""
    document = json.loads(EXAMPLE) | {"scenario": None, "baseline": None}
    issued = store.issues.issue(
        "SAMPLE", 2026, json.dumps(document).encode(), store.latest_vintage(),
        issued_at=datetime.now(UTC), unpublished=unpublished, p_all=0.4, answers={"gdp": 0.5},
    )  # fmt: skip
    return issued.number


def test_a_link_to_what_is_newest_says_nothing(store: Store, number: int) -> None:
    assert notice(page_of(store, number)) == ""


def test_a_link_says_first_that_figures_have_come(store: Store, number: int) -> None:
    before = page_of(store, number)
    commit(store, Status.PUBLISHED, {"2026Q3": 7.4})

    after = page_of(store, number)

    assert notice(after) == f"本期出具后已有2026年前三季度数据。{FROZEN} 与今天对照"
    assert 'href="?lang=zh&amp;as=live"' in after.partition("<header>")[0]
    assert after.partition("<header>")[2] == before.partition("<header>")[2]
    assert "Figures for Q1–Q3 2026 have come" in notice(page_of(store, number, lang="en"))


def test_a_link_says_that_figures_were_revised(store: Store, number: int) -> None:
    commit(store, Status.PUBLISHED, {"2026Q1": 99.0})

    assert notice(page_of(store, number)).startswith(f"本期出具后数据有修订或补充。{FROZEN}")


def test_figures_that_are_not_of_the_issue_say_nothing(store: Store, number: int) -> None:
    commit(store, Status.ESTIMATE, {"2026Q3": 7.4})

    assert notice(page_of(store, number)) == ""


def test_an_open_link_knows_nothing_of_a_flash(store: Store, number: int) -> None:
    commit(store, Status.FLASH, {"2026Q3": 7.4})

    assert notice(page_of(store, number)) == ""
    assert "已有2026年前三季度数据" in notice(page_of(store, number, confidential=True))


def test_a_link_names_the_newest_issue_like_it(store: Store, number: int) -> None:
    issue_example(store, unpublished=False)
    newest = issue_example(store, unpublished=False)

    assert "本期之后已出具练习情景第2期（" in notice(page_of(store, number))
    assert notice(page_of(store, newest)) == ""


def test_an_issue_of_another_year_or_kind_is_not_newer(store: Store, number: int) -> None:
    issue_example(store, unpublished=False, year=2025)
    issue_of_planned_lines(store)

    assert notice(page_of(store, number)) == ""


def test_an_open_link_learns_of_a_confidential_issue_only_that_it_is(
    store: Store, number: int
) -> None:
    issue_example(store)

    assert notice(page_of(store, number)).startswith("本期之后已出具新一期。")
    assert (
        "练习情景第2期"
        not in page_of(store, number).partition("<body>")[2].partition("<header>")[0]
    )
    assert "练习情景第2期" in notice(page_of(store, number, confidential=True))


def test_a_file_of_an_old_issue_is_as_it_was_issued(store: Store, number: int) -> None:
    commit(store, Status.PUBLISHED, {"2026Q3": 7.4})
    _, token = store.shares.create(number, label="主任", now=datetime.now(UTC))

    assert "aside" not in visit(f"/s/{token}?as=html").text


def test_the_page_of_the_app_says_the_same(
    store: Store, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(store, Status.PUBLISHED, {"2026Q3": 7.4})
    _, token = store.shares.create(number, label="主任", now=datetime.now(UTC))
    monkeypatch.setattr(ContextProxy, "cookies", {})

    assert "本期出具后已有**2026年前三季度**数据" in open_link("".join(token)).text


def test_figures_of_the_test_are_of_the_issue() -> None:
    outlook = json.loads(EXAMPLE)["outlook"]

    assert INDICATOR in {verdict["target"]["indicator"] for verdict in outlook["verdicts"]}
