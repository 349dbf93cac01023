import csv
import json
import os
from pathlib import Path

import pytest

from forecasting.__main__ import main

FACTS = Path(__file__).resolve().parents[3] / "seeds" / "observations" / "china.csv"
GOOD = """\
area,indicator,measure,period,value
X,gdp,growth_ytd,2025Q4,8.0
X,gdp,growth_ytd,2026Q1,8.2
"""


@pytest.fixture
def table(tmp_path: Path):
    def write(text: str) -> str:
        path = tmp_path / "figures.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_the_outlook_prints_each_and_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outlook", str(FACTS), "--area", "CN", "--year", "2026", "--json"]) == 0

    printed = json.loads(capsys.readouterr().out)
    names = [entry["indicator"] for entry in printed["indicators"]]
    assert names == [
        "gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "exports_usd",
    ]  # fmt: skip
    assert 0 <= printed["p_all"] <= min(e["probability"] for e in printed["indicators"])
    for entry in printed["indicators"]:
        assert list(entry["quantiles"]) == ["q025", "q10", "q25", "q50", "q75", "q90", "q975"]
        late = entry["indicator"] in ("retail_sales", "exports_usd")
        assert entry["origin"] == ("2026Q1" if late else "2026Q2")
        assert ("months" in entry) is late
        assert entry["method"] == "pool"
        assert entry["pace"]["average"] <= entry["required_pace"] < entry["pace"]["average"] + 0.1


