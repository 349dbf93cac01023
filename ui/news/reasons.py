"""Why a new figure moves a probability otherwise than its surprise lets expect.

A figure does three things: it moves what is expected of its own indicator; it takes away the
uncertainty of its quarter; and by their past correlation it tells of quarters that others have
not seen.
"""

from __future__ import annotations

from forecasting.figures.indicator import Comparator
from forecasting.news.explain import News, Term, TermKind
from forecasting.news.terms import Surprise
from forecasting.outlook.outlook import Verdict
from ui.language import Language, t
from ui.news import causes

_BETTER = {
    Comparator.ABOVE: 1,
    Comparator.AT_LEAST: 1,
    Comparator.BELOW: -1,
    Comparator.AT_MOST: -1,
}


def why(term: Term, indicator: str | None, news: News, language: Language) -> str:
    """Say in brackets why a figure does what it does, empty where its surprise says it.

    Parameters
    ----------
    indicator
        Whose probability is explained; None for all together.
    """
    if term.kind is not TermKind.FIGURE or term.surprise is None or term.indicator is None:
        return ""
    verdict = _verdict(news, term.indicator)
    if verdict is None:
        return ""
    if indicator is None and not verdict.target.counts:
        return t("news.why.uncounted", language)
    moved = _moved(term, indicator)
    if moved == 0 or _expected_way(term.surprise, verdict) * moved > 0:
        return ""
    own = term.indicator == indicator or _moved(term, term.indicator) * moved > 0
    return t("news.why.certain" if own else "news.why.others", language)


def _expected_way(surprise: Surprise, verdict: Verdict) -> float:
    """Return a number above zero for a figure that is better than expected, zero for as."""
    return causes.gap(surprise) * _BETTER.get(verdict.target.comparator, 0)


def _moved(term: Term, indicator: str | None) -> float:
    if indicator is None:
        return term.all_clear or 0.0
    effect = term.on(indicator)
    return effect.probability if effect else 0.0


def _verdict(news: News, indicator: str) -> Verdict | None:
    verdicts = (*news.after.verdicts, *news.before.verdicts)
    return next((verdict for verdict in verdicts if verdict.indicator_id == indicator), None)
