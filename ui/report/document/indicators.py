"""The indicators of a report: as leaders read them, at 1% one tap away, and the fan of each."""

from __future__ import annotations

from forecasting.figures.period import Quarter
from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.outlook import FanPoint, Outlook, Verdict, by_probability
from forecasting.outlook.pace import ends_of
from ui.charts.density import density
from ui.charts.fan_content import Fan, KnownFigure, fan_of
from ui.charts.scale import tick
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences
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
    marked,
)


def lights_section(snapshot: Snapshot, language: Language) -> Section:
    """Return the lights, and what does not count and why."""
    outlook = snapshot.outlook
    blocks: list[Block] = [_lights(snapshot, language)]
    blocks += [Note(marked(line)) for line in _others(snapshot, language) if line]
    return Section(
        Topic.LIGHTS,
        t("report.lights", language, count=len(outlook.counted)),
        _lights_note(outlook, language),
        tuple(blocks),
    )


def _lights_note(outlook: Outlook, language: Language) -> str:
    if outlook.known:
        kind = "published" if outlook.published else "flash"
        return t(f"report.lights_note_{kind}", language)
    key = f"report.lights_note{words.suffix(outlook.area.reference)}"
    clause = words.common_clause(outlook.counted, language)
    return t(key, language, clause=clause, area=words.plain_name(outlook.area.name, language))


def _chance_head(outlook: Outlook, language: Language) -> str:
    key = "column.likelihood" if outlook.area.reference else "column.probability"
    return t(key, language)


def _expected_head(outlook: Outlook, language: Language) -> str:
    if outlook.known:
        inside = not any(verdict.complete for verdict in outlook.counted)
        return t("report.head_flash" if inside else "report.head_published", language)
    return t("report.head_expected", language)


def _need_head(outlook: Outlook, language: Language) -> str:
    firsts = {verdict.pace.first_quarter for verdict in outlook.counted if verdict.pace}
    same = len(firsts) == 1
    rest = fmt.remaining(firsts.pop(), language) if same else t("period.rest.any", language)
    return t("report.head_need", language, rest=rest)


def _lights(snapshot: Snapshot, language: Language) -> Lights:
    outlook = snapshot.outlook
    return Lights(
        t(f"report.lights_caption{words.suffix(outlook.area.reference)}", language),
        (
            t("report.head_light", language),
            t("column.indicator", language),
            _chance_head(outlook, language),
            _expected_head(outlook, language),
            t("report.head_interval", language),
            _need_head(outlook, language),
        ),
        tuple(
            _held_row(verdict, language)
            if verdict.indicator_id in snapshot.pinned
            else _light_row(verdict, outlook, language)
            for verdict in by_probability(outlook.counted)
        ),
    )


def lamp(verdict: Verdict, language: Language) -> Lamp | None:
    """Return the light of a verdict; None where it has none, or its year is known inside only."""
    light = sentences.shown_light(verdict)
    return Lamp(light, words.light(light, language)) if light else None


def _light_row(verdict: Verdict, outlook: Outlook, language: Language) -> LightRow:
    name = words.plain_title(verdict.history.indicator, language)
    growth = fmt.figure(verdict.quantiles.median)
    if verdict.pace is None:
        said = _source(verdict, outlook, language)
        return LightRow(lamp(verdict, language), name, said, growth, "", "")
    return LightRow(
        lamp(verdict, language),
        name,
        leaders.cell(verdict.probability, language, alone=len(outlook.counted) == 1),
        growth,
        fmt.interval(verdict.quantiles.q10, verdict.quantiles.q90, language),
        _need(verdict, language),
    )


def _held_row(verdict: Verdict, language: Language) -> LightRow:
    """Return the row of an indicator that the scenario holds: nothing of it is a forecast."""
    name, growth = words.plain_title(verdict.history.indicator, language), verdict.quantiles.median
    return LightRow(None, name, t("report.held", language), fmt.figure(growth), "", "")


def _source(verdict: Verdict, outlook: Outlook, language: Language) -> str:
    """Say whether a known year is published, where some are and some are not."""
    if len({other.complete for other in outlook.counted}) == 1 and outlook.known:
        return ""
    if not verdict.complete:
        return t("report.flash", language)
    return t("headline.published", language) if outlook.known else ""


def _need(verdict: Verdict, language: Language) -> str:
    """Write the required pace, rounded to the safe side."""
    if verdict.pace is None:
        return t("format.missing", language)
    if ends := ends_of(verdict):
        return fmt.interval(*ends, language)
    ceiling = verdict.cut.lower == float("-inf")
    rate = fmt.figure(verdict.pace.shown)
    return t("report.need_most" if ceiling else "report.need_least", language, rate=rate)


