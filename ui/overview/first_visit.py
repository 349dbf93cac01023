"""What every first visitor would wait for, imported and made before there is one.

Importing this brings the models and charts of the overview; ``prepare`` makes what no visitor's
choice changes.
"""

from __future__ import annotations

import inspect

import streamlit.emojis

from forecasting.outlook.paths import FEWEST_SLOTS, uniforms_of
from forecasting.outlook.question import DEFAULT_SEED
from ui.charts.fan_vega import SMALL, fan_spec
from ui.first_steps import checklist
from ui.frame import cache
from ui.issues import forms
from ui.outlook import notes, panels, untargeted
from ui.overview import lead, tables

IMPORTED = (streamlit.emojis, checklist, forms, notes, panels, untargeted, lead, tables)


def prepare() -> None:
    """Make the draws of paths and the look of fans, and read what has figures.

    Raises
    ------
    OperationalError
        If the database is away, after all else is made.
    """
    uniforms_of(FEWEST_SLOTS, DEFAULT_SEED)
    for dark in (False, True):
        fan_spec(dark=dark, height=SMALL)
    inspect.stack()  # Streamlit does so at its first element, and looks through every module
    cache.learner()
    _ = cache.current().filled
