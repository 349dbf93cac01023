"""The page of alerts, and that no alert delays or costs a commit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from data.alerts.deadline import TOO_LATE
from data.store.alert_deliveries import DeliveryOutcome, DeliveryReason, Obstacle
from data.store.store import Store
from forecasting.alerts.rules import AreaState, OutlookChanged
from tests.data.alerts.receivers import Hook, web_server
from tests.data.drafts import edit
from tests.ui.conftest import OpenPage
from tests.ui.reading import Screen
from ui.alerts import sentences
from ui.frame import alerting, cut_off
from ui.language import Language, Speaker

SAMPLE = {"area": "SAMPLE"}
NOW = datetime(2026, 10, 25, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    """A web server that two channels of the app post to."""
    with web_server() as hook:
        file = tmp_path / "channels.toml"
        file.write_text(
            f'[[channel]]\nkind = "wecom"\nname = "office"\nurl = "{hook.url}/send?key=SECRET"\n'
            f'[[channel]]\nkind = "dingtalk"\nname = "_ding_"\nurl = "{hook.url}/SECRET"\n',
            "utf-8",
        )
        monkeypatch.setenv("ALERT_CHANNELS_FILE", str(file))
        yield hook


@pytest.fixture
def open_on_store(store: Store, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open pages on a store of the test's own."""
    monkeypatch.setenv("DATABASE_URL", store.database_url)
    return open_page


def test_without_a_channel_the_page_says_who_sets_one_up(open_page: OpenPage) -> None:
    page = open_page("alerts", **SAMPLE)

    assert page.title == "尚未设置提醒通道"
    assert "docs/operating.zh-CN.md" in page.text
    assert not [button for button in page.app.button if button.key == "alerts_test"]


def test_channels_are_shown_by_name_kind_and_host_and_tried(
    open_on_store: OpenPage, hook: Hook
) -> None:
    page = open_on_store("alerts", **SAMPLE)
    for part in ("office", "企业微信群机器人", "_ding_", "钉钉群机器人", "127.0.0.1"):
        assert part in page.text
    hook.answer = b'{"errcode":310000,"errmsg":"keywords not in content SECRET"}'

    page.app.button(key="alerts_test").click().run()

    tried = Screen(page.app)
    assert "office：未收下，机器人未接受（errcode 310000）。" in tried.text
    assert len(hook.posts) == 2
    assert tried.text.count("未收下，机器人未接受（errcode 310000）") == 4  # said, and in the log
    assert "SECRET" not in tried.text


def test_a_line_is_chosen_and_taken_back(open_on_store: OpenPage, store: Store) -> None:
    page = open_on_store("alerts", **SAMPLE)

    page.app.number_input[0].set_value(80)
    page.app.text_input[-1].set_value("王工")
    press(page, "选定界线")
    assert store.alerts.lines()["SAMPLE"].line == 0.8
    assert store.alerts.lines()["SAMPLE"].author == "王工"
    assert "80%" in Screen(page.app).text

    press(page, "取消界线")
    assert store.alerts.lines()["SAMPLE"].line is None


