"""Questions about suspects: one for each cause, not one for each cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from data.workbook.check.suspects import Suspect
from data.workbook.reading import SKIP, Asked, Option, Question, ReadFigure
from forecasting.figures.indicator import Observation

AS_IS = "as_is"
CHANGED: Mapping[Asked, str] = {
    Asked.SCALE: "scaled",
    Asked.DECIMAL: "moved",
    Asked.KIND: "turned",
}
MOST_PLACES = 10
WHOLE = 0.8
"""The part of a column that must be wrong alike for one cause to explain it."""


def asked_of(
    found: Sequence[Suspect], figures: Sequence[ReadFigure]
) -> Iterator[tuple[Question, tuple[Suspect, ...]]]:
    """Yield each question with the figures that its answer decides."""
    for group in _by_cause(found, figures):
        yield _question(group, figures), group


def settled(
    group: Sequence[Suspect], question: Question, answer: str | None
) -> dict[int, Observation | None]:
    """Return what an answer, else the likely one, makes of each figure; None leaves it out."""
    chosen = answer or question.suggested or AS_IS
    if chosen == SKIP:
        return {suspect.position: None for suspect in group}
    if chosen == AS_IS:
        return {}
    return {suspect.position: suspect.turned for suspect in group}


def _by_cause(
    found: Sequence[Suspect], figures: Sequence[ReadFigure]
) -> Iterator[tuple[Suspect, ...]]:
    """Yield suspects that one cause explains: a column in the wrong unit, else a series."""
    causes: dict[tuple[str, str], list[Suspect]] = defaultdict(list)
    for suspect in found:
        causes[suspect.code, suspect.variant].append(suspect)
    columns = _column_sizes(figures) if causes else Counter()
    for group in causes.values():
        by_series: dict[object, list[Suspect]] = defaultdict(list)
        for suspect in group:
            by_series[suspect.series].append(suspect)
        if len(by_series) > 1 and _explains(group, figures, columns):
            yield tuple(group)
        else:
            yield from (tuple(members) for members in by_series.values())


_Column = tuple[str, int, bool]


def _column_of(figure: ReadFigure) -> _Column:
    return figure.place.sheet, figure.place.column, figure.observation.measure.is_growth


def _column_sizes(figures: Sequence[ReadFigure]) -> Counter[_Column]:
    return Counter(map(_column_of, figures))


def _explains(
    group: Sequence[Suspect], figures: Sequence[ReadFigure], sizes: Counter[_Column]
) -> bool:
    """Whether most figures of the columns that a group stands in belong to it."""
    columns = {_column_of(figures[suspect.position]) for suspect in group}
    return len(group) >= WHOLE * sum(sizes[column] for column in columns)


def _question(group: Sequence[Suspect], figures: Sequence[ReadFigure]) -> Question:
    first = group[0]
    example = figures[first.position]
    read, turned, code = example.observation, first.turned, first.code
    change = CHANGED[code]
    series = dict.fromkeys(suspect.series for suspect in group)
    subject = ":".join(map(str, _subject(read))) if len(series) == 1 else "many"
    values: dict[str, object] = {
        "area": read.area,
        "indicator": read.indicator,
        "measure": str(read.measure),
        "period": str(read.month),
        "value": read.value,
        "unit": read.unit,
        "expected": _rounded(first.expected),
    }
    if code is Asked.SCALE:
        power = abs(int(first.variant))
        values |= {"ten_thousand": int(power == 4), "hundred_million": int(power == 8)}
    if code is Asked.KIND:
        values |= {
            "measure_other": str(turned.measure),
            "unit_other": turned.unit,
            "expected_other": _rounded(first.alike),
        }
    return Question(
        id=f"{code}:{subject}:{first.variant}",
        code=code,
        places=tuple(figures[suspect.position].place for suspect in group[:MOST_PLACES]),
        count=len(group),
        found=example.found,
        values=values,
        options=(
            Option(AS_IS, values=_shown(read, len(group))),
            Option(change, values=_shown(turned, len(group))),
            Option(SKIP),
        ),
        suggested=change if all(suspect.likely for suspect in group) else "",
    )


def _shown(read: Observation, count: int) -> dict[str, object]:
    measure = str(read.measure)
    return {"value": read.value, "unit": read.unit, "measure": measure, "count": count}


def _subject(read: Observation) -> tuple[str, ...]:
    basis = read.basis
    return (
        read.area, read.indicator, read.measure, basis.price, basis.coverage, basis.currency,
    )  # fmt: skip


def _rounded(value: float) -> float:
    """Return an expectation with the digits it deserves."""
    return float(f"{value:.3g}")
