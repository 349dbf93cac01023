"""A workbook understood: grid, tables, header trees, records, questions.

Every sheet becomes a grid of cells told apart by their looks, its rows are gathered into tables,
and each table gets a header tree that says of every figure cell what the texts around say. Of these
cells records are made, and of what neither the file nor the store tells, questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import dropwhile, takewhile
from operator import attrgetter
from pathlib import PurePath
from struct import Struct
from typing import NamedTuple

from data.workbook.book import Book, Cell, Place, Sheet
from data.workbook.check.checks import checked
from data.workbook.open.garbage_collector import without_collection
from data.workbook.open.text_file import ENCODINGS
from data.workbook.questions import MOST_PLACES, Answers, Asked, Option, Question
from data.workbook.read.dated_labels import TextReader, shown
from data.workbook.read.header_tree import FigureCell, HeaderTree, without_remarks
from data.workbook.read.records import Omitted, Records, note_periods, omitted_remarks
from data.workbook.read.titles import (
    LINE_RULES,
    LineReader,
    Lines,
    LinesAround,
    places_of_book,
    titles_carried_down,
)
from data.workbook.reading import Context, ReadFigure, Reading, Remark
from data.workbook.tables.find_tables import Table, is_contents, tables
from data.workbook.tables.grid import CellKind, Grid
from data.workbook.tables.short_periods import written_out
from data.workbook.words.labels import Label
from data.workbook.words.normalise import compact, plain
from data.workbook.words.periods import find_period, find_year
from data.workbook.words.places import Places

_FURTHEST_HEAD = 2000
"""Rows above a cell in which the head of its column is looked for."""
_HASHES = Struct("16I")
NO_LABELS = "00" * 16
_MOST_LINES = 20
"""Lines of a title, and as many just above the table, that are read."""


@without_collection()
def read(book: Book, context: Context, given: Mapping[str, str]) -> Reading:
    """Understand a workbook.

    Parameters
    ----------
    given
        Options by question id, of this reading or an earlier one of the same file. An answer
        may raise the next question.

    Returns
    -------
    Reading
        For any book; one without figures has none.
    """
    places = Places(context.areas, context.area)
    sheets = _ReadSheets(book, context, places)
    note_periods(sheets.cells)
    shape = shape_of(sheets.labels)
    answers = Answers(given, context.remembered, shape, {})
    records = Records(context, answers, sheets.cells, places)
    if likely := records.likely():  # made again, so that open questions stand at these
        answers = Answers(given, context.remembered, shape, likely)
        records = Records(context, answers, sheets.cells, places)
    compared = checked(_encoded(book, answers, records.figures, sheets), context, answers)
    return Reading(
        figures=compared.figures,
        questions=_headed(answers.questions(), book),
        answered=answers.used(),
        recalled=frozenset(answers.recalled),
        remarks=(
            *omitted_remarks([*records.omitted, *sheets.omitted]),
            *_hidden_remarks(book, compared.figures),
            *compared.remarks,
        ),
        refused=tuple(records.refused),
        indicators=tuple(records.subjects.added.values()),
        shape=shape,
        optional=_headed(answers.optional(), book),
        areas=records.subjects.areas,
    )


def _hidden_remarks(book: Book, figures: Sequence[ReadFigure]) -> Iterator[Remark]:
    """Yield which figures of every sheet were read from rows and columns that it does not show."""
    for sheet in book.sheets:
        for code, hidden, of in (
            ("hidden_rows", sheet.hidden_rows, attrgetter("row")),
            ("hidden_columns", sheet.hidden_columns, attrgetter("column")),
        ):
            if not hidden:
                continue
            places = [
                figure.place
                for figure in figures
                if figure.place.sheet == sheet.name and of(figure.place) in hidden
            ]
            if places:
                lines = len(set(map(of, places)))
                values = {"names": (sheet.name,), "lines": lines, "count": len(places)}
                yield Remark(code, tuple(places[:MOST_PLACES]), values)


def _headed(questions: Sequence[Question], book: Book) -> tuple[Question, ...]:
    """Return questions with the head of the row and of the column of their first cell."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    return tuple(
        replace(
            question,
            row=_head_of_row(_row(sheets[place.sheet], place.row)[: place.column - 1]),
            column=next(filter(None, map(_lettered, _above(sheets[place.sheet], place))), ""),
        )
        if (place := next(iter(question.places), None)) and place.sheet in sheets
        else question
        for question in questions
    )


