"""Files are told by their content and opened as they are, or refused with a reason."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from hashlib import md5

import openpyxl
import pytest
import xlsxwriter
from msoffcrypto.method.rc4 import DocumentRC4

from data.workbook.book import Book, Rectangle
from data.workbook.open import process
from data.workbook.open.opening import ENCODINGS, WorkbookRefused, open_book, pasted_book
from data.workbook.open.refusal import Refusal
from tests.data.workbook.open.hostile import (
    BINARY_BOOK,
    LOCKED_BOOK,
    LOCKED_BY,
    OLD_BOOK,
    binary,
    compound,
    open_cell,
    open_document,
    substream,
)

TABLE = "指标,2026年1-9月\n地区生产总值,7.3\n"
ROWS = (("指标", "2026年1-9月"), ("地区生产总值", "7.3"))


def refusal(
    content: bytes, name: str = "upload.xlsx", encoding: str | None = None, password: str = ""
) -> Refusal:
    with pytest.raises(WorkbookRefused) as caught:
        open_book(name, content, encoding, password)
    assert not password or password not in repr(vars(caught.value))
    return caught.value.refusal


def workbook() -> bytes:
    """Return a book with what calamine tells, and what it does not."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        percent = book.add_format({"num_format": "0.0%"})
        shown = book.add_format({"num_format": '0.0"%"'})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("9月")
        sheet.merge_range("B2:D2", "标题")
        sheet.write_number("B3", 0.073, percent)
        sheet.write_number("C3", 7.3, shown)
        sheet.write_datetime("D3", date(2026, 9, 30), day)
        sheet.write_formula("E3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("F3", "=B3*2", percent, 0.146)
        sheet.write_boolean("G3", True)
        book.add_worksheet("旧").write_string("A1", "初稿")
        book.get_worksheet_by_name("旧").hide()
    return file.getvalue()


def test_a_workbook_is_read_from_its_first_row_and_column() -> None:
    book = open_book("快报.xlsx", workbook())

    first, hidden = book.sheets
    assert (book.file, book.encoding, book.encoding_certain) == ("快报.xlsx", "", True)
    assert (first.name, first.hidden, hidden.name, hidden.hidden) == ("9月", False, "旧", True)
    assert first.rows == (
        (),
        (None, "标题"),
        (None, 0.073, 7.3, date(2026, 9, 30), None, 0.146, True),
    )
    assert first.merged == (Rectangle(2, 2, 2, 4),)
    assert first.percent == {(3, 2), (3, 6)}


def test_filled_rows_and_columns_that_are_not_shown_are_told() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("9月")
        for row in range(4):
            sheet.write_row(row, 0, ["税收收入", 1.0, 2.0, 3.0])
        for row in (1, 2, 9):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})
        sheet.set_column("F:XFD", None, None, {"hidden": True})

    [read] = open_book("快报.xlsx", file.getvalue()).sheets

    assert (read.hidden_rows, read.hidden_columns) == ({2, 3}, {3, 4})
    assert len(read.rows) == 4


def test_the_suffix_does_not_matter() -> None:
    assert open_book("a.csv", workbook()).sheets == open_book("a.xls", workbook()).sheets
    assert open_book("a.xlsx", TABLE.encode()).sheets[0].rows == ROWS


@pytest.mark.parametrize(
    ("content", "encoding", "certain"),
    [
        (TABLE.encode("utf-8-sig"), "utf-8", True),
        (TABLE.encode("utf-8"), "utf-8", True),
        (TABLE.encode("gbk"), "gb18030", False),
        (TABLE.encode("utf-16"), "utf-16", True),
        (TABLE.encode("utf-16-be"), "utf-16", False),
        ("指标,2026年1-9月\na,1\n".encode("utf-16-le"), "utf-16", False),
        ("指标,2026年1-9月\n".encode() + b"a,1\n" * 300 + b"\0\n", "utf-8", True),
        (TABLE.encode("utf-8")[:-6] + b"\xe5,7.3\n", "utf-8", False),
    ],
)
def test_the_encoding_is_found_and_doubt_is_told(
    content: bytes, encoding: str, certain: bool
) -> None:
    book = open_book("a.csv", content)

    assert (book.encoding, book.encoding_certain) == (encoding, certain)
    assert book.sheets[0].rows[0] == ROWS[0]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_may_be_chosen(encoding: str) -> None:
    traditional = TABLE.replace("指标", "指標").replace("产总", "產總")

    book = open_book("a.csv", traditional.encode(encoding, errors="replace"), encoding)

    assert (book.encoding, book.encoding_certain) == (encoding, True)
    assert book.sheets[0].rows[0] == ("指標", "2026年1-9月")


def test_an_encoding_that_does_not_fit_is_refused() -> None:
    assert refusal(TABLE.encode("gbk"), encoding="utf-8") is Refusal.ENCODING


