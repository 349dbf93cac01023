"""Who speaks to the readers of a test, in Markdown; ``ZH.plain`` speaks plain text."""

from __future__ import annotations

from ui.language import Language, Speaker

ZH, EN = SPEAKERS = (Speaker(Language.ZH), Speaker(Language.EN))
