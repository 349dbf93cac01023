"""The methods that are compared, and how each is run: in a process of its own, on one thread."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.exchange import Answer, History, read_answers, write_histories

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".benchmarks"
ONE_THREAD = {
    f"{library}_NUM_THREADS": "1"
    for library in ("OMP", "OPENBLAS", "MKL", "NUMBA", "BLIS", "VECLIB", "NUMEXPR")
}


class MethodFailed(Exception):
    """The process of a method ended with an error."""


@dataclass(frozen=True)
class Method:
    """A method, the command that answers a file with it, and what a table calls it."""

    id: str
    label: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """What one process answered, and the seconds that its import took."""

    answers: dict[str, Answer]
    import_seconds: float
    version: str


def _own(module: str, name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", f"benchmarks.{module}", name)


def _peer(package: str, name: str) -> tuple[str, ...]:
    python = FOLDER / package / "bin" / "python"
    return (str(python), "-m", f"benchmarks.peers.{package}_peer", name)


def _r(name: str) -> tuple[str, ...]:
    return ("Rscript", "--vanilla", "benchmarks/peers/forecast_peer.R", name)


NAIVE2 = "naive2"
METHODS = (
    Method("ours-pool", "ours, all models", _own("ours", "pool")),
    Method("ours-arima", "ours, ARIMA alone", _own("ours", "arima")),
    Method("ours-search", "ours, ARIMA alone, no outliers", _own("ours", "search")),
    Method("r-mean", "R auto.arima + ets + thetaf, mean", _r("mean")),
    Method(
        "statsforecast-mean",
        "statsforecast AutoARIMA + AutoETS + DynamicOptimizedTheta, mean",
        _peer("statsforecast", "mean"),
    ),
    Method("r-arima", "R auto.arima", _r("arima")),
    Method("statsforecast-arima", "statsforecast AutoARIMA", _peer("statsforecast", "arima")),
    Method("pmdarima-arima", "pmdarima auto_arima", _peer("pmdarima", "arima")),
    Method("seasonal-naive", "seasonal naive", _own("references", "seasonal_naive")),
    Method(NAIVE2, "Naive2", _own("references", "naive2")),
)
GLOBAL = Method(
    "mlforecast-quantiles",
    "mlforecast, quantiles of LightGBM over all series",
    _peer("mlforecast", "quantiles"),
)
"""Learns from other series, so it has to be given them beside those it is asked for."""


def run(method: Method, histories: Mapping[str, History], horizon: int) -> Run:
    """Forecast every history with a method.

    Raises
    ------
    MethodFailed
        With the last lines that the process wrote.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "histories.csv", Path(folder) / "forecasts.csv"
        write_histories(source, histories)
        try:
            done = subprocess.run(
                [*method.command, str(horizon), str(source), str(target)],
                cwd=ROOT,
                env=os.environ | ONE_THREAD | {"PYTHONWARNINGS": "ignore"},
                capture_output=True,
                text=True,
                check=True,
            )
        except FileNotFoundError as error:
            raise MethodFailed(f"{method.label} is not installed: {error.filename}") from error
        except subprocess.CalledProcessError as error:
            raise MethodFailed(f"{method.label}: {error.stderr[-2000:]}") from error
        seconds, version = done.stdout.splitlines()[0].split("\t")
        return Run(read_answers(target), float(seconds), version)
