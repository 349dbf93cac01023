"""Texts that people or files brought stay texts: on no page do they become Markdown or HTML.

Every field of the store that people or files fill with free text gets the beginning of a formula,
a picture in Markdown, which a browser would load from elsewhere, and a tag; then every page is
opened, and every file that can be kept is made and taken apart.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from openpyxl import Workbook
from pypdf import PdfReader
from streamlit.runtime.context import ContextProxy

from data import clock
from data.plan.documents import written
from data.projects.write import export_projects, export_projects_csv
from data.store.evidence import EvidenceFile
from data.store.issues import StoredIssue
from data.store.permissions import Role
from data.store.scenarios import Edit
from data.store.store import Store
from data.workbook.write import export
from forecasting.alerts.rules import AreaState, FiguresOverdue, OverdueFigure
from forecasting.figures.indicator import Indicator, Names
from forecasting.figures.period import Quarter
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.plan.claims import Claim
from forecasting.plan.evidence import Evidence
from forecasting.plan.tasks import Ledger, Task
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import write_scenario
from tests.data.drafts import change, edit, fleet_result, fleet_run, upload, version
from tests.ui.desks import FULL, PARTS, choose_part, open_desk, press, text_of
from tests.ui.links.visits import EXAMPLE, visit
from tests.ui.reading import Screen, every_block, words_of
from tests.ui.speakers import SPEAKERS
from ui.frame import identity
from ui.frame.identity import Identity
from ui.frame.navigation import names as page_names
from ui.language import Speaker
from ui.links import served_issue

AREA = "SAMPLE"
NOW = datetime(2026, 10, 25, tzinfo=UTC)
DATA = "data"
"""Our name for the rows of a table or a chart, whatever field they are in."""
SHOWN_AS_IT_IS = {
    ("Selectbox", "options"),
    ("Selectbox", "raw_value"),
    ("MultiSelect", "options"),
    ("MultiSelect", "raw_values"),
    ("TextInput", "default"),
    ("TextInput", "value"),
    ("TextInput", "placeholder"),
    ("TextArea", "default"),
    ("TextArea", "value"),
    ("BidiComponent", "json"),
    ("Code", "code_text"),
    ("VegaLiteChart", "spec"),
    ("VegaLiteChart", "alt"),
}
"""Fields of Streamlit's messages that are no Markdown; any other is taken for it."""
PICTURE_OR_TAG = re.compile(r"(?<!\\)\]\(//e\.io|(?<!\\)<b ")
ESCAPE = re.compile(r"!\\\[")
ESCAPED_TWICE_OR_NOT = re.compile(rf"{PICTURE_OR_TAG.pattern}|\\\\\\\[")
TAG_OR_ESCAPE = re.compile(rf"<b |{ESCAPE.pattern}")


ACTIVE = re.compile(
    rb"<f[ >/][^>]*|TargetMode=\"External\"|vbaProject|<w:instrText[^<]*(?:INCLUDE|HYPERLINK|DDE)"
)
"""In the parts of an .xlsx or .docx: formulas, addresses elsewhere, macros, fields that fetch."""
ACTIVE_MARKUP = re.compile(rb"<b (?:\w)|(?:src|href)=[\"']?(?:https?:)?//|<script|<iframe|\son\w+=")


def hostile(field: str) -> str:
    """Return a text for a field, by which a fault tells where it came from."""
    return f"=1+1![{field}](//e.io/{field})<b {field}>"


def hostile_names(field: str) -> Names:
    return Names(hostile(f"{field}-zh"), hostile(f"{field}-en"))


