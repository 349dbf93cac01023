"""The scenarios that a fresh installation brings for the sample zone, opened in one click."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.store.seed import ensure_ready
from data.store.store import Store
from tests.ui.conftest import ROOT
from tests.ui.pages import switch_page
from tests.ui.reading import Screen


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of assumptions on a fresh installation, with nothing open."""
    url = f"sqlite:///{tmp_path}/outlook.sqlite3"
    monkeypatch.setenv("DATABASE_URL", url)
    with closing(Store.open(url)) as store:
        ensure_ready(store, ROOT / "seeds")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params |= {"area": "SAMPLE", "year": "2026", "lang": "zh"}
    switch_page(app, "assumptions")
    return app.run()


def test_a_new_scenario_of_the_sample_zone_has_every_lever_ready(app: AppTest) -> None:
    page = Screen(app)

    assert page.title == "12个抓手均可调整。"
    assert "scenario" not in app.query_params
    assert "未保存" not in page.text


def test_one_click_opens_a_sample_scenario_and_a_new_one_has_the_numbers_again(
    app: AppTest,
) -> None:
    app.button(key="sample_1").click().run()
    assert "练习用的示例情景" not in Screen(app).text

    app.button(key="open_new").click().run()

    page = Screen(app)
    assert page.title == "12个抓手均可调整。"
    assert "练习用的示例情景" in page.text
