"""Answers of the commands: as plain values for JSON, and as lines for a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from forecasting.figures.indicator import Indicator, Observation, Target
from forecasting.history.history import History
from forecasting.issues.json import plain
from forecasting.models.predictive import ModelReport
from forecasting.news.news import Amended, News, Prospects, Term
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.outlook.pace import ends_of
from forecasting.outlook.quantiles import QUANTILE_NAMES, Quantiles
from forecasting.outlook.question import Question
from forecasting.record.backtest import BacktestCase
from forecasting.scenario.apply import Applied, Effect
from forecasting.scenario.bottom_up import BottomUpAnswer, YearAnswer, bottom_up_answers
from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Amount, Entry, PointLever
from forecasting.scenario.pins import JointPlausibility, Likelihood, plausibility
from forecasting.scenario.projects import DATES, Project
from forecasting.scenario.risks import Risk, deductions
from forecasting.scenario.toml import write_scenario
from forecasting.solve.solution import AdvancedProject, Setting, Solution, TurnedLever
from forecasting.solve.wish import LeftOut, Wish

Values = dict[str, Any]
"""A document: growth in percent, probabilities from 0 to 1, its keys in a fixed order."""


def _pick(value: object, *names: str) -> Values:
    """Return some attributes of a value under their own names."""
    return {name: plain(getattr(value, name)) for name in names}


def outlook_document(outlook: Outlook) -> Values:
    """Return an outlook as plain values."""
    together = outlook.all_clear
    weakest = together.weakest if together else None
    return {
        "area": outlook.area.id,
        **_pick(outlook, "year", "as_of", "seed", "engine"),
        **_pick(outlook.area, "reference", "synthetic"),
        "p_all": together.probability if together else None,
        "p_all_error": together.error if together else None,
        "p_independent": together.independent if together else None,
        "light": outlook.light,
        "weakest": weakest.indicator_id if weakest else None,
        "p_all_if_weakest_clears": weakest.probability_if_cleared if weakest else None,
        "counted": len(outlook.counted),
        "targets_in_all": outlook.targets_in_all,
        "indicators": [_verdict(verdict) for verdict in outlook.verdicts],
        "excluded": [
            {
                "indicator": excluded.target.indicator,
                "reason": excluded.reason,
                "latest": plain(excluded.latest),
            }
            for excluded in outlook.excluded
        ],
    }


def _verdict(verdict: Verdict) -> Values:
    history, pace, ends = verdict.history, verdict.pace, ends_of(verdict)
    return {
        "indicator": verdict.indicator_id,
        "counts": verdict.counts,
        **_pick(verdict.target, "comparator", "threshold"),
        "cut": verdict.cut.lower if math.isfinite(verdict.cut.lower) else verdict.cut.upper,
        "origin": str(history.origin),
        "latest": history.ytd_at(history.origin),
        **_months(history),
        "measure": history.measure,
        "shares": history.shares[history.origin.year - 1].source,
        **_pick(verdict, "complete", "method", "probability", "light"),
        "quantiles": _quantiles(verdict.quantiles),
        "fan": [
            {"quarter": str(point.quarter), **_quantiles(point.quantiles)} for point in verdict.fan
        ],
        "required_pace": pace.shown if pace else None,
        "required_pace_most": ends[1] if ends else None,
        "pace": pace
        and {
            "from_quarter": pace.first_quarter,
            **({"from_month": pace.first_month} if pace.first_month else {}),
            **_pick(pace, "average", "reached", "windows"),
        },
        "model": _model(verdict.model) if verdict.model else None,
    }


def _months(history: History) -> Values:
    """Return what months inside the open quarter tell, where any are known."""
    known = history.partial
    if known is None:
        return {}
    return {"months": {"to": str(known.month), "growth_ytd": known.ytd, "part": known.growth}}


def _quantiles(quantiles: Quantiles) -> Values:
    return dict(zip(QUANTILE_NAMES, quantiles, strict=True))


def _model(model: ModelReport) -> Values:
    return {
        **_pick(model, "order", "seasonal_order", "observations", "parameters"),
        "outliers": [
            {"quarter": str(outlier.quarter), "kind": outlier.kind, "percent": outlier.size}
            for outlier in model.outliers
        ],
    }


def outlook_lines(outlook: Outlook) -> str:
    """Return an outlook as lines."""
    together = outlook.all_clear
    lines = [
        f"{outlook.area.name.en} {outlook.year}: "
        f"{len(outlook.counted)} of {outlook.targets_in_all} targets counted, "
        + (f"all met with probability {together.probability:.3f}" if together else "no verdict")
    ]
    lines += [
        f"{verdict.indicator_id:32} {_latest(verdict)}  {verdict.probability:.3f}  "
        f"{_interval(verdict.quantiles)}  {verdict.method}"
        for verdict in outlook.verdicts
    ]
    lines += [
        f"{excluded.target.indicator:32} not counted: {excluded.reason}"
        for excluded in outlook.excluded
    ]
    return "\n".join(lines) + "\n"


def _latest(verdict: Verdict) -> str:
    latest = verdict.history.latest
    return f"{latest.quarter or latest}"


def _interval(quantiles: Quantiles) -> str:
    return f"{quantiles.median:6.1f} ({quantiles.q10:.1f} to {quantiles.q90:.1f})"


def case_document(case: BacktestCase, *, by_month: bool = False) -> Values:
    """Return one case of a backtest as plain values."""
    quantiles = case.verdict.quantiles
    return {
        "indicator": case.verdict.indicator_id,
        **_pick(case, "year", "origin_quarter", *(["month"] if by_month else [])),
        **_pick(case.verdict, "probability", "method"),
        "q10": quantiles.q10,
        "q50": quantiles.median,
        "q90": quantiles.q90,
        **_pick(case, "outcome", "met"),
    }


def news_document(news: News) -> Values:
    """Return an explanation as plain values."""
    return {
        "area": news.question.area.id,
        "year": news.question.year,
        "seed": news.question.seed,
        "before": _prospects(news.before),
        "after": _prospects(news.after),
        "terms": [_term(term) for term in news.terms],
    }


def _prospects(outlook: Outlook) -> Values:
    prospects = Prospects.of(outlook)
    return {"p_all": prospects.all_clear, "indicators": plain(prospects.indicators)}


def _all(outlook: Outlook) -> float | None:
    return outlook.all_clear.probability if outlook.all_clear else None


def _term(term: Term) -> Values:
    effects = {name: term.on(name) for name in term.before.indicators}
    return {
        **_pick(term, "kind", "indicator", "quarter"),
        "figures": [_figure(amended) for amended in term.figures],
        "definitions": [
            {"from": str(amended.either.quarter), "recorded": amended.new is not None}
            for amended in term.definitions
        ],
        "target": _target(term.target) if term.target else None,
        "surprise": plain(term.surprise),
        "p_all": term.all_clear,
        "effects": {name: plain(effect) for name, effect in effects.items() if effect is not None},
    }


def _figure(amended: Amended[Observation]) -> Values:
    return {
        "measure": amended.either.measure,
        "period": str(amended.either.month),
        "old": amended.old.value if amended.old else None,
        "new": amended.new.value if amended.new else None,
    }


def _target(amended: Amended[Target]) -> Values:
    return {
        name: f"{target.comparator} {target.threshold:g}" if target else None
        for name, target in (("old", amended.old), ("new", amended.new))
    }


def news_lines(news: News) -> str:
    """Return an explanation as lines: what moved its own indicator and the all-clear by what."""
    lines = [
        _all_line("before", news.before),
        *map(_term_line, news.terms),
        _all_line("after", news.after),
    ]
    return "\n".join(lines) + "\n"


def _all_line(name: str, outlook: Outlook) -> str:
    together = _all(outlook)
    return f"{name:12}" + ("" if together is None else f"all met with probability {together:.3f}")


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


def scenario_document(baseline: Baseline, applied: Applied) -> Values:
    """Return a scenario's outlook as an outlook's document, with what the scenario does.

    What it does stands under ``scenario``, which is left out where nothing is to be said: then
    the document is that of the baseline to the last byte. Of a view from below it holds sums
    alone, and no figure of a single firm.
    """
    scenario = applied.scenario
    document = outlook_document(applied.outlook)
    if not scenario.silent:
        before = outlook_of(baseline)
        document["scenario"] = {
            "name": scenario.name,
            "p_all_baseline": _all(before),
            "baseline": _prospects(before)["indicators"],
            "effects": [_effect(effect) for effect in applied.effects],
            "without_effect": [_identity(entry) for entry in applied.without_effect],
            "pins": [
                _pick(pin, "indicator", "quarter", "cumulative", "growth") for pin in scenario.pins
            ],
            "plausibility": plain(plausibility(baseline, scenario.pins)),
            "risks": _deductions(scenario.risks) if scenario.risks else None,
            "bottom_up": [_from_below(view) for view in bottom_up_answers(baseline, scenario)],
            "unmeasured": _ids(applied.unmeasured),
        }
    return document


def _ids(indicators: Sequence[Indicator]) -> list[str]:
    return [indicator.id for indicator in indicators]


def _unmeasured_lines(indicators: Sequence[Indicator]) -> Iterator[str]:
    """Yield of which indicators last year's level is missing, if of any."""
    if indicators:
        listed = ", ".join(_ids(indicators))
        yield f"not counted, as last year's level is missing: amounts on {listed}"


