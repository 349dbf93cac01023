"""What is exported comes back as it was, in either language and either form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings

from data.projects.read import read_projects
from data.projects.write import export_projects, export_projects_csv
from data.workbook.open.opening import open_book
from forecasting.scenario.projects import Project
from tests.data.projects.drawn import TABLES

Export = Callable[[Sequence[Project], str], bytes]
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
FORMS = pytest.mark.parametrize(
    ("export", "examples"), [(export_projects, 25), (export_projects_csv, 80)], ids=["xlsx", "csv"]
)


@LANGUAGES
@FORMS
def test_every_project_comes_back_the_same(export: Export, examples: int, language: str) -> None:
    @given(projects=TABLES)
    @settings(max_examples=examples, deadline=None)
    def comes_back(projects: list[Project]) -> None:
        back = read_projects(open_book("台账", export(projects, language)))

        assert back.projects == tuple(projects)
        assert back.problems == ()

    comes_back()
