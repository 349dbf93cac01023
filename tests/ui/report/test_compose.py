import math
import re
from dataclasses import replace

import pytest

from forecasting.figures.indicator import Comparator
from forecasting.figures.period import Quarter
from forecasting.issues.snapshot import AssumedPin, AssumedProjects, Snapshot
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import AllClear, by_probability
from forecasting.outlook.pace import Pace
from forecasting.scenario.unseen import UnseenGrowth
from tests.builders import chain, make_figures
from tests.ui.outlooks import SAMPLE, line, make_outlook, make_verdict
from tests.ui.report.snapshots import (
    ASSUMED,
    PACE,
    SEPTEMBER,
    YEAR,
    ZONE,
    brief_line,
    full,
    make_snapshot,
    published,
    reference,
    six,
    with_scenario,
)
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import (
    Details,
    FanPicture,
    FigureTable,
    Lamp,
    Lights,
    Paragraph,
    Report,
    Topic,
    plain,
)
from ui.report.document.compose import report_of
from ui.report.render.html import html_of


def parts(report: Report) -> list[Topic]:
    return [section.part for section in report.sections]


def test_equals_stand_by_expected_growth_as_on_the_page() -> None:
    verdicts = (
        make_verdict(0.5, name="tax", median=8.0),
        make_verdict(0.5, name="trade", median=7.0),
        make_verdict(0.3, median=9.0),
    )
    outlook = make_outlook(0.2, *verdicts, area=ZONE)
    expected = [row.expected for row in lights_of(report_of(make_snapshot(outlook), ZH)).rows]

    assert [one.indicator_id for one in by_probability(outlook.counted)] == [
        "investment", "trade", "tax",
    ]  # fmt: skip
    assert [float(one.rstrip("%")) for one in expected] == [9.0, 7.0, 8.0]


def lights_of(report: Report) -> Lights:
    section = report.section(Topic.LIGHTS)
    assert section is not None
    (found,) = [block for block in section.blocks if isinstance(block, Lights)]
    return found


def grid_of(report: Report, part: Topic) -> FigureTable:
    section = report.section(part)
    assert section is not None
    blocks = list(section.blocks)
    for block in blocks:
        if isinstance(block, Details):
            blocks += block.blocks
    return next(block for block in blocks if isinstance(block, FigureTable))


def test_an_issue_with_everything_has_its_parts_in_order() -> None:
    assert parts(report_of(full(), ZH)) == [
        Topic.NOTE,
        Topic.LIGHTS,
        Topic.WEAKEST,
        Topic.CHANGE,
        Topic.NEXT,
        Topic.FIGURES,
        Topic.BRIEF,
        Topic.RECORD,
        Topic.PRINT,
    ]


def test_a_scenario_tells_what_it_assumes() -> None:
    assert Topic.ASSUMED in parts(report_of(with_scenario(), ZH))


def test_the_head_names_issue_issuer_and_day() -> None:
    report = report_of(full(), ZH)

    assert report.title == "某开发区2026年全年预判"
    assert (report.number, report.issuer, report.date) == (
        "第12期",
        "某开发区经济发展局",
        "2026年10月25日",
    )


def test_what_is_unpublished_or_simulated_is_marked() -> None:
    simulated = make_snapshot(six(0.38, area=SAMPLE), unpublished=True)

    assert report_of(simulated, ZH).marks == ("内部资料　注意保存", "含未公布快报", "模拟数据")
    assert report_of(make_snapshot(six(0.38)), ZH).marks == ()


@pytest.mark.parametrize("say", SPEAKERS)
def test_the_preview_of_an_internal_issue_shows_no_result(say: Speaker) -> None:
    internal = report_of(full(), say)
    open_one = report_of(make_snapshot(six(0.38)), say)

    assert internal.internal
    assert "7%" not in internal.preview
    assert fmt_free(internal.preview)
    assert open_one.preview == plain(open_one.sentence)


def fmt_free(text: str) -> bool:
    return "成" not in text and "in 10" not in text


