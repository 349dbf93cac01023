"""``python -m data link`` and ``issues``: one open link of a label, whatever was cut off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.store.links import Opened, Shares
from data.store.store import Store
from tests.data.commands.conftest import Said, Told
from tests.data.store.test_issues import issue


def opens(store: Store, address: str, passphrase: str | None = None) -> bool:
    token = address.removeprefix("/s/")
    return isinstance(store.shares.open(token, passphrase, datetime.now(UTC)), Opened)


def test_a_link_of_a_label_is_made_once_and_renewed_where_its_address_was_lost(
    store: Store, run: Said, told: Told
) -> None:
    number = issue(store).number
    command = ("link", "make", number, "--label", "管委会", "--author", "王工")

    code, first = told(store.database_url, *command)
    again, second = told(store.database_url, *command)
    renewed, third = told(store.database_url, *command, "--renew")

    assert (code, again, renewed) == (0, 4, 0)
    assert (second["address"], second["link"]["number"]) == (None, first["link"]["number"])
    assert not opens(store, first["address"])
    assert opens(store, third["address"])
    assert [share.revoked_at is None for share in store.shares.listed(number)] == [True, False]
    assert {share.author for share in store.shares.listed(number)} == {"王工"}
    assert run(store.database_url, "link", "list")[1].count("管委会") == 2


def test_cut_off_before_the_address_is_printed_it_ends_with_one_open_link(
    store: Store, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, create = issue(store).number, Shares.create_once
    command = ("link", "make", number, "--label", "管委会", "--renew")

    def create_and_die(self: Shares, *given: object, **named: object) -> None:
        create(self, *given, **named)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Shares, "create_once", create_and_die)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                told(store.database_url, *command)
    code, made = told(store.database_url, *command)

    now = datetime.now(UTC)
    assert (code, opens(store, made["address"])) == (0, True)
    assert [share.id for share in store.shares.listed(number) if share.opens(now)] == [3]


def test_what_is_not_published_needs_a_passphrase_from_a_file(
    store: Store, told: Told, tmp_path: Path
) -> None:
    number, secret = issue(store, unpublished=True).number, tmp_path / "passphrase"
    secret.write_text("桥下春水向东流\n", "utf-8")
    command = ("link", "make", number, "--label", "内部")

    refused, err = told(store.database_url, *command)
    code, made = told(store.database_url, *command, "--passphrase-file", secret, "--days", 5)

    assert (refused, "passphrase" in err) == (2, True)
    assert (code, made["link"]["passphrase"]) == (0, True)
    assert opens(store, made["address"], "桥下春水向东流")
    assert not opens(store, made["address"], "桥下")


def test_a_passphrase_file_without_one_leaves_no_link_open(
    store: Store, told: Told, tmp_path: Path
) -> None:
    number, secret = issue(store).number, tmp_path / "passphrase"
    command = ("link", "make", number, "--label", "甲", "--passphrase-file", secret)

    for content in (b"", b" \n\xe6\xa1\xa5", "桥下春水".encode("gbk")):
        secret.write_bytes(content)
        code, err = told(store.database_url, *command)
        assert (code, "passphrase " in err) == (2, True), err
    assert store.shares.listed(number) == ()


def test_issues_are_listed_and_a_link_is_ended_once(store: Store, run: Said, told: Told) -> None:
    number = issue(store, p_all=0.25).number
    listed = told(store.database_url, "issues", "list", "--area", "zone")[1]["issues"]
    assert [(one["number"], one["probability"]) for one in listed] == [(number, 0.25)]
    made = told(store.database_url, "link", "make", number, "--label", "甲", "--endless")[1]

    assert made["link"]["ends_at"] is None
    assert run(store.database_url, "link", "end", 1)[:2] == (0, "link 1 has ended\n")
    assert run(store.database_url, "link", "end", 1)[0] == 4
    assert not opens(store, made["address"])
    (listed,) = told(store.database_url, "link", "list")[1]["links"]
    assert run(store.database_url, "link", "list")[1].split("\t")[3] == listed["ended_at"]
    assert run(store.database_url, "link", "end", 2)[0] == 2
    assert run(store.database_url, "link", "make", 9, "--label", "甲")[0] == 2


def test_an_address_that_is_kept_in_a_file_outlasts_a_run_that_is_cut_off(
    store: Store, told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    number, create, file = issue(store).number, Shares.create_once, tmp_path / "address"
    command = ("link", "make", number, "--label", "管委会", "--address-file", file)

    def die(self: Shares, *given: object, **named: object) -> None:
        raise KeyboardInterrupt

    def create_and_die(self: Shares, *given: object, **named: object) -> None:
        create(self, *given, **named)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    for cut_off in (die, create_and_die):
        with monkeypatch.context() as patch:
            patch.setattr(Shares, "create_once", cut_off)
            with pytest.raises(KeyboardInterrupt):
                told(store.database_url, *command)
    code, found = told(store.database_url, *command)

    (share,) = store.shares.listed(number)
    assert (code, found["link"]["number"]) == (4, share.id)
    assert opens(store, found["address"])
    assert file.read_text() == f"{found['address']}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    other = ("link", "make", number, "--label", "企业", "--address-file", file)
    refused, err = told(store.database_url, *other)
    assert (refused, f"link {share.id}" in err) == (2, True)
    renewed, new = told(store.database_url, *command, "--renew")
    assert (renewed, opens(store, new["address"]), opens(store, found["address"])) == (
        0,
        True,
        False,
    )
    assert file.read_text() == f"{new['address']}\n"
    store.shares.revoke(new["link"]["number"], datetime.now(UTC))
    assert told(store.database_url, *command)[0] == 0


@pytest.mark.parametrize("end", [Shares.revoke, Shares.delete])
def test_a_file_whose_link_was_ended_gets_the_address_of_another_or_goes(
    store: Store, told: Told, tmp_path: Path, end: Callable[..., None]
) -> None:
    number, file = issue(store).number, tmp_path / "address"
    command = ("link", "make", number, "--label", "管委会")
    first = told(store.database_url, *command, "--address-file", file)[1]
    end(store.shares, first["link"]["number"], datetime.now(UTC))

    code, second = told(store.database_url, *command, "--address-file", file)
    assert (code, file.read_text()) == (0, f"{second['address']}\n")

    end(store.shares, second["link"]["number"], datetime.now(UTC))
    assert told(store.database_url, *command)[0] == 0  # its address is kept nowhere
    assert told(store.database_url, *command, "--address-file", file)[0] == 4
    assert not file.exists()  # it would open nothing


def test_no_link_is_renewed_where_its_address_cannot_be_kept(
    store: Store, told: Told, tmp_path: Path
) -> None:
    command = ("link", "make", issue(store).number, "--label", "管委会")
    old = told(store.database_url, *command)[1]

    nowhere = ("--renew", "--address-file", tmp_path / "nowhere" / "address")
    assert told(store.database_url, *command, *nowhere)[0] == 2

    assert opens(store, old["address"])
    assert len(store.shares.listed(1)) == 1


def test_a_file_that_keeps_something_else_is_no_address_and_stays(
    store: Store, told: Told, tmp_path: Path
) -> None:
    number, file = issue(store).number, tmp_path / "notes"
    file.write_text("/s/notes\n")

    for renew in ((), ("--renew",)):
        command = ("link", "make", number, "--label", "管委会", "--address-file", file, *renew)
        assert told(store.database_url, *command)[0] == 2

    assert store.shares.listed(number) == ()
    assert file.read_text() == "/s/notes\n"


def test_of_two_that_are_made_at_once_one_is_open(
    store: Store, told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    number, create, answers = issue(store).number, Shares.create_once, []
    command = ("link", "make", number, "--label", " 管\x0b委会 ", "--author", "王\x00工")

    def overtaken(self: Shares, *given: object, **named: object) -> object:
        monkeypatch.setattr(Shares, "create_once", create)
        answers.append(told(store.database_url, *command))
        return create(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Shares, "create_once", overtaken)
    answers.append(told(store.database_url, *command, "--address-file", tmp_path / "address"))

    assert [code for code, _ in answers] == [0, 4]
    (share,) = store.shares.listed(number)
    assert (share.label, share.author) == ("管 委会", "王 工")
    assert answers[1][1] == {"link": answers[0][1]["link"], "address": None}
    assert not (tmp_path / "address").exists()


def test_a_link_is_renewed_whole_or_not_at_all(
    store: Store, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = issue(store).number
    command = ("link", "make", number, "--label", "管委会")
    first = told(store.database_url, *command)[1]

    def fail(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("data.store.links._revoke", fail)
        with pytest.raises(KeyboardInterrupt):
            told(store.database_url, *command, "--renew")

    assert [share.id for share in store.shares.listed(number)] == [first["link"]["number"]]
    assert opens(store, first["address"])
