"""The sentence that opens a page: what is likely, what is out of reach, or what came.

Markdown as of ``sentences``. What is known is told as a fact, never as a chance: what is published
apart from what is only known inside.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import AllClear, Outlook, Verdict
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import sentences

NAMED = 3
"""Indicators that a sentence names; of more it says how many there are."""


def headline(
    outlook: Outlook, language: Language, *, planned: bool = True, issued: bool = False
) -> str:
    """Return the sentence that opens a page.

    Parameters
    ----------
    planned
        Whether the line is the zone's planned one, not one that somebody typed.
    issued
        Whether it was typed by an issuer, not on the page that the sentence opens.
    """
    together = outlook.all_clear
    if together is None or outlook.latest is None:
        area = words.name(outlook.area.name, language)
        key = f"headline.none{words.suffix(outlook.area.reference)}"
        return t(key, language, area=area, year=outlook.year).replace("|", sentences.BREAK)
    told = values(outlook, together, language, planned=planned, issued=issued)
    return t(_key(outlook), language, **told).replace("|", sentences.BREAK)


def settled(outlook: Outlook) -> bool:
    """Whether nothing about "all" is a chance any more: it is known, or out of reach."""
    return outlook.known or outlook.lost


def _key(outlook: Outlook) -> str:
    reference, count = outlook.area.reference, len(outlook.counted)
    if outlook.known:
        return f"headline.{_outcome(outlook)}"
    if outlook.lost:
        return f"headline.lost{words.suffix(outlook.area.reference)}"
    if reference or outlook.light is None:
        return "headline.reference" if count > 1 else "headline.reference_one"
    if outlook.light is Light.HOPEFUL and count == 1:
        return "headline.hopeful_one"
    return f"headline.{outlook.light}"


def _outcome(outlook: Outlook) -> str:
    """Return how a known year is told: by how many made it."""
    counted = outlook.counted
    met = sum(verdict.met for verdict in counted)
    if outlook.area.reference:
        return "compared" if met else "compared_none"
    if met == len(counted):
        return "met"
    if met:
        return "missed"
    return "missed_one" if len(counted) == 1 else "missed_none"


def light(outlook: Outlook) -> Light | None:
    """Return the light of all: of a published year only that it was met or missed."""
    if not outlook.known:
        return outlook.light
    return outlook.light if outlook.light in (Light.MET, Light.MISSED) else None


def made_it(outlook: Outlook, language: Language) -> str:
    """Say of a known year how many made it, and whether that is published."""
    counted = outlook.counted
    met, inside = (sum(of) for of in zip(*((v.met, not v.complete) for v in counted), strict=True))
    told = t(
        "overview.all_met" if met else "overview.all_missed",
        language,
        met=met,
        count=len(counted),
        done=words.common_clause(counted, language, done=True),
        act=words.common_act(counted, language),
    )
    if not inside:
        return told
    key = "overview.inside" if inside == len(counted) else "overview.inside_some"
    return told + t(key, language, count=inside)


def values(
    outlook: Outlook,
    together: AllClear,
    language: Language,
    *,
    planned: bool,
    issued: bool = False,
) -> dict[str, object]:
    """Return what the sentence that opens a page may name.

    Parameters
    ----------
    together
        That of the outlook, which has one.
    planned, issued
        As of ``headline``.
    """
    counted = outlook.counted
    count, total = len(counted), outlook.targets_in_all
    at, weakest = sentences.reached(outlook), sentences.weakest(outlook)
    told: dict[str, object] = {
        "as_of": fmt.as_of(at, language) if at else "",
        "area": words.name(outlook.area.name, language),
        "year": outlook.year,
        "count": count,
        "total": total,
        "name": words.name(counted[0].history.indicator.name, language),
        "met": sum(verdict.met for verdict in counted),
        "clause": words.common_clause(counted, language),
        "act": words.common_act(counted, language),
        "done": words.common_clause(counted, language, done=True),
        "growth": words.common_growth(counted, language),
        "grew": words.common_growth(counted, language, done=True),
        "one_grew": words.common_growth(counted, language, done=True, count=1),
        "line": words.common_line(counted, language),
        "cheng": fmt.cheng(together.probability, language),
        "chance": fmt.chance(together.probability, language),
        "weakest": words.title(weakest.history.indicator, language) if weakest else "",
        "source": t(f"headline.source{_inside(counted)}", language, year=outlook.year),
        "status": _status(counted, language),
        "failed": _failed(outlook.failed, language),
    }
    return {
        **told,
        "items": _items(count, total, told, language),
        "items_of": t(f"items.{'all' if count == total else 'some'}_of", language, **told),
        "note": _note(counted, told, language, planned=planned, issued=issued),
    }


def _items(count: int, total: int, told: dict[str, object], language: Language) -> str:
    """Name what is judged: by number, or by name where there is only one."""
    if count == 1:
        return t("items.one" if total == 1 else "items.one_of_some", language, **told)
    return t("items.all" if count == total else "items.some", language, **told)


def _note(
    counted: Sequence[Verdict],
    told: dict[str, object],
    language: Language,
    *,
    planned: bool,
    issued: bool,
) -> str:
    """Say whose line it is that a reference area is held against."""
    if not planned:
        return t("headline.asked_issued" if issued else "headline.asked", language, **told)
    several = len({verdict.target.threshold for verdict in counted}) > 1
    return t("headline.planned_own" if several else "headline.planned", language, **told)


def _inside(verdicts: Sequence[Verdict]) -> str:
    return "" if all(verdict.complete for verdict in verdicts) else "_flash"


def _status(verdicts: Sequence[Verdict], language: Language) -> str:
    """Say whether a known year is published: all of it, some, or none."""
    inside = sum(not verdict.complete for verdict in verdicts)
    if not inside:
        return t("headline.published", language)
    key = "headline.unpublished" if inside == len(verdicts) else "headline.unpublished_some"
    return t(key, language, count=inside)


def named_as_failed(outlook: Outlook) -> tuple[Verdict, ...]:
    """Return what the sentence names as missed: what is published, else what is known inside."""
    published = tuple(verdict for verdict in outlook.failed if verdict.complete)
    return published or outlook.failed


def _failed(failed: Sequence[Verdict], language: Language) -> str:
    """Say what was missed, and by which growth."""
    shown = [verdict for verdict in failed if verdict.complete] or list(failed)
    if not shown:
        return ""
    growth = [fmt.growth(verdict.quantiles.median, language) for verdict in shown]
    names = [words.name(verdict.history.indicator.name, language) for verdict in shown]
    act = words.common_act(shown, language)
    kind = "" if shown[0].complete else "_flash"
    if len(shown) == 1:
        key = f"headline.failed_one{kind}"
        return t(key, language, name=names[0], growth=growth[0], act=act)
    listed = t("format.comma", language).join(
        t("headline.with_growth", language, name=name, growth=rate)
        for name, rate in zip(names[:NAMED], growth[:NAMED], strict=True)
    )
    key = "headline.failed" if len(shown) <= NAMED else "headline.failed_many"
    return t(f"{key}{kind}", language, listed=listed, act=act, count=len(shown))
