"""The words of an alert, in Chinese and English: ``zh.toml`` and ``en.toml``.

They name areas and indicators, and nothing else that people or files brought.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from data.clock import ZONE
from data.store.alert_deliveries import Delivery, FoundAlert
from data.texts import filled, messages_of
from forecasting.alerts.rules import (
    Alert,
    FiguresOverdue,
    LinksEnding,
    OutlookChanged,
    TasksLate,
    TestAlert,
)
from forecasting.figures.indicator import Area, Catalogue, Names
from forecasting.figures.period import Quarter


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel is sent.

    Attributes
    ----------
    id
        The same for each attempt to deliver an alert.
    fields
        What a program is told besides the words.
    """

    id: str
    title: str
    text: str
    at: datetime
    fields: Mapping[str, Any]


def message_of(
    delivery: Delivery, language: str, area: Area | None, catalogue: Catalogue
) -> Message:
    """Return what a channel is sent; ``area`` is None of an alert that tries the channel."""
    words = AlertWords(language, area, catalogue)
    found = delivery.alert
    lines = [*words.lines(found.alert), *words.ending(found, repeats=delivery.repeats)]
    return Message(
        id=found.id,
        title=words.subject(found.alert),
        text="\n".join(lines),
        at=found.found_at,
        fields={
            "area": found.area,
            "vintage": found.vintage,
            "found_at": found.found_at.isoformat(),
            "attempt": delivery.attempt,
            "may_repeat": delivery.repeats,
            "alert": msgspec.to_builtins(found.alert),
        },
    )


class AlertWords:
    """Says alerts of an area in a language."""

    def __init__(self, language: str, area: Area | None, catalogue: Catalogue) -> None:
        self._language, self._area, self._catalogue = language, area, catalogue

    def subject(self, alert: Alert) -> str:
        """Return what happened, in one line that says that it is an alert."""
        return self._say("subject", title=self.title(alert))

    def title(self, alert: Alert) -> str:
        """Return what happened, in one line."""
        return self._say(f"title.{alert.kind}", area=self._of_area(), **_counts(alert))

    def lines(self, alert: Alert) -> Iterator[str]:
        """Yield what an alert tells, line by line."""
        match alert:
            case OutlookChanged():
                yield from self._changes(alert)
            case FiguresOverdue(figures=figures):
                for quarter, found in groupby(figures, lambda figure: figure.quarter):
                    names = [self._indicator(figure.indicator) for figure in found]
                    listed = self._say("separator").join(names)
                    yield self._say("overdue", period=self._period(quarter), indicators=listed)
            case TasksLate():
                yield self._say("tasks", turned=alert.turned, late=alert.late)
            case LinksEnding(links=links):
                for link in links:
                    last = (link.ends - timedelta(seconds=1)).astimezone(ZONE)
                    day = self._say("day", year=last.year, month=last.month, day=last.day)
                    yield self._say("links", link=link.link, issue=link.issue, day=day)
            case TestAlert():
                yield self._say("test")

    def ending(self, found: FoundAlert, *, repeats: bool) -> Iterator[str]:
        """Yield what stands below every alert."""
        if not isinstance(found.alert, TestAlert):
            yield self._say("look")
        if self._area is not None and self._area.synthetic:
            yield self._say("synthetic")
        if repeats:
            yield self._say("repeats")
        yield self._say("number", vintage=found.vintage, id=found.id)

    def _changes(self, alert: OutlookChanged) -> Iterator[str]:
        if alert.unpublished:
            yield self._say("outlook.unpublished")
        for change in alert.lights:
            yield self._say(
                "outlook.indicator" if change.indicator else "outlook.all",
                indicator=self._indicator(change.indicator),
                before=self._say(f"light.{change.before}"),
                after=self._say(f"light.{change.after}"),
            )
        if alert.line is not None:
            key = "outlook.reached" if alert.reached else "outlook.fallen"
            yield self._say(key, line=f"{100 * alert.line:g}%")

    def _of_area(self) -> str:
        return self._name(self._area.name) if self._area else ""

    def _indicator(self, id: str) -> str:
        """Return the name of an indicator; one that is known no longer stays its id."""
        found = self._catalogue.indicators.get(id)
        return self._name(found.name) if found else id

    def _name(self, names: Names) -> str:
        return names.zh if self._language == "zh" else names.en

    def _period(self, quarter: str) -> str:
        found = Quarter.parse(quarter)
        return self._say(f"quarter.{found.quarter}", year=found.year)

    def _say(self, key: str, **values: object) -> str:
        return filled(catalogue(self._language)[key], **values)


def _counts(alert: Alert) -> Mapping[str, Any]:
    """Return the numbers that a title may say; none is a figure."""
    match alert:
        case OutlookChanged(year=year):
            return {"year": year}
        case FiguresOverdue(figures=figures):
            return {"count": len(figures)}
        case TasksLate(turned=turned):
            return {"turned": turned}
        case LinksEnding(links=links):
            return {"count": len(links)}
        case _:
            return {}


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the messages of a language."""
    return messages_of(Path(__file__).with_name(f"{language}.toml"))
