"""The risk register: what ecology, safety and stability are expected to cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from forecasting.scenario.number_limits import LARGEST
from forecasting.scenario.risks import TEMPLATES, Constraint, Risk, deductions
from ui.frame import look
from ui.language import Speaker
from ui.scenario.assumptions import forms
from ui.scenario.assumptions.sentences import risks_sentence
from ui.scenario.state import Draft


def show(draft: Draft) -> None:
    """Show the register to be edited, and the deductions that are expected."""
    say = draft.say
    st.header(say("scenario_label.risks"), anchor=False)
    st.caption(say("scenario_label.risks_note"))
    risks = draft.scenario.risks
    if not risks:
        st.markdown(say("scenario_notice.no_risks"))
    lines = {line: say(f"risk_line.{line}") for line in Constraint}
    columns = _columns(lines, say)
    new = forms.entries_editor(
        "risks", risks, columns, draft,
        write=lambda risk: _row(risk, lines), read=lambda row: _risk(row, lines),
    )  # fmt: skip
    if new != risks:
        draft.change(replace(draft.scenario, risks=new), typed=True)
    if risks:
        st.markdown(risks_sentence(deductions(risks), say))
    _show_templates(draft)


def _columns(lines: Mapping[Constraint, str], say: Speaker) -> dict[str, Any]:
    def head(name: str) -> str:
        return say(f"edit.field.{name}")

    return {
        "line": st.column_config.SelectboxColumn(
            say("edit.field.line"), options=list(lines.values()), required=True
        ),
        "name": st.column_config.TextColumn(say("assumed.risk_name"), required=True),
        "count": st.column_config.NumberColumn(
            head("count"), min_value=0.0, max_value=LARGEST, default=1.0
        ),
        "probability": st.column_config.NumberColumn(
            say("assumed.percent_of", name=head("probability")),
            min_value=0.0,
            max_value=100.0,
            default=10.0,
        ),
        "deduction": st.column_config.NumberColumn(
            head("deduction"), min_value=0.0, max_value=LARGEST, default=0.3
        ),
        "owner": st.column_config.TextColumn(head("owner")),
        "note": st.column_config.TextColumn(head("note")),
    }


def _row(risk: Risk, lines: Mapping[Constraint, str]) -> dict[str, Any]:
    return {
        "line": lines[risk.line],
        "name": risk.name,
        "count": risk.count,
        "probability": round(100 * risk.probability, 6),
        "deduction": risk.deduction,
        "owner": risk.owner,
        "note": risk.note,
    }


def _risk(row: Mapping[str, Any], lines: Mapping[Constraint, str]) -> Risk:
    """Return a risk as typed; a line that was left empty is ecology, a number zero."""
    line = next((line for line, word in lines.items() if word == row["line"]), Constraint.ECOLOGY)
    return Risk(
        name=str(row["name"]).strip(),
        line=line,
        probability=_between(row["probability"], 100.0) / 100,
        deduction=_between(row["deduction"], LARGEST),
        count=_between(row["count"], LARGEST),
        note=str(row["note"] or ""),
        owner=str(row["owner"] or ""),
    )


def _between(cell: Any, most: float) -> float:
    """Return what a cell says; the browser keeps its bounds, and is not relied on."""
    return min(max(float(cell or 0.0), 0.0), most)


def _show_templates(draft: Draft) -> None:
    say = draft.say
    with st.container(horizontal=True, vertical_alignment="center"):
        for template in TEMPLATES:
            name = say(f"risk_template.{template.code}")
            title = f"{say('scenario_action.add')} {name}"
            if st.button(title, key=draft.key("template", template.code)):
                risk = Risk(name, template.line, 0.1, template.deduction)
                draft.change(replace(draft.scenario, risks=(*draft.scenario.risks, risk)))
    look.show(look.note(say("assumed.template_note")))
