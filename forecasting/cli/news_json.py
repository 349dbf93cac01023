"""An explanation as a document of plain values, and as lines for a terminal."""

from __future__ import annotations

from forecasting.cli.outlook_json import Document
from forecasting.figures.indicator import Observation, Target
from forecasting.news.terms import Amended, News, Surprise, Term
from forecasting.outlook.outlook import Outlook


def news_document(news: News) -> Document:
    """Return an explanation as plain values; growth in percent, probabilities from 0 to 1."""
    return {
        "area": news.question.area.id,
        "year": news.question.year,
        "seed": news.question.seed,
        "before": _outlook(news.before),
        "after": _outlook(news.after),
        "terms": [_term(term) for term in news.terms],
    }


def _outlook(outlook: Outlook) -> Document:
    together = outlook.all_clear
    return {
        "p_all": together.probability if together else None,
        "indicators": {
            verdict.indicator_id: {
                "probability": verdict.probability,
                "expected": verdict.quantiles.median,
            }
            for verdict in outlook.verdicts
        },
    }


def _term(term: Term) -> Document:
    effects = {name: term.on(name) for name in term.before.indicators}
    return {
        "kind": term.kind,
        "indicator": term.indicator,
        "quarter": str(term.quarter) if term.quarter else None,
        "figures": [_figure(entry) for entry in term.figures],
        "definitions": [
            {"from": str(change.quarter), "recorded": entry.new is not None}
            for entry in term.definitions
            for change in (entry.new or entry.old,)
            if change is not None
        ],
        "target": _target(term.target) if term.target else None,
        "surprise": _surprise(term.surprise) if term.surprise else None,
        "p_all": term.all_clear,
        "effects": {
            name: {"probability": effect.probability, "expected": effect.expected}
            for name, effect in effects.items()
            if effect is not None
        },
    }


def _figure(entry: Amended[Observation]) -> Document:
    figure = entry.new or entry.old
    assert figure is not None
    return {
        "measure": figure.measure,
        "period": str(figure.month),
        "old": entry.old.value if entry.old else None,
        "new": entry.new.value if entry.new else None,
    }


def _target(entry: Amended[Target]) -> Document:
    return {
        name: f"{target.comparator} {target.threshold:g}" if target else None
        for name, target in (("old", entry.old), ("new", entry.new))
    }


def _surprise(surprise: Surprise) -> Document:
    return {
        "expected": surprise.expected,
        "deviation": surprise.deviation,
        "actual": surprise.actual,
    }


def news_summary(news: News) -> str:
    """Return an explanation as lines: what moved its own indicator and the all-clear by what."""
    lines = [_line("before", news.before), *map(_term_line, news.terms)]
    return "\n".join([*lines, _line("after", news.after)]) + "\n"


def _line(name: str, outlook: Outlook) -> str:
    together = outlook.all_clear
    return f"{name:12}" + (
        f"all met with probability {together.probability:.3f}" if together else ""
    )


def _term_line(term: Term) -> str:
    effect = term.on(term.indicator) if term.indicator else None
    surprise = term.surprise
    parts = [
        f"{term.kind:12}{term.indicator or '':32} {term.quarter or ''!s:6}",
        f"all {term.all_clear:+.3f}" if term.all_clear is not None else "",
        f"own {effect.probability:+.3f} {effect.expected:+.2f}" if effect else "",
        f"came {surprise.actual:.1f} expected {surprise.expected:.1f}" if surprise else "",
    ]
    return "  ".join(part for part in parts if part).rstrip()
