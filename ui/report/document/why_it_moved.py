"""Why the chance of all moved since the issue before: the words, the bars and the table.

And what differs between an issue and today's figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from data import clock
from forecasting.figures.indicator import Target
from forecasting.figures.period import Quarter
from forecasting.figures.target import published
from forecasting.issues.snapshot import ChangeSinceIssue, ChangeTerm, Snapshot, Unexplained
from forecasting.news.news import TermKind
from forecasting.outlook.outlook import Outlook, Verdict
from ui.charts.waterfall_content import Waterfall, WaterfallBar
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.news import sentences
from ui.outlook.sentences import BREAK
from ui.report.document import leaders, small_print
from ui.report.document.blocks import (
    Align,
    Block,
    Details,
    FigureTable,
    Note,
    Paragraph,
    Section,
    Topic,
    WaterfallPicture,
    marked,
)

SMALL = 0.005
"""Terms that move the probability by less are told together: under half a percentage point."""
MUCH = 5
"""Percentage points from which on a move is no slight one, though it is told in the same words."""
ALWAYS = (TermKind.REVISION, TermKind.FIGURE, TermKind.ESTIMATION, TermKind.TARGET)
"""Bars that keep their place where they are zero: their absence is an answer too."""


def since(snapshot: Snapshot, say: Speaker) -> str:
    """Name the issue that is compared with by its day, 7月24日.

    By its number, where the day is of another year or others were issued since.
    """
    assert snapshot.change is not None
    this_year = clock.day_of(datetime.fromisoformat(snapshot.issue.issued_at)).year
    number, scenario = snapshot.change.since, snapshot.change.conditional
    series = [
        past
        for past in snapshot.record
        if past.conditional == scenario and past.year == snapshot.outlook.year
    ]
    between = any(number < past.number for past in series)
    for past in series:
        moment = datetime.fromisoformat(past.issued_at)
        if past.number == number and clock.day_of(moment).year == this_year and not between:
            return fmt.day(moment, say)
    return number_of(snapshot.change, snapshot, say)


def number_of(change: ChangeSinceIssue, snapshot: Snapshot, say: Speaker) -> str:
    """Write the number of the issue that is compared with."""
    practice = snapshot.outlook.area.synthetic
    return fmt.issue_number(
        change.since, say, scenario=change.conditional, practice=practice, label=change.label
    )


def direction(before: float, now: float) -> str:
    """Tell by the figures shown whether a probability rises, falls, or neither."""
    moved = fmt.hundredths(now) - fmt.hundredths(before)
    return "same" if moved == 0 else ("rise" if moved > 0 else "fall")


def _direction_key(before: float, now: float, say: Speaker) -> str:
    """Return the ending of the key by which a line, whose readers see tenths, tells the direction.

    A move is called slight, or one within, only where the words for both are the same.
    """
    way = direction(before, now)
    if way == "same" or fmt.cheng(before, say) != fmt.cheng(now, say):
        return way
    moved = abs(fmt.hundredths(now) - fmt.hundredths(before))
    return f"{way}_within" if moved >= MUCH else f"{way}_bit"


def chance_word(snapshot: Snapshot, say: Speaker) -> str:
    """Return the word for a probability; a reference area has no verdicts."""
    kind = "reference" if snapshot.outlook.area.reference else "verdict"
    return say(f"report.chance.{kind}")


def in_a_line(snapshot: Snapshot, say: Speaker) -> str:
    """Say how the chance of all moved since the issue before, and mainly why."""
    change = snapshot.change
    if change is None or change.before is None or change.now is None:
        return ""
    way = _direction_key(change.before, change.now, say)
    main = _main(change, rising=way.startswith("rise"))
    because = ""
    if main is not None:
        because = say("lines.because", cause=_short_cause(main, snapshot, say))
    elif change.unexplained is Unexplained.ENGINE:
        because = say("record.other_method")
    kind = ""
    if snapshot.scenario is not None:
        kind = "scenario_" if change.conditional else "baseline_"
    return say(
        f"lines.{kind}{way}",
        chance=chance_word(snapshot, say),
        since=since(snapshot, say),
        before=fmt.cheng(change.before, say),
        because=because,
    )


def _main(change: ChangeSinceIssue, *, rising: bool) -> ChangeTerm | None:
    """Return the term that did most in the direction of the whole."""
    sign = 1.0 if rising else -1.0
    best = max(change.terms, key=lambda term: sign * (term.change or 0.0), default=None)
    return best if best is not None and sign * (best.change or 0.0) > 0 else None


def _name(term: ChangeTerm, snapshot: Snapshot, say: Speaker) -> str | None:
    if term.indicator is None:
        return None
    return say.plain.name(snapshot.catalogue[term.indicator].name)


def _short_cause(term: ChangeTerm, snapshot: Snapshot, say: Speaker) -> str:
    """Say a cause in a few words, without figures: 固定资产投资上半年增速低于预期."""
    name = _name(term, snapshot, say)
    if name is None:
        every = "_all" if term.kind is TermKind.INDICATORS else ""
        return say(f"report.cause.{term.kind}{every}")
    if term.surprise is None or term.quarter is None or term.kind is TermKind.REVISION:
        return say(f"report.cause.{term.kind}", name=name)
    gap = sentences.gap(term.surprise)
    key = "within" if gap == 0 else ("above" if gap > 0 else "below")
    period = fmt.span(term.quarter, say)
    return say(f"report.cause.{key}", name=name, period=period)


def _long_cause(term: ChangeTerm, snapshot: Snapshot, say: Speaker) -> str:
    """Say a cause with its figures where it has any."""
    name = _name(term, snapshot, say)
    surprised = term.surprise if term.kind is not TermKind.REVISION else None
    if name is not None and surprised is not None and term.quarter is not None:
        return sentences.surprising(name, term.quarter, surprised, say)
    if name is not None and term.target is not None:
        return sentences.other_target(term.kind, name, term.target, say)
    if name is None:
        every = "_all" if term.kind is TermKind.INDICATORS else ""
        return say(f"news.cause.{term.kind}{every}")
    return _short_cause(term, snapshot, say)


def change_section(snapshot: Snapshot, say: Speaker) -> Section | None:
    """Return why the chance of all moved; None of a first issue."""
    change = snapshot.change
    if change is None:
        first = (Paragraph(marked(say("report.change_first"))),)
        title = say("report.change_same")
        return Section(Topic.CHANGE, title, "", first) if snapshot.first_of_scenario else None
    number = number_of(change, snapshot, say.plain)
    reference = words.suffix(snapshot.outlook.area.reference)
    if change.before is None or change.now is None:
        unknown = (Paragraph(marked(say("report.change_unknown"))),)
        note = say("report.change_note_none", number=number)
        return Section(Topic.CHANGE, say("report.change_same"), note, unknown)
    if change.unexplained is not None:
        return _unexplained(change.before, change.now, snapshot, say)
    way = direction(change.before, change.now)
    baseline = "_baseline" if snapshot.scenario is not None else ""
    blocks: list[Block] = []
    if way != "same" or any(term.change for term in change.terms):
        blocks.append(_waterfall(change.before, change.now, snapshot, say))
    note = say(f"report.change_note{reference}")
    if not change.terms:
        blocks.append(Paragraph(marked(say("report.change_nothing"))))
        note = say("report.change_note_none", number=number)
    blocks += sentences_of(change, snapshot, say)
    blocks += _causes_table(change, snapshot, say)
    return Section(Topic.CHANGE, say(f"report.change_{way}{baseline}"), note, tuple(blocks))


def _unexplained(before: float, now: float, snapshot: Snapshot, say: Speaker) -> Section:
    """Return both numbers as they were issued, and why no cause is told."""
    change = snapshot.change
    assert change is not None
    kind = ""
    if snapshot.scenario is not None:
        kind = "_scenario" if change.conditional else "_baseline"
    values = {"before": fmt.probability(before), "now": fmt.probability(now)}
    told = (
        say(f"record.numbers{kind}", **values),
        say(f"record.unexplained.{change.unexplained}"),
    )
    note = say("report.change_note_none", number=number_of(change, snapshot, say.plain))
    blocks = tuple(Paragraph(marked(line)) for line in told)
    return Section(Topic.CHANGE, say("report.change_same"), note, blocks)


def sentences_of(change: ChangeSinceIssue, snapshot: Snapshot, say: Speaker) -> list[Block]:
    """Return one sentence for each cause that matters, the largest first, and count the others.

    Parameters
    ----------
    snapshot
        That the change leads to.
    """
    sized = sorted(
        ((term, term.change or 0.0) for term in change.terms), key=lambda each: -abs(each[1])
    )
    large = [(term, size) for term, size in sized if abs(size) >= SMALL]
    reference = words.suffix(snapshot.outlook.area.reference)
    blocks: list[Block] = []
    for term, size in large:
        way = "up" if size > 0 else "down"
        moved = fmt.figure(abs(size) * 100)
        effect = say(f"news.effect.all_{way}{reference}", points=moved)
        cause = _long_cause(term, snapshot, say)
        line = say("news.line", cause=fmt.capitalised(cause), effect=effect)
        blocks.append(Paragraph(marked(line)))
    if small := len(sized) - len(large):
        blocks.append(Note(marked(say("report.change_rest", count=small))))
    return blocks


def _causes_table(change: ChangeSinceIssue, snapshot: Snapshot, say: Speaker) -> list[Block]:
    """Return all causes with what each does, one tap away."""
    sized = [(term, term.change or 0.0) for term in change.terms]
    if not sized:
        return []
    reference = words.suffix(snapshot.outlook.area.reference)
    rows = tuple(
        (fmt.capitalised(_long_cause(term, snapshot, say)), fmt.signed(size * 100))
        for term, size in sized
    )
    head = (say("column.cause"), say("news.column" + reference))
    caption = say(f"report.change_figures_caption{reference}")
    grid = FigureTable(caption, head, rows, (Align.LEFT, Align.RIGHT))
    rounding = Note(marked(say("news.rounding")))
    return [Details(say("report.change_figures"), (grid, rounding))]


def _waterfall(before: float, now: float, snapshot: Snapshot, say: Speaker) -> WaterfallPicture:
    """Return the bars by kind of cause, in whole points that sum to the difference shown."""
    first, last = _ends(before, now, snapshot, say)
    steps = _steps(snapshot, fmt.hundredths(now) - fmt.hundredths(before), say)
    told = say("format.comma_in_sentence").join(
        say("report.change_step", name=_whole(bar.name, say), text=bar.text) for bar in steps
    )
    reference = words.suffix(snapshot.outlook.area.reference)
    values = {"before": first.text, "after": last.text}
    caption = "report.change_caption" if first.text != last.text else "report.change_none"
    return WaterfallPicture(
        Waterfall(first, steps, last, small_print.stamp(snapshot, say)),
        caption=say(caption + reference, **values),
        alt=say("report.change_alt" + reference, steps=told, **values),
    )


def _ends(
    before: float, now: float, snapshot: Snapshot, say: Speaker
) -> tuple[WaterfallBar, WaterfallBar]:
    """Return the bars of the issue before and of this one."""
    issued = fmt.day(datetime.fromisoformat(snapshot.issue.issued_at), say)
    first, last = (
        WaterfallBar(
            say(f"report.change_{key}", when=when).replace("|", BREAK),
            fmt.hundredths(value),
            fmt.probability(value),
        )
        for key, when, value in (("before", since(snapshot, say), before), ("after", issued, now))
    )
    return first, last


def _steps(snapshot: Snapshot, total: int, say: Speaker) -> tuple[WaterfallBar, ...]:
    """Return a bar for each kind of cause; together they are ``total`` points high."""
    assert snapshot.change is not None
    sums: dict[TermKind, float] = dict.fromkeys(ALWAYS, 0.0)
    for term in snapshot.change.terms:
        sums[term.kind] = sums.get(term.kind, 0.0) + (term.change or 0.0)
    kinds = [kind for kind in TermKind if kind in sums]
    whole = whole_points([sums[kind] * 100 for kind in kinds], total)
    return tuple(
        WaterfallBar(say(f"report.kind.{kind}").replace("|", BREAK), size, _signed_whole(size))
        for kind, size in zip(kinds, whole, strict=True)
    )


def _whole(name: str, say: Speaker) -> str:
    """Return the name of a bar on one line."""
    between = say("format.between_sentences")
    return name.replace(f"-{BREAK}", "").replace(BREAK, between)


def whole_points(exact: Sequence[float], total: int) -> list[int]:
    """Round changes to whole points that sum to ``total``: what is nearest to a half gives way."""
    whole = [round(value) for value in exact]
    missing = total - sum(whole)
    step = 1 if missing > 0 else -1
    order = sorted(range(len(exact)), key=lambda k: -step * (exact[k] - whole[k]))
    for k in range(abs(missing)):
        whole[order[k % len(order)]] += step
    return whole


def _signed_whole(points: int) -> str:
    return "0" if points == 0 else f"{points:+d}".replace("-", "−")


def today_section(
    issued: Snapshot, today: Snapshot, say: Speaker, *, sentence: str = ""
) -> Section:
    """Return what the same outlook comes to on today's figures, and what is different.

    Parameters
    ----------
    issued
        What the report is of.
    today
        The same area and year on today's data; its issue tells only when that is.
    sentence
        What today's outlook says first: the title, for it is what holds now.
    """
    if _guarded(issued, today):
        hidden = Paragraph(marked(say("report.today_hidden")))
        return Section(Topic.TODAY, say("report.today"), "", (hidden,))
    if _bare(issued, today):
        issued = _without_scenario(issued)
    reasons = _reasons(issued, today, say)
    blocks: list[Block] = [Paragraph(marked(_moved(issued, today, say)))]
    if not reasons:
        blocks = [Paragraph(marked(say("report.today_same")))]
    blocks += [Paragraph(marked(reason)) for reason in reasons]
    if today.change is not None and today.change.since == issued.issue.number:
        blocks += sentences_of(today.change, today, say)
    if reasons:
        blocks.append(_today_table(issued, today, say))
    note = say("report.today_note", number=small_print.number_of(issued, say))
    title = say("report.today_lead", sentence=sentence) if sentence else say("report.today")
    return Section(Topic.TODAY, title, note, tuple(blocks))


def _guarded(issued: Snapshot, today: Snapshot) -> bool:
    """Return whether today's answer, which is without the scenario, would give a firm away."""
    return issued.scenario is not None and issued.scenario.guarded and today.scenario is None


