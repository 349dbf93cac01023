"""Who opens a link waits for no engine and no page."""

import subprocess
import sys

LATE = {"streamlit", "statsmodels", "scipy", "pandas", "sqlalchemy"}


def test_reports_are_composed_and_rendered_without_engine_pages_and_store() -> None:
    program = "\n".join(
        [
            "import ui.report.document.compose, ui.report.render.html, forecasting.issues.json",
            "import sys",
            f"print(*sorted({LATE!r} & sys.modules.keys()))",
        ]
    )

    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert found.stdout.strip() == ""
