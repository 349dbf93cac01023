"""The sliders of a scenario: one for each dial, in groups, with its unit and what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forecasting.errors import OutlookError
from forecasting.indicator import Catalogue
from forecasting.scenario.dials import Turned
from forecasting.scenario.entries import Amount, PointLever
from forecasting.scenario.errors import AssumptionMissing
from forecasting.scenario.levers import Lever
from forecasting.scenario.response import Dial, Response
from ui import scenario_words, words
from ui.live.parts import Control, Group
from ui.messages import Language, t
from ui.messages.errors import told
from ui.messages.markdown import unescaped
from ui.scenario_words import LEVER_GROUPS


@dataclass(frozen=True, slots=True)
class _Scale:
    """How a slider of a unit moves.

    Attributes
    ----------
    told
        The amount whose effect is said while it rests.
    """

    step: float
    decimals: int
    told: float


_SCALES: Mapping[str, _Scale] = {
    "1e8 CNY": _Scale(0.1, 1, 1.0),
    "1e4 CNY": _Scale(50, 0, 1000),
    "1e4 USD": _Scale(50, 0, 1000),
    "%": _Scale(0.5, 1, 1.0),
    "firms": _Scale(1, 0, 1),
    "days": _Scale(1, 0, 10),
    "trains": _Scale(1, 0, 10),
    "mu": _Scale(10, 0, 100),
}
_OTHER = _Scale(0.1, 1, 1.0)
_POINTS_RANGE, _AMOUNT_RANGE, _UNITS_RANGE = 5.0, 10.0, 10.0
"""Either side of zero, of a slider in points, of one in an indicator's unit, and of any other."""


def ids(dials: Sequence[Turned]) -> list[str]:
    """Return the name of each dial's slider, which no turning changes."""
    return [f"{place}_{_kind(dial)}" for place, dial in enumerate(dials)]


def _kind(dial: Turned) -> str:
    return str(dial.kind) if isinstance(dial, Lever) else f"{type(dial).__name__}_{dial.indicator}"


def groups(
    dials: Sequence[Turned], picture: Response, catalogue: Catalogue, language: Language
) -> tuple[Group, ...]:
    """Return the sliders by group; what somebody set up in the scenario stands last."""
    controls = dict(enumerate(_controls(dials, picture, catalogue, language)))
    found = []
    for group, kinds in LEVER_GROUPS.items():
        own = [
            controls[place]
            for kind in kinds
            for place, dial in enumerate(dials)
            if isinstance(dial, Lever) and dial.kind is kind
        ]
        if own:
            found.append(Group(scenario_words.group_name(group, language), tuple(own)))
    rest = [controls[place] for place, dial in enumerate(dials) if not isinstance(dial, Lever)]
    if rest:
        found.append(Group(t("desk.own_levers", language), tuple(rest)))
    return tuple(found)


def _controls(
    dials: Sequence[Turned], picture: Response, catalogue: Catalogue, language: Language
) -> Iterator[Control]:
    for place, (name, dial) in enumerate(zip(ids(dials), dials, strict=True)):
        reach = picture.dials[place]
        low, high, unit = _range(dial, catalogue)
        scale = _SCALES.get(unit, _OTHER)
        yield Control(
            id=name,
            dial=None if reach.missing else place,
            label=unescaped(_label(dial, catalogue, language)),
            spoken=t(
                "quantity.other", language, figure="{value}", unit=_unit(dial, catalogue, language)
            ),
            low=low,
            high=high,
            step=scale.step,
            decimals=scale.decimals,
            hint=_hint(dial, unit, reach, catalogue, language),
            missing=_missing(reach.missing, language),
        )


def _range(dial: Turned, catalogue: Catalogue) -> tuple[float, float, str]:
    """Return the ends of a slider and the unit it is in."""
    match dial:
        case Lever():
            return dial.rule.low, dial.rule.high, dial.rule.unit
        case Amount() if not dial.points:
            return -_AMOUNT_RANGE, _AMOUNT_RANGE, catalogue[dial.indicator].unit
        case Amount():
            return -_POINTS_RANGE, _POINTS_RANGE, "points"
        case PointLever():
            return -_UNITS_RANGE, _UNITS_RANGE, ""


def _label(dial: Turned, catalogue: Catalogue, language: Language) -> str:
    name = scenario_words.entry_name(dial, catalogue, language)
    unit = _unit(dial, catalogue, language)
    return t("lever_label.unit", language, name=name, unit=unit) if unit else name


def _unit(dial: Turned, catalogue: Catalogue, language: Language) -> str:
    """Return the unit of a dial in words; a point lever has none that is known."""
    match dial:
        case Lever():
            return scenario_words.lever_unit(dial.kind, language)
        case Amount() if not dial.points:
            return words.unit(catalogue[dial.indicator].unit, language)
        case Amount():
            return t("live.points", language)
        case PointLever():
            return ""


def _hint(dial: Turned, unit: str, reach: Dial, catalogue: Catalogue, language: Language) -> str:
    """Say what some of it does while it rests, or that it does nothing this year."""
    if reach.missing:
        return ""
    lines = []
    if not reach.reaches:
        key = "desk.next_year" if isinstance(dial, Lever) else "desk.no_effect"
        lines.append(t(key, language))
    else:
        told_of = _SCALES.get(unit, _OTHER).told
        effects = t("format.comma", language).join(
            t(
                "desk.effect",
                language,
                name=words.title(catalogue[one.indicator], language),
                points=scenario_words.points(
                    told_of * float(one.spread(-1).mean()), language, signed=True
                ),
            )
            for one in reach.reaches
        )
        amount = (
            scenario_words.quantity(told_of, unit, language)
            if unit
            else t("desk.one_step", language)
        )
        lines.append(t("desk.hint", language, amount=amount, effects=effects))
    if reach.unmeasured:
        names = (words.title(indicator, language) for indicator in reach.unmeasured)
        joined = t("format.comma", language).join(names)
        lines.append(t("desk.unmeasured", language, names=joined))
    return t("format.semicolon", language).join(lines)


def _missing(errors: Sequence[OutlookError], language: Language) -> str:
    """Say which assumptions a dial waits for; of anything else the whole error."""
    names = [
        scenario_words.assumption_name(str(error.values["assumption"]), language)
        for error in errors
        if isinstance(error, AssumptionMissing)
    ]
    if len(names) == len(errors) and names:
        joined = t("format.comma", language).join(names)
        return t("desk.missing", language, names=joined)
    lines = [line for error in errors for line in told(error, language)]
    return unescaped(t("format.between_sentences", language).join(lines))
