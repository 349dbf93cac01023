"""Issuing an outlook, making links to it, and the list of both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import StopException

from data.store.links import Locked, Opened
from data.store.store import Store
from forecasting.figures.indicator import Status, Target
from forecasting.issues.json import read_snapshot
from forecasting.models import pool as fitting
from forecasting.scenario.model import Amount, Scenario
from forecasting.scenario.toml import write_scenario
from tests.data.drafts import edit, upload
from tests.ui.desks import FIXED, SAMPLE, go, latest_growth, link, open_desk, press
from tests.ui.links.visits import visit
from tests.ui.reading import Screen
from tests.ui.speakers import SPEAKERS, ZH
from ui.frame.session import Issuing
from ui.issues import forms
from ui.links import served_issue


def begin(page: Screen) -> Screen:
    return Screen(page.app.button(key="issue_begin").click().run())


def submit(page: Screen, label: str) -> Screen:
    (button,) = [one for one in page.app.button if one.label == label]
    return Screen(button.click().run())


def labelled(page: Screen, label: str) -> bool:
    return any(one.label == label for one in page.app.button)


def issue(page: Screen, issuer: str = "经济运行局", note: str = "") -> Screen:
    page = begin(page)
    (unit,) = [one for one in page.app.text_input if one.label == ZH("issue.issuer")]
    unit.set_value(issuer)
    page.app.text_area[0].set_value(note)
    return submit(page, "出具")


def make_link(page: Screen, number: int, label: str, passphrase: str = "") -> Screen:
    field(page.app.text_input, f"share_label_{number}").set_value(label)
    field(page.app.text_input, f"share_pass_{number}").set_value(passphrase)
    return submit(page, "生成链接")


def field(widgets: Sequence[Any], name: str) -> Any:
    (found,) = [one for one in widgets if str(one.key).startswith(f"{name}_")]
    return found


def token_on(page: Screen) -> str:
    (found,) = re.findall(r"/s/([\w-]{43})", "\n".join(code.value for code in page.app.code))
    return str(found)


def commit_flash(store: Store) -> None:
    figure = latest_growth(store, "SAMPLE", "gdp")
    store.commit(upload(replace(figure, status=Status.FLASH), base=1))


_NOTICE = re.compile(rb'<aside class="newer".*?</aside>', re.DOTALL)


def everything(token: str) -> dict[str, bytes]:
    """Return the page, but for its notice of what has come since, and every file behind a link."""
    served_issue.forget()
    return {
        f"{say.language} {kind}": _NOTICE.sub(
            b"", visit(f"/s/{token}?lang={say.language}&as={kind}").body
        )
        for say in SPEAKERS
        for kind in ("", "html", "pdf", "docx", "xlsx")
    }


def test_what_is_begun_on_one_page_is_not_open_on_another(store: Store) -> None:
    page = begin(open_desk("overview", **SAMPLE))

    page = go(page, "scenario")

    assert "编发单位" not in page.text
    assert [one.key for one in page.app.button if one.key == "issue_begin"]


def target_of(store: Store, indicator: str) -> Target:
    asked = [one for one in store.targets(1, "SAMPLE") if one.indicator == indicator]
    return max((one for one in asked if one.year in (0, 2026)), key=lambda one: one.year)


def test_an_outlook_is_issued_as_it_stands_on_the_page(store: Store) -> None:
    page = issue(open_desk("overview", **SAMPLE), note="供调度会使用")

    issued = store.issues.find(1)
    snapshot = read_snapshot(issued.document)
    assert "已出具练习第1期" in page.text
    assert (issued.area, issued.year, issued.vintage, issued.issuer) == (
        "SAMPLE", 2026, 1, "经济运行局",
    )  # fmt: skip
    assert not issued.unpublished
    assert snapshot.issue.note == "供调度会使用"
    assert snapshot.issue.number == 1
    (kept,) = store.issues.track("SAMPLE")
    assert snapshot.outlook.all_clear is not None
    assert kept.p_all == snapshot.outlook.all_clear.probability
    assert set(kept.answers) == {verdict.indicator_id for verdict in snapshot.outlook.verdicts}


def test_nothing_is_issued_before_it_is_asked_for(store: Store) -> None:
    page = begin(open_desk("overview", **SAMPLE))

    assert "示例开发区2026年全年预判" in page.text
    assert "数据版本1" in page.text
    page = press(page, "issue_close")
    assert store.issues.listed("SAMPLE") == ()
    assert "编发单位" not in page.text


def test_what_was_committed_since_the_form_was_drawn_is_not_issued_unseen(store: Store) -> None:
    page = begin(open_desk("overview", **SAMPLE))
    page.app.text_area[0].set_value("供调度会使用")
    commit_flash(store)

    page = submit(page, "出具")

    assert store.issues.listed("SAMPLE") == ()
    assert "尚未出具" in page.app.warning[0].value
    assert "数据版本2" in page.text
    assert "内部资料" in page.text
    submit(page, "出具")
    (issued,) = store.issues.listed("SAMPLE")
    assert (issued.vintage, issued.unpublished) == (2, True)
    assert read_snapshot(store.issues.find(1).document).issue.note == "供调度会使用"


def test_a_choice_that_the_reader_makes_with_the_form_open_needs_no_notice(store: Store) -> None:
    page = begin(open_desk("overview", **SAMPLE))

    page.app.number_input(key="threshold").set_value(4.0)
    page = Screen(page.app.run())

    assert not page.app.warning
    submit(page, "出具")
    assert read_snapshot(store.issues.find(1).document).outlook.verdicts[0].target.threshold == 4.0


def test_a_press_that_arrives_with_another_choice_issues_nothing_yet(store: Store) -> None:
    page = begin(open_desk("overview", **SAMPLE))

    page.app.number_input(key="threshold").set_value(4.0)
    page = submit(page, "出具")

    assert "尚未出具" in page.app.warning[0].value
    assert store.issues.listed("SAMPLE") == ()


def test_a_run_that_ends_right_after_the_issue_does_not_issue_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the second click of a double click ends the run of the first."""
    page = begin(open_desk("overview", **SAMPLE))

    @contextmanager
    def ended(text: str) -> Iterator[None]:
        yield
        if text == ZH("issue.progress"):
            raise StopException

    with monkeypatch.context() as patch:
        patch.setattr("ui.issues.forms.st.spinner", ended)
        page = submit(page, "出具")
    page = submit(page, "出具") if labelled(page, "出具") else Screen(page.app.run())

    assert "已出具练习第1期" in page.text
    assert len(store.issues.listed("SAMPLE")) == 1


