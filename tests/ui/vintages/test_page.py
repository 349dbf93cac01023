"""The history of the store on a page: compared, and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import DefinitionChange, Names
from forecasting.figures.period import Quarter
from tests.builders import make_figures
from tests.ui.conftest import ROOT
from tests.ui.pages import switch_page
from tests.ui.reading import Screen
from ui.language.markdown import literal
from ui.vintages import tables


def commit(store: Store) -> None:
    """Commit one revised and one new figure of the nation, with the file they came from."""
    basis = store.catalogue(1)["gdp"].basis
    figures = make_figures({"2026Q2": 4.9, "2026Q3": 5.0}, indicator="gdp", area="CN")
    draft = Commit(
        VintageKind.UPLOAD,
        "王工",
        note="三季度快报",
        base=1,
        observations=[replace(figure, basis=basis) for figure in figures],
        files={"三季度.csv": b"1,2"},
    )
    store.commit(draft)


def open_vintages(**parameters: str) -> Screen:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params |= {"area": "CN", "lang": "zh"} | parameters
    switch_page(app, "vintages")
    return Screen(app.run())


def test_the_newest_vintage_is_compared_with_the_one_before(store: Store) -> None:
    commit(store)

    page = open_vintages()

    assert page.title.startswith("现为数据版本2（")
    assert "由版本1到版本2：新增1个数据，修订1个数据。" in page.text
    assert "三季度.csv" in page.text
    assert "三季度快报" in page.text


def test_the_only_vintage_is_compared_with_none_and_cannot_be_withdrawn(store: Store) -> None:
    page = open_vintages()

    assert "目前只有这一个版本" in page.text
    assert "没有差别" not in page.text
    assert [box.label for box in page.app.selectbox] == ["地区"]
    assert "版本1的原始文件" in page.text
    assert "撤回" not in page.text.replace("撤回也生成一个新版本", "")

    commit(store)

    assert "版本2的原始文件与撤回" in open_vintages().text


def test_the_address_names_the_vintages_compared(store: Store) -> None:
    commit(store)

    assert "版本1与版本1没有差别。" in open_vintages(**{"from": "1", "to": "1"}).text
    assert "减少1个" in open_vintages(**{"from": "2", "to": "1"}).text


def test_a_withdrawal_needs_a_name_and_is_a_vintage_of_its_own(store: Store) -> None:
    commit(store)
    app = open_vintages().app

    app.button(key="withdraw").click().run()
    assert "请先填写提交人。" in Screen(app).text
    assert store.latest_vintage() == 2

    app.text_input(key="withdraw_author").set_value("李工")
    page = Screen(app.button(key="withdraw").click().run())

    assert store.latest_vintage() == 3
    assert page.title.startswith("现为数据版本3（")
    assert "撤回版本2" in page.text
    assert "上传（已撤回）" in page.text
    assert store.known(3) == store.known(1)


def test_the_starting_data_cannot_be_withdrawn(store: Store) -> None:
    assert not [b for b in open_vintages().app.button if b.key == "withdraw"]
    assert store.latest_vintage() == 1


def commit_research(store: Store) -> None:
    """Commit an indicator with figures of the nation, and then a target of it."""
    usual = store.catalogue(1)["gdp"]
    research = replace(usual, id="research", name=Names("研发投入", "Research"), order=99)
    quarters = [Quarter(year, k) for year in range(2018, 2026) for k in (1, 2, 3, 4)]
    growth = {str(quarter): 5 + quarter.quarter / 10 for quarter in quarters}
    figures = make_figures(growth, indicator="research", area="CN")
    figures = [replace(figure, basis=usual.basis) for figure in figures]
    target = replace(store.targets(1, "CN")[0], indicator="research")
    store.commit(
        Commit(VintageKind.UPLOAD, "王工", indicators=(research,), observations=tuple(figures))
    )
    store.commit(Commit(VintageKind.EDIT, "王工", targets=(target,)))


def test_a_vintage_that_others_stand_on_stays_and_the_page_says_so(store: Store) -> None:
    commit_research(store)
    app = open_vintages(to="2").app
    app.text_input(key="withdraw_author").set_value("李工")

    page = Screen(app.button(key="withdraw").click().run())

    assert "research" in page.app.error[0].value
    assert "全部版本" in page.text
    assert store.latest_vintage() == 3


@pytest.mark.parametrize("ends", [("1", "3"), ("3", "1"), ("3", "5")])
def test_vintages_with_an_indicator_that_was_withdrawn_since_are_compared_by_its_name(
    store: Store, ends: tuple[str, str]
) -> None:
    commit_research(store)
    store.withdraw(3, "李工")
    store.withdraw(2, "李工")

    page = open_vintages(**dict(zip(("from", "to"), ends, strict=True)))

    assert "研发投入" in page.text


def test_documents_are_shown_as_they_were_typed(store: Store) -> None:
    basis = store.catalogue(1)["gdp"].basis
    document = "国统字*甲*〔2026〕[号](http://x.test)"
    change = DefinitionChange("CN", "gdp", basis, Quarter(2024, 1), document)
    store.commit(Commit(VintageKind.EDIT, "王工", changes=(change,)))

    page = open_vintages()

    assert literal(document) in page.text
    assert document not in page.text  # there it would be Markdown


def test_the_name_of_a_file_is_shown_as_it_was(store: Store) -> None:
    files = {"三季度_*初稿*.csv": b"1,2"}
    store.commit(
        Commit(VintageKind.UPLOAD, "王工", targets=store.targets(1, "CN")[:1], files=files)
    )

    page = open_vintages()

    (label,) = [button.proto.label for button in page.app.get("download_button")]
    assert r"三季度\_\*初稿\*.csv" in label


@pytest.mark.parametrize("name", ["表.csv", "seeds/表.csv", r"C:\报表\表.csv", "../../表.csv"])
def test_a_download_has_the_name_of_the_file_alone(name: str) -> None:
    assert tables.without_folders(name) == "表.csv"
