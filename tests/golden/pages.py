"""Every page as a reader meets it, on the nation and the simulated zone."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.compute as pc
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from data.store.seed import ensure_seeded, read_seeds, save_sample_tasks
from data.store.store import Store
from forecasting.scenario.link import short_text
from forecasting.scenario.toml import read_scenario
from tests.golden.clock import NOW, standing_at
from tests.golden.commands import INPUTS
from tests.golden.text import digest, plain, rounded, section, short
from tests.ui.pages import switch_page

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")
SEEDED = datetime(2026, 8, 1, 2, tzinfo=UTC)
"""When the store was made, a scenario saved and outlooks issued."""
QUARTER = """全国主要经济指标（模拟数据）
2026年前三季度
指标,单位,本期累计,同比增长(%)
国内生产总值,亿元,1067300,4.9
规模以上工业增加值,%,,5.6
固定资产投资（不含农户）,亿元,352600,-4.8
"""
"""A file of the third quarter, whose figures are invented."""
REVISED = """示例开发区主要经济指标（模拟数据）
2026年1-9月
指标,单位,本期累计,同比增长(%)
固定资产投资,亿元,380000,7.4
税收收入,万元,,6.9
招商引资到位资金,亿元,12.5,
工业投资,亿元,见附表,71.2
"""
"""A file to be asked about: a wrong unit, an unknown label, a cell without a number."""
PROJECTS = """2026年重点项目台账（模拟数据）
项目编号,项目名称,阶段,总投资（万元）,2026年计划投资,开工时间,开工把握,联系人
P1,装备部件扩能,开工在建,60000,1.8亿元,2026年二季度,,张三
P2,制药车间二期,签约,9亿元,14000,2026年四季度,80%,
,新材料项目,推进顺利,约3亿,5000,待定,,
合计,,,,,,,
"""
"""A table of projects of which one is known as it stands, one changed, and one new."""
Steps = Callable[[AppTest], AppTest]


@dataclass(frozen=True)
class View:
    """A page, what its address says, and what is done on it before it is read."""

    page: str
    parameters: Mapping[str, str]
    steps: Steps | None = None
    then: str = ""

    def __str__(self) -> str:
        """Name the view without what is long or drawn by chance."""
        hidden = ("t", "scenario")
        said = [f"{name}={text}" for name, text in self.parameters.items() if name not in hidden]
        said += ["with the scenario"] if "scenario" in self.parameters else []
        return " ".join([self.page, *said, self.then]).strip()


def outputs() -> dict[str, Callable[[], str]]:
    """Return what makes each output, by the name of its file."""
    return {f"pages/{page}.txt": partial(_page, page) for page in dict.fromkeys(_pages())}


def _pages() -> tuple[str, ...]:
    return (
        "overview", "indicator", "scenario", "projects", "assumptions", "scenarios", "plan",
        "claims", "tasks", "meeting", "issues", "track", "data", "upload", "vintages", "targets",
        "method", "shared",
    )  # fmt: skip


def _views(page: str) -> Iterator[View]:
    nation, zone = {"area": "CN"}, {"area": "SAMPLE", "year": "2026"}
    assumed = {**zone, "scenario": _scenario()}
    match page:
        case "overview":
            yield View(page, nation)
            yield View(page, zone)
            yield View(page, {**zone, "year": "2025"})
            yield View(page, {"area": "CN-SX-LF-HMZ"})
            yield View(page, zone, _press("issue_begin"), "being issued")
        case "indicator":
            yield View(page, {**nation, "indicator": "gdp"})
            yield View(page, {**zone, "indicator": "foreign_capital"})
        case "scenario":
            yield View(page, nation)
            yield View(page, assumed)
            yield View(page, zone, _press("solve"), "solved")
        case "projects":
            yield View(page, nation)
            yield View(page, assumed)
            yield View(page, assumed, _import, "with a file")
        case "scenarios":
            yield View(page, nation)
            yield View(page, assumed)
        case "assumptions":
            for part in ("levers", "levels", "pins", "own", "below", "risks", "log"):
                yield View(page, assumed, partial(_choose, part), part)
        case "track":
            yield View(page, zone)
            yield View(page, {"area": "CN-SX"})
        case "upload":
            yield View(page, nation)
            yield View(page, zone, partial(_put_in, REVISED), "with a file")
        case "vintages":
            yield View(page, nation)
        case "method":
            yield View(page, {})
        case "shared":
            yield View(page, {"t": _store().token})
            yield View(page, {"t": _store().token}, _beside_today, "with today's data")
        case _:
            yield View(page, nation)
            yield View(page, zone)


@cache
def _scenario() -> str:
    """Return the scenario as an address says it."""
    text = (INPUTS / "everything.toml").read_text("utf-8")
    indicators = read_seeds(ROOT / "seeds").catalogue.indicators
    return short_text(read_scenario(text, indicators), "SAMPLE", 2026)


@dataclass(frozen=True)
class Made:
    """The store that pages are opened on."""

    folder: str
    token: str

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/outlook.sqlite3"


@cache
def _store() -> Made:
    """Make a store with a saved scenario, two issues, a link and a committed file."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Made(folder, "")
    store = Store.open(made.url)
    with _served(made, SEEDED):
        ensure_seeded(store, ROOT / "seeds")
        save_sample_tasks(store, ROOT / "seeds")
        zone = {"area": "SAMPLE", "year": "2026"}
        _save(_opened(View("scenarios", {**zone, "scenario": _scenario()})))
        _issue(_opened(View("overview", zone)))
        _issue(_opened(View("overview", {"area": "CN"})))
        _issue(_opened(View("scenario", {**zone, "scenario": _scenario()})))
        _, token = store.shares.create(2, label="主任", now=SEEDED)
    with _served(made, NOW):
        _commit(_put_in(QUARTER, _opened(View("upload", {"area": "CN"}))))
    store.close()
    return Made(folder, "".join(token))


