"""What the words around a name say: 累计, 同比增长, 可比价, 快报, 上年同期."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from data.workbook.words.periods import Reach
from forecasting.figures.indicator import PriceBasis, Status


class Role(StrEnum):
    """What a column or row is for; only the first three hold figures of ours."""

    LEVEL = "level"  # 本期累计, 绝对值, 完成额
    GROWTH = "growth"  # 增速, 同比±%
    LAST_YEAR = "last_year"  # 上年同期
    VALUE = "value"  # 数值, of a long table

    CHANGE = "change"  # 增减额: a difference of two levels
    PACE = "pace"  # 增速比上月加快: a difference of two rates
    CHAIN = "chain"  # 环比: against the quarter or month before
    RANK = "rank"  # 排名
    TARGET = "target"  # 年度目标, 计划
    PROGRESS = "progress"  # 完成进度, 占全年目标%
    SHARE = "share"  # 占比, 比重
    CONTRIBUTION = "contribution"  # 拉动, 贡献率
    AVERAGE = "average"  # 两年平均增速

    AREA = "area"
    INDICATOR = "indicator"
    MEASURE = "measure"
    UNIT = "unit"
    PERIOD = "period"
    STATUS = "status"
    PRICE = "price"
    COVERAGE = "coverage"
    CURRENCY = "currency"
    FREQUENCY = "frequency"
    NUMBER = "number"
    CODE = "code"
    SOURCE = "source"
    NOTE = "note"
    UNKNOWN = "unknown"  # words that are none of ours: 民间, 重点企业
    DAY = "day"  # a day, of publication perhaps, is no period
    HEADLESS = "headless"  # nothing stands above


FIGURES = frozenset({Role.LEVEL, Role.GROWTH, Role.LAST_YEAR, Role.VALUE})
"""Roles whose cells are figures; those of every other role are none of ours."""


@dataclass(frozen=True, slots=True)
class Said:
    """What words say; None or False where they say nothing of it."""

    role: Role | None = None
    growth: bool | None = None
    reach: Reach | None = None
    price: PriceBasis | None = None
    coverage: str | None = None
    currency: str | None = None
    status: Status | None = None
    index: bool = False
    of_which: bool = False
    last_year: bool = False

    def __or__(self, other: Said) -> Said:
        """Return both; where they differ the first, of two roles the later one of the list."""
        if other == _NOTHING:
            return self
        both: dict[str, Any] = {}
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            both[field.name] = theirs if mine is None or mine is False else mine
        roles = [role for role in (self.role, other.role) if role is not None]
        both["role"] = max(roles, key=list(Role).index, default=None)
        # 完成额增速 is growth, whichever word comes first.
        told = [growth for growth in (self.growth, other.growth) if growth is not None]
        both["growth"] = any(told) if told else None
        return Said(**both)


_NOTHING = Said()