def _row(sheet: Sheet, number: int) -> Sequence[Cell]:
    return sheet.rows[number - 1] if 1 <= number <= len(sheet.rows) else ()


def _above(sheet: Sheet, place: Place) -> Iterator[Cell]:
    for number in range(place.row - 1, max(place.row - _FURTHEST_HEAD, 0), -1):
        yield next(iter(_row(sheet, number)[place.column - 1 : place.column]), None)


def _head_of_row(cells: Sequence[Cell]) -> str:
    """Return the first of the texts that stand together nearest before a cell.

    After it may come a unit.
    """
    before = dropwhile(lambda cell: not _lettered(cell), reversed(cells))
    together = [*takewhile(bool, map(_lettered, before))]
    return together[-1] if together else ""


def _lettered(cell: Cell) -> str:
    """Return a text with a letter in it, else nothing; a number in quotes is no head."""
    text = plain(cell) if isinstance(cell, str) else ""
    return text if any(map(str.isalpha, text)) else ""


class _Parted(NamedTuple):
    """A sheet parted into tables.

    Attributes
    ----------
    above
        What the lines above each table say.
    named
        What its name and all its lines say, the name first.
    contents
        Whether it is a page of contents, which holds no figures.
    """

    grid: Grid
    tables: Sequence[Table]
    above: Sequence[Lines]
    named: Sequence[Lines]
    contents: bool


class _ReadSheet(NamedTuple):
    """What was read of a sheet; ``unread`` where it holds numbers and no figure was found."""

    cells: Sequence[FigureCell]
    labels: Sequence[str]
    unread: bool

    def of_others(self, places: Places) -> Sequence[Label]:
        """Return the labels of its figures that are of another place, if each names one.

        A bulletin of ours compares it with its parts and with what it lies in.
        """
        every = (cell.label for cell in self.cells)
        if not all(label.area or label.place or label.left_out for label in every):
            return ()
        labels = {id(cell.label): cell.label for cell in self.cells}.values()
        return [
            label
            for label in labels
            if not (label.left_out or places.in_line_with_own(label.area, label.place))
        ]


class _ReadSheets:
    """The figure cells of a book, its labels, and the sheets of which nothing is read."""

    def __init__(self, book: Book, context: Context, places: Places) -> None:
        self._places = places
        self._texts = TextReader(context.catalogue, self._places)
        self._reader = LineReader(self._texts, self._places)
        self._file = self._reader.name(PurePath(book.file).stem, status=True)
        hidden, shown = [], []
        for sheet in book.sheets:
            if sheet.hidden and any(not other.hidden for other in book.sheets):
                hidden.append(Omitted("sheets_hidden", sheet.name))
            else:
                shown.append(self._parted(sheet))
        read = self._read_with_places(shown)
        self.cells = [cell for sheet in read for cell in sheet.cells]
        self.labels = [text for sheet in read for text in sheet.labels]
        unread = [
            Omitted("sheets_unread", sheet.grid.sheet.name)
            for sheet, found in zip(shown, read, strict=True)
            if found.unread
        ]
        self.omitted = [(why, None) for why in (*hidden, *unread)]

    @property
    def understood(self) -> bool:
        """Whether any word in the file was: its encoding is no longer in doubt then."""
        return any(
            cell.label.ids or cell.label.area or cell.period or cell.label.units
            for cell in self.cells[:1000]
        )

    def _parted(self, sheet: Sheet) -> _Parted:
        """Return the tables of a sheet and what the lines above them say."""
        grid, reader = Grid(*written_out(sheet)), self._reader
        found = tables(grid)
        contents = [table for table in found if table.body and is_contents(grid, table)]
        parts = [
            without_remarks(grid, table, self._texts)
            for table in found
            if not any(table is one for one in contents)
        ]
        above = [reader.above(_texts(grid, table, table.lines)) for table in parts]
        named = (
            reader.name(sheet.name),
            *above,
            *(
                reader.above([text])
                for table in contents
                for text in _texts(grid, table, [*table.lines, *table.body])
            ),
        )
        return _Parted(grid, parts, above, named, bool(contents))

    def _read_with_places(self, sheets: Sequence[_Parted]) -> list[_ReadSheet]:
        """Read sheets; those that name no place again where the others name any but ours."""
        read = [self._read(sheet, ()) for sheet in sheets]
        labels = [
            label
            for sheet, found in zip(sheets, read, strict=True)
            for label in (*(line.label for line in sheet.named), *found.of_others(self._places))
        ]
        if not (places := places_of_book(labels, self._places)):
            return read
        return [
            found if all(cell.label.area or cell.label.place for cell in found.cells)
            else self._read(sheet, places)
            for sheet, found in zip(sheets, read, strict=True)
        ]  # fmt: skip

    def _read(self, sheet: _Parted, places: Sequence[str]) -> _ReadSheet:
        """Read a sheet of a book that names places other than ours."""
        grid, reader, parts = sheet.grid, self._reader, sheet.tables
        notes = reader.below([text for part in parts for text in _texts(grid, part, part.notes)])
        around = LinesAround(grid.sheet.name, notes, sheet.named[0], self._file, places)
        cells: list[FigureCell] = []
        labels: list[str] = []
        titles, numbered = Lines(), False
        for table, above in zip(parts, sheet.above, strict=True):
            titles = lines = titles_carried_down(above, titles)
            if not table.body:
                continue
            for rule in LINE_RULES:
                lines = rule(lines, around)
            tree = HeaderTree(self._texts, self._places, grid, table, lines)
            cells += tree.figure_cells()
            labels += tree.texts
            numbered = numbered or tree.numbered
        if not any(table.body for table in parts):
            numbered = sum(kinds.count(CellKind.NUMBER) for kinds in grid.kinds) > 1
        return _ReadSheet(cells, labels, numbered and not cells and not sheet.contents)


