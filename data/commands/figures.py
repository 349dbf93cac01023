"""Figures of a file into the store, its questions answered from another file; and out again."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data import clock
from data.commands.command import (
    THE_STORE,
    Answer,
    CommandRefused,
    ExitCode,
    Listed,
    add_author,
    add_command,
    add_note,
    area_of,
    opened_store,
    secret_in,
    text_of,
    view_of,
    write_new,
    write_new_folder,
)
from data.store.store import Store
from data.workbook.book import Place
from data.workbook.open.opening import open_book
from data.workbook.questions import SKIP, Asked, Question
from data.workbook.read.within_limits import read_within_limits
from data.workbook.reading import Context, Reading
from data.workbook.review import Review, State, digest_of, review
from data.workbook.write.export import observations_csv, observations_workbook
from data.workbook.write.seed_tables import packed, seed_tables
from forecasting.figures.indicator import Area

_WRITERS = {".xlsx": observations_workbook, ".csv": observations_csv}
OFFERED = 20
"""Answers of a question that are listed: the likely ones first, then every indicator or area."""


def add_to(listed: Listed) -> None:
    """Add both commands."""
    parser = add_command(
        listed, "import", _import, "write the figures of a file, as the page of figures does",
        "Read a workbook or text and write its figures as one data vintage. What only a person "
        "can know is printed as questions in JSON, and nothing is written; answer them in a file "
        f"of --answers. Answers on layouts are remembered for the next file. {THE_STORE}",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="FILE", help="a workbook or text with cells")
    parser.add_argument(
        "--area", metavar="AREA",
        help="id of the area that figures belong to where the file names none (the zone that the "
        "store serves without it)",
    )  # fmt: skip
    parser.add_argument(
        "--put-back", action="store_true",
        help="write figures also where the store had them before and they were revised since",
    )  # fmt: skip
    add_note(parser)
    add_author(parser)
    out = add_command(
        listed, "export", _export, "write every figure of an area into a file, which import reads",
        "Write figures as the page of figures gives them to download, or into a folder or .zip all "
        f"that an outlook is drawn from. python -m forecasting reads each but .xlsx. {THE_STORE}",
    )  # fmt: skip
    out.add_argument(
        "file", type=Path, metavar="FILE",
        help="an .xlsx, .csv or .zip that does not exist yet; a name without an ending is that of "
        "a folder",
    )  # fmt: skip
    out.add_argument(
        "--area", metavar="AREA", help="its id (the zone that the store serves without it)"
    )
    out.add_argument("--language", choices=("zh", "en"), default="zh")
    out.add_argument(
        "--figures", type=Path, metavar="FILE",
        help="a workbook or text whose figures stand in place of the stored ones, in a folder or "
        ".zip: so python -m forecasting judges a file that nobody has imported",
    )  # fmt: skip
    for one in (parser, out):
        one.add_argument(
            "--answers", type=Path, metavar="FILE.json",
            help="an object from ids of questions to ids of options; some may be of other files",
        )  # fmt: skip
        one.add_argument(
            "--password-file", type=Path, metavar="FILE",
            help="holds what opens an encrypted workbook",
        )  # fmt: skip


def _export(options: argparse.Namespace) -> Answer:
    if options.figures is None and (options.answers or options.password_file):
        raise CommandRefused("--answers and --password-file go with --figures")
    write = _WRITERS.get(options.file.suffix.lower())
    if write is None:
        return _export_tables(options)
    if options.figures is not None:
        raise CommandRefused("--figures goes with a folder or a .zip, which hold tables")
    with opened_store() as store:
        view = view_of(store)
        area = area_of(store, view.vintage, options.area)
        figures, catalogue = view.observations(area.id), store.catalogue(view.vintage)
    write_new(options.file, write(figures, catalogue, (area,), options.language))
    return _wrote(options.file, area, len(figures), view.vintage)


def _export_tables(options: argparse.Namespace) -> Answer:
    """Write all that an outlook is drawn from, perhaps with the figures of a file."""
    file: Path = options.file
    if file.suffix.lower() not in ("", ".zip"):
        raise CommandRefused(
            f"{file} is called neither .xlsx, .csv nor .zip, nor without an ending"
        )
    with opened_store() as store:
        view = view_of(store)
        area = area_of(store, view.vintage, options.area)
        if options.figures is None:
            tables = seed_tables(view, area, figures := view.observations(area.id))
        else:
            context = _context(store, view.vintage, area)
            content, given = options.figures.read_bytes(), _answers_in(options.answers)
            reading = _reading(options.figures.name, content, given, options, context)
            if reading.open:
                questions = [_asked(question) for question in reading.open]
                return Answer("", {"questions": questions}, ExitCode.QUESTIONS)
            figures = [
                one.observation for one in reading.figures if one.observation.area == area.id
            ]
            if not figures:
                raise CommandRefused(f"{options.figures} has no figures of {area.id}")
            tables = seed_tables(view, area, figures, reading.indicators)
    if file.suffix:
        write_new(file, packed(tables))
    else:
        write_new_folder(file, tables)
    return _wrote(file, area, len(figures), view.vintage)


def _wrote(file: Path, area: Area, count: int, base: int) -> Answer:
    return Answer(
        f"wrote {file}: {count} figures, data vintage {base}",
        {"file": str(file), "area": area.id, "figures": count, "vintage": base},
    )


def _import(options: argparse.Namespace) -> Answer:
    name, content = options.file.name, options.file.read_bytes()
    given = _answers_in(options.answers)
    with opened_store() as store:
        base = store.latest_vintage()
        area = area_of(store, base, options.area)
        context = _context(store, base, area)
        reading = _reading(name, content, given, options, context)
        found = review(reading, context.known, base, store.replaced(base))
        vintage = None
        if found.ready and not (_was_written(found, content, store) and not options.put_back):
            _check_age(found, options)
            vintage = store.commit(found.draft(options.author, options.note, {name: content}))
    document = {
        "file": name, "area": area.id, "base": base, "vintage": vintage, **_plain(found),
        "unused_answers": sorted(given.keys() - reading.answered.keys()),
    }  # fmt: skip
    return Answer(_text(found, vintage), document, _code(found, vintage))


def _context(store: Store, base: int, area: Area) -> Context:
    """Return what is known where a file is read, as the page of figures has it."""
    return Context(
        catalogue=store.catalogue(base), areas=store.areas(base), area=area.id,
        month=clock.month(), known=store.known(base), remembered=store.remembered(base),
    )  # fmt: skip


def _reading(
    name: str, content: bytes, given: Mapping[str, str], options: argparse.Namespace,
    context: Context,
) -> Reading:  # fmt: skip
    """Return what a file says, with its questions answered as far as they are given."""
    encoding = given.get(Asked.ENCODING, SKIP).partition(":")[2]
    book = open_book(name, content, encoding or None, secret_in(options.password_file))
    reading = read_within_limits(book, context, given)
    _check_options(reading, given)
    return reading


def _was_written(found: Review, content: bytes, store: Store) -> bool:
    """Return whether the store had all of a file, and only what was revised since differs.

    A timer that was cut off after a later file gives the earlier one again.
    """
    revised = {line.figure.key for line in found.put_back if line.figure is not None}
    if revised != {figure.key for figure in found.written}:
        return False
    return any(not one.withdrawn for one in store.file_records(digest_of(content)))


def _check_age(found: Review, options: argparse.Namespace) -> None:
    """Refuse to put back unasked what was revised since: the file may be older than the store."""
    if found.put_back and not options.put_back:
        count = len(found.put_back)
        raise CommandRefused(
            f"{count} figures would put back what vintages up to "
            f"{max(line.replaced_by for line in found.put_back)} revised: --put-back does so"
        )


def _code(found: Review, vintage: int | None) -> ExitCode:
    if found.reading.open:
        return ExitCode.QUESTIONS
    if not found.reading.figures:
        return ExitCode.REFUSED
    return ExitCode.UNCHANGED if vintage is None else ExitCode.DONE


def _text(found: Review, vintage: int | None) -> str:
    counts = found.counts
    read = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    lines = [f"figures: {read or 'none'}"]
    lines += [
        f"{one.values.get('count', 1)} {one.code}: {_named(one.values)}".rstrip(": ")
        for one in found.reading.remarks
    ]
    if found.put_back and vintage is None:
        lines.append(f"{len(found.put_back)} of them were revised since, and stay so")
    elif found.put_back:
        lines.append(f"{len(found.put_back)} of them put back what was revised since")
    if vintage is not None:
        lines.append(f"written as data vintage {vintage}")
    elif not found.reading.figures:
        lines.append("nothing was read, and nothing was written")
    else:
        lines.append("all of it stands already, and nothing was written")
    return "\n".join(lines)


def _named(values: Mapping[str, object]) -> str:
    names = values.get("names") or values.get("areas") or ()
    return ", ".join(map(str, names)) if isinstance(names, tuple) else ""


def _answers_in(file: Path | None) -> dict[str, str]:
    """Return the answers of a file.

    Raises
    ------
    CommandRefused
        If it is no object from ids to ids.
    """
    if file is None:
        return {}
    try:
        given = json.loads(text_of(file))
    except ValueError as error:
        raise CommandRefused(f"{file} is no JSON: {error}") from None
    if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
        raise CommandRefused(f"{file} holds no object from ids of questions to ids of options")
    return given


def _check_options(reading: Reading, given: Mapping[str, str]) -> None:
    """Refuse an answer to a question of the file that is none of its options: a slip of a hand."""
    for question in (*reading.questions, *reading.optional):
        answer = given.get(question.id)
        if answer is not None and answer not in {option.id for option in question.options}:
            raise CommandRefused(f"{answer!r} is no option of the question {question.id!r}")


def _plain(found: Review) -> dict[str, Any]:
    """Return what was read, asked and left out as plain values."""
    reading = found.reading
    return {
        "counts": {str(state): found.counts[state] for state in State},
        "put_back": len(found.put_back),
        "questions": [_asked(question) for question in reading.open],
        "offered": [_asked(question) for question in reading.optional],
        "remarks": [
            {"code": one.code, "values": plain(one.values), "places": list(map(_at, one.places))}
            for one in reading.remarks
        ],
        "refused": [
            {"code": one.code, "place": _at(one.place), "found": one.found, "label": one.label}
            for one in reading.refused
        ],
    }


def _asked(question: Question) -> dict[str, Any]:
    options = question.options
    listed = options if len(options) <= OFFERED else (*options[: OFFERED - 1], options[-1])
    return {
        "id": question.id,
        "code": str(question.code),
        "found": question.found,
        "figures": question.count,
        "places": list(map(_at, question.places)),
        "row": question.row,
        "column": question.column,
        "values": plain(question.values),
        "options": [{"id": one.id, "values": plain(one.values)} for one in listed],
        "suggested": question.suggested,
    }


def _at(place: Place) -> str:
    return f"{place.sheet}!{place}" if place.sheet else str(place)


def plain(value: object) -> Any:
    """Return a value of a sentence as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
