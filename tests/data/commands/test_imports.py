"""A command imports its own module alone, so that few wait for models."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import data.commands
from data.__main__ import _COMMANDS
from data.settings import ROOT


def test_every_module_adds_the_commands_that_are_listed_of_it() -> None:
    modules = {path.stem for path in Path(data.commands.__path__[0]).glob("[a-z]*.py")}
    assert modules - {"command"} == set(_COMMANDS)

    for subject, names in _COMMANDS.items():
        added = argparse.ArgumentParser().add_subparsers()
        import_module(f"data.commands.{subject}").add_to(added)
        assert tuple(added.choices) == names


def test_a_command_about_people_imports_no_model() -> None:
    script = """
import sys
from data.__main__ import main
try: main(["people", "list", "--help"])
except SystemExit: print([one for one in ("statsmodels", "scipy", "pandas") if one in sys.modules])
"""
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert said.stdout.splitlines()[-1] == "[]"
