"""List the licences of all that is installed with the app: ``python -m tools.list_licences``.

Prints ``docs/licences.md``. Names and versions are those of ``requirements.txt``, licences what
each package says of itself where it is installed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import TextIO

from data.settings import ROOT

_PINNED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
_LONGEST = 60
"""Characters of a licence's name; what is longer is its text."""
_HEAD = """# Licences

Zone Outlook itself is under the licence in [LICENSE](../LICENSE). What is installed with it keeps
its own. This list is made by `make lock`.

Debian packages: Pango (LGPL-2.0-or-later) and HarfBuzz (MIT) lay out and draw files; the fonts are
those of fonts-noto-cjk (OFL-1.1), of which pages and files hold subsets.

| package | version | licence |
|---|---|---|
"""


def main(out: TextIO) -> None:
    """Write the whole page."""
    out.write(_HEAD)
    for name, version in pinned():
        out.write(f"| {name} | {version} | {licence_of(name)} |\n")


def pinned() -> Iterator[tuple[str, str]]:
    """Yield name and version of each package that the app runs with."""
    text = (Path(ROOT) / "requirements.txt").read_text(encoding="utf-8")
    yield from _PINNED.findall(text)


def licence_of(package: str) -> str:
    """Return what an installed package says of its licence."""
    try:
        said = metadata(package)
    except PackageNotFoundError:
        return "not installed on this system"
    named = said.get("License-Expression") or said.get("License") or ""
    if named and len(named) <= _LONGEST and "\n" not in named:
        return named
    kinds = (line.rpartition(" :: ") for line in said.get_all("Classifier", []))
    classes = [name for parents, _, name in kinds if parents.startswith("License")]
    return ", ".join(classes) or named.partition("\n")[0].strip() or "not stated"


if __name__ == "__main__":
    main(sys.stdout)
