"""As issued beside today: what differs between two snapshots, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from forecasting.figures.indicator import Target
from forecasting.figures.period import Quarter
from forecasting.figures.target import published
from forecasting.issues.model import Snapshot
from forecasting.outlook.outlook import Outlook, Verdict
from ui.language import Language, clock, t, words
from ui.language import format as fmt
from ui.report.document import leaders
from ui.report.document.change import told as causes
from ui.report.document.model import Align, Block, Grid, Paragraph, Part, Section
from ui.report.document.text import marked


def section(issued: Snapshot, today: Snapshot, language: Language) -> Section:
    """Return what the same outlook comes to on today's figures, and what is different.

    Parameters
    ----------
    issued
        What the report is of.
    today
        The same area and year on today's data; its issue tells only when that is.
    """
    if _guarded(issued, today):
        hidden = Paragraph(marked(t("report.today_hidden", language)))
        return Section(Part.TODAY, t("report.today", language), "", (hidden,))
    if _bare(issued, today):
        issued = _without_scenario(issued)
    reasons = _reasons(issued, today, language)
    blocks: list[Block] = [Paragraph(marked(_moved(issued, today, language)))]
    if not reasons:
        blocks = [Paragraph(marked(t("report.today_same", language)))]
    blocks += [Paragraph(marked(reason)) for reason in reasons]
    if today.change is not None and today.change.since == issued.issue.number:
        blocks += causes(today.change, today, language)
    if reasons:
        blocks.append(_table(issued, today, language))
    note = t("report.today_note", language, number=issued.issue.number)
    return Section(Part.TODAY, t("report.today", language), note, tuple(blocks))


def _guarded(issued: Snapshot, today: Snapshot) -> bool:
    """Return whether today's answer, which is without the scenario, would give a firm away."""
    return issued.scenario is not None and issued.scenario.guarded and today.scenario is None


def _bare(issued: Snapshot, today: Snapshot) -> bool:
    """Return whether what is still open is compared without the scenario of the issue.

    Where that was not saved, or no longer fits, it is not on today's data. What came of the year
    stands beside the issue as it is.
    """
    open_still = not any(_settled(one.outlook) for one in (issued, today))
    return issued.scenario is not None and today.scenario is None and open_still


def _without_scenario(issued: Snapshot) -> Snapshot:
    """Return an issue with the only number that it holds without its scenario."""
    return replace(issued, outlook=replace(issued.outlook, all_clear=issued.baseline))


def _moved(issued: Snapshot, today: Snapshot, language: Language) -> str:
    """Say how the whole stood and stands; what is known by now is told as that."""
    then, now = issued.outlook, today.outlook
    if then.all_clear is None or now.all_clear is None:
        return t("report.today_none", language)
    before, after = (_whole(one, language) for one in (then, now))
    suffix = words.suffix(then.area.reference)
    if _settled(then):
        kind = "result_still" if before == after else "result_moved"
        return t(f"report.today_{kind}", language, before=before, after=after)
    if _settled(now):
        key = f"report.today_now_{_standing(now)}{suffix}"
        return t(key, language, before=before, told=_outcome(now, language))
    key = "still" if before == after else "moved"
    bare = "_bare" if _bare(issued, today) else ""
    return t(f"report.today_{key}{bare}{suffix}", language, before=before, after=after)


def _settled(outlook: Outlook) -> bool:
    """Whether nothing about the whole is a chance any more."""
    return outlook.known or outlook.lost


def _standing(outlook: Outlook) -> str:
    """Return how a settled whole is known: published, from a flash, or lost before its end."""
    if outlook.lost:
        return "lost"
    return "published" if outlook.published else "flash"


def _outcome(outlook: Outlook, language: Language) -> str:
    """Say whether all of a settled whole was met."""
    kind = "lost" if outlook.lost else ("missed" if outlook.failed else "met")
    suffix = words.suffix(outlook.area.reference)
    return t(f"report.today_{kind}{suffix}", language, count=len(outlook.counted))


def _whole(outlook: Outlook, language: Language) -> str:
    """Return the whole as a cell has it: the chance, or what is known."""
    if outlook.all_clear is None:
        return t("format.missing", language)
    if not _settled(outlook):
        return fmt.cheng(outlook.all_clear.probability, language)
    told = _outcome(outlook, language)
    if outlook.lost:
        return told
    return t(f"report.today_is_{_standing(outlook)}", language, told=told)


def _reasons(issued: Snapshot, today: Snapshot, language: Language) -> list[str]:
    """Return one sentence for each kind of difference; none where nothing differs."""
    told: list[str] = []
    if issued.scenario is not None and today.scenario is None:
        bare = "_bare" if _bare(issued, today) else ""
        told.append(t(f"report.today_scenario{bare}", language))
    comma = t("format.comma", language)
    for key, found in (
        ("figures", list(_new_figures(issued.outlook, today.outlook, language))),
        ("revised", list(_revised(issued.outlook, today.outlook, language))),
        ("target", list(_targets(issued, today, language))),
    ):
        if found:
            told.append(t(f"report.today_{key}", language, listed=comma.join(found)))
    then, now = issued.provenance, today.provenance
    if then.engine != now.engine:
        told.append(t("report.today_engine", language, before=then.engine, after=now.engine))
    if then.seed != now.seed:
        told.append(t("report.today_seed", language, before=then.seed, after=now.seed))
    if not told and then.vintage != now.vintage:
        values = {"before": then.vintage, "after": now.vintage}
        told.append(t("report.today_vintage", language, **values))
    return told


