"""What the reading of a file says, in words: questions, options, remarks, refused cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.workbook.book import Place
from data.workbook.questions import Option, Question
from data.workbook.reading import Remark
from forecasting.figures.indicator import Catalogue, Measure, Observation, PriceBasis, Status
from forecasting.figures.period import Month
from ui.frame.controls import View
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.language.markdown import literal

MOST_PLACES = 3
MOST_NAMES = 10
_RATES = ("growth", "implied", "gap")
"""Values that are percent or points, whatever unit is named beside them."""


def question_sentence(asked: Question, view: View) -> str:
    """Return the question as a sentence."""
    values = {"found": asked.found, "count": asked.count} | dict(asked.values)
    return t(f"question.{asked.code}", view.language, **filled(values, view))


def option_label(choice: Option, asked: Question, view: View) -> str:
    """Return an answer to choose, in Markdown."""
    text = (
        _usual_basis(choice.values, view)
        if "indicators" in choice.values
        else t(f"option.{choice.code}", view.language, **filled(choice.values, view))
    )
    if choice.id == asked.suggested:
        return t("upload.suggested", view.language, option=text)
    return text


def _usual_basis(values: Mapping[str, object], view: View) -> str:
    """Name the usual basis of the indicators that a file leaves open, each once."""
    language = view.language
    groups: dict[str, list[str]] = {}
    named = (values[key] for key in ("indicators", "prices", "coverages"))
    for id_, price, coverage in zip(*named, strict=True):
        basis = t(f"price.{price}", language)
        if coverage != "standard":
            counted = words.coverage(coverage, language)
            basis = t("format.comma", language).join((basis, counted))
        groups.setdefault(basis, []).append(id_)
    if len(groups) == 1:
        return t("option.usual", language, basis=literal(next(iter(groups))))
    parts = [
        t("option.usual_of", language, basis=literal(basis), names=_listed("indicators", ids, view))
        for basis, ids in groups.items()
    ]
    return t("option.usual", language, basis=t("format.semicolon", language).join(parts))


def remark_sentence(said: Remark, view: View) -> str:
    """Return what need not be answered, with the cells it is about."""
    text = t(f"remark.{said.code}", view.language, **filled(said.values, view))
    places = places_phrase(said.places, view.language)
    return text + (t("upload.in_brackets", view.language, text=places) if places else "")


def refusal_sentence(reason: str, view: View) -> str:
    """Return why a cell was refused."""
    return t(f"refused.{reason}", view.language)


def places_phrase(places: Sequence[Place], language: Language) -> str:
    """Name the first cells of some, as they are named in the spreadsheet; empty without any."""
    if not places:
        return ""
    comma = t("format.comma", language)
    listed = comma.join(str(place) for place in places[:MOST_PLACES])
    key = "upload.cells_more" if len(places) > MOST_PLACES else "upload.cells"
    return t(key, language, sheet=literal(places[0].sheet), cells=listed).strip()


def filled(values: Mapping[str, object], view: View) -> dict[str, object]:
    """Put ids and numbers into words, for Markdown; what is neither stays as the file wrote it."""
    percent = values.get("unit") == "%"
    return {
        name: fmt.rate(value)
        if isinstance(value, float) and (name in _RATES or percent)
        else _word(name, value, view)
        for name, value in values.items()
    }


def _word(name: str, value: object, view: View) -> object:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return fmt.precise(value)
    if isinstance(value, list | tuple):
        return _listed(name, value, view)
    return literal(_named(name, str(value), view))


def _listed(name: str, values: Sequence[object], view: View) -> str:
    told = [str(_word(name, value, view)) for value in values[:MOST_NAMES]]
    names = t("format.comma", view.language).join(told)
    if len(values) <= MOST_NAMES:
        return names
    return t("upload.names_more", view.language, names=names, count=len(values))


def _named(name: str, text: str, view: View) -> str:
    """Put an id or a code into words by the name it goes under; what is neither stays."""
    language = view.language
    if name.startswith("indicator"):
        return indicator_name(text, view.catalogue, language)
    if name.startswith("area"):
        found = next((area for area in view.snapshot.areas if area.id == text), None)
        return words.plain_name(found.name, language) if found else text
    if name.startswith("unit"):
        return words.unit(text, language)
    if name.startswith("measure") and text in set(Measure):
        return words.measure(Measure(text), language)
    if name.startswith("price") and text in set(PriceBasis):
        return t(f"price.{text}", language)
    if name.startswith("coverage"):
        return words.coverage(text, language)
    if name.startswith("currency"):
        return words.currency(text, language)
    if name.startswith("status") and text in set(Status):
        return words.status(Status(text), language)
    return month_name(text, language) if name.startswith("period") else text


def indicator_name(code: str, catalogue: Catalogue, language: Language) -> str:
    """Return an indicator's name, or what stands there where the catalogue has none."""
    return words.plain_title(catalogue[code], language) if code in catalogue else code


def month_name(text: str, language: Language) -> str:
    """Return a month or quarter such as 2026-09 as readers write it."""
    try:
        parsed = Month.parse(text)
    except ValueError:
        return text
    name = t(f"period.month.{parsed.month}", language)
    return t("period.month_of", language, year=parsed.year, month=name)


def series_name(figure: Observation, view: View) -> str:
    """Name what a figure is of: the indicator, its form and, elsewhere, its area."""
    parts = [indicator_name(figure.indicator, view.catalogue, view.language)]
    parts.append(words.measure(figure.measure, view.language))
    if figure.area != view.area.id:
        parts.append(_named("area", figure.area, view))
    return t("format.comma", view.language).join(parts)


def counted(kind: str, count: int, language: Language) -> str:
    """Say how many there are of something: 新增12个."""
    return t(f"upload.count.{kind}", language, count=count)
