"""Each mechanism has one home, and pages stay thin."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder in ("forecasting", "data", "ui")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "versions" not in path.parts
] + [ROOT / "app.py", ROOT / "serve.py"]
PAGES = sorted((ROOT / "ui").rglob("page.py"))
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff]")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def attributes(path: Path, of: str) -> set[str]:
    """Return the attributes that a module takes from a module it calls ``of``."""
    return {attribute for module, attribute in taken(path) if module == of}


@cache
def taken(path: Path) -> set[tuple[str, str]]:
    return {
        (node.value.id, node.attr)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def strings(path: Path) -> Iterator[str]:
    """Return the texts of a module that are not docstrings."""
    module = tree(path)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from [] if id(node) in docstrings else [node.value]


@pytest.mark.parametrize(
    ("module", "mechanism", "home"),
    [
        ("st", "session_state", {"ui/frame/address.py", "ui/frame/session.py"}),
        ("st", "query_params", {"ui/frame/address.py"}),
        ("st", "context", {"ui/frame/address.py", "ui/frame/logs.py"}),
        ("st", "cache_data", {"ui/frame/cache.py"}),
        (
            "st",
            "cache_resource",
            {
                "ui/frame/cache.py",
                "ui/targets/state.py",
                "ui/scenario/evaluation.py",
                "ui/workbook/state.py",
                "ui/news/state.py",
                "ui/plan/criteria/state.py",
            },
        ),
        ("st", "error", {"ui/frame/errors.py"}),
        ("os", "environ", {"ui/frame/environment.py", "data/commands/command.py"}),
    ],
)
def test_each_mechanism_has_one_home(module: str, mechanism: str, home: set[str]) -> None:
    users = {name_of(path) for path in SOURCES if mechanism in attributes(path, module)}

    assert users <= home


def test_pages_and_views_read_the_time_from_the_clock_alone() -> None:
    readers = {
        name_of(path)
        for path in SOURCES
        if name_of(path).startswith(("ui/", "data/views.py", "data/plan/", "data/issues/"))
        and {"now", "today", "utcnow"} & (attributes(path, "datetime") | attributes(path, "date"))
    }

    assert readers == set()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_is_thin_and_holds_no_words(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < 80
    assert not [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]
    assert [text for text in strings(path) if CJK.search(text) or " " in text] == []


def test_words_for_readers_are_only_in_the_catalogues() -> None:
    spoken = {
        name_of(path): found
        for path in SOURCES
        # Names of fonts and the foot of the templates for Word, which this module writes.
        if name_of(path)
        not in ("ui/report/render/brief_templates.py", "ui/report/render/brief_typography.py")
        if name_of(path).startswith(("ui/", "app.py", "serve.py"))
        and (found := [text for text in strings(path) if CJK.search(text)])
    }

    assert spoken == {}
