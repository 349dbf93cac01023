"""Names and words of the domain in a reader's language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecasting.figures.indicator import (
    Area,
    Basis,
    Comparator,
    Indicator,
    Names,
    Target,
)
from forecasting.outlook.outlook import Verdict
from ui.language import Language, Speaker
from ui.language import format as fmt


def title(indicator: Indicator, say: Speaker) -> str:
    """Return the name that fits a panel: English full names take a line and a half."""
    return say.name(Names(indicator.name.zh, indicator.short.en))


def area_label(area: Area, say: Speaker) -> str:
    """Return an area's name, marked where its figures are simulated."""
    name = say.name(area.name)
    return say("area.marked", name=name, mark=say("area.synthetic")) if area.synthetic else name


def basis(value: Basis, say: Speaker) -> str:
    """Return the basis in one or two words: the coverage where it is special, else prices."""
    if value.coverage != "standard":
        return say.word("coverage", value.coverage)
    if value.currency not in ("", "CNY"):
        return say.word("currency", value.currency)
    return say(f"price.{value.price}")


def parameter(code: str, say: Speaker) -> str:
    """Return the name of a model's parameter, from the notation of statsmodels.

    ``ar.L1`` and ``ma.S.L4`` are lags.
    """
    if match := re.fullmatch(r"(ar|ma)(\.S)?\.L(\d+)", code):
        kind = match[1] + ("_seasonal" if match[2] else "")
        return say(f"parameter.{kind}", lag=match[3])
    return say.word("parameter", code)


def is_outlier(code: str) -> bool:
    """Whether a parameter of a model is the size of an outlier, on the model's own scale."""
    return re.fullmatch(r"x\d+", code) is not None


def clause(target: Target, say: Speaker, *, done: bool = False) -> str:
    """Say what the target asks: 超过7%; or, once it is ``done``, what came: exceeded 7%.

    A line below zero is told as a fall: "to exceed −3%" would be misread.
    """
    comparator, fall = Comparator(target.comparator), _falls(target)
    kind = comparator.name.lower() + ("_fall" if fall else "")
    threshold = abs(target.threshold) if fall else target.threshold
    return say(
        f"done.{kind}" if done else f"clause.{kind}",
        threshold=fmt.threshold(threshold),
        tolerance=f"{target.tolerance:g}",
    )


def _falls(target: Target) -> bool:
    """Whether a target is told as a fall."""
    return target.threshold < 0 and target.comparator is not Comparator.ABOUT


def act(target: Target, say: Speaker) -> str:
    """Say what the target asks as something to do, behind 要, 能够 or 未能: 使降幅小于3%."""
    key = "clause.act_fall" if _falls(target) else "clause.act"
    return say(key, clause=clause(target, say))


def common_clause(verdicts: Sequence[Verdict], say: Speaker, *, done: bool = False) -> str:
    """Say what all targets ask, or that each has its own; in a reference area its own line."""
    clauses = {clause(verdict.target, say, done=done) for verdict in verdicts}
    if len(clauses) == 1:
        return clauses.pop()
    kind = "own_reference" if any(verdict.light is None for verdict in verdicts) else "own"
    return say(f"done.{kind}" if done else f"clause.{kind}")


def common_act(verdicts: Sequence[Verdict], say: Speaker) -> str:
    """Say what all targets ask as something to do."""
    acts = {act(verdict.target, say) for verdict in verdicts}
    return acts.pop() if len(acts) == 1 else common_clause(verdicts, say)


def common_growth(
    verdicts: Sequence[Verdict], say: Speaker, *, done: bool = False, count: int = 0
) -> str:
    """Say of growth what all targets ask of it together: 增速全部超过7%.

    Parameters
    ----------
    count
        How many do it together, where it is not all of them.
    """
    told = common_clause(verdicts, say, done=done)
    fall = all(_falls(verdict.target) for verdict in verdicts) and not _differ(verdicts, say)
    key = "clause.fell" if fall else "clause.grew"
    return say(key, clause=told, count=count or len(verdicts))


def _differ(verdicts: Sequence[Verdict], say: Speaker) -> bool:
    return len({clause(verdict.target, say) for verdict in verdicts}) > 1


def suffix(reference: bool) -> str:
    """Return how the keys of messages end that compare, in an area whose line is not its own."""
    return "_reference" if reference else ""


def document(target: Target, say: Speaker) -> str:
    """Return a target's source document, which is quoted in the language it is in."""
    if not target.document:
        return say("indicator.no_document")
    foreign = say.language is not Language.ZH and not target.document.isascii()
    document = say.verbatim(target.document)
    return say("indicator.cited", document=document) if foreign else document


def common_line(verdicts: Sequence[Verdict], say: Speaker) -> str:
    """Return the threshold that all share, or say that each has its own line."""
    lines = {fmt.threshold(verdict.target.threshold) for verdict in verdicts}
    return lines.pop() if len(lines) == 1 else say("clause.own_line")
