"""What a Word document needs beyond python-docx: its own styles, fonts, grid, fields and borders.

And fixed bytes: the same text gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from string import Template
from typing import cast
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Written
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_STYLES = Path(__file__).parent / "brief_styles.xml"
_FONTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_LEFT_OUT = ("stylesWithEffects", "customXml", "fontTable", "webSettings", "numbering")
"""Parts of the template of python-docx that a document with its own styles does not need."""
_EPOCH = (1980, 1, 1, 0, 0, 0)

Values = Mapping[str, str | int]


def new_document(styles: Values, fonts: Iterable[tuple[str, str]]) -> Written:
    """Return an empty document.

    Parameters
    ----------
    styles
        What fills ``brief_styles.xml``.
    fonts
        East Asian fonts, each with those that may stand for it, separated by commas.
    """
    document = Document()
    part = document.part
    for key, relation in list(part.rels.items()):
        if relation.reltype.rpartition("/")[2] in _LEFT_OUT:
            part.rels.pop(key)
    package = part.package
    assert package is not None
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package.rels.pop(key)
    table = Part(PackURI("/word/fontTable.xml"), _FONTS, _font_table(fonts), package)
    part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    written = Template(_STYLES.read_text(encoding="utf-8")).substitute(styles)
    own, shown = cast(BaseOxmlElement, document.styles.element), parse_xml(written)
    own[:] = list(shown)
    _settings(document)
    return document


def _font_table(fonts: Iterable[tuple[str, str]]) -> bytes:
    """Return the part that names what may stand for a font that a machine lacks."""
    entries = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in dict(fonts).items()
    )
    written = f"<w:fonts {nsdecls('w')}>{entries}</w:fonts>"
    return f'<?xml version="1.0" encoding="UTF-8"?>{written}'.encode()


def _settings(document: Written) -> None:
    """Say that it is Chinese, and of today's Word: older ones would be opened as compatible."""
    settings = cast(BaseOxmlElement, document.settings.element)
    for name in ("w:savePreviewPicture", "w:themeFontLang", "w:rsids"):
        for element in settings.findall(qn(name)):
            settings.remove(element)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def element(name: str, **values: str | int) -> BaseOxmlElement:
    """Return an element of WordprocessingML with its attributes."""
    made = cast(BaseOxmlElement, OxmlElement(f"w:{name}"))
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def run(paragraph: Paragraph, text: str, *, strong: bool = False, chinese: bool = True) -> Run:
    """Add a run; in Chinese, quotation marks and dashes are as wide as its characters."""
    added = paragraph.add_run(text)
    added.bold = True if strong else None
    if chinese:
        properties = added._r.get_or_add_rPr()
        properties.insert(0, element("rFonts", hint="eastAsia"))
    return added


def field(paragraph: Paragraph, code: str) -> None:
    """Add a field that the reader's program fills, such as the number of the page."""
    for kind in ("begin", "separate", "end"):
        added = paragraph.add_run()
        added._r.append(element("fldChar", fldCharType=kind))
        if kind == "begin":
            asked = paragraph.add_run()
            instruction = element("instrText")
            instruction.text = code
            asked._r.append(instruction)
        elif kind == "separate":
            paragraph.add_run("1")


def rule(paragraph: Paragraph, *, colour: str, eighths: int) -> None:
    """Draw a line below a paragraph; ``eighths`` of a point is its weight."""
    border = element("pBdr")
    border.append(element("bottom", val="single", sz=eighths, space=4, color=colour))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


_TABLE_ORDER = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize",
    "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd",
    "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
)  # fmt: skip
"""Of a table's properties, as the schema has them."""


def set_table_property(table: Table, made: BaseOxmlElement) -> None:
    """Set a property of a table at the place where the schema has it."""
    properties = table._tbl.tblPr
    name = made.tag.rpartition("}")[2]
    for old in properties.findall(made.tag):
        properties.remove(old)
    later = _TABLE_ORDER[_TABLE_ORDER.index(name) + 1 :]
    properties.insert_element_before(made, *(f"w:{tag}" for tag in later))


def at_page_bottom(table: Table) -> None:
    """Put a table at the foot of the page that it is on."""
    place = element(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        topFromText=240,
        vertAnchor="margin",
        horzAnchor="margin",
        tblpX=0,
        tblpYSpec="bottom",
    )
    set_table_property(table, place)


def grid(sheet: Section, *, line: int, character: int) -> None:
    """Set a page on a grid: twips of a line, 4096ths of a point that characters are wider by."""
    properties = sheet._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    made = element("docGrid", type="linesAndChars", linePitch=line, charSpace=character)
    properties.append(made)


def written(document: Written) -> bytes:
    """Return the file; its parts carry no time of writing."""
    made, fixed = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as parts, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in parts.namelist():
            target.writestr(ZipInfo(name, _EPOCH), parts.read(name), ZIP_DEFLATED)
    return fixed.getvalue()
