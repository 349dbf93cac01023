from datetime import UTC, datetime

import pytest

from data.store.people import COMMAND_LINE
from data.store.seed import SEED_AUTHOR
from data.store.store import Store
from tests.ui.conftest import OpenPage
from tests.ui.links.visits import issue_example
from tests.ui.speakers import EN, ZH
from ui.frame.author import author_of
from ui.language import Speaker


@pytest.mark.parametrize(
    ("say", "system", "command"), [(ZH, "系统", "命令行"), (EN, "the system", "the command line")]
)
def test_the_program_and_its_commands_are_named_in_the_language(
    say: Speaker, system: str, command: str
) -> None:
    assert author_of(SEED_AUTHOR, say) == system
    assert author_of(COMMAND_LINE, say) == command
    assert author_of("王工", say) == "王工"


def test_a_person_who_is_called_by_signs_is_shown_as_they_were_written() -> None:
    assert author_of("*a*", ZH.plain) == "*a*"
    assert author_of("*a*", ZH) != "*a*"


def test_a_link_that_a_command_made_says_so_in_the_language(
    store: Store, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", store.database_url)
    number = issue_example(store, unpublished=False)
    store.shares.create(number, label="王主任", now=datetime.now(UTC), author=COMMAND_LINE)

    page = open_page("issues", area="SAMPLE", lang="zh")

    assert "由命令行生成" in page.text