@pytest.fixture
def filled(store: Store) -> Store:
    """A store in which every free text of an area is hostile."""
    area = next(area for area in store.areas(1) if area.id == AREA)
    figures = store.observations(1, AREA)
    basis = store.catalogue(1)["gdp"].basis
    store.commit(
        upload(
            *(
                replace(figure, value=figure.value + 0.5, publisher=hostile("publisher"))
                for figure in figures
            ),
            author=hostile("author"),
            note=hostile("note"),
            base=1,
            areas=(replace(area, name=hostile_names("area")),),
            indicators=tuple(map(renamed, store.catalogue(1).indicators.values())),
            targets=tuple(
                replace(target, document=hostile("document")) for target in store.targets(1, AREA)
            ),
            changes=(change("2024Q1", area=AREA, basis=basis, document=hostile("changed")),),
            area_versions=(
                version(
                    area=AREA, label=hostile_names("version"),
                    document=hostile("reply"), note=hostile("enlarged"),
                ),
            ),
            files={hostile("file"): b"a"},
        )
    )  # fmt: skip
    for role, field in ((Role.ADMINISTRATOR, "chief"), (Role.READER, "reader")):
        account, name, giver = map(hostile, (f"{field}-account", field, f"{field}-by"))
        store.people.put(account, name, role, NOW, giver)
    empty = store.commit(edit(author=hostile("editor"), note=hostile("edited")))
    store.withdraw(empty, hostile("withdrawer"), hostile("withdrawn"))
    scenario = hostile_scenario()
    for name in ("first", "second"):
        store.scenarios.save(
            AREA, 2026, hostile(name), write_scenario(scenario), 2, author=hostile("saver"),
            edits=[Edit(NOW, "pin.0.growth", "7", hostile("edit"))],
        )  # fmt: skip
    fill_plan(store)
    judged = replace(
        fleet_result(), area=AREA, name=hostile_names("judged"), province=hostile("province"),
        weakest=hostile("weakest"),
    )  # fmt: skip
    store.fleet.keep(fleet_run(), [judged])
    store.alerts.choose_line(AREA, 0.5, NOW, hostile("chooser"))
    store.alerts.note(AREA, 2, AreaState(year=2026), None, [overdue_alert()], [hostile("to")], NOW)
    return store


def overdue_alert() -> FiguresOverdue:
    """Return an alert that names an indicator, and one that is known no longer."""
    ids = ("gdp", hostile("gone"))
    return FiguresOverdue(
        figures=tuple(OverdueFigure(quarter="2026Q3", indicator=id) for id in ids)
    )


def fill_plan(store: Store) -> None:
    """Fill in a big thing and a task whose every text is hostile, with a file of evidence."""
    file = EvidenceFile(f"{hostile('evidencefile')}.txt", b"a")
    named = tuple(
        Evidence(name=hostile(field), where=hostile(f"{field}where"), file=digest)
        for field, digest in (("evidence", ""), ("stored", file.sha256))
    )
    texts = {field: hostile(f"claim{field}") for field in ("claim", "stands", "judge", "standard")}
    task = Task(
        id="t", work=hostile("work"), unit=hostile("unit"), number=hostile("number"),
        standard=hostile("standard"), note=hostile("tasknote"), evidence=named,
    )  # fmt: skip
    for part, document in (
        ("claim/logistics", Claim(**texts, evidence=named)),
        ("tasks/2026", Ledger(tasks=(task,))),
    ):
        store.plans.save(AREA, part, written(document), author=hostile("planner"), files=[file])


def renamed(indicator: Indicator) -> Indicator:
    """Return an indicator of other names, which its id tells apart."""
    names = hostile_names(indicator.id)
    return replace(indicator, name=names, short=names, aliases=(hostile("alias"),))


def hostile_scenario() -> Scenario:
    """Return a scenario with an entry of every kind whose every name is hostile."""
    (view,) = FULL.bottom_up
    (risk,) = FULL.risks
    (point,) = FULL.points
    (project,) = FULL.projects
    items = tuple(
        replace(item, name=hostile(f"item{place}")) for place, item in enumerate(view.items)
    )
    return replace(
        FULL,
        name=hostile("scenario"),
        note=hostile("remark"),
        levers=tuple(
            replace(lever, name=hostile(f"lever{place}")) for place, lever in enumerate(FULL.levers)
        ),
        amounts=tuple(
            replace(amount, name=hostile(f"amount{place}"))
            for place, amount in enumerate(FULL.amounts)
        ),
        points=(replace(point, name=hostile("point")),),
        projects=(replace(project, name=hostile("project"), started=Quarter(2026, 1)),),
        bottom_up=(replace(view, items=items),),
        risks=(
            replace(risk, name=hostile("risk"), note=hostile("risknote"), owner=hostile("owner")),
        ),
    )


