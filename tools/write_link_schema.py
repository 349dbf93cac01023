"""Write the schema of what a link gives to programs: ``python -m tools.write_link_schema``."""

import json
from pathlib import Path

from forecasting.issues.shared_figures import schema

FILE = Path(__file__).parents[1] / "docs" / "link.schema.json"


def written() -> str:
    """Return the text of the file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