def _bare(issued: Snapshot, today: Snapshot) -> bool:
    """Return whether what is still open is compared without the scenario of the issue.

    Where that was not saved, or no longer fits, it is not on today's data. What came of the year
    stands beside the issue as it is.
    """
    open_still = not any(one.outlook.settled for one in (issued, today))
    return issued.scenario is not None and today.scenario is None and open_still


def _without_scenario(issued: Snapshot) -> Snapshot:
    """Return an issue with the only number that it holds without its scenario."""
    return replace(issued, outlook=replace(issued.outlook, all_clear=issued.baseline))


def _moved(issued: Snapshot, today: Snapshot, say: Speaker) -> str:
    """Say how the whole stood and stands; what is known by now is told as that."""
    then, now = issued.outlook, today.outlook
    if then.all_clear is None or now.all_clear is None:
        return say("report.today_none")
    before, after = (_chance_of_all(one, say) for one in (then, now))
    suffix = words.suffix(then.area.reference)
    if then.settled:
        kind = "result_still" if before == after else "result_moved"
        return say(f"report.today_{kind}", before=before, after=after)
    if now.settled:
        key = f"report.today_now_{_standing(now)}{suffix}"
        return say(key, before=before, told=_outcome(now, say))
    key = "still" if before == after else "moved"
    bare = "_bare" if _bare(issued, today) else ""
    return say(f"report.today_{key}{bare}{suffix}", before=before, after=after)


