"""Many at work at once while processes are killed, and what it must come to.

People open the overview, let go of sliders and read links; others import figures, issue outlooks,
make links and end them, each by a command of its own. All the while a process of the app, or a
command, is killed at random.

Afterwards every commit that was acknowledged must be in the store, once; what was shown must be
what one process on SQLite shows, which is given the same files in the same order; links that were
ended must have stayed closed.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from unittest.mock import patch

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from data.__main__ import main as data_command
from data.commands.command import ExitCode
from data.store.backup import verify
from data.store.store import Store
from forecasting.figures.indicator import Measure
from forecasting.figures.period import Month
from forecasting.models.runtime import use_one_thread
from tests.deploy.behind_nginx import Site, serving
from tests.server import Server

VIEW = "area=SAMPLE&year=2026&lang=zh"
SLIDER = "1_new_starts"
VALUES = (0.5, 1.0, 2.0)
"""Where the slider is let go."""
TABLE = """示例开发区主要经济指标（模拟数据）
2026年前三季度
指标,单位,本期累计,同比增长(%)
规模以上工业增加值,%,,{industry:.1f}
社会消费品零售总额（现价）,%,,{retail:.1f}
"""
ANSWERS = {"status": "status:published"}
OF_THE_VINTAGE = ("made_from", "together", "indicators", "excluded")
"""What a link says that rests on the figures of its vintage alone."""
WAITING = 60.0
MOST_MEGABYTES = 1500.0
"""Of one process; deploy/ ends one that holds 3,000."""
Asked = tuple[Any, ...]
"""What was asked for, and at which vintage."""
Said = str
"""An answer."""
RESULT = "result.json"
KINDS = ("overview", "move", "link", "upload", "issue", "revocation", "killed process")
INDICATORS, MONTH = ("industrial_value_added", "retail_sales"), Month(2026, 9)
_VINTAGE = re.compile(r"数据版本(\d+)；")
_TRIGGERED = "$$STREAMLIT_INTERNAL_KEY_{}__events"
_SHOWN = ("heading", "markdown", "html")
_forks = get_context("forkserver")


@dataclass(frozen=True)
class Pace:
    """How long each rests between two of what it does, in seconds."""

    readers: int = 4
    read: float = 2.0
    upload: float = 24.0
    issue: float = 20.0
    open_links: int = 5
    kill: float = 25.0
    cut: float = 0.2
    """The share of commands that are killed."""


SHORT = 120.0
"""Seconds of the form of the tests."""
UNHURRIED = Pace(readers=2, read=8.0, upload=60.0, issue=30.0, open_links=1, kill=35.0, cut=0.3)
"""The pace of that form, in which each does each thing a few times."""


@dataclass
class Ledger:
    """What was acknowledged and shown."""

    commits: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Growth of both indicators by vintage."""
    tokens: dict[str, int] = field(default_factory=dict)
    """The vintage of the issue that a link shows."""
    ended: dict[str, float] = field(default_factory=dict)
    """When the end of a link was acknowledged."""
    shown: dict[Asked, Counter[Said]] = field(default_factory=lambda: defaultdict(Counter))
    """How often each answer was given, by what was asked at which vintage."""
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    megabytes: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    """What each process held, by its number."""
    lock: Lock = field(default_factory=Lock)

    def count(self, what: str) -> None:
        with self.lock:
            self.counts[what] += 1

    def show(self, asked: Asked, answer: object) -> None:
        with self.lock:
            self.counts[str(asked[0])] += 1
            self.shown[asked][said(answer)] += 1


@dataclass(frozen=True)
class Drawn:
    """What a run of a page drew."""

    texts: tuple[str, ...]
    answers: tuple[Mapping[str, Any], ...]
    """Those for the sliders."""
    fault: str

    @property
    def vintage(self) -> int | None:
        found = [int(one) for text in self.texts for one in _VINTAGE.findall(text)]
        return found[-1] if found else None


