"""The marks of an issue: what must stand on every page, and in every picture that is passed on."""

from __future__ import annotations

from forecasting.issues.model import Snapshot
from ui.language import Language, t
from ui.report.document.pictures import BETWEEN


def marks(snapshot: Snapshot, language: Language, *, internal: bool) -> tuple[str, ...]:
    """Return what must stand on every page; ``internal`` is whether a flash stands on one."""
    flash = (t("report.internal", language), t("area.flash", language)) if internal else ()
    synthetic = snapshot.outlook.area.synthetic
    return (*flash, *((t("area.synthetic", language),) if synthetic else ()))


def stamp(snapshot: Snapshot, language: Language) -> str:
    """Return what stands in a chart: it may be copied without the page that is marked.

    Flashes have a sign of their own in it.
    """
    found = marks(snapshot, language, internal=snapshot.provenance.unpublished)
    return BETWEEN.join(mark for mark in found if mark != t("area.flash", language))
