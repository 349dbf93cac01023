import json
import re
from pathlib import Path

import pytest

from forecasting.__main__ import main

SAMPLE = Path(__file__).resolve().parents[3] / "seeds" / "observations" / "sample_zone.csv"
ASK = [str(SAMPLE), "--area", "SAMPLE", "--year", "2026"]
SIGNED = """\
name = "signed"
[[lever]]
kind = "signed_investment"
value = 10
certain = true
[[lever]]
kind = "land_supply"
value = 100
assumptions = { intensity = 0.03 }
certain = true
"""


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str) -> list[str]:
        path = tmp_path / "scenario.toml"
        path.write_text(text, encoding="utf-8")
        return ["scenario", *ASK, "--scenario", str(path)]

    return write


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_an_empty_file_is_the_outlook_to_the_last_byte(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    for extra in ([], ["--json"], ["--json", "--seed", "3", "--as-of", "2026Q1"]):
        outlook = printed(["outlook", *ASK, *extra], capsys)

        assert printed([*written(""), *extra], capsys) == outlook


def test_a_scenario_says_what_each_lever_does(written, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed([*written(SIGNED), "--json"], capsys))
    told = document.pop("scenario")

    outlook = json.loads(printed(["outlook", *ASK, "--json"], capsys))
    assert document.keys() == outlook.keys()
    assert told["p_all_baseline"] == outlook["p_all"] < document["p_all"]
    signed, land = told["effects"]
    assert sum(signed["amounts"]) == pytest.approx(0.588)
    assert signed["points_of_year"] == pytest.approx(100 * 0.588 / signed["level"])
    assert [step["value"] for step in signed["steps"]] == [0.588, 0.1]
    assert land["later"] == pytest.approx(3.0)
    assert told["without_effect"] == [{"entry": "lever", "kind": "land_supply", "name": ""}]
    fixed = next(
        entry for entry in document["indicators"] if entry["indicator"] == signed["indicator"]
    )
    expected = told["baseline"][signed["indicator"]]["expected"]
    assert fixed["quantiles"]["q50"] == pytest.approx(expected + signed["points_of_year"])


def test_the_lines_for_a_terminal_say_what_each_lever_does(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(written(SIGNED + '[[lever]]\nkind = "new_starts"\nvalue = 25\n'), capsys)

    assert "without the scenario: 0.0" in text
    assert "lever signed_investment " in text
    assert "beyond its usual range" in text
    assert "no effect this year" in text


def test_seed_and_order_of_projects_settle_the_draws(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    projects = [
        f'[[project]]\nid = "{name}"\nstarted = "2026Q3"\ncompletion = {{ 2026 = 1.0 }}\n'
        "start_probability = 0.5\ndelay = [0.6, 0.4]\n"
        for name in "ab"
    ]
    ab, ba = (
        json.loads(printed([*written("".join(order)), "--json"], capsys))
        for order in (projects, projects[::-1])
    )

    assert ab["p_all"] == ba["p_all"]
    assert ab["indicators"] == ba["indicators"]


PINS = """\
schema = 1
[[pin]]
indicator = "gdp"
growth = 12.0
[[pin]]
indicator = "retail_sales"
growth = 4.0
quarter = "2026Q4"
cumulative = true
"""
RISKS = """\
schema = 1
[[risk]]
name = "督察问题"
line = "ecology"
probability = 0.5
deduction = 0.3
count = 4
[[risk]]
name = "事故"
line = "safety"
probability = 0.1
deduction = 1
"""
VIEW = """\
schema = 1
[levels]
fixed_asset_investment = 100.0
[[bottom_up]]
indicator = "fixed_asset_investment"
rest = { growth = 3.0, spread = 4.0 }
[[bottom_up.item]]
name = "某某公司"
base = [41.37]
growth = 31.0
spread = 9.0
[[bottom_up.item]]
name = "某某项目"
amount = 7.77
probability = 0.6
"""


def test_pins_are_told_with_how_plausible_they_are(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(printed([*written(PINS), "--json"], capsys))["scenario"]

    assert [(pin["quarter"], pin["cumulative"]) for pin in told["pins"]] == [
        (None, False),
        ("2026Q4", True),
    ]
    each = {one["indicator"]: one["growth"] for one in told["plausibility"]["each"]}
    assert each["gdp"]["deviations"] > 2
    assert each["gdp"]["probability"] < 0.05
    assert set(each) == {"gdp", "retail_sales"}
    assert 0 < told["plausibility"]["together"]["probability"] < each["gdp"]["probability"]
    text = printed(written(PINS), capsys)
    assert f"pin gdp {'':32} {each['gdp']['deviations']:+.1f} standard deviations" in text
    assert "pins together" in text


def test_risks_leave_the_outlook_as_it_is_and_are_told(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(printed([*written(RISKS), "--json"], capsys))
    told = document.pop("scenario")

    assert document == json.loads(printed(["outlook", *ASK, "--json"], capsys))
    assert [one["expected"] for one in told["risks"]["each"]] == pytest.approx([0.6, 0.1])
    assert told["risks"]["by_line"] == pytest.approx(
        {"ecology": 0.6, "safety": 0.1, "stability": 0.0}
    )
    assert told["risks"]["total"] == pytest.approx(0.7)
    assert "0.70 points of the assessment" in printed(written(RISKS), capsys)


def test_a_view_from_below_is_told_beside_the_models(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(printed([*written(VIEW), "--json"], capsys))
    (told,) = document.pop("scenario")["bottom_up"]

    outlook = json.loads(printed(["outlook", *ASK, "--json"], capsys))
    assert document == outlook
    assert told["listed"] is None  # it would be the share of the only firm there was
    assert told["below"]["quantiles"]["q50"] > told["model"]["quantiles"]["q50"]
    model = next(one for one in outlook["indicators"] if one["indicator"] == told["indicator"])
    assert told["model"] == {key: model[key] for key in ("probability", "quantiles")}


def test_a_view_with_a_weight_moves_the_outlook(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    weighted = VIEW.replace("rest =", "weight = 1.0\nrest =")
    document = json.loads(printed([*written(weighted), "--json"], capsys))
    (told,) = document["scenario"]["bottom_up"]
    moved = next(one for one in document["indicators"] if one["indicator"] == told["indicator"])

    assert told["below"] == {key: moved[key] for key in ("probability", "quantiles")}
    assert "bottom-up fixed_asset_investment, below" in printed(written(weighted), capsys)


def test_no_firm_is_named_or_counted_in_what_is_printed(
    written, capsys: pytest.CaptureFixture[str]
) -> None:
    weighted = VIEW.replace("rest =", "weight = 0.5\nrest =")
    for extra in ([], ["--json"]):
        text = printed([*written(weighted), *extra], capsys)
        assert "某某" not in text
        for figure in ("41.37", "0.4137", "7.77"):
            assert not re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", text)


def test_an_amount_without_last_years_level_is_refused(
    written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = SAMPLE.read_text("utf-8").splitlines(keepends=True)
    figures = tmp_path / "figures.csv"
    figures.write_text("".join(row for row in rows if "gdp,level_ytd" not in row), "utf-8")
    command, _, *rest = written('[[amount]]\nindicator = "gdp"\nvalue = 1')

    assert main([command, str(figures), *rest]) == 2
    assert "no level of 2025 is known of gdp" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("value = ", "TOML: found"),
        ("schema = 9", "schema 9, this release reads up to 2"),
        ("levers = []", "levers: found 'levers', expected a key that scenarios"),
        ('[[amount]]\nindicator = "gnp"\nvalue = 1', "amount 1.indicator: found 'gnp'"),
        ('[[lever]]\nkind = "stoppage"\nvalue = 1', "needs the assumption weight"),
        ('[[pin]]\nindicator = "gdp"\ngrowth = 5\nquarter = "2026Q1"', "2026Q1"),
    ],
)
def test_a_scenario_that_cannot_be_gives_one_line_and_exit_code_2(
    written, capsys: pytest.CaptureFixture[str], text: str, problem: str
) -> None:
    assert main(written(text)) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert problem in captured.err
    assert captured.err.count("\n") == 1
