"""A scenario that a reader works on: its steps, to undo and redo, and the log of its edits."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.store.saved_scenario import Edit, SavedScenario
from forecasting.scenario.changes import Change, changes_between
from forecasting.scenario.model import Scenario
from ui.language import clock

MOST_STEPS = 200
MOST_EDITS = 2000
"""Edits logged between two savings; of more, the oldest are dropped."""
_SEPARATOR, _ESCAPE = "/", "%"


@dataclass(slots=True)
class _Base:
    """What steps stand on: a saved version or none, and what was changed since."""

    saved: SavedScenario | None = None
    edits: list[Edit] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """What is changed and perhaps not saved.

    Attributes
    ----------
    turn
        Changes when widgets must take their values from the scenario anew: after every step
        that was not typed into them.
    """

    turn: int = 0
    _steps: list[tuple[Scenario, _Base]] = field(default_factory=lambda: [(Scenario(), _Base())])
    _place: int = 0

    @property
    def now(self) -> Scenario:
        """The scenario as it stands."""
        return self._steps[self._place][0]

    @property
    def saved(self) -> SavedScenario | None:
        """The version of a saved scenario that it stands on; None for a new one."""
        return self._base.saved

    @property
    def edits(self) -> list[Edit]:
        """Every change since it was opened or saved, steps back among them."""
        return self._base.edits

    def edits_with(self, scenario: Scenario) -> list[Edit]:
        """Return every change since it was opened or saved, with those that lead to another."""
        now = clock.now()
        led = (
            Edit(now, path_of(change), change.before, change.after)
            for change in changes_between(self.now, scenario)
        )
        return [*self.edits, *led][-MOST_EDITS:]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self._place < len(self._steps) - 1

    def put(self, scenario: Scenario, *, typed: bool = False) -> None:
        """Take a step, perhaps ``typed`` into widgets; steps taken back are gone then."""
        if scenario == self.now:
            return
        self._log(scenario)
        self.turn += not typed
        self._append(scenario, self._base)

    def undo(self) -> None:
        """Take the last step back."""
        self._move(-1)

    def redo(self) -> None:
        """Take a step that was taken back again."""
        self._move(1)

    def open(self, scenario: Scenario, saved: SavedScenario | None) -> None:
        """Go on with a saved scenario, or with none; what was there can be undone.

        Undoing goes back to what that stood on, which nothing is saved over then.
        """
        self.turn += 1
        self._append(scenario, _Base(saved))

    def stand_on(self, saved: SavedScenario | None) -> None:
        """Take what stands here for what is saved there: nothing is logged any more."""
        self._base.saved = saved
        self._base.edits.clear()

    def follow(self, saved: SavedScenario | None) -> None:
        """Stand on another version with the same content, with all that was changed since."""
        self._base.saved = saved

    @property
    def _base(self) -> _Base:
        return self._steps[self._place][1]

    def _append(self, scenario: Scenario, base: _Base) -> None:
        self._steps = [*self._steps[: self._place + 1], (scenario, base)][-MOST_STEPS:]
        self._place = len(self._steps) - 1

    def _move(self, by: int) -> None:
        place = self._place + by
        if 0 <= place < len(self._steps):
            scenario, base = self._steps[place]
            if base is self._base:
                self._log(scenario)
            self._place = place
            self.turn += 1

    def _log(self, after: Scenario) -> None:
        self.edits[:] = self.edits_with(after)


def path_of(change: Change) -> str:
    """Return where a change is, as one text; fields may be named after a firm, with any sign."""
    field_ = change.field.replace(_ESCAPE, _ESCAPE + "25").replace(_SEPARATOR, _ESCAPE + "2F")
    return _SEPARATOR.join((change.section, change.entry, field_))


def change_of(edit: Edit) -> Change:
    """Return the change that an edit logs."""
    section, _, rest = edit.path.partition(_SEPARATOR)
    entry, _, escaped = rest.rpartition(_SEPARATOR)
    field_ = escaped.replace(_ESCAPE + "2F", _SEPARATOR).replace(_ESCAPE + "25", _ESCAPE)
    return Change(section, entry, field_, edit.before, edit.after)
