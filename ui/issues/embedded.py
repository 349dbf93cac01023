"""An issue inside a page of the app: as it was issued, or beside today's data, and as files."""

from __future__ import annotations

import streamlit as st

from data.store.issues import StoredIssue
from data.store.links import Share
from forecasting.errors import OutlookError
from ui.frame import address
from ui.frame.errors import show_error
from ui.frame.site import Site
from ui.language import Speaker
from ui.links import served_issue
from ui.report.render.html import embedded, embedded_style

ISSUED, TODAY = "issued", "today"


def show(issue: StoredIssue, say: Speaker, share: Share | None = None) -> None:
    """Show an issue.

    Parameters
    ----------
    share
        The link that it is read through; None for those who may read everything.
    """
    kept = served_issue.content(issue, say, dark=address.dark())
    chosen = st.segmented_control(
        say("share.view"),
        [ISSUED, TODAY],
        default=ISSUED,
        format_func=lambda one: say(f"share.view_{one}"),
        key=f"issued_view_{issue.number}",
        label_visibility="collapsed",
    )
    if chosen == TODAY:
        kept = _beside_today(issue, say, share) or kept
    st.html(embedded_style())
    st.html(kept)
    _show_files(issue, say, share)


def _beside_today(issue: StoredIssue, say: Speaker, share: Share | None) -> str:
    """Return the issue beside today's data; empty where that may not or cannot be told."""
    # Brings every model: seconds that the issue itself need not wait for.
    from ui.issues.issuing import beside_today

    open_to_all = share is not None and not share.confidential
    try:
        with st.spinner(say("app.spinner")):
            report = beside_today(issue, say, open_to_all=open_to_all)
    except OutlookError as error:
        show_error(error, say)
        return ""
    if report is None:
        st.info(say("share.today_unpublished"))
        return ""
    return embedded(report, dark=address.dark())


def _show_files(issue: StoredIssue, say: Speaker, share: Share | None) -> None:
    """Show what can be kept of an issue.

    Who reads through a link fetches it through the link, which asks each time whether it still
    opens: a file that Streamlit makes when asked for it outlives the run that offered it.
    """
    link = _link() if share is not None else ""
    with st.container(horizontal=True, key=f"issue_files_{issue.number}"):
        for file in served_issue.files(issue, say):
            key = f"issue_{issue.number}_{file.kind}"
            if link:
                st.link_button(file.label, f"{link}?lang={say.language}&as={file.kind}", key=key)
                continue
            st.download_button(
                file.label, file.make, file.name, file.media_type, key=key, on_click="ignore"
            )


def _link() -> str:
    site = Site.at(st.get_option("server.baseUrlPath"))
    return site.link(address.carried(address.TOKEN) or "")
