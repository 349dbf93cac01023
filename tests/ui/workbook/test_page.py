"""A file on its way through the upload page: reviewed, answered, committed, taken back.

All figures are invented.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from data.workbook.book import Book
from data.workbook.open.opening import WorkbookRefused
from data.workbook.open.refusal import Refusal
from data.workbook.write.export import observations_workbook, template_workbook
from forecasting.figures.indicator import Measure
from forecasting.figures.period import Month, Quarter
from tests.data.workbook.open.hostile import LOCKED_BOOK, LOCKED_BY
from tests.ui.conftest import ROOT
from tests.ui.pages import switch_page
from tests.ui.reading import Screen
from ui.frame import address
from ui.frame.session import Upload, UploadsUnderReview

TABLE = """全国主要经济指标（模拟数据）
2026年前三季度
指标,单位,本期累计,同比增长(%)
国内生产总值,亿元,1067300,4.9
规模以上工业增加值,%,,5.6
固定资产投资（不含农户）,亿元,352600,-4.8
"""
NAME = "三季度.csv"


def open_upload(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params |= {"area": "CN", "lang": "zh"} | parameters
    switch_page(app, "upload")
    return app.run()


def put_in(app: AppTest, content: bytes, name: str = NAME) -> Screen:
    app.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    return Screen(app)


def answer(app: AppTest, option: str = "status:published") -> Screen:
    app.radio[0].set_value(option).run()
    return Screen(app)


def commit(app: AppTest, author: str = "王工") -> Screen:
    app.text_input(key="author").set_value(author)
    return Screen(app.button(key="commit").click().run())


def test_the_headline_counts_what_was_not_read() -> None:
    app = open_upload()
    title, period, head, *rows = TABLE.splitlines()
    ranked = [title, period, f"{head},排名", *(f"{row},3" for row in rows)]

    page = put_in(app, "\n".join(ranked).encode())

    assert "另有3个没有采用，原因如下" in page.title


def test_a_refused_cell_names_its_indicator_and_says_why_on_a_phone_too() -> None:
    content = "示例开发区2039年1-6月主要指标\n指标,增速（%）\n固定资产投资,7.1\n".encode("gb18030")
    page = put_in(open_upload(), content, "later.csv")

    drawn = "".join(html.proto.body for html in page.app.get("html"))
    assert re.search(r'固定资产投资.*?<small class="narrow">[^<]*尚未开始', drawn)
    assert "Fixed_asset_investment" not in drawn
    assert "回答" not in page.title
    assert page.app.button(key="commit").disabled


def test_the_currency_of_a_level_is_said_once() -> None:
    content = "示例开发区2026年1-9月\n指标,累计（亿美元）\n地区生产总值,7.1\n".encode()
    page = put_in(open_upload(), content)

    drawn = "".join(html.proto.body for html in page.app.get("html"))
    assert "累计值，美元" in drawn
    assert "美元，美元" not in drawn


def test_a_remark_names_the_period_as_the_sheet_does() -> None:
    head = "示例开发区主要指标\n指标,2026年上半年累计（亿元）,2026年前三季度累计（亿元）\n"
    page = put_in(open_upload(), f"{head}税收收入,4.3,4.1\n".encode())

    assert "2026年前三季度的累计值4.1亿元，小于2026年上半年的4.3亿元" in page.text


def test_the_password_of_a_file_is_asked_for_until_it_opens_and_is_kept_nowhere() -> None:
    app = open_upload()
    asking = put_in(app, LOCKED_BOOK.read_bytes(), "快报.xlsx").text

    app.text_input[0].set_value("another")
    refused = Screen(app.button(key="password_go").click().run()).text
    app.text_input[0].set_value(LOCKED_BY)
    page = Screen(app.button(key="password_go").click().run())

    assert "文件设有打开密码" in asking
    assert "密码不正确" in refused
    assert "从表中识别" in page.title
    assert LOCKED_BY not in str(app.session_state)
    assert LOCKED_BY not in repr(app.session_state["upload"])


def test_all_unknown_names_become_new_indicators_at_once_and_ten_are_asked_at_a_time() -> None:
    app = open_upload()
    names = "".join(
        f"{name}量,{place}\n" for place, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑", 1)
    )
    put_in(app, f"全国2026年1-9月（模拟数据）\n指标,累计(万吨)\n{names}".encode())
    shown = [box for box in (*app.radio, *app.selectbox) if "是哪个指标" in box.label]

    button = next(one for one in app.button if str(one.key).startswith("all_new"))
    page = Screen(button.click().run())

    assert len(shown) <= 10
    assert "12" in button.label
    assert "存疑12个" in page.title
    assert not [box for box in (*app.radio, *app.selectbox)
                if "是哪个指标" in box.label and box.value is None]  # fmt: skip


def test_the_last_answer_is_given_to_all_questions_of_its_kind_at_once() -> None:
    app = open_upload()
    names = "".join(f"{name}量,{place}\n" for place, name in enumerate("甲乙丙", 1))
    put_in(app, f"全国2026年1-9月（模拟数据）\n指标,累计(万吨)\n{names}".encode())
    asked = [box for box in (*app.radio, *app.selectbox) if "是哪个指标" in box.label]

    asked[0].set_value("skip").run()
    (button,) = (one for one in app.button if str(one.key).startswith("same_"))
    page = Screen(button.click().run())

    assert "其余2个同类问题" in button.label
    assert page.title == "按所作选择，没有采用表中的数据。"


def test_a_file_is_reviewed_answered_committed_and_explained(store: Store) -> None:
    app = open_upload()

    page = put_in(app, TABLE.encode("gb18030"))
    assert page.title == "从表中识别5个数据：存疑5个；回答1个问题后可以提交。"
    assert "有5个数据没有写明是否已公布" in page.text
    assert app.button(key="commit").disabled
    assert store.latest_vintage() == 1

    page = answer(app)
    assert page.title == "从表中识别5个数据：新增5个；可以提交。"
    assert "提交后2026年可能性的变化" in page.text

    page = commit(app)
    assert page.title == "已提交为数据版本2。"
    assert "研判为何变化" in page.text
    assert "国内生产总值2026年前三季度增长4.9%，高于此前预计" in page.text
    record = store.vintages()[-1]
    assert (record.author, record.kind, record.base) == ("王工", VintageKind.UPLOAD, 1)
    assert store.file(2, NAME) == TABLE.encode("gb18030")

    page = Screen(app.button(key="undo").click().run())
    assert "数据版本2已撤回" in page.text
    assert store.latest_vintage() == 3
    assert store.known(3) == store.known(1)


@pytest.mark.parametrize(
    ("row", "usual"),
    [
        ("社会消费品零售总额,亿元,1250,7\n", "现价"),
        (
            "社会消费品零售总额,亿元,1250,7\n固定资产投资,亿元,1250,7\n",
            "现价（社会消费品零售总额）；现价、可比口径（固定资产投资）",
        ),
    ],
)
def test_the_usual_basis_is_named_and_growth_has_a_decimal(
    row: str, usual: str, store: Store
) -> None:
    head = "2026年前三季度\n指标,计量单位,累计,增速（%）\n"
    page = put_in(open_upload(area="CN-SX-LF-HMZ"), (head + row).encode())

    options = next(radio.options for radio in page.app.radio if len(radio.options) > 4)
    assert options[0] == f"按常规口径：{usual}（可能性最大）"
    assert not any("留抵" in option or "省口径" in option for option in options)
    assert "7.0%" in page.text


def test_the_same_file_again_changes_nothing_and_is_recognised(store: Store) -> None:
    app = open_upload()
    put_in(app, TABLE.encode("gb18030"))
    answer(app)
    commit(app)

    again = open_upload()
    page = put_in(again, TABLE.encode("gb18030"))

    assert "该文件以前提交过：数据版本2。" in page.text.replace("**", "")
    assert page.title == "从表中识别5个数据：未变5个；与现有数据完全相同，不需要提交。"
    assert again.button(key="commit").disabled


def test_an_older_file_says_how_many_figures_it_would_put_back_and_since_when(
    store: Store,
) -> None:
    old = next(
        figure for figure in store.observations(1, "CN", "gdp")
        if figure.month == Month(2026, 6) and figure.measure is Measure.GROWTH_YTD
    )  # fmt: skip
    revised = replace(old, value=old.value + 0.1)
    store.commit(Commit(VintageKind.UPLOAD, "李工", base=1, observations=(revised,)))

    page = put_in(open_upload(), f"指标,2026年上半年增速(%)\n国内生产总值,{old.value}\n".encode())

    assert "其中1个数据是修订前的旧数（" in page.text
    assert "见数据版本2" in page.text


def test_a_name_is_needed(store: Store) -> None:
    app = open_upload()
    put_in(app, TABLE.encode())
    answer(app)

    page = commit(app, author=" ")

    assert "请先填写提交人。" in page.text
    assert store.latest_vintage() == 1


def test_a_review_held_against_an_older_vintage_is_shown_again_first(store: Store) -> None:
    app = open_upload()
    put_in(app, TABLE.encode())
    answer(app)
    store.commit(Commit(VintageKind.EDIT, "李工", base=1, targets=store.targets(1, "CN")[:1]))

    page = commit(app)

    assert store.latest_vintage() == 2
    assert "在您核对期间，已有人提交了数据版本2" in page.text
    page = commit(app)
    assert page.title == "已提交为数据版本3。"
    assert store.vintages()[-1].base == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.xlsx", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), "EXE"),
        ("表.xlsx", b"PK\x03\x04" + bytes(40), "损坏"),
        ("空.csv", b"", "没有"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_another_may_come(
    store: Store, name: str, content: bytes, said: str
) -> None:
    app = open_upload()

    page = put_in(app, content, name)

    assert said in app.error[0].value
    assert page.title == "上传全国的新数据"
    assert put_in(app, TABLE.encode()).title.startswith("从表中识别5个数据")


def test_an_encoding_that_does_not_fit_says_so_and_the_file_stays_as_it_was_read(
    store: Store,
) -> None:
    app = open_upload()
    put_in(app, TABLE.encode("gb18030"))
    answer(app)

    choose_encoding(app, "utf-8")

    assert "按UTF-8编码读取，文字显示不正常" in app.error[0].value
    assert Screen(app).title == "从表中识别5个数据：新增5个；可以提交。"
    choose_encoding(app, "gb18030")
    assert not app.error
    assert commit(app).title == "已提交为数据版本2。"


def test_an_answer_about_the_encoding_that_does_not_fit_is_no_answer(store: Store) -> None:
    app = open_upload()
    page = put_in(app, TABLE.encode("gb18030") + b"\xff\xff\xfe")
    assert "回答2个问题" in page.title

    app.radio[1].set_value("encoding:big5").run()

    assert "按BIG5编码读取，文字显示不正常" in app.error[0].value
    assert "回答2个问题" in Screen(app).title


def test_an_encoding_that_is_answered_is_not_chosen_back_by_the_picker(store: Store) -> None:
    app = open_upload()
    put_in(app, TABLE.encode() + b"\xff")
    assert encoding_picker(app).value == "utf-8"

    app.radio[1].set_value("encoding:utf-16").run()

    assert encoding_picker(app).value == "utf-16"
    assert "文字编码：utf-16" in Screen(app).text


def test_a_file_that_is_not_read_any_more_may_be_put_aside(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_upload()
    put_in(app, TABLE.encode())

    def refuse(upload: Upload) -> Book:
        raise WorkbookRefused(upload.name, Refusal.TIME)

    with monkeypatch.context() as patched:
        patched.setattr("ui.workbook.review.open_file", refuse)
        app.run()
        assert "未读入" in app.error[0].value
    page = Screen(app.button(key="discard").click().run())

    assert page.title == "上传全国的新数据"


def choose_encoding(app: AppTest, encoding: str) -> None:
    encoding_picker(app).set_value(encoding).run()


def encoding_picker(app: AppTest) -> Selectbox:
    return next(box for box in app.selectbox if str(box.key).startswith("encoding_"))


def test_pasted_cells_are_reviewed_like_a_file(store: Store) -> None:
    app = open_upload()
    app.text_area[0].set_value("指标\t2026年1-9月\n国内生产总值累计增速（%）\t4.9")

    page = Screen(app.button(key="paste_go").click().run())

    assert page.title.startswith("从表中识别1个数据")
    assert "粘贴的单元格；地区：全国。与数据版本1比对" in page.text


def test_a_file_put_aside_leaves_nothing_behind(store: Store) -> None:
    app = open_upload()
    put_in(app, TABLE.encode())

    page = Screen(app.button(key="discard").click().run())

    assert page.title == "上传全国的新数据"
    assert store.latest_vintage() == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("area", ["CN", "SAMPLE"])
def test_an_export_that_comes_back_changes_nothing_and_one_cell_is_one_revision(
    store: Store, area: str, language: str
) -> None:
    figures = [stored.value for stored in store.figures(1, area)]
    areas = [entry for entry in store.areas(1) if entry.id == area]
    exported = observations_workbook(figures, store.catalogue(1), areas, language)

    count = len(figures)

    page = put_in(open_upload(area=area), exported, "导出.xlsx")
    assert page.title.startswith(f"从表中识别{count}个数据：未变{count}个；")
    assert page.title.endswith("与现有数据完全相同，不需要提交。")

    page = put_in(open_upload(area=area), with_one_cell_changed(exported), "导出.xlsx")
    assert page.title.startswith(f"从表中识别{count}个数据：修订1个，未变{count - 1}个")


def test_a_template_that_nobody_filled_in_has_no_figures_and_asks_nothing(store: Store) -> None:
    area = next(entry for entry in store.areas(1) if entry.id == "SAMPLE")
    quarter = Quarter(2026, 3)
    template = template_workbook(area, store.catalogue(1), store.known(1), quarter)

    page = put_in(open_upload(area="SAMPLE"), template, "填报模板.xlsx")

    assert page.title == "表中没有读到数据。"
    assert not page.app.radio


def test_a_name_with_signs_of_markdown_is_shown_as_the_file_wrote_it(store: Store) -> None:
    table = TABLE + "科研*经费*投入,亿元,1250,8.1\n"
    app = open_upload()
    put_in(app, table.encode())
    app.session_state["optional_zh"] = True  # a reader opens the list
    app.run()

    asked = next(text.value for text in app.markdown if "是哪个指标" in text.value)
    offered = next(box.options for box in app.selectbox if "科研" in str(box.key))

    assert r"“科研\*经费\*投入”" in asked
    assert "不是已有指标，作为新指标“科研*经费*投入”加入" in offered


def with_one_cell_changed(exported: bytes) -> bytes:
    book = load_workbook(BytesIO(exported))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value in ("数值", "Value", "value"))
    cell = sheet.cell(40, column)
    cell.value = float(str(cell.value)) * 1.01
    changed = BytesIO()
    book.save(changed)
    return changed.getvalue()


def test_a_name_that_was_left_out_may_be_added_and_is_known_from_then_on(store: Store) -> None:
    table = TABLE + "科研经费投入,亿元,1250,8.1\n"
    app = open_upload()
    assert "未读入的名称：可以指定或新增" in put_in(app, table.encode()).text

    app.session_state["optional_zh"] = True  # a reader opens the list
    app.run()
    mapped = next(box for box in app.selectbox if "科研经费投入" in str(box.key))
    mapped.set_value("new").run()
    assert Screen(app).title.startswith("从表中识别7个数据")
    answer(app)
    app.radio[1].set_value("usual").run()
    commit(app)

    assert "科研经费投入" in store.catalogue(2)
    later = table.replace("前三季度", "全年").replace("1250", "1666")
    page = put_in(open_upload(), later.encode(), "全年.csv")
    assert page.title.startswith("从表中识别7个数据")
    assert len(page.app.radio) == 1, "only whether the figures are published"


def test_a_table_without_figures_says_what_may_help(store: Store) -> None:
    page = put_in(open_upload(), "通知\n请各单位按时报送\n".encode())

    assert page.title == "表中没有读到数据。"
    assert "请确认表中有指标名称、时期和数值" in page.text
    assert not [button for button in page.app.button if button.key == "commit"]


def test_a_file_that_changes_published_figures_of_a_reference_area_asks_to_look_again(
    store: Store,
) -> None:
    revising = "指标,2026年1-3月\n地区生产总值累计增速（%）,9.3\n"

    page = put_in(open_upload(), revising.encode())
    assert "请确认这份表确是全国的数据" in page.text

    page = put_in(open_upload(area="SAMPLE"), revising.encode())
    assert "请确认这份表" not in page.text


def reload(page: Screen) -> AppTest:
    """Open the address of a page as a browser does that reloads it: in a session of its own."""
    return open_upload(**page.url)


def test_a_file_under_review_survives_a_reload_with_its_answers(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address, "browser", lambda: "one")  # AppTest has another on each page
    page = put_in(open_upload(), TABLE.encode())
    answered = answer(page.app)

    again = reload(answered)

    assert again.radio[0].value == "status:published"
    assert Screen(again).title == answered.title
    commit(again)
    assert len(store.vintages()) == 2


def test_a_reload_after_a_commit_asks_for_the_next_file(store: Store) -> None:
    page = put_in(open_upload(), TABLE.encode())
    under_review = page.url
    answer(page.app)
    done = commit(page.app)

    assert "review" in under_review
    assert "review" not in done.url
    assert len(open_upload(**under_review).file_uploader) == 1


def test_a_file_under_review_is_no_part_of_a_link_to_another_page() -> None:
    page = put_in(open_upload(), TABLE.encode())

    links = [link.proto.query_string for link in page.app.get("page_link")]

    assert "review" in page.url
    assert not any("review" in link for link in links)


def test_another_browser_gets_no_file_and_the_oldest_is_dropped() -> None:
    kept = UploadsUnderReview(most=2, most_bytes=10, kept_for=timedelta(hours=1))
    first, second, third = (Upload("a.csv", b"1234", base=1) for _ in range(3))
    start = datetime(2026, 11, 1, tzinfo=UTC)

    kept.keep(first, "one", start)
    kept.keep(second, "one", start)
    assert kept.find(first.token, "other", start) is None
    assert kept.find(first.token, "one", start) is first

    kept.keep(third, "one", start)
    assert kept.find(first.token, "one", start) is None
    assert kept.find(third.token, "one", start + timedelta(hours=2)) is None
    kept.keep(Upload("b.csv", b"12345678901", base=1), "one", start)
    assert kept.find(second.token, "one", start) is None