def _others(snapshot: Snapshot, language: Language) -> list[str]:
    """Say which targets have no verdict and why, and which verdicts do not count."""
    outlook, comma = snapshot.outlook, t("format.comma", language)
    names: dict[str, list[str]] = {}
    for entry in outlook.excluded:
        reason = sentences.excluded(entry, outlook.year, language)
        name = words.plain_title(snapshot.catalogue[entry.target.indicator], language)
        names.setdefault(reason, []).append(name)
    missing = [
        t("report.excluded_some", language, names=comma.join(some), reason=reason)
        for reason, some in names.items()
    ]
    extra = [
        words.plain_title(verdict.history.indicator, language)
        for verdict in outlook.verdicts
        if not verdict.counts
    ]
    return [
        t("report.excluded", language, listed=comma.join(missing)) if missing else "",
        t("report.extra", language, listed=comma.join(extra)) if extra else "",
    ]


def has_exact(outlook: Outlook) -> bool:
    """Return whether anything is rounded for leaders: not where all that counts is known."""
    return bool(outlook.counted) and not all(verdict.known for verdict in outlook.verdicts)


def exact_section(snapshot: Snapshot, language: Language) -> Section:
    """Return what the leaders' figures are rounded from."""
    outlook = snapshot.outlook
    blocks: list[Block] = []
    if told := _exact_all(snapshot, language):
        blocks.append(Paragraph(marked(told)))
    line = "report.exact_line" if outlook.area.reference else "report.exact_target"
    odds = f"column.odds{words.suffix(outlook.area.reference)}"
    head = (
        t("column.indicator", language),
        t(line, language),
        t("report.exact_latest", language),
        _chance_head(outlook, language),
        t("report.head_expected", language),
        t("report.head_interval", language),
        _need_head(outlook, language),
        t(odds, language),
    )
    extra = [verdict for verdict in outlook.verdicts if not verdict.counts]
    every = [*by_probability(outlook.counted), *extra]
    rows = tuple(_exact_row(verdict, snapshot, language) for verdict in every)
    align = (Align.LEFT, Align.LEFT, *(Align.RIGHT,) * 5, Align.LEFT)
    blocks.append(FigureTable(t("report.exact_caption", language), head, rows, align))
    return Section(
        Topic.FIGURES,
        t("report.exact", language),
        t("report.exact_note", language),
        (Details(t("report.exact_open", language), tuple(blocks)),),
    )


def _exact_all(snapshot: Snapshot, language: Language) -> str:
    outlook, together = snapshot.outlook, snapshot.outlook.all_clear
    if together is None or headlines.settled(outlook):
        return ""
    points = f"{together.error * 100:.1f}"
    error = t("note.error_below" if points == "0.0" else "note.error", language, error=points)
    kind = "all" if len(outlook.counted) > 1 else "one"
    told = t(
        f"report.exact_{kind}{words.suffix(outlook.area.reference)}",
        language,
        growth=words.common_growth(outlook.counted, language),
        chance=fmt.chance(together.probability, language),
        error=error,
        independent=fmt.chance(together.independent, language),
    )
    baseline = snapshot.baseline
    if baseline is None:
        return told
    chance = fmt.chance(baseline.probability, language)
    also = t("report.exact_baseline", language, chance=chance)
    return t("format.between_sentences", language).join((told, also))


def _exact_row(verdict: Verdict, snapshot: Snapshot, language: Language) -> tuple[str, ...]:
    missing, history = t("format.missing", language), verdict.history
    origin = history.origin
    latest = t(
        "report.exact_latest_cell",
        language,
        figure=fmt.figure(history.ytd_at(origin)),
        span=fmt.span(origin.quarter, language)
        if origin.year == snapshot.outlook.year
        else fmt.since_january(origin, language),
    )
    held = verdict.indicator_id in snapshot.pinned
    known = verdict.pace is None or held
    sure = t("report.held", language) if held else missing
    return (
        words.plain_title(history.indicator, language),
        words.clause(verdict.target, language),
        latest,
        sure if known else fmt.probability(verdict.probability),
        fmt.figure(verdict.quantiles.median),
        missing if known else fmt.interval(verdict.quantiles.q10, verdict.quantiles.q90, language),
        _need(verdict, language),
        _odds(verdict, language),
    )


