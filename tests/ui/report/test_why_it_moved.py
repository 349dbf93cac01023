"""Why the chance of all moved since the issue before, and until today."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.issues.snapshot import PastIssue, Snapshot
from forecasting.news.news import Surprise
from forecasting.outlook.lights import light_of
from forecasting.outlook.outlook import Outlook, Verdict
from tests.builders import make_target
from tests.ui.outlooks import NATION, make_outlook, make_verdict
from tests.ui.report.snapshots import (
    CHANGE,
    PACE,
    RECORD,
    SEPTEMBER,
    YEAR,
    ZONE,
    full,
    make_snapshot,
    published,
    six,
    three,
    with_scenario,
)
from tests.ui.speakers import EN, ZH
from ui.language import Speaker
from ui.report.document import why_it_moved
from ui.report.document.blocks import (
    Details,
    FigureTable,
    Note,
    Paragraph,
    Section,
    WaterfallPicture,
    plain,
)
from ui.report.document.compose import report_of


def part(section: Section | None, kind: type) -> list:  # type: ignore[type-arg]
    assert section is not None
    return [block for block in section.blocks if isinstance(block, kind)]


@given(st.lists(st.floats(-0.4, 0.4), min_size=1, max_size=6), st.floats(-0.9, 0.9))
def test_whole_points_sum_to_the_difference_that_is_shown(exact: list[float], off: float) -> None:
    points = [value * 100 for value in exact]
    total = round(sum(points) + off)

    whole = why_it_moved.whole_points(points, total)

    assert sum(whole) == total
    assert all(abs(shown - value) < 2 for shown, value in zip(whole, points, strict=True))


def test_the_bars_lead_from_one_end_to_the_other() -> None:
    (picture,) = part(why_it_moved.change_section(full(), ZH), WaterfallPicture)

    chart = picture.waterfall
    assert (chart.before.text, chart.after.text) == ("45%", "38%")
    assert [bar.text for bar in chart.steps] == ["+1", "−9", "+1", "0"]
    assert chart.before.size + sum(bar.size for bar in chart.steps) == chart.after.size
    assert picture.alt == (
        "总体把握的变化：上期45%，数据修订+1，新数据−9，重新估计+1，目标调整0，本期38%。"
    )


def test_the_names_of_bars_are_whole_in_the_alternative_text() -> None:
    (chart,) = part(why_it_moved.change_section(full(), EN), WaterfallPicture)

    assert chart.alt == (
        "Change in the overall chance: 45% before, Revisions +1, New figures −9, Re-estimation "
        "+1, Targets 0, 38% now."
    )


def test_every_cause_that_matters_has_a_sentence_the_largest_first() -> None:
    told = [plain(block.text) for block in part(why_it_moved.change_section(full(), ZH), Paragraph)]

    assert told == [
        "固定资产投资2026年前三季度增长6.2%，明显低于此前预计（增长6.8%），相差0.6个百分点，"
        "总体把握下降9.0个百分点。",
        "地区生产总值以往数据修订，总体把握上升1.2个百分点。",
        "按新数据重新估计模型，总体把握上升1.1个百分点。",
    ]
    (note,) = part(why_it_moved.change_section(full(), ZH), Note)
    assert plain(note.text) == "其余2项影响均很小。"


def test_all_causes_stand_in_the_table() -> None:
    (details,) = part(why_it_moved.change_section(full(), ZH), Details)
    (grid, _) = details.blocks

    assert isinstance(grid, FigureTable)
    assert [row[1] for row in grid.rows] == ["+1.2", "−9.0", "−0.3", "+1.1", "0.0"]
    assert grid.rows[4][0] == "税收收入的目标线由超过6%改为超过7%"


def test_a_sentence_in_english_opens_with_a_capital() -> None:
    told = [plain(block.text) for block in part(why_it_moved.change_section(full(), EN), Paragraph)]

    assert told[1] == (
        "Earlier figures of Gross domestic product were revised: overall chance up 1.2 "
        "percentage points."
    )


@pytest.mark.parametrize(
    ("now", "title"),
    [(0.38, "比上期下降的原因"), (0.61, "比上期上升的原因"), (0.45, "与上期相比")],
)
def test_the_title_says_which_way_it_went(now: float, title: str) -> None:
    terms = (replace(CHANGE.terms[1], change=now - 0.45),)
    snapshot = make_snapshot(six(now), change=replace(CHANGE, now=now, terms=terms))

    section = why_it_moved.change_section(snapshot, ZH)

    assert section is not None
    assert section.title == title


def test_where_nothing_differs_between_two_issues_it_says_so() -> None:
    snapshot = make_snapshot(six(0.45), change=replace(CHANGE, now=0.45, terms=()))

    section = why_it_moved.change_section(snapshot, ZH)

    assert section is not None
    (told,) = part(section, Paragraph)
    assert plain(told.text) == "所用数据和目标与上期相同。"
    assert section.note == "与第11期相比"


def test_an_issue_that_others_came_after_is_named_by_its_number() -> None:
    between = PastIssue(12, "2026-08-01T02:00:00+00:00", 2026, None, None)
    snapshot = make_snapshot(six(0.38), change=CHANGE, record=(between, *RECORD))

    assert why_it_moved.since(snapshot, ZH) == "第11期"
    assert why_it_moved.since(replace(snapshot, record=RECORD), ZH) == "7月24日"


def test_a_change_that_cannot_be_taken_apart_says_so() -> None:
    snapshot = make_snapshot(six(0.38), change=replace(CHANGE, before=None, terms=()))

    (told,) = part(why_it_moved.change_section(snapshot, ZH), Paragraph)

    assert plain(told.text) == "两期中有一期数据不足，不能得出总体结果，无法分解。"
    assert why_it_moved.in_a_line(snapshot, ZH) == ""


@pytest.mark.parametrize(
    ("say", "title"),
    [
        (ZH, "不作假定：比上期下降的原因"),
        (EN, "Without the scenario: why the chance is lower than in the last issue"),
    ],
)
def test_with_a_scenario_the_heading_says_what_is_compared(say: Speaker, title: str) -> None:
    section = why_it_moved.change_section(with_scenario(), say)

    assert section is not None
    assert section.title == title


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        (0.54, 0.38, "比上期（7月24日，约五成）下降。"),
        (0.45, 0.38, "比上期（7月24日，约五成）下降。"),
        (0.38, 0.45, "比上期（7月24日，约四成）上升。"),
        (0.449, 0.351, "比上期（7月24日）有所下降，仍为约四成。"),
        (0.36, 0.44, "比上期（7月24日）有所上升，仍为约四成。"),
        (0.41, 0.38, "比上期（7月24日）略降，仍为约四成。"),
        (0.97, 0.98, "比上期（7月24日）略升，仍为九成以上。"),
        (0.4499, 0.4501, "与上期（7月24日）基本持平。"),
    ],
)
def test_a_line_tells_the_move_in_the_words_that_readers_see(
    before: float, now: float, wanted: str
) -> None:
    """A line never names a word for then beside which the heading's word contradicts it."""
    moved = replace(CHANGE, before=before, now=now, terms=())
    snapshot = make_snapshot(six(now), change=moved, record=RECORD)

    assert why_it_moved.in_a_line(snapshot, ZH) == wanted


