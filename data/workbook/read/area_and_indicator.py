"""The area and the indicator that a label names; labels that name none we know are asked about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.areas.gazetteer import gazetteer
from data.areas.listing import listed, upwards
from data.workbook.questions import MOST_OPTIONAL, SKIP, Answers, Asked, OpenQuestion, Option
from data.workbook.read.dated_labels import is_total
from data.workbook.reading import Context
from data.workbook.words.labels import Label, form_of, parse_label, similar
from data.workbook.words.normalise import compact
from data.workbook.words.places import Places
from data.workbook.words.units import RATES, convert, currency_of, kind_of_unit
from forecasting.figures.indicator import (
    Area,
    Basis,
    Direction,
    Indicator,
    IndicatorGroup,
    Measure,
    Names,
    PriceBasis,
)
from forecasting.figures.spelling import unit_word

NEW = "new"
ADD, CHOOSE = "add", "choose"
"""Every place of a file becomes an area; each place, or each sheet, is asked about."""
NEW_AREA = "new_area"
_SIGNS = re.compile(r"[*_`~<>\[\]$#\\]|[\x00-\x1f]")
"""Signs of markup, which a name on a page or in an address must not have."""
MOST_ASKED = 20
"""Labels of a file without any known one that are asked about."""
MOST_PLACES_ASKED = 5
NEAR = 0.7
"""Names of which this much is the same may be one indicator: a person is asked."""
SHORTEST_NAME = 4
"""Characters of a name that can be near another."""
_FORMS_OF: Mapping[Measure, tuple[Measure, ...]] = {
    Measure.LEVEL_YTD: (Measure.GROWTH_YTD, Measure.LEVEL_YTD),
    Measure.LEVEL_END: (Measure.GROWTH_END, Measure.LEVEL_END),
    Measure.RATIO: (Measure.RATIO,),
}
"""The forms in which a new indicator is published, by that of its labels."""
_BEFORE = ("", "规上")
"""What may stand before the name of a part: all parts of what firms above the size make are so."""
_KINDS = (
    re.compile(r"^(?:人均|单位|每|户均|地均|亩均)|PERCAPITA|PERHEAD"),
    re.compile(r"率$|占比$|比重$|比例$"),
    re.compile(r"(?<!指)数$|数量$|面积$"),
)
"""Per head, a ratio, a count: of another kind than the sum that the rest of the name is."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Area and indicator of figures; ``indicator`` is None where they are not kept.

    ``questions`` are those about the area and the indicator, in this order.
    """

    area: str = ""
    indicator: Indicator | None = None
    questions: tuple[OpenQuestion, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the indicator or the area is still asked for.

        That places become areas is taken for granted meanwhile: it changes no other question.
        """
        return any(one.open and one.code is not Asked.PLACES for one in self.questions)