class Visitor:
    """A session, as a browser holds it."""

    def __init__(self, session: ClientConnection) -> None:
        self._session = session
        self._pages: dict[str, str] = {}
        self._kept: dict[str, ForwardMsg] = {}
        self._sliders = ""
        self._moves = 0

    def open(self, page: str) -> Drawn:
        """Open a page and wait until all of it is there."""
        if not self._pages:
            self._run(self._asked(""))
        return self._run(self._asked(page))

    def move(self, value: float) -> tuple[Drawn, Mapping[str, Any] | None]:
        """Let go of a slider on the open page of scenarios, and return its answer, too."""
        if not self._sliders:
            self.open("scenario")
        self._moves += 1
        asked = self._asked("scenario")
        state = asked.rerun_script.widget_states.widgets.add()
        state.id = _TRIGGERED.format(self._sliders)
        released = {"values": {SLIDER: value}, "at": self._moves}
        state.json_trigger_value = json.dumps([{"event": "released", "value": released}])
        drawn = self._run(asked)
        mine = [answer for answer in drawn.answers if answer["at"] == self._moves]
        same = mine and mine[0]["of"] == drawn.answers[-1]["of"]  # of one vintage
        return drawn, {**mine[0], "at": None} if same else None

    def _asked(self, page: str) -> BackMsg:
        asked = BackMsg()
        asked.rerun_script.query_string = VIEW
        asked.rerun_script.page_script_hash = self._pages.get(page, "")
        return asked

    def _run(self, asked: BackMsg) -> Drawn:
        self._session.send(asked.SerializeToString())
        texts: dict[tuple[int, ...], str] = {}
        answers = []
        fault = ""
        while True:
            told = ForwardMsg.FromString(self._session.recv(timeout=WAITING, decode=False))
            if told.WhichOneof("type") == "ref_hash":
                kept = self._kept[told.ref_hash]
                kept.metadata.CopyFrom(told.metadata)
                told = kept
            elif told.metadata.cacheable:
                self._kept[told.hash] = told
            kind = told.WhichOneof("type")
            if kind == "navigation":
                self._pages = {
                    one.url_pathname or "overview": one.page_script_hash
                    for one in told.navigation.app_pages
                }
            elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
                element = told.delta.new_element
                of = element.WhichOneof("type")
                place = tuple(told.metadata.delta_path)
                if of == "exception":
                    fault = element.exception.message or "an exception"
                elif of in _SHOWN and place[0] == 0 and place[1] > 2:  # below the controls
                    texts[place] = getattr(element, of).body
                elif of == "bidi_component":
                    component = element.bidi_component
                    if component.component_name == "live_sliders":
                        self._sliders = component.id
                    elif component.component_name == "live_answer":
                        answers.append(json.loads(component.json))
            elif kind == "script_finished":
                if told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                return Drawn(tuple(texts[place] for place in sorted(texts)), tuple(answers), fault)


def soak(site: Site, folder: Path, seconds: float, pace: Pace, seed: int) -> Ledger:
    """Let everybody work at once, and a killer among them, until the time is over.

    It goes on after that until each kind of work was done twice, at most as long again.
    """
    ledger, over = Ledger(), Event()
    _forks.set_forkserver_preload([__name__])
    office = Office(site, folder, ledger, pace, over)
    work: list[Callable[[random.Random], None]] = [
        *[office.read] * pace.readers, *[office.upload] * 2, office.issue, office.kill,
    ]  # fmt: skip
    threads = [
        Thread(target=_safely, args=(one, random.Random(f"{seed} {number}"), ledger), daemon=True)
        for number, one in enumerate(work)
    ]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    while (past := time.monotonic() - began) < seconds or (
        past < 2 * seconds and any(ledger.counts[kind] < 2 for kind in KINDS)
    ):
        time.sleep(min(5.0, seconds / 10))
        for process in (*site.processes, site.links):
            with suppress(OSError, ValueError):
                ledger.megabytes[process.process_id].append(megabytes(process.process_id))
    over.set()
    for thread in threads:
        thread.join(2 * WAITING)
        if thread.is_alive():
            ledger.wrong.append("somebody waits without end")
    return ledger


def _safely(work: Callable[[random.Random], None], draw: random.Random, ledger: Ledger) -> None:
    try:
        work(draw)
    except Exception as error:
        ledger.wrong.append(f"{work.__name__}: {type(error).__name__}: {error}")


def megabytes(process_id: int) -> float:
    """Return what a process holds in memory."""
    pages = Path(f"/proc/{process_id}/statm").read_text().split()[1]
    return int(pages) * 4096 / 1e6


