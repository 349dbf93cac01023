"""Alerts end to end on a store: what changes is told once, whenever it is killed, and no number."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import msgspec
import pytest

from data.alerts import check
from data.alerts.channels import Channel, WeComRobot
from data.alerts.check import deliver, find, try_channels
from data.alerts.deadline import TOO_LATE, MayHaveArrived, NotSent
from data.alerts.messages import Message
from data.plan.documents import part_of, written
from data.store.alert_deliveries import PAUSES, DeliveryOutcome, DeliveryReason, Obstacle
from data.store.alerts import Alerts
from data.store.store import Store
from data.views import BaselineKey, CommandView, StoreView
from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import Inputs, Status
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from forecasting.plan.tasks import Due, Ledger, Task
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import write_scenario
from tests.builders import ZONE, make_catalogue, make_target, steady_figures
from tests.data.drafts import growth, upload
from tests.data.store.test_issues import issue

NOW = datetime(2026, 10, 25, 1, 2, 3, tzinfo=UTC)
ROBOT = WeComRobot(name="office", url="https://robots.example/send?key=SECRET")
OTHER = WeComRobot(name="other", url="https://robots.example/send?key=SECRET")
REFUSED = DeliveryReason(Obstacle.SERVER, "status 500")
OpenStore = Callable[[str], Store]
NewDatabase = Callable[..., str]


@pytest.fixture
def kind() -> str:
    """Use SQLite alone: both databases are held to what the store says of alerts."""
    return "sqlite"


@dataclass
class Office:
    """Who receives, at which time, and how a channel answers."""

    now: datetime = NOW
    received: list[tuple[str, Message]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    silent: int = 0
    """How many messages are taken without an answer."""

    def send(self, message: Message, channel: Channel) -> None:
        if channel.name in self.refuses:
            raise NotSent(REFUSED)
        self.received.append((channel.name, message))
        if self.silent:
            self.silent -= 1
            raise MayHaveArrived(TOO_LATE)

    def clock(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @property
    def kinds(self) -> list[str]:
        return [message.fields["alert"]["kind"] for _, message in self.received]

    @property
    def ids(self) -> list[str]:
        return [message.id for _, message in self.received]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    office = Office()
    monkeypatch.setattr(check, "send", office.send)
    return office


@cache
def outlook(median: float) -> Outlook:
    figures = steady_figures("2024Q1", "2026Q2", median, indicator="gdp")
    return judge(Question(ZONE, 2026), Inputs(make_catalogue("gdp"), [make_target("gdp")], figures))


@dataclass(frozen=True)
class Judged(CommandView):
    """A vintage at which every area has one outlook, of steady growth; None for no figures."""

    growth: float | None = None

    def outlook_without_scenario(self, key: BaselineKey) -> Outlook:
        if self.growth is None:
            raise AreaWithoutFigures(area=key.area)
        return outlook(self.growth)


HIGH, LOW = 9.0, 4.0


def run(store: Store, office: Office, growth: float | None, *channels: Channel) -> int:
    """Do what the command does, at the time of the office."""
    view = Judged(store, store.latest_vintage(), None, growth=growth)
    return look(store, office, view, *channels)


def look(store: Store, office: Office, view: StoreView, *channels: Channel) -> int:
    noted = find(store, view, [one.name for one in channels or (ROBOT,)], office.now)
    deliver(store, channels or (ROBOT,), clock=office.clock, sleep=office.sleep)
    return noted.alerts


@pytest.fixture
def published(store: Store) -> Store:
    """A store whose zone has published figures alone."""
    store.commit(upload(growth(7.1, "2025-11"), growth(7.0, "2026Q2")))
    return store


def test_a_light_that_changes_is_told_once(published: Store, office: Office) -> None:
    assert run(published, office, HIGH) == 0  # how things stood before is not known
    assert run(published, office, LOW) == 1
    assert run(published, office, LOW) == 0

    ((_, message),) = office.received
    assert message.title == "提醒：示例开发区2026年全年预判有变化"
    assert "地区生产总值：由“可完成”转为“难度较大”。" in message.text
    assert run(published, office, HIGH) == 1
    assert office.ids == sorted(set(office.ids))


def test_crossing_the_line_of_an_area_is_told_and_choosing_it_is_not(
    published: Store, office: Office
) -> None:
    run(published, office, LOW)
    published.alerts.choose_line("zone", 0.99, NOW)
    assert run(published, office, LOW) == 0

    run(published, office, HIGH)

    ((_, message),) = office.received
    assert "全部完成的把握升至界线（99%）及以上。" in message.text


def test_areas_with_a_line_are_looked_at_besides_the_zone(store: Store) -> None:
    view = CommandView(store, 1, None)
    assert [area.id for area in check.watched(store, view)] == ["zone"]
    store.alerts.choose_line("china", 0.5, NOW)
    assert [area.id for area in check.watched(store, view)] == ["china", "zone"]
    store.alerts.choose_line("china", None, NOW)
    assert [area.id for area in check.watched(store, view)] == ["zone"]


def late_task(id: str) -> Task:
    return Task(
        id=id, work=f"{MARK}公司项目", unit=MARK, due=Due(text="6月底", day=date(2026, 6, 30))
    )


def test_tasks_that_turn_late_and_links_that_end_are_told_once(
    published: Store, office: Office
) -> None:
    published.plans.save("zone", part_of(2026), written(Ledger(tasks=(late_task("a"),))))
    number = issue(published).number
    for days in (2, 4):
        published.shares.create(number, label=MARK, now=NOW, expires_at=NOW + timedelta(days=days))

    assert (run(published, office, HIGH), office.kinds) == (2, ["tasks", "links"])
    assert [link["link"] for link in office.received[1][1].fields["alert"]["links"]] == [1]
    ledger = Ledger(tasks=(late_task("a"), late_task("b"), late_task("c")))
    published.plans.save("zone", part_of(2026), written(ledger), based_on=1)
    assert run(published, office, HIGH) == 1
    assert office.received[2][1].fields["alert"] == {"kind": "tasks", "turned": 2, "late": 3}

    office.now += timedelta(days=1, hours=1)
    assert run(published, office, HIGH) == 1
    assert [link["link"] for link in office.received[3][1].fields["alert"]["links"]] == [2]


def test_without_figures_tasks_and_links_are_told_all_the_same(
    store: Store, office: Office
) -> None:
    store.plans.save("zone", part_of(2026), written(Ledger(tasks=(late_task("a"),))))

    assert run(store, office, None) == 1
    assert office.kinds == ["tasks"]


def test_who_has_committed_since_is_left_to_look(published: Store, office: Office) -> None:
    run(published, office, HIGH)
    before = published.alerts.state("zone")
    assert before is not None
    later = replace(before, vintage=before.vintage + 1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Alerts, "state", lambda self, area: later)
        assert find(published, Judged(published, 2, None, growth=LOW), [], NOW) == (0, 0)

    assert published.alerts.state("zone") == before


STEPS = ("note", "begin", "end")


class Killed(BaseException):
    """As a process ends that is killed: nothing in it catches that."""


def killing(patch: pytest.MonkeyPatch, office: Office, at: int) -> None:
    """Kill whoever looks for alerts before or after the step of a number, the first being 0."""
    steps = count()

    def around(do: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            if next(steps) == at:
                raise Killed
            done = do(*given, **named)
            if next(steps) == at:
                raise Killed
            return done

        return step

    for name in STEPS:
        patch.setattr(Alerts, name, around(getattr(Alerts, name)))
    patch.setattr(check, "send", around(office.send))


def test_killed_at_every_step_and_run_again_it_ends_the_same(
    published: Store, office: Office, new_database: NewDatabase, open_store: OpenStore
) -> None:
    published.plans.save("zone", part_of(2026), written(Ledger(tasks=(late_task("a"),))))
    find(published, Judged(published, 2, None, growth=HIGH), [], NOW)
    published.plans.save("zone", part_of(2026), written(Ledger()), based_on=1)
    find(published, Judged(published, 2, None, growth=HIGH), [], NOW)
    published.plans.save(
        "zone", part_of(2026), written(Ledger(tasks=(late_task("a"),))), based_on=2
    )
    undisturbed = open_store(new_database(published.database_url))
    assert run(undisturbed, office, LOW) == 2
    expected = office.ids

    for at in count():
        store, again = open_store(new_database(published.database_url)), Office()
        with pytest.MonkeyPatch.context() as patch:
            killing(patch, again, at)
            try:
                run(store, again, LOW)
            except Killed:
                pass
            else:
                break
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(check, "send", again.send)
            run(store, again, LOW)

        logged = store.alerts.log(9)
        assert store.alerts.state("zone") == undisturbed.alerts.state("zone")
        assert sorted(set(again.ids)) == expected
        assert [one.deliveries[-1].outcome for one in logged if one.deliveries] == ["sent", "sent"]
        twice = [id for id in expected if again.ids.count(id) > 1]
        repeated = {message.id for _, message in again.received if message.fields["may_repeat"]}
        assert set(twice) <= repeated
        cut_off = {
            one.alert.id for one in logged for made in one.deliveries
            if made.outcome is DeliveryOutcome.CUT_OFF
        }  # fmt: skip
        assert repeated == cut_off
    assert at == 14  # before and after note, and begin, send and end of both deliveries


def test_a_channel_that_refuses_costs_no_other_and_gets_the_alert_later(
    published: Store, office: Office
) -> None:
    run(published, office, HIGH, ROBOT, OTHER)
    office.refuses = {"other"}
    run(published, office, LOW, ROBOT, OTHER)
    assert [name for name, _ in office.received] == ["office"]
    assert timedelta(seconds=70) <= office.now - NOW <= check.PATIENCE

    office.refuses = set()
    office.now += timedelta(minutes=6)
    assert run(published, office, LOW, ROBOT, OTHER) == 0

    assert [name for name, _ in office.received] == ["office", "other"]
    assert len(set(office.ids)) == 1


def test_a_message_whose_answer_does_not_come_is_repeated_after_a_pause_and_says_so(
    published: Store, office: Office
) -> None:
    run(published, office, HIGH)
    office.silent = 1
    run(published, office, LOW)

    assert [message.fields["may_repeat"] for _, message in office.received] == [False, True]
    assert office.now - NOW >= PAUSES[0]


def test_a_defect_in_sending_is_entered_as_cut_off(
    published: Store, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(published, office, HIGH)

    def fail(*_: object) -> str:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(check, "send", fail)
        with pytest.raises(RuntimeError):
            run(published, office, LOW)
    run(published, office, LOW)

    assert [message.fields["attempt"] for _, message in office.received] == [2]


def test_channels_are_tried_once_each(store: Store, office: Office) -> None:
    office.refuses = {"other"}

    ended = try_channels(store, (ROBOT, OTHER), office.clock)

    assert [(one.channel, one.outcome, one.reason) for one in ended] == [
        ("office", "sent", None), ("other", "failed", REFUSED),
    ]  # fmt: skip
    assert store.alerts.next_due(["office", "other"]) is None
    assert office.received[0][1].text.startswith("这是一条测试消息。")


def test_how_a_year_ended_is_told_though_the_next_one_is_looked_at(
    store: Store, office: Office
) -> None:
    quarters = [f"{year}Q{quarter}" for year in range(2020, 2027) for quarter in range(1, 5)]
    for period, value in [(quarters[-2], 4.0), (quarters[-1], 7.2), (quarters[-1], 5.0)]:
        figures = [growth(7.0 + len(one) % 2, one) for one in quarters[:-2]]
        store.commit(upload(growth(7.1, "2025-11"), *figures, growth(value, period)))
        look(store, office, CommandView(store, store.latest_vintage(), None))

    told = [sent for _, sent in office.received if sent.fields["alert"]["kind"] == "outlook"]
    assert [sent.title for sent in told] == ["提醒：示例开发区2026年全年预判有变化"] * 2
    first, second = told
    assert "地区生产总值：由“难度较大”转为“已完成”。" in first.text
    assert "地区生产总值：由“已完成”转为“未完成”。" in second.text


MARK = "宏远七号"
FLASH = 7.03


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_unpublished_number_and_no_typed_name_leaves_with_any_alert(
    store: Store, office: Office, language: str
) -> None:
    """The figures of the zone move its outlook, by a published figure and then by a flash."""
    robot = msgspec.structs.replace(ROBOT, language=language)
    quarters = [f"{year}Q{quarter}" for year in range(2020, 2026) for quarter in range(1, 5)]
    figures = [growth(7.0 + len(period) % 2, period) for period in (*quarters, "2026Q1")]
    store.commit(upload(growth(7.1, "2025-11"), *figures, author=MARK, note=MARK))

    look(store, office, CommandView(store, store.latest_vintage(), None), robot)
    store.commit(upload(growth(1.0, "2026Q2"), author=MARK, note=MARK))
    look(store, office, CommandView(store, store.latest_vintage(), None), robot)
    assert office.kinds == ["overdue", "outlook"]
    scenario = write_scenario(Scenario(name=MARK, note=MARK))
    store.scenarios.save("zone", 2026, MARK, scenario, 3, author=MARK)
    ledger = written(Ledger(tasks=(late_task(MARK),)))
    store.plans.save("zone", part_of(2026), ledger, author=MARK)
    store.shares.create(
        issue(store, unpublished=True, author=MARK, issuer=MARK).number, label=MARK, now=NOW,
        expires_at=NOW + timedelta(days=1), passphrase="桥下春水向东流", author=MARK,
    )  # fmt: skip
    store.commit(upload(growth(FLASH, "2026Q3", status=Status.FLASH, publisher=MARK)))
    look(store, office, CommandView(store, store.latest_vintage(), None), robot)

    assert office.kinds[2:] == ["outlook", "tasks", "links"]
    published, unpublished = (office.received[place][1] for place in (1, 2))
    assert published.fields["alert"]["lights"]
    assert unpublished.fields["alert"] == {"kind": "outlook", "year": 2026, "unpublished": True}
    for what in ("可完成", "难度较大", "On track", "Difficult", "生产总值", "product"):
        assert what not in unpublished.text
    for _, message in office.received:
        whole = json.dumps([message.title, message.text, dict(message.fields)], ensure_ascii=False)
        assert MARK not in whole
        assert "桥下" not in whole
        assert not re.search(r"\d\.\d", message.title + message.text)
        assert not re.search(r"\d\.\d{1,2}\b", whole)
    log = repr(store.alerts.log(99))
    assert MARK not in log
    assert str(FLASH) not in log