def test_the_number_of_the_page_is_that_of_its_dots() -> None:
    big = report_of(make_snapshot(six(0.38)), ZH).big

    assert big is not None
    assert (big.figure, big.dots, plain(big.below)) == (
        "约四成",
        38,
        "100次中约38次能够全部超过7%",
    )
    assert big.lamp is not None
    assert (big.lamp.light, big.lamp.word) == (Light.PRESSED, "有压力")


def test_a_published_year_counts_who_made_it() -> None:
    report = report_of(make_snapshot(published(8.1, -2.3, 5.1)), ZH)

    assert report.big is not None
    assert (report.big.figure, report.big.dots) == ("1/3", None)
    assert [(row.expected, row.need) for row in lights_of(report).rows] == [
        ("−2.3", ""),
        ("5.1", ""),
        ("8.1", ""),
    ]
    assert Topic.FIGURES not in parts(report)


def test_the_lights_stand_from_the_least_probable_on_in_steps_of_five() -> None:
    rows = lights_of(report_of(make_snapshot(six(0.38)), ZH)).rows

    assert [(row.name, row.probability) for row in rows] == [
        ("固定资产投资", "约45%"),
        ("税收收入", "约75%"),
        ("进出口总额", "约80%"),
        ("一般公共预算收入", "约85%"),
        ("社会消费品零售总额", "九成以上"),
        ("地区生产总值", "九成以上"),
    ]
    first = rows[0]
    assert first.lamp is not None
    assert (first.lamp.word, first.expected, first.interval, first.need) == (
        "有压力",
        "7.0",
        "5.6—8.4",
        "9.1以上",
    )


def test_a_reference_area_has_no_lights_and_no_word_of_a_verdict() -> None:
    report = report_of(make_snapshot(reference(0.07, 0.4, 0.7)), ZH)

    assert report.big is not None
    assert report.big.lamp is None
    assert [row.lamp for row in lights_of(report).rows] == [None] * 3
    words = repr(report)
    assert [
        word for word in ("把握", "有望", "可完成", "压力", "短板", "达标") if word in words
    ] == []


def test_what_has_no_verdict_is_named_with_the_reason() -> None:
    section = report_of(make_snapshot(six(0.38, missing=2)), ZH).section(Topic.LIGHTS)

    assert "未计入：进出口总额、进出口总额（数据止于2022年末" in repr(section)


def test_the_exact_figures_are_one_tap_away() -> None:
    report = report_of(make_snapshot(six(0.38), unpublished=True), ZH)
    section = report.section(Topic.FIGURES)
    assert section is not None
    (details,) = section.blocks
    assert isinstance(details, Details)
    told, grid = details.blocks

    assert isinstance(told, Paragraph)
    assert plain(told.text) == (
        "增速全部超过7%的把握为38%（模拟误差±0.2个百分点）；若各项指标相互独立，上述把握为38%。"
    )
    assert isinstance(grid, FigureTable)
    assert grid.rows[0] == (
        "固定资产投资",
        "超过7%",
        "6.2（前三季度）",
        "46%",
        "7.0",
        "5.6—8.4",
        "9.1以上",
        "可比5年有2年达到",
    )


def test_with_a_scenario_the_exact_figures_give_the_baseline_too() -> None:
    told = repr(report_of(with_scenario(), ZH).section(Topic.FIGURES))

    assert "不作假定时，增速全部超过7%的把握为38%。情景下，增速全部超过7%的把握为62%" in told


@pytest.mark.parametrize("say", SPEAKERS)
def test_a_scenario_is_stamped_and_its_number_stands_behind_the_baseline_s(say: Speaker) -> None:
    report, bare = (report_of(one, say) for one in (with_scenario(), make_snapshot(six(0.38))))

    assert (report.marks, bare.marks) == ((say("report.scenario"),), ())
    assert (report.title != bare.title, report.number != bare.number) == (True, True)
    assert report.big is not None
    assert report.scenario_big is not None
    assert (report.big.label, report.scenario_big.label) == (
        say("report.baseline"), say("report.scenario"),
    )  # fmt: skip
    assert (report.big.dots, report.scenario_big.dots) == (38, 62)
    assert report.big.lamp is not None
    assert report.scenario_big.lamp is None
    assert (bare.scenario_big, bare.big and bare.big.label) == (None, "")


