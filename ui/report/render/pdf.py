"""A report as PDF: its own HTML laid out on A4, text selectable, fonts embedded.

Layout takes a second or two and is asked for rarely, so what does it is imported only then.
"""

from __future__ import annotations

import logging
from typing import NoReturn

from forecasting.errors import OutlookError


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
    try:
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError
    except OSError as error:
        raise PdfUnavailable(found=str(error).strip()) from error
    # It tells of every property of newer browsers that it leaves out; those are known.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)

    def refuse(url: str, *_: object) -> NoReturn:
        raise FatalURLFetchingError(url)

    pages = HTML(string=html, url_fetcher=refuse)
    try:
        written: bytes = pages.write_pdf(pdf_tags=True)
    except FatalURLFetchingError as error:  # no Exception, so that nothing of WeasyPrint hides it
        raise ValueError(f"the document refers to {error}") from error
    return written
