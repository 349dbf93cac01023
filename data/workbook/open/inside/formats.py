"""Number formats that show 0.062 as 6.2%."""

from __future__ import annotations

import re

BUILT_IN_PERCENT = frozenset({9, 10})
"""Ids of ``0%`` and ``0.00%``, which workbooks use without spelling them out."""

# What stands quoted, escaped or in brackets is shown as it is: 0.0"%" is no percentage.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def is_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred."""
    return "%" in _LITERAL.sub("", code)
