"""What is read from a snapshot says and shows the very same as what was issued."""

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from forecasting.cli.views import outlook_document
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.issues.snapshot import IssueNote, Snapshot
from forecasting.issues.take import Material, take
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.outlook.question import Question
from tests.snapshots import material, sample_issue, seeds
from tests.ui.speakers import SPEAKERS
from ui.charts.fan_content import fan_of
from ui.language import Speaker
from ui.outlook import headlines, sentences

CASES = ("zone", "scenario", "nation", "complete")


def judged(area: str, year: int, threshold: float | None = None) -> Outlook:
    found = next(entry for entry in seeds().areas if entry.id == area)
    question = Question(found, year, threshold=threshold)
    return judge(question, seeds().inputs)


@cache
def issued(case: str) -> Snapshot:
    if case in ("zone", "scenario"):  # of both, two targets have no verdict
        return sample_issue(applied=case == "scenario", moved=False)
    outlook = judged("CN", 2026, 7.0) if case == "nation" else judged("SAMPLE", 2025)
    at = material()
    today = date(2026, 8, 1)
    sources = Material(seeds().areas, seeds().catalogue, at.observations, 1, "0.6.0", today)
    return take(IssueNote(1, "2026-08-01T01:30:00+00:00"), outlook, sources)


@pytest.fixture(params=CASES)
def both(request: pytest.FixtureRequest) -> tuple[Outlook, Outlook]:
    """Return an outlook as it was issued and as it was read."""
    snapshot = issued(request.param)
    return snapshot.outlook, read_snapshot(write_snapshot(snapshot)).outlook


def test_the_cases_are_of_every_kind() -> None:
    assert len(issued("zone").outlook.excluded) == 2
    assert issued("complete").outlook.complete
    assert issued("nation").outlook.area.reference
    assert issued("scenario").outlook.verdicts != issued("zone").outlook.verdicts
    outliers = [v for v in issued("zone").outlook.verdicts if v.model and v.model.outliers]
    assert outliers


@pytest.mark.parametrize("say", SPEAKERS)
def test_every_sentence_is_the_same(both: tuple[Outlook, Outlook], say: Speaker) -> None:
    before, after = (list(every_sentence(outlook, say)) for outlook in both)

    assert after == before
    assert sum(text != "" for _, text in before) > 10


def every_sentence(outlook: Outlook, say: Speaker) -> Iterator[tuple[str, object]]:
    """Yield what every function of the sentences says of an outlook and of what is in it."""
    members = (
        (module, *member)
        for module in (headlines, sentences)
        for member in inspect.getmembers(module, inspect.isfunction)
    )
    for module, name, function in members:
        if function.__module__ != module.__name__ or name.startswith("_"):
            continue
        first = next(iter(inspect.signature(function).parameters))
        for subject in subjects(outlook, first):
            yield name, said(function, subject, outlook, say)


def subjects(outlook: Outlook, parameter: str) -> tuple[object, ...]:
    """Return what a function may be asked about, by the name of its first parameter."""
    return {
        "outlook": (outlook,),
        "verdict": outlook.verdicts,
        "verdicts": (outlook.verdicts,),
        "history": tuple(verdict.history for verdict in outlook.verdicts),
        "entry": outlook.excluded,
        "required": tuple(v.pace for v in outlook.verdicts if v.pace is not None),
        "sentence": (),
    }[parameter]


def said(
    function: Callable[..., object], subject: object, outlook: Outlook, say: Speaker
) -> object:
    """Return what a function says; of what stands on an object, its text."""
    given: dict[str, Any] = {
        "say": say,
        "year": outlook.year,
        "single": True,
        "planned": True,
        "number": str,
        "together": outlook.all_clear,
        "required": subject.pace if isinstance(subject, Verdict) else None,
    }
    names = list(inspect.signature(function).parameters.values())[1:]
    asked = {p.name: given[p.name] for p in names if p.default is p.empty}
    if asked.get("required", ...) is None:
        return ""
    answer = function(subject, **asked)
    if isinstance(answer, tuple):
        return [one.indicator_id if isinstance(one, Verdict) else one for one in answer]
    return answer.indicator_id if isinstance(answer, Verdict) else answer


@pytest.mark.parametrize("whole", [False, True])
def test_every_fan_is_the_same(both: tuple[Outlook, Outlook], whole: bool) -> None:
    before, after = both

    assert [verdict.indicator_id for verdict in after.verdicts]
    for old, new in zip(before.verdicts, after.verdicts, strict=True):
        for say in SPEAKERS:
            drawn, again = (
                fan_of(verdict, before.year, say, whole=whole) for verdict in (old, new)
            )
            assert again == drawn
            assert drawn.known


def test_every_figure_is_the_same(both: tuple[Outlook, Outlook]) -> None:
    before, after = both

    assert outlook_document(after) == outlook_document(before)
