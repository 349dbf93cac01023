"""What the tutorial says is there: every name, step and picture in it, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.tutorial import DOCS, WIDTH, names, steps, walk
from ui.language import Language, catalogue

NAMES = ("field", "option", "box", "button", "seen")
PLACEHOLDER = re.compile(r"\{[^}]*\}")


@cache
def messages(language: Language) -> Mapping[str, re.Pattern[str]]:
    """Return every message with words of its own, whatever stands in its placeholders."""
    plain = {
        key: re.sub(r":primary\[(.*?)\]|\|", r"\1", message)
        for key, message in catalogue(language).items()
    }
    return {
        key: re.compile(".*".join(map(re.escape, PLACEHOLDER.split(message))))
        for key, message in plain.items()
        if PLACEHOLDER.sub("", message).strip()
    }


def keys_that_say(language: Language, text: str) -> set[str]:
    return {key for key, message in messages(language).items() if message.fullmatch(text)}


def test_every_step_of_the_tutorial_does_what_it_says(open_own_page: OpenPage) -> None:
    taken = []
    page = open_own_page("?lang=zh", width=WIDTH, locale="zh")

    walk(page, "zh", lambda page, picture: taken.append(picture))

    assert len(taken) == 6


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_name_is_part_of_a_step_and_every_picture_and_file_is_there(language: str) -> None:
    told = steps(language)
    used = [step[of] for step in told for of in NAMES if of in step]

    assert sorted(used) == sorted(names(language))
    for step in told:
        for of in ("picture", "file"):
            assert of not in step or (DOCS / step[of]).is_file()


def test_both_languages_take_the_same_steps_by_the_same_words() -> None:
    chinese, english = steps("zh"), steps("en")

    assert [step.keys() for step in chinese] == [step.keys() for step in english]
    for step, other in zip(chinese, english, strict=True):
        if "button" in step:
            both = [
                keys_that_say(language, said["button"])
                for language, said in ((Language.ZH, step), (Language.EN, other))
            ]
            assert both[0] & both[1], (step, other)
