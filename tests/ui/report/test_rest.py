"""How the others stand beside the one that the lines are about: golden sentences."""

from __future__ import annotations

import pytest

from forecasting.outlook.outlook import Verdict
from tests.ui.outlooks import make_verdict
from tests.ui.report.snapshots import SEPTEMBER, YEAR
from ui.language import Language
from ui.report.document.five_lines import rest

ZH, EN = Language.ZH, Language.EN


def ahead(chance: float, **options: bool) -> Verdict:
    return make_verdict(chance, ytd=SEPTEMBER, **options)


def known(growth: float, **options: bool) -> Verdict:
    return make_verdict(float(growth > 7), ytd=YEAR, median=growth, **options)


@pytest.mark.parametrize(
    ("others", "zh", "en"),
    [
        ([], "", ""),
        ([ahead(0.74)], "其余1项把握在七成以上。", "The other one has a chance of 70% or more."),
        (
            [ahead(0.5), ahead(0.55)],
            "其余2项均有压力。",
            "The other 2 are under pressure.",
        ),
        (
            [ahead(0.2), ahead(0.95), ahead(0.7)],
            "其余3项中，1项可完成、1项有望完成、1项难度较大。",
            "Of the other 3, 1 is on track, 1 is likely and 1 is difficult.",
        ),
        (
            [known(8.0), known(9.0)],
            "其余2项均已完成（已公布）。",
            "The other 2 are already met (published).",
        ),
        (
            [known(8.0), known(5.0), known(8.0, flash=True)],
            "其余3项中，1项已完成（已公布）、1项未完成（已公布）、"
            "1项已达标（内部快报，尚未公布）。",
            "Of the other 3, 1 is already met (published), 1 is missed (published) and 1 is "
            "already met by internal flash (not published yet).",
        ),
        (
            [known(8.0), ahead(0.74), ahead(0.93)],
            "其余3项中，1项已完成（已公布），另2项把握均在七成以上。",
            "Of the other 3, 1 is already met (published), and the remaining 2 have a chance of "
            "70% or more.",
        ),
        (
            [known(8.0), ahead(0.4)],
            "其余2项中，1项已完成（已公布）、1项有压力。",
            "Of the other 2, 1 is already met (published) and 1 is under pressure.",
        ),
        (
            [known(8.0, reference=True), ahead(0.4, reference=True), ahead(0.7, reference=True)],
            "其余3项中，1项已达到对照线（已公布），另2项的可能性最低约四成，最高约七成。",
            "Of the other 3, 1 is known to reach the line (published), and the remaining 2 range "
            "from about 40% to about 70%.",
        ),
    ],
)
def test_what_is_known_is_counted_as_fact_and_what_is_not_by_its_chance(
    others: list[Verdict], zh: str, en: str
) -> None:
    assert (rest(others, ZH), rest(others, EN)) == (zh, en)