def test_the_lines_for_a_terminal_name_every_indicator(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outlook", str(FACTS), "--area", "CN", "--year", "2019"]) == 0

    printed = capsys.readouterr().out
    assert "5 of 8" not in printed
    assert "gdp" in printed
    assert "retail_sales" in printed


def test_an_area_that_no_seed_lists_is_held_to_the_line_of_the_plan(
    table, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["outlook", table(GOOD), "--area", "X", "--year", "2026", "--json"]) == 0

    (entry,) = json.loads(capsys.readouterr().out)["indicators"]
    assert (entry["comparator"], entry["threshold"], entry["method"]) == (">", 7.0, "learned")


def test_figures_are_taken_from_a_pipe_as_well(table, capsys: pytest.CaptureFixture[str]) -> None:
    question = ["--area", "X", "--year", "2026", "--json"]
    assert main(["outlook", table(GOOD), *question]) == 0
    of_the_file = capsys.readouterr().out
    reader, writer = os.pipe()
    os.write(writer, GOOD.encode())
    os.close(writer)

    assert main(["outlook", f"/dev/fd/{reader}", *question]) == 0

    os.close(reader)
    assert capsys.readouterr().out == of_the_file


def test_the_threshold_moves_the_probability(table, capsys: pytest.CaptureFixture[str]) -> None:
    probabilities = []
    for threshold in ("0", "7", "20"):
        main(["outlook", table(GOOD), "--area", "X", "--year", "2026", "--json",
              "--threshold", threshold])  # fmt: skip
        probabilities.append(json.loads(capsys.readouterr().out)["p_all"])

    assert probabilities == sorted(probabilities, reverse=True)
    assert probabilities[0] > probabilities[2]


def test_a_backtest_prints_one_record_for_each_indicator_year_and_origin(
    table, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        f"X,gdp,growth_ytd,{year}Q{quarter},{8 + (year + quarter) % 3 / 2}"
        for year in range(2021, 2026)
        for quarter in range(1, 5)
    ]
    text = "area,indicator,measure,period,value\n" + "\n".join(rows)

    assert main(["backtest", table(text), "--area", "X", "--years", "2023:2026", "--json"]) == 0

    records = json.loads(capsys.readouterr().out)
    assert [(r["year"], r["origin_quarter"]) for r in records] == [
        *((year, quarter) for year in (2023, 2024, 2025) for quarter in range(4)),
        (2026, 0),
    ]
    assert set(records[0]) == {
        "indicator", "year", "origin_quarter", "probability", "method", "q10", "q50", "q90",
        "outcome", "met",
    }  # fmt: skip
    assert records[0]["outcome"] == 8 + 2027 % 3 / 2
    assert records[-1]["outcome"] is None


def test_a_backtest_by_month_and_an_outlook_as_of_a_month_agree(
    table, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        f"X,gdp,growth_ytd,{year}-{month:02d},{8 + (year + month) % 3 / 2}"
        for year in range(2021, 2026)
        for month in range(2, 13)
    ]
    file = table("area,indicator,measure,period,value\n" + "\n".join(rows))
    shared = [file, "--area", "X", "--json"]

    main(["backtest", *shared, "--years", "2024:2024", "--by-month"])
    records = json.loads(capsys.readouterr().out)
    main(["outlook", *shared, "--year", "2024", "--as-of", "2024-10"])
    outlook = json.loads(capsys.readouterr().out)

    assert [record["month"] for record in records] == [0, *range(2, 12)]
    assert [record["origin_quarter"] for record in records] == [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    (verdict,) = outlook["indicators"]
    assert outlook["as_of"] == verdict["months"]["to"] == "2024-10"
    assert verdict["pace"]["from_month"] == 11
    assert verdict["probability"] == records[9]["probability"]


def test_a_forecast_writes_quantiles_of_levels(table, tmp_path: Path) -> None:
    levels = [100 * 1.02**t * (1.1 if t % 4 == 3 else 1.0) for t in range(24)]
    text = "id,t,y\n" + "\n".join(
        f"{name},{t},{level * scale:.4f}"
        for name, scale in (("one", 1.0), ("two", 1e6))
        for t, level in enumerate(levels)
    )
    out = tmp_path / "out.csv"

    assert main(["forecast", table(text), "--horizon", "5", "--out", str(out)]) == 0

    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = ["id", "h", "mean", "q025", "q10", "q25", "q50", "q75", "q90", "q975"]
    assert list(rows[0]) == names
    assert [(row["id"], row["h"]) for row in rows] == [
        (name, str(step)) for name in ("one", "two") for step in range(1, 6)
    ]
    for row, scaled in zip(rows[:5], rows[5:], strict=True):
        quantiles = [float(row[name]) for name in names[3:]]
        assert quantiles == sorted(quantiles)
        assert float(scaled["q50"]) == pytest.approx(1e6 * float(row["q50"]), rel=1e-3)
    assert float(rows[3]["q50"]) == pytest.approx(levels[23] * 1.02**4, rel=0.05)


@pytest.mark.parametrize("count", [1, 2, 4, 5])
def test_a_forecast_of_very_few_levels_is_wide_but_finite(
    table, tmp_path: Path, count: int
) -> None:
    text = "id,t,y\n" + "\n".join(f"a,{t},{10 + t}" for t in range(count))
    out = tmp_path / "out.csv"

    assert main(["forecast", table(text), "--out", str(out)]) == 0

    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    assert 0 < float(rows[0]["q025"]) < 10 + count < float(rows[0]["q975"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "row 1, header"),
        ("area,indicator\n", "row 1, header"),
        (GOOD + "X,gdp,growth_ytd,2026Q5,1\n", "row 4, period: found '2026Q5'"),
        (GOOD + "X,gdp,growth_ytd,2026Q2,n/a\n", "row 4, value: found 'n/a'"),
        (GOOD + "X,gnp,growth_ytd,2026Q2,1\n", "row 4, indicator: found 'gnp'"),
        (GOOD + "X,gdp,growth_ytd,2026Q1,1\n", "row 4, period"),
        (GOOD.replace("X", "Y"), "no figures of area 'X'"),
    ],
)
def test_bad_input_gives_one_line_that_names_it_and_exit_code_2(
    table, capsys: pytest.CaptureFixture[str], text: str, problem: str
) -> None:
    assert main(["outlook", table(text), "--area", "X", "--year", "2026"]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert problem in printed.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["outlook"],
        ["outlook", "no-such-file.csv", "--area", "CN", "--year", "twenty"],
        ["outlook", str(FACTS), "--area", "CN", "--year", "2026", "--as-of", "2026-13"],
        ["outlook", str(FACTS), "--area", "CN", "--year", "2026", "--threshold", "nan"],
        ["outlook", str(FACTS), "--area", "CN", "--year", "2026", "--threshold", "1e308"],
        ["outlook", str(FACTS), "--area", "CN", "--year", "2026", "--seed", "-1"],
        ["backtest", str(FACTS), "--area", "CN", "--years", "2025:2014"],
        ["forecast", str(FACTS), "--out", "x.csv", "--horizon", "0"],
    ],
)
def test_a_wrong_option_gives_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["outlook", str(tmp_path / "none.csv"), "--area", "CN", "--year", "2026"]) == 2

    assert "none.csv" in capsys.readouterr().err


def test_a_level_that_is_not_above_zero_is_refused(
    table, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = table("id,t,y\na,0,5\na,1,-2\n")

    assert main(["forecast", path, "--out", str(tmp_path / "out.csv")]) == 2

    assert "row 3, y: found '-2'" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["outlook"], ["backtest"], ["forecast"]])
def test_help_explains_every_option(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])

    assert stopped.value.code == 0
    for line in capsys.readouterr().out.splitlines():
        assert not line.strip().startswith("--") or len(line.split()) > 1