@pytest.mark.parametrize("separator", ["\t", ",", ";", "，", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = "快报，模拟数据\n" + "".join(
        separator.join(cells) + "\n" for cells in [("指标", "值"), ("a", "1"), ("b", "2")]
    )

    rows = open_book("a.txt", text.encode()).sheets[0].rows

    assert rows[1:] == (("指标", "值"), ("a", "1"), ("b", "2"))


def test_excel_may_name_the_separator() -> None:
    rows = open_book("a.csv", b"sep=;\r\na,b;1\r\n").sheets[0].rows

    assert rows == ((), ("a,b", "1"))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('"a ""b"", c",1', ('a "b", c', "1")),
        ('"two\nlines",1', ("two\nlines", "1")),
        ('="2019",1', ("2019", "1")),
        ("'=1+1,'-x,'90", ("=1+1", "-x", "'90")),
        ('24" pipe,1\n"open,2', ('24" pipe', "1")),
        ("a, ,,", ("a",)),
    ],
)
def test_cells_hold_what_was_meant(text: str, cells: tuple[str, ...]) -> None:
    assert open_book("a.csv", text.encode()).sheets[0].rows[0] == cells


def test_rows_count_as_in_the_spreadsheet() -> None:
    assert open_book("a.csv", b"title\n\na,1\n\n").sheets[0].rows == (("title",), (), ("a", "1"))


def test_pasted_cells_are_separated_by_tabs() -> None:
    book = pasted_book('指标\t1-9月\n"a\nb"\t1,234.5\n')

    assert book == Book("", book.sheets)
    assert book.sheets[0].rows == (("指标", "1-9月"), ("a\nb", "1,234.5"))


def test_nothing_pasted_is_refused() -> None:
    with pytest.raises(WorkbookRefused) as caught:
        pasted_book(" \n\t\n")

    assert (caught.value.refusal, caught.value.file) == (Refusal.EMPTY, "")


def test_a_page_that_is_called_xls_is_read_with_its_spans() -> None:
    page = """<html><head><meta charset="gb2312"><style>td {x: y}</style></head><body>
    <table><tr><td colspan=2>标题<td>1</tr>
    <tr><th rowspan="2">甲<td>2</td><td>3</td></tr><tr><td>4<br>5</td></tr></table>
    <script>var a = "<table><tr><td>no</td></tr></table>";</script>
    <table><tr><td>乙</td></tr></table></body></html>"""

    book = open_book("report.xls", page.encode("gbk"))

    first, second = book.sheets
    assert book.encoding == "gb18030"
    assert first.rows == (("标题", None, "1"), ("甲", "2", "3"), (None, "4 5"))
    assert first.merged == (Rectangle(1, 1, 1, 2), Rectangle(2, 1, 3, 1))
    assert second.rows == (("乙",),)


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
def test_a_page_may_say_its_encoding_and_may_be_wrong(encoding: str) -> None:
    said = "big5" if encoding == "big5" else "gb2312"
    page = f'<html><meta charset="{said}"><table><tr><td>統計指標<td>1</table></html>'

    book = open_book("report.xls", page.encode(encoding))

    assert (book.encoding, book.encoding_certain) == (encoding, True)
    assert book.sheets[0].rows == (("統計指標", "1"),)


def test_an_old_workbook_is_read_with_its_dates_and_percentages() -> None:
    content = (OLD_BOOK.parent / "old_cells.xls").read_bytes()

    sheet = open_book("旧.xls", content).sheets[0]

    assert sheet.rows[1] == (date(2026, 3, 31), 0.074, 0.069, 45000.0)
    assert sheet.percent == {(row, column) for row in (2, 3, 4) for column in (2, 3)}


@pytest.mark.parametrize(("codepage", "encoding"), [(936, "gbk"), (950, "big5"), (1252, "cp1252")])
def test_a_workbook_of_excel_95_is_read_in_its_code_page(codepage: int, encoding: str) -> None:
    text = ("Indicator" if codepage == 1252 else "增加值").encode(encoding)
    label = (0x204, struct.pack("<HHHH", 0, 1, 0, len(text)) + text)
    times = [(0x203, struct.pack("<HHHd", 1, column, column, 0.25)) for column in range(2)]
    formats = [(0xE0, struct.pack("<HH12x", 0, number)) for number in (10, 20)]
    page = (0x42, struct.pack("<H", codepage))

    def workbook_of(start: int) -> bytes:
        sheet = (0x85, struct.pack("<IBBB", start, 0, 0, 1) + b"A")
        return substream(5, page, *formats, sheet, version=0x500)

    content = workbook_of(len(workbook_of(0))) + substream(16, label, *times, version=0x500)
    (sheet,) = open_book("旧.xls", compound({"Book": content.ljust(4096, b"\0")})).sheets

    assert sheet.rows == ((None, text.decode(encoding)), (0.25, "06:00:00"))
    assert sheet.percent == {(2, 1)}


def test_an_open_document_is_read_with_its_percentages_and_merged_cells() -> None:
    percent = {"office:value_type": "percentage", "table:number_columns_repeated": "2"}
    title = open_cell("标题", "", **{"office:value_type": "string",
                               "table:number_columns_spanned": "3"})  # fmt: skip
    day = {"office:value_type": "date", "office:date_value": "2026-09-30"}
    empty = '<table:table-row table:number-rows-repeated="2"/>'
    rows = empty + title + open_cell("7.3%", "0.073", **percent) + open_cell("9月", "", **day)

    (sheet,) = open_book("a.ods", open_document(rows)).sheets

    assert sheet.rows == ((), (), ("标题",), (0.073, 0.073), (date(2026, 9, 30),))
    assert sheet.merged == (Rectangle(3, 1, 3, 2),)
    assert sheet.percent == {(4, 1), (4, 2)}


