"""What a forecast is and how it is made: pure functions of their arguments.

Nothing here reads a file, a clock, a database or the network, draws a picture or keeps
state; every random draw takes a seed. Only ``__main__`` opens files, to prove that the
whole answer can be had without the app.

Programs of others begin with ``outlook_of``: docs/library.md.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forecasting.frame import OutlookFrame as OutlookFrame
    from forecasting.frame import outlook_of as outlook_of


def __getattr__(name: str) -> Any:
    """Import what programs of others begin with once it is asked for: pages need no frames."""
    if name in ("OutlookFrame", "outlook_of"):
        from forecasting import frame

        return getattr(frame, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
