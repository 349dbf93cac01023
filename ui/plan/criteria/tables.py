"""What the page shows of a zone beside the criteria: the picture, and a table a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from forecasting.figures.indicator import AreaKind
from forecasting.plan.criteria import ClassKind, Scope, Yardstick
from forecasting.plan.gaps import Against, ClassStanding, ItemStanding, Lacking
from forecasting.plan.years import FORECAST_YEARS
from ui.charts.bars import BarGroup
from ui.charts.figures import Figures
from ui.charts.gap_bars_content import GapBar, GapBars, attained
from ui.charts.gap_bars_vega import gap_data, gap_spec, height_of
from ui.frame import address, look, page_files
from ui.frame.columns import Column, table
from ui.frame.controls import View
from ui.frame.errors import end_page
from ui.frame.navigation import script
from ui.language import Speaker
from ui.language import format as fmt
from ui.outlook import sentences as outlook_sentences
from ui.plan.criteria import sentences, state
from ui.plan.criteria.state import Benchmark
from ui.scenario import terms


@dataclass(frozen=True, slots=True)
class _Row:
    """An item beside one of its lines; only the first of an item names it."""

    item: ItemStanding
    against: Against
    first: bool


def stop_without_zone(view: View) -> None:
    """End the page where the area is no zone: zones alone are assessed, and have these lines."""
    if view.area.kind is AreaKind.ZONE:
        return
    st.title(view.say("criteria.no_zone"), anchor=False)
    st.markdown(view.say("criteria.no_zone_why", area=view.say.name(view.area.name)))
    end_page()


def show_head(benchmark: Benchmark) -> None:
    """Say where the zone stands, what is not public, and whether its province may rise."""
    say = benchmark.view.say
    title = sentences.headline(benchmark, say)
    st.title(title.replace("|", outlook_sentences.BREAK), anchor=False)
    join = say("format.between_sentences")
    st.markdown(join.join((say("criteria.no_mark"), sentences.frozen(benchmark, say))))
    lines = [sentences.peers(benchmark, say), say("criteria.order")]
    st.caption(join.join((sentences.edition(benchmark, say), *lines)))


def show_picture(benchmark: Benchmark) -> None:
    """Draw a bar for each item that is held against a line, class by class."""
    say = benchmark.view.say
    classes = [one for one in benchmark.classes if one.compared]
    if not classes:
        return
    gaps = GapBars(
        tuple(
            BarGroup(
                sentences.class_name(one, say.plain),
                tuple(_bar(item, say.plain) for item in one.compared),
            )
            for one in classes
        ),
        stamp=say("area.synthetic") if benchmark.view.area.synthetic else "",
    )
    st.header(say("criteria.picture"), anchor=False)
    st.caption(say("criteria.picture_note"))
    dark, height = address.dark(), height_of(gaps)
    page_files.chart(
        gap_data(gaps),
        gap_spec(height, dark=dark),
        _figures(classes, say.plain),
        key=f"gaps_{height}_{'dark' if dark else 'light'}",
        alt=say.plain("format.between_sentences").join(
            bar.told for one in gaps.groups for bar in one.bars
        ),
    )


def _bar(item: ItemStanding, say: Speaker) -> GapBar:
    assert item.main is not None
    return GapBar(
        name=say.name(item.item.name),
        attained=item.attained,
        text=attained(item.attained),
        others=tuple(item.line_at(other) for other in item.against[1:]),
        told=sentences.item_sentence(item, item.main, say),
    )


def _figures(classes: Sequence[ClassStanding], say: Speaker) -> Figures:
    head = [say(f"criteria.column.{name}") for name in ("item", "own", "line", "level", "share")]
    rows = [
        [
            say.name(item.item.name),
            sentences.level(item.value or 0.0, item, say),
            sentences.line_name(against.line, say),
            sentences.level(against.level, item, say),
            attained(item.share_of(against)),
        ]
        for one in classes
        for item in one.compared
        for against in item.against
    ]
    return Figures(say("criteria.picture"), head, rows)


def show_classes(benchmark: Benchmark) -> None:
    """Show every class: what is public of it, and its items beside their lines."""
    say = benchmark.view.say
    for one in benchmark.classes:
        if one.criteria_class.kind is not ClassKind.BONUS:
            st.header(sentences.class_name(one, say), anchor=False)
            st.markdown(sentences.class_sentence(one, say))
            _show_items(one, benchmark)


def _show_items(of: ClassStanding, benchmark: Benchmark) -> None:
    say = benchmark.view.say.plain
    rows = [
        _Row(item, against, number == 0)
        for item in of.compared
        for number, against in enumerate(item.against)
    ]
    soon = benchmark.year + FORECAST_YEARS - 1
    columns: list[Column[_Row]] = [
        Column(say("criteria.column.item"), "l", cell=lambda row: _name(row, say)),
        Column(say("criteria.column.own"), "l wide", lambda row: _own(row, say) * row.first),
        Column(say("criteria.column.line"), "l wrap",
               lambda row: sentences.line_name(row.against.line, say)),
        Column(say("criteria.column.level"), "wide",
               lambda row: sentences.level(row.against.level, row.item, say)),
        Column(say("criteria.column.share"), "",
               lambda row: attained(row.item.share_of(row.against))),
        Column(say("criteria.column.soon", year=soon), "wrap wide", lambda row: _soon(row, say)),
        Column(say("criteria.column.year"), "wrap keep", lambda row: _year(row, say)),
    ]  # fmt: skip
    if rows:
        look.show(table(columns, rows))
    told = [item for item in of.compared if item.place is not None]
    if told:
        look.show(look.note(say("format.between_sentences").join(
            say("criteria.named", name=say.name(item.item.name),
                told=sentences.place(item.place, say))
            for item in told
        )))  # fmt: skip


def _name(row: _Row, say: Speaker) -> str:
    if not row.first:
        return look.cell("")
    return look.named(say.name(row.item.item.name), _own(row, say))


def _own(row: _Row, say: Speaker) -> str:
    value = sentences.level(row.item.value or 0.0, row.item, say)
    return say("criteria.value", value=value, year=row.item.year)


def _soon(row: _Row, say: Speaker) -> str:
    if row.against.met:
        return say("criteria.met")
    closing = row.against.closing
    return say("format.missing") if closing is None else fmt.probability(closing.forecast)


def _year(row: _Row, say: Speaker) -> str:
    if row.against.met:
        return say("criteria.met")
    return sentences.closing_year(row.against.closing, say)


def show_quickest(benchmark: Benchmark) -> None:
    """Show what the levers of the zone would bring to each gap this year."""
    say = benchmark.view.say
    gaps = [one for one in benchmark.gaps if one.main is not None and one.main.closing is not None]
    if not gaps:
        return
    st.header(say("criteria.quickest", year=benchmark.year), anchor=False)
    st.markdown(say("criteria.quickest_note"))
    incomplete = False
    for item in gaps:
        found = benchmark.quickest(item)
        lines = list(sentences.reach_sentences(item, found.levers, say))
        if found.lacking:
            incomplete = True
            names = say("format.comma").join(say(f"lever.{kind}") for kind in found.lacking)
            lines.append(say("criteria.lever_lacking", levers=names))
        if solved := state.solved_of(benchmark, item):
            lines.append(sentences.solved(solved, item, benchmark.year, say))
        none = "criteria.no_lever" if found.targeted else "criteria.no_target"
        told = say("format.between_sentences").join(lines) or say(none, year=benchmark.year)
        st.markdown(say("criteria.named", name=f"**{say.name(item.item.name)}**", told=told))
    with st.container(horizontal=True, key="go_on_levers"):
        view = address.whole_view()
        st.page_link(script("scenario"), label=say("criteria.to_scenario"), query_params=view)
        if incomplete:
            label = say("criteria.to_assumptions")
            st.page_link(script("assumptions"), label=label, query_params=view)


def show_lacking(benchmark: Benchmark) -> None:
    """Show the items without a value, and what each lacks."""
    say = benchmark.view.say
    items = [
        item
        for one in benchmark.classes
        for item in one.items
        if item.value is None or item.lacking is Lacking.NO_FORECAST
    ]
    if not items:
        return
    columns: list[Column[ItemStanding]] = [
        Column(say("criteria.column.item"), "l wrap", lambda item: say.plain.name(item.item.name)),
        Column(say("criteria.column.lacking"), "l wrap",
               lambda item: sentences.lacking(item, say.plain)),
    ]  # fmt: skip
    with st.expander(say("criteria.lacking_title", count=len(items))):
        look.show(table(columns, items))


def show_sources(benchmark: Benchmark) -> None:
    """Show the figures that stand beside the zone, the rules, and where all of it was read."""
    say, criteria = benchmark.view.say, benchmark.criteria
    with st.expander(say("criteria.yardsticks")):
        st.markdown(say("criteria.yardsticks_note"))
        look.show(_yardsticks(benchmark))
    with st.expander(say("criteria.rules", version=say.name(criteria.name))):
        for rule in criteria.rules:
            source = criteria.sources[rule.source]
            st.markdown(say("criteria.cited", text=say.name(rule.name),
                            title=say.verbatim(source.title), url=source.url))  # fmt: skip
        st.markdown(say("criteria.sources"))
        for source in criteria.sources.values():
            st.markdown(say("criteria.source", title=say.verbatim(source.title), url=source.url))
    st.caption(say("criteria.computed"))


def _yardsticks(benchmark: Benchmark) -> str:
    say = benchmark.view.say.plain
    items = {item.id: item for item in benchmark.criteria.items}
    known = [one for one in benchmark.book.yardsticks if one.item in items]

    def note(one: Yardstick) -> str:
        text = say.name(one.note)
        mark = say(f"criteria.break.{one.break_}") if one.break_ else ""
        return text or mark

    columns: list[Column[Yardstick]] = [
        Column(say("criteria.column.item"), "l wrap", lambda one: say.name(items[one.item].name)),
        Column(say("column.year"), "", lambda one: str(one.year)),
        Column(say("criteria.column.zones"), "l wrap",
               lambda one: say(f"criteria.scope.{Scope(one.scope)}", count=one.zones)),
        Column(say("criteria.column.mean"), "",
               lambda one: terms.quantity(one.mean, one.unit, say, exact=False)),
        Column(say("criteria.column.note"), "l wrap wide", note),
        Column(say("criteria.column.source"), "l wrap wide", lambda one: one.source.title),
    ]  # fmt: skip
    return table(columns, known)
