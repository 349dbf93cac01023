"""Titles, unit lines and notes, names of sheets and files: what they say of a whole table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from data.areas.gazetteer import gazetteer
from data.workbook.read.dated_labels import (
    TextReader,
    frequency_of,
    published_by,
    without_name,
)
from data.workbook.words.heads import Head, head_of
from data.workbook.words.labels import NOTHING, Label, joined, qualifiers_of, without_numbering
from data.workbook.words.normalise import compact, plain
from data.workbook.words.periods import (
    Period,
    Reach,
    find_period,
    find_year,
    has_other_range,
    is_day,
)
from data.workbook.words.places import Places, may_be_place
from data.workbook.words.units import as_written, find_units
from forecasting.figures.indicator import Status

_PAIR = re.compile(r"^\s*([^:：=\s(（]{1,12})\s*[:：]\s*(.+)$")
_MADE_BY = re.compile(r"^(?:编制|制表|填报|填表|报送|编报|汇总|发布|提供)(?:单位|机构|部门)$")
_DATE_OF_FORM = re.compile(
    r"(?:有\s*效\s*期\s*(?:限|截?至|到)?|(?:制表|编制|填报|填表|报送|报出|上报|印发|编印|印制|打印|更新|发布|公布|导出)(?:时间|日期))"
    r"\s*:?\s*(?:19|20)[0-9]{2}(?:\s*年\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?"
    r"|(?P<dash>[-./])[0-9]{1,2}(?:(?P=dash)[0-9]{1,2})?(?![-0-9月]))(?:\s*前)?"
)
"""When a form was made, or until when it is in force: the time of no figure."""
_DATABASE = {"数据库", "DATABASE"}
_BY_AREA = re.compile(r"分省|分市|分地区|主要城市|BYPROVINCE|REGION|CITY|CITIES")
_BEFORE_FREQUENCY = re.compile(r"^.*?(?=[月季年]度)")
_STATUSES = (
    (Status.FLASH, re.compile(r"快报|内部(?:资料|数据|使用)|FLASH|PRELIMINARY")),
    (
        Status.PUBLISHED,
        re.compile(
            r"统计公报|统计年鉴|已公布|已发布|(?<![非未])公布数(?!据?[为是]准)|(?<!UN)(?<!NOT)(?<!NOTYET)PUBLISHED"
        ),
    ),
    (
        Status.ESTIMATE,
        re.compile(
            r"(?:预计|预测|预估)(?:完成|表|数|值|情况|增速|主要|$|[(\[【])|全年[^,。;]{0,12}预[计测估]|ESTIMATED|FORECASTS?\b"
        ),
    ),
)
_OF_TABLE = (
    r"(?:本表|以上|上述|表中|表内)?(?:所列|各项)?(?:数据|数字|指标)?(?:均|都)?(?:为|是|系)",
    r"(?:ALL|THESE)?(?:FIGURES|DATA)(?:ABOVE|INTHISTABLE)?ARE",
)
_STATUSES_OF_NOTES = tuple(
    (status, re.compile(rf"(?:{_OF_TABLE[0]}(?:{chinese})|{_OF_TABLE[1]}(?:{english}))\W*"))
    for status, chinese, english in (
        (
            Status.FLASH,
            "(?:内部|)(?:快报|初步|初步统计)(?:数|数据|数字)|内部数据",
            "FLASH|PRELIMINARY",
        ),
        (
            Status.PUBLISHED,
            "(?:已公布|正式公布|最终核实|年报|定案)(?:的|)(?:数|数据|数字)",
            "FINAL|PUBLISHED",
        ),
        (Status.ESTIMATE, "(?:预计|预测|估计)(?:数|数据|数字)", "ESTIMATES|ESTIMATED|FORECASTS"),
    )
)
"""A note of the status of a whole table; one of some indicators or of a year says none."""
_YTD = re.compile(r"累计|年初至今|年初以来|ACCUMULATED|CUMULATIVE|YEARTODATE|YTD")
_MONTH = re.compile(r"当月|单月|分月")
_QUARTER = re.compile(r"当季|单季|分季当季")
_GROWTH = re.compile(r"增速|增长率|同比增长|增长速度|增长情况|增幅|YOY|GROWTHRATES?|YEAR-ON-YEAR")
_LEVEL = re.compile(r"总量|绝对|完成额|完成值|及增|和增|与增|总值及")
_STATES = re.compile(r"(?:均|都)?(?:按|以(?!上)|为|系|采用|使用)")
_FORM = re.compile(r"(?:增长速度|增速|增长率|增长|绝对[值数额量]|总量)$")
_ALL = re.compile(
    r"(?:(?:本表|表中|以上|上述|各项|所有)?(?:数据|数字|指标)?)(?:的)?"
    r"(?:绝对[值数额量]|总量|增长速度|增长率|增长|增速|增幅)?"
)
"""Words of a note that is about all figures of a table."""
_NUMBERED = re.compile(r"^[^:：]{0,6}[:：]|^\s*\d+[.、]")
_FALLS = re.compile(r"([▲▼△▽↓])[”\"]?号?(?:表示|代表|为|指|是)(?:同比|增速)?为?(?:下降|减少|负|降)")
_NAME_NUMBERED = re.compile(r"^[0-9A-Za-z]{1,6}[-_.、 ]+(?=[\u3400-\u9fff]{2})")
"""Numbering before the name of a file or a sheet: 01_固定资产投资."""
_GROWS = re.compile(r"增[速长幅]")
_ABSOLUTE = re.compile(r"绝对|总量")
_RANKS = re.compile(
    r"(?<![及和与、,])(?:增速|总量|主要指标|)(?:位次|排位|排名|名次)(?:表|情况|一览|通报|$|[(\[【])"
)
_AROUND = tuple(
    re.compile(words)
    for words in (
        r"[(\[【](?:[^)\]】]*数据|[^)\]】]*(?:市|县|区|街道)[^)\]】]*)[)\]】]",
        r"(?:完成|增长|发展|主要)?情况(?:表|汇总|一览)?|汇总表?|统计表|一览表|表$|对比$|快报|月报",
        r"各(?:[县市区省地盟州旗乡镇村个]|街道|企业|园区|开发区)*|分(?:省|市|县|区|地区)",
        r"历[年月季]|分(?:[年月季]度?)|逐[年月季]|按[年月季]",
        r"^附?表(?:[一二三四五六七八九十0-9.、-]+|\s)",
    )
)
"""Words of a title that are not its indicator."""
_HUNDRED = re.compile(r"(?:[上去]年|同期|PRECEDINGYEAR|LASTYEAR|PREVIOUSYEAR)[^=]{0,12}=100")


@dataclass(frozen=True, slots=True)
class Lines:
    """What is said of a whole table.

    Attributes
    ----------
    label
        Only what a title can say; ``name`` and ``ids`` stay empty.
    indicator
        Names an indicator for tables whose rows and columns name none.
    place
        A place in the title that is none of the known areas.
    ranks
        Whether a title calls the whole table one of ranks.
    office
        The place of the office that made the table, unless it is ours or above us; or a
        database by areas, which some other line has to choose from.
    database
        Whether the national bureau's database wrote the table.
    notes
        Bases that a note states of the indicators it names.
    falls
        Marks such as ▲ that a note says stand for a fall.
    """

    label: Label = NOTHING
    period: Period | None = None
    year: int | None = None
    indicator: Label = NOTHING
    office: str = ""
    ranks: bool = False
    database: bool = False
    notes: tuple[Label, ...] = ()
    titles: tuple[str, ...] = ()
    falls: str = ""

    @property
    def inherited(self) -> Lines:
        """What holds for tables further down with titles of their own: when, where, status."""
        label = Label(area=self.label.area, place=self.label.place, status=self.label.status)
        return Lines(label, self.period, self.year, office=self.office, database=self.database)

    @property
    def dated(self) -> bool:
        """Whether it is said when figures are of."""
        return self.period is not None or self.year is not None

    @property
    def any_year(self) -> int | None:
        """The year that is named, with a period or alone."""
        return self.year or (self.period.year if self.period else None)


def both(near: Lines, far: Lines) -> Lines:
    """Return what lines of a table and of what surrounds it say, the nearer first."""
    return Lines(
        joined(near.label, far.label, far_away=True),
        near.period or far.period,
        near.any_year or far.any_year,
        near.indicator if near.indicator.named else far.indicator,
        near.office or far.office,
        near.ranks or far.ranks,
        near.database or far.database,
        (*near.notes, *far.notes),
        (*near.titles, *far.titles),
        near.falls + far.falls,
    )


@dataclass(slots=True)
class LinesAround:
    """What is said outside of a table: in notes of its sheet, in names, on the other sheets."""

    name: str
    notes: Lines
    sheet: Lines
    file: Lines
    places_of_book: Sequence[str]


def titles_carried_down(own: Lines, above: Lines) -> Lines:
    """Return lines with those of the table above: all, below own titles only when and where."""
    return both(own, above.inherited if own.titles else above)


def from_notes(lines: Lines, at: LinesAround) -> Lines:
    """Take what the notes of the sheet say."""
    return both(lines, at.notes)


def from_name_of_sheet(lines: Lines, at: LinesAround) -> Lines:
    """Take period, area and indicator from the name of the sheet."""
    return both(lines, at.sheet)


def from_name_of_file(lines: Lines, at: LinesAround) -> Lines:
    """Take period, area, indicator and status from the name of the file."""
    return both(lines, at.file)


def place_of_office(lines: Lines, at: LinesAround) -> Lines:
    """Take the place of the office that made the table where no title names one."""
    if not lines.office or lines.label.area or lines.label.place:
        return lines
    return replace(lines, label=replace(lines.label, place=lines.office))


def place_of_book(lines: Lines, at: LinesAround) -> Lines:
    """Take the one place that a book names where a sheet names none; of several one is asked for.

    So it is asked also where the one place is known: the sheet may be of another.
    """
    if lines.label.area or lines.label.place or not at.places_of_book:
        return lines
    several = len(at.places_of_book) > 1
    place, sheet = ("", at.name) if several else (at.places_of_book[0], "")
    return replace(lines, label=replace(lines.label, place=place, sheet=sheet))


def places_of_book(labels: Iterable[Label], places: Places) -> tuple[str, ...]:
    """Return the places that labels name, none where they are ours and those that ours lies in."""
    named = {
        _spelled_once(label.place) or label.area: label.place or places.name_of(label.area)
        for label in labels
        if label.area or label.place
    }
    ours = places.own in named and all(map(places.holds_own, named))
    return () if ours else tuple(named.values())


def _spelled_once(place: str) -> str:
    """Return the same for 忻州 and 忻州市."""
    found = gazetteer().named(compact(place))
    return found[0].id if found else compact(place)


LINE_RULES: tuple[Callable[[Lines, LinesAround], Lines], ...] = (
    from_notes,
    from_name_of_sheet,
    from_name_of_file,
    place_of_office,
    place_of_book,
)


def _statuses_of_note(text: str) -> Iterator[Status]:
    """Yield the statuses that a note says the figures of its table have."""
    for clause in re.split(r"[。;；，,]", _NUMBERED.sub("", plain(text))):
        key = compact(_NUMBERED.sub("", clause))
        yield from (status for status, said in _STATUSES_OF_NOTES if said.fullmatch(key))


class LineReader:
    """Reads lines, names of sheets, notes."""

    def __init__(self, texts: TextReader, places: Places):
        self._texts = texts
        self._places = places

    def above(self, texts: Sequence[str]) -> Lines:
        """Return what lines above a table say, the first of two that differ.

        A line that is nothing but a place says whose the table is, whatever a title above it
        names: it heads one of several tables, or a part of the place in the title.
        """
        lines = Lines()
        for text in texts:
            line = self._line(text)
            if whole := self._whole_place(text, line, lines.label):
                area, place = whole
                lines = replace(lines, label=replace(lines.label, area="", place=""))
                line = replace(line, label=replace(line.label, area=area, place=place))
            lines = both(lines, line)
        return lines

    def below(self, texts: Sequence[str]) -> Lines:
        """Return what notes say: status, where figures come from, bases of the indicators named."""
        statuses = {status for text in texts for status in _statuses_of_note(text)}
        lines = Lines(Label(status=statuses.pop() if len(statuses) == 1 else None))
        for text in texts:
            if marks := "".join(_FALLS.findall(text)):
                lines = both(lines, Lines(falls=marks))
            if pair := self._pair(text):
                lines = both(lines, pair)
            elif notes := self._note(text):
                lines = both(lines, Lines(notes=notes))
        return lines

    def name(self, name: str, status: bool = False) -> Lines:
        """Return of the name of a sheet or a file when, where and of which indicator it is.

        Parameters
        ----------
        status
            Whether the name may say it: a sheet called 快报 is one of a kind of table rather
            than of a kind of figure.
        """
        bare = _NAME_NUMBERED.sub("", name)
        lines = self.above([bare]) if bare else Lines()
        label = Label(
            area=lines.label.area, place=lines.label.place,
            status=lines.label.status if status else None,
        )  # fmt: skip
        return Lines(label, lines.period, lines.year, lines.indicator)

    def _line(self, text: str) -> Lines:
        text = _without_date_of_form(text)
        if pair := self._pair(text):
            return pair
        key = compact(text)
        period, year, rest = None, None, text
        if found := find_period(text):
            period, rest = found
        if (period is None or period.year is None) and (dated := find_year(rest)):
            year, rest = dated
            if has_other_range(text):  # figures of 4-8月 are not of the whole year
                year = None
        label = self._worded(text, key)
        if (office := self._places.office(rest)) is not None:
            return Lines(label, period, year, titles=(text,), office=office)
        area, place = self._places.titled(rest)
        label = replace(label, area=area, place=place)
        ranks = _RANKS.search(compact(rest)) is not None
        return Lines(label, period, year, self._indicator(rest), ranks=ranks, titles=(text,))

    def _whole_place(self, text: str, line: Lines, above: Label) -> tuple[str, str] | None:
        """Return the area or the place that a line is and nothing else, None of any other."""
        bare = without_numbering(plain(text))
        label = self._texts.read(bare).label if line.titles else line.label
        place = label.place
        if label != Label(area=label.area, place=place):
            return None
        own = "" if above.place else self._places.own
        area = label.area or self._places.of_kind(place, above.area or own)
        if area:
            return area, ""
        return ("", place) if may_be_place(place) else None

    def _pair(self, text: str) -> Lines | None:
        """Return what a line such as ``单位：万元`` or ``数据来源：国家统计局`` says."""
        shown = plain(text)
        match = _PAIR.match(shown.strip("()[] ") if shown[:1] in "([" else shown)
        if match is None:
            return None
        head, value = compact(match[1]), match[2]
        if head in _DATABASE:
            national = not _BY_AREA.search(compact(value))
            label = Label(
                status=Status.PUBLISHED, area=self._places.named("全国") if national else "",
                frequency=frequency_of(_BEFORE_FREQUENCY.sub("", compact(value))),
            )  # fmt: skip
            return Lines(label, database=True, office="" if national else plain(value))
        kind = head_of(match[1])
        if kind is Head.UNIT or (head.endswith("单位") and find_units(text)):
            units = find_units(text) or tuple(filter(None, [as_written(value)]))
            return Lines(Label(units=units)) if units else None
        if kind is Head.FREQUENCY:
            return Lines(Label(frequency=frequency_of(value)))
        if kind is Head.PUBLISHER or head.endswith("来源") or "SOURCE" in head:
            return Lines(published_by(value), office=self._places.office(value) or "")
        if _MADE_BY.search(head):
            return Lines(office=self._places.office(value) or "")
        if head.endswith("日期") and is_day(value):
            return Lines()  # the day of a survey or of the report is the time of no figure
        if kind is Head.AREA:
            area = self._places.named(value)
            return Lines(Label(area=area, place="" if area else plain(value)))
        if kind is Head.INDICATOR:
            read = self._texts.read(value)
            return Lines(without_name(read.label), read.period, read.year, read.label)
        if kind in (Head.PERIOD, Head.YEAR, Head.MONTH, Head.QUARTER):
            read = self._texts.read(value)
            return Lines(NOTHING, read.period, read.year)
        return None

    def _worded(self, text: str, key: str) -> Label:
        """Return what the words of a title say."""
        growth = bool(_GROWTH.search(key)) and not _LEVEL.search(key)
        reach = (
            Reach.YTD if _YTD.search(key)
            else Reach.MONTH if _MONTH.search(key)
            else Reach.QUARTER if _QUARTER.search(key) else None
        )  # fmt: skip
        status = next((status for status, words in _STATUSES if words.search(key)), None)
        text = re.sub(r"\s*,?\s*unless .*? otherwise", "", text, flags=re.IGNORECASE)
        units = find_units(text) if re.search(r"[(\[【]|单位", plain(text)) else ()
        label = Label(
            growth=growth or None, reach=reach, status=status,
            hundred=bool(_HUNDRED.search(key)), units=units,
        )  # fmt: skip
        return joined(label, _basis(key))

    def _indicator(self, rest: str) -> Label:
        """Return the indicator that a title is about, if all that it holds else is known."""
        for words in _AROUND:
            rest = words.sub("", plain(rest))
        for name in self._places.names():
            rest = rest.replace(name, "")
        label = self._texts.read(rest).label if len(rest) < 40 else NOTHING
        return Label(ids=label.ids) if label.ids else NOTHING

    def _note(self, text: str) -> tuple[Label, ...]:
        """Return the bases that a note states of the indicators it names.

        Of 地区生产总值绝对数按现价计算，增速按可比价计算 the first is of levels, the second of
        growth.
        """
        found = []
        ids: tuple[str, ...] = ()
        for clause in re.split(r"[。;；，,]", _NUMBERED.sub("", plain(text))):
            names = re.split(r"[、和及]", _NUMBERED.sub("", _STATES.split(clause)[0]))
            labels = [self._texts.read(_FORM.sub("", name).strip()).label for name in names]
            ids = tuple(id_ for label in labels for id_ in label.ids) or ids
            basis = _basis(compact(clause))
            if (ids or _of_all(names)) and (basis.price or basis.coverage):
                growth = (
                    True if _GROWS.search(clause) else False if _ABSOLUTE.search(clause) else None
                )
                found.append(replace(basis, ids=ids, growth=growth))
        return tuple(found)


def _without_date_of_form(text: str) -> str:
    shown = plain(text)
    rest = _DATE_OF_FORM.sub(" ", shown)
    return text if rest == shown else rest.strip(" ,;()")


def _of_all(names: Sequence[str]) -> bool:
    """Return whether a note is about a table rather than about something in it."""
    return all(_ALL.fullmatch(name.strip()) for name in names)


def _basis(key: str) -> Label:
    """Return the basis that words anywhere in a text state."""
    price = coverage = currency = None
    for part in re.split(r"[(),，、。;；:：\[\]【】]", key):
        starts = [0, *(match.start() for match in re.finditer("按|以|扣除|剔除", part))]
        for start in starts:
            stated = qualifiers_of(part[start:])
            if stated is not None:
                price, coverage = price or stated.price, coverage or stated.coverage
                currency = currency or stated.currency
    return Label(price=price, coverage=coverage, currency=currency)