def test_a_binary_workbook_is_read_with_its_percentages_and_merged_cells() -> None:
    with zipfile.ZipFile(BINARY_BOOK) as archive:
        styles = archive.read("xl/styles.bin")
    at = styles.rindex(b"\x2f\x10") + 4  # of the only style of cells: its number format
    percent = binary(**{"xl/styles.bin": styles[:at] + b"\x0a" + styles[at + 1 :]})

    first, second = open_book("a.xlsb", BINARY_BOOK.read_bytes()).sheets
    shown, _ = open_book("a.xlsb", percent).sheets

    assert (first.name, second.name) == ("总产值", "产销率")
    assert first.rows[3] == ("规模以上工业总产值", 201.7, 954.3, 1.8)
    assert first.merged == (Rectangle(1, 1, 1, 4),)
    assert first.percent == frozenset()
    assert shown.percent == {(row, column) for row in range(4, 8) for column in range(2, 5)}


@pytest.mark.parametrize("make", [LOCKED_BOOK.read_bytes, lambda: locked_old(LOCKED_BY)])
def test_a_locked_workbook_asks_for_its_password_and_opens_by_it(
    make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    content, commands = make(), []
    begin = process._run
    monkeypatch.setattr(process, "_run", lambda *asked: commands.append(asked[0]) or begin(*asked))

    assert refusal(content) is Refusal.PASSWORD
    assert refusal(content, password="another") is Refusal.WRONG_PASSWORD
    assert open_book("a", content, password=LOCKED_BY).sheets[0].rows[1][0] in ("指标", "增加值")
    assert len(commands) == 6
    assert LOCKED_BY not in str(commands)


def test_a_workbook_that_is_locked_against_changes_alone_opens_unasked() -> None:
    assert open_book("a.xls", locked_old("VelvetSweatshop")).sheets[0].rows[1] == ("增加值", 7.3)


def locked_old(password: str) -> bytes:
    """Return an .xls encrypted as Excel 97 does it (MS-XLS 2.2.10, MS-OFFCRYPTO 2.3.6)."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    text = "增加值".encode("utf-16-le")
    label = (0x204, struct.pack("<HHHHB", 1, 0, 0, 3, 1) + text)
    number = (0x203, struct.pack("<HHHd", 1, 1, 0, 7.3))

    def book(start: int, *protected: tuple[int, bytes]) -> bytes:
        named = (0x85, struct.pack("<IHBB", start, 0, 1, 0) + b"A")
        return substream(5, *protected, (0xE0, bytes(20)), named, version=0x600)

    pair = DocumentRC4.decrypt(password, salt, io.BytesIO(verifier + md5(verifier).digest()))
    said = (0x2F, struct.pack("<HHH", 1, 1, 1) + salt + pair.read())
    plain = book(len(book(0, said)), said) + substream(16, label, number, version=0x600)
    sealed = bytearray(DocumentRC4.decrypt(password, salt, io.BytesIO(plain), 1024).read())
    at = 0
    while at < len(plain):
        kind, length = struct.unpack_from("<HH", plain, at)
        clear = 4 + (length if kind in (0x809, 0x2F) else 4 if kind == 0x85 else 0)
        sealed[at : at + clear] = plain[at : at + clear]
        at += 4 + length
    return compound({"Workbook": bytes(sealed).ljust(4096, b"\0")})


def test_formulas_that_were_never_computed_are_named() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B2"], sheet["B3"] = 1, "=A1*2", "=A1*3"
    book.save(file)

    with pytest.raises(WorkbookRefused) as caught:
        open_book("a.xlsx", file.getvalue())

    assert caught.value.refusal is Refusal.UNSAVED
    assert caught.value.values == {"file": "a.xlsx", "sheet": "Sheet", "cell": "B2", "count": 2}


def test_columns_lined_up_by_spaces_are_cells() -> None:
    text = (
        "示例开发区2026年1-9月\n"
        "指标            累计(亿元)    同比(%)\n"
        "固定资产投资      40.21        7.0\n"
    )

    rows = pasted_book(text).sheets[0].rows

    assert rows[0] == ("示例开发区2026年1-9月",)
    assert rows[2] == ("固定资产投资", "40.21", "7.0")
    assert pasted_book("a sentence.  And another.\n").sheets[0].rows == (
        ("a sentence.  And another.",),
    )


def test_tabs_beside_commas_part_no_cells_of_their_own() -> None:
    text = "指标\t,2023年\t,2022年\t,\n地区生产总值\t,545.8\t,589.2\t,\n"
    rows = open_book("a.csv", text.encode()).sheets[0].rows

    assert [cell and cell.strip() for cell in rows[1][:3]] == ["地区生产总值", "545.8", "589.2"]
