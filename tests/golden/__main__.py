"""Write frozen outputs anew: ``python -m tests.golden [PART OF A NAME]``.

``python -m tests.golden book NUMBER`` prints a generated book with both of its readings.
"""

from __future__ import annotations

import logging
import sys
import time

from tests.golden.books import book_of
from tests.golden.clock import standing_at
from tests.golden.outputs import FROZEN, OUTPUTS
from tests.golden.readings import book_text, readings_of
from tests.golden.text import differences


def main() -> None:
    """Write the outputs, and say of each file how many of its lines are new."""
    if sys.argv[1:2] == ["book"]:
        book = book_of(int(sys.argv[2]))
        with standing_at():
            print(book_text(book, *readings_of(book)))
        return
    logging.disable(logging.WARNING)  # Streamlit wonders that no server runs
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    for path in sorted(FROZEN.rglob("*.*")):
        name = str(path.relative_to(FROZEN))
        if name not in OUTPUTS:
            path.unlink()
            print(f"{name}: removed")
    for name, make in OUTPUTS.items():
        if wanted in name:
            start = time.monotonic()
            _write(name, make())
            print(f"{name}: {time.monotonic() - start:.1f} s", file=sys.stderr)


def _write(name: str, now: str) -> None:
    path = FROZEN / name
    before = path.read_text("utf-8") if path.exists() else ""
    changed = differences(name, before, now)
    if not changed and path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(now, "utf-8")
    lines = [line for line in changed.splitlines()[2:] if line.startswith("+")]
    print(f"{name}: {len(lines)} lines are new")


if __name__ == "__main__":
    main()
