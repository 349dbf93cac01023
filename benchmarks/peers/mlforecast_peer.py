"""Forecasts of mlforecast: quantiles that LightGBM learned from many series at once.

Keys are ``PANEL/taught/...`` and ``PANEL/asked/...``: what is asked of a panel is forecast by what
its taught series taught. Trees are those of LightGBM's defaults, one set for each quantile and
quarter ahead; they see the last eight values of a series after it was standardised.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.exchange import Answer, History, read_histories, write_answers

LAGS = range(1, 9)
QUANTILES = (0.5, 0.1, 0.9, 0.025, 0.975)
SEED = 0


def main() -> None:
    """Answer one file of histories."""
    name, horizon, source, target = sys.argv[1:]
    if name != "quantiles":
        raise ValueError(f"no method {name}")
    started = time.perf_counter()
    import lightgbm
    import mlforecast  # noqa: F401  what is timed

    packages = ", ".join(f"{name} {version(name)}" for name in ("mlforecast", "lightgbm", "numpy"))
    print(f"{time.perf_counter() - started:.3f}\t{packages}")
    models = {
        str(quantile): lightgbm.LGBMRegressor(
            objective="quantile", alpha=quantile, random_state=SEED, n_jobs=1, verbosity=-1
        )
        for quantile in QUANTILES
    }
    histories = read_histories(Path(source))
    panels = dict.fromkeys(key.split("/")[0] for key in histories)
    answers: list[tuple[str, Answer]] = []
    for panel in panels:
        taught, asked = (
            {key: own for key, own in histories.items() if key.startswith(f"{panel}/{kind}/")}
            for kind in ("taught", "asked")
        )
        answers += _answers(models, taught, asked, int(horizon))
    write_answers(Path(target), answers)


def _answers(
    models: Mapping[str, Any],
    taught: Mapping[str, History],
    asked: Mapping[str, History],
    horizon: int,
) -> Iterable[tuple[str, Answer]]:
    from mlforecast import MLForecast
    from mlforecast.target_transforms import LocalStandardScaler

    started = time.process_time()
    forecaster = MLForecast(
        models, freq=1, lags=LAGS, target_transforms=[LocalStandardScaler()], num_threads=1
    )
    forecaster.fit(_frame(taught), static_features=[], max_horizon=horizon)
    said = forecaster.predict(horizon, new_df=_frame(asked))
    each = 1000 * (time.process_time() - started) / len(asked)
    for key, rows in said.groupby("unique_id", sort=False):
        numbers = rows[[str(quantile) for quantile in QUANTILES]].to_numpy()
        yield str(key), Answer(each, tuple(tuple(map(float, row)) for row in numbers))


def _frame(histories: Mapping[str, History]) -> Any:
    import pandas as pd

    return pd.DataFrame(
        [(key, at, value) for key, own in histories.items() for at, value in enumerate(own)],
        columns=["unique_id", "ds", "y"],
    )


if __name__ == "__main__":
    main()
