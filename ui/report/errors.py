"""Errors of the files of a report."""

from __future__ import annotations

from forecasting.errors import OutlookError


class PdfUnavailable(OutlookError):
    """Raised where the system lacks the libraries that lay out the pages of a PDF."""

    code = "pdf_unavailable"

    def __init__(self, found: str) -> None:
        line = f"no PDF can be made here ({found.strip()}): run tools/system-packages app"
        super().__init__(line)
