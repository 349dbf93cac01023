"""Texts that people or files brought stay texts: on no page do they become Markdown or HTML.

Every field of the store that people or files fill with free text gets a picture in Markdown, which
a browser would load from elsewhere, and a tag; then every page is opened. Names of areas and
indicators are not among them: these come with the installation alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from data.store.scenarios import Edit
from data.store.store import Store
from forecasting.figures.indicator import Names
from forecasting.figures.period import Quarter
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import write_scenario
from tests.data.drafts import change, edit, upload, version
from tests.ui.desks import FULL, open_desk, text_of
from tests.ui.reading import Screen, every_block
from ui.frame.navigation import names as page_names
from ui.language import Language

AREA = "SAMPLE"
NOW = datetime(2026, 10, 25, tzinfo=UTC)
SHOWN_AS_IT_IS = {
    ("Selectbox", "options"),
    ("MultiSelect", "options"),
    ("TextInput", "default"),
    ("TextInput", "value"),
    ("TextInput", "placeholder"),
    ("TextArea", "default"),
    ("TextArea", "value"),
    ("Code", "code_text"),
    ("ArrowVegaLiteChart", "spec"),
}
"""Fields of Streamlit's messages that are no Markdown; any other is taken for it."""
TAG = re.compile("<b ")
PICTURE_OR_TAG = re.compile(r"(?<!\\)\]\(//e\.io|(?<!\\)<b ")


def hostile(field: str) -> str:
    """Return a text for a field, by which a fault tells where it came from."""
    return f"![{field}](//e.io/{field})<b {field}>"


def hostile_names(field: str) -> Names:
    return Names(hostile(f"{field}-zh"), hostile(f"{field}-en"))


@pytest.fixture
def filled(store: Store) -> Store:
    """A store in which every free text of an area is hostile."""
    figures = store.observations(1, AREA)
    basis = store.catalogue(1)["gdp"].basis
    store.commit(
        upload(
            *(replace(figure, publisher=hostile("publisher")) for figure in figures),
            author=hostile("author"),
            note=hostile("note"),
            base=1,
            indicators=tuple(
                replace(indicator, aliases=(*indicator.aliases, hostile(indicator.id)))
                for indicator in store.catalogue(1).indicators.values()
            ),
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
    empty = store.commit(edit(author=hostile("editor"), note=hostile("edited")))
    store.withdraw(empty, hostile("withdrawer"), hostile("withdrawn"))
    scenario = hostile_scenario()
    for name in ("first", "second"):
        store.scenarios.save(
            AREA, 2026, hostile(name), write_scenario(scenario), 2, author=hostile("saver"),
            edits=[Edit(NOW, "pin.0.growth", "7", hostile("edit"))],
        )  # fmt: skip
    return store


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


def leaks(page: Screen) -> list[str]:
    """Return the places where a hostile text would become a picture or a tag."""
    return [
        f"{kind}.{field}: {text[max(0, found.start() - 60) : found.end() + 60]}"
        for block in every_block(page.app)
        for kind, field, text in _texts(block)
        if (kind, field) not in SHOWN_AS_IT_IS
        for found in (TAG if kind == "Html" else PICTURE_OR_TAG).finditer(text)
    ]


def _texts(message: Message) -> Iterator[tuple[str, str, str]]:
    for field, value in message.ListFields():
        for item in value if field.is_repeated else [value]:
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                yield from _texts(item)
            elif field.type == FieldDescriptor.TYPE_STRING:
                yield message.DESCRIPTOR.name, field.name, item


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", page_names())
def test_no_stored_text_becomes_markdown_or_html(
    filled: Store, name: str, language: Language
) -> None:
    opened = {"area": AREA, "year": "2026", "lang": str(language)}
    scenario = opened | {"scenario": text_of(hostile_scenario(), AREA)}

    found = leaks(open_desk(name, **opened)) + leaks(open_desk(name, **scenario))

    assert sorted(set(found)) == []
