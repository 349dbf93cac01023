"""Every field of a scenario has its words in the log of edits, in both languages."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from data.store.scenarios import Edit
from forecasting.figures.period import Quarter
from forecasting.scenario.changes import FieldChange, changes_between
from forecasting.scenario.levers import RULES, Lever, LeverKind, Source
from forecasting.scenario.model import Amount, BottomUp, Item, Pin, PointLever, Rest, Scenario
from forecasting.scenario.projects import Project, Stage
from forecasting.scenario.reference_class import PRIOR, ClassRate, Rate, ReferenceClass
from forecasting.scenario.risks import Constraint, Risk
from tests.ui.scenarios import indicators
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.scenario.assumptions.log import EditWords, edit_words
from ui.scenario.state import change_of, path_of

START = Quarter(2026, 4)
ITEM = Item("甲", (1.0,), (2.0,), growth=3.0, spread=0.5, probability=0.9)
AMOUNT = replace(ITEM, name="乙", known=(), growth=None, amount=4.0)
SECTIONS: dict[str, type] = {
    "lever": Lever,
    "amount": Amount,
    "point": PointLever,
    "project": Project,
    "pin": Pin,
    "risk": Risk,
    "bottom_up": BottomUp,
    "rate": ClassRate,
}
INSIDE: dict[str, type] = {"item": Item, "rest": Rest}
RAW = re.compile(r"\b(?:[a-z]+_[a-z_]+|20\d\dQ\d)\b")


def risk(line: Constraint) -> Risk:
    return Risk(f"事项{line.name}", line, 0.1, 0.3, 1.0, "注", "环保局")


def full() -> Scenario:
    """Return a scenario in which every field of everything says something."""
    share = Rate(0.65, 0.25, 1.05)
    comes = {"realised": share, "certain": True}
    assumed = {kind: tuple((name, 0.5) for name in RULES[kind].assumptions) for kind in LeverKind}
    levers = [
        Lever(kind, 1.5, "二期", START, 2, True, (0.5, 1.0), assumed[kind], **comes)
        for kind in LeverKind
    ]
    return Scenario(
        name="加快",
        note="说明",
        levels=(("gdp", 100.0),),
        unmoved=("exports", "retail_sales"),
        levers=tuple(levers),
        amounts=(Amount("gdp", 2.0, "金", points=True, start=START, **comes),),
        points=(
            PointLever(
                "客流", "retail_sales", 1.0, 0.4, 0.1, START, source=Source.ESTIMATED, **comes,
            ),
        ),
        projects=(
            Project(
                "05", "制药", Stage.UPGRADED, 8.0, START, START, START, START, START,
                ((2026, 3.0),), ramp=(0.5, 1.0), start_probability=0.7, delay=(0.6, 0.4),
                completed=((2025, 2.0),), start_planned=START,
                reference=ReferenceClass.TECHNICAL, plan_share=share, certain=True,
                owner="招商局", blocking="用地",
                in_trend=Project("05", started=START, completion=((2026, 3.0),)),
            ),
        ),
        pins=(Pin("gdp", 6.0, START, cumulative=True),),
        bottom_up=(BottomUp("exports", Rest(1.0, 0.5), (ITEM, AMOUNT), 0.3, "1e8 CNY"),),
        risks=tuple(risk(line) for line in Constraint),
        price_index=1.05,
        sales_rate=0.9,
        rates=tuple(
            ClassRate(reference, quantity, 0.65, 0.25, 1.05) for reference, quantity in PRIOR
        ),
        zone_factor=0.2,
    )  # fmt: skip


def told(change: FieldChange, say: Speaker) -> EditWords:
    edit = Edit(datetime.now(UTC), path_of(change), change.before, change.after)
    return edit_words(edit, indicators(), say)


def only(section: str, field: str) -> FieldChange:
    """Return the first change of a field in the scenario in which all is said."""
    found = changes_between(Scenario(), full())
    return next(one for one in found if (one.section, one.field) == (section, field))


def owner(change: FieldChange) -> tuple[type, str]:
    """Return the field of a dataclass that a change is of."""
    if not change.section or change.section == "levels":
        return Scenario, change.section or change.field
    first, *others = change.field.split(".")
    if first in INSIDE:
        return INSIDE[first], others[-1]
    return SECTIONS[change.section], first


def test_the_scenario_of_these_tests_says_every_field() -> None:
    """So a new field fails here until it is said above, and below until it has a word."""
    said = {owner(change) for change in changes_between(Scenario(), full())}
    holding = {(BottomUp, "rest"), (BottomUp, "items")}
    holding |= {
        (Scenario, field.name)
        for field in fields(Scenario)
        if field.name.removesuffix("s") in SECTIONS or field.name in SECTIONS
    }

    kinds = (Scenario, *SECTIONS.values(), *INSIDE.values())
    assert said | holding == {(kind, field.name) for kind in kinds for field in fields(kind)}


@pytest.mark.parametrize("say", SPEAKERS)
def test_every_field_has_a_word_and_no_code_is_shown(say: Speaker) -> None:
    for change in changes_between(Scenario(), full()):
        found = told(change, say)
        texts = (found.what, found.before, found.after)
        assert [text for text in texts if RAW.search(text)] == [], change
        name = change.field.rpartition(".")[2]
        word = re.split("[：:]", found.what)[-1].strip()
        assert say is EN or word != name, change
        assert say is ZH or not re.search(r"[\u3400-\u9fff]", _without_given(found.what))


def _without_given(text: str) -> str:
    """Leave out names that people gave."""
    given = ("二期", "客流", "金", "甲", "乙", *(f"事项{line.name}" for line in Constraint))
    for name in given:
        text = text.replace(name, "")
    return text


@pytest.mark.parametrize(
    ("section", "field", "what", "after"),
    [
        ("lever", "kind", "抓手“签约总投资（二期）”：类型", "签约总投资"),
        ("lever", "assumptions.start_rate", "抓手“签约总投资（二期）”：开工率", "50%"),
        ("lever", "one_off", "抓手“签约总投资（二期）”：一次性", "是"),
        ("lever", "start", "抓手“签约总投资（二期）”：起始季度", "2026年四季度"),
        ("levels", "gdp", "上年基数：地区生产总值", "100"),
        ("", "unmoved", "情景：不受影响的指标", "出口总额、社会消费品零售总额"),
        ("pin", "growth", "假定增速“地区生产总值（2026年四季度）”：增速", "6"),
        ("project", "stage", "项目“05”：阶段", "提质升级"),
        ("project", "in_trend.completion.2026", "项目“05”：基准预测中的2026年计划投资", "3"),
        ("project", "completion.2026", "项目“05”：2026年计划投资", "3"),
        ("risk", "line", "风险“生态环境（事项ECOLOGY）”：类别", "生态环境"),
        ("point", "source", "自设抓手“社会消费品零售总额（客流）”：依据", "测算"),
        ("bottom_up", "rest.growth", "自下而上“出口总额”：其余企业的增速", "1"),
        ("bottom_up", "item.甲.growth", "自下而上“出口总额”：甲的增速", "3"),
        ("bottom_up", "weight", "自下而上“出口总额”：权重", "30%"),
    ],
)
def test_an_edit_is_told_as_a_planner_would(
    section: str, field: str, what: str, after: str
) -> None:
    found = told(only(section, field), ZH)

    assert (found.what, found.before, found.after) == (what, "（空）", after)


def test_a_text_that_looks_like_a_code_is_told_as_it_is() -> None:
    change = FieldChange("project", "7", "name", "published", "2026Q3")
    found = told(change, ZH)

    assert (found.before, found.after) == ("published", "2026Q3")


def test_what_another_release_logged_is_shown_as_it_is() -> None:
    found = told(FieldChange("lever", "levitation 甲", "altitude", "", "3"), ZH)

    assert (found.what, found.after) == ("抓手“levitation（甲）”：altitude", "3")


@pytest.mark.parametrize("name", ["甲/乙", "a%2Fb", "100%", "A.B", "item.x", "甲 乙"])
def test_a_firm_may_have_any_name(name: str) -> None:
    view = BottomUp("gdp", Rest(1.0), (replace(ITEM, name=name),))
    for change in changes_between(Scenario(), Scenario(bottom_up=(view,))):
        edit = Edit(datetime.now(UTC), path_of(change), change.before, change.after)
        assert change_of(edit) == change
    found = told(FieldChange("bottom_up", "gdp", f"item.{name}.growth", "", "3"), ZH)
    assert found.what == f"自下而上“地区生产总值”：{name}的增速"
