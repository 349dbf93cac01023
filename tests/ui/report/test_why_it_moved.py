from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.issues.snapshot import PastIssue
from forecasting.news.news import Surprise
from tests.ui.outlooks import NATION
from tests.ui.report.snapshots import CHANGE, RECORD, full, make_snapshot, six, with_scenario
from ui.language import Language
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

ZH, EN = Language.ZH, Language.EN


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
        "How the overall chance moved: 45% before, Revisions +1, New figures −9, "
        "Models anew +1, Targets 0, 38% now."
    )


def test_every_cause_that_matters_has_a_sentence_the_largest_first() -> None:
    told = [plain(block.text) for block in part(why_it_moved.change_section(full(), ZH), Paragraph)]

    assert told == [
        "固定资产投资2026年前三季度增长6.2%，明显低于预期（增长6.8%），相差0.6个百分点，"
        "总体把握下降9.0个百分点。",
        "地区生产总值以往数据修订，总体把握上升1.2个百分点。",
        "按新数据重新估计模型，总体把握上升1.1个百分点。",
    ]
    (note,) = part(why_it_moved.change_section(full(), ZH), Note)
    assert plain(note.text) == "其余2项影响都很小。"


def test_all_causes_stand_in_the_table() -> None:
    (details,) = part(why_it_moved.change_section(full(), ZH), Details)
    (grid, _) = details.blocks

    assert isinstance(grid, FigureTable)
    assert [row[1] for row in grid.rows] == ["+1.2", "−9.0", "−0.3", "+1.1", "0.0"]
    assert grid.rows[4][0] == "税收收入的要求由超过6%改为超过7%"


def test_a_sentence_in_english_opens_with_a_capital() -> None:
    told = [plain(block.text) for block in part(why_it_moved.change_section(full(), EN), Paragraph)]

    assert told[1] == (
        "Earlier figures of Gross domestic product were revised: overall chance up 1.2 points."
    )


@pytest.mark.parametrize(
    ("now", "title"),
    [(0.38, "为什么比上期低"), (0.61, "为什么比上期高"), (0.45, "与上期相比")],
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

    assert plain(told.text) == "两期中有一期数据不足，得不出总体结果，无法分解。"
    assert why_it_moved.in_a_line(snapshot, ZH) == ""


@pytest.mark.parametrize(
    ("language", "title"),
    [
        (ZH, "不作假定，为什么比上期低"),
        (EN, "Without the scenario: why the chance is lower than in the last issue"),
    ],
)
def test_with_a_scenario_the_heading_says_what_is_compared(language: Language, title: str) -> None:
    section = why_it_moved.change_section(with_scenario(), language)

    assert section is not None
    assert section.title == title


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        (0.54, 0.38, "比上期（7月24日，约五成）下降。"),
        (0.45, 0.38, "比上期（7月24日，约五成）下降。"),
        (0.38, 0.45, "比上期（7月24日，约四成）上升。"),
        (0.449, 0.351, "比上期（7月24日，同为约四成）有所下降。"),
        (0.36, 0.44, "比上期（7月24日，同为约四成）有所上升。"),
        (0.41, 0.38, "比上期（7月24日，同为约四成）略降。"),
        (0.97, 0.98, "比上期（7月24日，同为九成以上）略升。"),
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
        "Fixed-asset investment in Q1–Q3 was below what was expected."
    )


@pytest.mark.parametrize(
    ("actual", "expected", "short", "long"),
    [
        (6.24, 6.16, "数据公布", "与预期一致"),
        (6.26, 6.24, "高于预期", "高于预期（增长6.2%）0.1个百分点"),
        (6.24, 6.26, "低于预期", "低于预期（增长6.3%）0.1个百分点"),
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
