"""Whether several processes lose or mistake anything: ``python -m benchmarks.soak [--minutes 20]``.

Three processes and one of links serve a PostgreSQL behind nginx, as ``deploy/`` has it, for all
whom ``tests/deploy/soak.py`` lets work at once. Printed are the counts, what the processes held in
memory, and what was wrong, with which the command ends with 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.deploy.behind_nginx import serving
from tests.deploy.soak import Ledger, Pace, examine, soak


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak, look at what it came to, and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), processes=3) as site:
        ledger = soak(site, Path(folder), 60 * chosen.minutes, Pace(), chosen.seed)
        print(told(ledger), flush=True)
        examine(site, Path(folder), ledger)
    print("\n".join(ledger.wrong) or "nothing was wrong")
    return 1 if ledger.wrong else 0


def told(ledger: Ledger) -> str:
    """Say what happened, and what the processes held."""
    counts = ", ".join(f"{count} {what}" for what, count in sorted(ledger.counts.items()))
    held = ", ".join(
        f"{values[0]:.0f}-{max(values):.0f}" for values in ledger.megabytes.values() if values
    )
    return f"{counts}\nMB by process, first and most: {held}"


if __name__ == "__main__":
    sys.exit(main())