class Subjects:
    """Finds area and indicator of the labels of one file.

    Attributes
    ----------
    added
        New indicators that answers asked to add.
    """

    def __init__(
        self, context: Context, answers: Answers, labels: Iterable[Label], known_places: Places
    ):
        self._context, self._places = context, known_places
        self._answers = answers
        self.added: dict[str, Indicator] = {}
        self._added_areas: dict[str, Area] = {}
        self._known_names = [
            (_key(name), entry.id)
            for entry in context.catalogue.indicators.values()
            for name in (entry.name.zh, entry.name.en, entry.short.zh, *entry.aliases)
        ]
        self._nearest: dict[tuple[str, str], tuple[str, ...]] = {}
        self._units: dict[str, str] = {}
        self._forms: dict[str, Measure] = {}
        self._offered: set[str] = set()
        read = [label for label in labels if not label.left_out]
        self._in_sections = _several((label.full_name, label.section) for label in read)
        self._in_units = _several(
            (label.full_name, kind_of_unit(unit)) for label in read if (unit := _level_unit(label))
        )
        for label in read:
            name = compact(self._name(label))
            if form := form_of(label):
                self._forms.setdefault(name, form)
            if label.name and (
                unit := next(iter(label.units), "") if form is Measure.RATIO else _level_unit(label)
            ):
                self._units.setdefault(name, unit)
        places = {label.place for label in read if label.place}
        self._lacking = {
            place: found
            for place in dict.fromkeys(label.place for label in read if label.place)
            if (found := self._of_china(place, read))
        }
        self._sheets = tuple(dict.fromkeys(label.sheet for label in read if label.sheet))
        self._named_areas = dict.fromkeys(label.area for label in read if label.area)
        self._any_known = any(label.ids for label in read)
        self._few_unknown = len({label.full_name for label in read if label.name}) <= MOST_ASKED
        perhaps_ours = {one for one in places if self._places.of_kind(one, context.area)}
        self._asked_places: Collection[str] = perhaps_ours
        if not any(label.area for label in read):
            totals = set(filter(is_total, places))
            others = totals or (places if len(places) <= MOST_PLACES_ASKED else set())
            self._asked_places = perhaps_ours | others

    @property
    def areas(self) -> tuple[Area, ...]:
        """New areas that answers asked to add, below those they lie in."""
        return listed(self._added_areas.values(), self._context.areas)

    def of(self, label: Label) -> Subject:
        """Return area and indicator of the figures below a label."""
        area, questions = self._area(label)
        if not area:
            return Subject(questions=questions)
        indicator, name = self._indicator(label)
        return Subject(area, indicator, (*questions, name) if name else questions)

    def in_currency(self, indicator: Indicator, currency: str) -> Indicator:
        """Return the same indicator in another currency where the catalogue has one."""
        if currency != "USD" or indicator.basis.currency == "USD":
            return indicator
        label = parse_label(f"{indicator.name.zh}（美元计价）", self._context.catalogue)
        return self._context.catalogue[label.ids[0]] if label.ids else indicator

    def _of_china(self, place: str, labels: Sequence[Label]) -> tuple[Area, ...]:
        """Return the places of China that a name may be, nearest to ours or to others named."""
        found = gazetteer().named(compact(place))
        if len(found) < 2:
            return found
        named = {label.place for label in labels} - {place}
        near = {area.name.zh for area in upwards(self._context.areas, self._context.area)}
        near |= {one.name.zh for other in named for one in gazetteer().named(compact(other))}
        inside = tuple(
            area for area in found if near & {above.name.zh for above in gazetteer().above(area)}
        )
        return inside or found

    def _area(self, label: Label) -> tuple[str, tuple[OpenQuestion, ...]]:
        """Return the area of a label, empty where its figures are left out, with what is asked."""
        own = self._context.area
        if label.sheet and not (label.area or label.place):
            return self._area_of_sheet(label)
        if label.area or not label.place:
            return label.area or own, ()
        place, new = compact(label.place), self._lacking.get(label.place, ())
        if not (label.ids or self._answers.given(Asked.AREA, place) or self._near(label)):
            return "", ()
        questions: tuple[OpenQuestion, ...] = ()
        if new and len(self._lacking) > 1:
            together = self._ask_together()
            questions = (together,)
            if together.choice.code == SKIP:
                return "", questions
            if together.choice.code == ADD and len(new) == 1:
                return self._new_area(new[0], together), questions
        question = self._ask_area(label, new)
        if question.optional and question.open:
            return "", (*questions, question)
        return self._chosen_area(question), (*questions, question)

    def _area_of_sheet(self, label: Label) -> tuple[str, tuple[OpenQuestion, ...]]:
        """Ask which area a sheet is of that names none, for all such sheets at once."""
        given = self._answers.given(Asked.INDICATOR, self._subject(label))
        if not (label.ids or given or self._near(label)):
            return self._context.area, ()  # nothing of it is kept before its indicator is known
        together = self._ask_sheets(self._sheets)
        if together.choice.code != CHOOSE:
            return self._chosen_area(together), (together,)
        alone = self._ask_sheets((label.sheet,), label.sheet)
        return self._chosen_area(alone), (together, alone)

    def _ask_sheets(self, sheets: Sequence[str], subject: str = "") -> OpenQuestion:
        """Ask which area sheets are of: the places that the book names first, then ours."""
        new = dict.fromkeys(found[0] for found in self._lacking.values() if len(found) == 1)
        areas = dict.fromkeys((*self._named_areas, self._context.area))
        areas |= dict.fromkeys(area.id for area in self._context.areas)
        return self._answers.ask(
            Asked.SHEETS, subject, found=subject,
            options=[
                *map(_option_of_new, new),
                *(Option.of("area", area) for area in areas),
                *([Option(CHOOSE)] if len(sheets) > 1 else []),
            ],
            values={"names": tuple(sheets), "sheets": len(sheets)},
        )  # fmt: skip

    def _chosen_area(self, question: OpenQuestion) -> str:
        """Return the area that was chosen, which is added where it is new; none to skip."""
        choice = question.choice
        if choice.code == NEW_AREA and (area := gazetteer().area(choice.value)):
            return self._new_area(area, question)
        return choice.value

    def _ask_together(self) -> OpenQuestion:
        """Ask once what becomes of all places that are no areas yet."""
        names = tuple(self._lacking)
        return self._answers.ask(
            Asked.PLACES, options=[Option(ADD), Option(CHOOSE)],
            values={"names": names, "places": len(names)},
        )  # fmt: skip

    def _ask_area(self, label: Label, new: Sequence[Area]) -> OpenQuestion:
        """Ask which area a place is: one that is added, or one that is known, ours first.

        What it cannot be stands last: figures count as those of the first until it is answered.
        """
        own, rank = self._context.area, self._places.rank
        areas = sorted(
            self._context.areas, key=lambda area: (rank(label.place, area.id), area.id != own)
        )
        return self._answers.ask(
            Asked.AREA, compact(label.place), found=label.place,
            options=[
                *map(_option_of_new, new), *(Option.of("area", area.id) for area in areas)
            ],
            suggested=next((Option.of("area", area.id).id for area in areas
                            if compact(area.name.zh) == compact(label.place)), ""),
            optional=label.place not in self._asked_places and not new,
        )  # fmt: skip

    def _new_area(self, area: Area, question: OpenQuestion) -> str:
        if question.answer is not None:
            self._added_areas[area.id] = area
        return area.id

    def _indicator(self, label: Label) -> tuple[Indicator | None, OpenQuestion | None]:
        catalogue = self._context.catalogue
        if len(label.ids) == 1:
            return catalogue[label.ids[0]], None
        part = self._part(label)
        near = label.ids or tuple(dict.fromkeys((*part, *self._near(label))))
        optional = not near and (self._any_known or not self._few_unknown)
        subject = self._subject(label)
        if optional and not self._answers.given(Asked.INDICATOR, subject):
            if subject not in self._offered and len(self._offered) >= MOST_OPTIONAL:
                return None, None
            self._offered.add(subject)
        question = self._answers.asked(Asked.INDICATOR, subject)
        question = question or self._ask(label, subject, near, optional, part)
        choice = question.choice
        if choice.code == SKIP or (optional and question.open):
            return None, question
        if choice.code == NEW:
            indicator = self._new(question.found)
            if indicator.id in catalogue:  # it was added from an earlier file
                return catalogue[indicator.id], question
            if question.answer == NEW:
                self.added[indicator.id] = indicator
            return indicator, question
        return catalogue[choice.value], question

    def _ask(
        self, label: Label, subject: str, near: Sequence[str], optional: bool, part: Sequence[str]
    ) -> OpenQuestion:
        """Ask which indicator a label is: those alike first, a new one, then all others."""
        catalogue = self._context.catalogue
        others = dict.fromkeys((*similar(label.name, catalogue), *catalogue.indicators))
        options = [
            *(Option.of("indicator", id_) for id_ in near),
            *([] if label.nameless else [Option(NEW, values={"name": self._name(label)})]),
            *(Option.of("indicator", id_) for id_ in others if id_ not in near),
        ]
        return self._answers.ask(
            Asked.INDICATOR, subject, found=self._name(label), options=options, optional=optional,
            suggested=Option.of("indicator", part[0]).id if len(part) == 1 else "",
        )  # fmt: skip

    def _subject(self, label: Label) -> str:
        """Return what answers about a label are kept under: section, name and kind of unit."""
        kind = kind_of_unit(_level_unit(label)) if label.full_name in self._in_units else ""
        if not (label.section or kind):
            return compact(label.full_name)
        return "/".join(filter(None, (*map(compact, (label.section, label.full_name)), kind)))

    def _name(self, label: Label) -> str:
        """Return the name of a label, with section and unit where the file has it in several."""
        name, unit = label.full_name, _level_unit(label)
        if label.section and label.full_name in self._in_sections:
            name = f"{label.section}：{name}"
        in_unit = unit and label.full_name in self._in_units
        return f"{name}（{unit_word(unit, 'zh')}）" if in_unit else name

    def _part(self, label: Label) -> tuple[str, ...]:
        """Return the ids of what a part is with the last word of its whole.

        装备制造业 of 规上工业总产值 is 装备制造业总产值; of 规上工业增加值 it is not.
        """
        key, whole, unit = _key(label.name), _key(label.whole), _level_unit(label)
        if not (key and whole):
            return ()
        found: dict[str, None] = {}
        for known, id_ in self._known_names:
            before, part, after = known.partition(key)
            word = after.removeprefix("业")
            if part and before in _BEFORE and len(word) > 1 and whole.endswith(word):
                found[id_] = None
        return tuple(id_ for id_ in found if self._in(unit, id_))

    def _near(self, label: Label) -> tuple[str, ...]:
        """Return the ids whose name holds this one or is held by it, nearly as long.

        What is counted in another unit is none of them, nor what is per head or a ratio.
        """
        unit = _level_unit(label)
        known_near = self._nearest.get((label.name, unit))
        if known_near is None:
            key = _key(label.name)
            alike: dict[str, float] = {}
            for known, id_ in self._known_names:
                if (known in key or key in known) and not _of_another_kind(key, known):
                    alike[id_] = max(alike.get(id_, 0.0), _likeness(key, known))
            near = [id_ for id_, ratio in alike.items() if ratio >= NEAR and self._in(unit, id_)]
            known_near = tuple(sorted(near, key=lambda id_: -alike[id_]))
            self._nearest[label.name, unit] = known_near
        return known_near

    def _in(self, unit: str, id_: str) -> bool:
        """Return whether an indicator may be measured in a unit."""
        own = self._context.catalogue[id_].unit
        both_money = bool(currency_of(unit) and currency_of(own))
        return not unit or both_money or convert(1.0, unit, own) is not None

    def _new(self, label: str) -> Indicator:
        """Return the indicator that a label is added as; its name is its id."""
        answer = self._answers.given(Asked.UNIT, label)
        unit = self._units.get(compact(label), "") or answer.removeprefix("unit:")
        form = self._forms.get(compact(label), Measure.LEVEL_YTD)
        if form is not Measure.RATIO:
            unit = "items" if unit in ("", SKIP, *RATES) else unit
        counted = unit.partition("/")[0]
        currency = next((one for one in ("USD", "CNY") if counted.endswith(one)), "")
        price = PriceBasis.CURRENT if currency else PriceBasis.PHYSICAL
        name = _SIGNS.sub("", label).strip() or label
        return Indicator(
            id=name, name=Names(name, name), short=Names(name, name),
            aliases=(label,) if label != name else (), unit=unit,
            measures=_FORMS_OF[form],
            basis=Basis(price, "standard", currency), group=IndicatorGroup.MAIN,
            direction=Direction.UP,
            order=len(self._context.catalogue.indicators) + len(self.added),
        )  # fmt: skip


def _several(pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the names that stand beside more than one other word."""
    first: dict[str, str] = {}
    return frozenset(name for name, word in pairs if first.setdefault(name, word) != word)


def _option_of_new(area: Area) -> Option:
    return Option(NEW_AREA, area.id, {"name": gazetteer().whole_name(area)})


def _level_unit(label: Label) -> str:
    return next((unit for unit in label.units if unit not in RATES), "")


def _of_another_kind(key: str, known: str) -> bool:
    """Return whether one of two names is per head, a ratio or a count, and the other is not."""
    return any(bool(words.search(key)) != bool(words.search(known)) for words in _KINDS)


def _likeness(key: str, known: str) -> float:
    """Return how much of two names, of which one holds the other, is the same."""
    shorter = min(len(key), len(known))
    return 2 * shorter / (len(key) + len(known)) if shorter >= SHORTEST_NAME else 0.0


def _key(name: str) -> str:
    return compact(name).replace("规模以上", "规上").replace("工业企业", "工业")
