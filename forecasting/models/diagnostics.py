"""Tests whether one-step errors are what a model assumes: independent and normal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc
from scipy.stats import shapiro

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.models.predictive import ModelReport

FEWEST_FOR_DIAGNOSTICS = 16
"""Under four years of errors none are tested: a test would hardly ever object."""

MOST_LAGS = 8
"""Two years of quarters."""
FEWEST_FREE = 3
"""Least degrees of freedom of the Ljung-Box statistic."""
SIGNIFICANT = 0.05
"""A p-value under it counts as an objection."""
SMALLEST_DEVIATION = 1e-9
"""Errors that vary less are all the same but for arithmetic."""


@dataclass(frozen=True, slots=True)
class Check:
    """A statistic, and the probability of one as extreme where the model is right."""

    statistic: float
    p_value: float

    @property
    def objects(self) -> bool:
        """Whether the test objects to the model."""
        return self.p_value < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Autocorrelation:
    """Correlation of errors ``lag`` quarters apart.

    Independent errors stay within ``bound`` on either side 95 times in 100; those of a fitted
    model stay somewhat closer at its first lags (Box and Pierce 1970).
    """

    lag: int
    value: float
    bound: float

    @property
    def beyond(self) -> bool:
        """Whether it lies outside its bounds."""
        return abs(self.value) > self.bound


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """The tests of a model's one-step errors.

    Attributes
    ----------
    count
        Errors, not counting quarters that are missing.
    independence
        Ljung-Box test that no pattern is left in them.
    degrees_of_freedom
        Of its statistic: lags less the ARMA parameters that were estimated.
    normality
        Shapiro-Wilk test that they are normal.
    autocorrelations
        At the lags that the Ljung-Box statistic counts.
    """

    count: int
    independence: Check
    degrees_of_freedom: int
    normality: Check
    autocorrelations: tuple[Autocorrelation, ...]

    @property
    def lags(self) -> int:
        """The last lag that the Ljung-Box statistic counts."""
        return self.autocorrelations[-1].lag


def diagnose(model: ModelReport) -> Diagnostics | None:
    """Test the errors of a model; None where they are too few or do not vary."""
    if model.order is None or model.seasonal_order is None:
        return diagnostics(model.residuals)
    (p, _, q), (seasonal_p, _, seasonal_q) = model.order, model.seasonal_order
    return diagnostics(model.residuals, p + q + seasonal_p + seasonal_q)


def diagnostics(
    residuals: Sequence[tuple[Quarter, float]], parameters: int = 0
) -> Diagnostics | None:
    r"""Test errors for pattern and for normality.

    The Ljung-Box statistic over :math:`m` lags is

    .. math:: Q = n (n + 2) \sum_{k=1}^{m} r_k^2 / n_k

    with :math:`n_k` the pairs of errors that are k quarters apart, which is :math:`n - k`
    where no quarter is missing. As :math:`n_k / (n (n + 2))` is the variance of :math:`r_k`
    for independent normal errors about a known mean, whichever quarters are missing, Q is
    compared with a chi-square of m less ``parameters`` degrees of freedom all the same. Lags are
    two years or a fifth of the errors, whichever is less, but three more than there are
    parameters; one without any pair is left out.

    Normality is tested after Shapiro and Wilk: the chi-square that the statistic of Jarque and
    Bera is compared with holds for hundreds of errors, while theirs has its own distribution at
    each length and objects to more kinds of departure when errors are few.

    Parameters
    ----------
    residuals
        One-step errors in any unit, by quarter, in order; quarters may be missing.
    parameters
        Autoregressive and moving-average parameters that were estimated, seasonal ones
        included.

    Returns
    -------
    Diagnostics or None
        None for fewer than 16 errors, errors that are all the same, or so many gaps between
        them that no degree of freedom is left.

    References
    ----------
    Ljung, G. M., Box, G. E. P. (1978), "On a measure of lack of fit in time series models",
    *Biometrika* 65, 297-303.
    Stoffer, D. S., Toloi, C. M. C. (1992), "A note on the Ljung-Box-Pierce portmanteau statistic
    with missing data", *Statistics & Probability Letters* 13, 391-396.
    Hyndman, R. J., Athanasopoulos, G. (2021), *Forecasting: Principles and Practice*, 3rd
    edition, OTexts, section 5.4: the number of lags.
    Shapiro, S. S., Wilk, M. B. (1965), "An analysis of variance test for normality (complete
    samples)", *Biometrika* 52, 591-611.
    Royston, P. (1995), "Remark AS R94", *Applied Statistics* 44, 547-551: its p-value.
    Box, G. E. P., Pierce, D. A. (1970), "Distribution of residual autocorrelations in
    autoregressive-integrated moving average time series models", *JASA* 65, 1509-1526.
    """
    count = len(residuals)
    if count < FEWEST_FOR_DIAGNOSTICS:
        return None
    values = np.array([value for _, value in residuals])
    if float(values.std()) < SMALLEST_DEVIATION:
        return None
    lags = max(min(MOST_LAGS, count // 5), parameters + FEWEST_FREE)
    correlations, pairs = _correlations(residuals, lags)
    scale = count * (count + 2)
    counted = pairs > 0
    statistic = scale * float((correlations[counted] ** 2 / pairs[counted]).sum())
    freedom = int(counted.sum()) - parameters
    if freedom < 1:
        return None
    normality = shapiro(values)
    return Diagnostics(
        count=count,
        independence=Check(statistic, float(chdtrc(freedom, statistic))),
        degrees_of_freedom=freedom,
        normality=Check(float(normality.statistic), float(normality.pvalue)),
        autocorrelations=tuple(
            Autocorrelation(lag, float(value), 1.96 * math.sqrt(known / scale))
            for lag, value, known in zip(range(1, lags + 1), correlations, pairs, strict=True)
            if known
        ),
    )


def _correlations(
    residuals: Sequence[tuple[Quarter, float]], lags: int
) -> tuple[Array, NDArray[np.int64]]:
    """Return the autocorrelations from lag 1 and, for each, how many pairs it stands on."""
    first = residuals[0][0]
    rows = [quarter - first for quarter, _ in residuals]
    values = np.array([value for _, value in residuals])
    spread = np.zeros(rows[-1] + 1 + lags)
    known = np.zeros(len(spread))
    spread[rows] = values - values.mean()
    known[rows] = 1.0
    total = float(spread @ spread)
    steps = range(1, lags + 1)
    correlations = np.array([spread[step:] @ spread[:-step] / total for step in steps])
    pairs = np.array([round(float(known[step:] @ known[:-step])) for step in steps])
    return correlations, pairs
