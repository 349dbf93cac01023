"""Why an outlook moved between two vintages (预判为何变化).

The change is split in a fixed order: revisions of figures that were known; recorded changes of
definition; new figures, by quarter and then in catalogue order; estimation; targets; indicators
that come or go. Up to the estimation everything that was estimated on the old figures is held.
After Bańbura, M. and Modugno, M. (2014), "Maximum likelihood estimation of factor models on
datasets with arbitrary pattern of missing data", *Journal of Applied Econometrics* 29, who split
the revision of a mean so. Probabilities are not linear in the figures: their terms depend on the
order, which is why it is fixed.
"""

from __future__ import annotations

from forecasting.figures.indicator import Inputs
from forecasting.models.pool import fit
from forecasting.news.stages import Stages
from forecasting.news.terms import Amended, Answer, Answers, Effect, News, Surprise, Term, TermKind
from forecasting.news.walk import Fitting, Judged
from forecasting.outlook.question import Question

__all__ = [
    "Amended",
    "Answer",
    "Answers",
    "Effect",
    "News",
    "Surprise",
    "Term",
    "TermKind",
    "explain",
]


def explain(
    question: Question,
    before: Inputs,
    after: Inputs,
    fitting: Fitting = fit,
    *,
    estimate: bool = True,
) -> News:
    """Split the change of an outlook between two vintages into terms that sum to it.

    Draws depend on the seed, the indicator's place and the quarter alone, so that what does not
    change does not move.

    Parameters
    ----------
    before, after
        The two vintages; which is the older is not asked.
    fitting
        Called with the series of either vintage, exactly as ``judge`` calls its engine.
    estimate
        Whether the models are estimated anew on the new figures. Without, the new outlook is
        that of the models held, not that of ``judge``.

    Returns
    -------
    News
        From ``judge`` of the one vintage to ``judge`` of the other.

    Raises
    ------
    AreaWithoutFigures
        If there is no figure of the area at either vintage.
    """
    old = Judged.of(question, before, fitting)
    new = Judged.of(question, after, fitting)
    stages = Stages(question, old, new)
    stages.revisions()
    stages.definitions()
    stages.new_figures()
    if estimate:
        stages.estimation(fitting)
    stages.targets()
    stages.indicators(estimated=estimate)
    walk = stages.walk
    return News(question, old.outlook, new.outlook if estimate else walk.outlook, tuple(walk.terms))