def _texts(grid: Grid, table: Table, rows: Sequence[int]) -> list[str]:
    """Return the texts of rows above or below a table."""
    if len(rows) > 2 * _MOST_LINES:
        rows = [*rows[:_MOST_LINES], *rows[-_MOST_LINES:]]
    return [text for row in rows for text in _line_texts(grid, table, row)]


def _line_texts(grid: Grid, table: Table, row: int) -> list[str]:
    """Return the texts of a row, what a form asks with what was filled in on its right."""
    texts: list[str] = []
    for column in grid.filled(row, table.left, table.right):
        text = plain(shown(grid.cell(row, column)))
        if texts and texts[-1][-1:] == ":" and text[-1:] != ":":
            texts[-1] += text
        else:
            texts.append(text)
    return texts


def _encoded(
    book: Book, answers: Answers, figures: list[ReadFigure], sheets: _ReadSheets
) -> Sequence[ReadFigure]:
    """Ask which encoding shows the text as it should be, where nothing shows that this one does.

    Text that is no UTF-8 is in doubt, but no longer once its labels were understood.
    """
    if not book.encoding or book.encoding_certain or (sheets.understood and not _damaged(book)):
        return figures
    names = dict.fromkeys((book.encoding, *ENCODINGS))
    question = answers.ask(
        Asked.ENCODING, options=[Option.of("encoding", name) for name in names],
        found=book.encoding, suggested=Option("encoding", book.encoding).id,
    )  # fmt: skip
    question.always = True
    for figure in figures:
        question.decides(figure.place)
    if question.choice.value != book.encoding:
        question.answer = None  # the file has to be opened again with the encoding chosen
    if not question.open:
        return figures
    return [replace(figure, doubts=(*figure.doubts, question.id)) for figure in figures]


def _damaged(book: Book) -> bool:
    """Return whether characters were lost: the text was cut, or is in another encoding."""
    return any(
        isinstance(cell, str) and "\ufffd" in cell
        for sheet in book.sheets
        for row in sheet.rows
        for cell in row
    )


def shape_of(texts: Sequence[str]) -> str:
    """Return a sketch of labels that does not change with periods, numbers or their order.

    Each of its bytes is of the least of all hashes of a label (Broder 1997, "On the resemblance
    and containment of documents"): two files share as many of them as they share labels, and a
    bulletin with one row more is still the same bulletin.
    """
    hashes = (_HASHES.unpack(blake2b(label.encode()).digest()) for label in _bare_labels(texts))
    least = list(map(min, zip(*hashes, strict=True)))
    return bytes(value & 0xFF for value in least).hex() or NO_LABELS


def _bare_labels(texts: Sequence[str]) -> Iterator[str]:
    """Yield labels without their period and without digits."""
    for text in dict.fromkeys(texts):
        found = find_period(text) or find_year(text)
        rest = found[1] if found else text
        if bare := "".join(letter for letter in compact(rest) if not letter.isdigit()):
            yield bare
