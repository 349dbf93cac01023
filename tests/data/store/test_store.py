"""What a store keeps and gives back, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from data.store.connection import engine_of, writing
from data.store.errors import (
    AlreadyWithdrawn,
    SeedStays,
    StaleBase,
    StillNeeded,
    TextTooLong,
    UnknownVintage,
)
from data.store.seed import read_seeds
from data.store.store import Store
from data.store.vintages import Commit, VintageKind, append
from data.texts import LONGEST_NOTE, LONGEST_TEXT
from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Direction,
    Indicator,
    IndicatorGroup,
    Measure,
    Names,
    PriceBasis,
)
from forecasting.figures.period import Month, Quarter
from tests.data.drafts import GDP, change, edit, growth, upload


def values(store: Store, vintage: int) -> list[float]:
    return [figure.value for figure in store.observations(vintage, "zone", "gdp")]


def test_what_was_seeded_is_read_back(store: Store, seeds_folder: Path) -> None:
    seeds = read_seeds(seeds_folder)

    assert store.areas(1) == seeds.areas
    assert list(store.catalogue(1).indicators.items()) == list(seeds.catalogue.indicators.items())
    assert store.targets(1, "zone") == seeds.targets[::-1]
    assert store.targets(1, "china") == ()
    assert store.observations(1, "china") + store.observations(1, "zone") == seeds.observations
    assert {file.name: file.content for file in store.files(1)} == seeds.files


def test_a_vintage_records_who_when_why_and_on_what(store: Store) -> None:
    before = datetime.now(UTC)
    number = store.commit(upload(growth(7.2), note="一季度", base=1))

    record = store.vintages()[-1]

    assert (record.number, record.kind, record.author) == (number, VintageKind.UPLOAD, "analyst")
    assert (record.note, record.base, record.withdraws) == ("一季度", 1, None)
    assert before <= record.committed_at <= datetime.now(UTC)
    assert record.committed_at.utcoffset() == timedelta(0)


def test_the_files_of_an_upload_are_kept_byte_for_byte_under_their_hash(store: Store) -> None:
    content = bytes(range(256)) * 3
    number = store.commit(upload(files={"月报.xlsx": content, "a.csv": b""}))

    files = store.files(number)

    assert [(file.name, file.content) for file in files] == [("a.csv", b""), ("月报.xlsx", content)]
    assert files[1].sha256 == sha256(content).hexdigest()


def test_one_file_is_given_back_alone(store: Store) -> None:
    number = store.commit(upload(files={"月报.xlsx": b"one", "a.csv": b"two"}))

    assert store.file(number, "月报.xlsx") == b"one"


def test_a_file_that_was_committed_before_is_recognised_by_its_hash(store: Store) -> None:
    content = b"area,value"
    first = store.commit(upload(files={"a.csv": content, "b.csv": b"other"}))
    second = store.commit(upload(files={"renamed.csv": content}))
    store.withdraw(first, "analyst")

    found = store.file_records(sha256(content).hexdigest())

    assert [(file.vintage, file.name, file.size, file.withdrawn) for file in found] == [
        (first, "a.csv", len(content), True),
        (second, "renamed.csv", len(content), False),
    ]
    assert store.file_records(sha256(b"never seen").hexdigest()) == ()
    assert len(store.file_records()) == len(store.files(1)) + 3


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.floats(-1e308, 1e308), min_size=1, max_size=40))
@example(numbers=[-0.0, 0.1, 5e-324, -5e-324, 1e308, 123456789012345680.0])
def test_values_survive_storage_bit_for_bit(store: Store, numbers: list[float]) -> None:
    figures = [
        growth(number, str(Quarter(1950, 1) + place)) for place, number in enumerate(numbers)
    ]
    vintage = store.commit(upload(*figures))

    kept = [figure for figure in store.figures(vintage, "zone") if figure.vintage == vintage]

    # Only the sign of zero has no meaning, and is not kept.
    expected = [(number or 0.0).hex() for number in numbers]
    assert [figure.value.value.hex() for figure in kept] == expected


@pytest.mark.parametrize(
    "draft", [upload(growth(7.0, publisher="a\0b")), upload(note="\0"), upload(files={"\0": b""})]
)
def test_a_null_character_is_stored_in_neither_database(store: Store, draft: Commit) -> None:
    with pytest.raises(ValueError, match="null character"):
        store.commit(draft)

    assert store.latest_vintage() == 1


@pytest.mark.parametrize(
    "draft",
    [
        upload(growth(7.0, publisher="a" * (LONGEST_TEXT + 1))),
        upload(author="a" * (LONGEST_TEXT + 1)),
        upload(note="a" * (LONGEST_NOTE + 1)),
        upload(files={"a" * (LONGEST_TEXT + 1): b""}),
        edit(changes=(change(document="a" * (LONGEST_TEXT + 1)),)),
    ],
)
def test_a_text_that_is_too_long_is_refused_with_its_beginning(store: Store, draft: Commit) -> None:
    with pytest.raises(TextTooLong, match="aaaa") as refused:
        store.commit(draft)

    assert len(str(refused.value)) < 200
    assert store.latest_vintage() == 1
    store.commit(upload(growth(7.0, publisher="a" * LONGEST_TEXT), note="a" * LONGEST_NOTE))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_figure_that_is_no_finite_number_is_never_stored(store: Store, value: float) -> None:
    with pytest.raises(IntegrityError):
        store.commit(upload(growth(value)))

    assert store.latest_vintage() == 1


def test_a_revision_replaces_figures_without_erasing_what_came_before(store: Store) -> None:
    first = store.commit(upload(growth(7.0, "2026Q1"), growth(7.5, "2026Q2")))
    second = store.commit(upload(growth(7.7, "2026Q2"), growth(8.0, "2026Q3")))

    assert values(store, 1) == [7.1]
    assert values(store, first) == [7.1, 7.0, 7.5]
    assert values(store, second) == [7.1, 7.0, 7.7, 8.0]


def test_figures_that_others_replaced_name_the_vintage_that_did_so(store: Store) -> None:
    first = store.commit(upload(growth(7.0, "2026Q1"), growth(7.5, "2026Q2")))
    second = store.commit(upload(growth(7.7, "2026Q2")))
    third = store.commit(upload(growth(7.9, "2026Q2")))

    def replaced(vintage: int) -> list[tuple[float, int]]:
        figures = store.replaced(vintage).get(growth(0.0, "2026Q2").key, ())
        return [(figure.value.value, figure.vintage) for figure in figures]

    assert replaced(first) == []
    assert replaced(third) == [(7.5, second), (7.7, third)]
    withdrawal = store.withdraw(second, "Li")
    assert replaced(withdrawal) == [(7.5, third)]


def test_every_figure_names_the_vintage_that_brought_it(store: Store) -> None:
    first = store.commit(upload(growth(7.0, "2026Q1"), growth(7.5, "2026Q2")))
    second = store.commit(upload(growth(7.7, "2026Q2")))

    figures = store.figures(second, "zone")

    assert [(str(figure.value.month), figure.vintage) for figure in figures] == [
        ("2025-11", 1),
        ("2026-03", first),
        ("2026-06", second),
        ("2025-12", 1),
    ]


def test_every_known_figure_of_every_area_is_given_at_once(store: Store) -> None:
    store.commit(upload(growth(7.0), growth(7.5, area="china")))
    latest = store.commit(upload(growth(7.7)))

    known = store.known(latest)

    assert list(known.values()) == [known[figure.key] for figure in known.values()]
    assert set(known.values()) == {
        figure for area in ("china", "zone") for figure in store.observations(latest, area)
    }
    assert known[growth(0.0).key].value == 7.7


def test_figures_on_another_basis_or_measure_do_not_revise_each_other(store: Store) -> None:
    current = replace(GDP, price=PriceBasis.CURRENT)
    counted = replace(GDP, coverage="province_rule")
    dollars = replace(GDP, currency="USD")
    others = [
        growth(2.0, basis=counted),
        growth(4.0, basis=dollars),
        growth(3.0, basis=current),
        growth(5.0, measure=Measure.GROWTH_QUARTER),
    ]
    vintage = store.commit(upload(growth(1.0), *others))

    assert values(store, vintage) == [2.0, 7.1, 1.0, 4.0, 3.0, 5.0]


def test_figures_come_in_catalogue_order_then_by_measure_and_month(store: Store) -> None:
    tax = replace(growth(1.0), indicator="tax")
    vintage = store.commit(
        upload(tax, growth(3.0, measure=Measure.LEVEL_YTD), growth(2.0), growth(1.0, "2024Q1"))
    )

    figures = store.observations(vintage, "zone")

    assert [(figure.indicator, str(figure.measure), str(figure.month)) for figure in figures] == [
        ("gdp", "growth_ytd", "2024-03"),
        ("gdp", "growth_ytd", "2025-11"),
        ("gdp", "growth_ytd", "2026-03"),
        ("gdp", "level_ytd", "2026-03"),
        ("tax", "growth_ytd", "2026-03"),
        ("tax", "level_ytd", "2025-12"),
    ]


def test_an_area_that_is_enlarged_and_a_target_that_is_moved_have_their_history(
    store: Store,
) -> None:
    larger = replace(store.areas(1)[1], name=Names("示例开发区(扩区)", "Sample zone, enlarged"))
    moved = replace(store.targets(1, "zone")[0], threshold=6.0)
    renamed = replace(store.catalogue(1)["gdp"], short=Names("生产总值", "Product"))
    edit = Commit(
        VintageKind.EDIT, "admin", areas=(larger,), targets=(moved,), indicators=(renamed,)
    )

    vintage = store.commit(edit)

    assert [area.name.en for area in store.areas(1)] == ["China", "Sample zone"]
    assert [area.name.en for area in store.areas(vintage)] == ["China", "Sample zone, enlarged"]
    assert [target.threshold for target in store.targets(1, "zone")] == [7.0, 6.5]
    assert [target.threshold for target in store.targets(vintage, "zone")] == [6.0, 6.5]
    assert store.catalogue(1)["gdp"].short.en == "GDP"
    assert store.catalogue(vintage)["gdp"].short.en == "Product"


def test_a_withdrawn_vintage_gives_way_to_the_newest_that_is_left(store: Store) -> None:
    first = store.commit(upload(growth(7.0)))
    second = store.commit(upload(growth(70.0), growth(71.0, "2026Q2")))
    undone = store.withdraw(second, "analyst", "小数点")

    assert values(store, undone) == [7.1, 7.0]
    assert values(store, second) == [7.1, 70.0, 71.0]
    assert values(store, first) == [7.1, 7.0]
    assert store.withdrawn(second) == frozenset()
    assert store.withdrawn(undone) == {second}


def test_areas_with_figures_are_those_of_which_some_figure_stands(store: Store) -> None:
    store.commit(edit(areas=(Area("empty", Names("空", "Empty"), AreaKind.CITY),)))
    first = store.commit(upload(growth(7.0, area="empty")))
    back = store.withdraw(first, "analyst")
    store.withdraw(back, "analyst")

    for vintage in range(1, back + 2):
        areas = {area.id for area in store.areas(vintage) if store.figures(vintage, area.id)}
        assert store.areas_with_figures(vintage) == areas
    assert [("empty" in store.areas_with_figures(n)) for n in range(2, back + 2)] == [
        False, True, False, True,
    ]  # fmt: skip


def test_growth_of_areas_is_that_of_a_year_up_to_a_month_and_counted_by_month(
    store: Store,
) -> None:
    places = [Area(id, Names(id, id), AreaKind.CITY) for id in ("A", "B")]
    places.append(Area("invented", Names("虚", "Invented"), AreaKind.CITY, synthetic=True))
    store.commit(edit(areas=tuple(places)))
    at_prices = replace(GDP, price=PriceBasis.CURRENT)
    store.commit(
        upload(
            growth(1.0, "2024-12", area="A"), growth(2.0, "2025-09", area="A"),
            growth(3.0, "2026-09", area="A", basis=at_prices), growth(4.0, "2026-09", area="A"),
            growth(5.0, "2026-09", area="B"), growth(6.0, "2026-12", area="B"),
            growth(7.0, "2026-09", area="invented"),
            growth(8.0, "2026-09", area="A", indicator="tax"),
            growth(9.0, "2026-09", area="A", measure=Measure.LEVEL_YTD, unit="cny_100m"),
        )
    )  # fmt: skip
    wrong = store.commit(
        upload(growth(50.0, "2026-09", area="B"), growth(0.0, "2027-03", area="B"))
    )
    newest = store.withdraw(wrong, "analyst")
    month = Month(2026, 9)

    def told(vintage: int) -> list[tuple[str, str, float]]:
        found = store.growth_to(vintage, "gdp", month)
        assert [one.month for one in found] == sorted((one.month for one in found), reverse=True)
        return [(one.area, str(one.month), one.value) for one in found]

    assert sorted(told(newest)) == [
        ("A", "2025-09", 2.0), ("A", "2026-09", 3.0), ("A", "2026-09", 4.0),
        ("B", "2026-09", 5.0), ("china", "2025-12", 5.0), ("invented", "2026-09", 7.0),
        ("zone", "2025-11", 7.1),
    ]  # fmt: skip
    first = next(one for one in told(newest) if one[0] == "A")
    assert first == ("A", "2026-09", 4.0)  # at comparable prices
    assert ("B", "2026-09", 50.0) in told(wrong)
    counts = {str(month): areas for month, areas in store.areas_by_month(newest, "gdp").items()}
    assert counts == {
        "2026-12": 1, "2026-09": 2, "2025-12": 1, "2025-09": 1, "2024-12": 1,
    }  # fmt: skip
    assert list(counts) == sorted(counts, reverse=True)
    assert Month(2027, 3) in store.areas_by_month(wrong, "gdp")


def test_withdrawing_the_older_of_two_revisions_leaves_the_newer(store: Store) -> None:
    first = store.commit(upload(growth(7.0)))
    store.commit(upload(growth(7.5)))

    assert values(store, store.withdraw(first, "analyst")) == [7.1, 7.5]


def test_what_is_committed_after_a_withdrawal_stands(store: Store) -> None:
    wrong = store.commit(upload(growth(70.0)))
    store.withdraw(wrong, "analyst")

    assert values(store, store.commit(upload(growth(7.3)))) == [7.1, 7.3]


def test_withdrawing_a_withdrawal_brings_the_figures_back(store: Store) -> None:
    vintage = store.commit(upload(growth(7.0)))
    undone = store.withdraw(vintage, "analyst")
    redone = store.withdraw(undone, "analyst")
    undone_again = store.withdraw(vintage, "analyst")

    assert values(store, undone) == [7.1]
    assert values(store, redone) == [7.1, 7.0]
    assert values(store, undone_again) == [7.1]


def test_a_withdrawal_is_a_vintage_that_names_what_it_withdraws(store: Store) -> None:
    vintage = store.commit(upload(growth(7.0)))

    number = store.withdraw(vintage, "analyst", "误传")

    record = store.vintages()[-1]
    assert number == vintage + 1
    assert (record.number, record.kind, record.withdraws) == (
        number,
        VintageKind.WITHDRAWAL,
        vintage,
    )
    assert (record.author, record.note) == ("analyst", "误传")


def test_a_vintage_is_withdrawn_once(store: Store) -> None:
    vintage = store.commit(upload(growth(7.0)))
    store.withdraw(vintage, "analyst")

    with pytest.raises(AlreadyWithdrawn):
        store.withdraw(vintage, "another analyst")

    assert store.latest_vintage() == vintage + 1


def test_the_starting_data_cannot_be_withdrawn(store: Store) -> None:
    with pytest.raises(SeedStays):
        store.withdraw(1, "analyst")

    assert store.latest_vintage() == 1


def test_what_later_figures_name_cannot_be_withdrawn_before_them(store: Store) -> None:
    county = Area("county", Names("示例县", "Sample county"), AreaKind.COUNTY, parent="china")
    listed = store.commit(Commit(VintageKind.EDIT, "admin", areas=(county,)))
    figures = store.commit(upload(growth(5.0, area="county")))

    with pytest.raises(StillNeeded) as refused:
        store.withdraw(listed, "admin")
    store.withdraw(figures, "admin")
    vintage = store.withdraw(listed, "admin")

    assert refused.value.values["names"] == "county"
    assert [area.id for area in store.areas(vintage)] == ["china", "zone"]


@pytest.mark.parametrize(
    ("changed", "missing"),
    [({"area": "nowhere"}, "nowhere"), ({"indicator": "happiness"}, "happiness")],
)
def test_a_figure_of_something_not_listed_is_not_committed(
    store: Store, changed: dict[str, str], missing: str
) -> None:
    with pytest.raises(ValueError, match=f"not listed: {missing}"):
        store.commit(upload(growth(7.0, **changed)))

    assert store.latest_vintage() == 1


def test_an_area_below_one_that_is_not_listed_is_not_committed(store: Store) -> None:
    orphan = Area("county", Names("示例县", "Sample county"), AreaKind.COUNTY, parent="nowhere")

    with pytest.raises(ValueError, match="not listed: nowhere"):
        store.commit(Commit(VintageKind.EDIT, "admin", areas=(orphan,)))

    assert store.latest_vintage() == 1


def test_an_area_and_its_first_figures_may_come_together(store: Store) -> None:
    power = Indicator(
        id="power", name=Names("用电量", "Power use"), short=Names("用电", "Power"), aliases=(),
        unit="1e4 kWh", measures=(Measure.LEVEL_YTD,), basis=Basis(PriceBasis.PHYSICAL),
        group=IndicatorGroup.NATIONAL_RANK, direction=Direction.UP, order=7,
    )  # fmt: skip
    figure = growth(5.5, indicator="power", basis=power.basis)

    vintage = store.commit(upload(figure, indicators=(power,)))

    assert store.catalogue(vintage)["power"] == power
    assert store.observations(vintage, "zone", "power") == (figure,)
    assert list(store.catalogue(vintage).indicators) == ["gdp", "tax", "power"]


def test_vintages_count_from_one_without_gaps_over_failures(store: Store) -> None:
    store.commit(upload(growth(7.0)))
    with pytest.raises(IntegrityError):
        store.commit(upload(growth(7.1), growth(7.2)))
    store.commit(upload(growth(7.3)))

    assert [vintage.number for vintage in store.vintages()] == [1, 2, 3]
    assert store.latest_vintage() == 3


def test_a_commit_that_fails_in_the_middle_leaves_nothing(store: Store) -> None:
    county = Area("county", Names("示例县", "Sample county"), AreaKind.COUNTY, parent="china")
    twice = upload(growth(7.1), growth(7.2), areas=(county,), files={"a.csv": b"a"})

    with pytest.raises(IntegrityError):
        store.commit(twice)

    assert len(store.vintages()) == 1
    next_one = store.commit(upload())
    assert next_one == 2
    assert store.files(next_one) == ()
    assert [area.id for area in store.areas(next_one)] == ["china", "zone"]
    assert values(store, next_one) == [7.1]


def test_a_commit_on_a_stale_base_is_refused_with_the_vintage_to_review(store: Store) -> None:
    store.commit(upload(growth(7.0), base=1))

    with pytest.raises(StaleBase) as refused:
        store.commit(upload(growth(7.5), base=1))

    assert refused.value.values == {"base": 1, "latest": 2}
    assert store.latest_vintage() == 2


def test_of_two_writers_at_once_on_the_same_base_one_wins_and_the_other_reviews_again(
    store: Store, open_store: Callable[[str], Store]
) -> None:
    writers = [store, open_store(store.database_url)]
    for base in range(1, 10, 2):
        together = Barrier(2)

        def commit(place: int, base: int = base, together: Barrier = together) -> int:
            together.wait()
            draft = upload(growth(base + place), files={"a.csv": bytes([place])}, base=base)
            return writers[place].commit(draft)

        with ThreadPoolExecutor(2) as pool:
            ends = [pool.submit(commit, place) for place in (0, 1)]
        (loser,) = (place for place in (0, 1) if ends[place].exception())
        refused, winner = ends[loser].exception(), 1 - loser

        assert isinstance(refused, StaleBase)
        assert refused.values == {"base": base, "latest": base + 1}
        assert ends[winner].result() == store.latest_vintage() == base + 1
        assert values(store, base + 1)[-1] == base + winner
        assert store.file(base + 1, "a.csv") == bytes([winner])
        assert commit(loser, base + 1, Barrier(1)) == base + 2
        assert values(store, base + 2)[-1] == base + 1 + loser
        assert values(store, base + 1)[-1] == base + winner


@pytest.mark.parametrize(
    "read",
    [
        Store.areas,
        Store.catalogue,
        Store.withdrawn,
        Store.files,
        Store.known,
        Store.contents,
        Store.remembered,
        lambda store, vintage: store.changes(vintage, "zone"),
        lambda store, vintage: store.area_versions(vintage, "zone"),
        lambda store, vintage: store.file(vintage, "a.csv"),
        lambda store, vintage: store.targets(vintage, "zone"),
        lambda store, vintage: store.observations(vintage, "zone"),
        lambda store, vintage: store.withdraw(vintage, "analyst"),
    ],
)
def test_a_vintage_that_does_not_exist_is_an_error(
    store: Store, read: Callable[[Store, int], object]
) -> None:
    for vintage in (-1, 0, 2):
        with pytest.raises(UnknownVintage) as refused:
            read(store, vintage)

        assert refused.value.values == {"vintage": vintage, "latest": 1}


def test_a_reader_neither_waits_for_a_writer_nor_sees_half_of_its_work(store: Store) -> None:
    engine = engine_of(store.database_url)
    with writing(engine) as connection:
        append(connection, upload(growth(7.0)))

        assert store.latest_vintage() == 1
        assert values(store, 1) == [7.1]

    assert store.latest_vintage() == 2
    engine.dispose()
