"""What the app is built from is pinned by digest and listed with its licences."""

from __future__ import annotations

import io
import re

from data.settings import ROOT
from tools.list_licences import main, pinned


def test_the_list_of_licences_is_that_of_what_is_pinned() -> None:
    made = io.StringIO()

    main(made)

    listed = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert listed == made.getvalue(), "run make lock"


def test_every_pinned_package_names_the_digests_of_its_files() -> None:
    for name in ("requirements.txt", "requirements-cluster.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=[\w.-]+==)", text)[1:]
        assert len(blocks) > 30
        assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert len(list(pinned())) > 60
