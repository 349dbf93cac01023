"""The outlook as a document: plain values in a fixed order, the same bytes everywhere."""

from __future__ import annotations

import json
import math
from typing import Any

from forecasting.models.predictive import ModelReport
from forecasting.outlook.outlook import Excluded, Outlook, Pace, Quantiles, Verdict, ends_of

Document = dict[str, Any]

QUANTILE_NAMES = ("q025", "q10", "q25", "q50", "q75", "q90", "q975")


def to_json(document: Document | list[Document]) -> str:
    """Return a document as JSON text that ends with a line break."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def outlook_document(outlook: Outlook) -> Document:
    """Return an outlook as plain values; growth in percent, probabilities from 0 to 1."""
    together = outlook.all_clear
    weakest = together.weakest if together else None
    return {
        "area": outlook.area.id,
        "year": outlook.year,
        "as_of": str(outlook.as_of) if outlook.as_of else None,
        "seed": outlook.seed,
        "engine": outlook.engine,
        "reference": outlook.area.reference,
        "synthetic": outlook.area.synthetic,
        "p_all": together.probability if together else None,
        "p_all_error": together.error if together else None,
        "p_independent": together.independent if together else None,
        "light": outlook.light,
        "weakest": weakest.indicator_id if weakest else None,
        "p_all_if_weakest_clears": weakest.probability_if_cleared if weakest else None,
        "counted": len(outlook.counted),
        "targets_in_all": outlook.targets_in_all,
        "indicators": [_verdict(verdict) for verdict in outlook.verdicts],
        "excluded": [_excluded(entry) for entry in outlook.excluded],
    }


def _verdict(verdict: Verdict) -> Document:
    history, ends = verdict.history, ends_of(verdict)
    return {
        "indicator": verdict.indicator_id,
        "counts": verdict.counts,
        "comparator": verdict.target.comparator,
        "threshold": verdict.target.threshold,
        "cut": verdict.cut.lower if math.isfinite(verdict.cut.lower) else verdict.cut.upper,
        "origin": str(history.origin),
        "latest": history.ytd_at(history.origin),
        "measure": history.measure,
        "shares": history.shares[history.origin.year - 1].source,
        "complete": verdict.complete,
        "method": verdict.method,
        "probability": verdict.probability,
        "light": verdict.light,
        "quantiles": _quantiles(verdict.quantiles),
        "fan": [
            {"quarter": str(point.quarter), **_quantiles(point.quantiles)} for point in verdict.fan
        ],
        "required_pace": verdict.pace.shown if verdict.pace else None,
        "required_pace_most": ends[1] if ends else None,
        "pace": _pace(verdict.pace) if verdict.pace else None,
        "model": _model(verdict.model) if verdict.model else None,
    }


def _quantiles(quantiles: Quantiles) -> Document:
    return dict(zip(QUANTILE_NAMES, quantiles, strict=True))


def _pace(pace: Pace) -> Document:
    return {
        "from_quarter": pace.first_quarter,
        "average": pace.average,
        "reached": pace.reached,
        "windows": pace.windows,
    }


def _model(model: ModelReport) -> Document:
    return {
        "order": model.order,
        "seasonal_order": model.seasonal_order,
        "observations": model.observations,
        "parameters": [
            {"name": entry.name, "value": entry.value, "standard_error": entry.standard_error}
            for entry in model.parameters
        ],
        "outliers": [
            {"quarter": str(entry.quarter), "kind": entry.kind, "percent": entry.size}
            for entry in model.outliers
        ],
    }


def _excluded(entry: Excluded) -> Document:
    return {
        "indicator": entry.target.indicator,
        "reason": entry.reason,
        "latest": str(entry.latest) if entry.latest else None,
    }