def _odds(verdict: Verdict, language: Language) -> str:
    """Write how many past years managed the required pace."""
    required = verdict.pace
    if required is None or required.windows == 0:
        return t("format.missing", language)
    key = {0: "pace.short_never", required.windows: "pace.short_every"}
    shown = key.get(required.reached, "pace.short")
    return t(shown, language, reached=required.reached, windows=required.windows)


def fan_picture(
    verdict: Verdict,
    outlook: Outlook,
    language: Language,
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
    alone = len(outlook.counted) == 1
    full_year = _full_year(verdict, language, alone=alone) if large and not held else None
    whole = full_year is not None
    fan = fan_of(verdict, outlook.year, language, whole=whole, stamp=stamp)
    line = "chart.line" if verdict.light is None else "chart.target"
    return FanPicture(
        fan,
        title=words.plain_title(verdict.history.indicator, language),
        caption=_caption(verdict, outlook, language, large=large, held=held),
        alt=_alt(verdict, fan, outlook, language, held=held),
        line=t(line, language, threshold=tick(fan.target)),
        full_year=full_year,
    )


def _held_words(verdict: Verdict, language: Language) -> str:
    """Say what a scenario holds the full year to."""
    return t("report.fan_held", language, rate=fmt.percent(verdict.quantiles.median))


def _caption(
    verdict: Verdict, outlook: Outlook, language: Language, *, large: bool, held: bool
) -> str:
    if held:
        return _held_words(verdict, language)
    if not large:
        return sentences.plain(sentences.verdict_sentence(verdict, outlook.year, language))
    if not verdict.fan:
        growth = fmt.growth(verdict.quantiles.median, language)
        key = "report.fan_known" if verdict.complete else "report.fan_known_flash"
        return t(key, language, growth=growth)
    low, high = verdict.quantiles.q10, verdict.quantiles.q90
    return t(
        "report.fan_caption",
        language,
        growth=fmt.expected_growth(verdict.quantiles.median, language),
        interval=fmt.interval(low, high, language, unit="%"),
    )


def _alt(
    verdict: Verdict,
    fan: Fan,
    outlook: Outlook,
    language: Language,
    *,
    held: bool,
) -> str:
    """Say the verdict, and the figures that lead to it."""
    told = sentences.plain(sentences.verdict_sentence(verdict, outlook.year, language))
    if held:
        told = _held_words(verdict, language)
    comma = t("format.comma", language)
    before, now = (
        comma.join(fmt.percent(figure.growth) + _flash_mark(figure, language) for figure in line)
        or t("format.missing", language)
        for line in fan.lines
    )
    return t("report.fan_alt", language, sentence=told, before=before, now=now)


def _flash_mark(figure: KnownFigure, language: Language) -> str:
    """Return what stands behind a figure that is not published."""
    return t("report.brief_flash", language) if figure.unpublished else ""


def _full_year(verdict: Verdict, language: Language, *, alone: bool) -> FullYear | None:
    """Return the full year's distribution; None where it is known."""
    values, heights = density(verdict.quantiles)
    if not values or not verdict.fan:
        return None
    chance = verdict.probability
    met = t("report.fan_met" if verdict.light else "report.fan_met_reference", language)
    return FullYear(
        values=values,
        density=heights,
        cuts=(verdict.cut.lower, verdict.cut.upper),
        met=(leaders.cell(chance, language, alone=alone), met),
        missed=(
            leaders.other_cell(chance, language, alone=alone),
            t("report.fan_missed", language),
        ),
    )


def fan_table(verdict: Verdict, outlook: Outlook, language: Language) -> Block:
    """Return the figures that a fan draws, as a table to open."""
    name = words.plain_name(verdict.history.indicator.name, language)
    head = (
        t("column.period", language),
        t("report.fan_median", language),
        t("report.fan_interval", language),
        t("report.fan_wide", language),
    )
    missing, first = t("format.missing", language), Quarter(outlook.year - 1, 1)
    rows = [
        (
            fmt.since_january(first + figure.position, language) + _flash_mark(figure, language),
            fmt.figure(figure.growth),
            missing,
            missing,
        )
        for figure in fan_of(verdict, outlook.year, language).known
    ]
    rows += [_ahead_row(point, language) for point in verdict.fan]
    caption = t("report.fan_figures_caption", language, name=name)
    align = (Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT)
    return Details(
        t("report.fan_figures", language), (FigureTable(caption, head, tuple(rows), align),)
    )


def _ahead_row(point: FanPoint, language: Language) -> tuple[str, str, str, str]:
    values = point.quantiles
    return (
        fmt.since_january(point.quarter, language),
        fmt.figure(values.median),
        fmt.interval(values.q10, values.q90, language),
        fmt.interval(values.q025, values.q975, language),
    )