def _deductions(risks: tuple[Risk, ...]) -> Values:
    expected = deductions(risks)
    return {
        "each": [_pick(risk, "name", "line", "expected") for risk in risks],
        "by_line": plain(expected.by_line),
        "total": expected.total,
    }


def _from_below(view: BottomUpAnswer) -> Values:
    return {**plain(view), "below": _year(view.below), "model": _year(view.model)}


def _year(year: YearAnswer) -> Values:
    return {**_pick(year, "probability"), "quantiles": _quantiles(year.quantiles)}


def _identity(entry: Entry) -> Values:
    """Return what tells an entry of a scenario from others."""
    match entry:
        case Lever():
            return {"entry": "lever", "kind": entry.kind, "name": entry.name}
        case Amount():
            return {"entry": "amount", "kind": entry.indicator, "name": entry.name}
        case PointLever():
            return {"entry": "point", "kind": entry.indicator, "name": entry.name}
        case Project():
            return {"entry": "project", "kind": entry.id, "name": entry.name}


def _effect(effect: Effect) -> Values:
    return {
        **_identity(effect.entry),
        **_pick(effect, "indicator", "value"),
        "steps": [_pick(factor, "name", "value", "divides", "source") for factor in effect.factors],
        **_pick(effect, "unit", "amounts", "known", "later", "level", "points"),
        "points_of_year": math.fsum(effect.points),
        **_pick(effect, "beyond_range", "beyond_history"),
    }


