"""What each role may do; who has one, ``people`` knows.

This is the one place that says which role a write, or a page, needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What somebody may do; each role may all that those before it may."""

    READER = "reader"
    PLANNER = "planner"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"

    def covers(self, other: Role) -> bool:
        """Return whether this role may all that the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class Permission(StrEnum):
    """What a write, or a page, is allowed by."""

    READ = "read"
    SAVE_SCENARIOS = "save_scenarios"
    EDIT_PLAN = "edit_plan"
    ISSUE = "issue"
    COMMIT = "commit"
    ADMINISTER = "administer"


NEEDED: Mapping[Permission, Role] = MappingProxyType(
    {
        # Every page, and what a page keeps for its reader: addresses, forecasts made before.
        Permission.READ: Role.READER,
        # Scenarios with their assumptions, and files of projects.
        Permission.SAVE_SCENARIOS: Role.PLANNER,
        # What the plan claims, how the zone is compared, and its tasks.
        Permission.EDIT_PLAN: Role.PLANNER,
        # Issued outlooks, and the links to them.
        Permission.ISSUE: Role.PLANNER,
        # Figures, targets, changes of definition and areas, and taking them back.
        Permission.COMMIT: Role.ANALYST,
        # People, the links of all, alerts, and the audit log.
        Permission.ADMINISTER: Role.ADMINISTRATOR,
    }
)
"""The role that each permission needs."""
