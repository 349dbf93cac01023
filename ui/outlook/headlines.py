"""The sentence that opens a page: what is likely, what is out of reach, or what came.

Markdown as of ``sentences``. What is known is told as a fact, never as a chance: what is published
apart from what is only known inside.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import AllClear, Outlook, Verdict
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences

NAMED = 3
"""Indicators that a sentence names; of more it says how many there are."""


def headline(outlook: Outlook, say: Speaker, *, planned: bool = True, issued: bool = False) -> str:
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
        area = say.name(outlook.area.name)
        key = f"headline.none{words.suffix(outlook.area.reference)}"
        return say(key, area=area, year=outlook.year).replace("|", sentences.BREAK)
    told = values(outlook, together, say, planned=planned, issued=issued)
    return say(_key(outlook), **told).replace("|", sentences.BREAK)


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


def made_it(outlook: Outlook, say: Speaker) -> str:
    """Say of a known year how many made it, and whether that is published."""
    counted = outlook.counted
    met, inside = (sum(of) for of in zip(*((v.met, not v.complete) for v in counted), strict=True))
    told = say(
        "overview.all_met" if met else "overview.all_missed",
        met=met,
        count=len(counted),
        done=words.common_clause(counted, say, done=True),
        act=words.common_act(counted, say),
    )
    if not inside:
        return told
    key = "overview.inside" if inside == len(counted) else "overview.inside_some"
    return told + say(key, count=inside)


def values(
    outlook: Outlook, together: AllClear, say: Speaker, *, planned: bool, issued: bool = False
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
        "as_of": fmt.as_of(at, say) if at else "",
        "area": say.name(outlook.area.name),
        "year": outlook.year,
        "count": count,
        "total": total,
        "name": say.name(counted[0].history.indicator.name),
        "met": sum(verdict.met for verdict in counted),
        "clause": words.common_clause(counted, say),
        "act": words.common_act(counted, say),
        "done": words.common_clause(counted, say, done=True),
        "growth": words.common_growth(counted, say),
        "grew": words.common_growth(counted, say, done=True),
        "one_grew": words.common_growth(counted, say, done=True, count=1),
        "line": words.common_line(counted, say),
        "cheng": fmt.cheng(together.probability, say),
        "chance": fmt.chance(together.probability, say),
        "weakest": words.title(weakest.history.indicator, say) if weakest else "",
        "source": say(f"headline.source{_inside(counted)}", year=outlook.year),
        "status": _status(counted, say),
        "failed": _failed(outlook.failed, say),
    }
    return {
        **told,
        "items": _items(count, total, told, say),
        "items_of": say(f"items.{'all' if count == total else 'some'}_of", **told),
        "note": _note(counted, told, say, planned=planned, issued=issued),
    }


def _items(count: int, total: int, told: dict[str, object], say: Speaker) -> str:
    """Name what is judged: by number, or by name where there is only one."""
    if count == 1:
        return say("items.one" if total == 1 else "items.one_of_some", **told)
    return say("items.all" if count == total else "items.some", **told)


def _note(
    counted: Sequence[Verdict],
    told: dict[str, object],
    say: Speaker,
    *,
    planned: bool,
    issued: bool,
) -> str:
    """Say whose line it is that a reference area is held against."""
    if not planned:
        return say("headline.asked_issued" if issued else "headline.asked", **told)
    several = len({verdict.target.threshold for verdict in counted}) > 1
    return say("headline.planned_own" if several else "headline.planned", **told)


def _inside(verdicts: Sequence[Verdict]) -> str:
    return "" if all(verdict.complete for verdict in verdicts) else "_flash"


def _status(verdicts: Sequence[Verdict], say: Speaker) -> str:
    """Say whether a known year is published: all of it, some, or none."""
    inside = sum(not verdict.complete for verdict in verdicts)
    if not inside:
        return say("headline.published")
    key = "headline.unpublished" if inside == len(verdicts) else "headline.unpublished_some"
    return say(key, count=inside)


def named_as_failed(outlook: Outlook) -> tuple[Verdict, ...]:
    """Return what the sentence names as missed: what is published, else what is known inside."""
    published = tuple(verdict for verdict in outlook.failed if verdict.complete)
    return published or outlook.failed


def _failed(failed: Sequence[Verdict], say: Speaker) -> str:
    """Say what was missed, and by which growth."""
    shown = [verdict for verdict in failed if verdict.complete] or list(failed)
    if not shown:
        return ""
    growth = [fmt.growth(verdict.quantiles.median, say) for verdict in shown]
    names = [say.name(verdict.history.indicator.name) for verdict in shown]
    act = words.common_act(shown, say)
    kind = "" if shown[0].complete else "_flash"
    if len(shown) == 1:
        key = f"headline.failed_one{kind}"
        return say(key, name=names[0], growth=growth[0], act=act)
    listed = say("format.comma").join(
        say("headline.with_growth", name=name, growth=rate)
        for name, rate in zip(names[:NAMED], growth[:NAMED], strict=True)
    )
    key = "headline.failed" if len(shown) <= NAMED else "headline.failed_many"
    return say(f"{key}{kind}", listed=listed, act=act, count=len(shown))