def _standing(outlook: Outlook) -> str:
    """Return how a settled whole is known: published, from a flash, or lost before its end."""
    if outlook.lost:
        return "lost"
    return "published" if outlook.published else "flash"


def _outcome(outlook: Outlook, say: Speaker) -> str:
    """Say whether all of a settled whole was met."""
    kind = "lost" if outlook.lost else ("missed" if outlook.failed else "met")
    suffix = words.suffix(outlook.area.reference)
    return say(f"report.today_{kind}{suffix}", count=len(outlook.counted))


def _chance_of_all(outlook: Outlook, say: Speaker) -> str:
    """Return the whole as a cell has it: the chance, or what is known."""
    if outlook.all_clear is None:
        return say("format.missing")
    if not outlook.settled:
        return fmt.cheng(outlook.all_clear.probability, say)
    told = _outcome(outlook, say)
    if outlook.lost:
        return told
    return say(f"report.today_is_{_standing(outlook)}", told=told)


def _reasons(issued: Snapshot, today: Snapshot, say: Speaker) -> list[str]:
    """Return one sentence for each kind of difference; none where nothing differs."""
    told: list[str] = []
    if issued.scenario is not None and today.scenario is None:
        bare = "_bare" if _bare(issued, today) else ""
        told.append(say(f"report.today_scenario{bare}"))
    comma = say("format.comma")
    for key, found in (
        ("figures", list(_new_figures(issued.outlook, today.outlook, say))),
        ("revised", list(_revised(issued.outlook, today.outlook, say))),
        ("target", list(_targets(issued, today, say))),
    ):
        if found:
            told.append(say(f"report.today_{key}", listed=comma.join(found)))
    then, now = issued.provenance, today.provenance
    if then.engine != now.engine:
        told.append(say("report.today_engine", before=then.engine, after=now.engine))
    if then.seed != now.seed:
        told.append(say("report.today_seed", before=then.seed, after=now.seed))
    if not told and then.vintage != now.vintage:
        values = {"before": then.vintage, "after": now.vintage}
        told.append(say("report.today_vintage", **values))
    return told


