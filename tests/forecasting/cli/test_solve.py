import json
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from forecasting import __main__ as command
from forecasting.__main__ import main
from forecasting.figures.period import Quarter

SAMPLE = Path(__file__).resolve().parents[3] / "seeds" / "observations" / "sample_zone.csv"
ASK = [str(SAMPLE), "--area", "SAMPLE", "--year", "2026"]
PROJECT = """\
[levels]
industrial_value_added = 70
[[project]]
id = "plant"
started = "2026Q4"
counted = "2026Q4"
completion = { 2026 = 6 }
output = 60
delay = [0.4, 0.6]
certain = true
"""


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str) -> str:
        path = tmp_path / "scenario.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_the_setting_fed_back_gives_the_probability_that_is_printed(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(printed(["solve", *ASK, "--want", "0.3", "--json"], capsys))
    again = ["scenario", *ASK, "--scenario", written(found["setting"]["scenario"]), "--json"]
    document = json.loads(printed(again, capsys))

    assert found["reachable"]
    assert found["probability"] == document["p_all"] >= 0.3 > found["p_all_before"]
    assert found["error"] == document["p_all_error"]
    assert found["weakest"]["indicator"] == document["weakest"]
    assert {one["kind"] for one in found["setting"]["levers"]} <= {
        one["kind"] for one in found["allowed"]
    }
    assert found["effort"] == pytest.approx(
        sum(one["effort"] for one in found["setting"]["levers"])
    )
    assert (found["best"], found["why"]) == (None, None)
    assert {one["kind"] for one in found["left_out"]} >= {"foreign_capital", "land_supply"}


@pytest.fixture
def without_levels(tmp_path: Path):
    """Write the figures of the sample zone without the levels of some indicators."""

    def write(*indicators: str) -> list[str]:
        lines = SAMPLE.read_text("utf-8").splitlines(keepends=True)
        kept = (line for line in lines if not line.startswith(tuple(
            f"SAMPLE,{indicator},level_" for indicator in indicators
        )))  # fmt: skip
        (tmp_path / "figures.csv").write_text("".join(kept), "utf-8")
        return [str(tmp_path / "figures.csv"), *ASK[1:]]

    return write


def test_a_lever_without_the_level_of_an_indicator_is_turned_for_the_rest(
    without_levels, written, capsys: pytest.CaptureFixture[str]
) -> None:
    technical = "technical_transformation_investment"
    ask = without_levels(technical)
    found = json.loads(printed(["solve", *ask, "--want", "0.3", "--json"], capsys))

    assert "technical_transformation" in {one["kind"] for one in found["setting"]["levers"]}
    assert "technical_transformation" not in {one["kind"] for one in found["left_out"]}
    assert found["unmeasured"] == [technical]
    said = f"not counted, as last year's level is missing: amounts on {technical}\n"
    assert printed(["solve", *ask, "--want", "0.3"], capsys).endswith(said)
    again = ["scenario", *ask, "--scenario", written(found["setting"]["scenario"])]
    document = json.loads(printed([*again, "--json"], capsys))
    assert document["p_all"] == found["probability"]
    assert document["scenario"]["unmeasured"] == [technical]
    assert printed(again, capsys).endswith(said)


