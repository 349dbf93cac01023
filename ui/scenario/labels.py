"""What stands on the buttons and over the parts of the scenario pages, and what they announce."""

from __future__ import annotations

from enum import StrEnum

from ui.language import Language, t
from ui.language.markdown import literal


class Action(StrEnum):
    """What a reader can do to a scenario, by the word on its button."""

    UNDO = "undo"
    REDO = "redo"
    SAVE = "save"
    SAVE_AS = "save_as"
    OPEN = "open"
    DUPLICATE = "duplicate"
    DELETE = "delete"
    RESTORE = "restore"
    COPY_LINK = "copy_link"
    ADD = "add"
    REMOVE = "remove"
    SOLVE = "solve"
    TAKE_OVER = "take_over"


class Label(StrEnum):
    """A part of a page, or a field."""

    SCENARIO = "scenario"
    BASELINE = "baseline"
    DRAFT = "draft"
    NAME = "name"
    NOTE = "note"
    AUTHOR = "author"
    DELETED = "deleted"
    UNMOVED = "unmoved"
    PINS = "pins"
    PIN_INDICATOR = "pin_indicator"
    PIN_QUARTER = "pin_quarter"
    PIN_GROWTH = "pin_growth"
    SOURCE = "source"
    RISKS = "risks"
    RISKS_NOTE = "risks_note"
    TORNADO = "tornado"
    ARITHMETIC = "arithmetic"
    SOLVE = "solve"
    SOLVE_NOTE = "solve_note"
    WANTED = "wanted"
    WANTED_REFERENCE = "wanted_reference"
    ALLOWED = "allowed"
    EFFORT = "effort"
    EFFORT_NOTE = "effort_note"
    BOTTOM_UP = "bottom_up"
    BOTTOM_UP_NOTE = "bottom_up_note"
    COMPARISON = "comparison"
    DIFFERENCES = "differences"
    START = "start"
    ONE_OFF = "one_off"


class Notice(StrEnum):
    """A line that says what has happened, asks before it does, or fills an empty place."""

    SAVED = "saved"
    DUPLICATED = "duplicated"
    DELETED = "deleted"
    RESTORED = "restored"
    LINK_COPIED = "link_copied"
    UNSAVED = "unsaved"
    CONFIRM_DELETE = "confirm_delete"
    NO_SCENARIOS = "no_scenarios"
    NO_PROJECTS = "no_projects"
    NO_PINS = "no_pins"
    NO_RISKS = "no_risks"
    NO_COMPARISON = "no_comparison"
    LINK_UNREADABLE = "link_unreadable"


def action(what: Action, language: Language) -> str:
    """Return the word on a button."""
    return t(f"scenario_action.{what}", language)


def label(what: Label, language: Language) -> str:
    """Return the title of a part, the note under it, or the name of a field."""
    return t(f"scenario_label.{what}", language)


def notice(what: Notice, language: Language, **values: str | int) -> str:
    """Return a line of Markdown; texts among ``values`` are shown as they are."""
    shown = {
        name: literal(value) if isinstance(value, str) else value for name, value in values.items()
    }
    return t(f"scenario_notice.{what}", language, **shown)