@contextmanager
def _served(made: Made, moment: datetime) -> Iterator[None]:
    """Have pages open a store at a moment, in a browser without cookies."""
    environ = {"DATABASE_URL": made.url}
    with (
        patch.dict(os.environ, environ),
        patch.object(ContextProxy, "cookies", {}),
        standing_at(moment),
    ):
        yield


def _opened(view: View, language: str = "zh") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params |= {**view.parameters, "lang": language}
    if view.page != "overview":
        switch_page(app, view.page)
    app = _checked(app.run())
    return _checked(view.steps(app)) if view.steps else app


def _checked(app: AppTest) -> AppTest:
    assert not app.exception, [error.message for error in app.exception]
    return app


def _widget(widgets: Any, name: str) -> Any:
    """Return the widget of a key, or of one that begins with it and a mark that changes."""
    found = [one for one in widgets if one.key == name or str(one.key).startswith(f"{name}_")]
    return found[0]


def _press(key: str) -> Steps:
    return lambda app: _widget(app.button, key).click().run()


def _choose(part: str, app: AppTest) -> AppTest:
    return app.button_group(key="assumed_part").set_value(part).run()


def _put_in(table: str, app: AppTest) -> AppTest:
    app.file_uploader[0].set_value(("三季度.csv", table.encode(), "text/csv")).run()
    return app.radio[0].set_value("status:published").run()


def _import(app: AppTest) -> AppTest:
    table = ("台账.csv", PROJECTS.encode(), "text/csv")
    return app.file_uploader[0].set_value(table).run()


def _beside_today(app: AppTest) -> AppTest:
    return app.button_group[0].set_value("today").run()


def _commit(app: AppTest) -> AppTest:
    app.text_input(key="author").set_value("王工")
    return _checked(app.button(key="commit").click().run())


def _save(app: AppTest) -> AppTest:
    _widget(app.text_input, "save_name").set_value("下半年冲刺")
    _widget(app.text_area, "save_note").set_value("例会版")
    app.text_input(key="save_author").set_value("李工")
    return _checked(_press("save")(app))


def _issue(app: AppTest) -> AppTest:
    app.button(key="issue_begin").click().run()
    app.text_input(key="issue_issuer").set_value("经济运行局")
    app.text_area[0].set_value("例会版")
    (button,) = [one for one in app.button if one.label == "出具"]
    return _checked(button.click().run())


def _page(page: str) -> str:
    lines: list[str] = []
    with _served(_store(), NOW):
        known: dict[str, set[str]] = {language: set() for language in LANGUAGES}
        for view in _views(page):
            for language in LANGUAGES:
                told = list(_told(_opened(view, language), numbers=language == "zh"))
                lines += section(f"{view} {language}", list(_new(told, known[language])))
                known[language] |= set(told)
    return "\n".join(lines)


def _new(told: list[str], known: set[str]) -> Iterator[str]:
    """Yield lines, those that an earlier view of the page has, too, by their number."""
    for seen, run in groupby(told, known.__contains__):
        lines = list(run)
        if seen and len(lines) > 2:
            yield f"({len(lines)} lines as before)"
        else:
            yield from lines


UNREAD = {
    "id", "page_script_hash", "query_string", "language", "url", "icon", "element_id", "form_id",
    "key", "user_key", "js_content", "css_content", "type", "scale", "weight",
}  # fmt: skip
"""Fields that no reader sees, or that hold code."""
SET = ("default", "disabled", "value")
"""Fields of whole numbers that a reader sees: what a widget is set to."""
LONGEST = 40
"""Rows of a table that are told in full; of a longer one its first, its last and a digest."""


