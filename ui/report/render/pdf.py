"""A report as PDF: its own HTML laid out on A4, text selectable, fonts embedded.

Layout takes a second or two and is asked for rarely, so what does it is imported only then.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any, NoReturn

from forecasting.errors import OutlookError
from ui.report.document.blocks import Report
from ui.report.render.brief_content import SLACK, brief_in_words, sheets_of
from ui.report.render.html import brief_html_of, sheet_html_of


class PdfUnavailable(OutlookError):
    """The system lacks the libraries that lay out the pages of a PDF."""

    template = "no PDF can be made here ({found}): run tools/system-packages app"


def pdf_of(html: str) -> bytes:
    """Return a document of ``html.html_of(report, paper=True)`` as PDF.

    The same document gives the same bytes wherever the same fonts are installed. Nothing outside
    of it is read.

    Raises
    ------
    PdfUnavailable
        If the system lacks the libraries that lay out text.
    ValueError
        If the document refers to anything outside of itself.
    """
    return _written(_laid_out(html))


SHARES = (0.76, 0.82, 0.88, 0.94, 1.0)
"""Of their usual size, the sizes of letters that are tried for a sheet, the smallest first."""


def sheet_pdf_of(sheets: Iterable[Report]) -> bytes:
    """Return the first of several reports that has room on one sheet, in the largest letters.

    Where none has, the last of them takes more sheets.

    Raises
    ------
    PdfUnavailable
        If the system lacks the libraries that lay out text.
    """
    laid_out = None
    for shown in sheets:
        laid_out = _laid_out(sheet_html_of(shown, SHARES[0]))
        if len(laid_out.pages) > 1:
            continue
        for share in SHARES[1:]:
            larger = _laid_out(sheet_html_of(shown, share))
            if len(larger.pages) > 1:
                break
            laid_out = larger
        break
    return _written(laid_out)


_SPARES = (-120.0, -60.0, SLACK, 60.0, 120.0, 200.0)
"""Points to leave free by the estimate, one after the other, until a brief has its pages."""


def brief_pdf_of(report: Report) -> bytes:
    """Return the brief of a report as PDF, on as many pages as a brief has; errors as ``pdf_of``.

    What is said of it is chosen by an estimate of heights: first more than has room by it, then
    ever less.
    """
    laid_out, sheets = None, sheets_of(report)
    for spare in _SPARES:
        laid_out = _laid_out(brief_html_of(brief_in_words(report, spare=spare)))
        pages = len(laid_out.pages)
        if pages <= sheets or pages > 2 * sheets:  # then nothing that can be left out would do
            break
    return _written(laid_out)


def _written(laid_out: Any) -> bytes:
    written: bytes = laid_out.write_pdf(pdf_tags=True)
    return written


def _laid_out(html: str) -> Any:
    """Return a document on its pages."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError
    except OSError as error:
        raise PdfUnavailable(found=str(error).strip()) from error
    # It tells of every property of newer browsers that it leaves out; those are known.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)

    def refuse(url: str, *_: object) -> NoReturn:
        raise FatalURLFetchingError(url)

    try:
        return HTML(string=html, url_fetcher=refuse).render(pdf_tags=True)
    except FatalURLFetchingError as error:  # no Exception, so that nothing of WeasyPrint hides it
        raise ValueError(f"the document refers to {error}") from error
