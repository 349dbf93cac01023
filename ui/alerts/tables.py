"""Where alerts go, and what was sent; of a channel no address is shown, which may hold a secret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data.alerts.channels import Channel, read_channels
from data.alerts.messages import AlertWords
from data.store.alert_deliveries import Delivery, DeliveryOutcome, FoundAlert
from data.store.alerts import AlertLine
from ui.alerts import sentences
from ui.frame import cache, look
from ui.frame.author import author_of
from ui.frame.columns import Column, table
from ui.frame.controls import View
from ui.frame.environment import settings
from ui.frame.errors import guard
from ui.language import format as fmt

SHOWN = 30
"""Alerts of the log that stand on the page, the newest."""
Sent = tuple[FoundAlert, Delivery | None]


def show_channels(view: View) -> tuple[Channel, ...]:
    """Show where alerts go, and which changes they tell of."""
    say = view.say
    with guard(say):
        channels = read_channels(settings().alert_channels_file)
    st.title(say("alerts.title" if channels else "alerts.none", count=len(channels)), anchor=False)
    st.markdown(say("alerts.lead"))
    st.caption(say("alerts.left_out"))
    columns: list[Column[Channel]] = [
        Column(say("alerts.channel"), "l raw strong wrap", lambda one: one.name),
        Column(say("alerts.kind"), "l wrap", lambda one: say(f"alert_channel.{one.kind}")),
        Column(say("alerts.host"), "l raw wrap", lambda one: one.host),
    ]
    if channels:
        look.show(table(columns, channels))
    else:
        st.markdown(say("alerts.set_up"))
    return channels


def show_lines(lines: list[AlertLine], view: View) -> None:
    """Show which lines were chosen, of which area and by whom."""
    say = view.say.plain
    names = {area.id: say.name(area.name) for area in view.snapshot.areas}
    columns: list[Column[AlertLine]] = [
        Column(say("control.area"), "l strong wrap", lambda one: names.get(one.area, one.area)),
        Column(say("alerts.line"), "", lambda one: f"{100 * (one.line or 0):g}%"),
        Column(say("alerts.chosen_by"), "l raw wrap wide", lambda one: author_of(one.author, say)),
        Column(say("alerts.at"), "l", cell=lambda one: look.moment(fmt.minute(one.chosen_at))),
    ]
    look.show(table(columns, lines))


def show_log(view: View) -> None:
    """Show what was sent to whom, and what became of it."""
    say = view.say.plain
    st.header(say("alerts.log"), anchor=False)
    with guard(view.say):
        logged = cache.store().alerts.log(SHOWN)
    if not logged:
        st.caption(say("alerts.no_log"))
        return
    areas = {area.id: area for area in view.snapshot.areas}

    def title(found: FoundAlert) -> str:
        words = AlertWords(str(say.language), areas.get(found.area), view.catalogue)
        return words.title(found.alert)

    rows: list[Sent] = [
        (one.alert, made) for one in logged for made in _last(one.deliveries) or (None,)
    ]
    columns: list[Column[Sent]] = [
        Column(say("alerts.at"), "l", cell=lambda row: look.moment(fmt.minute(row[0].found_at))),
        Column(say("page.alerts"), "l strong wrap",
               cell=lambda row: look.named(title(row[0]), row[1].channel if row[1] else "")),
        Column(say("alerts.channel"), "l raw wide", lambda row: row[1].channel if row[1] else ""),
        Column(say("alerts.outcome"), "l wrap",
               lambda row: sentences.outcome(row[1], say) if row[1] else say("alerts.no_channel")),
    ]  # fmt: skip
    look.show(table(columns, rows))


def _last(deliveries: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Return the last attempt at each channel; one that waits has the reason why it must."""
    last: dict[str, Delivery] = {}
    for made in deliveries:
        before = last.get(made.channel)
        if before is not None and made.outcome is DeliveryOutcome.WAITING:
            made = replace(made, reason=before.reason)
        last[made.channel] = made
    return tuple(last.values())
