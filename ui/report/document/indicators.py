"""The indicators of a report: as leaders read them, at 1% one tap away, and the fan of each."""

from __future__ import annotations

from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.outlook import FanPoint, Outlook, Verdict, by_probability
from forecasting.outlook.pace import ends_of
from ui.charts.density import density
from ui.charts.fan_content import Fan, KnownFigure, fan_of
from ui.charts.scale import tick
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences
from ui.report.document import leaders
from ui.report.document.blocks import (
    Align,
    Block,
    Details,
    FanPicture,
    FigureTable,
    FullYear,
    Lamp,
    LightRow,
    Lights,
    Note,
    Paragraph,
    Section,
    Topic,
    joined,
    marked,
)


def lights_section(snapshot: Snapshot, say: Speaker) -> Section:
    """Return the lights, and what does not count and why."""
    outlook = snapshot.outlook
    blocks: list[Block] = [_lights(snapshot, say)]
    blocks += [Note(marked(line)) for line in _others(snapshot, say) if line]
    return Section(
        Topic.LIGHTS,
        say("report.lights", count=len(outlook.counted)),
        _lights_note(snapshot, say),
        tuple(blocks),
    )


def _lights_note(snapshot: Snapshot, say: Speaker) -> str:
    outlook = snapshot.outlook
    if outlook.known:
        kind = "published" if outlook.published else "flash"
        return say(f"report.lights_note_{kind}")
    key = f"report.lights_note{words.suffix(outlook.area.reference)}"
    clause = words.common_clause(outlook.counted, say)
    note = say(key, clause=clause, area=say.plain.name(outlook.area.name))
    return note if snapshot.scenario is None else say("report.in_scenario", text=note)


def _chance_head(outlook: Outlook, say: Speaker) -> str:
    key = "column.likelihood" if outlook.area.reference else "column.probability"
    return say(key)


def _expected_head(outlook: Outlook, say: Speaker) -> str:
    if outlook.known:
        inside = not any(verdict.complete for verdict in outlook.counted)
        return say("report.head_flash" if inside else "report.head_published")
    return say("report.head_expected")


def _need_head(outlook: Outlook, say: Speaker) -> str:
    rests = {fmt.remaining(verdict.pace, say) for verdict in outlook.counted if verdict.pace}
    rest = rests.pop() if len(rests) == 1 else say("period.rest.any")
    return say("report.head_need", rest=rest)


def _lights(snapshot: Snapshot, say: Speaker) -> Lights:
    outlook = snapshot.outlook
    kind = words.suffix(outlook.area.reference)
    if snapshot.scenario is not None and not outlook.known:
        kind = "_scenario"
    return Lights(
        say(f"report.lights_caption{kind}"),
        (
            say("report.head_light"),
            say("column.indicator"),
            _chance_head(outlook, say),
            _expected_head(outlook, say),
            say("report.head_interval"),
            _need_head(outlook, say),
        ),
        tuple(
            _held_row(verdict, say)
            if verdict.indicator_id in snapshot.pinned
            else _light_row(verdict, snapshot, say)
            for verdict in by_probability(outlook.counted)
        ),
    )


def _lamp(verdict: Verdict, snapshot: Snapshot, say: Speaker) -> Lamp | None:
    light = snapshot.shown_light(verdict)
    return Lamp(light, say(f"light.{light}")) if light else None


def _light_row(verdict: Verdict, snapshot: Snapshot, say: Speaker) -> LightRow:
    outlook, lamp = snapshot.outlook, _lamp(verdict, snapshot, say)
    name = words.title(verdict.history.indicator, say.plain)
    growth = fmt.figure(verdict.quantiles.median)
    if verdict.pace is None:
        said = _source(verdict, outlook, say)
        return LightRow(lamp, name, said, growth, "", "")
    return LightRow(
        lamp,
        name,
        leaders.cell(verdict.probability, say, alone=len(outlook.counted) == 1),
        growth,
        fmt.interval(verdict.quantiles.q10, verdict.quantiles.q90, say),
        _need(verdict, say),
    )


def _held_row(verdict: Verdict, say: Speaker) -> LightRow:
    """Return the row of an indicator that the scenario holds: nothing of it is a forecast."""
    name, growth = words.title(verdict.history.indicator, say.plain), verdict.quantiles.median
    return LightRow(None, name, say("report.held"), fmt.figure(growth), "", "")


def _source(verdict: Verdict, outlook: Outlook, say: Speaker) -> str:
    """Say whether a known year is published, where some are and some are not."""
    if len({other.complete for other in outlook.counted}) == 1 and outlook.known:
        return ""
    if not verdict.complete:
        return say("report.flash")
    return say("headline.published") if outlook.known else ""


def _need(verdict: Verdict, say: Speaker) -> str:
    """Write the required pace, rounded to the safe side."""
    if verdict.pace is None:
        return say("format.missing")
    if ends := ends_of(verdict):
        return fmt.interval(*ends, say)
    ceiling, shown = verdict.cut.lower == float("-inf"), verdict.pace.shown
    if shown < 0 and not ceiling:
        return say("report.need_fall", rate=fmt.figure(-shown))
    return say("report.need_most" if ceiling else "report.need_least", rate=fmt.figure(shown))


