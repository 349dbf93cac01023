"""The scenarios that a fresh installation brings for the sample zone, opened in one click."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import ROOT
from tests.ui.pages import switch_page
from tests.ui.reading import Screen


def test_one_click_opens_a_sample_scenario_with_every_lever_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/outlook.sqlite3")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params |= {"area": "SAMPLE", "year": "2026", "lang": "zh"}
    switch_page(app, "assumptions")
    page = Screen(app.run())
    assert page.title != "12个抓手均可调整。"

    app.button(key="sample_1").click().run()

    assert Screen(app).title == "12个抓手均可调整。"
    assert "练习用的示例情景" not in Screen(app).text
