"""Which fields the row of a project tells: the others stay as they are where it is known."""

from __future__ import annotations

from data.projects.fields import Field
from tests.data.projects.sheets import pasted


def test_a_row_tells_the_fields_of_its_columns_be_their_cells_empty_or_not() -> None:
    read = pasted(
        """
        项目编号|项目名称|责任单位|2026年计划投资(亿元)|2027年计划投资(亿元)
        1|甲||1.5|
        """
    )

    assert [row.gives for row in read.rows] == [
        {
            (Field.ID, 0),
            (Field.NAME, 0),
            (Field.OWNER, 0),
            (Field.COMPLETION, 2026),
            (Field.COMPLETION, 2027),
        }
    ]


def test_a_cell_that_cannot_be_read_tells_nothing() -> None:
    read = pasted(
        """
        项目编号|项目名称|开工时间|开工概率|2026年计划投资(亿元)
        1|甲|明年|70%|很多
        2|乙|2026年四季度|难说|2
        """
    )

    first, second = ({field for field, _ in row.gives} for row in read.rows)
    assert first == {Field.ID, Field.NAME, Field.START_PROBABILITY}
    assert second == {Field.ID, Field.NAME, Field.STARTED, Field.COMPLETION}


def test_a_planned_start_is_told_apart_from_the_actual_one() -> None:
    read = pasted(
        """
        项目名称|计划开工时间|实际开工时间
        甲|2026年四季度|不详了
        乙||不详了
        """
    )

    assert [(Field.STARTED, 0) in row.gives for row in read.rows] == [False, False]
    assert [(Field.START_PLANNED, 0) in row.gives for row in read.rows] == [True, True]