def _told(app: AppTest, *, numbers: bool) -> Iterator[str]:
    """Yield each element of a page on a line: its kind, its texts and the numbers it is set to.

    Parameters
    ----------
    numbers
        Whether the numbers of charts are told, which are the same in every language.
    """
    for node in _walk(app.main):
        proto = getattr(node, "proto", None)
        if isinstance(proto, Message) and proto.DESCRIPTOR.name != "Column":
            yield from _element(proto, numbers=numbers)


def _walk(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from _walk(child)


def _element(proto: Message, *, numbers: bool) -> Iterator[str]:
    parts = [text for text in _parts(proto, numbers) if not text.startswith("<style")]
    lines = [" ".join(line.split()) for part in parts for line in _readable(part).splitlines()]
    lines = [_DIGEST.sub("(digest)", line) for line in lines if line and not _DRAWN.fullmatch(line)]
    kind = f"[{proto.DESCRIPTOR.name}]"
    if lines and sum(map(len, lines)) <= LONG:
        lines = [" | ".join(lines)]
    yield from (f"{kind} {line}" if place == 0 else f"  {line}" for place, line in enumerate(lines))


LONG = 200
"""Characters from which on the texts of an element stand below each other."""
_DRAWN = re.compile(r"[0-9a-f]{16,64}|[0-9a-f-]{36}")
"""What is drawn by chance, such as the name of a file to be fetched."""
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
"""Of a document or a file: that of an issue follows digits which differ between processors."""
_BLOCK = re.compile(r"</(?:tr|p|li|h[1-6]|div|caption|summary|figure|section|svg|text)>|<br>")


def _readable(text: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", _BLOCK.sub("\n", text))) if "<" in text else text


def _parts(message: Message, numbers: bool) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in UNREAD:
            continue
        for item in value if field.is_repeated else [value]:
            if field.name == "spec":
                yield f"spec {digest(_canonical(json.loads(item)))}"
            elif field.name == "json":
                yield from _words(_without_files(json.loads(item)))
            elif field.type == FieldDescriptor.TYPE_MESSAGE:
                yield from _parts(item, numbers)
            elif field.type == FieldDescriptor.TYPE_BYTES:
                yield from _bytes(item, numbers)
            elif field.type == FieldDescriptor.TYPE_STRING:
                yield item
            elif isinstance(item, int) and field.name in SET:
                yield f"{field.name}={item}"
            elif isinstance(item, float) and abs(item) < LARGEST:
                yield f"{field.name}={rounded(item)}"


LARGEST = 1e300
"""Streamlit's limit of a number without one."""


def _canonical(value: object) -> str:
    return json.dumps(plain(value), sort_keys=True)


def _without_files(value: Any) -> Any:
    """Leave out the figures that go along for files of charts: the charts are told themselves."""
    if isinstance(value, dict) and "provenance" in value:
        return {name: held for name, held in value.items() if name not in ("charts", "tables")}
    return value


def _words(value: object) -> Iterator[str]:
    """Yield every text in what a component is handed."""
    match value:
        case str():
            yield value
        case dict() | list():
            for entry in value.values() if isinstance(value, dict) else value:
                yield from _words(entry)


def _bytes(content: bytes, numbers: bool) -> Iterator[str]:
    """Yield what a table, the data of a chart or the head of packed numbers hold."""
    try:
        table = pa.ipc.open_stream(content).read_all()
    except (pa.ArrowInvalid, OSError):
        text = content.decode("utf-8", "ignore")
        head, _ = json.JSONDecoder().raw_decode(text, text.index("{"))
        # The head is as long as the last digits of its numbers, which differ between processors.
        yield f"{len(content) - int.from_bytes(content[:4], 'little')} bytes besides the head"
        yield from _words(head)
        return
    if "part" in table.column_names:  # what a pointer is given says again what is drawn
        table = table.filter(pc.field("part") != "hover")
    for name in table.column_names:
        values = [value for value in table.column(name).to_pylist() if value is not None]
        if any(isinstance(value, str) for value in values):
            yield f"{name}: {_listed(values)}"
        elif values and numbers:
            yield f"{name}: {_summed(values)}"


def _listed(values: list[object]) -> str:
    """Return texts in their order, one that follows itself once with its count."""
    runs = [(text, len(list(run))) for text, run in groupby(map(str, values))]
    told = [f"{text} x{count}" if count > 1 else text for text, count in runs]
    if len(told) > LONGEST:
        told = [*told[:3], f"... {digest(short(values))} ...", *told[-3:]]
    return " ; ".join(told)


def _summed(values: list[object]) -> str:
    """Return numbers by their count and two sums, one of which tells their order."""
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    if len(numbers) != len(values):
        return short(values)
    weighted = sum(place * number for place, number in enumerate(numbers, start=1))
    return f"n={len(numbers)} {rounded(sum(numbers))} {rounded(weighted)}"
