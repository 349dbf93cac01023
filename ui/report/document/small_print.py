"""The small print of a report: what it is made of, how its numbers can be had again, and its marks.

Marks must stand on every page, and in every picture that is passed on.
"""

from __future__ import annotations

from datetime import datetime

from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.outlook import Outlook
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.report.document import indicators
from ui.report.document.blocks import BETWEEN, Note, Section, Topic, as_written, marked


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


def section(snapshot: Snapshot, language: Language, digest: str) -> Section:
    """Return the small print, its last line the digest of the document where it is known."""
    outlook = snapshot.outlook
    lines = [] if outlook.complete else [t("note.computed", language)]
    if outlook.area.synthetic:
        area = words.plain_name(outlook.area.name, language)
        lines.append(t("note.synthetic", language, area=area))
    if snapshot.provenance.unpublished:
        lines.append(t("note.flash", language))
    lines += _reading(outlook, language)
    if not snapshot.planned and outlook.counted:
        key = f"report.print_asked{words.suffix(outlook.area.reference)}"
        lines.append(t(key, language, line=words.common_line(outlook.counted, language)))
    notes = [Note(marked(t("format.between_sentences", language).join(lines)))]
    notes.append(Note(as_written(_made(snapshot, language))))
    if digest:
        notes.append(Note(as_written(t("report.print_digest", language, digest=digest))))
    return Section(Topic.PRINT, t("report.print", language), "", tuple(notes))


def _reading(outlook: Outlook, language: Language) -> list[str]:
    """Say how far the figures run, and how they are rounded."""
    if outlook.complete:
        some = "_some" if outlook.targets_in_all > len(outlook.counted) else ""
        return [t(f"note.published{some}", language, year=outlook.year)]
    if outlook.latest is None:
        return []
    period = fmt.as_of(outlook.as_of or outlook.latest, language)
    as_of = t("note.as_of" if outlook.as_of else "note.as_of_latest", language, period=period)
    if not indicators.has_exact(outlook):
        return [as_of]
    rounding = ("_one" if len(outlook.counted) == 1 else "") + words.suffix(outlook.area.reference)
    return [
        as_of,
        t(f"report.print_rounding{rounding}", language),
        t("report.print_pace", language),
    ]


def _made(snapshot: Snapshot, language: Language) -> str:
    """Say by what and from what, which may hold names that others wrote."""
    issue, made = snapshot.issue, snapshot.provenance
    told = []
    if snapshot.area_version is not None:
        name = words.plain_name(snapshot.area_version, language)
        told.append(t("report.print_version", language, name=name))
    if made.publishers:
        comma = t("format.comma", language)
        names = comma.join(words.publisher(name, language) for name in made.publishers)
        told.append(t("note.source", language, publishers=names))
    told.append(
        t(
            "report.print_made",
            language,
            vintage=made.vintage,
            engine=made.engine,
            app=made.app_version,
            seed=made.seed,
        )
    )
    told.append(
        t(
            "report.print_frozen",
            language,
            number=t("report.number", language, number=issue.number),
            time=fmt.minute(datetime.fromisoformat(issue.issued_at)),
        )
    )
    return t("format.between_sentences", language).join(told)
