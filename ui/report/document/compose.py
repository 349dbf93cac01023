"""From a snapshot to a report: the one place where an issue is put into words."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.outlook import Outlook, by_probability
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences
from ui.report.document import (
    assumptions,
    brief,
    indicators,
    past_issues,
    small_print,
    why_it_moved,
)
from ui.report.document.blocks import (
    Big,
    Block,
    Details,
    Lamp,
    Paragraph,
    Report,
    Section,
    Topic,
    as_written,
    marked,
    plain,
)
from ui.report.document.five_lines import five_lines, short_meaning


def report_of(
    snapshot: Snapshot,
    language: Language,
    today_snapshot: Snapshot | None = None,
    *,
    digest: str = "",
) -> Report:
    """Return an issue in words.

    Parameters
    ----------
    snapshot
        What was issued.
    language
        That of the report.
    today_snapshot
        The same outlook on today's data, to be told beside what was issued. Where it holds
        unpublished figures the report is marked as internal, though what was issued was not.
    digest
        SHA-256 of the document, for the small print.
    """
    outlook, issue = snapshot.outlook, snapshot.issue
    lines = five_lines(snapshot, language)
    date = fmt.date(datetime.fromisoformat(issue.issued_at), language)
    area = words.plain_name(outlook.area.name, language)
    named = {"area": area, "year": outlook.year}
    shown = [snapshot] if today_snapshot is None else [snapshot, today_snapshot]
    internal = any(one.provenance.unpublished for one in shown)
    preview = t("report.preview", language, date=date, **named) if internal else plain(lines[0])
    return Report(
        language=language,
        title=t("report.title", language, **named),
        area=area,
        year=outlook.year,
        marks=small_print.marks(snapshot, language, internal=internal),
        number=t("report.number", language, number=issue.number),
        issuer=issue.issuer,
        date=date,
        sentence=lines[0],
        big=_big(outlook, language),
        lines=lines,
        sections=_sections(snapshot, language, today_snapshot, digest),
        internal=internal,
        preview=preview,
    )


def _big(outlook: Outlook, language: Language) -> Big | None:
    """Return the number of the page: the chance of all, or how many made it."""
    together, counted = outlook.all_clear, outlook.counted
    if together is None:
        return None
    if outlook.lost:
        return None
    light = headlines.light(outlook)
    lamp = Lamp(light, words.light(light, language)) if light else None
    if outlook.known:
        met = sum(verdict.met for verdict in counted)
        below = marked(headlines.made_it(outlook, language))
        return Big(f"{met}/{len(counted)}", lamp, below, None, "")
    probability = together.probability
    dots = 0 if probability < 0.01 else min(fmt.hundredths(probability), 99)
    act = words.common_act(counted, language)
    return Big(
        figure=fmt.cheng(probability, language),
        lamp=lamp,
        below=marked(short_meaning(outlook, together, language)),
        dots=dots,
        alt=t("lines.dots", language, dots=dots, act=act, count=len(counted)),
    )


def _sections(
    snapshot: Snapshot, language: Language, today_snapshot: Snapshot | None, digest: str
) -> tuple[Section, ...]:
    outlook = snapshot.outlook
    found: list[Section | None] = [_note(snapshot, language)]
    if today_snapshot is not None:
        found.append(why_it_moved.today_section(snapshot, today_snapshot, language))
    if outlook.counted:
        found.append(indicators.lights_section(snapshot, language))
    found.append(_fans(snapshot, language))
    found.append(why_it_moved.change_section(snapshot, language))
    if indicators.has_exact(outlook):
        found.append(indicators.exact_section(snapshot, language))
    if snapshot.scenario is not None:
        wording = assumptions.Wording(outlook.year, snapshot.catalogue, language)
        compared = snapshot.change is not None
        found.append(assumptions.section(snapshot.scenario, wording, compared=compared))
    found.append(brief.section(snapshot, language))
    found.append(past_issues.section(snapshot, language))
    found.append(small_print.section(snapshot, language, digest))
    return tuple(section for section in found if section is not None)


def _note(snapshot: Snapshot, language: Language) -> Section | None:
    """Return what the issuer says to the readers beside the figures."""
    note = snapshot.issue.note.strip()
    if not note:
        return None
    return Section(Topic.NOTE, t("report.note", language), "", (Paragraph(as_written(note)),))


def _fans(snapshot: Snapshot, language: Language) -> Section | None:
    """Return the fan of the weakest link, and those of all others one tap away."""
    outlook, held = snapshot.outlook, snapshot.pinned
    draw = partial(
        indicators.fan_picture,
        outlook=outlook,
        language=language,
        stamp=small_print.stamp(snapshot, language),
    )
    weakest = None if outlook.known else sentences.weakest(outlook)
    others = [verdict for verdict in by_probability(outlook.counted) if verdict is not weakest]
    small: list[Block] = []
    for verdict in others:
        told_as_held = verdict.indicator_id in held
        small.append(draw(verdict, large=False, held=told_as_held))
        small.append(indicators.fan_table(verdict, outlook, language))
    key = "report.fan_every" if weakest is None else "report.fan_other"
    summary = t("report.fan_open" if weakest is None else key, language)
    folded = (Details(summary, tuple(small)),) if small else ()
    if weakest is None:
        note = t("report.fan_note_known", language)
        return Section(Topic.WEAKEST, t(key, language), note, folded) if folded else None
    alone = len(outlook.counted) == 1 or weakest.known
    kind = "_single" if alone else words.suffix(outlook.area.reference)
    name = words.plain_name(weakest.history.indicator.name, language)
    title = t(f"report.weakest{kind}", language, name=name)
    chart = draw(weakest, large=True, held=weakest.indicator_id in held)
    note = t("report.fan_note" if chart.full_year else "report.fan_note_known", language)
    large = (chart, indicators.fan_table(weakest, outlook, language))
    return Section(Topic.WEAKEST, title, note, (*large, *folded))