def _both(issued: Outlook, today: Outlook) -> Iterator[tuple[Verdict, Verdict]]:
    then = {verdict.indicator_id: verdict for verdict in issued.verdicts}
    for verdict in today.verdicts:
        if verdict.indicator_id in then:
            yield then[verdict.indicator_id], verdict


def _new_figures(issued: Outlook, today: Outlook, say: Speaker) -> Iterator[str]:
    """Say the latest figure of every indicator that has a newer one."""
    for old, new in _both(issued, today):
        latest = new.history.latest
        if latest > old.history.latest:
            growth = fmt.growth(new.history.latest_ytd, say)
            yield say(
                "report.today_figure",
                name=words.title(new.history.indicator, say.plain),
                period=fmt.until(latest, say),
                growth=growth,
            )


def _revised(issued: Outlook, today: Outlook, say: Speaker) -> Iterator[str]:
    """Say the latest of an indicator's figures that is another than at the issue."""
    for old, new in _both(issued, today):
        quarter = _last_revised(old, new)
        if quarter is not None:
            yield say(
                "report.today_revision",
                name=words.title(new.history.indicator, say.plain),
                period=fmt.since_january(quarter, say),
                before=_growth_or_missing(old.history.ytd_at(quarter), say),
                after=_growth_or_missing(new.history.ytd_at(quarter), say),
            )


