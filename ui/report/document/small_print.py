"""The small print of a report: what it is made of, how its numbers can be had again, and its marks.

Marks must stand on every page, and in every picture that is passed on.
"""

from __future__ import annotations

from datetime import datetime

from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.outlook import Outlook
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.report.document import indicators
from ui.report.document.blocks import BETWEEN, Note, Section, Topic, as_written, marked


def marks(snapshot: Snapshot, say: Speaker, *, internal: bool, flash: bool) -> tuple[str, ...]:
    """Return what must stand on every page.

    Parameters
    ----------
    internal, flash
        Whether the pages are for insiders alone, and whether they hold an internal flash.
    """
    found = [say("report.scenario")] if snapshot.scenario is not None else []
    if internal:
        found.append(say("report.internal"))
    if flash:
        found.append(say("area.flash"))
    if snapshot.outlook.area.synthetic:
        found.append(say("area.synthetic"))
    return tuple(found)


def number_of(snapshot: Snapshot, say: Speaker) -> str:
    """Write the number of an issue in its series."""
    issue, scenario = snapshot.issue, snapshot.scenario is not None
    practice = snapshot.outlook.area.synthetic
    return fmt.issue_number(
        issue.number, say.plain, scenario=scenario, practice=practice, label=issue.label
    )


def stamp(snapshot: Snapshot, say: Speaker) -> str:
    """Return what stands in a chart: it may be copied without the page that is marked.

    Flashes have a sign of their own in it.
    """
    return BETWEEN.join(marks(snapshot, say, internal=snapshot.internal, flash=False))


def section(snapshot: Snapshot, say: Speaker, digest: str) -> Section:
    """Return the small print, its last line the digest of the document where it is known.

    What the figures are is said by the last of the five lines, and not again here. Its first note
    is all that a brief has of it.
    """
    outlook = snapshot.outlook
    as_of, rounding = _reading(outlook, say)
    if not snapshot.planned and outlook.counted:
        key = f"report.print_asked{words.suffix(outlook.area.reference)}"
        as_of.append(say(key, line=words.common_line(outlook.counted, say)))
    between = say("format.between_sentences")
    parts = (as_of or [say("note.computed")], rounding)
    notes = [Note(marked(between.join(part))) for part in parts if part]
    notes.append(Note(as_written(_made(snapshot, say.plain))))
    if digest:
        notes.append(Note(as_written(say("report.print_digest", digest=digest))))
    return Section(Topic.PRINT, say("report.print"), "", tuple(notes))


def _reading(outlook: Outlook, say: Speaker) -> tuple[list[str], list[str]]:
    """Say how far the figures run, and how they are rounded."""
    if outlook.complete:
        some = "_some" if outlook.targets_in_all > len(outlook.counted) else ""
        return [say(f"note.published{some}", year=outlook.year)], []
    if outlook.latest is None:
        return [], []
    period = fmt.as_of(outlook.as_of or outlook.latest, say)
    as_of = say("note.as_of" if outlook.as_of else "note.as_of_latest", period=period)
    if not indicators.has_exact(outlook):
        return [as_of], []
    rounding = ("_one" if len(outlook.counted) == 1 else "") + words.suffix(outlook.area.reference)
    return [as_of], [say(f"report.print_rounding{rounding}"), say("report.print_pace")]


def _made(snapshot: Snapshot, say: Speaker) -> str:
    """Say by what and from what, which may hold names that others wrote."""
    issue, made = snapshot.issue, snapshot.provenance
    told = []
    if snapshot.area_version is not None:
        name = say.name(snapshot.area_version)
        told.append(say("report.print_version", name=name))
    if made.publishers:
        comma = say("format.comma")
        names = comma.join(say.word("publisher", name) for name in made.publishers)
        told.append(say("note.source", publishers=names))
    told.append(
        say(
            "report.print_made",
            vintage=made.vintage,
            engine=made.engine,
            app=made.app_version,
            seed=made.seed,
        )
    )
    told.append(
        say(
            "report.print_frozen",
            number=number_of(snapshot, say),
            time=fmt.minute(datetime.fromisoformat(issue.issued_at)),
        )
    )
    return say("format.between_sentences").join(told)
