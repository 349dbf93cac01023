"""``python -m data league``: the areas in their places, as the page has them."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from data.settings import ROOT
from data.store.store import Store
from forecasting.figures.indicator import AreaKind, Names
from forecasting.figures.period import Quarter
from forecasting.fleet.results import FleetBacktest
from tests.data.commands.conftest import Said, Told
from tests.data.drafts import fleet_run
from tests.data.store.test_league import keep, result


@pytest.fixture
def kind() -> str:
    """Use SQLite alone: both databases are held to what the store says of the league."""
    return "sqlite"


def test_areas_are_listed_in_their_places(store: Store, run: Said, told: Told) -> None:
    keep(store, 1, result("a", 0.25), result("b", 0.5))
    keep(
        store, 2, result("a", 0.75), result("b", 0.5, kind=AreaKind.CITY),
        result("x", 0.9, synthetic=True),
    )  # fmt: skip

    code, found = told(store.database_url, "league")
    assert (code, found["quarter"], found["areas"]) == (0, "2026Q2", 2)
    assert [
        (row["place"], row["area"], row["p_all"], row["place_before"], row["p_all_before"])
        for row in found["rows"]
    ] == [(1, "a", 0.75, 2, 0.25), (2, "b", 0.5, 1, 0.5)]
    assert found["lights"] == {"hopeful": 1, "pressed": 1}
    assert found["rows"][0]["verdicts"][0]["median"] == 7.2

    said = run(store.database_url, "league", "--kind", "city")
    assert said[:2] == (0, "1\tb\tcity\tshanxi\t0.5\tpressed\t\t\n")
    earlier = run(store.database_url, "league", "--quarter", "2026Q1", "--skip", 1, "--most", 1)
    assert earlier[:2] == (0, "2\ta\tzone\tshanxi\t0.25\thard\t\t\n")
    assert told(store.database_url, "league", "--synthetic")[1]["rows"][0]["area"] == "x"
    assert run(store.database_url, "league", "--province", "none")[:2] == (
        0, "no area has a place\n",
    )  # fmt: skip


def test_what_was_judged_of_an_area_is_shown_with_its_scores(
    store: Store, run: Said, told: Told
) -> None:
    document = (ROOT / "seeds" / "sample_issue.json").read_bytes()
    digest = sha256(document).hexdigest()
    run_of_origins = fleet_run(quarter=Quarter(2026, 2), origins=8)
    scores = FleetBacktest(94, 0.0833, 0.0841, 0.139)
    judged = result("a", 0.25, document=document, sha256=digest, backtest=scores)
    store.fleet.keep(run_of_origins, [judged, result("b", 0.5, document=document, sha256=digest)])

    code, found = told(store.database_url, "league", "--area", "a")
    assert (code, found["document"], found["sha256"]) == (0, json.loads(document), digest)
    assert found["backtest"] == {
        "cases": 94, "brier": 0.0833, "brier_persistence": 0.0841, "brier_frequency": 0.139,
    }  # fmt: skip
    said = run(store.database_url, "league", "--area", "a")[1]
    assert "94 verdicts of earlier years: Brier score 0.083, of the simple forecast 0.084" in said
    assert told(store.database_url, "league", "--area", "b")[1]["backtest"] is None
    code, _, err = run(store.database_url, "league", "--area", "c")
    assert (code, "no fleet result of c for 2026 as of 2026Q2" in err) == (2, True)


def test_areas_are_listed_in_the_order_that_is_asked_for(
    store: Store, run: Said, told: Told
) -> None:
    keep(store, 1, result("a", 0.5), result("b", 0.25))
    keep(
        store, 2, result("a", 0.75, name=Names("浙江", "Anhui")),
        result("b", 0.625, name=Names("安徽", "Zhejiang")), result("c", 0.875),
    )  # fmt: skip

    def listed(*order: str) -> str:
        lines = run(store.database_url, "league", *order)[1].splitlines()
        return " ".join("".join(line.split("\t")[:2]) for line in lines)

    assert listed() == listed("--order", "chance") == "1c 2a 3b"
    assert listed("--order", "rise") == "3b 2a 1c"
    assert listed("--order", "fall") == "2a 3b 1c"
    assert listed("--order", "name") == "1c 3b 2a"
    assert listed("--order", "name_en") == "2a 1c 3b"
    assert listed("--order", "rise", "--skip", "1", "--most", "1") == "2a"
    assert told(store.database_url, "league", "--order", "fall")[1]["order"] == "fall"
    assert told(store.database_url, "league")[1]["order"] == "chance"
    with pytest.raises(SystemExit):
        run(store.database_url, "league", "--order", "size")


@pytest.mark.parametrize(
    ("kept", "asked", "said"),
    [
        ((), (), "no areas were judged yet: python -m data fleet judges them"),
        (("invented",), (), "no real areas were judged yet, only invented ones, which are listed "
         "with --synthetic"),
        (("real",), ("--synthetic",), "no invented areas were judged yet, only real ones, which "
         "are listed without --synthetic"),
        (("real", "invented"), ("--year", 2030), "no real areas were judged for that year and "
         "quarter, only for 2026 as of 2026Q2"),
    ],
)  # fmt: skip
def test_where_no_areas_are_listed_it_is_said_which_could_be(
    store: Store, run: Said, kept: tuple[str, ...], asked: tuple[object, ...], said: str
) -> None:
    for kind in kept:
        keep(store, 2, result(kind, 0.5, synthetic=kind == "invented"))

    assert run(store.database_url, "league", *asked) == (2, "", f"python -m data: {said}\n")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--order", "best", "'best' (choose from"),
        ("--kind", "town", "'town' (choose from"),
        ("--quarter", "Q2", "'Q2' is not a quarter such as 2026Q1"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(
    store: Store, capsys: pytest.CaptureFixture[str], run: Said, option: str, value: str, said: str
) -> None:
    with pytest.raises(SystemExit):
        run(store.database_url, "league", option, value)

    assert said in capsys.readouterr().err
