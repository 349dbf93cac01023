import json

from forecasting.cli.options import to_json
from forecasting.cli.views import outlook_document
from forecasting.figures.indicator import Comparator, Inputs, Measure
from forecasting.outlook.judge import judge
from forecasting.outlook.question import Question
from tests.builders import ZONE, make_catalogue, make_figures, make_target, periods

CATALOGUE = make_catalogue("a", "b", "c")


def test_the_document_says_what_an_indicator_stands_on() -> None:
    figures = make_figures(dict.fromkeys(periods("2018Q1", "2020Q4"), 8.0), indicator="a")
    figures += make_figures({"2021Q1": 8.0, "2021Q2": 6.0}, indicator="a")
    sums = {"2020Q1": 10.0, "2020Q2": 20.0, "2020Q3": 30.0, "2020Q4": 40.0}
    figures += make_figures(sums, Measure.LEVEL_YTD, indicator="a")
    targets = [make_target("a", comparator=Comparator.AT_MOST)]

    outlook = judge(Question(ZONE, 2021), Inputs(CATALOGUE, targets, figures))

    (entry,) = json.loads(to_json(outlook_document(outlook)))["indicators"]
    assert (entry["latest"], entry["shares"], entry["cut"]) == (6.0, "levels", 7.05)


def test_a_target_of_about_so_much_has_the_most_that_the_pace_may_be_too() -> None:
    figures = make_figures(dict.fromkeys(periods("2018Q1", "2021Q2"), 7.0), indicator="a")
    about = make_target("a", comparator=Comparator.ABOUT, tolerance=0.5)

    outlooks = [
        outlook_document(judge(Question(ZONE, 2021), Inputs(CATALOGUE, [target], figures)))
        for target in (about, make_target("a"))
    ]

    ends = [
        (entry["required_pace"], entry["required_pace_most"])
        for outlook in outlooks
        for entry in outlook["indicators"]
    ]
    assert ends == [(5.9, 8.0), (7.1, None)]
