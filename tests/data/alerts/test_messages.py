"""What alerts say: complete in both languages, in the words of the pages."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from data.alerts.messages import AlertWords, catalogue, message_of
from data.store.alert_deliveries import Delivery, DeliveryOutcome, FoundAlert
from forecasting.alerts.rules import (
    Alert,
    EndingLink,
    FiguresOverdue,
    LightChange,
    LinksEnding,
    OutlookChanged,
    OverdueFigure,
    TasksLate,
    TestAlert,
)
from forecasting.figures.indicator import Area, AreaKind, Catalogue, Names
from forecasting.outlook.lights import Light
from tests.builders import make_indicator

AREA = Area("zone", Names("示例开发区", "Sample zone"), AreaKind.ZONE, synthetic=True)
INDICATORS = Catalogue.of([replace(make_indicator("gdp"), name=Names("地区生产总值", "GDP"))])
FOUND_AT = datetime(2026, 10, 25, 1, 2, 3, tzinfo=UTC)
EVERY: tuple[Alert, ...] = (
    OutlookChanged(
        year=2026,
        lights=(
            LightChange(before=Light.HOPEFUL, after=Light.PRESSED),
            LightChange(before=Light.ACHIEVABLE, after=Light.HOPEFUL, indicator="gdp"),
        ),
        line=0.6,
        reached=False,
    ),
    OutlookChanged(year=2026, line=0.625, reached=True),
    OutlookChanged(year=2026, unpublished=True),
    FiguresOverdue(
        figures=(
            OverdueFigure(quarter="2026Q2", indicator="gdp"),
            OverdueFigure(quarter="2026Q3", indicator="gone"),
        )
    ),
    TasksLate(turned=1, late=3),
    LinksEnding(links=(EndingLink(link=2, issue=1, ends=datetime(2026, 12, 3, 16, tzinfo=UTC)),)),
    TestAlert(),
)
SAID = [
    "提醒：示例开发区2026年全年预判有变化\n全部目标：由“有望完成”转为“有压力”。\n"
    "地区生产总值：由“可完成”转为“有望完成”。\n全部完成的把握降至界线（60%）以下。",
    "提醒：示例开发区2026年全年预判有变化\n全部完成的把握升至界线（62.5%）及以上。",
    "提醒：示例开发区2026年全年预判有变化\n变化涉及尚未公布的数据，具体内容不在消息中列出。",
    "提醒：示例开发区有2项数据逾期未录入\n"
    "2026年上半年数据按惯例应已公布，尚未录入：地区生产总值。\n"
    "2026年前三季度数据按惯例应已公布，尚未录入：gone。",
    "提醒：示例开发区新增1项滞后任务\n任务台账中新增1项进度滞后或已逾期的任务，目前共3项。",
    "提醒：示例开发区有1个链接即将到期\n链接2（研判1）有效期至2026年12月3日。",
    "提醒：测试\n这是一条测试消息。收到即表示此通道可用。",
]


def delivery(alert: Alert, *, repeats: bool = False) -> Delivery:
    area = "" if isinstance(alert, TestAlert) else "zone"
    found = FoundAlert(7, FOUND_AT, area, 3, alert)
    return Delivery(
        found, "office", 1, FOUND_AT, FOUND_AT, None, DeliveryOutcome.SENDING, repeats=repeats
    )


@pytest.mark.parametrize(("alert", "said"), [*zip(EVERY, SAID, strict=True)])
def test_what_an_alert_says(alert: Alert, said: str) -> None:
    area = None if isinstance(alert, TestAlert) else AREA

    message = message_of(delivery(alert), "zh", area, INDICATORS)

    number = "数据版本3，提醒编号7-20261025T010203Z。"
    ending = [number] if area is None else ["详情请登录系统查看。", "以上为模拟数据。", number]
    assert f"{message.title}\n{message.text}".split("\n") == [*said.split("\n"), *ending]
    english = message_of(delivery(alert), "en", area, INDICATORS)
    assert f"{english.title}{english.text}".isascii() or "“" in english.text or "–" in english.text


def test_every_kind_of_alert_is_tried() -> None:
    assert {type(alert) for alert in EVERY} == set(get_args(Alert))


def test_a_message_that_may_be_a_repetition_says_so() -> None:
    message = message_of(delivery(EVERY[0], repeats=True), "zh", AREA, INDICATORS)

    assert "上一次发送中断，本条可能重复。" in message.text
    assert message.fields["may_repeat"] is True
    assert message.id == message_of(delivery(EVERY[0]), "zh", AREA, INDICATORS).id


def test_both_languages_hold_the_same_keys_and_fill_the_same_places() -> None:
    def places(language: str) -> dict[str, set[str]]:
        return {
            key: {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for key, text in catalogue(language).items()
        }

    assert places("zh") == places("en")


def test_names_of_both_languages_are_said() -> None:
    for language, name in (("zh", "示例开发区"), ("en", "Sample zone")):
        assert name in AlertWords(language, AREA, INDICATORS).title(EVERY[0])
