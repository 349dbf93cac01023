"""The file stands alone, is well formed, and says to everyone what it shows."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from forecasting.issues.snapshot import IssueNote, Snapshot
from tests.ui.outlooks import SAMPLE, make_outlook
from tests.ui.report.snapshots import (
    ZONE,
    full,
    make_snapshot,
    published,
    reference,
    six,
    with_scenario,
)
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.compose import report_of
from ui.report.render.html import html_of

VOID = {"meta", "link", "br"}
ISSUES = {
    "full": full(),
    "scenario": with_scenario(),
    "reference": make_snapshot(reference(0.07, 0.4, 0.7)),
    "published": make_snapshot(published(8.1, -2.3, 5.1)),
    "nothing": make_snapshot(make_outlook(0.0, area=ZONE, missing=2)),
    "sample": make_snapshot(six(0.38, area=SAMPLE)),
}
CASES = [(issue, say) for issue in ISSUES for say in SPEAKERS]


class Reader(HTMLParser):
    """Reads a document and refuses tags that do not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def page(issue: Snapshot, say: Speaker = ZH, *, paper: bool = False) -> str:
    return html_of(report_of(issue, say, digest="ab" * 32), paper=paper)


def read(document: str) -> Reader:
    reader = Reader()
    reader.feed(document)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def document(request: pytest.FixtureRequest) -> str:
    issue, say = request.param
    return page(ISSUES[issue], say)


def test_it_is_well_formed_and_names_its_language(document: str) -> None:
    (html,) = read(document).all("html")

    assert html["lang"] in ("zh-CN", "en")


def test_it_holds_no_script_and_asks_nobody_for_anything(document: str) -> None:
    assert "<script" not in document
    assert not re.search(r"\son\w+=", document)
    addresses = set(re.findall(r"https?://[^\"'\s)]+", document))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\(", document)
    reader = read(document)
    assert {tag for tag, _ in reader.tags} & {"img", "iframe", "object", "form", "base"} == set()
    assert [link["href"] for link in reader.all("link")] == ["data:,"]


def test_it_is_small(document: str) -> None:
    assert len(document.encode()) < 120_000


def test_headings_skip_no_level(document: str) -> None:
    levels = [int(tag[1]) for tag, _ in read(document).tags if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_id_is_there_once_and_every_name_is_found(document: str) -> None:
    tags = read(document).tags
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    named = [name for _, attrs in tags for name in (attrs.get("aria-labelledby") or "").split()]

    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)


def test_every_picture_is_told_and_every_table_has_a_caption_and_scopes(document: str) -> None:
    reader = read(document)

    for svg in reader.all("svg"):
        assert svg["role"] == "img"
        assert svg["aria-labelledby"]
    assert len(reader.all("desc")) == len(reader.all("svg"))
    assert len(reader.all("caption")) == len(reader.all("table"))
    assert all(cell.get("scope") in ("col", "row") for cell in reader.all("th"))


def test_a_light_is_a_shape_with_its_word(document: str) -> None:
    lamps = re.findall(
        r'<span class="lamp"><i class="\w+" aria-hidden="true">(.)</i>([^<]*)<', document
    )

    assert len(lamps) == document.count('class="lamp"')
    assert all(shape in "●▲◆■" and word for shape, word in lamps)


@pytest.mark.parametrize(
    ("issue", "count"), [("full", 7), ("published", 4), ("reference", 0), ("nothing", 0)]
)
def test_every_indicator_and_the_whole_have_a_light_where_they_are_judged(
    issue: str, count: int
) -> None:
    assert page(ISSUES[issue]).count('class="lamp"') == count


def test_no_mark_of_the_catalogues_is_left(document: str) -> None:
    text = read(document).text

    assert not re.search(r"\*\*|:primary|\{|\}|\bnan\b|None", text)


def test_a_day_is_not_parted_from_its_unit() -> None:
    written = html_of(report_of(full(), ZH))

    assert '<span class="k">2026年10月25日</span>' in written
    assert '<span class="k">第12期</span>' in written


def test_the_lines_are_a_list_that_goes_on_after_the_heading() -> None:
    (lines,) = list(read(page(full())).all("ol"))

    assert lines["start"] == "2"
    assert lines["role"] == "list"  # without numbers VoiceOver would not say it is one


def test_marks_stand_on_the_page_and_on_every_sheet_of_paper() -> None:
    document = page(ISSUES["full"])

    assert '<span class="stamp">内部资料' in document
    assert "@top-right" in document
    (content,) = re.findall(r"@top-right\{content:\"([^\"]*)\"", document)
    assert "内部资料" in content


def test_a_mark_cannot_leave_its_string_in_the_style_sheet() -> None:
    area = replace(six(0.38).area, name=replace(six(0.38).area.name, zh='"}</style><b>甲'))
    document = page(make_snapshot(replace(six(0.38), area=area)))

    assert document.count("</style>") == 1


def test_words_of_others_stand_as_they_are() -> None:
    issue = replace(
        full(), issue=IssueNote(3, full().issue.issued_at, "<b>局</b>", "<script>1</script> **x**")
    )
    document = page(issue)

    assert "<script" not in document
    assert "<b>局" not in document
    assert "<script>1</script> **x**" in read(document).text


@pytest.mark.parametrize("paper", [False, True])
def test_nothing_that_others_wrote_turns_the_writing_around(paper: bool) -> None:
    """Number and date stand beside the issuer, and the area's name on every sheet of paper."""
    outlook = six(0.38)
    name = replace(outlook.area.name, zh="区\u202e甲\u2066")
    outlook = replace(outlook, area=replace(outlook.area, name=name))
    issued = IssueNote(3, full().issue.issued_at, "局\u202eX\x0b", "注\u2067意")
    document = page(replace(full(), outlook=outlook, issue=issued), paper=paper)

    assert not re.search("[\u202a-\u202e\u2066-\u2069\x0b]", document)
    assert not re.search(r"\\20[26][a-e6-9] ", document)  # nor as an escape of a style sheet
    assert "<bdi>局\ufffdX\ufffd</bdi>" in document
    assert '<p class="pre"><bdi>注\ufffd意</bdi></p>' in document


def test_previews_are_set_and_hold_no_figure_where_it_is_internal() -> None:
    described = {
        attrs.get("name") or attrs.get("property"): attrs["content"]
        for attrs in read(page(full())).all("meta")
        if "content" in attrs
    }

    assert described["description"] == "某开发区2026年全年预判，2026年10月25日出具"
    assert described["og:description"] == described["description"]
    assert "noindex" in (described["robots"] or "")


def test_simulated_figures_are_marked_in_every_chart() -> None:
    document = page(ISSUES["sample"])
    charts = re.findall(r"<figure>.*?</figure>", document)

    assert len(charts) == 6
    assert all("模拟数据" in chart for chart in charts)


def test_what_the_lights_say_is_also_what_the_table_shows() -> None:
    text = read(page(full())).text

    assert "固定资产投资约45%7.05.6—8.49.1以上" in text


def test_on_paper_all_is_open_and_charts_carry_their_colours() -> None:
    document = page(full(), paper=True)
    reader = read(document)

    assert all("open" in attrs for attrs in reader.all("details"))
    assert "prefers-color-scheme" not in document
    inside = re.findall(r"<svg.*?</svg>", document)
    assert all("<style>" in svg and "var(" not in svg for svg in inside)


def test_pages_have_a_dark_scheme_that_changes_colours_only() -> None:
    document = page(full())

    assert "@media screen and (prefers-color-scheme:dark){:root{--ink:" in document