def test_a_baseline_in_tenths_has_a_light_and_neither_dots_nor_a_percentage() -> None:
    rough = AllClear(0.4, math.nan, math.nan, None)
    report = report_of(replace(with_scenario(), baseline=rough), ZH)

    assert report.big is not None
    assert (report.big.figure, report.big.dots) == ("约四成", None)
    assert report.big.lamp is not None
    assert report.big.lamp.light is Light.PRESSED
    assert plain(report.big.below) == "为避免推算出单个企业或项目的数据，只列成数"
    assert not [section for section in report.sections if "不作假定时，" in str(section)]


def test_no_indicator_has_a_light_under_a_scenario_unless_its_year_is_known() -> None:
    known = make_verdict(1.0, name="tax", ytd=YEAR, median=8.1)
    weak = make_verdict(0.2, name="investment")
    outlook = make_outlook(0.2, weak, known, area=ZONE)

    def lamps(snapshot: Snapshot) -> list[Lamp | None]:
        section = report_of(snapshot, ZH).section(Topic.LIGHTS)
        assert section is not None
        (lights,) = [block for block in section.blocks if isinstance(block, Lights)]
        return [row.lamp for row in lights.rows]

    assert None not in lamps(make_snapshot(outlook))
    scenario = replace(ASSUMED, pins=())
    first, second = lamps(make_snapshot(outlook, scenario=scenario))
    assert first is None
    assert second is not None
    assert second.light is Light.MET


def test_growth_never_seen_stands_beside_the_sentence_and_in_the_preview() -> None:
    unseen = (UnseenGrowth("investment", None, 25.3, 18.1, 10),)
    flagged = replace(with_scenario(), scenario=replace(ASSUMED, unseen=unseen))
    report = report_of(flagged, ZH)

    (flag,) = report.flags
    assert plain(flag).startswith("历史上未有的增速：固定资产投资全年预计增长25.3%左右")
    assert report.preview.endswith(plain(flag))
    assert report_of(with_scenario(), ZH).flags == ()


def test_the_first_issue_of_a_scenario_says_that_nothing_compares_with_it() -> None:
    told = replace(ASSUMED, projects=AssumedProjects(0, 0, ()))
    first = replace(with_scenario(), scenario=told, change=None)

    assert "这一情景此前没有出具过" in repr(report_of(first, ZH).section(Topic.CHANGE))
    assert report_of(make_snapshot(six(0.38)), ZH).section(Topic.CHANGE) is None
    old = replace(first, scenario=replace(told, realised=False))
    assert report_of(old, ZH).section(Topic.CHANGE) is None


def test_the_weakest_link_is_drawn_large_and_the_others_one_tap_away() -> None:
    section = report_of(full(), ZH).section(Topic.WEAKEST)
    assert section is not None
    large, _, others = section.blocks

    assert isinstance(large, FanPicture)
    assert (large.title, large.fan.end) == ("固定资产投资", "7.0")
    assert large.full_year is not None
    assert (large.full_year.met, large.full_year.missed) == (
        ("约45%", "达到目标"),
        ("约55%", "未达到"),
    )
    assert isinstance(others, Details)
    small = [block for block in others.blocks if isinstance(block, FanPicture)]
    assert [fan.full_year for fan in small] == [None] * 5


def test_a_fan_tells_those_who_cannot_see_it_verdict_and_figures() -> None:
    section = report_of(full(), ZH).section(Topic.WEAKEST)
    assert section is not None
    fan = section.blocks[0]

    assert isinstance(fan, FanPicture)
    assert fan.alt == (
        "固定资产投资前三季度增长6.2%，预计全年增长7.0%左右（八成可能在5.6%—8.4%），超过7%的"
        "把握为46%，有压力；四季度需增长9.1%以上。上年各期累计增速7.0%、7.0%、7.0%、7.0%，当"
        "年5.4%、6.1%、6.2%。"
    )


