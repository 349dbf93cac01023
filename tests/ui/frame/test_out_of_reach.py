"""What a page says while its database is away, gone, or younger than the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.store.schema import vintage
from data.store.store import Store
from tests.ui.vintages.test_page import open_vintages


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_says_that_its_database_is_gone_and_goes_on_once_it_is_back(
    store: Store, language: str
) -> None:
    page = open_vintages(lang=language)
    file = Path(store.database_url.removeprefix("sqlite:///"))
    store.close()

    file.rename(file.with_suffix(".aside"))
    gone = page.app.run()
    told = "\n".join(error.value for error in gone.error)
    assert {"zh": "中没有数据。", "en": "is empty."}[language] in told
    assert not gone.exception
    file.mkdir()
    away = page.app.run()
    assert not away.exception
    file.rmdir()
    file.with_suffix(".aside").rename(file)

    assert open_vintages(lang=language).title


def test_a_clock_that_stands_before_the_newest_vintage_is_told_where_data_are(
    store: Store,
) -> None:
    later = datetime.now(UTC) + timedelta(hours=3)
    with store._engine.begin() as connection:
        connection.execute(vintage.update().values(committed_at=later))

    assert "服务器时钟有误" in open_vintages().text
