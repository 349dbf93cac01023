"""A page and the command line answer with the same bytes."""

from pathlib import Path

import pytest

from forecasting.__main__ import main
from forecasting.cli.options import to_json
from forecasting.cli.views import outlook_document
from forecasting.figures.period import Quarter
from ui.frame import cache

OBSERVATIONS = Path(__file__).resolve().parents[2] / "seeds" / "observations"


@pytest.mark.parametrize(
    ("file", "area", "year", "as_of", "threshold"),
    [
        ("china.csv", "CN", 2026, None, None),
        ("china.csv", "CN", 2019, "2019Q1", 6.5),
        ("sample_zone.csv", "SAMPLE", 2026, None, None),
    ],
)
def test_the_outlook_of_a_page_is_the_outlook_of_the_command(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    seeded_url: str,
    file: str,
    area: str,
    year: int,
    as_of: str | None,
    threshold: float | None,
) -> None:
    monkeypatch.setenv("DATABASE_URL", seeded_url)
    options = ["--as-of", as_of] if as_of else []
    options += ["--threshold", str(threshold)] if threshold else []

    quarter = Quarter.parse(as_of) if as_of else None
    shown = cache.current().outlook(area, year, quarter, threshold)
    main(["outlook", str(OBSERVATIONS / file), "--area", area, "--year", str(year), "--json",
          *options])  # fmt: skip

    assert capsys.readouterr().out == to_json(outlook_document(shown))