def _others(snapshot: Snapshot, say: Speaker) -> list[str]:
    """Say which targets have no verdict and why, and which verdicts do not count."""
    outlook, comma = snapshot.outlook, say("format.comma")
    names: dict[str, list[str]] = {}
    for entry in outlook.excluded:
        reason = sentences.excluded(entry, outlook.year, say)
        name = words.title(snapshot.catalogue[entry.target.indicator], say.plain)
        names.setdefault(reason, []).append(name)
    missing = [
        say("report.excluded_some", names=comma.join(some), reason=reason)
        for reason, some in names.items()
    ]
    extra = [
        words.title(verdict.history.indicator, say.plain)
        for verdict in outlook.verdicts
        if not verdict.counts
    ]
    return [
        sentences.short_histories(outlook.counted, say.plain),
        say("report.excluded", listed=comma.join(missing)) if missing else "",
        say("report.extra", listed=comma.join(extra)) if extra else "",
    ]


def has_exact(outlook: Outlook) -> bool:
    """Return whether anything is rounded for leaders: not where all that counts is known."""
    return bool(outlook.counted) and not all(verdict.known for verdict in outlook.verdicts)


def exact_section(snapshot: Snapshot, say: Speaker) -> Section:
    """Return what the leaders' figures are rounded from."""
    outlook = snapshot.outlook
    blocks: list[Block] = []
    if told := _exact_all(snapshot, say):
        blocks.append(Paragraph(marked(told)))
    line = "report.exact_line" if outlook.area.reference else "report.exact_target"
    odds = f"column.odds{words.suffix(outlook.area.reference)}"
    head = (
        say("column.indicator"),
        say(line),
        say("report.exact_latest"),
        _chance_head(outlook, say),
        say("report.head_expected"),
        say("report.head_interval"),
        _need_head(outlook, say),
        say(odds),
    )
    extra = [verdict for verdict in outlook.verdicts if not verdict.counts]
    every = [*by_probability(outlook.counted), *extra]
    rows = tuple(_exact_row(verdict, snapshot, say) for verdict in every)
    align = (Align.LEFT, Align.LEFT, *(Align.RIGHT,) * 5, Align.LEFT)
    blocks.append(FigureTable(say("report.exact_caption"), head, rows, align))
    return Section(
        Topic.FIGURES,
        say("report.exact"),
        say("report.exact_note"),
        (Details(say("report.exact_open"), tuple(blocks)),),
    )


def _exact_all(snapshot: Snapshot, say: Speaker) -> str:
    outlook, together = snapshot.outlook, snapshot.outlook.all_clear
    if together is None or outlook.settled:
        return ""
    points = f"{together.error * 100:.1f}"
    error = say("note.error_below" if points == "0.0" else "note.error", error=points)
    kind = "all" if len(outlook.counted) > 1 else "one"
    told = say(
        f"report.exact_{kind}{words.suffix(outlook.area.reference)}",
        growth=words.common_growth(outlook.counted, say),
        chance=fmt.chance(together.probability, say),
        error=error,
        independent=fmt.chance(together.independent, say),
    )
    if snapshot.scenario is None:
        return told
    told, baseline = say("report.in_scenario", text=told), snapshot.baseline
    if baseline is None or snapshot.baseline_in_tenths:
        return told
    bare = say(
        f"report.exact_baseline_{kind}{words.suffix(outlook.area.reference)}",
        growth=words.common_growth(outlook.counted, say),
        chance=fmt.chance(baseline.probability, say),
    )
    return joined((bare, told), say)


def _exact_row(verdict: Verdict, snapshot: Snapshot, say: Speaker) -> tuple[str, ...]:
    missing, history = say("format.missing"), verdict.history
    until = history.latest.quarter or history.latest
    latest = say(
        "report.exact_latest_cell",
        figure=fmt.figure(history.latest_ytd),
        span=fmt.span(until, say)
        if until.year == snapshot.outlook.year
        else fmt.since_january(until, say),
    )
    held = verdict.indicator_id in snapshot.pinned
    known = verdict.pace is None or held
    sure = say("report.held") if held else missing
    return (
        words.title(history.indicator, say.plain),
        words.clause(verdict.target, say),
        latest,
        sure if known else fmt.probability(verdict.probability),
        fmt.figure(verdict.quantiles.median),
        missing if known else fmt.interval(verdict.quantiles.q10, verdict.quantiles.q90, say),
        _need(verdict, say),
        _odds(verdict, say),
    )


def _odds(verdict: Verdict, say: Speaker) -> str:
    """Write how many past years managed the required pace."""
    required = verdict.pace
    if required is None or required.windows == 0:
        return say("format.missing")
    shown = f"pace.short_{sentences.odds_kind(required)}"
    return say(shown, reached=required.reached, windows=required.windows)


