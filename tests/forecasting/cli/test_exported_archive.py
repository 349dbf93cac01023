"""An archive of the page of figures is taken apart, and no other."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.cli import exported_archive
from forecasting.cli.exported_archive import is_packed, tables_in

TABLES = {
    "areas.csv": "id,name\nZ,示例开发区\n".encode(),
    "observations/示例.csv": b"area,value\nZ,7.1\n" * 40,
}


def archive(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as opened:
        for name, content in (*TABLES.items(), ("readme.txt", b"no table")):
            opened.writestr(name, content)
    return written.getvalue()


WHOLE = archive()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_the_tables_of_an_archive_are_read_and_nothing_else(method: int) -> None:
    assert is_packed(archive(method))
    assert tables_in(archive(method)) == TABLES


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_as_the_page_never_does_has_no_tables(method: int) -> None:
    assert tables_in(archive(method)) == {}


def test_an_archive_that_claims_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    size = sum(map(len, TABLES.values()))

    monkeypatch.setattr(exported_archive, "LARGEST_ARCHIVE", size)
    assert tables_in(WHOLE) == TABLES
    monkeypatch.setattr(exported_archive, "LARGEST_ARCHIVE", size - 1)
    assert tables_in(WHOLE) == {}


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=4))
def test_a_damaged_archive_has_whole_tables_or_none(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(WHOLE)
    for place, byte in changes:
        damaged[place] = byte

    assert set(tables_in(bytes(damaged)).values()) <= set(TABLES.values())


@pytest.mark.parametrize("content", [b"area,indicator,measure", b""])
def test_a_table_is_no_archive(content: bytes) -> None:
    assert not is_packed(content)
    assert tables_in(content) == {}


def test_an_archive_whose_names_are_no_text_has_no_tables() -> None:
    assert tables_in(WHOLE.replace("示".encode(), b"\xff\xff\xff")) == {}