def test_a_line_between_two_percents_is_shown_and_chosen_exactly(
    open_on_store: OpenPage, store: Store
) -> None:
    store.alerts.choose_line("SAMPLE", 0.625, NOW)
    page = open_on_store("alerts", **SAMPLE)
    assert "62.5%" in page.text
    assert page.app.number_input[0].value == 62.5

    page.app.text_input[-1].set_value("王工")
    press(page, "选定界线")
    assert store.alerts.lines()["SAMPLE"].version == 1  # it stands already
    page.app.number_input[0].set_value(57.0)
    press(page, "选定界线")
    press(page, "选定界线")
    assert (store.alerts.lines()["SAMPLE"].line, store.alerts.lines()["SAMPLE"].version) == (
        0.57,
        2,
    )

    page.app.number_input[0].set_value(100.0)
    press(page, "选定界线")
    assert "界线100%不能选用" in Screen(page.app).text
    assert store.alerts.lines()["SAMPLE"].version == 2


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        (TOO_LATE, "规定时间内未收到应答", "no answer came in time"),
        (DeliveryReason(Obstacle.SERVER, "status 302"),
         "服务器未接受（status 302）", "the server refused it (status 302)"),
        (DeliveryReason(Obstacle.RECIPIENTS, "1 of 2 recipients refused", refused=1, count=2),
         "2位收件人中有1位被拒收", "1 of 2 recipients were refused"),
        (DeliveryReason(Obstacle.OTHER, "<b>*x*</b>"),
         "发送出错（<b>*x*</b>）", "sending failed (<b>*x*</b>)"),
    ],
)  # fmt: skip
def test_why_a_message_was_not_taken_is_said_in_words(
    reason: DeliveryReason, zh: str, en: str
) -> None:
    assert sentences.why(reason, Speaker(Language.ZH, markdown=False)) == zh
    assert sentences.why(reason, Speaker(Language.EN, markdown=False)) == en


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_has_words(obstacle: Obstacle) -> None:
    reason = DeliveryReason(obstacle, "ConnectError")

    assert sentences.why(reason, Speaker(Language.ZH)) != sentences.why(
        reason, Speaker(Language.EN)
    )


def press(page: Screen, label: str) -> None:
    (button,) = (one for one in page.app.button if one.label == label)
    button.click().run()


def test_the_log_says_what_became_of_each_alert(open_on_store: OpenPage, store: Store) -> None:
    alert = OutlookChanged(year=2026, unpublished=True)
    state = AreaState(year=2026)
    store.alerts.note("SAMPLE", 1, state, None, [alert], ["office"], NOW)
    begun = store.alerts.begin(["office"], NOW)
    assert begun is not None
    store.alerts.end(
        begun, DeliveryOutcome.FAILED, DeliveryReason(Obstacle.SERVER, "status 500"), NOW
    )
    store.alerts.note("SAMPLE", 1, state, store.alerts.state("SAMPLE"), [alert], [], NOW)

    page = open_on_store("alerts", **SAMPLE)

    assert page.text.count("示例开发区2026年全年预判有变化") == 2
    assert "第2次：待发送，服务器未接受（status 500）" in page.text
    assert "当时没有通道" in page.text


def test_channels_that_cannot_be_read_are_told_without_their_secrets(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "channels.toml"
    file.write_text('[[channel]]\nkind = "wecom"\nname = "a"\nurl = "SECRET"\n', "utf-8")
    monkeypatch.setenv("ALERT_CHANNELS_FILE", str(file))

    page = open_page("alerts", **SAMPLE)

    assert "提醒通道设置" in page.text
    assert "SECRET" not in page.text


@pytest.mark.parametrize("fails", [False, True])
def test_a_commit_waits_for_no_alert_and_is_kept_whatever_becomes_of_it(
    store: Store, hook: Hook, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    fails: bool,
) -> None:  # fmt: skip
    begun, go_on, over = Event(), Event(), Event()

    def look() -> None:
        begun.set()
        go_on.wait(30)
        monkeypatch.setattr("data.alerts.check.find", fail if fails else lambda *_: (0, 0))
        whole()
        over.set()

    def fail(*_: object) -> int:
        raise RuntimeError("SECRET")

    whole = alerting.look
    monkeypatch.setattr(alerting, "look", look)
    caplog.set_level(logging.ERROR)
    done: list[int] = []

    cut_off.write(
        lambda: store.commit(edit()), lambda: None, done.append, Speaker(Language.ZH),
        kept_by=Kept(),
    )  # fmt: skip

    assert done == [2]
    assert begun.wait(30)
    assert not over.is_set()
    go_on.set()
    assert over.wait(30)
    assert store.latest_vintage() == 2
    assert [record.message for record in caplog.records] == (
        ["alerts were not looked for: RuntimeError"] if fails else []
    )


class Kept:
    """What a write belongs to."""

    cut_off = None