def scenario_lines(baseline: Baseline, applied: Applied) -> str:
    """Return a scenario's outlook and what the scenario does as lines."""
    scenario = applied.scenario
    lines = []
    before, after = _all(outlook_of(baseline)), _all(applied.outlook)
    if scenario.silent:
        return outlook_lines(applied.outlook)
    if before is not None and after is not None:
        lines.append(f"without the scenario: {before:.3f}")
    lines += [
        f"{_label(effect.entry):40} {effect.indicator:32} {math.fsum(effect.points):+6.2f} points"
        + (", beyond its usual range" if effect.beyond_range else "")
        + (", further than from any year to the next" if effect.beyond_history else "")
        for effect in applied.effects
        if any(effect.points)
    ]
    lines += [f"{_label(entry):40} no effect this year" for entry in applied.without_effect]
    lines += _pin_lines(plausibility(baseline, scenario.pins))
    lines += _below_lines(bottom_up_answers(baseline, scenario))
    lines += _unmeasured_lines(applied.unmeasured)
    if scenario.risks:
        total = deductions(scenario.risks).total
        lines.append(f"{'risks':40} {total:.2f} points of the assessment expected to be deducted")
    return outlook_lines(applied.outlook) + "\n".join(lines) + "\n"


def _pin_lines(plausible: JointPlausibility | None) -> Iterator[str]:
    """Yield how far out each pinned indicator lies, and where there are several all of them."""
    if plausible is None:
        return
    for one in plausible.each:
        yield f"{'pin ' + one.indicator:40} {_how_far(one.growth)}"
    if len(plausible.each) > 1:
        yield f"{'pins together':40} {_how_far(plausible.together)}"


def _how_far(likelihood: Likelihood) -> str:
    return (
        f"{likelihood.deviations:+.1f} standard deviations, "
        f"probability {likelihood.probability:.3g} of as far"
    )


def _below_lines(views: Sequence[BottomUpAnswer]) -> Iterator[str]:
    """Yield probability, median and 80% interval of each view from below and of the models."""
    for view in views:
        for who, year, weight in (
            ("below", view.below, view.weight),
            ("models", view.model, 1 - view.weight),
        ):
            yield (
                f"{'bottom-up ' + view.indicator + ', ' + who:52} {year.probability:.3f}  "
                f"{_interval(year.quantiles)}, weight {weight:.2f}"
            )


def _label(entry: Entry) -> str:
    return " ".join(part for part in map(str, _identity(entry).values()) if part)


def solution_document(
    question: Question,
    wish: Wish,
    solution: Solution,
    left: Sequence[LeftOut] = (),
    unmeasured: Sequence[Indicator] = (),
) -> Values:
    """Return a solution as plain values.

    ``setting``, ``probability`` and what follows describe the setting that reaches, or the one
    that comes nearest where ``reachable`` is false; then ``best`` and ``why`` are given.
    ``unmeasured`` are the indicators on which the setting's amounts are not counted.
    """
    return {
        "area": question.area.id,
        **_pick(question, "year", "as_of", "seed"),
        "wanted": solution.wanted,
        "p_all_before": solution.before,
        "reachable": solution.reached,
        **_setting(solution.setting),
        "best": None if solution.reached else solution.most,
        "why": None if solution.reached else _why(solution),
        "limits": plain(solution.limits),
        "alternatives": [
            {
                "kind": other.kind,
                "without": _identity(other.without) if other.without else None,
                "reachable": other.setting.reached,
                **_setting(other.setting),
            }
            for other in solution.alternatives
        ],
        "allowed": _allowed(wish),
        "left_out": [
            {"kind": one.lever.kind, "missing": [str(error) for error in one.missing]}
            for one in left
        ],
        "unmeasured": _ids(unmeasured),
    }


