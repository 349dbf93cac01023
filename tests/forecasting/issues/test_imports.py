"""Who opens a link waits for no model."""

import subprocess
import sys

MODULES = ["snapshot", "take", "json"]


def test_snapshots_are_taken_and_read_without_any_model_library() -> None:
    program = "\n".join(
        [
            *(f"import forecasting.issues.{name}" for name in MODULES),
            "import sys",
            "print(*sorted({'statsmodels', 'scipy', 'pandas'} & sys.modules.keys()))",
        ]
    )

    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert found.stdout.strip() == ""