def faults(page: Screen) -> list[str]:
    """Return where a hostile text would become a picture or a tag, or shows how it is escaped."""
    return [
        f"{kind}.{field}: {text[max(0, found.start() - 60) : found.end() + 60]}"
        for block in every_block(page.app)
        for kind, field, text in _texts(block)
        for found in _fault(kind, field).finditer(text)
    ]


def _fault(kind: str, field: str) -> re.Pattern[str]:
    if kind == "Html":
        return TAG_OR_ESCAPE
    plain = field == DATA or (kind, field) in SHOWN_AS_IT_IS
    return ESCAPE if plain else ESCAPED_TWICE_OR_NOT


def _texts(message: Message) -> Iterator[tuple[str, str, str]]:
    for field, value in message.ListFields():
        for item in value if field.is_repeated else [value]:
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                yield from _texts(item)
            elif field.type == FieldDescriptor.TYPE_STRING:
                yield message.DESCRIPTOR.name, field.name, item
            elif field.type == FieldDescriptor.TYPE_BYTES:
                packed = message.DESCRIPTOR.name == "BidiComponent"
                rows = item.decode("latin-1") if packed else "\n".join(words_of(item))
                yield message.DESCRIPTOR.name, DATA, rows


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("name", page_names())
def test_no_stored_text_becomes_markdown_or_html(filled: Store, name: str, say: Speaker) -> None:
    opened = {"area": AREA, "year": "2026", "lang": str(say.language)}
    scenario = opened | {"scenario": text_of(hostile_scenario(), AREA)}

    found = faults(open_desk(name, **opened)) + faults(open_desk(name, **scenario))

    assert sorted(set(found)) == []


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("part", PARTS)
def test_nor_in_a_part_of_the_assumptions(filled: Store, part: str, say: Speaker) -> None:
    scenario = text_of(hostile_scenario(), AREA)
    page = open_desk(
        "assumptions", area=AREA, year="2026", lang=str(say.language), scenario=scenario
    )

    assert faults(choose_part(page, part)) == []


