"""Indicators as they are renamed, merged into another and removed by hand.

An indicator that was added with a file can go while nothing depends on it. Merging makes its
figures those of another indicator, and its names aliases, so that the next file is read at once.
Earlier vintages and issues keep both as they were; withdrawing the vintage undoes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from data.indicators.errors import (
    IndicatorHasFigures,
    IndicatorHasTargets,
    IndicatorInScenario,
    IndicatorStays,
    IndicatorThere,
    IndicatorUnknown,
    IndicatorUnnamed,
    MergedFiguresDiffer,
    MergedUnitsDiffer,
)
from data.store.store import Store
from data.store.vintages import FIRST_VINTAGE, Commit, Contents, VintageKind
from data.texts import as_kept
from data.workbook.words.normalise import compact
from data.workbook.words.units import convert
from forecasting.figures.indicator import Indicator, Names, Observation


def rename(store: Store, id: str, name: str, english: str) -> Commit | None:
    """Return the draft that gives an indicator other names; None where it has them.

    The old ones become aliases: files go on using them. Without an English name it keeps its own;
    where the Chinese name served as that, the new one does.

    Raises
    ------
    IndicatorUnknown, IndicatorUnnamed, IndicatorThere
        If there is no such indicator, or no name, or another one has it.
    """
    base, contents = _latest(store)
    indicator = _named(contents, id)
    name, english = as_kept(name), as_kept(english)
    english = english or indicator.name.en
    names = Names(name, name if english == indicator.name.zh else english)
    if not names.zh:
        raise IndicatorUnnamed
    for other in _indicators(contents):
        if other.id != id and _spellings(_names(other)) & _spellings((names.zh, names.en)):
            raise IndicatorThere(name=names)
    if names == indicator.name:
        return None
    old = [one for one in _names(indicator) if one not in (names.zh, names.en)]
    new = replace(
        indicator, name=names, aliases=tuple(dict.fromkeys((*indicator.aliases, *old))),
        short=names if indicator.short == indicator.name else indicator.short,
    )  # fmt: skip
    return _draft(base, indicators=(new,))


def merge(store: Store, id: str, into: str) -> Commit:
    """Return the draft that makes the figures of an indicator those of another one.

    A figure on the usual basis of the one is taken for one on the usual basis of the other.

    Raises
    ------
    IndicatorUnknown, IndicatorStays, IndicatorHasTargets, IndicatorInScenario
        If one is no indicator, or the first cannot go.
    MergedUnitsDiffer, MergedFiguresDiffer
        If the figures of both cannot be those of one indicator.
    """
    base, contents = _latest(store)
    gone, kept = _named(contents, id), _named(contents, into)
    if gone == kept:
        raise IndicatorUnknown(name=into)
    _check_may_go(store, gone, contents)
    old = _figures(contents, gone)
    moved = {figure.key: figure for figure in (_moved(one, gone, kept) for one in old)}
    differing = [
        figure
        for key, figure in moved.items()
        if key in contents.figures and contents.figures[key].value.value != figure.value
    ]
    if differing or len(moved) < len(old):
        first = min(differing or moved.values(), key=lambda figure: figure.month)
        raise MergedFiguresDiffer(
            name=gone.name, other=kept.name, count=len(differing) or len(old) - len(moved),
            area=contents.areas[first.area].value.name, month=first.month,
        )  # fmt: skip
    spelled = _spellings(_names(kept))
    aliases = [one for one in _names(gone) if compact(one) not in spelled]
    merged = replace(kept, aliases=tuple(dict.fromkeys((*kept.aliases, *aliases))))
    new = [figure for key, figure in moved.items() if key not in contents.figures]
    return _draft(base, indicators=(merged,), observations=tuple(new), removed=(gone, *old))


def remove(store: Store, id: str) -> Commit:
    """Return the draft that takes an indicator away of which there is nothing.

    Raises
    ------
    IndicatorUnknown, IndicatorStays, IndicatorHasFigures, IndicatorHasTargets, IndicatorInScenario
        If there is no such indicator, or it cannot go.
    """
    base, contents = _latest(store)
    indicator = _named(contents, id)
    _check_may_go(store, indicator, contents)
    if figures := _figures(contents, indicator):
        raise IndicatorHasFigures(name=indicator.name, count=len(figures))
    return _draft(base, removed=(indicator,))


def is_gone(store: Store, id: str) -> bool:
    """Return whether an indicator was there at an earlier vintage, and is not any more."""
    newest = store.latest_vintage()
    if id in store.catalogue(newest):
        return False
    return any(id in store.catalogue(vintage) for vintage in range(newest - 1, 0, -1))


def added(store: Store, vintage: int) -> tuple[Indicator, ...]:
    """Return the indicators that did not come with the program, in the order of the catalogue."""
    began = store.catalogue(FIRST_VINTAGE)
    return tuple(one for id, one in store.catalogue(vintage).indicators.items() if id not in began)


def signed(draft: Commit, author: str, note: str = "") -> Commit:
    """Return a draft with who commits it."""
    return replace(draft, author=as_kept(author), note=as_kept(note))


def _draft(
    base: int,
    indicators: tuple[Indicator, ...] = (),
    observations: tuple[Observation, ...] = (),
    removed: tuple[Indicator | Observation, ...] = (),
) -> Commit:
    return Commit(
        VintageKind.EDIT, "", base=base, indicators=indicators, observations=observations,
        removed=removed,
    )  # fmt: skip


def _latest(store: Store) -> tuple[int, Contents]:
    base = store.latest_vintage()
    return base, store.contents(base)


def _indicators(contents: Contents) -> Iterable[Indicator]:
    return (known.value for known in contents.indicators.values())


def _named(contents: Contents, id: str) -> Indicator:
    if id not in contents.indicators:
        raise IndicatorUnknown(name=id)
    return contents.indicators[id].value


def _names(indicator: Indicator) -> tuple[str, ...]:
    name, short = indicator.name, indicator.short
    return tuple(dict.fromkeys((name.zh, name.en, short.zh, short.en, *indicator.aliases)))


def _spellings(names: Iterable[str]) -> set[str]:
    return set(map(compact, names))


def _figures(contents: Contents, indicator: Indicator) -> Sequence[Observation]:
    figures = (known.value for known in contents.figures.values())
    return tuple(figure for figure in figures if figure.indicator == indicator.id)


def _check_may_go(store: Store, indicator: Indicator, contents: Contents) -> None:
    """Refuse to take away what others depend on, its figures aside."""
    name = indicator.name
    if indicator.id in store.catalogue(FIRST_VINTAGE):
        raise IndicatorStays(name=name)
    areas = {key[0] for key in contents.targets if key[1] == indicator.id}
    areas |= {key[0] for key in contents.changes if key[1] == indicator.id}
    if areas:
        named = tuple(contents.areas[area].value.name for area in sorted(areas))
        raise IndicatorHasTargets(name=name, areas=named)
    for area in contents.areas:
        for saved in store.scenarios.listed(area):
            if f'"{indicator.id}"' in saved.document:
                raise IndicatorInScenario(name=name, scenario=saved.name)


def _moved(figure: Observation, gone: Indicator, kept: Indicator) -> Observation:
    """Return a figure of one indicator as one of another, in its unit."""
    basis = kept.basis if figure.basis == gone.basis else figure.basis
    if figure.measure.is_growth:
        return replace(figure, indicator=kept.id, basis=basis)
    value = convert(figure.value, figure.unit, kept.unit)
    if value is None:
        raise MergedUnitsDiffer(name=gone.name, other=kept.name, unit=figure.unit, wanted=kept.unit)
    return replace(figure, indicator=kept.id, basis=basis, value=value, unit=kept.unit)
