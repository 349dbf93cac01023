"""One hundred dots: of a hundred courses of the year, how many come out as they should."""

from __future__ import annotations


def dots(filled: int) -> str:
    """Return one hundred dots, filled row by row from the top."""
    cells = "".join(f'<i class="{"y" if k < filled else ""}"></i>' for k in range(100))
    return f'<div class="dots" aria-hidden="true">{cells}</div>'
