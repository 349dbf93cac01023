import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import ui.scenario.live
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.live import Live, live
from forecasting.scenario.model import PointLever, Scenario
from forecasting.scenario.response import response
from tests.forecasting.scenario.builders import zone_baseline
from tests.ui.outlooks import make_outlook, make_verdict
from tests.ui.speakers import EN, ZH
from ui.scenario.live import packing
from ui.scenario.live.packing import (
    Control,
    Group,
    Packed,
    Released,
    live_words,
    panels,
    released_from,
)

HERE = Path(ui.scenario.live.__file__).parent
DIALS = [
    Lever(LeverKind.NEW_STARTS, 1.0),
    Lever(LeverKind.FOREIGN_CAPITAL, 1.0, assumptions=(("probability", 0.4),)),
    PointLever("nights", "gdp", 1.0, size=0.4, spread=0.2),
]
CONTROLS = tuple(
    Control(name, place, name, "{value}", 0.0, 10.0, 0.1)
    for place, name in enumerate(("starts", "capital", "nights"))
)
MISSING = Control("land", None, "land", "{value}", 0.0, 10.0, 1.0, missing="level?")


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return zone_baseline()


@pytest.fixture(scope="module")
def outlook(baseline: Baseline) -> Outlook:
    return outlook_of(baseline)


@pytest.fixture(scope="module")
def small(baseline: Baseline, outlook: Outlook) -> Live:
    return live(response(baseline, Scenario(), DIALS), outlook)


@pytest.fixture(scope="module")
def pack(small: Live, outlook: Outlook) -> Packed:
    groups = (Group("A", (*CONTROLS, MISSING)),)
    return packing.pack(small, outlook, groups, ZH)


def opened(pack: Packed) -> tuple[dict[str, Any], bytes]:
    """Return the head and the numbers of a packed picture."""
    length = int.from_bytes(pack.content[:4], "little")
    start = 4 + len(pack.digest)
    head: dict[str, Any] = json.loads(pack.content[start : start + length])
    return head, pack.content[start + length :]


def test_the_full_year_arrives_to_the_last_bit_and_earlier_quarters_nearly(
    pack: Packed, small: Live
) -> None:
    head, numbers = opened(pack)

    for sent, course in zip(head["courses"], small.courses, strict=True):
        year = np.frombuffer(numbers, "<f8", 1024, sent["year"])
        np.testing.assert_array_equal(year, course.growth[:, -1])
        for offset, column in zip(sent["early"], course.growth.T[:-1], strict=True):
            np.testing.assert_allclose(np.frombuffer(numbers, "<f4", 1024, offset), column, 1e-6)


def test_every_reach_arrives_to_the_last_bit(pack: Packed, small: Live) -> None:
    head, numbers = opened(pack)
    kinds = set()

    for sent, dial in zip(head["dials"], small.dials, strict=True):
        for there, reach in zip(sent, dial, strict=True):
            table = np.frombuffer(numbers, "<f8", reach.table.size, there["table"])
            np.testing.assert_array_equal(table.reshape(reach.table.T.shape).T, reach.table)
            if reach.outcome is not None:
                rows = np.frombuffer(numbers, "<u2", 1024, there["outcome"])
                np.testing.assert_array_equal(rows, reach.outcome)
            kinds.add((there["rows"], there["outcome"] is None))
    assert kinds == {(1, True), (2, False), (1024, True)}


def test_arrays_start_where_a_browser_can_read_them(pack: Packed) -> None:
    head, numbers = opened(pack)
    start = len(pack.content) - len(numbers)
    places = [course["year"] for course in head["courses"]]

    assert start % 8 == 0
    assert all(place % 8 == 0 for place in places)


def test_a_cut_without_an_end_has_none(pack: Packed) -> None:
    head, _ = opened(pack)

    assert all(course["lowest"] == pytest.approx(7.05) for course in head["courses"])
    assert {course["highest"] for course in head["courses"]} == {None}