def test_two_runs_at_once_issue_once() -> None:
    begun, numbers, together = Issuing("overview/SAMPLE/2026"), count(1), Barrier(2)

    def press() -> None:
        together.wait()
        forms._issue_once(begun, lambda: sleep(0.01) or next(numbers))

    with ThreadPoolExecutor(2) as runs:
        for run in [runs.submit(press) for _ in range(2)]:
            run.result()

    assert begun.number == 1
    assert next(numbers) == 2


def test_a_link_is_made_right_there_and_shown_once(store: Store) -> None:
    page = make_link(issue(open_desk("overview", **SAMPLE)), 1, "王主任")

    token = token_on(page)
    assert 'class="say"' in visit(f"/s/{token}").text
    page = press(page, "share_seen_1")
    assert token not in page.text
    assert "王主任" in page.text
    assert "打开过1次" in Screen(page.app.run()).text


def test_an_issue_with_unpublished_figures_needs_passphrase_and_expiry(store: Store) -> None:
    commit_flash(store)
    page = begin(open_desk("overview", **SAMPLE))
    assert "内部资料" in page.text
    page = submit(page, "出具")
    assert store.issues.find(1).unpublished

    page = make_link(page, 1, "王主任")
    assert "请同时设置口令和到期日" in page.app.error[0].value
    field(page.app.date_input, "share_expiry_1").set_value(None)
    page = make_link(page, 1, "王主任", "晋阳湖畔2026")
    assert "请同时设置口令和到期日" in page.app.error[0].value
    assert store.shares.listed(1) == ()

    field(page.app.date_input, "share_expiry_1").set_value(datetime.now(UTC).date() + timedelta(9))
    page = make_link(page, 1, "王主任", "888666")
    assert "口令太常见" in page.app.error[0].value
    assert store.shares.listed(1) == ()
    page = make_link(page, 1, "王主任", "晋阳湖畔2026")
    assert isinstance(store.shares.open(token_on(page), None, datetime.now(UTC)), Locked)


def test_a_link_has_no_end_only_where_somebody_says_so(store: Store) -> None:
    page = issue(open_desk("overview", **SAMPLE))
    field(page.app.date_input, "share_expiry_1").set_value(None)  # as a day that is typed wrong
    page = make_link(page, 1, "会议")
    assert "没有读到到期日" in page.app.error[0].value
    assert store.shares.listed(1) == ()

    field(page.app.checkbox, "share_endless_1").check()
    page = make_link(page, 1, "会议")
    (share,) = store.shares.listed(1)
    assert share.expires_at is None

    make_link(page, 1, "例会")
    assert {share.expires_at is None for share in store.shares.listed(1)} == {True, False}


def test_a_link_to_unpublished_figures_ends_within_a_quarter(store: Store) -> None:
    commit_flash(store)
    page = submit(begin(open_desk("overview", **SAMPLE)), "出具")

    too_late = datetime.now(UTC).date() + timedelta(days=100)
    field(page.app.date_input, "share_expiry_1").set_value(too_late)
    page = make_link(page, 1, "会议", "晋阳湖畔2026")

    assert "90天" in page.app.error[0].value
    assert store.shares.listed(1) == ()


