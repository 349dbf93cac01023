"""What moves the all-clear most: every lever and project a step up and down, each alone."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from forecasting.scenario.tornado import Bar, Step, Tornado, tornado
from ui.charts.tornado import Row, Side, tornado_data, tornado_spec
from ui.frame import address, look
from ui.language import format as fmt
from ui.language import t, words
from ui.outlook.sentences import plain
from ui.scenario import evaluation
from ui.scenario.explore import sentences
from ui.scenario.state import Draft

MOST_ROWS = 10
"""Of the chart; the table has all."""
_LEAST_POINTS, _LEAST_TARGETS = 2.0, 0.1


def show(draft: Draft) -> None:
    """Show the sentence, the chart, and what cannot be turned."""
    language, found = draft.language, tornado_of(draft)
    if found is None:
        return
    st.header(t("scenario_label.tornado", language), anchor=False)
    st.caption(t("tornado.note", language))
    outlook, catalogue = draft.evaluation.applied.outlook, draft.catalogue
    told = sentences.tornado_sentence(found, outlook, catalogue, language)
    st.markdown(told)
    if not sentences.is_still(found):
        _show_chart(found, plain(told), draft)
    if found.bars:
        title = t("chart.table", language)
        table = st.expander(title, key=f"tornado_table_{language}", on_change="rerun")
        if table.open:
            with table:
                _show_table(found, draft)
    picture = draft.response
    remarks = sentences.dial_remarks(picture.dials, picture.scenario.pins, catalogue, language)
    if remarks:
        st.caption("\n\n".join(remarks))


def tornado_of(draft: Draft) -> Tornado | None:
    """Return what each step does as the scenario stands; None where no target counts."""
    usable = draft.evaluation.usable
    found: Tornado | None = evaluation.computed(
        draft.baseline_key, usable, "tornado", lambda: tornado(draft.baseline, usable, partly=True)
    )
    return found


def _show_chart(found: Tornado, told: str, draft: Draft) -> None:
    """Draw changes of the all-clear or, where none is to be seen, of the targets met."""
    language, dark, flat = draft.language, address.dark(), sentences.is_flat(found)
    rows = [
        Row(
            sentences.bar_name(bar, draft.catalogue, language),
            tuple(
                Side(
                    step.targets if flat else 100 * step.change,
                    sentences.setting_name(bar, step, draft.catalogue, language),
                )
                for step in sentences.steps_of(bar)
            ),
        )
        for bar in found.bars[:MOST_ROWS]
    ]
    stamp = t("area.synthetic", language) if draft.view.area.synthetic else ""
    least = _LEAST_TARGETS if flat else _LEAST_POINTS
    st.vega_lite_chart(
        tornado_data(rows, _targets if flat else fmt.signed, least=least, stamp=stamp),
        tornado_spec(len(rows), dark=dark),
        key=f"tornado_{len(rows)}_{'dark' if dark else 'light'}",
        theme=None,
        alt=told,
    )


def _show_table(found: Tornado, draft: Draft) -> None:
    language, flat = draft.language, sentences.is_flat(found)
    suffix = words.suffix(draft.view.area.reference)
    by = f"tornado.by_targets{suffix}" if flat else "tornado.by"
    head = [
        (t("tornado.change", language), "l"),
        (t(f"tornado.then{suffix}", language), ""),
        (t(by, language), "wrap"),
    ]
    look.show(look.table(head, (row for bar in found.bars for row in _rows(bar, draft, flat=flat))))


def _rows(bar: Bar, draft: Draft, *, flat: bool) -> Iterator[str]:
    """Yield the row of each step: what is turned how far, what comes of it."""
    language, catalogue = draft.language, draft.catalogue
    name = sentences.bar_name(bar, catalogue, language)
    for step in sentences.steps_of(bar):
        setting = sentences.setting_name(bar, step, catalogue, language)
        yield (
            look.cell(t("tornado.row", language, name=name, setting=setting), "l wrap")
            + look.cell(fmt.probability(step.probability))
            + look.cell(_written(step, flat=flat))
        )


def _written(step: Step, *, flat: bool) -> str:
    return _targets(step.targets) if flat else fmt.signed(100 * step.change)


def _targets(change: float) -> str:
    text = f"{change:+.2f}".replace("-", "−")
    return "0.00" if text in ("+0.00", "−0.00") else text