def _growth_or_missing(growth: float, say: Speaker) -> str:
    return fmt.percent(growth) if math.isfinite(growth) else say("format.missing")


def _last_revised(old: Verdict, new: Verdict) -> Quarter | None:
    for quarter in reversed(old.history.quarters):
        before, after = old.history.ytd_at(quarter), new.history.ytd_at(quarter)
        if math.isnan(before) != math.isnan(after):
            return quarter
        if math.isfinite(before) and published(before) != published(after):
            return quarter
    return None


def _targets(issued: Snapshot, today: Snapshot, say: Speaker) -> Iterator[str]:
    """Say which targets are others, new, or gone."""
    old, new = (_targets_of(one.outlook) for one in (issued, today))
    for indicator in {**new, **old}:
        catalogue = today.catalogue if indicator in new else issued.catalogue
        name = words.title(catalogue[indicator], say.plain)
        if indicator not in new:
            yield say("report.today_target_gone", name=name)
        elif indicator not in old:
            yield say("report.today_target_new", name=name)
        else:
            before = words.clause(old[indicator], say)
            after = words.clause(new[indicator], say)
            if before != after:
                values = {"before": before, "after": after}
                yield say("report.today_target_one", name=name, **values)


def _targets_of(outlook: Outlook) -> dict[str, Target]:
    """Return the targets that count, with or without a verdict, by indicator."""
    found = [verdict.target for verdict in outlook.verdicts]
    found += [entry.target for entry in outlook.excluded]
    return {target.indicator: target for target in found if target.counts}


def _today_table(issued: Snapshot, today: Snapshot, say: Speaker) -> FigureTable:
    head = [say("column.indicator")]
    moments = [datetime.fromisoformat(one.issue.issued_at) for one in (issued, today)]
    written = fmt.day if len({clock.day_of(moment).year for moment in moments}) == 1 else fmt.date
    for key, moment in zip(("then", "now"), moments, strict=True):
        head.append(say(f"report.today_{key}", date=written(moment, say)))
    whole = [_chance_of_all(one.outlook, say) for one in (issued, today)]
    rows = [(say("report.today_all"), whole[0], whole[1])]
    missing = say("format.missing")
    then, now = (
        {verdict.indicator_id: verdict for verdict in one.outlook.counted}
        for one in (issued, today)
    )
    shown = {**then, **now}
    if _bare(issued, today):
        then = {}  # each is known with the scenario alone
    for indicator, verdict in shown.items():
        cells = [
            _chance(side[indicator], say) if indicator in side else missing for side in (then, now)
        ]
        rows.append((words.title(verdict.history.indicator, say.plain), cells[0], cells[1]))
    align = (Align.LEFT, Align.RIGHT, Align.RIGHT)
    return FigureTable(say("report.today_caption"), tuple(head), tuple(rows), align)


def _chance(verdict: Verdict, say: Speaker) -> str:
    """Return the chance of one; of a known year what it came to, and how that is known."""
    if not verdict.known:
        return leaders.cell(verdict.probability, say)
    growth = fmt.growth(verdict.quantiles.median, say)
    key = "report.today_is_published" if verdict.complete else "report.today_is_flash"
    return say(key, told=growth)
