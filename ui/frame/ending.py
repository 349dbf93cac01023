"""How a page ends before its last line."""

from typing import NoReturn

from streamlit.runtime.scriptrunner import StopException


def end_page() -> NoReturn:
    """End the page and no more: ``app.py`` goes on and brings the view to the address.

    ``st.stop`` ends the whole run at the next call of anything of Streamlit.
    """
    raise StopException
