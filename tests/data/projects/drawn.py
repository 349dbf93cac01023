"""Projects as hypothesis draws them: every field, within what a scenario may say."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from data.projects.cells import says_nothing
from data.projects.problems import Code
from data.projects.read import kind_of
from data.workbook.words.normalise import compact
from forecasting.figures.period import Quarter
from forecasting.scenario.projects import Project, Stage
from forecasting.scenario.reference_class import PROJECT_CLASSES

# A cell holds no control characters and no half of a surrogate pair, and has no space around it.
_LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
_STARTS = st.sampled_from(
    ["", "=1+", "+", "-", "@", "'=", "''-", '"', "0", "年产10万吨", ";", ",,"]
)
_TEXTS = st.builds(
    lambda start, rest: (start + rest).strip(), _STARTS, st.text(_LETTERS, max_size=12)
)
REMARKS = _TEXTS.filter(lambda text: not text or not says_nothing(text))
NAMES = _TEXTS.filter(lambda text: any(map(str.isalnum, compact(text))))
IDS = NAMES.filter(lambda text: kind_of(text) not in (Code.TOTAL_ROW, Code.EXAMPLE_ROW))
QUARTERS = st.none() | st.builds(Quarter, st.integers(1990, 2090), st.integers(1, 4))
AMOUNTS = st.just(0.0) | st.floats(1e-6, 1e9)
SHARES = st.sampled_from([0.0, 0.186, 0.375, 1.0]) | st.floats(1e-9, 1)


@st.composite
def delays(draw: st.DrawFn) -> tuple[float, ...]:
    parts = draw(st.lists(st.integers(0, 100), min_size=1, max_size=6).filter(any))
    return tuple(part / sum(parts) for part in parts)


def completions() -> st.SearchStrategy[tuple[tuple[int, float], ...]]:
    years = st.dictionaries(st.integers(1990, 2090), AMOUNTS, max_size=3)
    return years.map(lambda drawn: tuple(sorted(drawn.items())))


PROJECTS = st.builds(
    Project,
    id=IDS,
    name=NAMES,
    stage=st.sampled_from(Stage),
    total_investment=AMOUNTS,
    signed=QUARTERS,
    start_planned=QUARTERS,
    started=QUARTERS,
    recorded=QUARTERS,
    producing=QUARTERS,
    counted=QUARTERS,
    completion=completions(),
    completed=completions(),
    output=AMOUNTS,
    value_added_rate=SHARES,
    ramp=st.none()
    | st.lists(st.just(0.0) | st.floats(1e-9, 10), min_size=1, max_size=8).map(tuple),
    tax=AMOUNTS | AMOUNTS.map(lambda amount: 0.0 - amount),
    retained=SHARES,
    industrial=st.booleans(),
    start_probability=st.none() | SHARES,
    delay=st.none() | delays(),
    reference=st.none() | st.sampled_from(PROJECT_CLASSES),
    certain=st.booleans(),
    blocking=REMARKS,
    owner=REMARKS,
)


def _seen(name: str) -> str:
    return compact(unicodedata.normalize("NFKC", name))


TABLES = st.lists(
    PROJECTS, max_size=4, unique_by=(lambda project: project.id, lambda it: _seen(it.name))
)
