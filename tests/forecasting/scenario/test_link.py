import base64
import re
import zlib
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecasting.errors import LaterScenario, LinkTooLong, ScenarioRefused
from forecasting.figures.period import Quarter
from forecasting.scenario import link
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.link import MOST_BYTES, Linked, from_short_text, short_text
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario
from tests.forecasting.scenario.strategies import INDICATORS, scenarios
from tests.forecasting.scenario.test_toml import FIRST

# Links that were copied from 0.1.0: they have to be read as they were for ever.
EMPTY = "aePmpGloBA6fOYEffAB9XLgARUgK3"
FULL = (
    "aePmpGloBdZS_DoIwEIf3PgXpjE2Fij6GPoCjs44uJk5GTfyzS0JIcGEwxkU0Pg6H8S1sC4VW6ty0d_frfZ9cUkhS2Ee"
    "Oh7QDVR5WN1g_eTuVAfIsybP0Ez_ep0txOMJmB68l3M8Y6W6YzGdTMaUor_jkuuBnjJKetadWWCWcopkawyqGYORjc8h"
    "frAyaKAmcha0mX4KmSsenepKS6DLgLvr7xUKBTZ98snq_5X1tSVSeRbiDbYzNZ1RczVOKLUoY0vjyrHwhC79Dvh819pU"
    "KMNKcoHJsW0vqilBXOYvx9GptUtJ3hUrHVjFSMjA8DGEE4bVsUFJjjK1D2Kgg4DFqOpB9Moy-3s7gNQ"
)


def packed(document: bytes) -> str:
    packer = zlib.compressobj(9, zdict=link._DICTIONARY)
    body = packer.compress(document) + packer.flush()
    return link.PACKING + base64.urlsafe_b64encode(body).decode().rstrip("=")


@given(scenario=scenarios)
@settings(max_examples=100)
def test_a_link_restores_the_scenario(scenario: Scenario) -> None:
    text = short_text(scenario, "SAMPLE", 2026)

    assert re.fullmatch(r"[A-Za-z0-9_-]+", text)
    assert from_short_text(text, INDICATORS) == Linked(scenario, "SAMPLE", 2026)


@pytest.mark.parametrize(
    ("text", "document", "area", "year"),
    [(EMPTY, "", "SAMPLE", 2026), (FULL, FIRST, "太原 2", 2025)],
)
def test_links_of_every_release_go_on_working(
    text: str, document: str, area: str, year: int
) -> None:
    assert from_short_text(text, INDICATORS) == Linked(
        read_scenario(document, INDICATORS), area, year
    )


@pytest.mark.parametrize(
    "head", ["", "2026", "2026 ", "26 CN", "２０２６ CN", "2026CN", " CN", "-026 CN"]
)
def test_a_line_that_names_no_year_and_area_is_refused(head: str) -> None:
    with pytest.raises(ScenarioRefused):
        from_short_text(packed(f"{head}\nschema = 1\n".encode()), INDICATORS)


@pytest.mark.parametrize("area", ["A\nB", "甲" * 500])
def test_an_area_that_does_not_fit_into_its_line_is_not_written(area: str) -> None:
    with pytest.raises(ValueError, match="no id of an area"):
        short_text(Scenario(), area, 2026)


def test_a_few_levers_fit_into_an_address_of_any_browser() -> None:
    dials = tuple(Lever(kind, 12.5, start=Quarter(2026, 3)) for kind in LeverKind)

    assert len(short_text(Scenario(levers=dials), "SAMPLE", 2026)) < 300


@given(text=st.text(max_size=200) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
@example("")
@example("a")
@example("a" + "=" * 8)
@example("a" + "é" * 4)
@example("b" + EMPTY[1:])
@example(EMPTY + "AAAA")
@example("\ud800")
def test_nonsense_is_refused_and_nothing_else(text: str) -> None:
    with pytest.raises(ScenarioRefused) as error:
        from_short_text(text, INDICATORS)

    error.value.values["found"].encode()  # it can be shown


@given(body=st.binary(max_size=200))
@example(b"x = " + b"[" * 5000)
@example(b"x = " + b"9" * 5000)
@example(b"schema = 0x" + b"f" * 9000)
@example(b"schema = 10")
@example(b"\xff")
def test_whatever_was_packed_is_read_or_refused(body: bytes) -> None:
    for text in (
        packed(b"2026 CN\n" + body),
        "a" + base64.urlsafe_b64encode(body).decode(),
    ):
        try:
            linked = from_short_text(text, INDICATORS)
        except (ScenarioRefused, LaterScenario):
            continue
        assert read_scenario(body.decode(), INDICATORS) == linked.scenario


@given(share=st.floats(0, 1), letter=st.sampled_from("AZaz09-_"))
def test_a_damaged_link_is_refused_and_not_read_as_something_else(
    share: float, letter: str
) -> None:
    whole = FULL
    place = 1 + round(share * (len(whole) - 2))
    with pytest.raises(ScenarioRefused):
        from_short_text(whole[:place], INDICATORS)
    try:
        linked = from_short_text(whole[:place] + letter + whole[place + 1 :], INDICATORS)
    except ScenarioRefused:
        return
    # The packing has bits that say nothing, the last ones among them.
    assert linked == from_short_text(whole, INDICATORS)


@pytest.mark.parametrize(
    "pack",
    [packed, lambda body: packed(body)[:-4], lambda body: packed(b"2026 CN\n" + body)],
)
def test_no_more_is_unpacked_than_a_document_may_have(pack: Callable[[bytes], str]) -> None:
    bomb = pack(b"#" * 50_000_000)

    assert len(bomb) < 200_000
    with pytest.raises(ScenarioRefused):
        from_short_text(bomb, INDICATORS)


def test_what_is_too_long_for_a_link_is_told_before_it_is_copied() -> None:
    longest = MOST_BYTES - len('schema = 1\nnote = ""\n')

    text = short_text(Scenario(note="x" * longest), "CN", 2026)
    assert from_short_text(text, ()).scenario.note == "x" * longest
    with pytest.raises(LinkTooLong, match="262,145 bytes, a"):
        short_text(Scenario(note="x" * (longest + 1)), "CN", 2026)