@dataclass
class Office:
    """Those who read, upload, issue and end links, and who kills them."""

    site: Site
    folder: Path
    ledger: Ledger
    pace: Pace
    over: Event
    _uploads: int = 0
    _ending: set[str] = field(default_factory=set)

    def read(self, draw: random.Random) -> None:
        """Open the overview, move a slider and read a link, again and again."""
        while not self.over.is_set():
            try:
                with self.site.session(f"{draw.getrandbits(128):032x}") as session:
                    visitor = Visitor(session)
                    while not self.over.wait(self.pace.read * draw.uniform(0.5, 1.5)):
                        self._read_once(visitor, draw)
            except (OSError, TimeoutError, WebSocketException):
                self.ledger.count("cut off")
                self.over.wait(0.5)

    def _read_once(self, visitor: Visitor, draw: random.Random) -> None:
        with self.ledger.lock:
            latest = max(self.ledger.commits, default=1)
        overview = visitor.open("overview")
        if overview.vintage is not None and overview.vintage < latest:
            self.ledger.wrong.append(f"vintage {overview.vintage} was shown after {latest}")
        self._note(("overview", overview.vintage), overview, overview.texts)
        visitor.open("scenario")
        value = draw.choice(VALUES)
        drawn, answer = visitor.move(value)
        if answer is not None:
            if answer["values"][SLIDER] != value:
                self.ledger.wrong.append(f"a slider let go at {value} is not there: {answer}")
            self._note(("move", drawn.vintage, value), drawn, answer)
        with self.ledger.lock:
            tokens = list(self.ledger.tokens)
        if tokens:
            self._read_link(draw.choice(tokens))

    def _note(self, asked: Asked, drawn: Drawn, answer: object) -> None:
        if drawn.fault:
            self.ledger.wrong.append(f"{asked}: {drawn.fault}")
        self.ledger.show(asked, answer)

    def _read_link(self, token: str) -> None:
        asked_at = time.monotonic()
        answer = self.site.ask(f"/s/{token}?as=json", {})
        ended = self.ledger.ended.get(token)
        if answer.status_code == 429:  # all come from one address
            return
        if answer.status_code == 200:
            if ended is not None and ended < asked_at:
                self.ledger.wrong.append(f"a link was open after its end: {token}")
            self.ledger.show(("link", token), answer.json())
        elif answer.status_code in (502, 503, 504):
            self.ledger.count("cut off")
        elif ended is None and token not in self._ending:
            self.ledger.wrong.append(f"a link that was open answers {answer.status_code}")
        else:
            self.ledger.count("closed link")

    def upload(self, draw: random.Random) -> None:
        """Import files that nobody has imported before, until each is acknowledged."""
        while not self.over.wait(self.pace.upload * draw.uniform(0.5, 1.5)):
            with self.ledger.lock:
                number = self._uploads = self._uploads + 1
            growth = (6.0 + number % 50 / 10, 5.0 + number // 50 / 10)
            file = self.folder / f"figures-{number}.csv"
            file.write_text(TABLE.format(industry=growth[0], retail=growth[1]), encoding="utf-8")
            done = self._command(draw, "import", str(file), "--area", "SAMPLE", "--put-back")
            with self.ledger.lock:
                vintage = done.get("vintage") or -number  # committed, and killed before it said so
                self.ledger.commits[vintage] = growth
            self.ledger.count("upload")

    def issue(self, draw: random.Random) -> None:
        """Issue outlooks, make links to them, and end the oldest."""
        standing: dict[str, str] = {}
        while not self.over.wait(self.pace.issue * draw.uniform(0.5, 1.5)):
            done = self._command(draw, "issue", "--area", "SAMPLE", "--year", "2026")
            issue = done["issue"]
            label = f"reader {len(self.ledger.tokens)}"
            made = self._command(
                draw, "link", "make", str(issue["number"]), "--label", label, "--renew"
            )
            token = made["address"].removeprefix("/s/")
            with self.ledger.lock:
                self.ledger.tokens[token] = issue["vintage"]
            self.ledger.count("issue")
            standing[token] = str(made["link"]["number"])
            while len(standing) > self.pace.open_links:
                oldest = next(iter(standing))
                self._ending.add(oldest)
                self._command(draw, "link", "end", standing.pop(oldest))
                self.ledger.ended[oldest] = time.monotonic()
                self.ledger.count("revocation")
                self._read_link(oldest)

    def kill(self, draw: random.Random) -> None:
        """Kill a process of the app, and start it again."""
        while not self.over.wait(self.pace.kill * draw.uniform(0.5, 1.5)):
            process = draw.choice((*self.site.processes, self.site.links))
            process.kill(signal.SIGKILL)
            self.ledger.count("killed process")
            self.over.wait(draw.uniform(0.0, 2.0))
            process.start(fresh=False)

    def _command(self, draw: random.Random, *arguments: str) -> Mapping[str, Any]:
        """Run a command until it has ended by itself, whatever killed it before."""
        out = self.folder / f"command-{draw.getrandbits(64):x}.json"
        asked = with_answers(self.folder, arguments)
        while True:
            child = _forks.Process(target=_child, args=(asked, self.site.database, str(out)))
            child.start()
            child.join(draw.uniform(0.1, 1.5) if draw.random() < self.pace.cut else None)
            if child.is_alive():
                child.kill()
                child.join()
                self.ledger.count("killed command")
                continue
            said = out.read_text(encoding="utf-8")
            if child.exitcode == ExitCode.CONFLICT:
                self.ledger.count("conflict")
                continue
            if child.exitcode not in (ExitCode.DONE, ExitCode.UNCHANGED):
                raise RuntimeError(f"{' '.join(asked)} ended with {child.exitcode}: {said}")
            document: Mapping[str, Any] = json.loads(said)
            return document


def _child(arguments: Sequence[str], database: str, out: str) -> None:
    os.environ["DATABASE_URL"] = database
    use_one_thread()
    with (
        Path(out).open("w", encoding="utf-8") as file,
        redirect_stdout(file),
        redirect_stderr(file),
    ):
        code = data_command(arguments)
    sys.exit(code)


def examine(site: Site, folder: Path, ledger: Ledger) -> None:
    """Look at the store and at every answer, and note what is wrong."""
    verify(site.database)
    with closing(Store.open(site.database)) as store:
        store.audit.entries()  # which raises where one was changed or left out
        ledger.wrong += lost(store, ledger.commits)
        files = [
            (number, store.file(number, file.name))
            for number in range(2, store.latest_vintage() + 1)
            for file in store.files(number)
        ]
    for held in ledger.megabytes.values():
        if max(held) > MOST_MEGABYTES:
            ledger.wrong.append(f"a process held {max(held):.0f} MB")
    for token in ledger.ended:
        status = site.ask(f"/s/{token}?as=json", {}).status_code
        if status not in (404, 429):  # all come from one address
            ledger.wrong.append(f"a link that was ended answers {status}")
    alone = folder / "alone"
    alone.mkdir()
    server = Server(alone)
    server.start()
    try:
        ledger.wrong += differences(ledger, replayed(server, alone, files, ledger))
    finally:
        server.kill(signal.SIGTERM)


def lost(store: Store, commits: Mapping[int, tuple[float, float]]) -> Iterator[str]:
    """Yield every acknowledged commit that is not in the store once."""
    found: dict[tuple[float, ...], list[int]] = defaultdict(list)
    for vintage in store.vintages():
        growth = {
            figure.indicator: figure.value
            for figure in store.observations(vintage.number, "SAMPLE")
            if (figure.measure, figure.month) == (Measure.GROWTH_YTD, MONTH)
        }
        found[tuple(growth.get(indicator, 0.0) for indicator in INDICATORS)].append(vintage.number)
    for vintage, pair in commits.items():
        there = found[pair]
        if len(there) != 1 or (vintage > 0 and there != [vintage]):
            yield f"{pair} was acknowledged as vintage {vintage} and is in {there}"


def replayed(
    server: Server, folder: Path, files: Sequence[tuple[int, bytes]], ledger: Ledger
) -> dict[Asked, Said]:
    """Return what one process answers to all that was asked, after the same commits."""
    answers: dict[Asked, Said] = {}
    place = server.address.removeprefix("http://")
    environ = {"DATABASE_URL": f"sqlite:///{folder}/outlook.sqlite3"}
    for number, content in [(1, b""), *files]:
        if content:
            file = folder / f"{number}.csv"
            file.write_bytes(content)
            done = _here(environ, folder, "import", str(file), "--area", "SAMPLE", "--put-back")
            assert done["vintage"] == number
        asked = [one for one in ledger.shown if one[0] in ("overview", "move") and one[1] == number]
        with connect(
            f"ws://{place}/_stcore/stream", subprotocols=[Subprotocol("streamlit")],
            origin=server.address,  # type: ignore[arg-type]
            max_size=None, proxy=None,
        ) as session:  # fmt: skip
            visitor = Visitor(session)
            for one in sorted(asked, key=lambda one: one[0] == "move"):
                if one[0] == "overview":
                    answers[one] = said(visitor.open("overview").texts)
                else:
                    answers[one] = said(_moved(visitor, one[2]))
        for token, vintage in ledger.tokens.items():
            if vintage == number and ("link", token) in ledger.shown:
                issue = _here(environ, folder, "issue", "--area", "SAMPLE", "--year", "2026")
                made = _here(
                    environ, folder, "link", "make", str(issue["issue"]["number"]),
                    f"--label={token}", "--renew",
                )  # fmt: skip
                address = f"{server.address}{made['address']}?as=json"
                answers["link", token] = of_the_vintage(
                    said(requests.get(address, timeout=WAITING).json())
                )
    return answers


def _moved(visitor: Visitor, value: float) -> Mapping[str, Any] | None:
    """Return the answer to a slider, which is asked for again where it was lost, as browsers do.

    On a busy machine the run that follows may begin before the answer has left.
    """
    tries = (visitor.move(value)[1] for _ in range(10))
    return next((answer for answer in tries if answer is not None), None)


def _here(environ: Mapping[str, str], folder: Path, *arguments: str) -> Mapping[str, Any]:
    """Run a command in this process."""
    out = StringIO()
    with patch.dict(os.environ, environ), redirect_stdout(out):
        code = data_command(with_answers(folder, arguments))
    assert code in (ExitCode.DONE, ExitCode.UNCHANGED), out.getvalue()
    document: Mapping[str, Any] = json.loads(out.getvalue())
    return document


def with_answers(folder: Path, arguments: Sequence[str]) -> Sequence[str]:
    """Return a command that answers in JSON, and whose questions are answered."""
    if arguments[0] != "import":
        return (*arguments, "--json")
    answers = folder / "answers.json"
    answers.write_text(json.dumps(ANSWERS))
    return (*arguments, "--json", "--answers", str(answers))


def said(answer: object) -> Said:
    """Return an answer as it is compared."""
    return json.dumps(answer, sort_keys=True, ensure_ascii=False)


def of_the_vintage(link: Said) -> Said:
    """Return what a link says that rests on the figures of its vintage alone."""
    told = json.loads(link)
    return said({key: told[key] for key in OF_THE_VINTAGE})


def differences(ledger: Ledger, alone: Mapping[Asked, Said]) -> Iterator[str]:
    """Yield every answer that one process does not give."""
    for asked, answers in ledger.shown.items():
        if len(answers) > 1:
            yield f"{asked} was answered in {len(answers)} ways: {_apart(*list(answers)[:2])}"
        one = next(iter(answers))
        if asked[0] == "link":
            one = of_the_vintage(one)
        if one != alone.get(asked):
            yield f"{asked} is answered otherwise by one process: {_apart(one, alone.get(asked))}"


def _apart(one: Said, other: Said | None) -> str:
    """Return where two answers part."""
    pairs = enumerate(zip(one, other or "", strict=False))
    at = max(next((place for place, (a, b) in pairs if a != b), 0) - 80, 0)
    return f"{one[at : at + 160]!r} and {(other or '')[at : at + 160]!r}"


def soak_for_tests(folder: Path) -> None:
    """Soak for two minutes, of which most is waiting, and write what came of it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    tests = os.getppid()
    Thread(target=_end_with, args=(tests,), daemon=True).start()
    try:
        with serving(folder, processes=2) as site:
            result = _result(site, folder)
    except BaseException:  # pytest fails by one
        result = {"wrong": [traceback.format_exc()]}
    part = folder / f"{RESULT}.part"
    part.write_text(json.dumps(result), encoding="utf-8")
    part.rename(folder / RESULT)
    if os.getppid() != tests:  # nobody will look at it
        shutil.rmtree(folder)


def _end_with(tests: int) -> None:
    """End this process, and what it serves, once the tests that started it are gone."""
    while os.getppid() == tests:
        time.sleep(1.0)
    os.kill(os.getpid(), signal.SIGTERM)


def _result(site: Site, folder: Path) -> dict[str, Any]:
    ledger = soak(site, folder, SHORT, UNHURRIED, seed=7)
    examine(site, folder, ledger)
    wrong = list(ledger.wrong)
    # Were something lost or mistaken, it would be told.
    ledger.commits[1] = (99.0, 99.0)
    asked = next(one for one in ledger.shown if one[0] == "move")
    ledger.shown[asked]["another"] += 1
    with closing(Store.open(site.database)) as store:
        would_be_lost = len(list(lost(store, ledger.commits)))
    return {
        "wrong": wrong,
        "counts": ledger.counts,
        "would_be_lost": would_be_lost,
        "would_differ": len(list(differences(ledger, {asked: "another"}))),
        "answers": len(ledger.shown),
    }
