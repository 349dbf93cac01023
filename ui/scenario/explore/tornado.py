"""What moves the all-clear most: every lever and project a step up and down, each alone."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from forecasting.scenario.tornado import Swing, Tornado, TornadoBar, tornado
from ui.charts.figures import Figures
from ui.charts.tornado import MOST_ROWS, Row, Side, tornado_data, tornado_spec
from ui.frame import address, look, page_files
from ui.frame.columns import Column, table
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook.sentences import plain
from ui.scenario.explore import sentences
from ui.scenario.state import Draft

_LEAST_POINTS, _LEAST_TARGETS = 2.0, 0.1


def show(draft: Draft) -> None:
    """Show the sentence, the chart, and what cannot be turned."""
    say, result = draft.say, tornado_of(draft)
    if result is None:
        return
    st.header(say("scenario_label.tornado"), anchor=False)
    st.caption(say("tornado.note"))
    outlook, catalogue = draft.evaluation.applied.outlook, draft.catalogue
    sentence = sentences.tornado_sentence(result, outlook, catalogue, say)
    st.markdown(sentence)
    if not sentences.is_still(result):
        _show_chart(result, plain(sentence), draft)
    if result.bars:
        title = say("chart.table")
        fold = st.expander(title, key=f"tornado_table_{say.language}", on_change="rerun")
        if fold.open:
            with fold:
                _show_table(result, draft)
    picture = draft.response
    remarks = sentences.dial_remarks(picture.dials, picture.scenario.pins, catalogue, say)
    if remarks:
        st.caption("\n\n".join(remarks))


def tornado_of(draft: Draft) -> Tornado | None:
    """Return what each step does as the scenario stands; None where no target counts."""
    usable, earliest = draft.evaluation.usable, draft.first_possible

    def make() -> Tornado | None:
        return tornado(draft.baseline, usable, partly=True, earliest=earliest)

    result: Tornado | None = draft.computed(usable, f"tornado {earliest}", make)
    return result


def _show_chart(result: Tornado, sentence: str, draft: Draft) -> None:
    """Draw changes of the all-clear or, where none is to be seen, of the targets met."""
    say, dark, flat = draft.say.plain, address.dark(), sentences.is_flat(result)
    told = _Words(draft, flat=flat)
    rows = [
        Row(
            sentences.bar_name(bar, draft.catalogue, say),
            tuple(
                Side(
                    step.targets if flat else 100 * step.change,
                    sentences.setting_name(bar, step, draft.catalogue, say),
                    told.tip(bar, step),
                )
                for step in sentences.steps_of(bar)
            ),
        )
        for bar in result.bars[:MOST_ROWS]
    ]
    stamp = say("area.synthetic") if draft.view.area.synthetic else ""
    least = _LEAST_TARGETS if flat else _LEAST_POINTS
    page_files.chart(
        tornado_data(rows, _targets if flat else fmt.signed, least=least, stamp=stamp),
        tornado_spec(len(rows), dark=dark),
        told.figures(result),
        key=f"tornado_{len(rows)}_{'dark' if dark else 'light'}",
        alt=sentence,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What is written of a step: of the all-clear or, where it is ``flat``, of targets met."""

    draft: Draft
    flat: bool

    @property
    def say(self) -> Speaker:
        return self.draft.say.plain

    @property
    def then_title(self) -> str:
        return self.say(f"tornado.then{words.suffix(self.draft.view.area.reference)}")

    @property
    def change_title(self) -> str:
        suffix = words.suffix(self.draft.view.area.reference)
        return self.say(f"tornado.by_targets{suffix}" if self.flat else "tornado.by")

    def step(self, bar: TornadoBar, step: Swing) -> str:
        name = sentences.bar_name(bar, self.draft.catalogue, self.say)
        setting = sentences.setting_name(bar, step, self.draft.catalogue, self.say)
        return self.say("tornado.row", name=name, setting=setting)

    def change(self, step: Swing) -> str:
        return _targets(step.targets) if self.flat else fmt.signed(100 * step.change)

    def figures(self, result: Tornado) -> Figures:
        head = (self.say("tornado.change"), self.then_title, self.change_title)
        rows = [
            [self.step(bar, step), fmt.probability(step.probability), self.change(step)]
            for bar in result.bars
            for step in sentences.steps_of(bar)
        ]
        return Figures(self.say("scenario_label.tornado"), head, rows)

    def tip(self, bar: TornadoBar, step: Swing) -> str:
        return self.say(
            "tornado.tip",
            step=self.step(bar, step),
            then=self.then_title,
            chance=fmt.probability(step.probability),
            by=self.change_title,
            change=self.change(step),
        )


def _show_table(result: Tornado, draft: Draft) -> None:
    """Show each step: what is turned how far, and what comes of it."""
    told = _Words(draft, flat=sentences.is_flat(result))
    columns: list[Column[tuple[TornadoBar, Swing]]] = [
        Column(told.say("tornado.change"), "l wrap", lambda row: told.step(*row)),
        Column(told.then_title, "", lambda row: fmt.probability(row[1].probability)),
        Column(told.change_title, "wrap", lambda row: told.change(row[1])),
    ]
    steps = [(bar, step) for bar in result.bars for step in sentences.steps_of(bar)]
    look.show(table(columns, steps))


def _targets(change: float) -> str:
    text = f"{change:+.2f}".replace("-", "−")
    return "0.00" if text in ("+0.00", "−0.00") else text
