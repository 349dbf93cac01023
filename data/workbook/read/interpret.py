"""A workbook understood: every figure in it, and what only a person can tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.workbook.book import Book
from data.workbook.check.doubts import doubts
from data.workbook.open.garbage_collector import without_collection
from data.workbook.read.asking import Asking, Pending
from data.workbook.read.places import Places
from data.workbook.read.settle import Settler, evidence
from data.workbook.read.sheets import Finder
from data.workbook.reading import Asked, Context, Option, ReadFigure, Reading
from data.workbook.tables.shape import shape_of

_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")


@without_collection()
def read(book: Book, context: Context, answers: Mapping[str, str]) -> Reading:
    """Understand a workbook.

    Parameters
    ----------
    answers
        Options by question id, of this reading or an earlier one of the same file. An answer
        may raise the next question.

    Returns
    -------
    Reading
        For any book; one without figures has none.
    """
    places = Places(context.areas, context.area)
    finder = Finder(context.catalogue, places)
    finder.read(book)
    shape = shape_of(finder.texts)
    evidence(finder.findings)
    asking = Asking(answers, context.remembered, shape, {})
    settler = Settler(context, asking, finder.findings)
    if likely := settler.likely():  # settled again, so that open questions stand at these
        asking = Asking(answers, context.remembered, shape, likely)
        settler = Settler(context, asking, finder.findings)
    figures = _encoded(book, asking, settler.figures, finder.understood)
    for name in finder.hidden:
        settler.left.sheet(name, "sheets_hidden")
    for name in finder.unread:
        settler.left.sheet(name, "sheets_unread")
    compared = doubts(figures, context, answers)
    questions = (*asking.questions(), *compared.questions)
    given = {
        entry.id: answers[entry.id]
        for entry in compared.questions
        if answers.get(entry.id) in {option.id for option in entry.options}
    }
    return Reading(
        figures=compared.figures,
        questions=questions,
        answered=asking.answered() | given,
        recalled=frozenset(asking.recalled),
        remarks=(*settler.left.remarks(), *compared.remarks),
        refused=tuple(settler.refused),
        indicators=tuple(settler.namer.added.values()),
        shape=shape,
        optional=asking.optional(),
    )


def _encoded(
    book: Book, asking: Asking, figures: list[ReadFigure], understood: bool
) -> Sequence[ReadFigure]:
    """Ask which encoding shows the text as it should be, where nothing shows that this one does.

    Text that is no UTF-8 is in doubt, but no longer once its labels were understood.
    """
    if not book.encoding or book.encoding_certain or (understood and not _damaged(book)):
        return figures
    names = dict.fromkeys((book.encoding, *_ENCODINGS))
    pending: Pending = asking.ask(
        Asked.ENCODING, options=[Option.of("encoding", name) for name in names],
        found=book.encoding, suggested=Option("encoding", book.encoding).id,
    )  # fmt: skip
    pending.always = True
    for figure in figures:
        pending.of(figure.place)
    if pending.choice.value != book.encoding:
        pending.answer = None  # the file has to be opened again with the encoding chosen
    if not pending.open:
        return figures
    return [
        ReadFigure(entry.observation, entry.place, entry.found, (*entry.doubts, pending.id))
        for entry in figures
    ]


def _damaged(book: Book) -> bool:
    """Return whether characters were lost: the text was cut, or is in another encoding."""
    return any(
        isinstance(cell, str) and "\ufffd" in cell
        for sheet in book.sheets
        for row in sheet.rows
        for cell in row
    )
