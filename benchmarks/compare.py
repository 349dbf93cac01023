"""Compare the engine with other packages on quarterly series.

    python -m benchmarks.compare FILE
        everything afresh in one run, and written into docs/benchmarks.md
    python -m benchmarks.compare FILE --every 20
        a twentieth of the series, printed only
    python -m benchmarks.compare FILE --only ours
        these methods afresh beside what an earlier run left of the others, printed only
    python -m benchmarks.compare FILE --only ours --calibration
        the accuracy on the half that the engine may be calibrated on; --held-out: on the other

``FILE`` is a table with the columns ``dataset, id, type, t, set, y``, such as the quarterly
series of the M1 and M3 competitions.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import report
from benchmarks.accuracy import score
from benchmarks.memory import Memory
from benchmarks.methods import METHODS, NAIVE2, ROOT, MethodFailed, run
from benchmarks.series import HORIZON, SETTINGS, Half, Series, histories, read_series, select
from benchmarks.speed import measure

DOCUMENT = ROOT / "docs" / "benchmarks.md"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what the command line asks for."""
    options = _parser().parse_args(arguments)
    everything = read_series(options.series)
    chosen = select(everything, options.half, options.every)
    whole = options.every == 1 and not options.only and options.half is None
    memory = Memory(options.series)
    try:
        if options.half is None:
            _time(everything, options.only, memory)
        _forecast(chosen, options.only, memory)
    except MethodFailed as error:
        sys.exit(str(error))
    measured = _accuracy(chosen, memory)
    if options.half is None:
        measured = [
            report.machine(len(chosen), sum(not one.scorable for one in everything)),
            *measured,
            *_held_out(chosen, memory),
            *_speed(memory),
        ]
    text = "\n\n".join(measured)
    print(text)
    if whole:
        report.put(text, DOCUMENT)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("series", type=_file, metavar="FILE")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--only", nargs="+", default=[], metavar="METHOD")
    half = parser.add_mutually_exclusive_group()
    for each in Half:
        half.add_argument(f"--{each}", dest="half", action="store_const", const=each)
    return parser


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{name!r} is no file; name one, as in SERIES=FILE")
    return path


def _asked(method: str, only: Sequence[str]) -> bool:
    return not only or any(method.startswith(name) for name in only) or method == NAIVE2


def _forecast(series: Sequence[Series], only: Sequence[str], memory: Memory) -> None:
    """Run the methods that are asked for on every history, and remember their answers."""
    shown = histories(series)
    for method in METHODS:
        if _asked(method.id, only):
            started = time.perf_counter()
            memory.keep(method.id, run(method, shown, HORIZON))
            spent = time.perf_counter() - started
            print(f"{method.label}: {len(shown)} histories, {spent:.0f} s", file=sys.stderr)


def _time(series: Sequence[Series], only: Sequence[str], memory: Memory) -> None:
    methods = [method for method in METHODS if _asked(method.id, only)]
    memory.keep_timings(measure([one for one in series if one.scorable], methods, HORIZON, run))


def _accuracy(series: Sequence[Series], memory: Memory) -> list[str]:
    answers = memory.answers(histories(series))
    scores = {setting: score(series, setting, answers) for setting in SETTINGS}
    parts = []
    for setting, methods in scores.items():
        parts += [f"### {setting.capitalize()}", report.accuracy_table(methods)]
    return [*parts, report.failures(scores)]


def _held_out(series: Sequence[Series], memory: Memory) -> list[str]:
    held_out = [one for one in series if one.half is Half.HELD_OUT]
    answers = memory.answers(histories(held_out))
    scores = {setting: score(held_out, setting, answers) for setting in SETTINGS}
    title = f"### The {len(held_out)} series held out from calibration"
    return [title, " / ".join(SETTINGS).capitalize() + ".", report.settings_table(scores)]


def _speed(memory: Memory) -> list[str]:
    timings = memory.timings()
    return [
        "### Speed",
        report.speed_table(timings),
        report.import_table(timings, memory.versions()),
    ]


if __name__ == "__main__":
    main()
