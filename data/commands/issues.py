"""Issuing an outlook, and what was issued: ``python -m data issue`` and ``issues``."""

from __future__ import annotations

import argparse
from typing import Any

from data.commands.command import (
    Answer,
    CommandRefused,
    ExitCode,
    Listed,
    add_author,
    add_command,
    add_group,
    area_of,
    check_targets,
    opened_store,
    saved_at,
    to_saved,
    view_of,
)
from data.issues.contents import contents_of
from data.issues.issuing import IssueHead, IssueRequest, issue
from data.store.issues import IssueRecord, StoredIssue
from data.store.store import Store
from data.views import BaselineKey, CommandView
from forecasting.cli.options import OF_A_QUESTION, add_options, to_probability, to_year
from forecasting.figures.indicator import Area
from forecasting.issues.json import read_snapshot
from forecasting.models.runtime import use_one_thread
from forecasting.outlook.question import Question


def add_to(listed: Listed) -> None:
    """Add the commands on issues."""
    make = add_command(
        listed, "issue", _issue, "issue the outlook of an area and a year, as its page does",
        "Freeze the outlook of an area and a year, perhaps under a saved scenario, as a document "
        "that is never changed. Nothing is issued where the newest issue that answers the same "
        "question says all of it already; what passes with the days alone is no news.",
    )  # fmt: skip
    _add_area(make)
    make.add_argument(
        "--year", type=to_year, help="without it, the year that the area works towards"
    )
    add_options(make, [one for one in OF_A_QUESTION if one[0] in ("--as-of", "--threshold")])
    make.add_argument(
        "--saved", type=to_saved, metavar="NUMBER[/VERSION]", help="under a saved scenario"
    )
    make.add_argument("--issuer", default="", metavar="UNIT", help="the unit that issues it")
    make.add_argument("--note", default="", metavar="TEXT", help="to the readers")
    make.add_argument(
        "--with-note", action="store_true", help="let readers see the note of the scenario"
    )
    make.add_argument(
        "--number", default="", metavar="NUMBER",
        help="as the office writes it; without it, the next one of its series",
    )  # fmt: skip
    make.add_argument(
        "--named", action="store_true",
        help="name projects in what is next: the issue is for insiders then",
    )  # fmt: skip
    make.add_argument(
        "--wanted", type=to_probability, metavar="PROBABILITY",
        help="say by which levers the chance of all would reach this, such as 0.8",
    )  # fmt: skip
    add_author(make)
    issues = add_group(
        listed, "issues", "list what was issued", "List the issued outlooks of an area."
    )
    every = add_command(
        issues, "list", _list,
        "list number, year, when, by whom, data vintage and chance of all, parted by tabs",
    )  # fmt: skip
    _add_area(every)


def _add_area(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--area", metavar="AREA", help="its id (the zone that the store serves without it)"
    )


def _issue(options: argparse.Namespace) -> Answer:
    use_one_thread()
    with opened_store() as store:
        view = view_of(store)
        area = area_of(store, view.vintage, options.area)
        request = _request(view, store, area, options)
        _check_wanted(request, options.wanted)
        head = IssueHead(
            options.issuer, options.note, options.author, options.with_note, options.number,
            options.named, options.wanted,
        )  # fmt: skip
        drafted: set[str] = set()
        issued = issue(request, head, drafted, once=True)
    if issued.sha256 in drafted:
        return Answer(f"issued {_line(issued)}", _document(issued))
    return Answer(
        f"nothing new to issue: {_line(issued)} says it already",
        _document(issued),
        ExitCode.UNCHANGED,
    )


def _request(
    view: CommandView, store: Store, area: Area, options: argparse.Namespace
) -> IssueRequest:
    """Return what is to be issued.

    Raises
    ------
    CommandRefused
        If nothing is asked of the year, or the scenario is of another area or year.
    """
    year = options.year or view.target_year(area.id)
    key = BaselineKey(view, area.id, year, options.as_of, options.threshold)
    check_targets(Question(area, year, options.as_of, options.threshold), view.inputs(area.id))
    if options.saved is None:
        return IssueRequest(key)
    saved = saved_at(store, options.saved, area, year)
    scenario = saved.scenario(view.catalogue(area.id).indicators)
    return IssueRequest(key, scenario, (saved.id, saved.version))


def _check_wanted(request: IssueRequest, wanted: float | None) -> None:
    """Refuse to say how to reach a chance that is there, or of which nothing can be said."""
    chance = request.chance_to_raise
    if wanted is None or (chance is not None and chance < wanted):
        return
    if chance is None:
        raise CommandRefused(
            "--wanted goes without a scenario and --as-of, in an area with targets of its own, "
            "while anything of the year is open"
        )
    raise CommandRefused(f"--wanted is not above the {chance:.1%} that all targets have")


def _list(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        area = area_of(store, store.latest_vintage(), options.area)
        listed = store.issues.listed(area.id)  # first: each of them has its chance by then
        chances = {one.number: one.p_all for one in store.issues.track(area.id)}
        rows = [_plain(one, chances[one.number]) for one in listed]
    keys = ("number", "year", "issued_at", "issuer", "vintage", "probability")
    lines = ("\t".join("" if row[key] is None else str(row[key]) for key in keys) for row in rows)
    return Answer("\n".join(lines) or f"nothing was issued of {area.id}", {"issues": rows})


def _document(issued: StoredIssue) -> dict[str, Any]:
    """Return an issue as lists have it, with its number in its series."""
    found = contents_of(read_snapshot(issued.document))
    series = {"number_in_series": found.number, "label": found.label or None}
    return {"issue": _plain(issued, found.p_all) | series}


def _line(issued: StoredIssue) -> str:
    found = contents_of(read_snapshot(issued.document))
    chance = "" if found.p_all is None else f"all targets together {found.p_all:.1%}, "
    figures = "with figures that are not published" if issued.unpublished else "published figures"
    return f"issue {issued.number}: {chance}{figures}, digest {issued.sha256}"


def _plain(issue: IssueRecord, chance: float | None) -> dict[str, Any]:
    return {
        "number": issue.number, "area": issue.area, "year": issue.year,
        "issued_at": issue.issued_at.isoformat(), "issuer": issue.issuer,
        "vintage": issue.vintage, "unpublished": issue.unpublished, "probability": chance,
        "sha256": issue.sha256,
    }  # fmt: skip