def test_a_move_within_the_same_words_reads_in_english() -> None:
    moved = replace(CHANGE, before=0.449, now=0.351)
    snapshot = make_snapshot(six(0.351), change=moved, record=RECORD)

    assert why_it_moved.in_a_line(snapshot, EN) == (
        "Down since the last issue (24 Jul), though still about 4 in 10, mainly because "
        "Fixed-asset investment in Q1–Q3 was below the earlier forecast."
    )


@pytest.mark.parametrize(
    ("actual", "expected", "short", "long"),
    [
        (6.24, 6.16, "数据公布", "与此前预计一致"),
        (6.26, 6.24, "高于此前预计", "高于此前预计（增长6.2%）0.1个百分点"),
        (6.24, 6.26, "低于此前预计", "低于此前预计（增长6.3%）0.1个百分点"),
    ],
)
def test_a_figure_is_above_what_was_expected_where_it_is_shown_so(
    actual: float, expected: float, short: str, long: str
) -> None:
    surprise = Surprise(expected, 0.4, actual)
    term = replace(CHANGE.terms[1], surprise=surprise)
    snapshot = make_snapshot(six(0.38), change=replace(CHANGE, terms=(term,)))
    (sentence,) = part(why_it_moved.change_section(snapshot, ZH), Paragraph)

    assert short in why_it_moved.in_a_line(snapshot, ZH)
    assert long in plain(sentence.text)


