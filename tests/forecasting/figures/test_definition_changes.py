from __future__ import annotations

from dataclasses import replace

from forecasting.figures.indicator import (
    AreaVersion,
    Basis,
    DefinitionChange,
    Inputs,
    Names,
    PriceBasis,
    with_area_changes,
)
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import prepare
from forecasting.outlook.question import Question
from tests.builders import (
    CURRENT,
    ZONE,
    make_catalogue,
    make_figures,
    make_target,
    steady_figures,
)

ENLARGED = AreaVersion("Z", Quarter(2024, 2), Names("扩区后", "Enlarged"), "made-up reply")
COMPARABLE = Basis(PriceBasis.COMPARABLE)


def test_an_area_that_is_enlarged_changes_every_series_of_it_on_every_basis() -> None:
    output = make_figures({"2024Q1": 5.0, "2024Q2": 6.0})
    comparable = [replace(figure, basis=COMPARABLE) for figure in output]
    elsewhere = make_figures({"2024Q1": 5.0}, area="Y")
    tax = make_figures({"2024Q1": 5.0}, indicator="tax")

    found = with_area_changes((), (ENLARGED,), [*output, *comparable, *elsewhere, *tax])

    assert found == tuple(
        DefinitionChange("Z", indicator, basis, Quarter(2024, 2), "made-up reply")
        for indicator, basis in (("output", CURRENT), ("output", COMPARABLE), ("tax", CURRENT))
    )


def test_a_recorded_change_stands_before_what_its_area_implies_for_the_same_quarter() -> None:
    same = DefinitionChange("Z", "output", CURRENT, Quarter(2024, 2), "made-up notice")
    other = replace(same, quarter=Quarter(2020, 1))

    found = with_area_changes((same, other), (ENLARGED,), make_figures({"2024Q1": 5.0}))

    assert set(found) == {same, other}
    assert len(found) == 2


def test_a_version_of_an_area_reaches_the_engine_as_a_break_of_its_series_alone() -> None:
    figures = steady_figures("2020Q1", "2025Q4")
    changes = with_area_changes((), (ENLARGED,), figures)
    elsewhere = with_area_changes((), (replace(ENLARGED, area="Y"),), figures)

    def breaks(recorded: tuple[DefinitionChange, ...]) -> tuple[Quarter, ...]:
        question = Question(ZONE, 2026)
        pending = prepare(
            question, Inputs(make_catalogue("output"), [make_target()], figures, recorded)
        )
        return pending.series[0].breaks

    assert breaks(changes) == (Quarter(2024, 2),)
    assert breaks(elsewhere) == ()