def test_nor_in_who_signed_in_and_who_gives_roles(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = Identity(hostile("reader-account"), clock.now()).sealed()
    monkeypatch.setattr(identity, "signs_in", lambda: True)
    monkeypatch.setattr("ui.frame.address.header", lambda name: sealed)
    page = open_desk("targets", area=AREA)

    assert "chief" in page.text
    assert faults(page) == []


def test_nor_in_what_solving_tells(filled: Store) -> None:
    page = open_desk("scenario", area=AREA, year="2026", lang="zh")

    assert faults(press(page, "solve")) == []


def issued(store: Store) -> StoredIssue:
    """Issue the example with hostile texts in place of all that people or files wrote."""
    document = read_snapshot(EXAMPLE)
    area = replace(document.outlook.area, name=hostile_names("area"))
    content = write_snapshot(
        replace(
            document,
            issue=replace(document.issue, issuer=hostile("issuer"), note=hostile("issuenote")),
            provenance=replace(document.provenance, publishers=(hostile("publisher"),)),
            outlook=replace(document.outlook, area=area),
            indicators=tuple(map(renamed, document.indicators)),
        )
    )
    return store.issues.issue(
        AREA, 2026, content, 2, issued_at=NOW, unpublished=False, p_all=0.4,
        answers={"gdp": 0.5}, issuer=hostile("issuer"), author=hostile("issueauthor"),
        scenario=(1, 1),
    )  # fmt: skip


def test_nor_in_issues_and_their_links(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    brought: dict[str, str] = {}
    monkeypatch.setattr(ContextProxy, "cookies", brought)  # which AppTest would make up
    issue = issued(filled)
    _, token = filled.shares.create(
        issue.number, label=hostile("label"), author=hostile("sharer"), now=datetime.now(UTC)
    )

    assert faults(open_desk("issues", area=AREA, lang="zh")) == []
    assert faults(open_desk("shared", t="".join(token), lang="zh")) == []
    assert "<b " not in visit(f"/s/{''.join(token)}").text


@pytest.mark.parametrize("say", SPEAKERS)
def test_nor_in_the_review_of_a_file(filled: Store, say: Speaker) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "<b sheet>"
    rows = [
        (hostile("title"),),
        ("2026年前三季度", "单位：亿元"),
        ("指标", "本期累计", "同比增长(%)", hostile("head")),
        ("地区生产总值", 106, 4.9, hostile("cell")),
        (hostile("name"), 12, 5.1, 7),
        (f"  其中：{hostile('inner')}", 3, hostile("figure"), 8),
        (f"注：{hostile('remark')}",),
        (f"数据来源：{hostile('source')}",),
    ]
    for row in rows:
        sheet.append(row)
    for cell in (cell for line in sheet for cell in line if isinstance(cell.value, str)):
        cell.data_type = "s"  # a text that begins as a formula does is one
    content = BytesIO()
    book.save(content)
    page = open_desk("upload", area=AREA, lang=str(say.language))
    name = f"{hostile('upload').replace('/', '')}.xlsx"
    app = page.app
    app.file_uploader[0].set_value((name, content.getvalue(), "application/octet-stream")).run()
    app.session_state[f"optional_{say.language}"] = True  # a reader opens the list
    page = Screen(app.run())

    assert r"!\[upload\]" in page.text
    assert faults(page) == []


def test_nor_in_what_is_edited(filled: Store) -> None:
    page = open_desk("targets", area=AREA, year="2026", lang="zh")
    for box in page.app.text_input:
        if str(box.key).startswith("document"):
            box.set_value(hostile("typed"))
    page = Screen(page.app.run())

    assert faults(page) == []


@pytest.mark.parametrize("say", SPEAKERS)
def test_no_file_of_an_issue_holds_anything_active(filled: Store, say: Speaker) -> None:
    for file in served_issue.files(issued(filled), say):
        assert active(file.ending, file.make()) == [], file.kind


@pytest.mark.parametrize("say", SPEAKERS)
def test_no_file_of_figures_or_projects_holds_anything_active(filled: Store, say: Speaker) -> None:
    catalogue, areas, language = filled.catalogue(2), filled.areas(2), str(say.language)
    figures, projects = filled.observations(2, AREA), hostile_scenario().projects
    area = next(area for area in areas if area.id == AREA)
    made = [
        ("xlsx", export.observations_workbook(figures, catalogue, areas, language)),
        ("csv", export.observations_csv(figures, catalogue, areas, language)),
        ("xlsx", export.template_workbook(
            area, catalogue, filled.known(2), Quarter(2026, 4), language)),
        ("xlsx", export_projects(projects, language)),
        ("csv", export_projects_csv(projects, language)),
    ]  # fmt: skip

    for ending, content in made:
        assert active(ending, content) == []
        assert ending != "csv" or b"'=1+1" in content, "the texts are there, as texts"


def active(ending: str, content: bytes) -> list[str]:
    """Return what in a file would run, or call for something elsewhere."""
    if ending == "zip":
        with ZipFile(BytesIO(content)) as files:
            parts = [(name, files.read(name)) for name in files.namelist()]
        return [found for name, part in parts for found in active(name.rpartition(".")[2], part)]
    if ending in ("xlsx", "docx"):
        with ZipFile(BytesIO(content)) as parts:
            return [
                found for name in parts.namelist() for found in ACTIVE.findall(parts.read(name))
            ]
    if ending == "pdf":
        page_objects = (page.get_object() for page in PdfReader(BytesIO(content)).pages)
        links = [
            str(link.get_object()) for page in page_objects for link in page.get("/Annots", ())
        ]
        return [link for link in links if "/URI" in link or "/Launch" in link or "/JS" in link]
    if ending == "csv":
        rows = csv.reader(StringIO(content.decode("utf-8-sig")))
        return [cell for row in rows for cell in row if cell[:1] in tuple("=+@")]
    if ending in ("html", "svg"):
        return [str(found) for found in ACTIVE_MARKUP.findall(content)]
    if ending == "json":
        json.loads(content)  # it is data from end to end
        return []
    return [] if ending == "png" else [f"nothing knows what is active in {ending}"]