def test_options_of_the_outlook_reach_it(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["outlook", str(FACTS), "--area", "CN", "--year", "2019", "--as-of", "2018Q4", "--json",
             "--threshold", "5"]  # fmt: skip
    printed = []
    for more in ([], ["--independent"], ["--seed", "8"]):
        assert main([*asked, *more]) == 0
        printed.append(json.loads(capsys.readouterr().out))
    plain, independent, other = printed

    assert plain["as_of"] == "2018Q4"
    assert {entry["origin"] for entry in plain["indicators"]} == {"2018Q4"}
    assert plain["p_all"] > 1.5 * plain["p_independent"]
    assert independent["p_all"] == pytest.approx(independent["p_independent"], abs=0.005)
    assert (plain["seed"], other["seed"]) == (7, 8)
    assert plain["p_all"] != other["p_all"]


def test_a_horizon_beyond_ten_years_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["forecast", "x.csv", "--out", "y.csv", "--horizon", "41"])

    assert stopped.value.code == 2
    assert "1 to 40" in capsys.readouterr().err


def test_a_year_that_no_figure_reaches_gives_one_line(tmp_path, capsys) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(
        "area,indicator,measure,period,value\n"
        "X,gdp,growth_ytd,2025Q4,8.0\nX,gdp,growth_ytd,2026Q1,8.2\n"
    )

    assert main(["outlook", str(path), "--area", "X", "--year", "2031"]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)


@pytest.mark.parametrize("rows", ["", "a,0,1\na,1000000,2\n", "a,0,1e308\na,1,1e308\n"])
def test_levels_that_cannot_be_forecast_give_one_line(rows: str, tmp_path, capsys) -> None:
    path = tmp_path / "levels.csv"
    path.write_text("id,t,y\n" + rows)

    assert main(["forecast", str(path), "--out", str(tmp_path / "out.csv")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_recorded_change_of_definition_is_no_growth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["area,indicator,measure,period,value"]
    for number, quarter in enumerate(
        f"{year}Q{k}" for year in range(2014, 2026) for k in (1, 2, 3, 4)
    ):
        growth = 5.0 + (number % 3) / 10 + (40.0 if quarter.startswith("2023") else 0.0)
        lines.append(f"X,gdp,growth_ytd,{quarter},{growth:.1f}")
    figures, changes = tmp_path / "figures.csv", tmp_path / "changes.csv"
    figures.write_text("\n".join(lines), encoding="utf-8")
    changes.write_text("area,indicator,period,document\nX,gdp,2023Q1,note", encoding="utf-8")
    command = ["outlook", str(figures), "--area", "X", "--year", "2026", "--json"]

    assert main([*command, "--changes", str(changes)]) == 0

    (verdict,) = json.loads(capsys.readouterr().out)["indicators"]
    kinds = {entry["kind"]: entry["quarter"] for entry in verdict["model"]["outliers"]}
    assert kinds["definition"] == "2023Q1"
    assert verdict["quantiles"]["q50"] == pytest.approx(5.1, abs=1)


def test_a_change_of_an_unknown_indicator_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = tmp_path / "changes.csv"
    changes.write_text("area,indicator,period,document\nCN,nothing,2023Q1,note", encoding="utf-8")

    code = main(
        ["outlook", str(FACTS), "--area", "CN", "--year", "2026", "--changes", str(changes)]
    )

    assert code == 2
    assert "changes.csv" in capsys.readouterr().err


def test_news_prints_what_every_figure_moved(tmp_path: Path, capsys) -> None:
    before = tmp_path / "before.csv"
    lines = FACTS.read_text(encoding="utf-8").splitlines(keepends=True)
    before.write_text("".join(line for line in lines if ",2026Q2," not in line), encoding="utf-8")
    command = ["news", str(before), str(FACTS), "--area", "CN", "--year", "2026"]

    assert main([*command, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert main(command) == 0
    told = capsys.readouterr().out

    indicators = ["gdp", "industrial_value_added", "fixed_asset_investment"]
    assert [(term["kind"], term["indicator"]) for term in printed["terms"]] == [
        *(("figure", name) for name in indicators),
        ("estimation", None),
    ]
    assert printed["terms"][0]["figures"][0] == {
        "measure": "growth_ytd",
        "period": "2026-06",
        "old": None,
        "new": printed["terms"][0]["surprise"]["actual"],
    }
    change = printed["after"]["p_all"] - printed["before"]["p_all"]
    assert sum(term["p_all"] for term in printed["terms"]) == change
    for name in indicators:
        moved = sum(term["effects"][name]["probability"] for term in printed["terms"])
        old, new = (printed[end]["indicators"][name]["probability"] for end in ("before", "after"))
        assert moved == new - old
        assert f"figure      {name}" in told


def test_news_of_a_file_without_the_area_is_refused(
    table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.csv"
    other.write_text(GOOD.replace("X,", "Y,"), encoding="utf-8")

    assert main(["news", str(other), table(GOOD), "--area", "X", "--year", "2026"]) == 2

    assert "other.csv" in capsys.readouterr().err