def test_a_reference_area_has_a_probability_and_no_chance() -> None:
    outlook = replace(six(0.38), area=NATION, light=None)
    section = why_it_moved.change_section(make_snapshot(outlook, change=CHANGE, record=RECORD), ZH)

    assert section is not None
    assert "把握" not in repr(section)


def test_a_first_issue_has_no_such_section() -> None:
    assert why_it_moved.change_section(make_snapshot(six(0.38)), ZH) is None
    assert why_it_moved.in_a_line(make_snapshot(six(0.38)), ZH) == ""


ISSUED = make_snapshot(three(0.38, 0.46, 0.74, 0.93), issued="2026-07-24T02:00:00+00:00")


def told(section: Section) -> list[str]:
    return [plain(block.text) for block in section.blocks if isinstance(block, Paragraph)]


def later(**changes: object) -> Snapshot:
    snapshot = make_snapshot(three(0.38, 0.46, 0.74, 0.93))
    return replace(snapshot, **changes)  # type: ignore[arg-type]


def test_where_nothing_differs_it_says_so_and_shows_no_table() -> None:
    section = why_it_moved.today_section(ISSUED, later(), ZH)

    assert told(section) == ["数据、目标和测算方法与出具时相同，结果没有变化。"]
    assert section.note == "第12期出具后不再改动；右列按今天的数据重新测算"


def test_newer_figures_targets_and_methods_are_each_told() -> None:
    verdicts = (
        make_verdict(0.2, ytd=SEPTEMBER, pace=PACE),
        make_verdict(0.74, name="tax", ytd=(5.4, 6.3)),
        make_verdict(0.95, name="trade", target=make_target("trade", 6.0)),
    )
    now = later(outlook=make_outlook(0.19, *verdicts, area=ZONE))
    now = replace(now, provenance=replace(now.provenance, engine="pool-3", seed=8))

    section = why_it_moved.today_section(ISSUED, now, ZH)

    assert told(section) == [
        "总体把握由约四成变为约两成。",
        "新数据：固定资产投资2026年前三季度增长6.2%。",
        "修订：税收收入2026年上半年由6.1%改为6.3%。",
        "目标：进出口总额由超过7%改为超过6%。",
        "测算方法：由pool-2改为pool-3。",
        "随机种子由7变为8。",
    ]


def test_both_columns_stand_side_by_side() -> None:
    now = later(outlook=three(0.61, 0.7, 0.8, 0.95))
    now = replace(now, provenance=replace(now.provenance, engine="pool-3"))
    section = why_it_moved.today_section(ISSUED, now, ZH)
    (grid,) = [block for block in section.blocks if isinstance(block, FigureTable)]

    assert grid.head == ("指标", "出具时（7月24日）", "今天（10月25日）")
    assert grid.rows == (
        ("总体", "约四成", "约六成"),
        ("固定资产投资", "约45%", "约70%"),
        ("税收收入", "约75%", "约80%"),
        ("进出口总额", "九成以上", "九成以上"),
    )


def test_targets_that_came_or_went_are_named() -> None:
    some = make_outlook(0.4, make_verdict(0.46), make_verdict(0.9, name="gdp"), area=ZONE)

    assert "目标：新计入地区生产总值、不再计入税收收入、不再计入进出口总额。" in told(
        why_it_moved.today_section(ISSUED, later(outlook=some), ZH)
    )


