"""What stands on a page is what a command says of the same store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import ceil, floor
from typing import Any

import pytest

from data import clock
from data.store.seed import save_sample_claims, save_sample_tasks
from data.store.store import Store
from forecasting.figures.indicator import Area, AreaKind, Catalogue, Measure, Names
from tests.data.commands.conftest import Said, Told, run, told
from tests.data.drafts import edit, upload
from tests.ui.conftest import ROOT
from tests.ui.desks import SAMPLE, open_desk, press
from tests.ui.speakers import ZH
from ui.frame import cache
from ui.language import format as fmt
from ui.language import words
from ui.scenario import terms

__all__ = ["run", "told"]

AREA = ("--area", "SAMPLE")
OF_2026 = (*AREA, "--year", 2026)
LEDGER = ROOT / "seeds" / "sample_scenarios" / "1_ledger.toml"


def catalogue() -> Catalogue:
    return cache.current().catalogue("SAMPLE")


def judged(one: dict[str, Any]) -> Iterator[str]:
    """Yield what both pages of an outlook say of an indicator."""
    quantiles = one["quantiles"]
    between = fmt.interval(quantiles["q10"], quantiles["q90"], ZH, unit="%")
    name = words.title(catalogue()[one["indicator"]], ZH)
    yield f"{fmt.probability(one['probability'])}"
    yield f"预计全年{fmt.expected_growth(quantiles['q50'], ZH)}（八成可能在{between}）"
    yield name


def test_the_overview_and_the_page_of_an_indicator(store: Store, told: Told) -> None:
    outlook = told(store.database_url, "outlook", *OF_2026)[1]
    overview, indicator = (
        open_desk(page, **SAMPLE, indicator="gdp") for page in ("overview", "indicator")
    )

    counted = [one for one in outlook["indicators"] if one["counts"]]
    assert len(counted) == outlook["counted"] == 8
    for one in counted:
        assert all(said in overview.text for said in judged(one)), one["indicator"]
    assert all(said in indicator.text for said in judged(outlook["indicators"][0]))
    assert fmt.cheng(outlook["p_all"], ZH) in overview.title
    cleared = fmt.probability(outlook["p_all_if_weakest_clears"])
    assert f"总体把握可升至{cleared}左右" in overview.text


def test_a_saved_scenario_and_the_solver(store: Store, told: Told) -> None:
    saved = store.scenarios.save("SAMPLE", 2026, "台账", LEDGER.read_text("utf-8"), 1)
    under = told(store.database_url, "scenario", *OF_2026, "--saved", saved.id)[1]
    solved = told(store.database_url, "solve", *OF_2026, "--want", 0.7)[1]

    page = open_desk("scenario", **SAMPLE, saved=str(saved.id))
    solver = press(open_desk("scenario", **SAMPLE), "solve")

    chances = (under["scenario"]["p_all_baseline"], under["p_all"])
    before, after = (fmt.cheng(chance, ZH) for chance in chances)
    assert f"由{before}升至{after}" in page.title
    assert f"总体把握由{fmt.probability(under['p_all'])}" in page.text
    assert f"最高可提高到**{floor(100 * solved['best'])}%**" in solver.text  # no more than is true
    assert f"不会超过{ceil(100 * solved['limits']['ceiling'])}%" in solver.text
    for lever in solved["setting"]["levers"]:
        assert f"{lever['value']:g}亿元" in solver.text


def zone_without_levels(store: Store, indicator: str) -> str:
    """Commit a zone with all figures and targets of the sample but the levels of an indicator."""
    targets = (replace(target, area="Z") for target in store.targets(1, "SAMPLE"))
    figures = (
        replace(figure, area="Z")
        for figure in store.observations(1, "SAMPLE")
        if not (figure.indicator == indicator and figure.measure is Measure.LEVEL_YTD)
    )
    area = Area("Z", Names("甲开发区", "Zone A"), AreaKind.ZONE, synthetic=True)
    store.commit(edit(areas=(area,), targets=tuple(targets)))
    store.commit(upload(*figures))
    return area.id


def test_the_solver_turns_a_lever_for_the_indicators_whose_levels_are_known(
    store: Store, told: Told
) -> None:
    technical = "technical_transformation_investment"
    area = zone_without_levels(store, technical)
    asked = ("--area", area, "--year", 2026, "--want", 0.7)
    solved = told(store.database_url, "solve", *asked)[1]
    saved = store.scenarios.save(area, 2026, "方案", solved["setting"]["scenario"], 3)
    under = told(store.database_url, "scenario", *asked[:4], "--saved", saved.id)[1]

    solver = press(open_desk("scenario", **SAMPLE | {"area": area}), "solve")
    page = open_desk("scenario", **SAMPLE | {"area": area}, saved=str(saved.id))

    turned = {one["kind"]: one["value"] for one in solved["setting"]["levers"]}
    assert turned.keys() >= {"technical_transformation", "new_starts"}
    for value in turned.values():
        assert f"{value:g}亿元" in solver.text
    assert f"最高可提高到**{floor(100 * solved['best'])}%**" in solver.text
    assert f"不会超过{ceil(100 * solved['limits']['ceiling'])}%" in solver.text
    assert solved["unmeasured"] == under["scenario"]["unmeasured"] == [technical]
    assert under["p_all"] == solved["probability"]
    assert (
        f"由{fmt.cheng(solved['p_all_before'], ZH)}升至{fmt.cheng(under['p_all'], ZH)}"
        in page.title
    )
    assert "缺少技术改造投资的上年基数，各项改动对这些指标的影响未计入。" in page.text


def test_the_way_to_national_rank_and_the_big_things(store: Store, told: Told) -> None:
    save_sample_claims(store, ROOT / "seeds")
    store.scenarios.save("SAMPLE", 2026, "台账", LEDGER.read_text("utf-8"), 1)
    items = told(store.database_url, "plan", "criteria", "SAMPLE", "--solve")[1]["items"]
    claims = told(store.database_url, "plan", "claims", "SAMPLE")[1]["claims"]

    plan, cards = (open_desk(page, **SAMPLE) for page in ("plan", "claims"))

    lines = [line for one in items for line in one["lines"][:1]]
    assert len(lines) == 4
    for line in lines:
        closing = line["closing"]
        soon, late = closing["by_year"][1], closing["by_year"][-1]
        assert f"到{closing['first'] + 1}年底补齐的把握{fmt.chance(soon, ZH)}" in plan.text
        assert fmt.probability(late) in plan.text or late < 0.01
    solved = [one["solved"] for one in items if one.get("solved")]
    assert solved
    for one in solved:
        assert fmt.percent(ceil(one["growth"] * 10) / 10) in plan.text
        assert f"把握最高{fmt.chance(one['most'], ZH)}" in plan.text
    for one in claims:
        assert fmt.chance(one["together"], ZH) in cards.text
        for quantity in one["quantities"]:
            if quantity["probability"] is not None:
                assert f"把握{fmt.chance(quantity['probability'], ZH)}" in cards.text


def test_what_late_tasks_hold_back(
    store: Store, run: Said, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 9, 30))
    late = ("tasks", "late", "SAMPLE", "--year", 2026)
    save_sample_tasks(store, ROOT / "seeds")
    assert run(store.database_url, *late)[:2] == (
        0, "late tasks: 8, and no scenario of the year is saved that has their projects\n",
    )  # fmt: skip
    store.scenarios.save("SAMPLE", 2026, "台账", LEDGER.read_text("utf-8"), 1)

    found = told(store.database_url, *late)[1]
    said = run(store.database_url, *late)[1].splitlines()
    page = open_desk("tasks", **SAMPLE)

    assert found["late"] == 8
    assert len(found["tasks"]) > 1
    assert f"全部达标的把握为{fmt.probability(found['p_all'])}" in page.text
    joint, apart = found["together"]["change"], [one["change"] for one in found["tasks"]]
    assert joint != pytest.approx(sum(apart), abs=1e-6)
    assert (
        f"逐项变动相加为{fmt.signed(100 * sum(apart))}个百分点，"
        f"{len(apart)}项同时落空为{fmt.signed(100 * joint)}个百分点"
    ) in page.text
    for one in found["tasks"]:
        for moved in one["indicators"][:2]:
            before, after = map(fmt.probability, (moved["before"], moved["after"]))
            name = terms.indicator_name(moved["indicator"], catalogue(), ZH)
            assert f"{name}{before}→{after}" in page.text or before == after
    assert said[-1] == (
        f"together\t{joint:+.3f}\t{found['together']['p_all']:.3f}\t{len(apart)} tasks"
    )
    assert [line.split("\t")[0] for line in said[:-1]] == [one["id"] for one in found["tasks"]]


def test_the_ledger_of_tasks_and_the_list_of_issues(store: Store, told: Told) -> None:
    save_sample_tasks(store, ROOT / "seeds")
    told(store.database_url, "issue", *AREA)
    tasks = told(store.database_url, "tasks", "list", "SAMPLE", "--year", 2026)[1]["tasks"]
    (issue,) = told(store.database_url, "issues", "list", *AREA)[1]["issues"]

    ledger, issues = (open_desk(page, **SAMPLE) for page in ("tasks", "issues"))

    done = sum(one["status"] == "completed" for one in tasks)
    assert f"共{len(tasks)}项，已完成{done}项" in ledger.title
    assert fmt.cheng(issue["probability"], ZH) in issues.text
    assert "练习第1期" in issues.text