def test_an_amount_that_moves_nothing_without_a_level_is_refused_as_under_a_scenario(
    without_levels, written, capsys: pytest.CaptureFixture[str]
) -> None:
    amount = written('[[amount]]\nindicator = "technical_transformation_investment"\nvalue = 1\n')
    ask = [*without_levels("technical_transformation_investment"), "--scenario", amount]

    assert main(["solve", *ask, "--want", "0.3"]) == main(["scenario", *ask]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == lines[1]
    assert "no level of 2025 is known of technical_transformation_investment" in lines[0]


def test_a_lever_without_any_level_is_left_out_with_what_it_lacks(
    without_levels, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = without_levels("technical_transformation_investment", "fixed_asset_investment")
    found = json.loads(printed(["solve", *ask, "--want", "0.3", "--json"], capsys))

    (lacking,) = (one for one in found["left_out"] if one["kind"] == "signed_investment")
    assert lacking["missing"][0].startswith("no level of 2025 is known of fixed_asset_investment")
    assert "signed_investment" not in {one["kind"] for one in found["allowed"]}
    code = main(["solve", *ask, "--want", "0.3", "--allow", "signed_investment"])
    assert code == 2
    assert "no level of 2025 is known of fixed_asset_investment" in capsys.readouterr().err


def test_what_cannot_be_reached_is_told_with_the_best_and_why(
    capsys: pytest.CaptureFixture[str],
) -> None:
    kinds = ("signed_investment", "new_starts", "technical_transformation", "tax")
    ask = ["solve", *ASK, "--want", "0.8", *(f"--allow={kind}" for kind in kinds)]
    found = json.loads(printed([*ask, "--json"], capsys))

    assert not found["reachable"]
    assert found["probability"] <= found["best"] <= found["probability"] + 0.001
    assert found["best"] <= found["limits"]["ceiling"] < 0.8
    held_back_by = found["why"]["indicator"]
    assert found["why"]["moved"] == (held_back_by not in found["limits"]["unmoved"])
    assert found["why"]["probability"] >= found["best"]
    lines = printed(ask, capsys)
    assert f"cannot be reached: best is {found['best']:.3f}, because {held_back_by} " in lines
    assert f"nothing allowed moves {found['limits']['unmoved'][0]}, " in lines


def test_taxes_are_nothing_that_is_turned_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(["solve", *ASK, "--want", "0.8", "--json"], capsys))

    assert "tax" not in {one["kind"] for one in found["allowed"]}
    assert (found["why"]["indicator"], found["why"]["moved"]) == ("tax_revenue", False)


def test_the_lines_say_what_to_do_and_what_else(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(["solve", *ASK, "--want", "0.3"], capsys)

    assert "wanted: 0.300" in lines
    assert "lever new_starts " in lines
    assert "instead, without lever " in lines
    assert "left out: the lever land_supply needs the assumption intensity" in lines


def test_dates_of_projects_are_part_of_the_answer(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["solve", *ASK, "--want", "0.25", "--scenario", written(PROJECT), "--allow", "dates"]
    ask += ["--from", "2026Q3"]
    found = json.loads(printed([*ask, "--json"], capsys))
    (project,) = found["setting"]["projects"]

    assert found["setting"]["levers"] == []
    assert (project["kind"], project["quarters_earlier"]) == ("plant", 1)
    assert project["dates"] == {"started": "2026Q3", "counted": "2026Q3"}
    assert found["binding"] == [{"entry": "project", "kind": "plant", "name": ""}]
    assert "1 quarters earlier, as far as it goes" in printed(ask, capsys)


def test_only_what_is_allowed_is_turned(capsys: pytest.CaptureFixture[str]) -> None:
    ask = ["solve", *ASK, "--want", "0.2", "--allow", "new_starts", "--allow", "tax", "--json"]
    found = json.loads(printed(ask, capsys))

    assert [one["kind"] for one in found["allowed"]] == ["new_starts", "tax"]
    assert found["left_out"] == []


def test_the_seed_is_part_of_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    one, other, again = (
        printed(["solve", *ASK, "--want", "0.2", "--json", "--seed", seed], capsys)
        for seed in ("3", "4", "3")
    )

    assert one == again != other
    assert json.loads(one)["seed"] == 3


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        (["--want", "1.2"], "'1.2' is not a probability between 0 and 1"),
        (["--want", "much"], "'much' is not a probability"),
        ([], "--want"),
        (["--want", "0.5", "--allow", "pin"], "invalid choice: 'pin'"),
        (["--want", "0.5", "--allow", "stoppage"], "needs the assumption weight"),
        (["--want", "0.5", "--scenario", "nowhere.toml"], "cannot read nowhere.toml"),
    ],
)
def test_bad_input_is_told_in_one_line(
    extra: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["solve", *ASK, *extra])
    except SystemExit as left:
        code = left.code

    assert code == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("hour", "quarter"), [(15, Quarter(2026, 3)), (16, Quarter(2026, 4)), (23, Quarter(2026, 4))]
)
def test_the_quarter_that_it_is_is_that_of_the_zone(
    monkeypatch: pytest.MonkeyPatch, hour: int, quarter: Quarter
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 9, 30, hour, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(command, "datetime", Clock)

    assert command._this_quarter() == quarter
