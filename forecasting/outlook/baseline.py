"""An outlook with everything it was drawn from, so that scenarios need no refit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.models.pool import ENGINE
from forecasting.models.predictive import Predictive
from forecasting.outlook.all_clear import Met, all_clear
from forecasting.outlook.blend import Blend
from forecasting.outlook.outlook import AllClear, Excluded, Light, Outlook, Verdict, light_of
from forecasting.outlook.paths import Forecasted, Paths, draw_paths
from forecasting.outlook.question import Question
from forecasting.outlook.standing import Standing
from forecasting.outlook.verdict import forecast_verdict, published_verdict


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """What stands before any scenario (基准): the forecasts and their joint paths.

    Attributes
    ----------
    lines
        The targets in catalogue order, with what stands for them.
    predictives
        One for each standing line, in their order; none where every year is complete.
    paths
        Joint paths of each standing line, in their order; none where every year is complete.
    levels
        By indicator id, the level of the whole year before in the indicator's unit at current
        prices, where its four quarters are known; amounts are measured against it.
    blends
        By indicator id, what an analyst mixes into the paths; nothing before any scenario.
    """

    question: Question
    lines: tuple[Standing | Excluded, ...]
    predictives: tuple[Predictive, ...]
    paths: tuple[Paths, ...]
    levels: Mapping[str, float]
    blends: Mapping[str, Blend] = field(default_factory=dict)

    @property
    def standing(self) -> list[Standing]:
        """The lines that get a verdict."""
        return [line for line in self.lines if not isinstance(line, Excluded)]


def draw(
    question: Question,
    lines: Sequence[Standing | Excluded],
    predictives: Sequence[Predictive],
    levels: Mapping[str, float],
) -> Baseline:
    """Draw the joint paths of a question's lines."""
    standing = [line for line in lines if not isinstance(line, Excluded)]
    forecasted = [
        Forecasted(line.history.indicator.order, predictive)
        for line, predictive in zip(standing, predictives, strict=bool(predictives))
    ]
    last = Quarter(question.year, 4)
    paths = draw_paths(forecasted, last, question.seed, correlated=question.correlated)
    return Baseline(question, tuple(lines), tuple(predictives), tuple(paths), levels)


def answer(baseline: Baseline, added: Mapping[str, Array] | None = None) -> Outlook:
    """Judge the joint paths.

    Parameters
    ----------
    added
        By indicator id, percentage points added to growth since January; one column for each
        quarter of the year after the indicator's origin, one row for each path or one for all.
        Without any the outlook is that of the baseline to the last bit.
    """
    question = baseline.question
    verdicts, met = _verdicts(baseline, added or {})
    together = all_clear(verdicts, met)
    return Outlook(
        area=question.area,
        year=question.year,
        as_of=question.as_of,
        seed=question.seed,
        engine=ENGINE,
        verdicts=verdicts,
        excluded=tuple(line for line in baseline.lines if isinstance(line, Excluded)),
        all_clear=together,
        light=_light_of_all(together, baseline.lines, verdicts, question),
    )


def _verdicts(
    baseline: Baseline, added: Mapping[str, Array]
) -> tuple[tuple[Verdict, ...], list[Met]]:
    """Return the verdicts and, for each, which of the joint paths meet its target."""
    question = baseline.question
    last = Quarter(question.year, 4)
    answers = []
    for place, line in enumerate(baseline.standing):
        if line.history.origin < last:
            predictive, paths = baseline.predictives[place], baseline.paths[place]
            points = added.get(line.target.indicator)
            blend = baseline.blends.get(line.target.indicator)
            answers.append(forecast_verdict(line, question, predictive, paths, points, blend))
        else:
            answers.append(published_verdict(line, question))
    return tuple(verdict for verdict, _ in answers), [met for _, met in answers]


def _light_of_all(
    together: AllClear | None,
    lines: Sequence[Standing | Excluded],
    verdicts: Sequence[Verdict],
    question: Question,
) -> Light | None:
    """Return the light of the all-clear; a reference area has none.

    "All" is only met or missed once every target that counts has its published figure.
    """
    if together is None or question.area.reference:
        return None
    unanswered = any(isinstance(line, Excluded) and line.target.counts for line in lines)
    complete = not unanswered and all(v.complete for v in verdicts if v.counts)
    return light_of(together.probability, complete=complete)
