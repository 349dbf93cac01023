"""Files that harm a careless reader, made here byte by byte, each with why it is refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from data.workbook.open.limits import FILE_MEGABYTES, MEGABYTE
from data.workbook.open.refusal import Refusal

_CORPUS = Path(__file__).parents[1] / "corpus"
OLD_BOOK = _CORPUS / "newest_first.xls"
BINARY_BOOK = _CORPUS / "by_others" / "h_formats" / "工业产销总值.xlsb"
LOCKED_BOOK = _CORPUS / "by_others" / "h_formats" / "经济运行快报（加密）.xlsx"
LOCKED_BY = "hm2026"

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = f"""<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{_SPREADSHEET}.sharedStrings+xml"/>
</Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TOP = f"""<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>"""
_LINKS = f"""<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>
</Relationships>"""
_BOOK = f"""<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">
<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"""


def sheet(rows: str, after: str = "", before: str = "") -> str:
    """Return the XML of a worksheet."""
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def zipped(rows: str = "", strings: str = "", **more: str | bytes) -> bytes:
    """Return a workbook of these rows; ``more`` adds or replaces parts, by name."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _TOP,
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _LINKS,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": sheet(rows),
    } | more
    return packed(parts)


_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OPEN_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def open_document(rows: str, before: str = "", **more: str | bytes) -> bytes:
    """Return an OpenDocument spreadsheet of these rows; ``more`` adds or replaces parts."""
    spaces = " ".join(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"{before}<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": _OPEN_SPREADSHEET,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0"/>',
            "content.xml": content,
        }
        | more
    )


def open_cell(text: str = "", value: str = "1", **said: str) -> str:
    """Return a row of one cell; ``said`` are attributes of it, ``_`` for ``-``."""
    given = {"office:value_type": "float"} | ({"office:value": value} if value else {}) | said
    attributes = "".join(f' {name.replace("_", "-")}="{one}"' for name, one in given.items())
    return (
        f"<table:table-row><table:table-cell{attributes}><text:p>{text or value}</text:p>"
        "</table:table-cell></table:table-row>"
    )


def repeated_cells() -> bytes:
    """One cell that stands for seventeen thousand million."""
    cell = open_cell(**{"table:number_columns_repeated": "16384"})
    rows = cell.replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">'
    )
    return open_document(rows)


def binary(**more: bytes | None) -> bytes:
    """Return a binary workbook with parts added, replaced, or left out where they are None."""
    with zipfile.ZipFile(BINARY_BOOK) as archive:
        parts: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    return packed({name: part for name, part in (parts | more).items() if part is not None})


def binary_sheet(*records_within: tuple[int, bytes]) -> bytes:
    """Return a binary workbook whose first sheet is made of these records."""
    every = ((129, b""), *records_within, (130, b""))
    kinds = {kind: bytes([kind & 0x7F | 0x80, 1] if kind > 127 else [kind]) for kind, _ in every}
    part = b"".join(kinds[kind] + bytes([len(body)]) + body for kind, body in every)
    return binary(**{"xl/worksheets/sheet1.bin": part})


def far_record() -> bytes:
    size = (148, struct.pack("<IIII", 0, 1 << 20, 0, 1 << 14))
    row = struct.pack("<IIHBBBI", 1 << 20, 0, 300, 0, 0, 0, 0)
    cell = struct.pack("<IId", 1 << 14, 0, 1.0)
    return binary_sheet(size, (145, b""), (0, row), (5, cell), (146, b""))


def locked(descriptor: str) -> bytes:
    """Return an encrypted workbook that says by this how it is to be opened."""
    said = struct.pack("<HHI", 4, 4, 0x40) + descriptor.encode()
    return compound({"EncryptionInfo": said.ljust(4096), "EncryptedPackage": b"\7" * 8192})


def endless_hashing() -> bytes:
    """An encrypted workbook whose password is hashed as often as a file may ask for."""
    said = 'saltValue="AAAA" hashAlgorithm="SHA512" blockSize="16" keyBits="256"'
    key = "http://schemas.microsoft.com/office/2006/keyEncryptor/password"
    return locked(
        f'<encryption xmlns:p="{key}"><keyData {said}/><dataIntegrity encryptedHmacKey="AAAA"'
        f' encryptedHmacValue="AAAA"/><p:encryptedKey {said} spinCount="10000000"'
        ' encryptedKeyValue="AAAA" encryptedVerifierHashInput="AAAA"'
        ' encryptedVerifierHashValue="AAAA"/></encryption>'
    )


def locked_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)
    )
    return locked(f"<!DOCTYPE e [{entities}]><e>&a9;</e>")


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file of these streams, each of at least 4,096 bytes."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    names = ["Root Entry", *streams]
    directory_sectors = -(-len(names) // 4)
    chains, starts, body = [table], [], b""
    for count, content in [(directory_sectors, b"")] + [
        (-(-len(content) // 512), content) for content in streams.values()
    ]:
        starts.append(len(chains))
        chains += [*range(len(chains) + 1, len(chains) + count), end]
        body += content.ljust(count * 512, b"\0") if content else b""
    entries = b""
    for number, name in enumerate(names):
        spelled = name.encode("utf-16-le") + b"\0\0"
        size = len(streams[name]) if number else 0
        entries += struct.pack(
            "<64sHBBIII16sIQQIII",
            spelled, len(spelled), 2 if number else 5, 1,
            free, number + 1 if 0 < number < len(names) - 1 else free,
            1 if number == 0 and len(names) > 1 else free,
            b"", 0, 0, 0, starts[number] if number else end, size, 0,
        )  # fmt: skip
    assert len(chains) <= 128
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, starts[0], 0, 4096, end, 0, end, 0, 0,
    )  # fmt: skip
    header += struct.pack("<108I", *[free] * 108)
    fat = struct.pack("<128I", *chains, *[free] * (128 - len(chains)))
    return header + fat + entries.ljust(directory_sectors * 512, b"\0") + body


def far_cell() -> bytes:
    return zipped('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def far_apart() -> bytes:
    """Two cells within what is read, and 400 million empty ones between them."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="200000"><c r="BXX200000"><v>1</v></c>'
    return zipped(rows + "</row>")


