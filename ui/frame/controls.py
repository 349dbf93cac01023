"""The row of controls on every page, the view they choose, and the links between pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

import streamlit as st

from data import choices, clock
from data.views import AreaView
from forecasting.figures.indicator import Area
from forecasting.figures.period import Period, parse_period
from forecasting.outlook.outlook import Outlook
from ui.frame import address, cache, look, page_files, people
from ui.frame.navigation import DATA_MENU, PLAN_MENU, SCENARIO_MENU, script
from ui.language import Language, Speaker, words
from ui.language import format as fmt

OVERVIEW_PAGE = str(script("overview"))
INDICATOR_PAGE = str(script("indicator"))
METHOD_PAGE = str(script("method"))
DATA_PAGE = str(script("data"))
UPLOAD_PAGE = str(script("upload"))
TARGETS_PAGE = str(script("targets"))
VINTAGES_PAGE = str(script("vintages"))


@dataclass(frozen=True, slots=True)
class View(AreaView):
    """What a reader looks at: the snapshot and the area; and who speaks of them."""

    snapshot: cache.VintageView
    say: Speaker

    @property
    def plain(self) -> View:
        """The same view for whatever is no Markdown."""
        return replace(self, say=self.say.plain)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a reader asks of an area."""

    year: int
    as_of: Period | None
    threshold: float | None


def show_data_menu(view: View) -> None:
    """Show the links between the pages about data, and whether the clock can be trusted."""
    show_data_links(view.say)
    record = view.snapshot.record()
    if record.ahead_of_clock:
        committed, now = fmt.minute(record.committed_at), fmt.minute(clock.now())
        st.markdown(view.say("data_menu.clock", number=record.number, committed=committed, now=now))


def show_data_links(say: Speaker) -> None:
    """Show the links between the pages about data."""
    with st.container(horizontal=True, key="data_menu"):
        for name in filter(people.may_open, DATA_MENU):
            label = say(f"data_menu.{name}")
            st.page_link(script(name), label=label, query_params=address.whole_view())


def show_plan_menu(view: View) -> None:
    """Show the links between the pages about the plan."""
    with st.container(horizontal=True, key="plan_menu"):
        for name in PLAN_MENU:
            label = view.say(f"plan_menu.{name}")
            st.page_link(script(name), label=label, query_params=address.whole_view())


class ScenarioMenu:
    """The links between the pages about scenarios; each carries the scenario as it stands."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._place = st.container(key="scenario_menu").empty()
        self._carried: dict[str, str] | None = None

    def show(self) -> None:
        """Show the links, or show them anew where the scenario has changed."""
        carried = address.whole_view()
        if carried == self._carried:
            return
        self._carried = carried
        with self._place, st.container(horizontal=True):
            for name in SCENARIO_MENU:
                label = self._view.say(f"page.{name}")
                st.page_link(script(name), label=label, query_params=carried)


def choose_view() -> tuple[View, Selection | None]:
    """Show the row of controls; nothing is asked of an area without figures."""
    say = address.speaker()
    with _row():
        view = _choose_area(say)
        asked = _choose_question(view) if view.has_figures else None
        _row_end(view, asked.as_of if asked else None)
    return view, asked


def choose_area_and_line() -> tuple[View, float | None, st.delta_generator.DeltaGenerator]:
    """Show the row of controls of a page about all years: an area, and a line for it.

    The place returned is in the row, for a picker whose options are not known yet.
    """
    say = address.speaker()
    with _row():
        view = _choose_area(say)
        threshold = pick_threshold(view.area, say) if view.has_figures else None
        place = st.container(width="content")
        _row_end(view)
    return view, threshold, place


def choose_area_only() -> View:
    """Show the row of controls of a page that only needs an area."""
    say = address.speaker()
    with _row():
        view = _choose_area(say)
        _row_end(view)
    return view


def choose_language_only() -> Speaker:
    """Show the row of controls of a page that is the same for every area."""
    say = address.speaker()
    with _row():
        st.space("stretch")
        address.switch_language(say)
    return say


def outlook_of(view: View, asked: Selection, *, outliers: bool = True) -> Outlook:
    """Return the outlook, with a word of patience while it is computed."""
    question = (view.area.id, asked.year, asked.as_of, asked.threshold)
    with st.spinner(view.say("app.spinner")):
        return view.snapshot.outlook(*question, outliers=outliers)


def _row() -> st.delta_generator.DeltaGenerator:
    """Return the row; printed, its choices stay as words, unlike any other control's."""
    return st.container(horizontal=True, vertical_alignment="bottom", key="view")


def _row_end(view: View, as_of: Period | None = None) -> None:
    page_files.told(view.say.plain.name(view.area.name), _provenance(view, as_of))
    st.space("stretch")
    if view.area.synthetic:
        look.show(look.stamp(view.say), content_wide=True)
    if view.has_flash:
        look.show(look.flash_stamp(view.say), content_wide=True)
    address.switch_language(view.say)


