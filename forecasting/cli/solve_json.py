"""A solution as a document of plain values and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forecasting.cli.outlook_json import Document
from forecasting.cli.scenario_json import named
from forecasting.outlook.question import Question
from forecasting.scenario.document import write_scenario
from forecasting.scenario.projects import DATES
from forecasting.solve.solution import Advanced, Alternative, Limits, Setting, Solution, Turned
from forecasting.solve.wish import LeftOut, Wish


def solution_document(
    question: Question, wish: Wish, solution: Solution, left: Sequence[LeftOut] = ()
) -> Document:
    """Return a solution as plain values; probabilities from 0 to 1.

    ``setting``, ``probability`` and what follows describe the setting that reaches, or the one
    that comes nearest where ``reachable`` is false; then ``best`` and ``why`` are told.
    """
    return {
        "area": question.area.id,
        "year": question.year,
        "as_of": str(question.as_of) if question.as_of else None,
        "seed": question.seed,
        "wanted": solution.wanted,
        "p_all_before": solution.before,
        "reachable": solution.reached,
        **_setting(solution.setting),
        "best": None if solution.reached else solution.most,
        "why": None if solution.reached else _why(solution),
        "limits": _limits(solution.limits),
        "alternatives": list(map(_alternative, solution.alternatives)),
        "allowed": _allowed(wish),
        "left_out": [
            {"kind": one.lever.kind, "missing": [str(error) for error in one.missing]}
            for one in left
        ],
    }


def _limits(limits: Limits) -> Document:
    return {
        "unmoved": list(limits.unmoved),
        "missed": list(limits.missed),
        "ceiling": limits.ceiling,
    }


def _alternative(one: Alternative) -> Document:
    return {
        "kind": one.kind,
        "without": named(one.without) if one.without else None,
        "reachable": one.setting.reached,
        **_setting(one.setting),
    }


def _setting(setting: Setting) -> Document:
    weakest = setting.weakest
    return {
        "setting": {
            "levers": [_turned(one) for one in setting.levers],
            "projects": [_advanced(one) for one in setting.projects],
            "scenario": write_scenario(setting.scenario),
        },
        "probability": setting.probability,
        "error": setting.error,
        "effort": setting.effort,
        "binding": [named(one.entry) for one in setting.levers if one.at_bound]
        + [named(one.project) for one in setting.projects if one.at_bound],
        "weakest": {
            "indicator": weakest.indicator,
            "probability": weakest.probability,
            "p_all_if_cleared": weakest.if_cleared,
        }
        if weakest
        else None,
    }


def _turned(turned: Turned) -> Document:
    entry = turned.entry
    return {
        **named(entry),
        "value": entry.value,
        "before": turned.before,
        "unit": turned.unit,
        "start": str(entry.start) if entry.start else None,
        "effort": turned.effort,
        "at_bound": turned.at_bound,
    }


def _advanced(advanced: Advanced) -> Document:
    dates = ((name, getattr(advanced.project, name)) for name in DATES)
    return {
        **named(advanced.project),
        "quarters_earlier": advanced.quarters,
        "dates": {name: str(date) for name, date in dates if date is not None},
        "effort": advanced.effort,
        "at_bound": advanced.at_bound,
    }


def _why(solution: Solution) -> Document:
    """Return which indicator holds the probability back."""
    weakest = solution.setting.weakest
    indicator = weakest.indicator if weakest else next(iter(solution.limits.missed), None)
    return {
        "indicator": indicator,
        "moved": indicator not in (*solution.limits.unmoved, *solution.limits.missed),
        "probability": weakest.probability if weakest else 0.0,
    }


def _allowed(wish: Wish) -> list[Document]:
    levers: list[Document] = [
        {
            **named(one.entry),
            "low": one.low,
            "high": one.high,
            "step": one.step,
            "weight": one.weight,
        }
        for one in wish.levers
    ]
    return levers + [
        {**named(one.project), "quarters": one.quarters, "weight": one.weight}
        for one in wish.projects
    ]


def solution_summary(solution: Solution, left: Sequence[LeftOut] = ()) -> str:
    """Return a solution as lines for a terminal."""
    lines = [f"as it stands: {solution.before:.3f}, wanted: {solution.wanted:.3f}"]
    if not solution.reached:
        lines += list(_refusal(solution))
    lines += list(_lines(solution.setting))
    for one in solution.alternatives:
        stays = f" {_label(named(one.without))}" if one.without else ""
        end = "" if one.setting.reached else ", which does not reach"
        lines += ["", f"instead, {one.kind.replace('_', ' ')}{stays}{end}:"]
        lines += list(_lines(one.setting))
    for lacking in left:
        lines.append(f"left out: {'; '.join(str(error) for error in lacking.missing)}")
    return "\n".join(lines) + "\n"


def _refusal(solution: Solution) -> Iterator[str]:
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


def _lines(setting: Setting) -> Iterator[str]:
    """Yield what is done, and what it comes to."""
    for one in setting.levers:
        bound = ", at its bound" if one.at_bound else ""
        change = f"{one.before:g} to {one.entry.value:g} {one.unit}"
        yield f"{_label(named(one.entry)):40} {change}{bound}"
    for move in setting.projects:
        bound = ", as far as it goes" if move.at_bound else ""
        yield f"{_label(named(move.project)):40} {move.quarters} quarters earlier{bound}"
    weakest = f", weakest {setting.weakest.indicator}" if setting.weakest else ""
    yield (
        f"all met with probability {setting.probability:.3f} (error {setting.error:.3f}), "
        f"effort {setting.effort:.3f}{weakest}"
    )


def _label(name: Document) -> str:
    return " ".join(part for part in map(str, name.values()) if part)
