"""Large books are read in a process of its own: to the same result, and within limits."""

from __future__ import annotations

import pytest

from data.workbook.open.limits import Limits
from data.workbook.open.opening import WorkbookRefused, open_book
from data.workbook.open.refusal import Refusal
from data.workbook.read import within_limits
from data.workbook.read.interpret import read
from data.workbook.read.within_limits import READ_IN_PLACE, read_within_limits
from data.workbook.reading import Context
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE

CONTEXT = Context(catalogue=CATALOGUE, areas=AREAS, area="CN", month=Month(2026, 12))
HEAD = "指标,2026年1-9月累计,同比增长(%)\n地区生产总值,1067300,4.9\n"


def lines(count: int) -> bytes:
    """Return a table of labels that nobody knows."""
    labels = (f"某项指标{number}号,{number % 97}.5,{number % 9}.1" for number in range(count))
    return (HEAD + "\n".join(labels)).encode()


def test_a_process_reads_what_is_read_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    book = open_book("a.csv", lines(20))
    here = read_within_limits(book, CONTEXT, {})
    monkeypatch.setattr(within_limits, "READ_IN_PLACE", 0)

    assert read_within_limits(book, CONTEXT, {}) == here == read(book, CONTEXT, {})


@pytest.mark.parametrize(
    ("may_use", "refusal"),
    [
        (Limits(processor=1), Refusal.TIME),
        (Limits(wall=0.5), Refusal.TIME),
        (Limits(output=1), Refusal.MEMORY),
    ],
)
def test_one_that_takes_too_much_is_ended_with_the_reason(
    may_use: Limits, refusal: Refusal
) -> None:
    # Where time ends it, several times what any machine reads in that time.
    rows = 6 * READ_IN_PLACE if refusal is Refusal.TIME else READ_IN_PLACE // 3 + 1
    book = open_book("a.csv", lines(rows))

    with pytest.raises(WorkbookRefused) as refused:
        read_within_limits(book, CONTEXT, {}, may_use)

    assert refused.value.refusal is refusal
