"""What moves the all-clear most, in words: what is turned, how far, and what that does.

Names and settings are plain texts, as charts and tables show them; sentences are Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forecasting.errors import AssumptionMissing, LevelsMissing, OutlookError
from forecasting.figures.indicator import Catalogue
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Amount, Pin, PointLever
from forecasting.scenario.projects import Project
from forecasting.scenario.response import Dial
from forecasting.scenario.tornado import Action, Bar, Step, Tornado
from ui.frame.errors import told
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.language.markdown import literal, unescaped
from ui.scenario import words as scenario_words
from ui.scenario.pinned import held
from ui.scenario.sentences import percent_of

LEAST_TARGETS = 0.05
"""Of a target, that a step has to move before it is worth a bar."""


def name_of(bar: Bar, catalogue: Catalogue, language: Language) -> str:
    """Return what is turned: a lever, the dates of a project, its chance to start."""
    name = unescaped(scenario_words.entry_name(bar.entry, catalogue, language))
    if bar.action is Action.VALUE:
        return name
    return t(f"tornado.{bar.action}_of", language, name=name)


def setting_of(bar: Bar, step: Step, catalogue: Catalogue, language: Language) -> str:
    """Return how far it is turned: 多3亿元, 早1季, 把握100%."""
    if bar.action is Action.DATES:
        key = "tornado.earlier" if step.amount < 0 else "tornado.later"
        return t(key, language, count=round(abs(step.amount)))
    if bar.action is Action.CHANCE:
        assert isinstance(bar.entry, Project)
        chance = bar.entry.start_probability + step.amount
        return t("tornado.chance", language, percent=fmt.share(chance))
    size, up = abs(step.amount), step.amount > 0
    match bar.entry:
        case Lever() if bar.entry.rule.unit == "%":
            key, amount = "higher" if up else "lower", f"{scenario_words.rounded(size)}%"
        case Lever():
            key = "more" if up else "less"
            amount = scenario_words.quantity(size, bar.entry.rule.unit, language, exact=False)
        case Amount() if not bar.entry.points:
            key, unit = "more" if up else "less", catalogue[bar.entry.indicator].unit
            amount = scenario_words.quantity(size, unit, language, exact=False)
        case Amount():
            key, amount = "more" if up else "less", scenario_words.points(size, language)
        case PointLever() | Project():
            figure = scenario_words.rounded(size)
            return t("tornado.further" if up else "tornado.back", language, figure=figure)
    return t(f"tornado.{key}", language, amount=amount)


def is_flat(found: Tornado) -> bool:
    """Return whether no step moves the all-clear as far as it is shown."""
    shown = fmt.probability(found.probability)
    return all(
        fmt.probability(step.probability) == shown for bar in found.bars for step in steps_of(bar)
    )


def is_still(found: Tornado) -> bool:
    """Return whether no step moves the targets that are met either, so that a chart is empty."""
    moves = [abs(step.targets) for bar in found.bars for step in steps_of(bar)]
    return is_flat(found) and max(moves, default=0.0) < LEAST_TARGETS


def steps_of(bar: Bar) -> tuple[Step, ...]:
    """Return the steps of a bar, the one that lowers first."""
    return tuple(step for step in (bar.down, bar.up) if step)


def sentence(found: Tornado, outlook: Outlook, catalogue: Catalogue, language: Language) -> str:
    """Say what moves the all-clear most, and by what it would gain most."""
    suffix = words.suffix(outlook.area.reference)
    if not found.bars:
        return t("tornado.none", language)
    if is_flat(found):
        probability = percent_of(found.probability, language)
        kind = "still" if is_still(found) else "flat"
        return t(f"tornado.{kind}{suffix}", language, probability=probability)
    first = found.bars[0]
    lines = [_told("largest", first, steps_of(first), found, suffix, catalogue, language)]
    best = max(found.bars, key=lambda bar: max(step.change for step in steps_of(bar)))
    gain = max(steps_of(best), key=lambda step: step.change)
    if best is not first and gain.change > max(step.change for step in steps_of(first)):
        lines.append(_told(f"best{suffix}", best, (gain,), found, suffix, catalogue, language))
    return t("format.between_sentences", language).join(lines)


def _told(
    key: str,
    bar: Bar,
    steps: Sequence[Step],
    found: Tornado,
    suffix: str,
    catalogue: Catalogue,
    language: Language,
) -> str:
    moves: list[str] = []
    for step in sorted(steps, key=lambda step: -step.change):
        direction = "tornado.rises" if step.change > 0 else "tornado.falls"
        moves.append(
            t(
                "tornado.second" if moves else f"tornado.first{suffix}",
                language,
                setting=literal(setting_of(bar, step, catalogue, language)),
                before=percent_of(found.probability, language),
                direction=t(direction, language),
                after=percent_of(step.probability, language),
            )
        )
    name = literal(name_of(bar, catalogue, language))
    joined = t("scenario_list.semicolon", language).join(moves)
    return t(f"tornado.{key}", language, name=name, moves=joined)


def remarks(
    dials: Sequence[Dial], pins: Sequence[Pin], catalogue: Catalogue, language: Language
) -> list[str]:
    """Say which dials cannot be turned and why, and what of the others is left out."""
    semicolon = t("scenario_list.semicolon", language)
    stuck = [_lacks(dial, catalogue, language) for dial in dials if dial.missing]
    resting = [dial for dial in dials if not (dial.missing or dial.reaches or dial.unmeasured)]
    stopped = [dial for dial in resting if held(dial.entry, pins)]
    idle, fixed = (
        [scenario_words.entry_name(dial.entry, catalogue, language) for dial in some]
        for some in ([dial for dial in resting if dial not in stopped], stopped)
    )
    unmeasured = dict.fromkeys(
        words.title(indicator, language) for dial in dials for indicator in dial.unmeasured
    )
    comma = t("format.comma", language)
    lines = {
        "lacking": semicolon.join(stuck),
        "unmeasured": comma.join(unmeasured),
        "idle": semicolon.join(idle),
        "held": semicolon.join(fixed),
    }
    return [t(f"tornado.{key}", language, names=names) for key, names in lines.items() if names]


def _lacks(dial: Dial, catalogue: Catalogue, language: Language) -> str:
    what = dict.fromkeys(text for error in dial.missing for text in _wanted(error, language))
    return t(
        "tornado.lacks",
        language,
        name=scenario_words.entry_name(dial.entry, catalogue, language),
        what=t("format.comma", language).join(what),
    )


def _wanted(error: OutlookError, language: Language) -> Iterator[str]:
    match error:
        case AssumptionMissing():
            yield scenario_words.assumption_name(str(error.values["assumption"]), language)
        case LevelsMissing():
            yield t("tornado.level", language)
        case _:
            yield from told(error, language)
