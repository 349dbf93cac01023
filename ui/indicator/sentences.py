"""What a page says of a model: how it was estimated, and what its errors tell of it."""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.figures.period import Quarter
from forecasting.models.diagnostics import FEWEST_FOR_DIAGNOSTICS, Diagnostics
from forecasting.models.predictive import ModelReport
from forecasting.outlook.outlook import MemberVerdict
from ui.charts.residuals import BOUND
from ui.language import Speaker
from ui.language import format as fmt

SMALLEST_P = 0.001


def model(report: ModelReport, members: Sequence[MemberVerdict], say: Speaker) -> str:
    """Say what the members are, and of which model the parameters are."""
    if report.order is None:
        return say(f"model.{report.method}", observations=report.observations)
    key = "model.averaged" if len(report.candidates) > 1 else "model.sarima"
    said = say(
        key,
        order="({},{},{})".format(*report.order),
        seasonal="×({},{},{})₄".format(*report.seasonal_order) if report.seasonal_order else "",
        observations=report.observations,
        count=len(report.candidates),
    )
    if len(members) < 2:
        return said
    names = [say(f"member.{member.method}") for member in members]
    listed = say("format.comma").join(names)
    return say("model.pool", members=listed) + said


def diagnosis(found: Diagnostics | None, count: int, say: Speaker) -> str:
    """Say whether pattern is left in the errors, and whether they are normal.

    Parameters
    ----------
    count
        Errors that there are.
    """
    if found is None:
        key = "errors.few" if count < FEWEST_FOR_DIAGNOSTICS else "errors.still"
        return say(key, count=count, fewest=FEWEST_FOR_DIAGNOSTICS)
    beyond = [str(entry.lag) for entry in found.autocorrelations if entry.beyond]
    key = "errors.independent"
    if found.independence.objects:
        key = "errors.pattern_at" if beyond else "errors.pattern"
    lags = say("format.comma").join(beyond)
    shape = "errors.not_normal" if found.normality.objects else "errors.normal"
    told = say(key, lags=lags), say(shape)
    return say("format.between_sentences").join(told)


def errors_alt(name: str, residuals: Sequence[tuple[Quarter, float]], say: Speaker) -> str:
    """Describe a chart of errors for those who cannot see it."""
    beyond = [value for _, value in residuals if abs(value) > BOUND]
    return say(
        "errors.alt",
        name=name,
        first=fmt.single_quarter(residuals[0][0], say),
        last=fmt.single_quarter(residuals[-1][0], say),
        count=len(residuals),
        beyond=len(beyond),
        largest=fmt.figure(max((value for _, value in residuals), key=abs)),
    )


def p_value(value: float) -> str:
    """Write a p-value at two decimals, at three where it is small."""
    if value < SMALLEST_P:
        return f"<{SMALLEST_P:g}"
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}"
