"""``python -m data alerts``: found, sent and listed, without the secrets of a channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from data.alerts import check
from data.clock import today
from data.plan.documents import part_of, written
from data.store.store import Store
from forecasting.plan.tasks import Due, Ledger, Task
from tests.data.alerts.receivers import Hook, web_server
from tests.data.commands.conftest import Said, Told


@pytest.fixture
def kind() -> str:
    """Use SQLite alone: both databases are held to what the store says of alerts."""
    return "sqlite"


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    """A web server that two channels post to."""
    with web_server() as hook:
        file = tmp_path / "channels.toml"
        file.write_text(
            f'[[channel]]\nkind = "webhook"\nname = "program"\nurl = "{hook.url}/SECRET"\n'
            f'[[channel]]\nkind = "wecom"\nname = "office"\nurl = "{hook.url}/?key=SECRET"\n',
            "utf-8",
        )
        monkeypatch.setenv("ALERT_CHANNELS_FILE", str(file))
        soon = partial(check.deliver, patience=timedelta())
        monkeypatch.setattr("data.commands.alerts.deliver", soon)
        yield hook


def save_late_task(store: Store) -> None:
    task = Task(id="a", work="a", due=Due(text="2020", day=date(2020, 1, 1)))
    part = part_of(today().year)
    store.plans.save("zone", part, written(Ledger(tasks=(task,))))


def test_a_check_sends_what_it_finds_and_the_next_finds_nothing(
    store: Store, hook: Hook, run: Said, told: Told
) -> None:
    save_late_task(store)

    code, first = told(store.database_url, "alerts", "check")
    again, second = told(store.database_url, "alerts", "check")

    assert (code, first["found"], first["waiting"]) == (0, 1, False)
    assert [(one["channel"], one["outcome"]) for one in first["deliveries"]] == [
        ("program", "sent"), ("office", "sent"),
    ]  # fmt: skip
    assert (again, second) == (4, {"noted": 0, "found": 0, "deliveries": [], "waiting": False})
    assert len(hook.posts) == 2
    assert hook.documents[0]["alert"] == {"kind": "tasks", "turned": 1, "late": 1}
    assert hook.documents[0]["id"] in hook.documents[1]["text"]["content"]
    _, out, _ = run(store.database_url, "alerts", "log")
    rows = [line.split("\t") for line in out.splitlines()]
    assert [row[2:] for row in rows] == [
        ["zone", "tasks", "office", "1", "sent", ""],
        ["zone", "tasks", "program", "1", "sent", ""],
    ]


def test_a_check_that_notes_how_an_area_stands_has_done_something_without_any_alert(
    store: Store, told: Told
) -> None:
    ended = [told(store.database_url, "alerts", "check") for _ in range(2)]

    assert [(code, said["noted"], said["found"]) for code, said in ended] == [(0, 1, 0), (4, 0, 0)]


def test_what_could_not_be_sent_waits_and_the_log_tells_no_secret(
    store: Store, hook: Hook, run: Said, told: Told
) -> None:
    save_late_task(store)
    hook.status, hook.answer = 500, b"SECRET"

    code, found = told(store.database_url, "alerts", "check")
    again, _, _ = run(store.database_url, "alerts", "check")

    assert (code, found["waiting"], again) == (6, True, 6)
    _, log = told(store.database_url, "alerts", "log", "--most", 1)
    assert [(one["outcome"], one["reason"]) for one in log["alerts"][0]["deliveries"]] == [
        ("failed", {"obstacle": "server", "detail": "status 500"}), ("waiting", None),
    ] * 2  # fmt: skip
    lines = run(store.database_url, "alerts", "log")[1]
    assert "\tfailed\tstatus 500\n" in lines
    told_of = repr(log) + lines
    assert "SECRET" not in told_of + repr(found)


def test_alerts_without_a_channel_are_noted_and_listed(
    store: Store, run: Said, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALERT_CHANNELS_FILE", raising=False)
    save_late_task(store)

    code, found = told(store.database_url, "alerts", "check")

    assert (code, found) == (0, {"noted": 1, "found": 1, "deliveries": [], "waiting": False})
    assert run(store.database_url, "alerts", "log")[1].endswith("zone\ttasks\t\t\tno channel\t\n")
    refused, _, err = run(store.database_url, "alerts", "test")
    assert (refused, "ALERT_CHANNELS_FILE" in err) == (2, True)


def test_a_test_goes_to_every_channel_or_to_one(store: Store, hook: Hook, told: Told) -> None:
    code, every = told(store.database_url, "alerts", "test")
    one, office = told(store.database_url, "alerts", "test", "--channel", "office")
    hook.answer = b'{"errcode":93000}'
    refused, answer = told(store.database_url, "alerts", "test")

    assert (code, one, refused) == (0, 0, 6)
    assert every["channels"] == [
        {"name": "program", "kind": "webhook", "host": "127.0.0.1"},
        {"name": "office", "kind": "wecom", "host": "127.0.0.1"},
    ]
    assert told(store.database_url, "alerts", "test", "--channel", "gone")[0] == 2
    assert [made["channel"] for made in office["deliveries"]] == ["office"]
    assert [made["reason"] for made in answer["deliveries"]] == [
        None, {"obstacle": "robot", "detail": "errcode 93000"},
    ]  # fmt: skip
    assert len(hook.posts) == 5


def test_a_test_that_a_check_has_taken_meanwhile_is_not_told_as_sent(
    store: Store, hook: Hook, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.commands.alerts.try_channels", lambda *_: ())

    assert told(store.database_url, "alerts", "test")[0] == 6


def test_a_line_is_chosen_listed_and_taken_back(store: Store, run: Said, told: Told) -> None:
    command = ("alerts", "line", "--author", "王工")

    assert run(store.database_url, *command, "--at", 80)[:2] == (0, "zone: 80%\n")
    assert told(store.database_url, *command, "--at", 80)[0] == 4
    _, listed = told(store.database_url, "alerts", "line")
    assert [(one["area"], one["line"], one["author"]) for one in listed["lines"]] == [
        ("zone", 0.8, "王工")
    ]
    assert run(store.database_url, *command, "--none")[:2] == (0, "zone: no line\n")
    assert run(store.database_url, "alerts", "line")[1] == "no lines are chosen\n"
    assert run(store.database_url, *command, "--at", 80, "--area", "nowhere")[0] == 2
    with pytest.raises(SystemExit):
        run(store.database_url, *command, "--at", 100)
