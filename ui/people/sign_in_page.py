"""The page that a visitor gets at any address of the app: to sign in, or why that is not enough."""

from __future__ import annotations

from html import escape

from ui.language import Speaker
from ui.links.small_pages import document
from ui.report.render.html import TAGS

ADD = "python -m data people add {account} --role administrator"


def of(
    say: Speaker, *,
    account: str, over: bool, administrators: tuple[str, ...], begin: str, end: str, switch: str,
) -> str:  # fmt: skip
    """Return the page for a visitor, or for who signed in and has no role.

    Parameters
    ----------
    account
        Of who signed in; empty for a visitor.
    over
        Whether a sign-in is over.
    administrators
        The names of those who give roles.
    begin, end
        Where signing in and signing out begin; empty where a proxy does both.
    switch
        Where the same is said in the other language.
    """
    title = say("people.no_role" if account else "people.sign_in")
    parts = [f"<p>{say('app.name')}</p><h1>{title}</h1>"]
    if account:
        parts.append(f"<p>{escape(say('people.no_role_why', account=account))}</p>")
    else:
        reason = "people.sign_in_over" if over else "people.sign_in_why"
        parts.append(f"<p>{say(reason if begin else 'people.sign_in_elsewhere')}</p>")
    if not administrators:
        command = escape(ADD.format(account=account or say("people.account").upper()))
        parts.append(f"<p>{say('people.nobody_yet')}</p><pre><code>{command}</code></pre>")
    elif account:
        names = escape(say("format.comma").join(administrators))
        parts.append(f"<p>{say('people.ask', names=names)}</p>")
    if begin and not account:
        parts.append(f'<a class="go" href="{escape(begin)}">{say("people.sign_in")}</a>')
    if end and account:
        parts.append(f'<a class="go" href="{escape(end)}">{say("people.other_account")}</a>')
    other, tag = say("app.other_language"), TAGS[say.language.other]
    parts.append(f'<p><a href="{escape(switch)}" lang="{tag}">{other}</a></p>')
    return document(say, f"{title} · {say('app.name')}", "".join(parts))