def test_the_brief_follows_the_standard_order() -> None:
    outlook = six(0.38)
    verdict, *others = outlook.verdicts
    history = replace(verdict.history, unpublished=frozenset({Quarter(2026, 3)}))
    outlook = replace(outlook, verdicts=(replace(verdict, history=history), *others))
    line = brief_line(verdict, unpublished=True)
    report = report_of(make_snapshot(outlook, brief=(line,)), ZH)
    section = report.section(Topic.BRIEF)
    assert section is not None
    told = section.blocks[0]
    assert isinstance(told, Details)
    (sentence,) = told.blocks
    assert isinstance(sentence, Paragraph)

    assert plain(sentence.text) == (
        "固定资产投资：2026年前三季度为120.5亿元，增长6.2%（内部快报），增速比2026年上半年"
        "加快0.1个百分点，高于山西省0.5个百分点；比目标（7%）低0.8个百分点，相当于按目标增速"
        "推算的全年数的71.2%。"
    )
    assert grid_of(report, Topic.BRIEF).rows == (
        ("固定资产投资", "2026年前三季度", "120.5亿元", "6.2", "+0.1", "+0.5"),
    )


def test_the_brief_leaves_out_what_is_not_known() -> None:
    verdict = make_verdict(0.46, ytd=SEPTEMBER, pace=PACE)
    bare = brief_line(verdict, level=None, before=None, above=None)
    bare = replace(bare, progress=replace(bare.progress, share=None))
    report = report_of(make_snapshot(six(0.38), brief=(bare,)), ZH)

    assert "2026年前三季度增长6.2%；比目标（7%）低0.8个百分点。" in repr(report)


def test_the_record_says_what_was_issued_and_what_came() -> None:
    report = report_of(full(), ZH)

    assert grid_of(report, Topic.RECORD).rows[:2] == (
        ("第11期", "2026年7月24日", "2026", "约五成", "尚未公布"),
        ("第8期", "2025年10月24日", "2025", "约七成", "全部完成"),
    )
    assert "结果已知的3期中，平均把握约五成，全部完成的有2期。" in repr(report)


def test_the_small_print_says_what_it_takes_to_check_an_issue() -> None:
    report = report_of(make_snapshot(six(0.38)), ZH, digest="ab12")
    section = report.section(Topic.PRINT)
    assert section is not None
    told = "".join(plain(block.text) for block in section.blocks)  # type: ignore[union-attr]

    for expected in (
        "数据来源：统计局。",
        "数据版本27；测算方法pool-2；程序版本0.6.0；随机种子7。",
        "第12期，2026-10-25 09:30出具，出具后不再改动。",
        "校验码（SHA-256）ab12。",
    ):
        assert expected in told


def test_the_base_explains_a_departure_where_no_scenario_does() -> None:
    figures = {"2024Q4": 5.0, "2025Q2": 4.0, "2025Q4": 7.0, "2026Q2": 7.1}
    verdict = make_verdict(0.4, median=6.3)
    verdict = replace(
        verdict, history=replace(chain(make_figures(figures)), indicator=verdict.history.indicator)
    )
    outlook = make_outlook(0.4, verdict)
    why = "上半年增长7.1%，预计全年增长6.3%左右，主要是上年基数前低后高：上年上半年增长4.0%"

    bare = report_of(make_snapshot(outlook), ZH).section(Topic.WEAKEST)
    under_scenario = report_of(make_snapshot(outlook, scenario=ASSUMED), ZH).section(Topic.WEAKEST)

    assert why in repr(bare)
    assert why not in repr(under_scenario)


@pytest.mark.parametrize("say", [ZH, EN])
def test_a_page_says_once_what_it_is_and_how_often_all_would_be_met(say: Speaker) -> None:
    report = report_of(make_snapshot(six(0.38), unpublished=True), say)
    page = re.sub(
        r"<style>.*?</style>|<svg.*?</svg>|<title>.*?</title>|<[^>]*>",
        "",
        html_of(report),
        flags=re.S,
    )

    what_it_is = "非统计部门发布数据" if say is ZH else "not statistics published"
    assert page.count(what_it_is) == 1
    assert page.count("38次" if say is ZH else "about 38") == 1