def test_another_picture_has_another_digest(pack: Packed, small: Live, outlook: Outlook) -> None:
    groups = (Group("A", (*CONTROLS, MISSING)),)

    again = packing.pack(small, outlook, groups, ZH)
    english = packing.pack(small, outlook, groups, EN)

    assert again == pack
    assert english.digest != pack.digest


def test_an_answer_names_its_picture_and_its_release(pack: Packed, outlook: Outlook) -> None:
    said = packing.answer(pack, {"starts": 2.0}, outlook, "更多", Released({"starts": 2.0}, 7))

    assert (said["of"], said["at"], said["values"]) == (pack.digest, 7, {"starts": 2.0})
    assert said["headline"] == "更多"
    assert said["all"] == outlook.all_clear.probability  # type: ignore[union-attr]
    first = outlook.verdicts[0]
    assert said["panels"][first.indicator_id]["probability"] == first.probability
    assert said["panels"][first.indicator_id]["fan"][-1][3] == pytest.approx(
        first.quantiles.median, abs=1e-4
    )
    assert len(json.dumps(said)) < 6000


def test_a_release_is_read_and_what_is_not_there_is_left_out(pack: Packed) -> None:
    raw = {"values": {"starts": 2, "land": 3.0, "other": 1.0, "nights": math.inf}, "at": 12}
    raw["values"] |= {"capital": 2e6}

    released = released_from(raw, pack)

    assert released is not None
    assert (released.values, released.at) == ({"starts": 2.0}, 12)
    assert released_from(None, pack) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("values"), inner),
)


@given(JSON)
def test_whatever_a_browser_sends_is_a_release_of_numbers_or_none(pack: Packed, raw: Any) -> None:
    released = released_from(raw, pack)

    assert released is None or all(map(math.isfinite, released.values.values()))


@given(st.sampled_from(CONTROLS), st.integers() | st.floats())
@example(CONTROLS[0], 10**400)
@example(CONTROLS[0], math.nan)
def test_only_what_a_control_can_be_is_taken(pack: Packed, control: Control, value: float) -> None:
    released = released_from({"values": {control.id: value}}, pack)

    assert released is not None
    taken = {control.id: value} if control.lowest <= value <= control.highest else {}
    assert released.values == taken


def test_every_light_that_the_browser_may_show_has_its_words(pack: Packed) -> None:
    head, _ = opened(pack)

    assert len(head["open_lights"]) == len(head["bounds"]) + 1
    assert set(head["open_lights"]) <= head["lights"].keys()


@pytest.mark.parametrize("reference", [True, False])
def test_the_browser_has_exactly_the_words_it_uses(reference: bool) -> None:
    scripts = "".join(path.read_text("utf-8") for path in HERE.glob("*.js"))
    scripts = scripts.replace(
        (HERE / "sentence.js").read_text("utf-8"), ""
    )  # has templates instead
    used = set(re.findall(r"(?<!sentence\?\.)words\.(\w+)", scripts)) | {
        "times_same",
        "times_up",
        "times_down",
    }
    used |= {"confirmed", "dragging", "computing"}  # the states, by name

    assert used == live_words(ZH, reference=reference).keys()


def test_scripts_hold_no_words() -> None:
    scripts = "".join(path.read_text("utf-8") for path in HERE.glob("*.js"))

    assert not re.search(r"[\u3000-\u303f\u3400-\u9fff]", scripts)


def test_a_year_known_inside_has_no_light_and_is_not_said_to_be_published() -> None:
    flash = make_verdict(1.0, ytd=(9.0, 8.8, 8.4, 8.1), median=8.1, flash=True)
    published = make_verdict(1.0, name="tax", ytd=(9.0, 8.8, 8.4, 8.1), median=8.1)
    inside, out = panels(make_outlook(1.0, flash, published), ZH)

    assert (inside["light"], inside["published"]) == (None, False)
    assert (out["light"], out["published"]) == ("met", True)
