"""Alerts: found and sent by a timer, tried, and what became of them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

import msgspec

from data.alerts.channels import Channel, read_channels
from data.alerts.check import deliver, find, try_channels
from data.alerts.errors import NoSuchChannel
from data.clock import now
from data.commands.command import (
    Answer,
    CommandRefused,
    ExitCode,
    Listed,
    add_author,
    add_command,
    add_group,
    area_of,
    opened_store,
    settings,
)
from data.store.alert_deliveries import Delivery, DeliveryOutcome
from data.store.alerts import AlertLine, LoggedAlert
from data.store.seed import learner_of
from data.views import CommandView
from forecasting.cli.options import checked
from forecasting.models.runtime import use_one_thread

_to_percent = checked(float, lambda line: 0 < line < 100, "a percentage between 0 and 100")
_to_count = checked(int, lambda most: 0 < most <= 10_000, "a number from 1 to 10000")


def add_to(listed: Listed) -> None:
    """Add the commands on alerts."""
    group = add_group(
        listed, "alerts", "find and send alerts, try channels, and list what was sent",
        "Tell people of changes in the areas that the store serves, and in those with a line. "
        "ALERT_CHANNELS_FILE names where alerts go; docs/operating.md has its form.",
    )  # fmt: skip
    add_command(
        group, "check", _check,
        "find what changed since the last time, and send the alerts that follow",
        "Find what changed since areas were last looked at, and send alerts until each has "
        "arrived or patience ends; what could not be sent is tried again by the next check. It "
        "is for a timer.",
    )  # fmt: skip
    test = add_command(group, "test", _test, "send a test to each channel, once")
    test.add_argument("--channel", metavar="NAME", help="to this one alone")
    log = add_command(
        group, "log", _log,
        "list number, when, area, kind, channel, attempt, outcome and reason, parted by tabs",
    )  # fmt: skip
    log.add_argument(
        "--most", type=_to_count, default=50, metavar="N", help="of the newest alerts (50)"
    )
    line = add_command(
        group, "line", _line,
        "choose the chance of all targets of which crossing is told, or list those chosen",
    )  # fmt: skip
    line.add_argument(
        "--area", metavar="AREA", help="its id (the zone that the store serves without it)"
    )
    what = line.add_mutually_exclusive_group()
    what.add_argument("--at", type=_to_percent, metavar="PERCENT", help="such as 80")
    what.add_argument("--none", action="store_true", help="choose none")
    add_author(line)


def _check(options: argparse.Namespace) -> Answer:
    use_one_thread()
    channels = read_channels(settings().alert_channels_file)
    with opened_store() as store:
        learned = learner_of(settings().seeds_folder)
        view = CommandView(store, store.latest_vintage(), learned)
        noted = find(store, view, [channel.name for channel in channels], now())
        ended = deliver(store, channels)
        waiting = store.alerts.next_due([channel.name for channel in channels]) is not None
    done = ExitCode.DONE if noted.areas or ended else ExitCode.UNCHANGED
    return Answer(
        "\n".join((f"{noted.alerts} alerts found", *map(_told, ended))),
        {
            "noted": noted.areas, "found": noted.alerts,
            "deliveries": list(map(_plain, ended)), "waiting": waiting,
        },
        ExitCode.UNFINISHED if waiting else done,
    )  # fmt: skip


def _test(options: argparse.Namespace) -> Answer:
    channels = read_channels(settings().alert_channels_file)
    if not channels:
        raise CommandRefused("no channel is set up: ALERT_CHANNELS_FILE names a file of them")
    tried = [one for one in channels if options.channel in (None, one.name)]
    if not tried:
        raise NoSuchChannel(name=options.channel)
    with opened_store() as store:
        ended = try_channels(store, tried)
    # A check at the same time may have taken one, and the log says what became of it.
    sent = len(ended) == len(tried) and all(one.outcome is DeliveryOutcome.SENT for one in ended)
    return Answer(
        "\n".join(map(_told, ended)),
        {"channels": list(map(_channel, tried)), "deliveries": list(map(_plain, ended))},
        ExitCode.DONE if sent else ExitCode.UNFINISHED,
    )


def _log(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        logged = store.alerts.log(options.most)
    lines = [line for one in logged for line in _lines(one)]
    return Answer("\n".join(lines) or "there were no alerts", {"alerts": list(map(_row, logged))})


def _line(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        if options.at is None and not options.none:
            lines = [line for line in store.alerts.lines().values() if line.line is not None]
            said = "\n".join(f"{line.area}\t{100 * line.line:g}%" for line in lines if line.line)
            return Answer(said or "no lines are chosen", {"lines": list(map(_chosen, lines))})
        area = area_of(store, store.latest_vintage(), options.area)
        before = store.alerts.lines().get(area.id)
        line = None if options.none else options.at / 100
        if line == (before.line if before else None):
            said = f"the line of {area.id} is that already"
            return Answer(said, {"line": before and _chosen(before)}, ExitCode.UNCHANGED)
        chosen = store.alerts.choose_line(area.id, line, now(), options.author)
    said = "no line" if line is None else f"{100 * line:g}%"
    return Answer(f"{area.id}: {said}", {"line": _chosen(chosen)})


def _told(one: Delivery) -> str:
    return "\t".join(
        (one.alert.id, one.channel, str(one.attempt), one.outcome, str(one.reason or ""))
    )


def _lines(one: LoggedAlert) -> list[str]:
    found = one.alert
    head = (found.id, found.found_at.isoformat(), found.area, found.alert.kind)
    if not one.deliveries:
        return ["\t".join((*head, "", "", "no channel", ""))]
    return [
        "\t".join((*head, made.channel, str(made.attempt), made.outcome, str(made.reason or "")))
        for made in one.deliveries
    ]


def _row(one: LoggedAlert) -> dict[str, Any]:
    found = one.alert
    return {
        "id": found.id, "found_at": found.found_at.isoformat(), "area": found.area,
        "vintage": found.vintage, "alert": msgspec.to_builtins(found.alert),
        "deliveries": list(map(_plain, one.deliveries)),
    }  # fmt: skip


def _plain(one: Delivery) -> dict[str, Any]:
    return {
        "alert": one.alert.id, "channel": one.channel, "attempt": one.attempt,
        "due_at": one.due_at.isoformat(),
        "begun_at": one.begun_at.isoformat() if one.begun_at else None,
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "outcome": str(one.outcome), "reason": one.reason and msgspec.to_builtins(one.reason),
    }  # fmt: skip


def _channel(channel: Channel) -> Mapping[str, Any]:
    return {"name": channel.name, "kind": channel.kind, "host": channel.host}


def _chosen(line: AlertLine) -> dict[str, Any]:
    return {
        "area": line.area, "line": line.line, "author": line.author,
        "chosen_at": line.chosen_at.isoformat(),
    }  # fmt: skip