def fan_picture(
    verdict: Verdict,
    snapshot: Snapshot,
    say: Speaker,
    *,
    large: bool,
    held: bool = False,
    stamp: str = "",
) -> FanPicture:
    """Return the fan of a verdict; a large one has the full year's distribution beside it.

    Parameters
    ----------
    held
        Whether a scenario holds the full year: then nothing of it is a chance.
    stamp
        What must stand in it.
    """
    outlook = snapshot.outlook
    alone = len(outlook.counted) == 1
    full_year = _full_year(verdict, say, alone=alone) if large and not held else None
    whole = full_year is not None
    fan = fan_of(verdict, outlook.year, say, whole=whole, stamp=stamp)
    line = "chart.line" if verdict.light is None else "chart.target"
    return FanPicture(
        fan,
        title=words.title(verdict.history.indicator, say.plain),
        caption=_caption(verdict, snapshot, say, large=large, held=held),
        alt=_alt(verdict, fan, snapshot, say, held=held),
        line=say(line, threshold=tick(fan.target)),
        full_year=full_year,
    )


def _held_words(verdict: Verdict, say: Speaker) -> str:
    """Say what a scenario holds the full year to."""
    return say("report.fan_held", rate=fmt.percent(verdict.quantiles.median))


def _caption(verdict: Verdict, snapshot: Snapshot, say: Speaker, *, large: bool, held: bool) -> str:
    if held:
        return _held_words(verdict, say)
    if not large:
        return _told(verdict, snapshot, say)
    if not verdict.fan:
        growth = fmt.growth(verdict.quantiles.median, say)
        key = "report.fan_known" if verdict.complete else "report.fan_known_flash"
        return say(key, growth=growth)
    low, high = verdict.quantiles.q10, verdict.quantiles.q90
    return say(
        "report.fan_caption",
        growth=fmt.expected_growth(verdict.quantiles.median, say),
        interval=fmt.growth_interval(low, high, say),
    )


def _told(verdict: Verdict, snapshot: Snapshot, say: Speaker) -> str:
    """Say the verdict; under a scenario what is expected and how probable that is, no verdict."""
    if snapshot.lit(verdict):
        return sentences.plain(sentences.verdict_sentence(verdict, snapshot.outlook.year, say))
    low, high = verdict.quantiles.q10, verdict.quantiles.q90
    kind = words.suffix(snapshot.outlook.area.reference)
    return say(
        f"report.fan_scenario{kind}",
        name=say.plain.name(verdict.history.indicator.name),
        growth=fmt.expected_growth(verdict.quantiles.median, say),
        interval=fmt.growth_interval(low, high, say),
        clause=words.clause(verdict.target, say),
        chance=fmt.chance(verdict.probability, say),
    )


def _alt(verdict: Verdict, fan: Fan, snapshot: Snapshot, say: Speaker, *, held: bool) -> str:
    """Say the verdict, and the figures that lead to it."""
    told = _held_words(verdict, say) if held else _told(verdict, snapshot, say)
    comma = say("format.comma")
    before, now = (
        comma.join(fmt.percent(figure.growth) + _flash_mark(figure, say) for figure in line)
        or say("format.missing")
        for line in fan.lines
    )
    return say("report.fan_alt", sentence=told, before=before, now=now)


def _flash_mark(figure: KnownFigure, say: Speaker) -> str:
    """Return what stands behind a figure that is not published."""
    return say("report.brief_flash") if figure.unpublished else ""


def _full_year(verdict: Verdict, say: Speaker, *, alone: bool) -> FullYear | None:
    """Return the full year's distribution; None where it is known."""
    values, heights = density(verdict.quantiles)
    if not values or not verdict.fan:
        return None
    chance = verdict.probability
    met = say("report.fan_met" if verdict.light else "report.fan_met_reference")
    return FullYear(
        values=values,
        density=heights,
        cuts=(verdict.cut.lower, verdict.cut.upper),
        met=(leaders.cell(chance, say, alone=alone), met),
        missed=(leaders.other_cell(chance, say, alone=alone), say("report.fan_missed")),
    )


def fan_table(verdict: Verdict, outlook: Outlook, say: Speaker) -> Block:
    """Return the figures that a fan draws, as a table to open."""
    name = say.plain.name(verdict.history.indicator.name)
    head = (
        say("column.period"),
        say("report.fan_median"),
        say("report.fan_interval"),
        say("report.fan_wide"),
    )
    missing = say("format.missing")
    rows = [
        (
            fmt.since_january(figure.period, say) + _flash_mark(figure, say),
            fmt.figure(figure.growth),
            missing,
            missing,
        )
        for figure in fan_of(verdict, outlook.year, say).known
    ]
    rows += [_ahead_row(point, say) for point in verdict.fan]
    caption = say("report.fan_figures_caption", name=name)
    align = (Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT)
    return Details(say("report.fan_figures"), (FigureTable(caption, head, tuple(rows), align),))


def _ahead_row(point: FanPoint, say: Speaker) -> tuple[str, str, str, str]:
    values = point.quantiles
    return (
        fmt.since_january(point.quarter, say),
        fmt.figure(values.median),
        fmt.interval(values.q10, values.q90, say),
        fmt.interval(values.q025, values.q975, say),
    )
