"""Make the templates of the brief for Word: ``python -m ui.report.render.brief_templates``.

They hold all that is the same in every brief: page, margins and grid, styles, what may stand for a
font, numbers of pages, and the foot with whom it goes to. Chinese is set as GB/T 9704 has it: 16
points on lines of 28, two characters in, 156 by 225 millimetres; English as English is set. A test
demands that the templates are what this program makes.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from string import Template
from typing import Any, cast
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Written
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from ui.report.render.brief_typography import TYPES, Type

INTO = Path(__file__).parent
_STYLES = Path(__file__).parent / "brief_styles.template.xml"
_FONTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_LEFT_OUT = ("stylesWithEffects", "customXml", "fontTable", "webSettings", "numbering", "thumbnail")
"""Parts of the template of python-docx that a document with its own styles does not need."""


def main() -> None:
    """Write the templates."""
    for language in TYPES:
        (INTO / f"brief-{language}.docx").write_bytes(template(language))


def template(language: str) -> bytes:
    """Return the template of a language; the same bytes each time."""
    kind, document = TYPES[language], Document()
    package = document.part.package
    assert package is not None
    for relations in (document.part.rels, package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _LEFT_OUT:
                relations.pop(key)
    fonts = Part(PackURI("/word/fontTable.xml"), _FONTS, _font_table(kind), package)
    document.part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
    _set_styles(document, kind)
    _set_settings(document)
    _set_page(document, kind)
    _add_foot(document, kind)
    made, fixed = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as parts, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in parts.namelist():
            target.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts.read(name), ZIP_DEFLATED)
    return fixed.getvalue()


def _font_table(kind: Type) -> bytes:
    entries = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in dict((kind.title, kind.body, kind.heading, kind.page)).items()
    )
    written = f"<w:fonts {nsdecls('w')}>{entries}</w:fonts>"
    return f'<?xml version="1.0" encoding="UTF-8"?>{written}'.encode()


def _set_styles(document: Written, kind: Type) -> None:
    values: dict[str, object] = {name: getattr(kind, name) for name in kind.__slots__}
    for font in ("title", "body", "heading", "page"):
        values[font] = getattr(kind, font)[0]
    values |= {"latin": "Times New Roman", "width": 156 * 1440 * 10 // 254}
    values["chars"] = 200 if kind.indent else 0
    values["smallindent"] = kind.small * 20 if kind.indent else 0
    shown = parse_xml(Template(_STYLES.read_text(encoding="utf-8")).substitute(values))
    own = cast(Any, document.styles.element)
    own[:] = list(cast(Any, shown))


def _set_settings(document: Written) -> None:
    """Say that it is Chinese, and of today's Word: older ones would be opened as compatible."""
    settings = cast(Any, document.settings.element)
    for name in ("w:savePreviewPicture", "w:themeFontLang", "w:rsids"):
        for one in settings.findall(qn(name)):
            settings.remove(one)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    document.settings.odd_and_even_pages_header_footer = True


def _set_page(document: Written, kind: Type) -> None:
    """Set the page, and number it at its outer edge, as both sides of a sheet are printed."""
    (sheet,) = document.sections
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.top_margin, sheet.bottom_margin = Mm(37), Mm(35)
    sheet.left_margin, sheet.right_margin = Mm(28), Mm(26)
    sheet.footer_distance, sheet.header_distance = Mm(22), Mm(20)
    sheet.different_first_page_header_footer = True
    for old in sheet._sectPr.findall(qn("w:docGrid")):
        sheet._sectPr.remove(old)
    if kind.grid:
        sheet._sectPr.append(parse_xml(kind.grid.format(nsdecls("w"))))
    sheet.header.is_linked_to_previous = sheet.even_page_header.is_linked_to_previous = False
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    for footer, side in (
        (sheet.first_page_footer, right),
        (sheet.footer, right),
        (sheet.even_page_footer, left),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        before, after = kind.page_number
        paragraph.add_run(before)
        _add_page_field(paragraph)
        paragraph.add_run(after)


def _add_page_field(paragraph: Paragraph) -> None:
    """Add the number of the page, which the reader's program fills in."""
    for inside in (
        '<w:fldChar {} w:fldCharType="begin"/>',
        "<w:instrText {}>PAGE</w:instrText>",
        '<w:fldChar {} w:fldCharType="separate"/>',
        "<w:t {}>1</w:t>",
        '<w:fldChar {} w:fldCharType="end"/>',
    ):
        paragraph.add_run()._r.append(cast(Any, parse_xml(inside.format(nsdecls("w")))))


def _add_foot(document: Written, kind: Type) -> None:
    """Add whom it goes to and how many are printed, both to fill in, at the foot of a page."""
    gap = document.add_paragraph(style="Brief Note")
    gap.paragraph_format.keep_with_next = True
    table = document.add_table(rows=2, cols=1, style="Brief Table")
    table.autofit = False
    for cell, text in zip(table.columns[0].cells, (kind.distribution, kind.copies), strict=True):
        cell.width = Mm(156)
        cell.paragraphs[0].style = "Brief End"
        cell.paragraphs[0].add_run(text)
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    place = (
        f'<w:tblpPr {nsdecls("w")} w:leftFromText="0" w:rightFromText="0" w:topFromText="240" '
        'w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="0" w:tblpYSpec="bottom"/>'
    )
    table._tbl.tblPr.insert(1, cast(Any, parse_xml(place)))  # behind its style


if __name__ == "__main__":
    main()
