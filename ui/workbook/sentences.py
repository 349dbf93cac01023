"""What the reading of a file says, in words: questions, options, remarks, refused cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.workbook.book import Place
from data.workbook.questions import Option, Question
from data.workbook.reading import Remark
from forecasting.figures.indicator import Catalogue, Measure, Observation, PriceBasis, Status
from forecasting.figures.period import Month
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.language import format as fmt

MOST_PLACES = 3
MOST_NAMES = 10
MOST_LETTERS = 30
"""Of a head that is named beside a question."""
_RATES = ("growth", "implied", "gap")
"""Values that are percent or points, whatever unit is named beside them."""


def question_sentence(asked: Question, view: View) -> str:
    """Return the question as a sentence."""
    values = {"found": asked.found, "count": asked.count} | dict(asked.values)
    return view.say(f"question.{asked.code}", **filled(values, view))


def option_label(choice: Option, asked: Question, view: View) -> str:
    """Return an answer to choose."""
    text = (
        _usual_basis(choice.values, view)
        if "indicators" in choice.values
        else view.say(_option_key(choice), **filled(choice.values, view))
    )
    if choice.id == asked.suggested:
        return view.say("upload.suggested", option=text)
    return text


def _option_key(choice: Option) -> str:
    """Return the words of an option; a column that holds all of its numbers is named."""
    in_column = choice.code == "occurrence" and choice.values.get("column")
    return "option.column" if in_column else f"option.{choice.code}"


def cells_phrase(asked: Question, say: Speaker) -> str:
    """Name the cells of a question, and what the row and the column of the first are headed by."""
    told = places_phrase(asked.places, say)
    heads = {"row": asked.row, "column": asked.column}
    named = [
        say(f"upload.head_{kind}", head=say.verbatim(_short(head)))
        for kind, head in heads.items()
        if head and head != asked.found
    ]
    if not named:
        return told
    return say("upload.cells_headed", cells=told, heads=say("format.comma").join(named))


def _short(head: str) -> str:
    return head if len(head) <= MOST_LETTERS else f"{head[: MOST_LETTERS - 1]}…"


def _usual_basis(values: Mapping[str, object], view: View) -> str:
    """Name the usual basis of the indicators that a file leaves open, each once."""
    say = view.say
    groups: dict[str, list[str]] = {}
    named = (values[key] for key in ("indicators", "prices", "coverages"))
    for id_, price, coverage in zip(*named, strict=True):
        basis = say(f"price.{price}")
        if coverage != "standard":
            counted = say.word("coverage", coverage)
            basis = say("format.comma").join((basis, counted))
        groups.setdefault(basis, []).append(id_)
    if len(groups) == 1:
        return say("option.usual", basis=next(iter(groups)))
    parts = [
        say("option.usual_of", basis=basis, names=_listed("indicators", ids, view))
        for basis, ids in groups.items()
    ]
    return say("option.usual", basis=say("format.semicolon").join(parts))


def remark_sentence(said: Remark, view: View) -> str:
    """Return what need not be answered, with the cells it is about."""
    text = view.say(f"remark.{said.code}", **filled(said.values, view))
    of_sheet = [place for place in said.places if place.sheet == said.places[0].sheet]
    places = places_phrase(of_sheet, view.say)
    return text + (view.say("upload.in_brackets", text=places) if places else "")


def places_phrase(places: Sequence[Place], say: Speaker) -> str:
    """Name the first cells of some, as they are named in the spreadsheet; empty without any."""
    if not places:
        return ""
    comma = say("format.comma")
    listed = comma.join(str(place) for place in places[:MOST_PLACES])
    key = "upload.cells_more" if len(places) > MOST_PLACES else "upload.cells"
    return say(key, sheet=say.verbatim(places[0].sheet), cells=listed).strip()


def filled(values: Mapping[str, object], view: View) -> dict[str, object]:
    """Put ids and numbers into words; what is neither stays as the file wrote it.

    A period is named as the sheet names it: 前三季度 of what runs from January to September.
    """
    percent = values.get("unit") == "%"
    measure = str(values.get("measure", ""))
    words_of = {
        name: fmt.rate(value)
        if isinstance(value, float) and (name in _RATES or percent)
        else _word(name, value, view)
        for name, value in values.items()
    }
    if measure in set(Measure):
        for name in ("period", "period_before"):
            if name in values:
                words_of[name] = _covered(measure, str(values[name]), view.say)
    return words_of


def _covered(measure: str, month: str, say: Speaker) -> str:
    return fmt.covered(Measure(measure), Month.parse(month), say)


def _word(name: str, value: object, view: View) -> object:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return fmt.precise(value)
    if isinstance(value, list | tuple):
        return _listed(name, value, view)
    return _named(name, str(value), view)


def _listed(name: str, values: Sequence[object], view: View) -> str:
    told = [str(_word(name, value, view)) for value in values[:MOST_NAMES]]
    names = view.say("format.comma").join(told)
    if len(values) <= MOST_NAMES:
        return names
    return view.say("upload.names_more", names=names, count=len(values))


def _named(name: str, text: str, view: View) -> str:
    """Put an id or a code into words by the name it goes under; what is neither stays."""
    say = view.say
    if name.startswith("indicator"):
        return indicator_name(text, view.catalogue, say)
    if name.startswith("area"):
        try:
            return say.name(view.snapshot.area(text).name)
        except KeyError:  # as the file calls it
            return say.verbatim(text)
    if name.startswith("unit"):
        return say.word("unit", text)
    if name.startswith("measure") and text in set(Measure):
        return say(f"measure.{Measure(text)}")
    if name.startswith("price") and text in set(PriceBasis):
        return say(f"price.{text}")
    if name.startswith("coverage"):
        return say.word("coverage", text)
    if name.startswith("currency"):
        return say.word("currency", text)
    if name.startswith("status") and text in set(Status):
        return say(f"status.{Status(text)}")
    return month_name(text, say) if name.startswith("period") else say.verbatim(text)


def indicator_name(code: str, catalogue: Catalogue, say: Speaker) -> str:
    """Return an indicator's name, or what stands there where the catalogue has none."""
    return words.title(catalogue[code], say) if code in catalogue else say.verbatim(code)


def month_name(text: str, say: Speaker) -> str:
    """Return a month or quarter such as 2026-09 as readers write it."""
    try:
        parsed = Month.parse(text)
    except ValueError:
        return say.verbatim(text)
    name = say(f"period.month.{parsed.month}")
    return say("period.month_of", year=parsed.year, month=name)


def series_name(figure: Observation, view: View) -> str:
    """Name what a figure is of: the indicator, its form and, elsewhere, its area."""
    parts = [indicator_name(figure.indicator, view.catalogue, view.say)]
    parts.append(view.say(f"measure.{figure.measure}"))
    if figure.area != view.area.id:
        parts.append(_named("area", figure.area, view))
    return view.say("format.comma").join(parts)


def counted(kind: str, count: int, say: Speaker) -> str:
    """Say how many there are of something: 新增12个."""
    return say(f"upload.count.{kind}", count=count)
