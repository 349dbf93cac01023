from __future__ import annotations

from pathlib import Path

import pytest

from data.settings import Settings, proxy_secret
from data.store.errors import (
    ProxySecretTooShort,
    SignInHoursUnreadable,
    UnsupportedDatabase,
)
from data.store.store import Store

ROOT = Path(__file__).parents[2]


def test_an_empty_environment_gives_a_file_in_the_repository() -> None:
    settings = Settings.from_environ({"DATABASE_URL": "", "HOME": "/nowhere"})

    assert settings.database_url == f"sqlite:///{ROOT}/var/outlook.sqlite3"
    assert settings.seeds_folder == ROOT / "seeds"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_uses_the_driver_that_is_installed(scheme: str) -> None:
    settings = Settings.from_environ({"DATABASE_URL": f"{scheme}://me:postgres://@db:5432/outlook"})

    assert settings.database_url == "postgresql+psycopg://me:postgres://@db:5432/outlook"


def test_settings_are_taken_as_they_are_given() -> None:
    settings = Settings.from_environ(
        {"DATABASE_URL": "sqlite:////srv/outlook.db", "SEEDS_FOLDER": "/srv/seeds"}
    )

    assert settings.database_url == "sqlite:////srv/outlook.db"
    assert settings.seeds_folder == Path("/srv/seeds")


@pytest.mark.parametrize("url", ["mysql://me:secret@db/outlook", "sqlite://", "outlook.db"])
def test_another_database_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(UnsupportedDatabase) as refused:
        Settings.from_environ({"DATABASE_URL": url})

    assert "secret" not in str(refused.value)


def test_a_password_is_not_shown_with_the_settings() -> None:
    settings = Settings.from_environ({"DATABASE_URL": "postgres://me:secret@db/outlook"})

    assert "secret" not in repr(settings)


def test_opening_a_store_touches_nothing(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path}/var/outlook.sqlite3")
    Store.open("postgresql+psycopg://me@192.0.2.1/outlook")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("said", "is_open"), [("yes", True), ("", False), ("no", False), ("1", False)]
)
def test_the_app_is_open_to_anyone_only_where_the_setting_says_yes(
    said: str, is_open: bool
) -> None:
    name = "ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING"

    assert Settings.from_environ({name: said}).open_to_anyone is is_open
    assert not Settings.from_environ({}).open_to_anyone


@pytest.mark.parametrize(("given", "hours"), [("", 12.0), ("8", 8.0), ("0.5", 0.5), ("720", 720.0)])
def test_a_sign_in_counts_for_some_hours(given: str, hours: float) -> None:
    assert Settings.from_environ({"SIGN_IN_HOURS": given}).sign_in_hours == hours


@pytest.mark.parametrize("given", ["never", "0", "-1", "721", "nan", "inf"])
def test_a_sign_in_that_counts_for_ever_is_refused(given: str) -> None:
    with pytest.raises(SignInHoursUnreadable):
        Settings.from_environ({"SIGN_IN_HOURS": given})


def test_a_proxy_has_a_secret_that_nobody_guesses(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{'s' * 32}\n")

    assert proxy_secret({"SIGN_IN_PROXY_SECRET_FILE": str(file)}) == "s" * 32
    assert proxy_secret({"SIGN_IN_PROXY_SECRET": "t" * 40}) == "t" * 40
    for environ in ({}, {"SIGN_IN_PROXY_SECRET": "s" * 31}):
        with pytest.raises(ProxySecretTooShort):
            proxy_secret(environ)