def test_a_day_that_is_over_makes_no_link_and_is_refused_in_the_words_of_the_reader(
    store: Store,
) -> None:
    """A field with bounds would refuse it in English, and make a link with the day before it."""
    page = issue(open_desk("overview", **SAMPLE))
    days = field(page.app.date_input, "share_expiry_1")
    yesterday = datetime.now(UTC).date() - timedelta(days=2)
    assert days.min < yesterday

    days.set_value(yesterday)
    page = make_link(page, 1, "会议")

    assert "所填到期日已过。请选择今天或以后的日期。" in page.app.error[0].value
    assert store.shares.listed(1) == ()


def test_a_passphrase_is_proposed_and_opens_the_link(store: Store) -> None:
    page = issue(open_desk("overview", **SAMPLE))
    field(page.app.text_input, "share_label_1").set_value("王主任")

    page = submit(page, "生成口令")
    proposed = field(page.app.text_input, "share_pass_1").value
    assert store.shares.listed(1) == ()
    page = submit(page, "生成链接")

    opened = store.shares.open(token_on(page), proposed, datetime.now(UTC))
    assert isinstance(opened, Opened)
    assert opened.share.label == "王主任"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "两项都填的，收件人选“与今天对照”时可看到当时尚未公布的内部快报"),
        ("en", 'If both are set, readers who choose "With today\'s data" can also see'),
    ],
)
def test_who_makes_a_link_is_told_what_it_shows_once_it_is_protected(
    store: Store, language: str, told: str
) -> None:
    issue(open_desk("overview", **SAMPLE))

    page = open_desk("issues", **(SAMPLE | {"lang": language}))

    assert told in page.text


def test_a_link_opens_on_its_last_day_in_the_zone(store: Store) -> None:
    page = issue(open_desk("overview", **SAMPLE))
    last = (datetime.now(UTC) + timedelta(days=5)).date()
    field(page.app.date_input, "share_expiry_1").set_value(last)
    make_link(page, 1, "会议")

    (share,) = store.shares.listed(1)
    midnight = datetime(last.year, last.month, last.day, 16, tzinfo=UTC)
    assert share.expires_at == midnight
    assert share.opens(midnight - timedelta(seconds=1))


def test_a_scenario_is_issued_with_its_assumptions(store: Store) -> None:
    scenario = Scenario(name="加快", amounts=(Amount(FIXED, 2.0),))
    saved = store.scenarios.save("SAMPLE", 2026, "加快", write_scenario(scenario), 1)
    open_as_saved = open_desk("scenario", **SAMPLE, saved=str(saved.id))
    issue(open_as_saved)
    issue(open_desk("scenario", **link(scenario)))

    first, second = (store.issues.find(number) for number in (1, 2))
    assert (first.scenario, second.scenario) == ((saved.id, saved.version), None)
    for issued in (first, second):
        snapshot = read_snapshot(issued.document)
        assert snapshot.scenario is not None
        assert snapshot.baseline is not None
        assert snapshot.baseline != snapshot.outlook.all_clear

    issue(open_desk("overview", **SAMPLE))
    listed = open_desk("issues", **SAMPLE).text
    third, second_told, first_told = (
        line for line in listed.splitlines() if line.startswith(("**练习第", "**练习情景第"))
    )
    numbers = [line.split("**")[1] for line in (third, second_told, first_told)]
    assert numbers == ["练习第1期", "练习情景第2期", "练习情景第1期"]
    assert "不作假定" in third
    assert "按情景（未保存）" in second_told
    assert "加快" in first_told


def test_the_form_shows_the_name_of_the_scenario_that_readers_will_see(store: Store) -> None:
    page = begin(open_desk("scenario", **link(Scenario("*甲*", amounts=(Amount(FIXED, 2.0),)))))
    assert r"情景：\*甲\*（读者可见此名称）" in page.text

    submit(page, "出具")
    page = open_desk("issues", **SAMPLE)
    page = Screen(page.app.toggle(key="issue_read_1").set_value(True).run())
    assert "情景假定：*甲*" in page.text


def test_a_later_issue_tells_what_moved_since_the_one_before(store: Store) -> None:
    issue(open_desk("overview", **SAMPLE))
    target = target_of(store, "retail_sales")
    store.commit(edit(targets=(replace(target, threshold=6.0),), base=1))
    issue(open_desk("overview", **SAMPLE))

    snapshot = read_snapshot(store.issues.find(2).document)
    assert snapshot.change is not None
    assert snapshot.change.since == 1
    assert [past.number for past in snapshot.record] == [1]
    assert [term.kind for term in snapshot.change.terms] == ["target"]


