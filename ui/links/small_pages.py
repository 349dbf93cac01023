"""The pages of a link that does not show its issue: it asks for a passphrase, or is closed.

None says anything of an issue, in its title, its preview or its text.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from ui.charts.palette import palette
from ui.language import Language, t
from ui.report.render.html import TAGS


def closed() -> str:
    """Return the page of every link that does not open, in both languages and always the same."""
    parts = []
    for language in Language:
        level = "h1" if language is Language.ZH else "h2"
        parts.append(
            f'<section lang="{TAGS[language]}">'
            f"<{level}>{t('share.closed', language)}</{level}>"
            f"<p>{t('share.closed_why', language)}</p></section>"
        )
    title = " · ".join(t("share.closed", language) for language in Language)
    return _page(Language.ZH, title, "".join(parts))


def broken(language: Language) -> str:
    """Return the page of an issue that cannot be read, which is for the administrator to mend."""
    title = t("share.broken", language)
    return _page(language, title, f"<h1>{title}</h1><p>{t('share.broken_why', language)}</p>")


def busy(language: Language) -> str:
    """Return the page of who comes while too many do."""
    title = t("share.busy", language)
    return _page(language, title, f"<h1>{title}</h1><p>{t('share.busy_why', language)}</p>")


def asking(language: Language, fault: str = "", *, form: bool = True) -> str:
    """Return the page that asks for the passphrase of a link.

    Parameters
    ----------
    fault
        Why it asks again; empty for the first time.
    form
        Whether a passphrase would be looked at.
    """
    title, other = t("share.locked", language), language.other
    told = f'<p class="fault" role="alert">{escape(fault)}</p>' if fault else ""
    main = f"<h1>{title}</h1><p>{t('share.locked_why', language)}</p>{told}"
    if form:
        main += (
            f'<form method="post"><label for="passphrase">{t("share.passphrase", language)}</label>'
            '<input id="passphrase" name="passphrase" type="password" autocomplete="off" '
            f"required autofocus><button>{t('share.enter', language)}</button></form>"
        )
    switch = t("app.other_language", language)
    main += f'<a href="?lang={other}" lang="{TAGS[other]}">{switch}</a>'
    return _page(language, title, main)


def _page(language: Language, title: str, main: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{TAGS[language]}">\n<head>\n<meta charset="utf-8">\n'
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
