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
from forecasting.scenario.document import read_scenario
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.link import MOST_BYTES, Linked, from_short_text, short_text
from forecasting.scenario.model import Scenario
from tests.forecasting.scenario.strategies import INDICATORS, scenarios
from tests.forecasting.scenario.test_document import FIRST

# Links that were copied while schema 1 was the newest: they have to be read as they were for ever.
EMPTY_1 = "aePmpGloBQ2ICABdLAyo"
FIRST_1 = (
    "aePmpGloBfZWxCsIwEIb3PIVkriHaWH0MfQhnHV0EJ1Gh6G5BCro4iLhYxcdpKr6FSdokF5u6FUpzd3_u-woedUG-vPHV"
    "UzRQMZ9nxzw7f9LHe38ptju-jvlrwe8njKANxrPpRM4lC2oihSDEO0ZJz9tFLZ4SR9mMAa8aPBqF-P-Yv2A5PFEStea-"
    "HsQa2KrtkMq6ZaodUE7R_Ruq_86lE-0YYnCz8OoQsDU67iKJ-SbF7jE6TXCUwY0ShgByXbczH3_Iw_dQ7I_RQqUKjBqo"
    "ByrRl1GXnbIcoYFWHSNUhO4Io1G3zgjWvTV716Xr0zMlA-t5SvqB_Nr9QfDkwJNrmYzC2Ykf2sE6KhLXCTylkmAYfQHx"
    "4A0c"
)
# One of the packing that says the area and the year.
EMPTY_B = "bePmpGloBA6fOYEffAB9XLriwERcARnEF4Q"
FIRST_B = (
    "bePmpGloBfZW7DgFBFIb7eQrZmsnYXctj8BA6QkM0EpUgceltIhKaLUQ0LvE4DvEWzszu3OxQT-Zc_vn_b4RJYZfAYlP"
    "wiTrwVXsYn2Byw3EyAjwuu8cleW-vr_XhuVzBdA73EZz3HjHZ0Bx0O3xL3l7mE3GBZyGjFedMObHScPIpVQwzGaJG4P1"
    "f-jtmVroYjQpD1wxoCt21FDDeN9W4bLQTWf-W2O0ATki9Bi6u7C-KGB6Scj_jOcy2nl1GqmmUUuFjNCRGAH17MlcaiSP"
    "tdXSTgkQGDo_8YIABFvkYefQJ5lFWlOALKUPRLXz8hK-1giZxjuV5BLtgzWhNU5_RapHftr8LiDcQH1NlRLgt-U1WaGJ"
    "F-JwGtYQSISrRa_daiKJ-UznzA9vHGXg"
)


def packed(document: bytes, packing: str = "a") -> str:
    packer = zlib.compressobj(9, zdict=link._DICTIONARY_A)
    body = packer.compress(document) + packer.flush()
    return packing + base64.urlsafe_b64encode(body).decode().rstrip("=")


@given(scenario=scenarios)
@settings(max_examples=100)
def test_a_link_restores_the_scenario(scenario: Scenario) -> None:
    text = short_text(scenario, "SAMPLE", 2026)

    assert re.fullmatch(r"[A-Za-z0-9_-]+", text)
    assert from_short_text(text, INDICATORS) == Linked(scenario, "SAMPLE", 2026)


@pytest.mark.parametrize(("text", "document"), [(EMPTY_1, "schema = 1\n"), (FIRST_1, FIRST)])
def test_links_of_the_first_schema_and_packing_go_on_working(text: str, document: str) -> None:
    assert from_short_text(text, INDICATORS) == Linked(read_scenario(document, INDICATORS))


@pytest.mark.parametrize(
    ("text", "document", "area", "year"),
    [(EMPTY_B, "", "SAMPLE", 2026), (FIRST_B, FIRST, "太原 2", 2025)],
)
def test_links_that_say_the_area_and_the_year_go_on_working(
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
        from_short_text(packed(f"{head}\nschema = 2\n".encode(), "b"), INDICATORS)


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
@example("b" + EMPTY_1[1:])
@example("a" + EMPTY_B[1:])
@example("c" + EMPTY_B[1:])
@example(EMPTY_1 + "AAAA")
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
    for text in (packed(body), "a" + base64.urlsafe_b64encode(body).decode()):
        try:
            linked = from_short_text(text, INDICATORS)
        except (ScenarioRefused, LaterScenario):
            continue
        assert read_scenario(body.decode(), INDICATORS) == linked.scenario


@pytest.mark.parametrize("whole", [FIRST_1, FIRST_B])
@given(share=st.floats(0, 1), letter=st.sampled_from("AZaz09-_"))
def test_a_damaged_link_is_refused_and_not_read_as_something_else(
    whole: str, share: float, letter: str
) -> None:
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
    [packed, lambda body: packed(body)[:-4], lambda body: packed(b"2026 CN\n" + body, "b")],
)
def test_no_more_is_unpacked_than_a_document_may_have(pack: Callable[[bytes], str]) -> None:
    bomb = pack(b"#" * 50_000_000)

    assert len(bomb) < 200_000
    with pytest.raises(ScenarioRefused):
        from_short_text(bomb, INDICATORS)


def test_what_is_too_long_for_a_link_is_told_before_it_is_copied() -> None:
    longest = MOST_BYTES - len('schema = 2\nnote = ""\n')

    text = short_text(Scenario(note="x" * longest), "CN", 2026)
    assert from_short_text(text, ()).scenario.note == "x" * longest
    with pytest.raises(LinkTooLong, match="262,145 bytes, a"):
        short_text(Scenario(note="x" * (longest + 1)), "CN", 2026)
