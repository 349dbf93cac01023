"""The sliders of a scenario, which answer at once: one for each dial, in groups, with its unit."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from forecasting.errors import AssumptionMissing, OutlookError
from forecasting.figures.indicator import Catalogue
from forecasting.outlook.judge import Baseline
from forecasting.scenario.arithmetic import now_of, opening_of, unit_of
from forecasting.scenario.levers import STEPS, Lever, usual_step
from forecasting.scenario.live import live
from forecasting.scenario.model import Amount, PointLever, Turnable
from forecasting.scenario.number_limits import LARGEST
from forecasting.scenario.realisation import rates_of
from forecasting.scenario.reference_class import RealisationRates
from forecasting.scenario.response import USUAL_POINTS, Dial, Range, Response, at_rest, usual_range
from ui.charts.fan_content import fan_of
from ui.charts.figures import fan_figures
from ui.frame import address, page_files
from ui.frame.errors import told
from ui.language import Speaker, words
from ui.scenario import sentences, terms
from ui.scenario.live import component, packing
from ui.scenario.live.component import Slot
from ui.scenario.live.packing import MOST, Control, Group, Packed, Released
from ui.scenario.live.sentence import sentence
from ui.scenario.sentences import comes_briefly, pinned_indicators
from ui.scenario.state import Draft
from ui.scenario.terms import LEVER_GROUPS

KEY = "live"
SENDING = 0.03  # seconds in which an answer leaves for the browser: drawing would hold it back


def answer(draft: Draft) -> OutlookError | None:
    """Answer what was released, before anything is drawn: then the page is drawn anew.

    Returns
    -------
    OutlookError or None
        Why what was released is not taken.
    """
    pack = _packed(draft)
    released = component.released(pack, key=KEY)
    fault = None if released is None else draft.set_dials(_values(draft, released))
    evaluation = draft.evaluation
    values = {name: dial.value for name, dial in _named(evaluation.dials).items()}
    headline = sentences.headline(
        draft.baseline_outlook, evaluation.applied, draft.catalogue, draft.say.plain
    )
    outlook = evaluation.applied.outlook
    component.answer(pack, values, outlook, headline, key=KEY, released=released)
    if released is not None and fault is None:
        address.publish()
        time.sleep(SENDING)
        st.rerun()
    return fault


def show_sliders(draft: Draft) -> None:
    """Mount the sliders, and let the figures be had of what they show."""
    component.show(_packed(draft), key=KEY)
    outlook = draft.evaluation.applied.outlook
    if not draft.scenario.silent:
        page_files.mark(draft.say.plain("report.scenario"))
    for verdict in outlook.verdicts:
        name = words.title(verdict.history.indicator, draft.say.plain)
        fan = fan_of(verdict, draft.year, draft.say)
        page_files.add(verdict.indicator_id, fan_figures(fan, name, draft.year, draft.say))


def show_place(part: Slot) -> None:
    """Show a part of what the sliders bring, which moves with them."""
    component.place(part, key=KEY)


def _values(draft: Draft, released: Released) -> dict[int, float]:
    """Return where every dial was released, by its number; what is not named rests."""
    picture = draft.response
    names = ids(draft.evaluation.dials)
    return {
        place: released.values.get(name, 0.0)
        for place, (name, dial) in enumerate(zip(names, picture.dials, strict=True))
        if not dial.missing
    }


def _packed(draft: Draft) -> Packed:
    """Return the sliders and everything they are computed from; the same however they turn."""

    def make() -> Packed:
        picture = draft.response
        shown = slider_groups(
            draft.evaluation.dials, picture, draft.baseline, draft.catalogue, draft.say
        )
        before, evaluation = draft.baseline_outlook, draft.evaluation
        said = sentence(
            before, evaluation.applied, _named(evaluation.dials), draft.catalogue, draft.say
        )
        return packing.pack(live(picture, before), before, shown, draft.say, said)

    # Levers that lack a number are in no usable scenario, but their names are on the sliders.
    dials = tuple(map(unit_of, draft.evaluation.dials))
    kind = f"live {draft.say.language} {dials!r}"
    made: Packed = draft.computed(at_rest(draft.evaluation.usable), kind, make)
    return made


@dataclass(frozen=True, slots=True)
class _Scale:
    """How a slider moves.

    Attributes
    ----------
    sample
        The amount whose effect is said while it rests.
    """

    step: float
    decimals: int
    sample: float


@dataclass(frozen=True, slots=True)
class _Slider:
    dial: Turnable
    unit: str
    range: Range
    scale: _Scale


_SAMPLES: Mapping[str, float] = {
    "1e8 CNY": 1.0,
    "1e4 CNY": 1000.0,
    "1e4 USD": 1000.0,
    "%": 1.0,
    "firms": 1.0,
    "days": 10.0,
    "trains": 10.0,
    "mu": 100.0,
}
"""Amounts whose effect is said of a lever, by the unit of its rule."""
_LEAST_STEPS = 3
"""Either side of zero."""
_BEYOND = 10
"""Times its usual range may be typed where that is a wide one."""


def ids(dials: Sequence[Turnable]) -> list[str]:
    """Return the name of each dial's slider, which no turning changes."""
    return [f"{place}_{_kind(dial)}" for place, dial in enumerate(dials)]


