"""What is expected of the reading of one file, and how a reading differs from it."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from data.workbook.questions import Question
from data.workbook.reading import Reading, Remark
from forecasting.figures.indicator import Basis, Catalogue, Measure, Observation, PriceBasis, Status
from forecasting.figures.period import Month

SUFFIX = ".expected.toml"


@dataclass(frozen=True, slots=True)
class Expected:
    """The content of one ``.expected.toml``; README.md says what each field means."""

    area: str
    known: str
    questions: tuple[str, ...]
    remarks: tuple[str, ...]
    refused: int
    figures: tuple[Observation, ...]
    answers: Mapping[str, str]

    @classmethod
    def load(cls, file: Path, catalogue: Catalogue) -> Expected:
        """Read what stands beside a file."""
        content = tomllib.loads((file.parent / (file.name + SUFFIX)).read_text("utf-8"))
        status = Status(content["status"])
        lines = [line for line in content["figures"].splitlines() if line.strip()]
        return cls(
            area=content["area"],
            known=content["known"],
            questions=tuple(sorted(content["questions"])),
            remarks=tuple(sorted(content["remarks"])),
            refused=content["refused"],
            figures=tuple(figure for line in lines for figure in _series(line, catalogue, status)),
            answers=content.get("answers", {}),
        )

    def answer(self, question: Question) -> str:
        """Return the id of the option to choose.

        An answer is given under the code of the question, or under ``code:label`` with what
        the cell holds, and names an option by its id, its code or one of its values.
        """
        wanted = self.answers.get(f"{question.code}:{question.found}")
        wanted = wanted or self.answers.get(question.code)
        assert wanted, f"{question.code} about {question.found!r} was not expected"
        for option in question.options:
            if wanted in (option.id, option.code, *map(str, option.values.values())):
                return option.id
        offered = [(option.id, dict(option.values)) for option in question.options]
        raise AssertionError(f"{question.code} does not offer {wanted!r} but {offered}")


def _series(line: str, catalogue: Catalogue, status: Status) -> Iterator[Observation]:
    """Yield the figures of ``AREA INDICATOR MEASURE [WORD=VALUE ...]: MONTH VALUE, ...``."""
    head, _, body = line.partition(":")
    area, indicator, name, *words = head.split()
    measure, usual = Measure(name), catalogue[indicator]
    said = dict(word.split("=") for word in words)
    basis = Basis(
        PriceBasis(said.get("price", usual.basis.price)),
        said.get("coverage", usual.basis.coverage),
        said.get("currency", usual.basis.currency),
    )
    for pair in body.split(","):
        month, value = pair.split()
        yield Observation(
            area=area,
            indicator=indicator,
            measure=measure,
            month=Month.parse(month),
            value=float(value),
            unit="%" if measure.is_growth else said.get("unit", usual.unit).replace("_", " "),
            basis=basis,
            status=Status(said.get("status", status)),
        )


def questions_of(questions: Iterable[Question]) -> tuple[str, ...]:
    """Return questions as expectations write them: ``status``, ``indicator: 工业产值``."""
    return tuple(
        sorted(f"{asked.code}: {asked.found}" if asked.found else asked.code for asked in questions)
    )


def remarks_of(reading: Reading) -> tuple[str, ...]:
    """Return remarks as expectations write them: ``labels_left_out: 增值税, 非税收入 (8)``."""
    return tuple(sorted(map(_remark, reading.remarks)))


def _remark(remark: Remark) -> str:
    values = remark.values
    names = next((values[key] for key in ("names", "areas", "indicators") if key in values), None)
    if isinstance(names, tuple):
        subject = ", ".join(map(str, names))
    else:
        subject = f"{values['indicator']} {values['period']}" if "indicator" in values else ""
    return f"{remark.code}: {subject} ({values['count']})"


def differences(reading: Reading, expected: Expected) -> list[str]:
    """Say every way in which the figures read are not the expected ones."""
    wanted = {figure.key: figure for figure in expected.figures}
    found: dict[object, Observation] = {}
    said = []
    for figure in reading.figures:
        if figure.observation.key in found:
            said.append(f"twice    {_words(figure.observation)} in {figure.place}")
        found[figure.observation.key] = figure.observation
    said += [f"missing  {_words(figure)}" for key, figure in wanted.items() if key not in found]
    for figure in reading.figures:
        observation = replace(figure.observation, publisher="")
        other = wanted.get(observation.key)
        if other is None:
            said.append(f"extra    {_words(observation)} in {figure.place}: {figure.found!r}")
        elif not _same(observation, other):
            said.append(f"wrong    {_words(observation)}, expected {_words(other)}")
    return said


def _same(one: Observation, other: Observation) -> bool:
    close = math.isclose(one.value, other.value, rel_tol=1e-9, abs_tol=1e-9)
    return close and replace(one, value=other.value) == other


def _words(figure: Observation) -> str:
    basis = "/".join((figure.basis.price, figure.basis.coverage, figure.basis.currency))
    return (
        f"{figure.area} {figure.indicator} {figure.measure} {figure.month} = {figure.value!r} "
        f"{figure.unit} ({basis}, {figure.status})"
    )
