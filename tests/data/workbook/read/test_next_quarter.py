"""A bulletin of 39 sheets, and the same one a quarter later with a row more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.workbook.open.opening import open_book
from data.workbook.questions import Question
from data.workbook.read.area_and_indicator import NEW
from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading
from data.workbook.review import review
from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Month
from tests.data.workbook.test_by_others import FOLDER
from tests.data.workbook.test_corpus import seeds


def read_of(month: int, context: Context, answers: Mapping[str, str]) -> Reading:
    file = FOLDER / "b_bulletin" / f"临汾统计月报2026年{month}月.xlsx"
    return read(open_book(file.name, file.read_bytes()), context, answers)


def answered(
    month: int, context: Context, *, named: bool = False
) -> tuple[list[Question], list[Question], Reading]:
    """Return the questions, the names that may be added, and the reading with all answered.

    ``named`` adds every name that may be.
    """
    reading = first = read_of(month, context, {})
    answers: dict[str, str] = {}
    asked: dict[str, Question] = {}
    while waiting := [
        entry
        for entry in (*reading.open, *(reading.optional if named else ()))
        if entry.id not in answers
    ]:
        asked |= {entry.id: entry for entry in reading.open}
        answers |= {entry.id: answer_to(entry, named=named) for entry in waiting}
        reading = read_of(month, context, answers)
    return [*asked.values()], [*first.optional], reading


def answer_to(entry: Question, *, named: bool) -> str:
    """Return the most probable option, or the new name where every one is added."""
    new = [option.id for option in entry.options if option.code == NEW and named]
    return (new or [entry.suggested or entry.options[0].id])[0]


def two_bulletins(*, named: bool) -> tuple[list[Question], ...]:
    """Return what March's asked and offered, and June's."""
    known = {figure.key: figure for figure in seeds().observations}
    context = Context(seeds().catalogue, seeds().areas, "CN-SX-LF", Month(2026, 12), known)
    asked, offered, reading = answered(3, context, named=named)
    draft = review(reading, known, 1).draft("王工", "", {})
    later = replace(
        context,
        catalogue=Catalogue.of([*seeds().catalogue.indicators.values(), *reading.indicators]),
        areas=(*context.areas, *reading.areas),
        known=known | {figure.key: figure for figure in draft.observations},
        remembered=draft.answers,
    )
    again, offered_again, second = answered(6, later, named=named)
    assert len(second.figures) > 0.98 * len(reading.figures)
    return asked, offered, again, offered_again


def test_the_next_bulletin_asks_little_where_every_name_was_added() -> None:
    """One label of several sheets is one indicator, and which sheet holds is asked once."""
    asked, _, again, offered_again = two_bulletins(named=True)

    assert len(asked) == 17
    assert [str(entry.code) for entry in again] == ["status", "twice", "twice", "twice"]
    assert {entry.found for entry in offered_again} == {"光伏电池"}


def test_the_next_bulletin_asks_for_its_status_and_offers_the_new_row() -> None:
    asked, offered, again, offered_again = two_bulletins(named=False)

    names, names_again = ({entry.found for entry in found} for found in (offered, offered_again))
    assert (len(asked), len(names)) == (6, 104)
    assert [str(entry.code) for entry in again] == ["status"]
    assert names_again - names == {"光伏电池"}
