"""Whatever is known, missed or open, and whatever was asked: a report that says nothing false."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.indicator import Comparator
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Outlook, Verdict
from tests.ui.outlooks import NAMES, NATION, line, make_outlook, make_verdict
from tests.ui.report.snapshots import ZONE, make_snapshot
from tests.ui.speakers import SPEAKERS
from ui.language import Speaker
from ui.outlook import headlines, sentences
from ui.report.document.blocks import Lights, Report, Topic, plain
from ui.report.document.compose import report_of

YEAR = (9.0, 8.8, 8.4, 8.1)
CHANCES = ("把握", "可能性", "chance", "probability", "次", "in 100")


class Standing(NamedTuple):
    """How an indicator stands: the quarters that are known, and of a known year the outcome."""

    quarters: int
    met: bool
    flash: bool
    chance: float


STANDINGS = st.builds(
    Standing,
    st.sampled_from([0, 1, 2, 3, 4, 4]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0.0, 0.004, 0.07, 0.2, 0.29, 0.46, 0.58, 0.74, 0.895, 0.95, 0.999, 1.0]),
)
LINES = st.sampled_from(
    [
        line(comparator, threshold, 0.5 if comparator is Comparator.ABOUT else 0.0)
        for comparator in Comparator
        for threshold in (7.0, -3.0)
    ]
)


@st.composite
def outlooks(draw: st.DrawFn) -> Outlook:
    """Draw an outlook whose answers go together, the weakest link first."""
    reference = draw(st.booleans())
    targets = draw(st.one_of(LINES.map(lambda one: [one] * 6), st.lists(LINES, min_size=6)))
    standings = draw(st.lists(STANDINGS, min_size=1, max_size=6))
    verdicts: list[Verdict] = [
        make_verdict(
            float(one.met) if one.quarters == 4 else one.chance,
            name=name,
            ytd=YEAR[: one.quarters],
            reference=reference,
            flash=one.flash and one.quarters == 4,
            target=target,
        )
        for name, one, target in zip(NAMES, standings, targets, strict=False)
    ]
    verdicts.sort(key=lambda verdict: verdict.probability)
    together = verdicts[0].probability  # as where one never fails without those before it
    area, missing = NATION if reference else ZONE, draw(st.integers(0, 2))
    return make_outlook(together, *verdicts, area=area, missing=missing)


def lights_of(report: Report) -> Lights:
    section = report.section(Topic.LIGHTS)
    assert section is not None
    return next(block for block in section.blocks if isinstance(block, Lights))


@given(outlooks(), st.sampled_from(SPEAKERS))
def test_what_is_known_is_never_told_as_a_chance(outlook: Outlook, say: Speaker) -> None:
    report = report_of(make_snapshot(outlook), say)
    lines = [plain(text) for text in report.lines]

    if outlook.settled:
        assert [word for word in CHANCES if word in lines[0]] == []
        assert report.big is None or report.big.dots is None
    if outlook.known:
        assert len(lines) == 3
        assert [word for line in lines for word in CHANCES if word in line] == []


@given(outlooks(), st.sampled_from(SPEAKERS))
def test_what_is_not_published_has_no_light_of_what_is(outlook: Outlook, say: Speaker) -> None:
    report = report_of(make_snapshot(outlook), say)
    lamps = [row.lamp for row in lights_of(report).rows]
    inside = [v.known and not v.complete for v in sorted(outlook.counted, key=_probability)]

    assert [lamp for lamp, known in zip(lamps, inside, strict=True) if known and lamp] == []
    if report.big is not None and report.big.lamp is not None and outlook.known:
        assert report.big.lamp.light in (Light.MET, Light.MISSED)
        assert outlook.published


def _probability(verdict: Verdict) -> float:
    return verdict.probability


@given(outlooks(), st.sampled_from(SPEAKERS))
def test_every_text_is_filled_and_has_no_mark_left(outlook: Outlook, say: Speaker) -> None:
    report = report_of(make_snapshot(outlook), say)
    told = [plain(text) for text in report.lines]
    told += [sentences.plain(headlines.headline(outlook, say))]
    told += [sentences.plain(sentences.weakest_link(outlook, say))]
    for verdict in outlook.counted:
        told.append(sentences.plain(sentences.verdict_sentence(verdict, outlook.year, say)))
        told.append(sentences.plain(sentences.pace(verdict, say)))
        told.append(sentences.plain(sentences.indicator_title(verdict, outlook.year, say)))

    marks = ("{", "}", "**", ":primary", "|", "。。", "，，", "；；", "..", "  ")
    assert [text for text in told if any(mark in text for mark in marks)] == []