def test_a_vintage_that_touched_nothing_used_is_told_as_that() -> None:
    now = later()
    now = replace(now, provenance=replace(now.provenance, vintage=31))

    assert "数据版本由27变为31，所用数据未变。" in told(why_it_moved.today_section(ISSUED, now, ZH))


def test_an_issued_scenario_is_not_mistaken_for_a_difference_of_data() -> None:
    issued, now = open_scenario(), make_snapshot(six(0.19))

    section = why_it_moved.today_section(issued, now, ZH)

    assert told(section) == [
        "不作假定时，总体把握由约四成变为约两成。",
        "出具时按情景测算，情景没有保存或已不适用，今天无法重算；以下两列均为不作假定的总体结"
        "果，各项指标只有按情景的结果，不列。",
    ]
    (grid,) = [block for block in section.blocks if isinstance(block, FigureTable)]
    assert grid.rows[0] == ("总体", "约四成", "约两成")
    assert {row[1] for row in grid.rows[1:]} == {"—"}
    assert "—" not in {row[2] for row in grid.rows}


def test_what_came_of_the_year_stands_beside_an_issue_with_its_scenario() -> None:
    came = make_snapshot(published(8.0, 7.5, 6.0))

    lines = told(why_it_moved.today_section(open_scenario(), came, ZH))

    assert lines[0] == "出具时总体把握约六成；全年数据现已公布，未全部完成。"
    assert lines[1] == "出具时按情景测算，今天的一列不作假定。"


def test_today_without_the_scenario_does_not_give_away_what_the_issue_leaves_out() -> None:
    now = make_snapshot(six(0.38))
    guarded = with_scenario()
    assert guarded.scenario is not None
    assert guarded.scenario.guarded

    section = why_it_moved.today_section(guarded, now, ZH)

    assert told(section) == [
        ("出具时按情景测算，今天没有相同的情景；为避免推算出单个企业或项目的数据，今天的结果从略。")
    ]
    assert (len(section.blocks), section.note) == (1, "")
    again = why_it_moved.today_section(guarded, replace(guarded, baseline=None), ZH)
    assert told(again) == ["数据、目标和测算方法与出具时相同，结果没有变化。"]


def open_scenario() -> Snapshot:
    """Return an issue of a scenario of which everything is told."""
    issued = with_scenario()
    assert issued.scenario is not None
    projects = replace(issued.scenario.projects, effects=())
    return replace(issued, scenario=replace(issued.scenario, projects=projects))


def test_the_causes_since_this_very_issue_are_told() -> None:
    now = later(outlook=three(0.31, 0.4, 0.74, 0.93), change=replace(CHANGE, since=12))
    now = replace(now, provenance=replace(now.provenance, engine="pool-3"))

    assert any(
        "明显低于此前预计" in line for line in told(why_it_moved.today_section(ISSUED, now, ZH))
    )
    other = replace(now, change=CHANGE)
    assert not any("预期" in line for line in told(why_it_moved.today_section(ISSUED, other, ZH)))


def test_where_one_side_has_no_outlook_no_movement_is_claimed() -> None:
    none = make_outlook(0.0, area=ZONE, missing=2)

    assert told(why_it_moved.today_section(ISSUED, later(outlook=none), ZH))[0] == (
        "出具时或今天的数据不足，不能得出总体结果，无法比较。"
    )


def year_end(outlook: Outlook, **changes: object) -> Snapshot:
    """Return the outlook as it stands once the year is over, on newer data."""
    snapshot = make_snapshot(outlook, issued="2027-02-01T00:00:00+00:00")
    return replace(
        snapshot,
        provenance=replace(snapshot.provenance, vintage=40, engine="pool-3"),
        **changes,  # type: ignore[arg-type]
    )


def grid(section: Section) -> FigureTable:
    (found,) = [block for block in section.blocks if isinstance(block, FigureTable)]
    return found


def flash(verdict: Verdict) -> Verdict:
    """Return a verdict whose year is known inside only."""
    light = light_of(verdict.probability, complete=False)
    return replace(verdict, complete=False, pace=None, light=light)


