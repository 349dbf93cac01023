"""What opening workbooks costs: ``python -m benchmarks.workbook_opening``.

Prints the time of a workbook of 20,000 rows on four sheets against calamine alone in the same
run, and, for each hostile file of the tests, how long it took to refuse and how much memory the
server and the reading process held at most beyond what they started with. Each hostile file is
opened in a process that stands for the server and has opened nothing before.
"""

from __future__ import annotations

import io
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import xlsxwriter
from python_calamine import load_workbook

from data.workbook.open.opening import WorkbookRefused, open_book
from tests.data.workbook.open.hostile import HOSTILE

ROWS, SHEETS, COLUMNS, RUNS = 20_000, 4, 12, 5
_KILOBYTES = 1 if sys.platform == "darwin" else 1024


def large_workbook() -> bytes:
    """Return a workbook of invented figures, the rows spread over the sheets."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        percent = book.add_format({"num_format": "0.0%"})
        for number in range(SHEETS):
            sheet = book.add_worksheet(f"表{number + 1}")
            for row in range(ROWS // SHEETS):
                sheet.write(row, 0, f"指标{row}（模拟数据）")
                for column in range(1, COLUMNS):
                    style = percent if column % 2 else None
                    sheet.write_number(row, column, (row * column % 997) / 7, style)
    return file.getvalue()


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return the median time of a few runs: by the clock, and of processors in all processes."""
    passed, worked = [], []
    for _ in range(RUNS):
        began, before = time.perf_counter(), _worked()
        work()
        passed.append(time.perf_counter() - began)
        worked.append(_worked() - before)
    return statistics.median(passed), statistics.median(worked)


def _worked() -> float:
    """Return the seconds that processors spent on this process and those it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def by_calamine(content: bytes) -> int:
    """Count the rows that calamine alone finds, as lists."""
    book = load_workbook(io.BytesIO(content))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def measure(name: str) -> dict[str, object]:
    """Open one hostile file in this process and return what that took."""
    content = HOSTILE[name][0]() if name != "-" else b""
    _forget_peak()
    before, began = _peak(resource.RUSAGE_SELF), time.perf_counter()
    try:
        open_book(name, content)
        reason = "read"
    except WorkbookRefused as refused:
        reason = str(refused.refusal)
    return {
        "reason": reason,
        "bytes": len(content),
        "seconds": time.perf_counter() - began,
        "server": _peak(resource.RUSAGE_SELF) - before,
        "reader": _peak(resource.RUSAGE_CHILDREN),
    }


def _peak(whose: int) -> int:
    if whose == resource.RUSAGE_SELF and os.path.exists("/proc/self/status"):
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(whose).ru_maxrss * _KILOBYTES


def _forget_peak() -> None:
    """Let the making of a bomb not count as the memory of opening it; Linux only."""
    if os.path.exists("/proc/self/clear_refs"):
        with open("/proc/self/clear_refs", "w") as peaks:
            peaks.write("5")


def main() -> None:
    """Print both tables."""
    content = large_workbook()
    alone, alone_worked = seconds(lambda: by_calamine(content))
    ours, ours_worked = seconds(lambda: open_book("large.xlsx", content))
    print(
        f"{ROWS:,} rows on {SHEETS} sheets, {COLUMNS} columns, {len(content):,} bytes; {RUNS} runs"
    )
    print(f"{'':16}{'clock ms':>9}{'processor ms':>14}")
    print(f"{'calamine alone':16}{1000 * alone:9.0f}{1000 * alone_worked:14.0f}")
    print(f"{'open_book':16}{1000 * ours:9.0f}{1000 * ours_worked:14.0f}")
    print(f"{'ratio':16}{ours / alone:9.1f}{ours_worked / alone_worked:14.1f}\n")
    print(f"{'file':24}{'bytes':>12}{'ms':>8}{'server MB':>11}{'reader MB':>11}  refused for")
    for name in HOSTILE:
        command = [sys.executable, "-m", "benchmarks.workbook_opening", name]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        megabytes = [found[who] / (1 << 20) for who in ("server", "reader")]
        print(
            f"{name:24}{found['bytes']:12,}{1000 * found['seconds']:8.0f}"
            f"{megabytes[0]:11.0f}{megabytes[1]:11.0f}  {found['reason']}"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        main()
