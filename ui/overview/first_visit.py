"""What every first visitor would wait for, imported and made before there is one.

Importing this brings the models and charts of the overview; ``prepare`` makes what no visitor's
choice changes, and ``settle`` brings the rest of the program.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import logging
import pkgutil

import ui
from data import choices
from forecasting.errors import OutlookError
from forecasting.outlook.paths import FEWEST_SLOTS, uniforms_of
from forecasting.outlook.question import DEFAULT_SEED
from ui.charts.fan_vega import SMALL, fan_spec
from ui.first_steps import checklist
from ui.frame import cache
from ui.issues import forms
from ui.outlook import notes, panels, untargeted
from ui.overview import lead, tables

IMPORTED = (checklist, forms, notes, panels, untargeted, lead, tables)
BY_STREAMLIT = ("streamlit.emojis", "PIL.Image")
"""What Streamlit imports once a page first needs it."""
_LOGGER = logging.getLogger(__name__)


def prepare() -> None:
    """Make the draws of paths, the look of fans, and the outlook that opens without an address.

    Raises
    ------
    OperationalError
        If the database is away, after all else is made.
    """
    uniforms_of(FEWEST_SLOTS, DEFAULT_SEED)
    for dark in (False, True):
        fan_spec(dark=dark, height=SMALL)
    cache.learner()
    newest = cache.current()
    area = choices.default_area(newest.areas, newest.filled).id
    if area in newest.filled:
        try:
            newest.outlook(area, newest.target_year(area), None, None)
        except OutlookError:
            pass  # the page says why
        except Exception:  # a defect that one page tells of keeps no other from being served
            _LOGGER.exception("the outlook that opens without an address is not made")


def settle() -> None:
    """Import what other pages need, and spare the garbage collector all that is there by now.

    Streamlit has it look through everything after each run of a script. Of all modules that took
    0.15 s, several times the run itself, in which the process answered nobody.
    """
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith(".page"):  # a script, which a visitor runs
            importlib.import_module(module.name)
    for name in BY_STREAMLIT:
        importlib.import_module(name)
    inspect.stack()  # Streamlit does so at its first element, and looks through every module
    gc.collect()
    gc.freeze()