def _both(issued: Outlook, today: Outlook) -> Iterator[tuple[Verdict, Verdict]]:
    then = {verdict.indicator_id: verdict for verdict in issued.verdicts}
    for verdict in today.verdicts:
        if verdict.indicator_id in then:
            yield then[verdict.indicator_id], verdict


def _new_figures(issued: Outlook, today: Outlook, language: Language) -> Iterator[str]:
    """Say the latest figure of every indicator that has a newer one."""
    for old, new in _both(issued, today):
        if new.history.origin > old.history.origin:
            growth = fmt.growth(new.history.ytd_at(new.history.origin), language)
            yield t(
                "report.today_figure",
                language,
                name=words.title(new.history.indicator, language),
                period=fmt.since_january(new.history.origin, language),
                growth=growth,
            )


def _revised(issued: Outlook, today: Outlook, language: Language) -> Iterator[str]:
    """Say the latest of an indicator's figures that is another than at the issue."""
    for old, new in _both(issued, today):
        quarter = _last_revised(old, new)
        if quarter is not None:
            yield t(
                "report.today_revision",
                language,
                name=words.title(new.history.indicator, language),
                period=fmt.since_january(quarter, language),
                before=_known(old.history.ytd_at(quarter), language),
                after=_known(new.history.ytd_at(quarter), language),
            )


def _known(growth: float, language: Language) -> str:
    return fmt.percent(growth) if math.isfinite(growth) else t("format.missing", language)


def _last_revised(old: Verdict, new: Verdict) -> Quarter | None:
    for quarter in reversed(old.history.quarters):
        before, after = old.history.ytd_at(quarter), new.history.ytd_at(quarter)
        if math.isnan(before) != math.isnan(after):
            return quarter
        if math.isfinite(before) and published(before) != published(after):
            return quarter
    return None


def _targets(issued: Snapshot, today: Snapshot, language: Language) -> Iterator[str]:
    """Say which targets are others, new, or gone."""
    old, new = (_targets_of(one.outlook) for one in (issued, today))
    for indicator in {**new, **old}:
        catalogue = today.catalogue if indicator in new else issued.catalogue
        name = words.title(catalogue[indicator], language)
        if indicator not in new:
            yield t("report.today_target_gone", language, name=name)
        elif indicator not in old:
            yield t("report.today_target_new", language, name=name)
        else:
            before = words.clause(old[indicator], language)
            after = words.clause(new[indicator], language)
            if before != after:
                values = {"before": before, "after": after}
                yield t("report.today_target_one", language, name=name, **values)


def _targets_of(outlook: Outlook) -> dict[str, Target]:
    """Return the targets that count, with or without a verdict, by indicator."""
    found = [verdict.target for verdict in outlook.verdicts]
    found += [entry.target for entry in outlook.excluded]
    return {target.indicator: target for target in found if target.counts}


def _table(issued: Snapshot, today: Snapshot, language: Language) -> Grid:
    head = [t("column.indicator", language)]
    moments = [datetime.fromisoformat(one.issue.issued_at) for one in (issued, today)]
    written = fmt.day if len({clock.day_of(moment).year for moment in moments}) == 1 else fmt.date
    for key, moment in zip(("then", "now"), moments, strict=True):
        head.append(t(f"report.today_{key}", language, date=written(moment, language)))
    whole = [_whole(one.outlook, language) for one in (issued, today)]
    rows = [(t("report.today_all", language), whole[0], whole[1])]
    missing = t("format.missing", language)
    then, now = (
        {verdict.indicator_id: verdict for verdict in one.outlook.counted}
        for one in (issued, today)
    )
    shown = {**then, **now}
    if _bare(issued, today):
        then = {}  # each is known with the scenario alone
    for indicator, verdict in shown.items():
        cells = [
            _chance(side[indicator], language) if indicator in side else missing
            for side in (then, now)
        ]
        rows.append((words.title(verdict.history.indicator, language), cells[0], cells[1]))
    align = (Align.LEFT, Align.RIGHT, Align.RIGHT)
    return Grid(t("report.today_caption", language), tuple(head), tuple(rows), align)


def _chance(verdict: Verdict, language: Language) -> str:
    """Return the chance of one; of a known year what it came to, and how that is known."""
    if not verdict.known:
        return leaders.cell(verdict.probability, language)
    growth = fmt.growth(verdict.quantiles.median, language)
    key = "report.today_is_published" if verdict.complete else "report.today_is_flash"
    return t(key, language, told=growth)
