"""``python -m data targets``: targets are listed, set and removed, each as one vintage."""

from __future__ import annotations

import pytest

from data.store.store import Store
from tests.data.commands.conftest import Said, Told


def test_targets_are_set_changed_and_removed_once_each(store: Store, run: Said, told: Told) -> None:
    url = store.database_url
    command = ("targets", "set", "zone", "tax", 2026, "--threshold", 8, "--document", "计划")

    code, first = told(url, *command, "--author", "王工", "--note", "年初")
    again, second = told(url, *command)
    about = told(url, *command, "--comparator", "about", "--tolerance", 0.5, "--not-counted")

    assert (code, first["vintage"], again, second["targets"]) == (0, 2, 4, [])
    assert (first["targets"][0]["comparator"], first["targets"][0]["counts"]) == (">", True)
    assert (about[0], about[1]["vintage"], about[1]["targets"][0]["tolerance"]) == (0, 3, 0.5)
    assert "tax\t2026\t~8±0.5%\t\t计划" in run(url, "targets", "list", "zone")[1].splitlines()
    record = store.vintages()[1]
    assert (record.author, record.note) == ("王工", "年初")

    gone = ("targets", "remove", "zone", "tax", 2026)
    assert run(url, *gone)[:2] == (0, "tax of 2026 is removed\nwritten as data vintage 4\n")
    assert run(url, *gone)[0] == 4
    code, _, err = run(url, "targets", "remove", "zone", "taxes", 2026)
    assert (code, "taxes" in err) == (2, True)
    assert len(store.targets(4, "zone")) == len(store.targets(1, "zone"))


def test_a_target_that_is_none_is_refused(store: Store, run: Said) -> None:
    wrong = ("targets", "set", "zone", "tax", 2026, "--document", "计划", "--threshold")

    code, _, err = run(store.database_url, *wrong, 5000)
    assert (code, "threshold" in err) == (2, True)
    code, _, err = run(store.database_url, *wrong, 7, "--comparator", "about")
    assert (code, "tolerance" in err) == (2, True)
    assert run(store.database_url, "targets", "set", "zone", "gold", *wrong[4:], 7)[0] == 2
    for year in (-5, 20260):
        with pytest.raises(SystemExit):
            run(store.database_url, "targets", "set", "zone", "tax", year, *wrong[5:], 7)
    assert store.latest_vintage() == 1
