"""The pages of a link that does not show its issue: it asks for a passphrase, or is closed.

None says anything of an issue, in its title, its preview or its text.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from ui.charts.palette import palette
from ui.language import Language, Speaker
from ui.report.render.html import TAGS


def closed() -> str:
    """Return the page of every link that does not open, in both languages and always the same."""
    return _in_both("share.closed", "share.closed_why")


def away(number: str = "") -> str:
    """Return the page of a database that cannot be read for a while, in both languages.

    It shows by which ``number`` the log knows the request.
    """
    return _in_both("share.away", "share.away_why", number)


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


def broken(say: Speaker, number: str = "") -> str:
    """Return the page of an issue that cannot be read, which is for the administrator to mend."""
    title = say("share.broken")
    return document(
        say, title, f"<h1>{title}</h1><p>{say('share.broken_why')}</p>{_quoted(number, say)}"
    )


def _quoted(number: str, say: Speaker) -> str:
    return f"<p>{say('error.number', number=number)}</p>" if number else ""


def busy(say: Speaker) -> str:
    """Return the page of who comes while too many do."""
    title = say("share.busy")
    return document(say, title, f"<h1>{title}</h1><p>{say('share.busy_why')}</p>")


def asking(say: Speaker, fault: str = "", *, form: bool = True) -> str:
    """Return the page that asks for the passphrase of a link.

    Parameters
    ----------
    fault
        Why it asks again; empty for the first time.
    form
        Whether a passphrase would be looked at.
    """
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