def zip_bomb() -> bytes:
    return zipped("<row/>" + " " * (200 * MEGABYTE))


def many_bombs() -> bytes:
    """Parts that are harmless one by one."""
    return zipped(**{f"xl/media/{number}.bin": bytes(3 * MEGABYTE) for number in range(80)})


def lying_bomb() -> bytes:
    """A part that says it is short, with the checksum of its beginning."""
    beginning = sheet('<row r="1"><c r="A1"><v>1</v></c></row>').encode()
    content = zipped(**{"xl/worksheets/sheet1.xml": beginning + b" " * (200 * MEGABYTE)})
    true, said = 200 * MEGABYTE + len(beginning), len(beginning)
    whole = zlib.crc32(beginning + b" " * (200 * MEGABYTE))
    content = content.replace(struct.pack("<I", true), struct.pack("<I", said))
    return content.replace(struct.pack("<I", whole), struct.pack("<I", zlib.crc32(beginning)))


def inline_text() -> bytes:
    text = "x" * (300 * MEGABYTE)
    return zipped(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>')


def long_text() -> bytes:
    text = "地区生产总值" * 60_000
    return zipped(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>')


def shared_texts() -> bytes:
    """One long text in the table of texts, and a hundred thousand cells that show it."""
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 100_001)
    )
    return zipped(cells, strings=f"<si><t>{'统计' * 16_000}</t></si>")


def merged_cells(count: int, reference: str) -> bytes:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="ZZ900"><v>1</v></c></row>'
    merged = f'<mergeCell ref="{reference}"/>' * count
    after = f'<mergeCells count="{count}">{merged}</mergeCells>'
    return zipped(**{"xl/worksheets/sheet1.xml": sheet(rows, after)})


def laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)
    )
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>'
    part = sheet(rows, before=f"<!DOCTYPE worksheet [{entities}]>")
    return zipped(**{"xl/worksheets/sheet1.xml": part})


def outside_entity() -> bytes:
    strings = f"""<?xml version="1.0"?>
<!DOCTYPE sst [<!ENTITY f SYSTEM "file:///etc/passwd">]>
<sst xmlns="{_MAIN}"><si><t>&f;</t></si></sst>"""
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    return zipped(rows, **{"xl/sharedStrings.xml": strings})


def endless_tags() -> bytes:
    """Start tags that never end, in which patterns could search again and again."""
    return zipped("<c " * (1 * MEGABYTE), **{"xl/styles.xml": _PERCENT_STYLES})


_PERCENT_STYLES = f"""<styleSheet xmlns="{_MAIN}"><cellXfs count="1"><xf numFmtId="10"/></cellXfs>
</styleSheet>"""


def endless_chain() -> bytes:
    """A compound file whose table of sectors leads round in a circle."""
    content = bytearray(compound({"Workbook": b"\x09\x08\x10\x00" * 2048}))
    start = 512 + 4 * 2
    content[start : start + 4] = struct.pack("<I", 2)
    return bytes(content)


def bad_records() -> bytes:
    """An old workbook whose first sheet starts in the middle of nowhere."""
    content = bytearray(OLD_BOOK.read_bytes())
    at = content.index(b"\x85\x00", content.index(b"\x09\x08"))
    content[at + 4 : at + 8] = b"\xff\xff\xff\x7f"
    return bytes(content)


def records(*after: tuple[int, bytes]) -> bytes:
    """Return an old workbook of the records given, of whom nothing but the kind is true."""
    return compound({"Workbook": substream(5, *after, version=0x600).ljust(4096, b"\0")})


def substream(kind: int, *within: tuple[int, bytes], version: int) -> bytes:
    """Return the records of a workbook (5) or a sheet (16) between their begin and end."""
    every = ((0x809, struct.pack("<HHHH", version, kind, 0, 1995)), *within, (0x0A, b""))
    return b"".join(struct.pack("<HH", one, len(body)) + body for one, body in every)


def nested(tag: str, count: int) -> bytes:
    return f"<html><body>{f'<{tag}>' * count}text".encode()


def spans() -> bytes:
    cells = '<td colspan="1000" rowspan="65534">x</td>'
    return f"<html><table>{f'<tr>{cells}</tr>' * 20_000}</table>".encode()


def busy_spans() -> bytes:
    """Cells that each take a thousand columns of the row below."""
    return b"<html><table>" + b'<tr><td colspan="1000" rowspan="2">x' * 60_000


def renamed(start: bytes) -> Callable[[], bytes]:
    return lambda: start + bytes(range(256)) * 16


