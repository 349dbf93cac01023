"""The ledger of tasks of an area as its page remembers it."""

from __future__ import annotations

from data.plan import documents
from data.plan.tasks import ledger
from data.plan.tasks.fields import Links, links_of
from data.plan.tasks.import_ledger import TasksRead, read_tasks
from ui.frame.controls import View
from ui.frame.session import Upload
from ui.workbook.state import open_file

LedgerToday = ledger.LedgerToday[View]
"""The ledger, and what its reader looks at."""


def years_of(view: View) -> list[int]:
    """Return the years that have a ledger, and the one that is asked about, the newest first."""
    listed = view.snapshot.store.plans.listed(view.area.id, documents.TASKS)
    own = {int(one.part.partition("/")[2]) for one in listed}
    return sorted(own | {view.snapshot.target_year(view.area.id)}, reverse=True)


def links(standing: LedgerToday) -> Links:
    """Return what tasks may name."""
    return links_of(standing.outline, standing.view.catalogue)


def tasks_of(upload: Upload, standing: LedgerToday) -> TasksRead:
    """Read the tasks in a file.

    Raises
    ------
    WorkbookRefused
        If it cannot be opened, or should not be.
    """
    return upload.remembered(
        "tasks", (upload.encoding, standing.year),
        lambda: read_tasks(open_file(upload), links(standing), standing.year),
    )  # fmt: skip