def test_a_reference_area_is_issued_without_verdict_words(store: Store) -> None:
    issue(open_desk("overview", area="CN", lang="zh"))

    page = open_desk("issues", area="CN", lang="zh")
    page = Screen(page.app.toggle(key="issue_read_1").set_value(True).run())

    assert read_snapshot(store.issues.find(1).document).outlook.light is None
    for word in ("可完成", "有望完成", "有压力", "难度较大"):
        assert word not in page.text
    assert "可能性" in page.text


def test_an_issue_is_unchanged_by_whatever_comes_after_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_link(issue(open_desk("overview", **SAMPLE)), 1, "王主任")
    token = token_on(page)
    before = everything(token)

    figure = latest_growth(store, "SAMPLE", "gdp")
    target = target_of(store, "retail_sales")
    store.commit(upload(replace(figure, value=figure.value - 2.0), base=1))
    store.commit(edit(targets=(replace(target, threshold=9.0),), base=2))
    monkeypatch.setattr("forecasting.outlook.judge.ENGINE", fitting.ENGINE + "+1")

    assert everything(token) == before
    page = open_desk("issues", **SAMPLE)
    page = Screen(page.app.toggle(key="issue_read_1").set_value(True).run())
    page = Screen(page.app.button_group(key="issued_view_1").set_value("today").run())
    assert "修订：地区生产总值" in page.text
    assert "目标：社会消费品零售总额由超过7%改为超过9%" in page.text
    assert f"测算方法：由{fitting.ENGINE}改为{fitting.ENGINE}+1" in page.text


def test_links_are_listed_revoked_and_deleted(store: Store) -> None:
    issue(open_desk("overview", **SAMPLE))
    page = make_link(open_desk("issues", **SAMPLE), 1, "王主任")
    first = token_on(page)
    assert isinstance(store.shares.open(first, None, datetime.now(UTC)), Opened)

    page = press(page, "share_revoke_1")
    assert store.shares.open(first, None, datetime.now(UTC)) is None
    assert "停用" in page.text
    page = press(page, "share_delete_1")
    assert "王主任" not in page.text
    assert store.shares.listed(1) == ()


def test_a_link_says_in_lists_who_made_it(store: Store) -> None:
    issue(open_desk("overview", **SAMPLE))
    page = open_desk("issues", **SAMPLE)
    field(page.app.text_input, "share_author_1").set_value(" 李 *工* ")

    page = make_link(page, 1, "王主任")

    assert store.shares.listed(1)[0].author == "李 *工*"
    assert "由李 \\*工\\*生成" in page.text
    assert "李" not in visit(f"/s/{token_on(page)}").text


def test_a_link_without_a_label_is_not_made(store: Store) -> None:
    issue(open_desk("overview", **SAMPLE))

    page = make_link(open_desk("issues", **SAMPLE), 1, "  ")

    assert "链接还没有名称" in page.app.error[0].value
    assert store.shares.listed(1) == ()


def test_an_area_without_issues_says_where_to_issue(store: Store) -> None:
    page = open_desk("issues", **SAMPLE)

    assert page.title == "示例开发区尚未出具研判"
    assert "出具研判" in page.text


def test_the_track_record_scores_issues_once_the_year_is_published(store: Store) -> None:
    assert "尚未出具研判" in open_desk("track", **SAMPLE).text
    issue(open_desk("overview", **SAMPLE))
    assert "尚无可评分的" in open_desk("track", **SAMPLE).text

    snapshot = read_snapshot(store.issues.find(1).document)
    ends = [
        replace(figure, month=replace(figure.month, month=month), value=50.0)
        for verdict in snapshot.outlook.counted
        for figure in store.observations(1, "SAMPLE", verdict.indicator_id)
        if figure.basis == verdict.target.basis
        and figure.measure is verdict.history.measure
        and figure.month == verdict.history.origin.end
        for month in (9, 12)
    ]
    store.commit(upload(*ends, base=1))

    page = open_desk("track", **SAMPLE)
    said = [verdict.probability for verdict in snapshot.outlook.counted]
    score = sum((1 - p) ** 2 for p in said) / len(said)
    told = f"其中1期年度已结束、可以评分：全部完成的有1期；{len(said)}项研判平均评分{score:.3f}"
    assert told in page.text.replace("**", "")


def test_what_readers_will_see_of_levers_named_after_firms_is_said_before(store: Store) -> None:
    own = Scenario(amounts=(Amount(FIXED, 2.0, "青峦公司扩产"), Amount(FIXED, 1.0)))
    page = press(open_desk("scenario", **link(own)), "issue_begin")

    assert "青峦公司扩产（固定资产投资增加2亿元）。涉及单个企业的，请改列项目台账" in page.text
    assert "固定资产投资增加1亿元）" not in page.text
