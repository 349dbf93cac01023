import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.history.shares import ShareSource, YearShares, shares_for, sound_shares

levels = st.lists(st.floats(0.1, 1e6), min_size=4, max_size=4).map(tuple)
YEAR = (20.0, 25.0, 25.0, 30.0)
SKEWED = (0.2, 0.24, 0.26, 0.3)


@given(st.dictionaries(st.integers(2000, 2030), levels, min_size=1))
def test_shares_of_every_year_sum_to_one(published: dict[int, tuple[float, ...]]) -> None:
    for shares in sound_shares(published).values():  # type: ignore[arg-type]
        assert sum(shares.values) == pytest.approx(1)


def test_a_year_end_revised_alone_takes_the_recent_medians() -> None:
    published = dict.fromkeys(range(2010, 2016), YEAR) | {2016: (20.0, 25.0, 25.0, 15.0)}

    shares = sound_shares(published)

    assert shares[2015].source is ShareSource.LEVELS
    assert shares[2016] == YearShares((0.2, 0.25, 0.25, 0.3), ShareSource.MEDIAN)


def test_a_series_whose_shares_always_swing_keeps_its_own_shares() -> None:
    swinging = {year: (20.0 + 4 * (3 * year % 5), 25.0, 25.0, 30.0) for year in range(2010, 2017)}

    assert {shares.source for shares in sound_shares(swinging).values()} == {ShareSource.LEVELS}


def test_later_years_never_change_the_shares_of_earlier_ones() -> None:
    published = {year: (20.0 + year % 3, 25.0, 25.0, 30.0) for year in range(2010, 2020)}

    early = sound_shares({year: published[year] for year in range(2010, 2016)})

    assert {year: sound_shares(published)[year] for year in early} == early


def test_shares_come_from_the_best_source_there_is() -> None:
    published = {2015: YearShares((0.2, 0.25, 0.25, 0.3), ShareSource.LEVELS)}
    usual = (0.1, 0.2, 0.3, 0.4)

    sources = [
        shares_for(2015, published, YEAR, usual).source,
        shares_for(2018, published, YEAR, usual).source,
        shares_for(2018, published, None, usual).source,
        shares_for(2018, {}, None, usual).source,
        shares_for(2018, {}, None, None).source,
    ]

    assert sources == ["levels", "chained", "nearest", "usual", "equal"]


def test_the_nearest_years_shares_are_taken_and_the_earlier_of_two() -> None:
    early, late = (YearShares(v, ShareSource.LEVELS) for v in (SKEWED, (0.1, 0.2, 0.3, 0.4)))
    published = {2010: early, 2020: late}

    taken = [shares_for(year, published, None, None).values for year in (2012, 2015, 2018)]

    assert taken == [early.values, early.values, late.values]
