"""Who may write what: every write of a store, for every role, and for who has none any more."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from data.store.alert_deliveries import Delivery, DeliveryOutcome, FoundAlert
from data.store.audit import Action
from data.store.errors import (
    LastAdministrator,
    PersonNameTaken,
    PersonUnnamed,
    RoleNeeded,
    UnknownPerson,
)
from data.store.evidence import EvidenceFile
from data.store.people import KEPT
from data.store.permissions import NEEDED, Permission, Role
from data.store.seed import ensure_seeded
from data.store.store import Store
from data.store.tokens import new_token
from forecasting.alerts.rules import AreaState, TestAlert
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import write_scenario
from tests.data.drafts import fleet_result, fleet_run, growth, upload
from tests.data.seeds import write_seeds

StoreFilledBy = Callable[[Callable[[Store], object]], Store]
NOW = datetime(2026, 10, 25, tzinfo=UTC)
EVIDENCE = EvidenceFile("批复.txt", b"a")
DOCUMENT = write_scenario(Scenario(name="a"))
REMOVED, VISITOR = "removed", ""


def staff(store: Store) -> None:
    """Fill a store with one person of each role, one without any more, and one thing of each."""
    with TemporaryDirectory() as folder:
        ensure_seeded(store, write_seeds(Path(folder)))
    store.people.put("chief", "局长", Role.ADMINISTRATOR, NOW)
    for role in Role:
        store.people.put(role, f"name of {role}", role, NOW)
    store.people.put(REMOVED, "name of removed", Role.ANALYST, NOW)
    store.people.remove(REMOVED, NOW)
    store.commit(upload(growth(7.0)))
    store.scenarios.save("zone", 2026, "a", DOCUMENT, 1)
    store.scenarios.save("zone", 2026, "b", DOCUMENT, 1)
    store.scenarios.remove(2, 1)
    store.plans.save("zone", "comparison", "[]")
    store.plans.save("zone", "claim/a", "{}")
    issue(store)
    store.shares.create(1, label="a", now=NOW)


def issue(store: Store) -> int:
    issued = store.issues.issue(
        "zone", 2026, b"{}", 1, issued_at=NOW, unpublished=False, p_all=None, answers={},
        author="typed",
    )  # fmt: skip
    return issued.number


DELIVERY = Delivery(
    FoundAlert(1, NOW, "", 1, TestAlert()), "hook", 1, NOW, NOW, None, DeliveryOutcome.SENDING
)

WRITES: dict[str, tuple[Permission, Callable[[Store], object]]] = {
    "Store.commit": (Permission.COMMIT, lambda store: store.commit(upload(growth(8.0)))),
    "Store.withdraw": (Permission.COMMIT, lambda store: store.withdraw(2, "typed")),
    "Store.committed": (Permission.READ, lambda store: store.committed("none")),
    "Store.await_writers": (Permission.READ, lambda store: store.await_writers()),
    "Scenarios.save": (
        Permission.SAVE_SCENARIOS,
        lambda store: store.scenarios.save("zone", 2026, "c", DOCUMENT, 1, author="typed"),
    ),
    "Scenarios.remove": (
        Permission.SAVE_SCENARIOS,
        lambda store: store.scenarios.remove(1, 1, "typed"),
    ),
    "Scenarios.restore": (
        Permission.SAVE_SCENARIOS,
        lambda store: store.scenarios.restore(2, "typed"),
    ),
    "Scenarios.duplicate": (
        Permission.SAVE_SCENARIOS,
        lambda store: store.scenarios.duplicate(1, "d", "typed"),
    ),
    "Scenarios.keep": (Permission.READ, lambda store: store.scenarios.keep(DOCUMENT)),
    "Scenarios.open_kept": (Permission.READ, lambda store: open_kept(store)),
    "Plans.save": (
        Permission.EDIT_PLAN,
        lambda store: store.plans.save(
            "zone", "comparison", "{}", based_on=1, author="typed", files=[EVIDENCE]
        ),
    ),
    "Plans.remove": (
        Permission.EDIT_PLAN,
        lambda store: store.plans.remove("zone", "claim/a", 1, "typed"),
    ),
    "Forecasts._write": (Permission.READ, lambda store: store.forecasts.keep("a b", [], NOW)),
    "Issues.issue": (Permission.ISSUE, issue),
    "Fleet.keep": (
        Permission.ISSUE,
        lambda store: store.fleet.keep(fleet_run(), [fleet_result()], "typed"),
    ),
    "Shares.create": (
        Permission.ISSUE,
        lambda store: store.shares.create(1, label="b", now=NOW, author="typed"),
    ),
    "Shares.create_once": (
        Permission.ISSUE,
        lambda store: store.shares.create_once(1, new_token(), label="c", now=NOW, author="typed"),
    ),
    "Shares.revoke": (Permission.ISSUE, lambda store: store.shares.revoke(1, NOW, "typed")),
    "Shares.delete": (Permission.ISSUE, lambda store: store.shares.delete(1, NOW, "typed")),
    "People.put": (
        Permission.ADMINISTER,
        lambda store: store.people.put("new", "new", Role.READER, NOW, "typed"),
    ),
    "People.remove": (
        Permission.ADMINISTER,
        lambda store: store.people.remove("planner", NOW, "typed"),
    ),
    "People.sign_out": (Permission.READ, lambda store: store.people.sign_out("li", NOW, NOW)),
    "Alerts.choose_line": (
        Permission.ADMINISTER,
        lambda store: store.alerts.choose_line("zone", 0.6, NOW, "typed"),
    ),
    "Alerts.note": (
        Permission.ADMINISTER,
        lambda store: store.alerts.note("zone", 1, AreaState(year=2026), None, (), (), NOW),
    ),
    "Alerts.add": (
        Permission.ADMINISTER,
        lambda store: store.alerts.add(TestAlert(), ["hook"], NOW),
    ),
    "Alerts.begin": (Permission.ADMINISTER, lambda store: store.alerts.begin(["hook"], NOW)),
    "Alerts.end": (
        Permission.ADMINISTER,
        lambda store: store.alerts.end(DELIVERY, DeliveryOutcome.SENT, "", NOW),
    ),
    "Alerts.log": (Permission.ADMINISTER, lambda store: store.alerts.log(1)),
    "Audit.entries": (Permission.ADMINISTER, lambda store: store.audit.entries()),
}
"""Every write of a store by its method, the permission it needs, and an example of it."""

READ_ALONE = {"Alerts.log", "Audit.entries"}
"""What only reads, and is not for everybody who reads."""
NOT_ENTERED = {*READ_ALONE, "Alerts.note", "Alerts.add", "Alerts.begin", "Alerts.end"}
"""What needs a role and has no entry in the audit log: alerts have a log of their own."""
OF_NOBODY = {"Store.prepare", "Store.update", "Shares.open", "Shares.count"}
"""The store is made and brought up to date by the program itself; links are open by design."""


def open_kept(store: Store) -> object:
    """Open a document that was kept, so that this is written down."""
    with_it = Store.open(store.database_url)
    token = with_it.scenarios.keep(DOCUMENT)
    with_it.close()
    return store.scenarios.open_kept(token)


def writes(store: Store) -> set[str]:
    """Return every method of a store and its parts that opens a writing transaction."""
    parts = [Store] + [
        type(getattr(store, name)) for name, of in vars(Store).items() if isinstance(of, property)
    ]
    return {
        f"{part.__name__}.{name}"
        for part in parts
        for name, method in vars(part).items()
        if inspect.isfunction(method) and "writing(" in inspect.getsource(method)
    }


def test_every_write_is_in_the_matrix(store: Store) -> None:
    assert writes(store) == set(WRITES) - READ_ALONE | OF_NOBODY


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("write", WRITES)
def test_a_write_is_for_who_has_the_role(store_filled_by: StoreFilledBy, write: str) -> None:
    store = store_filled_by(staff)
    permission, do = WRITES[write]
    least = NEEDED[permission]
    before = store.audit.entries()

    for account in [
        VISITOR,
        "unknown",
        REMOVED,
        *(role for role in Role if not role.covers(least)),
    ]:
        with pytest.raises(RoleNeeded) as refused:
            do(store.acting_as(account))
        assert refused.value.values == {"role": least}
    assert store.audit.entries() == before
    assert not store.plans.files("zone")

    do(store.acting_as(least))
    written = store.audit.entries()[len(before) :]
    told = permission is not Permission.READ and write not in NOT_ENTERED
    assert {entry.author for entry in written} == ({f"name of {least}"} if told else set())


def test_what_is_written_has_the_author_who_signed_in(store: Store) -> None:
    store.people.put("li@office", "李工", Role.ADMINISTRATOR, NOW)
    signed_in = store.acting_as("li@office")

    vintage = signed_in.commit(upload(growth(7.0), author="王工"))
    saved = signed_in.scenarios.save("zone", 2026, "a", DOCUMENT, 1, author="王工")
    share, _ = signed_in.shares.create(issue(signed_in), label="a", now=NOW, author="王工")

    assert store.vintages()[vintage - 1].author == saved.author == share.author == "李工"
    assert store.issues.find(1).author == "李工"


def test_a_person_is_kept_by_version_and_can_come_back(store: Store) -> None:
    people = store.people
    people.put("chief", "", Role.ADMINISTRATOR, NOW)
    people.put(" li@office ", " 李  工 ", Role.READER, NOW, "chief")
    people.put("li@office", "李 工", Role.READER, NOW, "chief")
    changed = people.put("li@office", "李 工", Role.ANALYST, NOW, "chief")

    assert (changed.account, changed.name, changed.version) == ("li@office", "李 工", 2)
    assert people.find("li@office") == changed
    assert [who.account for who in people.listed()] == ["chief", "li@office"]

    people.remove("li@office", NOW, "chief")
    assert people.find("li@office") is None
    assert [who.account for who in people.listed()] == ["chief"]
    with pytest.raises(UnknownPerson):
        people.remove("li@office", NOW)

    assert people.put("li@office", "李 工", Role.READER, NOW).version == 4
    entered = [entry for entry in store.audit.entries() if entry.action is Action.ROLE]
    assert [entry.details["role"] for entry in entered] == [
        "administrator", "reader", "analyst", None, "reader",
    ]  # fmt: skip
    assert entered[1].subject == "person li@office"
    assert entered[1].author == "chief"


def test_a_name_is_of_one_account_for_ever(store: Store) -> None:
    people = store.people
    people.put("chief", "局长", Role.ADMINISTRATOR, NOW)
    people.put("li", "Li (1)", Role.READER, NOW)
    people.remove("li", NOW)

    for name in ("LI （1）", "CHIEF", "局长"):
        with pytest.raises(PersonNameTaken):
            people.put("wang", name, Role.READER, NOW)
    with pytest.raises(PersonUnnamed):
        people.put("  ", "王工", Role.READER, NOW)


def test_signing_out_ends_one_sign_in_and_is_kept_as_long_as_a_cookie(store: Store) -> None:
    people, later = store.people, NOW + timedelta(hours=1)
    people.put("li", "", Role.ADMINISTRATOR, NOW)
    people.put("wang", "", Role.READER, NOW)

    for _ in range(2):
        people.sign_out("li", NOW, later)

    assert people.find("li", NOW) is None
    assert people.has_signed_out("li", NOW)
    for account, since in (("li", later), ("li", None), ("wang", NOW)):
        assert people.find(account, since) is not None, (account, since)
    with pytest.raises(RoleNeeded):
        store.acting_as("li", NOW).people.remove("wang", later)
    store.acting_as("li", later).people.remove("wang", later)

    people.sign_out("li", later, NOW + KEPT)
    assert people.has_signed_out("li", NOW)
    people.sign_out("li", later, NOW + KEPT + timedelta(seconds=1))
    assert not people.has_signed_out("li", NOW)


def test_the_last_administrator_stays(store: Store) -> None:
    people = store.people
    people.put("chief", "", Role.ADMINISTRATOR, NOW)

    for end in (
        lambda: people.remove("chief", NOW),
        lambda: people.put("chief", "", Role.ANALYST, NOW),
    ):
        with pytest.raises(LastAdministrator):
            end()

    people.put("deputy", "", Role.ADMINISTRATOR, NOW)
    people.put("chief", "", Role.ANALYST, NOW)
    assert [who.account for who in people.listed()] == ["deputy", "chief"]
