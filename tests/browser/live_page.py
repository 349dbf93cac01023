"""A page of nothing but the live sliders, on the sample zone: ``streamlit run`` serves it.

``?lang=en`` is its language, ``?slow=2`` the seconds that an answer takes.
"""

import time
from dataclasses import replace
from pathlib import Path

import streamlit as st

from data.store.seed import read_seeds
from forecasting.figures.indicator import Inputs
from forecasting.models.runtime import use_one_thread
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.question import Question
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.live import live
from forecasting.scenario.model import PointLever, Scenario
from forecasting.scenario.response import Response, response
from tests.ui.speakers import ZH
from ui.frame import look
from ui.language import Language, Speaker
from ui.scenario.live import component, packing
from ui.scenario.live.packing import Control, Group

AREA, YEAR = "SAMPLE", 2026
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
WEIGHT = (("weight", 0.4),)
DIALS = (
    Lever(LeverKind.NEW_STARTS, 1.0),
    Lever(LeverKind.TECHNICAL_TRANSFORMATION, 1.0),
    Lever(LeverKind.PROJECT_OUTPUT, 1.0),
    Lever(LeverKind.TOP_FIRMS_OUTPUT, 1.0, assumptions=WEIGHT),
    Lever(LeverKind.STOPPAGE, 1.0, assumptions=WEIGHT),
    Lever(LeverKind.PRODUCER_PRICES, 1.0),
    Lever(LeverKind.TAX, 1.0),
    Lever(LeverKind.FOREIGN_CAPITAL, 1.0, assumptions=(("probability", 0.6),)),
    PointLever("nights", "retail_sales", 1.0, size=0.5, spread=0.2),
)
# Levels that the zone does not publish; made up, as all of it is.
REST = Scenario(
    levels=(("industrial_value_added", 86.0), ("technical_transformation_investment", 6.1))
)
RANGES = {"nights": (0.0, 10.0)}


def name_of(dial: Lever | PointLever) -> str:
    return dial.name if isinstance(dial, PointLever) else str(dial.kind)


def range_of(dial: Lever | PointLever) -> tuple[float, float]:
    return RANGES[dial.name] if isinstance(dial, PointLever) else (dial.rule.low, dial.rule.high)


def control(dial: Lever | PointLever, place: int) -> Control:
    low, high = range_of(dial)
    step = 100.0 if high > 1000 else 1.0 if high >= 60 else 0.1
    unit = "units" if isinstance(dial, PointLever) else dial.rule.unit
    decimals = 1 if step < 1 else 0
    return Control(
        name_of(dial), place, f"{name_of(dial)} ({unit})", f"{{value}} {unit}", low, high, step,
        decimals,
    )  # fmt: skip


@st.cache_resource
def sample() -> Baseline:
    use_one_thread()
    seeds = read_seeds(SEEDS)
    area = next(area for area in seeds.areas if area.id == AREA)
    return baseline_of(
        Question(area, YEAR),
        Inputs(
            seeds.catalogue,
            [target for target in seeds.targets if target.area == AREA],
            [figure for figure in seeds.observations if figure.area == AREA],
        ),
    )


@st.cache_resource
def laid_out() -> Response:
    return response(sample(), REST, DIALS)


@st.cache_resource
def pack(language: str) -> packing.Packed:
    controls = tuple(control(dial, place) for place, dial in enumerate(DIALS))
    land = Control("land", None, "land (mu)", "{value} mu", 0, 1000, 10, 0, missing="intensity?")
    groups = (Group("A", controls[:4]), Group("B", (*controls[4:], land)))
    baseline = apply(sample(), Scenario()).outlook
    return packing.pack(live(laid_out(), baseline), baseline, groups, Speaker(Language(language)))


def scenario_of(values: dict[str, float]) -> Scenario:
    turned = [replace(dial, value=values.get(name_of(dial), 0.0)) for dial in DIALS]
    return replace(
        REST,
        levers=tuple(dial for dial in turned if isinstance(dial, Lever) and dial.value),
        points=tuple(dial for dial in turned if isinstance(dial, PointLever) and dial.value),
    )


def main() -> None:
    st.set_page_config(layout="wide")
    look.apply(ZH, dark=st.context.theme.type == "dark")
    shown = pack(st.query_params.get("lang", "zh"))
    released = component.released(shown, key="live")
    past = st.session_state.setdefault("past", [{}])
    if released is not None:
        past.append(dict(released.values))
        time.sleep(float(st.query_params.get("slow", "0")))
    if st.button("undo") and len(past) > 1:
        past.pop()
    st.write(f"runs of release: {len(past) - 1}")
    outlook = apply(sample(), scenario_of(past[-1])).outlook
    component.answer(shown, past[-1], outlook, "Live", key="live", released=released)
    component.show(shown, key="live")
    for part in component.Slot:
        component.place(part, key="live")


if __name__ == "__main__":
    main()