def _provenance(view: View, as_of: Period | None) -> list[str]:
    """Say what a file of the page has to say of its figures."""
    say, span = view.say.plain, view.snapshot.span(view.area.id)
    lines = [words.area_label(view.area, say)]
    lines.append(say("download.vintage", vintage=view.snapshot.vintage))
    latest = as_of or (span[1] if span else None)
    if latest is not None:
        lines.append(say("download.as_of", period=fmt.as_of(latest, say)))
    if view.has_flash:
        lines.append(say("area.flash"))
    return lines


def _choose_area(say: Speaker) -> View:
    snapshot = cache.current()
    filled = snapshot.filled
    default = choices.default_area(snapshot.areas, filled)
    area = pick_area(snapshot.areas, default, filled, say)
    view = View(snapshot, area, say)
    address.forget_unknown_indicator(view.catalogue.indicators)
    return view


def _choose_question(view: View) -> Selection:
    span = view.snapshot.span(view.area.id)
    assert span is not None
    years = choices.year_options(span, view.snapshot.targets(view.area.id))
    year = pick_year(years, choices.default_year(span, years), view.say)
    months = view.snapshot.months(view.area.id)
    cuts = choices.as_of_options(span, year, months)
    latest = choices.latest_period(span, year, months)
    as_of = pick_as_of(cuts, latest, view.say)
    return Selection(year, as_of, pick_threshold(view.area, view.say))


_THRESHOLD_BOUND = 1000.0
_AREA_WIDTH = {Language.ZH: 250, Language.EN: 390}  # the longest name, marked as empty


def pick_area(areas: Sequence[Area], default: Area, filled: Set[str], say: Speaker) -> Area:
    """Show the area picker and return the chosen area."""
    by_id = {area.id: area for area in areas}

    def label(area_id: str) -> str:
        name = say.plain.name(by_id[area_id].name)
        return name if area_id in filled else say("area.empty", name=name)

    chosen = address.select(
        address.AREA,
        say("control.area"),
        list(by_id),
        default.id,
        label,
        width=_AREA_WIDTH[say.language],
    )
    return by_id[chosen]


def pick_year(years: Sequence[int], default: int, say: Speaker) -> int:
    """Show the year picker and return the chosen year."""
    options = [str(year) for year in years]

    def label(year: str) -> str:
        return say("period.year", year=year)

    chosen = address.select(
        address.YEAR, say("control.year"), options, str(default), label, width=112
    )
    return int(chosen)


def pick_as_of(periods: Sequence[Period], latest: Period, say: Speaker) -> Period | None:
    """Show the picker of the quarter or month figures are cut at; None is the latest."""
    options = {address.LATEST: say("control.latest", period=fmt.as_of(latest, say))}
    options |= {str(period): fmt.as_of(period, say) for period in periods}
    chosen = address.select(
        address.AS_OF,
        say("control.as_of"),
        list(options),
        address.LATEST,
        options.__getitem__,
        width=205,
        help=say("control.as_of_help"),
    )
    return None if chosen == address.LATEST else parse_period(chosen)


def pick_threshold(area: Area, say: Speaker) -> float | None:
    """Show the input of a line that replaces every target's; None keeps the targets."""
    asked = address.number(address.THRESHOLD)
    current = None if asked is None else min(max(asked, -_THRESHOLD_BOUND), _THRESHOLD_BOUND)
    if current != asked:
        st.toast(say("control.threshold_range", line=fmt.threshold(current or 0.0)))
    seen = address.give(address.THRESHOLD, current)
    # Streamlit would tell the bounds in English, so it does not know them.
    value: float | None = st.number_input(
        say("control.line" if area.reference else "control.threshold"),
        value=None if seen else current,
        step=0.5,
        format="%g",
        key=address.THRESHOLD,
        placeholder=say("control.threshold_placeholder"),
        help=say("control.threshold_help"),
        width=150,
    )
    address.settle(address.THRESHOLD, value)
    return value


def pick_indicator(
    ids: Sequence[str], label: Callable[[str], str], say: Speaker, *, every: bool = False
) -> str | None:
    """Show the indicator picker; None stands for all of them where ``every`` allows it."""
    options = [address.EVERY, *ids] if every else list(ids)

    def name(option: str) -> str:
        return say("control.all_indicators") if option == address.EVERY else label(option)

    title = say("control.indicator")
    chosen = address.select(address.INDICATOR, title, options, options[0], name, width=300)
    return None if chosen == address.EVERY else chosen


def pick_vintage(
    name: str, numbers: Sequence[int], default: int, label: Callable[[str], str], say: Speaker
) -> int:
    """Show the picker of one end of a comparison, ``FROM`` or ``TO``."""
    options = [str(number) for number in numbers]
    title = say(f"control.{name}")
    return int(address.select(name, title, options, str(default), label, width=330))


def pick_without_outliers(say: Speaker) -> bool:
    """Show the switch of the forecast without looking for outliers.

    It only adds a comparison, so it is not in the address.
    """
    return st.toggle(
        say("control.without_outliers"),
        key="without_outliers",
        help=say("control.without_outliers_help"),
    )