def test_a_published_year_is_told_as_what_it_came_to_and_not_as_a_chance() -> None:
    now = year_end(published(8.1, 5.2, 9.0))

    section = why_it_moved.today_section(ISSUED, now, ZH)

    assert told(section)[0] == "出具时总体把握约四成；全年数据现已公布，未全部完成。"
    assert grid(section).head == ("指标", "出具时（2026年7月24日）", "今天（2027年2月1日）")
    assert grid(section).rows == (
        ("总体", "约四成", "未全部完成（已公布）"),
        ("固定资产投资", "约45%", "增长8.1%（已公布）"),
        ("税收收入", "约75%", "增长5.2%（已公布）"),
        ("进出口总额", "九成以上", "增长9.0%（已公布）"),
    )


def test_a_published_year_reads_in_english() -> None:
    section = why_it_moved.today_section(ISSUED, year_end(published(8.1, 7.2, 9.0)), EN)

    assert told(section)[0] == (
        "When issued, the overall chance was about 4 in 10; the full-year figures are now "
        "published: all were met."
    )
    assert grid(section).rows[0] == ("Overall", "about 4 in 10", "all were met (published)")
    assert grid(section).rows[1][2] == "grew 8.1% (published)"


def test_a_year_known_from_a_flash_is_marked_as_one() -> None:
    first, *rest = published(8.1, 7.2, 9.0).verdicts
    now = year_end(make_outlook(1.0, flash(first), *rest, area=ZONE))

    section = why_it_moved.today_section(ISSUED, now, ZH)

    assert told(section)[0] == "出具时总体把握约四成；现已有全年快报数据，全部完成。"
    assert [row[2] for row in grid(section).rows] == [
        "全部完成（快报）",
        "增长8.1%（快报）",
        "增长7.2%（已公布）",
        "增长9.0%（已公布）",
    ]


def test_a_whole_that_one_published_indicator_has_lost_is_no_chance() -> None:
    missed = make_verdict(0.0, ytd=YEAR, median=5.1)
    others = (make_verdict(0.74, name="tax"), make_verdict(0.93, name="trade"))
    now = year_end(make_outlook(0.0, missed, *others, area=ZONE))

    section = why_it_moved.today_section(ISSUED, now, ZH)

    assert told(section)[0] == "出具时总体把握约四成；现已无法全部完成。"
    assert [row[2] for row in grid(section).rows][:2] == ["已无法全部完成", "增长5.1%（已公布）"]


@pytest.mark.parametrize(("rate", "wanted"), [(8.1, "达到对照线"), (5.1, "未达到对照线")])
def test_a_reference_area_has_no_verdict_words(rate: float, wanted: str) -> None:
    one = make_verdict(0.4, reference=True)
    issued = make_snapshot(make_outlook(0.4, one, area=NATION, if_cleared=1.0))
    section = why_it_moved.today_section(issued, year_end(published(rate, area=NATION)), ZH)

    assert told(section)[0] == f"出具时总体可能性约四成；全年数据现已公布，{wanted}。"
    assert grid(section).rows[0][2] == f"{wanted}（已公布）"
    assert "完成" not in repr(section).replace("完成投资", "")


@pytest.mark.parametrize(
    ("rate", "wanted"),
    [
        (8.3, "总体结果没有变化：全部完成（已公布）。"),
        (6.9, "总体结果由“全部完成（已公布）”变为“未全部完成（已公布）”。"),
    ],
)
def test_a_year_issued_as_published_is_held_against_its_revision(rate: float, wanted: str) -> None:
    issued = make_snapshot(published(8.1, 9.0))

    assert told(why_it_moved.today_section(issued, year_end(published(rate, 9.0)), ZH))[0] == wanted


def test_beside_unpublished_figures_of_today_the_report_is_internal() -> None:
    open_to_all = replace(ISSUED, provenance=replace(ISSUED.provenance, unpublished=False))
    flash = later(provenance=replace(ISSUED.provenance, unpublished=True))

    beside = report_of(open_to_all, ZH, flash)

    assert not report_of(open_to_all, ZH).internal
    assert beside.internal
    assert "内部资料　注意保存" in beside.marks
    assert "%" not in beside.preview