def _named(dials: Sequence[Turnable]) -> dict[str, Turnable]:
    return dict(zip(ids(dials), dials, strict=True))


def _kind(dial: Turnable) -> str:
    return str(dial.kind) if isinstance(dial, Lever) else f"{type(dial).__name__}_{dial.indicator}"


def slider_groups(
    dials: Sequence[Turnable],
    picture: Response,
    baseline: Baseline,
    catalogue: Catalogue,
    say: Speaker,
) -> tuple[Group, ...]:
    """Return the sliders by group; what somebody set up in the scenario stands last."""
    maker = _Maker(picture, baseline, catalogue, say.plain)
    controls = dict(enumerate(maker.controls(dials)))
    found = []
    for group, kinds in LEVER_GROUPS.items():
        own = [
            controls[place]
            for kind in kinds
            for place, dial in enumerate(dials)
            if isinstance(dial, Lever) and dial.kind is kind
        ]
        if own:
            found.append(Group(say(f"lever_group.{group}"), tuple(own)))
    rest = [controls[place] for place, dial in enumerate(dials) if not isinstance(dial, Lever)]
    if rest:
        found.append(Group(say("desk.own_levers"), tuple(rest)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Maker:
    picture: Response
    baseline: Baseline
    catalogue: Catalogue
    say: Speaker

    @property
    def rates(self) -> RealisationRates:
        """How much of its dials comes."""
        return rates_of(self.picture.scenario, now_of(self.baseline))

    def controls(self, dials: Sequence[Turnable]) -> Iterator[Control]:
        for place, (name, dial) in enumerate(zip(ids(dials), dials, strict=True)):
            reach, slider = self.picture.dials[place], self._slider(dial)
            bound = min(max(_BEYOND * slider.range.high, MOST), LARGEST)
            yield Control(
                id=name,
                dial=None if reach.missing else place,
                label=self._label(dial),
                spoken=self.say("quantity.other", figure="{value}", unit=self._unit(dial)),
                low=slider.range.low,
                high=slider.range.high,
                step=slider.scale.step,
                decimals=slider.scale.decimals,
                lowest=-bound,
                highest=bound,
                hint=self._hint(slider, reach),
                missing=self._missing(reach.missing),
            )

    def _slider(self, dial: Turnable) -> _Slider:
        """Return how a dial moves; between which values is as everywhere else."""
        levels = {**self.baseline.levels, **dict(self.picture.scenario.levels)}
        usual = usual_range(dial, levels) or Range(-USUAL_POINTS, USUAL_POINTS)
        if isinstance(dial, Lever):
            unit = dial.rule.unit
            return _Slider(dial, unit, usual, _scale(usual, unit, _SAMPLES[unit]))
        unit = ""
        if isinstance(dial, Amount):
            unit = "points" if dial.points else self.catalogue[dial.indicator].unit
        scale = _scale(usual, unit)
        steps = max(math.ceil(usual.high / scale.step - 1e-9), _LEAST_STEPS)
        end = round(steps * scale.step, scale.decimals)
        return _Slider(dial, unit, Range(-end, end), scale)

    def _label(self, dial: Turnable) -> str:
        name = terms.entry_name(dial, self.catalogue, self.say)
        unit = self._unit(dial)
        return self.say("lever_label.unit", name=name, unit=unit) if unit else name

    def _unit(self, dial: Turnable) -> str:
        """Return the unit of a dial in words; a point lever has none that is known."""
        match dial:
            case Lever():
                return terms.lever_unit(dial.kind, self.say)
            case Amount() if not dial.points:
                return self.say.word("unit", self.catalogue[dial.indicator].unit)
            case Amount():
                return self.say("live.points")
            case PointLever():
                return ""

    def _hint(self, slider: _Slider, reach: Dial) -> str:
        """Say what some of it does while it rests, or that it does nothing this year."""
        if reach.missing:
            return ""
        say = self.say
        lines = []
        if reach.reaches:
            lines.append(self._effect(slider, reach))
            below = slider.range.low < 0
            lines.append(comes_briefly(slider.dial, self.rates, say, below_zero=below))
        elif not reach.unmeasured:
            lines.append(self._none(slider.dial))
        if reach.unmeasured:
            names = (words.title(indicator, say) for indicator in reach.unmeasured)
            joined = say("format.comma").join(names)
            lines.append(say("desk.unmeasured", names=joined))
        return say("format.semicolon").join(lines)

    def _effect(self, slider: _Slider, reach: Dial) -> str:
        say, sample = self.say, slider.scale.sample
        counted = reach.sides.counted(sample)
        effects = say("format.comma").join(
            say(
                "desk.effect",
                name=words.title(self.catalogue[one.indicator], say),
                points=terms.points(counted * float(one.spread(-1).mean()), say, signed=True),
            )
            for one in reach.reaches
        )
        amount = say("desk.one_step")
        if slider.unit:
            amount = terms.quantity(sample, slider.unit, say)
        return say("desk.hint", amount=amount, effects=effects)

    def _none(self, dial: Turnable) -> str:
        """Say that a dial moves nothing this year, and where it is why that it counts later."""
        year = self.baseline.question.year
        opens = opening_of(self.baseline)
        later = isinstance(dial, Lever) and dial.first_counted(opens).year > year
        if not later and (pinned := pinned_indicators(dial, self.picture.scenario.pins)):
            names = (words.title(self.catalogue[one], self.say) for one in pinned)
            joined = self.say("format.comma").join(names)
            return self.say("desk.held", names=joined)
        return self.say("desk.next_year" if later else "desk.no_effect")

    def _missing(self, errors: Sequence[OutlookError]) -> str:
        """Say which assumptions a dial waits for; of anything else the whole error."""
        say = self.say
        names = [
            say(f"assumption.{error.values['assumption']}")
            for error in errors
            if isinstance(error, AssumptionMissing)
        ]
        if len(names) == len(errors) and names:
            joined = say("format.comma").join(names)
            return say("desk.missing", names=joined)
        lines = [line for error in errors for line in told(error, say)]
        return say("format.between_sentences").join(lines)


def _scale(usual: Range, unit: str, sample: float | None = None) -> _Scale:
    """Return how a slider moves: in the steps of the solver, so that it can stand where that ends.

    Parameters
    ----------
    sample
        None is about a tenth of what is usual, as a round amount; of points it is one.
    """
    step = usual_step(usual.low, usual.high, unit)
    if sample is None:
        bare = unit in ("", "points")
        sample = 1.0 if bare else usual_step(0.0, usual.high / 10 * STEPS, unit)
    return _Scale(step, max(-math.floor(math.log10(step) + 1e-9), 0), sample)
