import pytest
from hypothesis import given, settings

from forecasting.errors import EXPECTED, LaterScenario, ScenarioRefused
from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind, Source
from forecasting.scenario.model import Amount, BottomUp, Item, Pin, PointLever, Rest, Scenario
from forecasting.scenario.projects import Project, Stage, as_carried
from forecasting.scenario.reference_class import ClassRate, Quantity, Rate, ReferenceClass
from forecasting.scenario.risks import Constraint, Risk
from forecasting.scenario.toml import read_scenario, write_scenario
from tests.forecasting.scenario.strategies import INDICATORS, scenarios

# Written by 0.1.0: it has to be read as it was for ever.
FIRST = """\
schema = 1
name = "冲刺"
note = "两个项目提前开工"
unmoved = ["exports"]

[levels]
gdp = 40.5

[[lever]]
kind = "signed_investment"
value = 10.0
start = "2026Q3"
ramp = [1.0]
assumptions = { start_rate = 0.6 }

[[lever]]
kind = "tax"
value = -300
one_off = true
lag = 1

[[amount]]
indicator = "gdp"
value = 1.5
points = true

[[point]]
name = "服务"
indicator = "exports"
value = 1
size = 0.4
spread = 0.2
source = "estimated"

[[project]]
id = "P1"
stage = "started"
started = "2026Q3"
completion = { 2026 = 2.0, 2027 = 4 }
delay = [0.7, 0.3]
start_probability = 0.8
blocking = "土地"

[[pin]]
indicator = "tax_revenue"
growth = 6.5
quarter = "2026Q4"
"""


@given(scenario=scenarios)
@settings(max_examples=150)
def test_what_is_written_is_read_as_the_same_scenario(scenario: Scenario) -> None:
    assert read_scenario(write_scenario(scenario), INDICATORS) == scenario


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "schema = 1\n"])
def test_an_empty_text_is_the_empty_scenario(text: str) -> None:
    assert read_scenario(text, INDICATORS) == Scenario()
    assert read_scenario(text, INDICATORS).empty


CLASS_RATE = """[[rate]]
reference = "signed"
quantity = "start_ever"
expected = 0.7
low = 0.5
high = 0.9
"""


def test_all_that_a_scenario_of_the_first_schema_plans_is_certain() -> None:
    assert read_scenario(FIRST, INDICATORS) == Scenario(
        name="冲刺",
        note="两个项目提前开工",
        levels=(("gdp", 40.5),),
        unmoved=("exports",),
        levers=(
            Lever(
                LeverKind.SIGNED_INVESTMENT,
                10.0,
                start=Quarter(2026, 3),
                assumptions=(("start_rate", 0.6),),
                certain=True,
            ),
            Lever(LeverKind.TAX, -300.0, lag=1, one_off=True, certain=True),
        ),
        amounts=(Amount("gdp", 1.5, points=True, certain=True),),
        points=(
            PointLever("服务", "exports", 1.0, 0.4, 0.2, source=Source.ESTIMATED, certain=True),
        ),
        projects=(
            Project(
                id="P1",
                stage=Stage.STARTED,
                started=Quarter(2026, 3),
                completion=((2026, 2.0), (2027, 4.0)),
                delay=(0.7, 0.3),
                start_probability=0.8,
                ramp=(1.0,),
                certain=True,
                blocking="土地",
            ),
        ),
        pins=(Pin("tax_revenue", 6.5, Quarter(2026, 4)),),
    )


def test_what_the_first_schema_left_out_of_a_plan_in_the_trend_is_what_it_meant() -> None:
    plan = '[[project]]\nid = "a"\noutput = 1.0\n[project.in_trend]\nid = "a"\noutput = 1.0\n'
    (project,) = read_scenario("schema = 1\n" + plan, INDICATORS).projects

    assert as_carried(project)
    for one in (project, project.in_trend):
        assert one is not None
        assert (one.start_probability, one.delay, one.ramp) == (1.0, (1.0,), (1.0,))


SECOND = """\
schema = 2
zone_factor = 0.1

[[lever]]
kind = "tax"
value = 300
realised = { expected = 0.5, low = 0.2, high = 0.8 }

[[amount]]
indicator = "gdp"
value = 1.5

[[project]]
id = "P1"
completion = { 2026 = 2.0 }
completed = { 2025 = 1.5 }
start_planned = "2026Q1"
reference = "planned_start"
plan_share = { expected = 0.7, low = 0.4, high = 1.0 }

[[project]]
id = "P2"
certain = true

[[rate]]
reference = "signed"
quantity = "start_4q"
expected = 0.5
low = 0.3
high = 0.7
"""