def test_a_line_that_somebody_typed_is_not_called_a_target_document() -> None:
    snapshot = make_snapshot(six(0.38), planned=False)

    assert "目标线（7%）由出具人填写，不是目标文件规定的目标。" in repr(report_of(snapshot, ZH))


def test_a_published_year_has_a_light_only_where_every_target_is_answered() -> None:
    answered = published(8.1, 7.3)
    unanswered = make_outlook(1.0, *answered.verdicts, area=answered.area, missing=1)
    bigs = [report_of(make_snapshot(outlook), ZH).big for outlook in (answered, unanswered)]

    assert bigs[0] is not None
    assert bigs[1] is not None
    assert [bigs[0].lamp, bigs[1].lamp] == [Lamp(Light.MET, "已完成"), None]
    assert bigs[1].figure == "2/2"
    assert "可研判指标的2026年数据均已公布。" in repr(report_of(make_snapshot(unanswered), ZH))


def flash(*growth: float) -> Report:
    """Return the report of a year that is known inside."""
    verdicts = [
        make_verdict(1.0, name=name, ytd=YEAR, median=rate, flash=True)
        for name, rate in zip(("investment", "tax"), growth, strict=True)
    ]
    return report_of(make_snapshot(make_outlook(1.0, *verdicts, area=ZONE), unpublished=True), ZH)


def test_a_year_known_inside_says_so_wherever_it_is_shown() -> None:
    report = flash(8.1, 7.4)
    lights = lights_of(report)

    assert report.big is not None
    assert (report.big.figure, report.big.lamp) == ("2/2", None)
    assert plain(report.big.below) == "2项中有2项超过7%（内部快报，尚未公布）"
    assert lights.head[3] == "全年（快报）"
    assert [row.lamp for row in lights.rows] == [None, None]
    assert "全年结果，含未公布的内部快报" in repr(report.section(Topic.LIGHTS))
    assert Topic.FIGURES not in parts(report)
    assert "精确数字" not in repr(report)
    assert "测算使用全部现有数据" in repr(report.section(Topic.PRINT))


def test_beside_what_is_published_a_flash_is_marked_row_by_row() -> None:
    verdicts = [
        make_verdict(1.0, ytd=YEAR, median=8.1),
        make_verdict(1.0, name="tax", ytd=YEAR, median=7.4, flash=True),
    ]
    report = report_of(make_snapshot(make_outlook(1.0, *verdicts, area=ZONE)), ZH)

    assert [row.probability for row in lights_of(report).rows] == ["快报", "已公布"]


def test_what_is_out_of_reach_has_no_number_and_names_no_weak_link() -> None:
    missed = make_verdict(0.0, ytd=YEAR, median=5.1, flash=True)
    open_one = make_verdict(0.7, name="tax", ytd=SEPTEMBER)
    report = report_of(make_snapshot(make_outlook(0.0, missed, open_one, area=ZONE)), ZH)
    section = report.section(Topic.WEAKEST)
    assert section is not None
    fan = section.blocks[0]

    assert report.big is None
    assert section.title == "固定资产投资"
    assert isinstance(fan, FanPicture)
    assert fan.caption == "全年增长5.1%（内部快报，尚未公布）。"
    assert fan.full_year is None
    assert section.note == "累计增速（%）"
    assert "模拟误差" not in repr(report)


def test_one_indicator_reads_alike_in_heading_table_and_picture() -> None:
    verdict = make_verdict(0.46, ytd=SEPTEMBER, pace=PACE)
    report = report_of(make_snapshot(make_outlook(0.46, verdict, area=ZONE)), ZH)
    section = report.section(Topic.WEAKEST)
    assert section is not None
    fan = section.blocks[0]

    assert report.big is not None
    assert report.big.figure == "约五成"
    assert lights_of(report).rows[0].probability == "约50%"
    assert isinstance(fan, FanPicture)
    assert fan.full_year is not None
    assert (fan.full_year.met[0], fan.full_year.missed[0]) == ("约50%", "约50%")
    assert "增速超过7%的把握为46%（模拟误差±0.2个百分点）。" in repr(report)


