"""The first step of an upload: a file, or pasted cells."""

from __future__ import annotations

import streamlit as st

from forecasting.errors import OutlookError
from ui.figures import downloads
from ui.frame import session
from ui.frame.errors import show_error
from ui.frame.session import Upload
from ui.frame.shell import View
from ui.language import Language, t, words
from ui.outlook import sentences
from ui.workbook import cache, committed

PASTED = "pasted.tsv"


def show(view: View) -> None:
    """Show the chooser, below what became of the last file."""
    language = view.language
    number = session.committed()
    if number is not None:
        committed.show(number, view)
        st.header(t("upload.next", language), anchor=False)
    else:
        area = words.name(view.area.name, language)
        title = t("upload.title", language, area=area).replace("|", sentences.BREAK)
        st.title(title, anchor=False)
        if (undone := session.undone()) is not None:
            st.markdown(t("upload.undone", language, number=undone))
        st.markdown(t("upload.lead", language))
    turn = session.upload_round()
    with st.container(key="uploader"):
        show_our_words(language)
        file = st.file_uploader(t("upload.file", language), key=f"file_{turn}")
    if file is not None:
        _begin(Upload(file.name, file.getvalue(), base=view.snapshot.vintage), view)
    downloads.show_template(view)
    with st.expander(t("upload.paste", language)):
        text = st.text_area(
            t("upload.paste_here", language), key=f"paste_{turn}", height=160,
            placeholder=t("upload.paste_example", language),
        )  # fmt: skip
        pressed = st.button(t("upload.paste_go", language), key="paste_go")
        if pressed and not text.strip():
            st.markdown(t("upload.paste_empty", language))
        elif pressed:
            content = text.encode()
            pasted = Upload(PASTED, content, base=view.snapshot.vintage, pasted=True)
            _begin(pasted, view)


def _begin(upload: Upload, view: View) -> None:
    """Open a file and go on to its review; one that is refused says why, and another may come."""
    try:
        with st.spinner(t("upload.opening", view.language)):
            cache.opened(upload)
    except OutlookError as error:
        show_error(error, view.language)
        return
    session.begin_upload(upload)
    st.rerun()


def show_our_words(language: Language) -> None:
    """Give the uploader words of ours: its own are English (``look.css`` puts them there)."""
    words_ = {name: t(f"upload.{name}", language) for name in ("choose_file", "too_large")}
    rules = ";".join(f"--{name.replace('_', '-')}:'{text}'" for name, text in words_.items())
    st.html(f"<style>:root{{{rules}}}</style>")
