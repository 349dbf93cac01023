"""The answers of a link that does not show its issue: it asks for a passphrase, or is closed.

None says anything of an issue, in its title, its preview or its text.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from data.store.attempts import ATTEMPTS
from ui.charts.palette import palette
from ui.language import Language, Speaker
from ui.language import format as fmt
from ui.report.render.html import TAGS

RETRY_AFTER = 5
"""Seconds after which who is sent away may come again."""


class SmallPage(NamedTuple):
    """A page of a few lines, and how it is answered.

    ``retry_after`` is when the same may be asked again, in seconds; None if that is not said.
    """

    text: str
    status: int
    retry_after: int | None = None


def closed() -> SmallPage:
    """Return the page of every link that does not open, in both languages and always the same."""
    return SmallPage(_in_both("share.closed", "share.closed_why"), 404)


def away(number: str = "") -> SmallPage:
    """Return the page of a database that cannot be read for a while, in both languages.

    It shows by which ``number`` the log knows the request.
    """
    return SmallPage(_in_both("share.away", "share.away_why", number), 503, RETRY_AFTER)


def _in_both(head: str, why: str, number: str = "") -> str:
    speakers = [Speaker(language) for language in Language]
    parts = []
    for say in speakers:
        level = "h1" if say is speakers[0] else "h2"
        parts.append(
            f'<section lang="{TAGS[say.language]}">'
            f"<{level}>{say(head)}</{level}>"
            f"<p>{say(why)}</p>{_quoted(number, say)}</section>"
        )
    title = " · ".join(say(head) for say in speakers)
    return document(speakers[0], title, "".join(parts))


def broken(say: Speaker, number: str = "") -> SmallPage:
    """Return the page of an issue that cannot be read, which is for the administrator to mend."""
    title = say("share.broken")
    main = f"<h1>{title}</h1><p>{say('share.broken_why')}</p>{_quoted(number, say)}"
    return SmallPage(document(say, title, main), 500)


def _quoted(number: str, say: Speaker) -> str:
    return f"<p>{say('error.number', number=number)}</p>" if number else ""


def busy(say: Speaker) -> SmallPage:
    """Return the page of who comes while too many do."""
    title = say("share.busy")
    text = document(say, title, f"<h1>{title}</h1><p>{say('share.busy_why')}</p>")
    return SmallPage(text, 503, RETRY_AFTER)


def asking(say: Speaker, fault: str = "") -> SmallPage:
    """Return the page that asks for the passphrase of a link, and says why it does so again."""
    return SmallPage(_asking(say, fault, form=True), 200)


def wrong(say: Speaker, remaining: int) -> SmallPage:
    """Return the page of a wrong passphrase; ``remaining`` more are looked at."""
    fault = say("share.wrong", left=remaining, attempts=ATTEMPTS)
    return SmallPage(_asking(say, fault, form=True), 403)


def too_many(say: Speaker, until: datetime, now: datetime) -> SmallPage:
    """Return the page of too many wrong passphrases: none is looked at until a time."""
    fault = say("share.too_many", until=fmt.minute(until).partition(" ")[2])
    text = _asking(say, fault, form=False)
    return SmallPage(text, 429, int((until - now).total_seconds()) + 1)


def _asking(say: Speaker, fault: str, *, form: bool) -> str:
    title, other = say("share.locked"), say.language.other
    told = f'<p class="fault" role="alert">{escape(fault)}</p>' if fault else ""
    main = f"<h1>{title}</h1><p>{say('share.locked_why')}</p>{told}"
    if form:
        main += (
            f'<form method="post"><label for="passphrase">{say("share.passphrase")}</label>'
            '<input id="passphrase" name="passphrase" type="password" autocomplete="off" '
            f"required autofocus><button>{say('share.enter')}</button></form>"
        )
    switch = say("app.other_language")
    main += f'<a href="?lang={other}" lang="{TAGS[other]}">{switch}</a>'
    return document(say, title, main)


def document(say: Speaker, title: str, main: str) -> str:
    """Return a page with a title, of a few lines in HTML."""
    return (
        f'<!doctype html>\n<html lang="{TAGS[say.language]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="robots" content="noindex,nofollow,noarchive">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n"
        f'<meta property="og:title" content="{title}">\n'
        '<link rel="icon" href="data:,">\n'
        f"<style>\n{_rules()}</style>\n</head>\n<body>\n<main>{main}</main>\n</body>\n</html>\n"
    )


@cache
def _rules() -> str:
    light, dark = (
        ";".join(f"--{name}:{value}" for name, value in palette(dark=dark).items())
        for dark in (False, True)
    )
    own = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    return f":root{{{light}}}\n@media(prefers-color-scheme:dark){{:root{{{dark}}}}}\n{own}"