def test_a_scenario_of_the_second_schema_is_read_with_what_it_says_of_realisation() -> None:
    assert read_scenario(SECOND, INDICATORS) == Scenario(
        levers=(Lever(LeverKind.TAX, 300.0, realised=Rate(0.5, 0.2, 0.8)),),
        amounts=(Amount("gdp", 1.5),),
        projects=(
            Project(
                "P1",
                completion=((2026, 2.0),),
                completed=((2025, 1.5),),
                start_planned=Quarter(2026, 1),
                reference=ReferenceClass.PLANNED_START,
                plan_share=Rate(0.7, 0.4, 1.0),
            ),
            Project("P2", certain=True),
        ),
        rates=(ClassRate(ReferenceClass.SIGNED, Quantity.START_4Q, 0.5, 0.3, 0.7),),
        zone_factor=0.1,
    )


VIEWS = """\
schema = 1
name = "自下而上"

[[pin]]
indicator = "gdp"
growth = 6.5
quarter = "2026Q3"
cumulative = true

[[risk]]
name = "督察"
line = "ecology"
probability = 0.4
deduction = 0.3
count = 2
owner = "环保局"

[[bottom_up]]
indicator = "exports"
weight = 0.5
unit = "1e4 CNY"
rest = { growth = 3.0, spread = 4.0 }

[[bottom_up.item]]
name = "甲"
base = [1.0, 2.0, 3.0, 4.0]
known = [1.5]
growth = 10.0
spread = 5.0

[[bottom_up.item]]
name = "乙"
amount = 2.0
probability = 0.7

[[bottom_up]]
indicator = "gdp"
rest = { growth = 5.0 }
"""


def test_views_and_risks_are_read_as_they_were_written() -> None:
    assert read_scenario(VIEWS, INDICATORS) == Scenario(
        name="自下而上",
        pins=(Pin("gdp", 6.5, Quarter(2026, 3), cumulative=True),),
        risks=(Risk("督察", Constraint.ECOLOGY, 0.4, 0.3, 2.0, owner="环保局"),),
        bottom_up=(
            BottomUp(
                "exports",
                Rest(3.0, 4.0),
                (
                    Item("甲", (1.0, 2.0, 3.0, 4.0), (1.5,), growth=10.0, spread=5.0),
                    Item("乙", amount=2.0, probability=0.7),
                ),
                weight=0.5,
                unit="1e4 CNY",
            ),
            BottomUp("gdp", Rest(5.0)),
        ),
    )


def test_a_scenario_of_a_later_release_is_not_guessed_at() -> None:
    with pytest.raises(LaterScenario, match="schema 3, this release reads up to 2"):
        read_scenario("schema = 3\nwhatever = 3\n", INDICATORS)


POINT = '[[point]]\nname = "x"\nindicator = "gdp"\nvalue = 1\nsize = 1\n'
RISK = '[[risk]]\nname = "x"\nline = "safety"\n'
RATE = '[[rate]]\nreference = "signed"\nquantity = "start_4q"\n'
VIEW = '[[bottom_up]]\nindicator = "gdp"\nrest = { growth = 1 }\n'
ITEM = VIEW + '[[bottom_up.item]]\nname = "x"\n'
LEVER = '[[lever]]\nkind = "new_starts"\nvalue = 1\n'