def _setting(setting: Setting) -> Values:
    weakest = setting.weakest
    return {
        "setting": {
            "levers": [_turned(one) for one in setting.levers],
            "projects": [_advanced(one) for one in setting.projects],
            "scenario": write_scenario(setting.scenario),
        },
        **_pick(setting, "probability", "error", "effort"),
        "binding": [_identity(one.entry) for one in setting.levers if one.at_bound]
        + [_identity(one.project) for one in setting.projects if one.at_bound],
        "weakest": weakest
        and {
            **_pick(weakest, "indicator", "probability"),
            "p_all_if_cleared": weakest.if_cleared,
        },
    }


def _turned(turned: TurnedLever) -> Values:
    return {
        **_identity(turned.entry),
        "value": turned.entry.value,
        **_pick(turned, "before", "unit"),
        "start": plain(turned.entry.start),
        **_pick(turned, "effort", "at_bound"),
    }


def _advanced(advanced: AdvancedProject) -> Values:
    dates = ((name, getattr(advanced.project, name)) for name in DATES)
    return {
        **_identity(advanced.project),
        "quarters_earlier": advanced.quarters,
        "dates": {name: str(date) for name, date in dates if date is not None},
        **_pick(advanced, "effort", "at_bound"),
    }


def _why(solution: Solution) -> Values:
    """Return which indicator holds the probability back."""
    weakest = solution.setting.weakest
    indicator = weakest.indicator if weakest else next(iter(solution.limits.missed), None)
    return {
        "indicator": indicator,
        "moved": indicator not in (*solution.limits.unmoved, *solution.limits.missed),
        "probability": weakest.probability if weakest else 0.0,
    }


def _allowed(wish: Wish) -> list[Values]:
    levers = [
        {**_identity(one.entry), **_pick(one, "low", "high", "step", "weight")}
        for one in wish.levers
    ]
    return levers + [
        {**_identity(one.project), **_pick(one, "quarters", "weight")} for one in wish.projects
    ]


def solution_lines(
    solution: Solution, left: Sequence[LeftOut] = (), unmeasured: Sequence[Indicator] = ()
) -> str:
    """Return a solution as lines."""
    lines = [f"as it stands: {solution.before:.3f}, wanted: {solution.wanted:.3f}"]
    if not solution.reached:
        lines += _refusal_lines(solution)
    lines += _setting_lines(solution.setting)
    for other in solution.alternatives:
        stays = f" {_label(other.without)}" if other.without else ""
        end = "" if other.setting.reached else ", which does not reach"
        lines += ["", f"instead, {other.kind.replace('_', ' ')}{stays}{end}:"]
        lines += _setting_lines(other.setting)
    lines += [f"left out: {'; '.join(map(str, lacking.missing))}" for lacking in left]
    lines += _unmeasured_lines(unmeasured)
    return "\n".join(lines) + "\n"


def _refusal_lines(solution: Solution) -> Iterator[str]:
    why, limits = _why(solution), solution.limits
    line = f"cannot be reached: best is {solution.most:.3f}"
    if why["indicator"] is not None:
        moved = "" if why["moved"] else ", which nothing allowed moves"
        line += (
            f", because {why['indicator']} is met with probability {why['probability']:.3f}{moved}"
        )
    yield line
    if limits.unmoved:
        yield f"nothing allowed moves {', '.join(limits.unmoved)}: at most {limits.ceiling:.3f}"
    if limits.missed:
        yield f"missed already: {', '.join(limits.missed)}"


def _setting_lines(setting: Setting) -> Iterator[str]:
    """Yield what is done, and what it comes to."""
    for one in setting.levers:
        bound = ", at its bound" if one.at_bound else ""
        change = f"{one.before:g} to {one.entry.value:g} {one.unit}"
        yield f"{_label(one.entry):40} {change}{bound}"
    for move in setting.projects:
        bound = ", as far as it goes" if move.at_bound else ""
        yield f"{_label(move.project):40} {move.quarters} quarters earlier{bound}"
    weakest = f", weakest {setting.weakest.indicator}" if setting.weakest else ""
    yield (
        f"all met with probability {setting.probability:.3f} (error {setting.error:.3f}), "
        f"effort {setting.effort:.3f}{weakest}"
    )
