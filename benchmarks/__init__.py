"""Figures that the documentation quotes; never part of the tests."""

from forecasting.models.runtime import use_one_thread

use_one_thread()
