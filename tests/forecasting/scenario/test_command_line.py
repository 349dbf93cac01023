import json
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
[[lever]]
kind = "land_supply"
value = 100
assumptions = { intensity = 0.03 }
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


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("value = ", "TOML: found"),
        ("schema = 9", "schema 9, this release reads up to 2"),
        ("levers = []", "levers: found 'levers', expected a key that scenarios"),
        ('[[amount]]\nindicator = "gnp"\nvalue = 1', "amount 1.indicator: found 'gnp'"),
        ('[[amount]]\nindicator = "gdp"\nvalue = 1', "no level of 2025 is known of gdp"),
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