@pytest.mark.parametrize(
    ("text", "place", "found", "expected"),
    [
        ("value = ", "TOML", None, "toml"),
        ("nmae = 'x'", "nmae", "nmae", "known_key"),
        ("lever = 3", "lever", "3", "known_key"),
        ("schema = true", "schema", "True", "number"),
        ("name = 3", "name", "3", "text"),
        (LEVER + "vaule = 2", "lever 1", "vaule", "known_key"),
        (LEVER + '[[lever]]\nkind = "magic"\nvalue = 1', "lever 2.kind", "magic", "choice"),
        ('[[lever]]\nkind = "tax"', "lever 1.value", "", "key"),
        ('[[lever]]\nkind = "tax"\nvalue = nan', "lever 1.value", "nan", "range"),
        ('[[lever]]\nkind = "tax"\nvalue = "3"', "lever 1.value", "3", "number"),
        (LEVER + 'start = "2026-07"', "lever 1.start", "2026-07", "quarter"),
        (LEVER + "lag = 1.5", "lever 1.lag", "1.5", "range"),
        (LEVER + "ramp = []", "lever 1.ramp", "[]", "list"),
        (LEVER + "one_off = 1", "lever 1.one_off", "1", "flag"),
        (LEVER + "assumptions = { weight = 1 }", "lever 1.assumptions", "weight", "known_key"),
        (
            '[[lever]]\nkind = "tax"\nvalue = 1\nassumptions = { retained = 2 }',
            "lever 1.assumptions.retained",
            "2",
            "range",
        ),
        ('unmoved = ["gpd"]', "unmoved", "gpd", "indicator"),
        ("[levels]\ngpd = 3", "levels", "gpd", "indicator"),
        ("[levels]\ngdp = 0", "levels.gdp", "0", "range"),
        ('[[amount]]\nindicator = "gpd"\nvalue = 1', "amount 1.indicator", "gpd", "indicator"),
        ('[[pin]]\nindicator = "gdp"', "pin 1.growth", "", "key"),
        ('[[project]]\nname = "x"', "project 1.id", "", "key"),
        ('[[project]]\nid = "a"\n[[project]]\nid = "a"', "project 2.id", "a", "unique"),
        (CLASS_RATE + CLASS_RATE, "rate 2.name", "signed start_ever", "unique"),
        ('[[project]]\nid = "a"\ndelay = [0.5]', "project 1.delay", "[0.5]", "probabilities"),
        ('[[project]]\nid = "a"\ncompletion = { y = 1 }', "project 1.completion", "y", "year"),
        ("[[point]]\nsize = 1", "point 1.name", "", "key"),
        (POINT + 'source = "published"', "point 1.source", "published", "choice"),
        (POINT + 'source = "estimated"', "point 1.spread", "", "key"),
        (POINT + 'spread = 0\nsource = "estimated"', "point 1.spread", "0", "range"),
        (RISK + "deduction = 1", "risk 1.probability", "", "key"),
        (RISK + "probability = 2\ndeduction = 1", "risk 1.probability", "2", "range"),
        (RISK.replace("safety", "party"), "risk 1.line", "party", "choice"),
        ('[[bottom_up]]\nindicator = "gdp"', "bottom_up 1.rest", "", "key"),
        (
            '[[bottom_up]]\nindicator = "gdp"\nrest = { growht = 1, growth = 2 }',
            "bottom_up 1.rest",
            "growht",
            "known_key",
        ),
        (
            '[[project]]\nid = "a"\n[project.in_trend]\nid = "a"\nin_trend = { id = "a" }',
            "project 1.in_trend",
            "in_trend",
            "known_key",
        ),
        (POINT + "name = ''", "TOML", None, "toml"),
        ('[[risk]]\nname = ""', "risk 1.name", "", "key"),
        ("schema = 0", "schema", "0", "range"),
        ("[project]", "project", "{}", "known_key"),
        ("project = [1]", "project", "[1]", "known_key"),
        ("price_index = 0.1", "price_index", "0.1", "range"),
        ("sales_rate = -1", "sales_rate", "-1", "range"),
        ("zone_factor = 1.5", "zone_factor", "1.5", "range"),
        (
            LEVER + "realised = { expected = 0.9, low = 0.1, high = 0.2 }",
            "lever 1.realised.expected",
            "0.9",
            "rate",
        ),
        (LEVER + "certain = 1", "lever 1.certain", "1", "flag"),
        (RATE + "expected = 0.9\nlow = 0.1\nhigh = 0.2", "rate 1.expected", "0.9", "rate"),
        (
            RATE.replace("4q", "soon") + "expected = 0.9\nlow = 0.1\nhigh = 0.2",
            "rate 1.quantity",
            "start_soon",
            "choice",
        ),
        (
            RATE.replace("start_4q", "enters") + "expected = 0.5\nlow = 0.5\nhigh = 0.5",
            "rate 1.quantity",
            "enters",
            "choice",
        ),
        (
            '[[project]]\nid = "a"\nreference = "condition"',
            "project 1.reference",
            "condition",
            "choice",
        ),
        (VIEW + "weight = 1.5", "bottom_up 1.weight", "1.5", "range"),
        (VIEW + VIEW, "bottom_up 2.indicator", "gdp", "unique"),
        (ITEM, "bottom_up 1.item 1.growth", "None", "growth_or_amount"),
        (
            ITEM + "growth = 1\namount = 1",
            "bottom_up 1.item 1.growth",
            "1.0",
            "growth_or_amount",
        ),
        (
            ITEM + "known = [1, 1, 1, 1]\ngrowth = 1",
            "bottom_up 1.item 1.growth",
            "1.0",
            "growth_or_amount",
        ),
        (ITEM + "base = [1, 2]", "bottom_up 1.item 1.base", "(1.0, 2.0)", "one_or_four"),
        (ITEM + "growth = -101", "bottom_up 1.item 1.growth", "-101", "range"),
        (
            ITEM + "growth = 1\n" + ITEM.removeprefix(VIEW) + "growth = 1",
            "bottom_up 1.item 2.name",
            "x",
            "unique",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    text: str, place: str, found: str | None, expected: str
) -> None:
    with pytest.raises(ScenarioRefused) as error:
        read_scenario(text, INDICATORS)

    assert error.value.values["place"] == place
    assert found is None or error.value.values["found"] == found
    assert error.value.expected == expected
    assert str(error.value).endswith(EXPECTED[expected])
