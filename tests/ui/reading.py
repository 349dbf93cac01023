"""What a reader can read of a page that AppTest has run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pyarrow as pa
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

_UNREAD = {
    "id",
    "page_script_hash",
    "spec",
    "query_string",
    "language",
    "url",
    "icon",
    "element_id",
}
_COMPONENT = "BidiComponent"
"""Components write most words themselves, out of packed data; browser tests read them."""


def raw_marks(text: str) -> list[str]:
    """Return the ends of bold text that Markdown would print as ``**``.

    After punctuation they only close before a space, punctuation or the end.
    """
    ends = re.findall(r"\*\*[^*\n]+?(\S)\*\*(\w?)", text)
    return [f"{last}**{after}" for last, after in ends if after and not last.isalnum()]


class Screen:
    """A page after a run."""

    def __init__(self, app: AppTest) -> None:
        self.app = app
        assert not app.exception, [error.message for error in app.exception]

    @property
    def title(self) -> str:
        """The first heading, without its marks; a report has it in its own markup.

        Beside sliders it is in what they are sent.
        """
        told = [headline for node in _walk(self.app.main) for headline in _headline(node)]
        for html in self.app.get("html"):
            told += re.findall(r"<h1[^>]*>(.*?)</h1>", html.proto.body)
        text = self.app.title[0].value if len(self.app.title) else told[0]
        return re.sub(r":primary\[(.*?)\]", r"\1", text).replace("\u200b", "")

    @property
    def url(self) -> dict[str, str]:
        """The parameters in the address."""
        return {name: str(value) for name, value in self.app.query_params.items()}

    @property
    def lines(self) -> list[str]:
        """Every text of the page: headings, tables, labels, alternatives, chart texts."""
        return [line for node in _walk(self.app.main) for line in _texts(node)]

    @property
    def text(self) -> str:
        """The same as one text, without tags."""
        return "\n".join(self.lines)

    @property
    def glyphs(self) -> str:
        """The shapes of all lights on the page."""
        return "".join(character for character in self.text if character in "●▲◆■")

    def count(self, part: str) -> int:
        """Count how often a text occurs."""
        return self.text.count(part)


def every_block(app: AppTest) -> Iterator[Message]:
    """Return all that a page sends to the browser, one message an element or container."""
    for root in app._tree.children.values():
        for node in (root, *_walk(root)):
            if isinstance(proto := getattr(node, "proto", None), Message):
                yield proto


def _walk(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from _walk(child)


def _headline(node: Any) -> Iterator[str]:
    """Return the sentence that opens a page with sliders."""
    proto = getattr(node, "proto", None)
    if getattr(proto, "component_name", "") == "live_answer":
        yield json.loads(proto.json)["headline"]


def _texts(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    yield from _headline(node)
    if not isinstance(proto, Message) or proto.DESCRIPTOR.name == _COMPONENT:
        return
    for text in _strings(proto):
        if not text.startswith("<style"):
            yield unescape(re.sub(r"<[^>]*>", " ", text)) if "<" in text else text


def _strings(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in _UNREAD:
            continue
        for item in value if field.is_repeated else [value]:
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                yield from _strings(item)
            elif field.type == FieldDescriptor.TYPE_STRING:
                yield item
            elif field.type == FieldDescriptor.TYPE_BYTES:
                yield from words_of(item)


def words_of(content: bytes) -> Iterator[str]:
    """Read the words of a chart's or a table's rows."""
    table = pa.ipc.open_stream(content).read_all()
    for name in table.column_names:
        if name in ("part", "group", "shape"):
            continue
        if not name.startswith(("q", "x", "y")):
            yield name
        column = table.column(name)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            yield from (str(value) for value in column.to_pylist() if value)
