"""The words of projects: columns, stages, the funnel, and what reading their table tells."""

from __future__ import annotations

from data.projects.problems import ProjectProblem
from data.projects.words import Field
from forecasting.scenario.projects import Rates, Stage
from ui.language import Language, t
from ui.language import format as fmt
from ui.language.markdown import literal


def column(field: Field, language: Language, year: int = 0) -> str:
    """Return the head of a column; ``year`` is that of investment to be completed."""
    return t(f"projects.column.{field}", language, year=year)


def stage(value: Stage, language: Language) -> str:
    """Return the word of a stage."""
    return t(f"projects.stage.{value}", language)


def batch(value: Stage, language: Language) -> str:
    """Return the name of the batch of the plan that a stage makes (引进一批)."""
    return t(f"projects.batch.{value}", language)


def problem(found: ProjectProblem, language: Language, *, with_sheet: bool = False) -> str:
    """Return what is wrong, or was left out, and where, in Markdown.

    Parameters
    ----------
    with_sheet
        Whether the sheet is named, as where a file has several.
    """
    texts = {
        "found": literal(found.found),
        "other": literal(found.other),
        "column": literal(found.head),
    }
    told = t(f"projects.problem.{found.code}", language, **texts)
    sheet = literal(found.sheet)
    if not found.row and not found.column:
        where = "projects.place.sheet" if sheet else "projects.place.file"
        return t(where, language, sheet=sheet, told=told)
    kind = "cell" if found.row and found.column else "row" if found.row else "column"
    place = t(f"projects.place.{kind}", language, row=found.row, **texts)
    around = "projects.place.in_sheet" if with_sheet and sheet else "projects.place.alone"
    return t(around, language, sheet=sheet, place=place, told=told)


def funnel_title(language: Language) -> str:
    """Return the title over the funnel."""
    return t("projects.funnel.title", language)


def funnel_note(language: Language) -> str:
    """Return what the numbers of the funnel count."""
    return t("projects.funnel.note", language)


def rates(found: Rates, language: Language) -> dict[str, str]:
    """Return each rate by its name, a dash where it has no base."""
    return {
        t(f"projects.rate.{name}", language): t("projects.rate.none", language)
        if rate is None
        else fmt.percent(100 * rate)
        for name, rate in _named(found).items()
    }


def rate_help(language: Language) -> dict[str, str]:
    """Return what each rate is, by its name."""
    return {
        t(f"projects.rate.{name}", language): t(f"projects.rate.{name}_help", language)
        for name in _named(Rates(None, None, None))
    }


def _named(found: Rates) -> dict[str, float | None]:
    return {"start": found.start, "production": found.production, "capacity": found.capacity}
