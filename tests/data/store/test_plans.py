"""Parts of plans are kept by version, with their authors."""

from __future__ import annotations

import pytest

from data.store.errors import PlanChanged, PlanTooLong
from data.store.plans import LONGEST
from data.store.store import Store


def test_each_version_stays_and_names_its_author(store: Store) -> None:
    plans = store.plans
    first = plans.save("zone", "comparison", "a", author="张三")
    again = plans.save("zone", "comparison", "a", based_on=1, author="李四")
    second = plans.save("zone", "comparison", "b", based_on=1, author="李四")

    assert (first.version, again, second.version) == (1, first, 2)
    told = [(one.document, one.author) for one in plans.versions("zone", "comparison")]
    assert told == [("b", "李四"), ("a", "张三")]
    assert plans.latest("zone", "comparison") == second
    assert plans.latest("another", "comparison") is None
    actions = [entry.subject for entry in store.audit.entries() if entry.action == "plan"]
    assert actions == ["plan zone comparison version 1", "plan zone comparison version 2"]


def test_what_others_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    store.plans.save("zone", "comparison", "a")

    with pytest.raises(PlanChanged):
        store.plans.save("zone", "comparison", "b")
    with pytest.raises(PlanChanged):
        store.plans.remove("zone", "comparison", 2)
    assert len(store.plans.versions("zone", "comparison")) == 1


def test_a_part_that_is_removed_leaves_the_list_and_can_come_back(store: Store) -> None:
    plans = store.plans
    plans.save("zone", "claim/a", "a")
    plans.save("zone", "claim/b", "b")
    plans.save("zone", "claims", "c")
    gone = plans.remove("zone", "claim/a", 1)

    assert [one.part for one in plans.listed("zone", "claim")] == ["claim/b"]
    assert plans.remove("zone", "claim/a", 2) == gone
    plans.save("zone", "claim/a", "a", based_on=2)
    assert [one.part for one in plans.listed("zone", "claim")] == ["claim/a", "claim/b"]


def test_a_document_has_its_limit(store: Store) -> None:
    with pytest.raises(PlanTooLong):
        store.plans.save("zone", "comparison", "a" * (LONGEST + 1))
