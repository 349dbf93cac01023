"""From a snapshot to a report: the one place where an issue is put into words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Outlook, Verdict, by_probability
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences
from ui.report.document import (
    assumptions,
    brief,
    indicators,
    next_steps,
    past_issues,
    plan,
    small_print,
    why_it_moved,
)
from ui.report.document.blocks import (
    Big,
    Block,
    Details,
    Lamp,
    Note,
    Paragraph,
    Report,
    Section,
    Text,
    Topic,
    as_written,
    joined,
    marked,
    plain,
)
from ui.report.document.five_lines import (
    baseline_of,
    five_lines,
    opening_sentence,
    short_meaning,
)


def report_of(
    snapshot: Snapshot, say: Speaker, today_snapshot: Snapshot | None = None, *, digest: str = ""
) -> Report:
    """Return an issue in words.

    Parameters
    ----------
    snapshot
        What was issued.
    today_snapshot
        The same outlook on today's data, to be told beside what was issued. Where it holds
        unpublished figures the report is marked as internal, though what was issued was not.
    digest
        SHA-256 of the document, for the small print.
    """
    outlook, issue = snapshot.outlook, snapshot.issue
    lines, flags = five_lines(snapshot, say), _flags(snapshot, say)
    date = fmt.date(datetime.fromisoformat(issue.issued_at), say)
    area = say.plain.name(outlook.area.name)
    title = title_of(snapshot, say)
    shown = [snapshot] if today_snapshot is None else [snapshot, today_snapshot]
    internal = any(one.internal for one in shown)
    flash = any(one.unpublished for one in shown)
    preview = say("report.preview", title=title, date=date)
    if not internal:
        preview = joined([plain(text) for text in (lines[0], *flags)], say)
    bigs = _bigs(snapshot, say)
    return Report(
        say=say,
        title=title,
        area=area,
        year=outlook.year,
        marks=small_print.marks(snapshot, say, internal=internal, flash=flash),
        number=small_print.number_of(snapshot, say),
        issuer=issue.issuer,
        date=date,
        sentence=lines[0],
        flags=flags,
        big=bigs[0],
        scenario_big=bigs[1],
        lines=lines,
        sections=_sections(snapshot, say, today_snapshot, digest),
        conditional=snapshot.scenario is not None,
        internal=internal,
        preview=preview,
    )


def title_of(snapshot: Snapshot, say: Speaker) -> str:
    """Return the title of an issue, which says whether it is under a scenario."""
    outlook, kind = snapshot.outlook, "_scenario" if snapshot.scenario is not None else ""
    area = say.plain.name(outlook.area.name)
    return say(f"report.title{kind}", area=area, year=outlook.year)


def _flags(snapshot: Snapshot, say: Speaker) -> tuple[Text, ...]:
    """Return what has to stand beside the sentence of a scenario."""
    if snapshot.scenario is None:
        return ()
    told = assumptions.never_seen(snapshot.scenario, assumptions.wording_of(snapshot, say))
    return (marked(told),) if told else ()


def _bigs(snapshot: Snapshot, say: Speaker) -> tuple[Big | None, Big | None]:
    """Return the number of the baseline, and that under the scenario where it may differ."""
    outlook = snapshot.outlook
    if snapshot.scenario is None or outlook.settled:
        return _big(outlook, headlines.light(outlook), say), None
    baseline = baseline_of(snapshot)
    bare = _big(baseline, baseline.light, say, say("report.baseline")) if baseline else None
    if bare is not None and snapshot.baseline_in_tenths:
        bare = replace(bare, below=marked(say("report.baseline_in_tenths")), dots=None, alt="")
    return bare, _big(outlook, None, say, say("report.scenario"))


def _big(outlook: Outlook, light: Light | None, say: Speaker, label: str = "") -> Big | None:
    """Return the number of the page: the chance of all, or how many made it."""
    together, counted = outlook.all_clear, outlook.counted
    if together is None:
        return None
    if outlook.lost:
        return None
    lamp = Lamp(light, say(f"light.{light}")) if light else None
    if outlook.known:
        met = sum(verdict.met for verdict in counted)
        below = marked(headlines.made_it(outlook, say))
        return Big(f"{met}/{len(counted)}", lamp, below, None, "")
    probability = together.probability
    dots = 0 if probability < 0.01 else min(fmt.hundredths(probability), 99)
    act = words.common_act(counted, say)
    return Big(
        figure=fmt.cheng(probability, say),
        lamp=lamp,
        below=marked(short_meaning(outlook, together, say)),
        dots=dots,
        alt=say("lines.dots", dots=dots, act=act, count=len(counted)),
        label=label,
    )


def _sections(
    snapshot: Snapshot, say: Speaker, today_snapshot: Snapshot | None, digest: str
) -> tuple[Section, ...]:
    outlook = snapshot.outlook
    found: list[Section | None] = [_note(snapshot, say)]
    if today_snapshot is not None:
        sentence = "".join(span.text for span in marked(opening_sentence(today_snapshot, say)))
        found.append(why_it_moved.today_section(snapshot, today_snapshot, say, sentence=sentence))
    if outlook.counted:
        found.append(indicators.lights_section(snapshot, say))
    found.append(_fans(snapshot, say))
    found.append(why_it_moved.change_section(snapshot, say))
    found.append(next_steps.section(snapshot, say))
    found += plan.sections(snapshot, say)
    if indicators.has_exact(outlook):
        found.append(indicators.exact_section(snapshot, say))
    if snapshot.scenario is not None:
        wording = assumptions.wording_of(snapshot, say)
        compared = snapshot.change is not None
        found.append(assumptions.section(snapshot.scenario, wording, compared=compared))
    found.append(brief.section(snapshot, say))
    found.append(past_issues.section(snapshot, say))
    found.append(small_print.section(snapshot, say, digest))
    return tuple(section for section in found if section is not None)


def _note(snapshot: Snapshot, say: Speaker) -> Section | None:
    """Return what the issuer says to the readers beside the figures."""
    note = snapshot.issue.note.strip()
    if not note:
        return None
    return Section(Topic.NOTE, say("report.note"), "", (Paragraph(as_written(note)),))


def _departure(verdict: Verdict, snapshot: Snapshot, say: Speaker) -> list[Block]:
    """Return why the full year departs from growth so far; none under a scenario."""
    told = "" if snapshot.scenario is not None else sentences.base_effect(verdict, say)
    return [Note(marked(told))] if told else []


def _fans(snapshot: Snapshot, say: Speaker) -> Section | None:
    """Return the fan of the weakest link, and those of all others one tap away."""
    outlook, held = snapshot.outlook, snapshot.pinned
    draw = partial(
        indicators.fan_picture, snapshot=snapshot, say=say, stamp=small_print.stamp(snapshot, say)
    )
    weakest = None if outlook.known else sentences.weakest(outlook)
    others = [verdict for verdict in by_probability(outlook.counted) if verdict is not weakest]
    small: list[Block] = []
    for verdict in others:
        told_as_held = verdict.indicator_id in held
        small.append(draw(verdict, large=False, held=told_as_held))
        small += _departure(verdict, snapshot, say)
        small.append(indicators.fan_table(verdict, outlook, say))
    key = "report.fan_every" if weakest is None else "report.fan_other"
    summary = say("report.fan_open" if weakest is None else key)
    folded = (Details(summary, tuple(small)),) if small else ()
    if weakest is None:
        note = say("report.fan_note_known")
        return Section(Topic.WEAKEST, say(key), note, folded) if folded else None
    alone = len(outlook.counted) == 1 or weakest.known
    kind = "_single" if alone else words.suffix(outlook.area.reference)
    name = say.plain.name(weakest.history.indicator.name)
    title = say(f"report.weakest{kind}", name=name)
    chart = draw(weakest, large=True, held=weakest.indicator_id in held)
    note = say("report.fan_note" if chart.full_year else "report.fan_note_known")
    why = _departure(weakest, snapshot, say)
    large = (chart, *why, indicators.fan_table(weakest, outlook, say))
    return Section(Topic.WEAKEST, title, note, (*large, *folded))
