"""The three big things are those of the plan, and the sample zone's are marked as invented."""

from __future__ import annotations

from data.plan import documents
from data.plan.big_things import big_things, read_claim, stored_claims
from data.settings import ROOT
from data.store.seed import read_seeds
from data.store.store import Store
from forecasting.plan.claims import MOST_QUANTITIES, Aim

SEEDS = ROOT / "seeds"


def test_the_three_are_named_as_the_plan_names_them() -> None:
    catalogue = read_seeds(SEEDS).catalogue

    assert [one.id for one in big_things()] == [
        "intelligent_manufacturing", "medicine_and_health", "logistics",
    ]  # fmt: skip
    assert all(id in catalogue for one in big_things() for id in one.indicators)
    assert {len(one.indicators) for one in big_things()} == {3}  # of three to five


def test_before_anything_is_filled_in_a_claim_has_its_indicators_alone(store: Store) -> None:
    claims = stored_claims(store.plans, "zone")

    assert [one.version for one in claims] == [0, 0, 0]
    for one in claims:
        assert one.claim.claim == one.claim.judge == one.claim.standard == ""
        assert all(quantity.wanted is None for quantity in one.claim.quantities)


def test_a_claim_is_read_as_it_was_written(store: Store) -> None:
    claim = read_claim((SEEDS / "sample_claims" / "logistics.toml").read_text("utf-8"))
    store.plans.save("zone", "claim/logistics", documents.written(claim))

    stored = stored_claims(store.plans, "zone")[2]

    assert (stored.claim, stored.version) == (claim, 1)
    assert stored.claim.quantities[0].aim is Aim.RANK


def test_claims_of_the_sample_zone_say_that_they_are_simulated() -> None:
    catalogue = read_seeds(SEEDS).catalogue
    files = sorted((SEEDS / "sample_claims").glob("*.toml"))

    assert {path.stem for path in files} == {one.id for one in big_things()}
    for path in files:
        claim = read_claim(path.read_text("utf-8"))
        texts = [claim.claim, claim.stands, claim.judge, claim.standard]
        assert all(text.startswith("模拟：") for text in texts if text)
        assert 3 <= len(claim.quantities) <= MOST_QUANTITIES
        assert all(one.indicator in catalogue for one in claim.quantities)
