"""Forecasts that were made before, so that whoever comes after a start need not wait for models.

A forecast follows from its series, the engine and the horizon alone; so these are its key, and
one answer serves every vintage and question that shows the models the same series. Nothing is
lost with it: what is not found is computed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from data.store import schema
from data.store.people import Access
from data.store.permissions import Permission
from forecasting.history.log_levels import LogLevels
from forecasting.models.predictive import Predictive

MOST = 1000
"""Answers kept: the oldest go first. One of twelve indicators takes about 50 KB, of a year of a
track record, which has four origins, 130 KB."""

PATIENCE = 0.2
"""Seconds that a page waits for its turn to keep one."""

Engine = Callable[[Sequence[LogLevels], int], Sequence[Predictive]]
"""What forecasts a batch of series some quarters ahead."""

_COLUMN = schema.forecast.c
_log = logging.getLogger(__name__)


class Forecasts:
    """The forecasts kept in a database, by what they follow from."""

    def __init__(self, access: Access) -> None:
        self._access, self._engine = access, access.engine

    def predict(
        self, batch: Sequence[LogLevels], horizon: int, engine: str, compute: Engine, now: datetime
    ) -> list[Predictive]:
        """Return the forecasts of a batch of series as they are kept; else compute and keep them.

        Parameters
        ----------
        engine
            The name of what computes.
        """
        key = key_of(batch, horizon, engine)
        found = self.find(key)
        if found is None:
            found = list(compute(batch, horizon))
            self.keep(key, found, now)
        return found

    def find(self, key: str) -> list[Predictive] | None:
        """Return the forecasts kept under a key; None where there are none."""
        with self._engine.connect() as connection:
            content = connection.scalar(select(_COLUMN.content).where(_COLUMN.key == key))
        return None if content is None else _DECODER.decode(content)

    def keep(self, key: str, forecasts: Sequence[Predictive], now: datetime) -> None:
        """Keep forecasts under a key, where the database can be written.

        Forecasts of other engines go, and the oldest where there are too many. A database that
        is read-only, full or locked keeps none: the next visitor computes again.
        """
        try:
            self._write(key, _ENCODER.encode(list(forecasts)), now)
        except SQLAlchemyError as error:
            _log.warning("forecasts are not kept: %s", type(error).__name__)

    def _write(self, key: str, content: bytes, now: datetime) -> None:
        engine = key.partition(" ")[0]
        with self._access.writing(Permission.READ, PATIENCE) as connection:
            newest = select(_COLUMN.key).order_by(_COLUMN.kept_at.desc(), _COLUMN.key)
            of_others = ~_COLUMN.key.startswith(f"{engine} ", autoescape=True)
            connection.execute(delete(schema.forecast).where(of_others | (_COLUMN.key == key)))
            kept = list(connection.scalars(newest))[: MOST - 1]
            connection.execute(delete(schema.forecast).where(_COLUMN.key.not_in(kept)))
            row = {"key": key, "kept_at": now, "content": content}
            connection.execute(insert(schema.forecast), [row])


def key_of(batch: Sequence[LogLevels], horizon: int, engine: str) -> str:
    """Return what forecasts of a batch are kept under: engine, horizon and all of the series."""
    digest = sha256()
    for series in batch:
        digest.update(sha256(series.content()).digest())
    return f"{engine} {horizon} {digest.hexdigest()}"


def _encode(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return {"shape": value.shape, "values": value.ravel().tolist()}
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value)} is no part of a forecast")


def _decode(kind: type, value: Any) -> Any:
    if kind is np.ndarray or getattr(kind, "__origin__", None) is np.ndarray:
        return np.array(value["values"], dtype=float).reshape(value["shape"])
    raise TypeError(f"{kind} is no part of a forecast")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_encode)
"""MessagePack keeps every bit of a float, infinity and NaN among them."""
_DECODER = msgspec.msgpack.Decoder(list[Predictive], dec_hook=_decode)
