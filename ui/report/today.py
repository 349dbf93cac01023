"""As issued beside today: what differs between two snapshots, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime

from forecasting.indicator import Target
from forecasting.outlook import Outlook, Verdict
from forecasting.period import Quarter
from forecasting.snapshot.model import Snapshot
from forecasting.target import published
from ui import format as fmt
from ui import words
from ui.messages import Language, t
from ui.report import leaders
from ui.report.change import told as causes
from ui.report.model import Align, Block, Grid, Paragraph, Part, Section
from ui.report.text import marked


def section(issued: Snapshot, today: Snapshot, language: Language) -> Section:
    """Return what the same outlook comes to on today's figures, and what is different.

    Parameters
    ----------
    issued
        What the report is of.
    today
        The same area and year on today's data; its issue tells only when that is.
    """
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


def _moved(issued: Snapshot, today: Snapshot, language: Language) -> str:
    before, after = issued.outlook.all_clear, today.outlook.all_clear
    if before is None or after is None:
        return t("report.today_none", language)
    suffix = "_reference" if issued.outlook.area.reference else ""
    told = [fmt.cheng(one.probability, language) for one in (before, after)]
    key = "still" if told[0] == told[1] else "moved"
    return t(f"report.today_{key}{suffix}", language, before=told[0], after=told[1])


def _reasons(issued: Snapshot, today: Snapshot, language: Language) -> list[str]:
    """Return one sentence for each kind of difference; none where nothing differs."""
    told: list[str] = []
    if issued.scenario is not None and today.scenario is None:
        told.append(t("report.today_scenario", language))
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
                before=fmt.known(old.history.ytd_at(quarter), language),
                after=fmt.known(new.history.ytd_at(quarter), language),
            )


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
    for key, one in (("then", issued), ("now", today)):
        day = fmt.day(datetime.fromisoformat(one.issue.issued_at), language)
        head.append(t(f"report.today_{key}", language, date=day))
    rows = [(t("report.today_all", language), *_all(issued, today, language))]
    missing = t("format.missing", language)
    then, now = (
        {verdict.indicator_id: verdict for verdict in one.outlook.counted}
        for one in (issued, today)
    )
    for indicator in {**then, **now}:
        verdict = now.get(indicator) or then[indicator]
        cells = [
            _chance(side[indicator], language) if indicator in side else missing
            for side in (then, now)
        ]
        rows.append((words.title(verdict.history.indicator, language), cells[0], cells[1]))
    align = (Align.LEFT, Align.RIGHT, Align.RIGHT)
    return Grid(t("report.today_caption", language), tuple(head), tuple(rows), align)


def _all(issued: Snapshot, today: Snapshot, language: Language) -> tuple[str, str]:
    missing = t("format.missing", language)
    then, now = (
        fmt.cheng(one.probability, language) if one else missing
        for one in (issued.outlook.all_clear, today.outlook.all_clear)
    )
    return then, now


def _chance(verdict: Verdict, language: Language) -> str:
    if verdict.complete:
        return fmt.percent(verdict.quantiles[3])
    return leaders.cell(verdict.probability, language)