HOSTILE: Mapping[str, tuple[Callable[[], bytes], set[Refusal]]] = {
    "far_cell.xlsx": (far_cell, {Refusal.FAR_CELL}),
    "far_apart.xlsx": (far_apart, {Refusal.MEMORY}),
    "zip_bomb.xlsx": (zip_bomb, {Refusal.INFLATES}),
    "many_bombs.xlsx": (many_bombs, {Refusal.INFLATES}),
    "lying_bomb.xlsx": (lying_bomb, {Refusal.INFLATES, Refusal.DAMAGED}),
    "inline_text.xlsx": (inline_text, {Refusal.INFLATES}),
    "long_text.xlsx": (long_text, {Refusal.LONG_TEXT}),
    "shared_texts.xlsx": (shared_texts, {Refusal.MEMORY}),
    "merged_many.xlsx": (lambda: merged_cells(150_000, "A1:B2"), {Refusal.MERGED}),
    "merged_millions.xlsx": (lambda: merged_cells(2_000_000, "A1:B2"), {Refusal.INFLATES}),
    "merged_nested.xlsx": (lambda: merged_cells(15_000, "A1:ZZ900"), {Refusal.MERGED}),
    "laughs.xlsx": (laughs, {Refusal.ENTITIES}),
    "outside_entity.xlsx": (outside_entity, {Refusal.ENTITIES}),
    "endless_tags.xlsx": (endless_tags, {Refusal.DAMAGED}),
    "cut.xlsx": (lambda: zipped("<row/>")[:-30], {Refusal.DAMAGED}),
    "cut_in_half.xlsx": (lambda: zipped("<row/>")[:700], {Refusal.DAMAGED}),
    "nothing_inside.xlsx": (lambda: zipped("<row/>"), {Refusal.EMPTY}),
    "macros.xlsm": (
        lambda: zipped("<row/>", **{"xl/vbaProject.bin": b"\0" * 64}),
        {Refusal.MACROS},
    ),
    "links.xlsx": (
        lambda: zipped("<row/>", **{"xl/externalLinks/externalLink1.xml": "<externalLink/>"}),
        {Refusal.EXTERNAL_LINKS},
    ),
    "encrypted.xlsx": (
        lambda: compound({"EncryptionInfo": b"\4" * 4096, "EncryptedPackage": b"\7" * 8192}),
        {Refusal.ENCRYPTED},
    ),
    "macros.xls": (
        lambda: compound({"Workbook": b"\t" * 4096, "_VBA_PROJECT_CUR": b"\1" * 4096}),
        {Refusal.MACROS},
    ),
    "locked.xlsx": (LOCKED_BOOK.read_bytes, {Refusal.PASSWORD}),
    "locked_laughs.xlsx": (locked_laughs, {Refusal.ENCRYPTED, Refusal.MEMORY}),
    "locked_in_its_way.xls": (lambda: records((0x2F, b"\1" * 6)), {Refusal.ENCRYPTED}),
    "links.xls": (
        lambda: records(
            (0x1AE, b"\1\0\1\0\0a"),
            (0x17, b"\1\0\0\0\0\0\0\0"),
            (0x06, b"\0" * 22 + b"\x5a\0\0\1\0\1\0"),
        ),
        {Refusal.EXTERNAL_LINKS},
    ),
    "macro_sheet.xls": (lambda: records((0x85, b"\0\0\0\0\0\1\1\0m")), {Refusal.MACROS}),
    "letter.doc": (lambda: compound({"WordDocument": b"\1" * 4096}), {Refusal.NOT_A_TABLE}),
    "endless_chain.xls": (endless_chain, {Refusal.DAMAGED}),
    "bad_records.xls": (bad_records, {Refusal.DAMAGED}),
    "cut.xls": (lambda: OLD_BOOK.read_bytes()[:1500], {Refusal.DAMAGED}),
    "nothing_inside.ods": (lambda: packed({"mimetype": _OPEN_SPREADSHEET}), {Refusal.DAMAGED}),
    "letter.odt": (
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
        {Refusal.NOT_A_TABLE},
    ),
    "macros.ods": (
        lambda: open_document(open_cell(), **{"Basic/Standard/Module1.xml": "<script/>"}),
        {Refusal.MACROS},
    ),
    "scripts.ods": (
        lambda: open_document(open_cell(), **{"Scripts/python/run.py": "pass"}),
        {Refusal.MACROS},
    ),
    "links.ods": (
        lambda: open_document(open_cell(**{"table:formula": "of:=['file:///a.ods'#$A.A1]"})),
        {Refusal.EXTERNAL_LINKS},
    ),
    "linked_sheet.ods": (
        lambda: open_document('<table:table-source xlink:href="http://host/a.ods"/>' + open_cell()),
        {Refusal.EXTERNAL_LINKS, Refusal.DAMAGED},
    ),
    "locked.ods": (
        lambda: open_document("", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        {Refusal.ENCRYPTED},
    ),
    "unsaved.ods": (
        lambda: open_document(
            open_cell() + "<table:table-row><table:table-cell"
            ' table:formula="of:=[.A1]*2"/></table:table-row>' + open_cell()
        ),
        {Refusal.UNSAVED},
    ),
    "repeated.ods": (repeated_cells, {Refusal.CELLS}),
    "merged_millions.ods": (
        lambda: open_document(open_cell(**{"table:number_columns_spanned": "2"}) * 30_000),
        {Refusal.MERGED},
    ),
    "long_text.ods": (
        lambda: open_document(open_cell("统计" * 60_000, "", **{"office:value_type": "string"})),
        {Refusal.LONG_TEXT},
    ),
    "zip_bomb.ods": (lambda: open_document(" " * (6 * MEGABYTE)), {Refusal.INFLATES}),
    "laughs.ods": (
        lambda: open_document(open_cell("&a;"), '<!DOCTYPE x [<!ENTITY a "ha">]>'),
        {Refusal.ENTITIES},
    ),
    "cut.ods": (lambda: open_document(open_cell())[:-30], {Refusal.DAMAGED}),
    "macros.xlsb": (lambda: binary(**{"xl/vbaProject.bin": b"\0" * 64}), {Refusal.MACROS}),
    "macro_sheet.xlsb": (
        lambda: binary(**{"xl/macrosheets/sheet1.bin": b"\0"}),
        {Refusal.MACROS},
    ),
    "links.xlsb": (
        lambda: binary(**{"xl/externalLinks/externalLink1.bin": b"\0"}),
        {Refusal.EXTERNAL_LINKS},
    ),
    "zip_bomb.xlsb": (
        lambda: binary(**{"xl/worksheets/sheet1.bin": bytes(6 * MEGABYTE)}),
        {Refusal.INFLATES},
    ),
    "far_cell.xlsb": (far_record, {Refusal.FAR_CELL, Refusal.MEMORY}),
    "cut_record.xlsb": (
        lambda: binary(**{"xl/worksheets/sheet1.bin": b"\x05\xff\xff\x7f"}),
        {Refusal.DAMAGED},
    ),
    "no_book.xlsb": (lambda: packed({"xl/workbook.bin": b"\0"}), {Refusal.DAMAGED}),
    "letter.docx": (lambda: packed({"word/document.xml": "<w/>"}), {Refusal.NOT_A_TABLE}),
    "pictures.zip": (lambda: packed({"a.png": b"\x89PNG"}), {Refusal.NOT_A_TABLE}),
    "setup.xlsx": (renamed(b"MZ\x90\0"), {Refusal.NOT_A_TABLE}),
    "report.pdf": (renamed(b"%PDF-1.7\n"), {Refusal.NOT_A_TABLE}),
    "scan.png": (renamed(b"\x89PNG\r\n\x1a\n"), {Refusal.NOT_A_TABLE}),
    "xml_2003.xls": (
        lambda: (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        ),
        {Refusal.OTHER_SPREADSHEET},
    ),
    "page.xls": (lambda: nested("div", 200_000), {Refusal.NOT_A_TABLE}),
    "nested_tables.xls": (lambda: nested("table><tr><td", 100_000), {Refusal.DAMAGED}),
    "spans.xls": (spans, {Refusal.CELLS}),
    "commas.csv": (lambda: b"1," * (8 * MEGABYTE), {Refusal.CELLS}),
    "short_rows.csv": (lambda: b"1\n" * (8 * MEGABYTE), {Refusal.CELLS}),
    "long_line.csv": (lambda: b"a,b\n" + b"x" * MEGABYTE, {Refusal.LONG_TEXT}),
    "open_quote.csv": (lambda: b'a,"b\n' + b"x" * MEGABYTE, {Refusal.LONG_TEXT}),
    "bytes.csv": (renamed(b"\xff\x80"), {Refusal.BINARY}),
    "zeros.csv": (lambda: bytes(4096), {Refusal.EMPTY}),
    "empty.csv": (lambda: b"", {Refusal.EMPTY}),
    "large.csv": (lambda: b"1" * (FILE_MEGABYTES * MEGABYTE + 1), {Refusal.SIZE}),
}
"""By name: how to make it, and the reasons it may be refused for."""