@pytest.mark.parametrize(
    ("chance", "dots"),
    [
        (0.01, "1 of 100 dots is filled"),
        (0.46, "46 of 100 dots are filled"),
    ],
)
def test_the_number_agrees_with_its_verb(chance: float, dots: str) -> None:
    outlook = make_outlook(chance, make_verdict(chance), area=ZONE)
    big = report_of(make_snapshot(outlook), EN).big

    assert big is not None
    assert big.alt == f"{dots}: in about as many of 100 cases it would exceed 7%"
    times = "1" if chance == 0.01 else "46"
    assert plain(big.below) == f"In about {times} of 100 cases it would exceed 7%"


@pytest.mark.parametrize(("say", "need"), [(ZH, "降幅3.2以内"), (EN, "fall ≤ 3.2")])
def test_a_required_pace_below_zero_is_told_as_a_fall(say: Speaker, need: str) -> None:
    verdict = make_verdict(0.9, pace=Pace(3, -3.21, -3.2, 5, 5))
    report = report_of(make_snapshot(make_outlook(0.9, verdict, area=ZONE)), say)

    assert lights_of(report).rows[0].need == need


def test_a_target_of_about_so_much_has_both_ends_in_the_tables() -> None:
    target = line(Comparator.ABOUT, tolerance=0.5)
    verdict = make_verdict(0.2, ytd=(9.0, 9.0, 9.0), pace=Pace(4, -1.2, -1.1, 5, 5), target=target)
    report = report_of(make_snapshot(make_outlook(0.2, verdict, area=ZONE)), ZH)

    assert lights_of(report).rows[0].need == "−1.1至3.1"


@pytest.mark.parametrize("quarter", [None, Quarter(2026, 4)])
def test_what_a_scenario_holds_is_told_as_assumed_and_as_no_chance(quarter: Quarter | None) -> None:
    scenario = replace(ASSUMED, pins=(AssumedPin("retail", 8.0, quarter, False),))

    held = report_of(make_snapshot(six(0.62), scenario=scenario), ZH)

    (row,) = [row for row in lights_of(held).rows if row.name == "社会消费品零售总额"]
    assert (row.lamp, row.probability, row.interval, row.need) == (None, "假定", "", "")
    section = held.section(Topic.WEAKEST)
    assert section is not None
    folded = [block for block in section.blocks if isinstance(block, Details)][-1]
    fans = {block.title: block for block in folded.blocks if isinstance(block, FanPicture)}
    assert fans["社会消费品零售总额"].caption == "假定全年增速为8.3%。"
    assert "把握" not in fans["社会消费品零售总额"].alt


Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in (1, 2, 3, 4))


def pin(quarter: Quarter | None, *, cumulative: bool = False) -> AssumedPin:
    return AssumedPin("tax", 8.0, quarter, cumulative)


@pytest.mark.parametrize(
    ("known", "pins", "held"),
    [
        (2, (pin(None),), True),
        (2, (pin(Q4, cumulative=True),), True),
        (2, (pin(Q3), pin(Q4)), True),
        (2, (pin(Q3, cumulative=True), pin(Q4)), True),
        (2, (pin(Q4),), False),
        (2, (pin(Q3, cumulative=True),), False),
        (3, (pin(Q4),), True),
        (1, (pin(Q2), pin(Q4)), False),
        (0, (pin(Q1), pin(Q2), pin(Q3), pin(Q4)), True),
        (3, (), False),
        (4, (), False),
    ],
)
def test_a_scenario_holds_a_year_whose_open_quarters_are_all_pinned(
    known: int, pins: tuple[AssumedPin, ...], held: bool
) -> None:
    verdict = make_verdict(1.0, name="tax", ytd=(8.0,) * known)
    outlook = make_outlook(0.5, verdict, make_verdict(0.5), area=ZONE)

    snapshot = make_snapshot(outlook, scenario=replace(ASSUMED, pins=pins))

    assert snapshot.pinned == ({"tax"} if held else frozenset())
