"""Names and words of the domain in a reader's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Catalogue,
    Comparator,
    Indicator,
    Measure,
    Names,
    Status,
    Target,
)
from forecasting.history.shares import ShareSource
from forecasting.models.predictive import OutlierKind
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Verdict
from ui.language import Language, known, t
from ui.language import format as fmt
from ui.language.markdown import literal


def name(names: Names, language: Language) -> str:
    """Return a name in one language, for Markdown: files may bring indicators with their names."""
    return literal(plain_name(names, language))


def plain_name(names: Names, language: Language) -> str:
    """Return a name in one language as it is, for whatever is no Markdown."""
    return names.zh if language is Language.ZH else names.en


def national(catalogue: Catalogue, area: Area) -> Catalogue:
    """Return the catalogue with the names that only the nation uses: 国内生产总值, not 地区."""
    if area.kind is not AreaKind.NATION:
        return catalogue
    return Catalogue.of([_national(indicator) for indicator in catalogue.indicators.values()])


def _national(indicator: Indicator) -> Indicator:
    key = f"nation.{indicator.id}"
    if not known(key):
        return indicator
    return replace(indicator, name=Names(t(key, Language.ZH), t(key, Language.EN)))


def title(indicator: Indicator, language: Language) -> str:
    """Return the name that fits a panel, for Markdown."""
    return literal(plain_title(indicator, language))


def plain_title(indicator: Indicator, language: Language) -> str:
    """Return the same as it is: English full names take a line and a half."""
    return indicator.name.zh if language is Language.ZH else indicator.short.en


def area_label(area: Area, language: Language) -> str:
    """Return an area's name, marked where its figures are simulated, for Markdown."""
    return literal(plain_area_label(area, language))


def plain_area_label(area: Area, language: Language) -> str:
    """Return the same as it is."""
    label = plain_name(area.name, language)
    mark = t("area.synthetic", language)
    return t("area.marked", language, name=label, mark=mark) if area.synthetic else label


def light(value: Light, language: Language) -> str:
    """Return the word of a light."""
    return t(f"light.{value}", language)


def measure(value: Measure, language: Language) -> str:
    """Return the word of a form of figure."""
    return t(f"measure.{value}", language)


def status(value: Status, language: Language) -> str:
    """Return the word of a figure's status."""
    return t(f"status.{value}", language)


def unit(value: str, language: Language) -> str:
    """Return the unit as it is written."""
    return t(f"unit.{value}", language) if known(f"unit.{value}") else value


def currency(code: str, language: Language) -> str:
    """Return a currency's name, or its code where it has none here."""
    return t(f"currency.{code}", language) if known(f"currency.{code}") else code


def coverage(code: str, language: Language) -> str:
    """Return what a figure counts, or its code where an upload brought a new one."""
    return t(f"coverage.{code}", language) if known(f"coverage.{code}") else code


def publisher(value: str, language: Language) -> str:
    """Return a publisher's name; one that no catalogue knows stays as the source wrote it."""
    return t(f"publisher.{value}", language) if known(f"publisher.{value}") else value


def basis(value: Basis, language: Language) -> str:
    """Return the basis in one or two words: the coverage where it is special, else prices."""
    if value.coverage != "standard":
        return coverage(value.coverage, language)
    if value.currency not in ("", "CNY"):
        return currency(value.currency, language)
    return t(f"price.{value.price}", language)


def share_source(value: ShareSource, language: Language) -> str:
    """Say where quarterly weights come from."""
    return t(f"shares.{value}", language)


def member(method: str, language: Language) -> str:
    """Return the name of a member, or of all of them pooled, by its method."""
    return t(f"member.{method}", language)


def outlier_kind(value: OutlierKind, language: Language) -> str:
    """Return the word of what an outlier does."""
    return t(f"outlier.{value}", language)


def parameter(code: str, language: Language) -> str:
    """Return the name of a model's parameter, from the notation of statsmodels.

    ``ar.L1`` and ``ma.S.L4`` are lags.
    """
    if match := re.fullmatch(r"(ar|ma)(\.S)?\.L(\d+)", code):
        kind = match[1] + ("_seasonal" if match[2] else "")
        return t(f"parameter.{kind}", language, lag=match[3])
    return t(f"parameter.{code}", language) if known(f"parameter.{code}") else code


def is_outlier(code: str) -> bool:
    """Whether a parameter of a model is the size of an outlier, on the model's own scale."""
    return re.fullmatch(r"x\d+", code) is not None


def clause(target: Target, language: Language, *, done: bool = False) -> str:
    """Say what the target asks: 超过7%; or, once it is ``done``, what came: exceeded 7%.

    A line below zero is told as a fall: "to exceed −3%" would be misread.
    """
    comparator, fall = Comparator(target.comparator), _falls(target)
    kind = comparator.name.lower() + ("_fall" if fall else "")
    threshold = abs(target.threshold) if fall else target.threshold
    return t(
        f"done.{kind}" if done else f"clause.{kind}",
        language,
        threshold=fmt.threshold(threshold),
        tolerance=f"{target.tolerance:g}",
    )


def _falls(target: Target) -> bool:
    """Whether a target is told as a fall."""
    return target.threshold < 0 and target.comparator is not Comparator.ABOUT


def act(target: Target, language: Language) -> str:
    """Say what the target asks as something to do, behind 要, 能够 or 未能: 使降幅小于3%."""
    key = "clause.act_fall" if _falls(target) else "clause.act"
    return t(key, language, clause=clause(target, language))


def common_clause(verdicts: Sequence[Verdict], language: Language, *, done: bool = False) -> str:
    """Say what all targets ask, or that each has its own; in a reference area its own line."""
    clauses = {clause(verdict.target, language, done=done) for verdict in verdicts}
    if len(clauses) == 1:
        return clauses.pop()
    kind = "own_reference" if any(verdict.light is None for verdict in verdicts) else "own"
    return t(f"done.{kind}" if done else f"clause.{kind}", language)


def common_act(verdicts: Sequence[Verdict], language: Language) -> str:
    """Say what all targets ask as something to do."""
    acts = {act(verdict.target, language) for verdict in verdicts}
    return acts.pop() if len(acts) == 1 else common_clause(verdicts, language)


def common_growth(
    verdicts: Sequence[Verdict], language: Language, *, done: bool = False, count: int = 0
) -> str:
    """Say of growth what all targets ask of it together: 增速全部超过7%.

    Parameters
    ----------
    count
        How many do it together, where it is not all of them.
    """
    told = common_clause(verdicts, language, done=done)
    fall = all(_falls(verdict.target) for verdict in verdicts) and not _differ(verdicts)
    key = "clause.fell" if fall else "clause.grew"
    return t(key, language, clause=told, count=count or len(verdicts))


def _differ(verdicts: Sequence[Verdict]) -> bool:
    return len({clause(verdict.target, Language.ZH) for verdict in verdicts}) > 1


def suffix(reference: bool) -> str:
    """Return how the keys of messages end that compare, in an area whose line is not its own."""
    return "_reference" if reference else ""


def document(target: Target, language: Language) -> str:
    """Return a target's source document, which is quoted in the language it is in."""
    if not target.document:
        return t("indicator.no_document", language)
    foreign = language is not Language.ZH and not target.document.isascii()
    return t("indicator.cited", language, document=target.document) if foreign else target.document


def common_line(verdicts: Sequence[Verdict], language: Language) -> str:
    """Return the threshold that all share, or say that each has its own line."""
    lines = {fmt.threshold(verdict.target.threshold) for verdict in verdicts}
    return lines.pop() if len(lines) == 1 else t("clause.own_line", language)
