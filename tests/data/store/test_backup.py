"""A store that is backed up, restored or moved is the same store, from and to both databases."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Delete, Update, inspect

from data.store import backup, schema
from data.store.backup import back_up, move, restore
from data.store.connection import PATIENCE, engine_of, is_there
from data.store.errors import (
    Damaged,
    FileThere,
    LaterRelease,
    LogWithoutDatabase,
    NoStore,
    NotABackup,
    NotEmpty,
)
from data.store.evidence import EvidenceFile
from data.store.links import Locked, Opened
from data.store.scenarios import Edit
from data.store.seed import ensure_seeded
from data.store.store import Store
from data.store.tokens import Token
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Names, Status
from forecasting.fleet.results import FleetBacktest
from tests.data.conftest import StoreFilledBy, seed
from tests.data.drafts import change, edit, fleet_result, fleet_run, growth, upload, version

OpenStore = Callable[[str], Store]
NewDatabase = Callable[[], str]
NOW = datetime(2026, 10, 25, 1, 2, 3, 4, UTC)
LATER = NOW + timedelta(days=7)
ODD = "“引号”', 换行\n, 表情🙂, \\, %s, :a"


@pytest.fixture
def full(store_filled_by: StoreFilledBy) -> Store:
    """A store with every kind of entry, of vintage and of file, and more rows than one batch."""
    return store_filled_by(fill)


def fill(store: Store) -> None:
    seed(store)
    gdp, tax = store.targets(1, "zone")
    many = [growth(place / 7, f"{1700 + place // 12}-{place % 12 + 1:02}") for place in range(1100)]
    extremes = [growth(value, area="china") for value in (-0.0, 5e-324, 1e308, -0.1)]
    store.commit(upload(*many, files={"月报.xlsx": bytes(range(256)) * 99, "空.csv": b""}, base=1))
    for figure in extremes:
        store.commit(upload(replace(figure, publisher=ODD, status=Status.FLASH), note=ODD))
    store.commit(edit(changes=(change(),), area_versions=(version(note=ODD),)))
    store.commit(edit(removed=(tax, change()), targets=(replace(gdp, threshold=6.0),)))
    store.commit(edit(areas=(replace(store.areas(1)[1], name=Names("新区", "New zone")),)))
    answered = store.commit(upload(answers={("形状", f"指标：{'长' * 5000}"): "gdp"}))
    undone = store.withdraw(answered, "analyst", "误传")
    store.withdraw(undone, "analyst")
    save_plan(store)
    save_scenarios(store)
    issue_and_share(store)
    store.fleet.keep(fleet_run(origins=8), [fleet_result(ODD, backtest=FleetBacktest(0))])


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A backup of a SQLite store with scenarios, issues and links; every backup is of this kind."""
    folder = tmp_path_factory.mktemp("backed_up")
    with closing(Store.open(f"sqlite:///{folder}/live.sqlite3")) as store:
        fill_shared(store)
        back_up(store.database_url, folder / "a.sqlite3")
    return (folder / "a.sqlite3").read_bytes()


@pytest.fixture
def shared(store_filled_by: StoreFilledBy) -> Store:
    """A store with the small seeds, scenarios, issues and links."""
    return store_filled_by(fill_shared)


def fill_shared(store: Store) -> None:
    seed(store)
    save_plan(store)
    save_scenarios(store)
    issue_and_share(store)
    store.fleet.keep(fleet_run(origins=8), [fleet_result(backtest=FleetBacktest(0))])


def save_plan(store: Store) -> None:
    """Save a part of the plan with a file of evidence that holds every byte."""
    file = EvidenceFile(f"{ODD[:4]}.txt", bytes(range(1, 256)) * 99)
    store.plans.save("zone", "claim/a", ODD, author="analyst", files=[file])


def save_scenarios(store: Store) -> None:
    """Save one that is listed, one that is removed and one for a link."""
    edits = [Edit(datetime(2026, 5, 6, tzinfo=UTC), "pin.0.growth", "7", ODD)]
    first = store.scenarios.save("zone", 2026, "稳增长", ODD, 1, author="analyst", edits=edits)
    store.scenarios.remove(store.scenarios.duplicate(first.id, "副本").id, based_on=1)
    store.scenarios.keep(ODD)


def issue_and_share(store: Store) -> Token:
    """Issue a baseline and a scenario, and make links: open, protected, revoked and deleted."""
    for number, scenario in ((1, None), (2, (1, 1))):
        store.issues.issue(
            "zone", 2026, bytes(range(256)) * number, 1, issued_at=NOW,
            unpublished=number == 2, p_all=1 / 3, answers={"gdp": 0.1}, issuer=ODD, author=ODD,
            scenario=scenario,
        )  # fmt: skip
    tokens = [
        store.shares.create(2, label=ODD, now=NOW, expires_at=LATER, passphrase="六位以上口令")[1]
        for _ in range(3)
    ]
    for token in tokens:
        store.shares.open(token, "another one", NOW)
    store.shares.create(1, label=ODD, now=NOW)
    store.shares.revoke(2, NOW)
    store.shares.delete(3, NOW)
    return tokens[0]


def assert_same(copy: Store, store: Store) -> None:
    assert copy.vintages() == store.vintages()
    assert copy.file_records() == store.file_records()
    for vintage in range(1, store.latest_vintage() + 1):
        assert copy.contents(vintage) == store.contents(vintage)
        assert copy.files(vintage) == store.files(vintage)
        assert copy.withdrawn(vintage) == store.withdrawn(vintage)
        assert copy.remembered(vintage) == store.remembered(vintage)
    assert copy.scenarios.listed("zone") == store.scenarios.listed("zone")
    assert copy.scenarios.removed("zone") == store.scenarios.removed("zone")
    for saved in store.scenarios.listed("zone") + store.scenarios.removed("zone"):
        assert copy.scenarios.versions(saved.id) == store.scenarios.versions(saved.id)
    assert copy.issues.listed("zone") == store.issues.listed("zone")
    assert copy.issues.track("zone") == store.issues.track("zone")
    for issued in store.issues.listed("zone"):
        assert copy.issues.find(issued.number) == store.issues.find(issued.number)
    assert copy.shares.listed() == store.shares.listed()
    judged, quarter = store.fleet.judged(fleet_run(origins=8)), fleet_run().quarter
    assert copy.fleet.judged(fleet_run(origins=8)) == judged
    for area in judged:
        assert copy.fleet.find(area, 2026, quarter) == store.fleet.find(area, 2026, quarter)
    assert copy.plans.versions("zone", "claim/a") == store.plans.versions("zone", "claim/a")
    files = store.plans.files("zone")
    assert copy.plans.files("zone") == files
    for digest in files:
        assert copy.plans.file("zone", digest) == store.plans.file("zone", digest)


def tables_of(database_url: str) -> list[str]:
    if not is_there(database_url):
        return []
    engine = engine_of(database_url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names


def test_what_is_restored_from_a_backup_is_the_same_at_every_vintage(
    full: Store, empty_database: str, open_store: OpenStore, tmp_path: Path
) -> None:
    latest = back_up(full.database_url, tmp_path / "备份.sqlite3")
    assert restore(tmp_path / "备份.sqlite3", empty_database) == latest == full.latest_vintage()

    restored = open_store(empty_database)
    assert_same(restored, full)
    assert restored.plans.files("zone")
    assert [len(restored.scenarios.versions(number)) for number in (1, 2)] == [1, 2]
    assert restored.scenarios.kept(full.scenarios.keep(ODD)) == ODD


def test_a_link_opens_where_its_store_was_moved_to_with_the_attempts_that_were_left(
    store: Store, empty_database: str, open_store: OpenStore
) -> None:
    save_scenarios(store)
    token = issue_and_share(store)

    move(store.database_url, empty_database)

    moved = open_store(empty_database).shares
    assert [len(moved.listed(number)) for number in (1, 2)] == [1, 2]
    assert moved.open(token, None, NOW) == store.shares.open(token, None, NOW) == Locked(4)
    opened = moved.open(token, "六位以上口令", NOW)
    assert isinstance(opened, Opened)
    assert opened.issue == store.issues.find(2)


def test_what_is_moved_is_the_same_at_every_vintage_and_the_old_store_stays(
    full: Store, empty_database: str, open_store: OpenStore
) -> None:
    before = full.vintages()

    assert move(full.database_url, empty_database) == full.latest_vintage()

    assert full.vintages() == before
    assert_same(open_store(empty_database), full)


def test_a_store_goes_on_where_it_was_moved_to(
    full: Store, empty_database: str, open_store: OpenStore, tmp_path: Path
) -> None:
    latest = move(full.database_url, empty_database)
    moved = open_store(empty_database)

    assert ensure_seeded(moved, tmp_path / "no seeds are read") == latest
    assert moved.commit(upload(growth(7.0), base=latest)) == latest + 1


def test_a_backup_is_one_file_that_others_may_not_read(store: Store, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    file = tmp_path / "backups" / "a.sqlite3"

    back_up(store.database_url, file)

    assert list(file.parent.iterdir()) == [file]
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_beside_a_file_that_is_read_and_a_backup_stays_as_it_is(
    seeds_folder: Path, empty_database: str, tmp_path: Path
) -> None:
    """Also where it may not be written, as on a medium that is locked."""
    (tmp_path / "source").mkdir()
    live, file = tmp_path / "source" / "live.sqlite3", tmp_path / "source" / "a.sqlite3"
    store = Store.open(f"sqlite:///{live}")
    ensure_seeded(store, seeds_folder)
    store.close()

    back_up(f"sqlite:///{live}", file)
    file.chmod(0o400)
    before = file.read_bytes()
    restore(file, empty_database)

    assert file.read_bytes() == before
    assert {*file.parent.iterdir()} == {live, file}


def test_a_backup_never_replaces_a_file(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    file.write_bytes(b"dear")

    with pytest.raises(FileThere):
        back_up(store.database_url, file)

    assert file.read_bytes() == b"dear"


def test_a_backup_holds_one_moment_while_others_commit(
    full: Store, empty_database: str, open_store: OpenStore, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    latest, copy = full.latest_vintage(), backup._copy

    def commit_first(*arguments: object) -> None:
        full.commit(upload(growth(9.9), files={"b.csv": b"b"}))
        copy(*arguments)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(backup, "_copy", commit_first)
    back_up(full.database_url, tmp_path / "a.sqlite3")
    monkeypatch.undo()

    assert full.latest_vintage() == latest + 1
    assert restore(tmp_path / "a.sqlite3", empty_database) == latest
    assert open_store(empty_database).contents(latest) == full.contents(latest)


def test_a_backup_that_fails_leaves_no_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "backups").mkdir()
    monkeypatch.setattr(backup, "fold", lambda file: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        back_up(store.database_url, tmp_path / "backups" / "a.sqlite3")

    assert list((tmp_path / "backups").iterdir()) == []


def test_a_store_is_never_overwritten(
    full: Store, open_store: OpenStore, new_database: NewDatabase, seeds_folder: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    back_up(full.database_url, tmp_path / "a.sqlite3")
    other = open_store(new_database())
    ensure_seeded(other, seeds_folder)
    before = other.vintages()

    for attempt in (
        lambda: restore(tmp_path / "a.sqlite3", other.database_url),
        lambda: move(full.database_url, other.database_url),
    ):
        with pytest.raises(NotEmpty) as refused:
            attempt()
        assert refused.value.values["latest"] == 1

    assert other.vintages() == before


@pytest.fixture
def moved_away(seeds_folder: Path, tmp_path: Path, open_store: OpenStore) -> str:
    """Give the address of a SQLite file that was moved away while a store has it open."""
    store = open_store(f"sqlite:///{tmp_path}/live.sqlite3")
    ensure_seeded(store, seeds_folder)
    store.commit(upload(growth(7.0)))
    (tmp_path / "live.sqlite3").rename(tmp_path / "aside.sqlite3")
    return store.database_url


@pytest.mark.parametrize("left", ["-wal", "-shm"])
def test_nothing_is_restored_or_moved_beside_the_log_of_a_file_that_was_moved_away(
    store: Store, moved_away: str, tmp_path: Path, left: str
) -> None:
    back_up(store.database_url, tmp_path / "a.sqlite3")
    live = tmp_path / "live.sqlite3"
    for companion in {"-wal", "-shm"} - {left}:
        Path(f"{live}{companion}").unlink()
    before = Path(f"{live}{left}").read_bytes()

    for attempt in (
        lambda: restore(tmp_path / "a.sqlite3", moved_away),
        lambda: move(store.database_url, moved_away),
    ):
        with pytest.raises(LogWithoutDatabase, match=f"live.sqlite3{left} belongs to"):
            attempt()

    assert not live.exists()
    assert Path(f"{live}{left}").read_bytes() == before


def test_a_file_is_restored_where_another_was_moved_away_with_its_log(
    store: Store, moved_away: str, open_store: OpenStore, tmp_path: Path
) -> None:
    back_up(store.database_url, tmp_path / "a.sqlite3")
    for companion in ("-wal", "-shm"):
        (tmp_path / f"live.sqlite3{companion}").rename(tmp_path / f"aside.sqlite3{companion}")

    assert restore(tmp_path / "a.sqlite3", moved_away) == 1

    assert_same(open_store(moved_away), store)
    assert open_store(f"sqlite:///{tmp_path}/aside.sqlite3").latest_vintage() == 2


def test_each_commit_is_in_the_file_alone_while_the_store_is_open(
    seeds_folder: Path, tmp_path: Path, open_store: OpenStore
) -> None:
    live = open_store(f"sqlite:///{tmp_path}/live.sqlite3")
    ensure_seeded(live, seeds_folder)
    (tmp_path / "copied").mkdir()
    for vintage in (2, 3):
        assert live.commit(upload(growth(7.0 + vintage))) == vintage
        alone = shutil.copy(tmp_path / "live.sqlite3", tmp_path / "copied" / f"{vintage}.sqlite3")
        copied = open_store(f"sqlite:///{alone}")
        assert copied.contents(vintage) == live.contents(vintage)


def test_a_commit_waits_for_no_reader_and_closing_brings_the_file_what_it_lacks(
    seeds_folder: Path, tmp_path: Path
) -> None:
    live = Store.open(f"sqlite:///{tmp_path}/live.sqlite3")
    ensure_seeded(live, seeds_folder)
    reader = sqlite3.connect(tmp_path / "live.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT max(number) FROM vintage").fetchone() == (1,)

    began = time.monotonic()
    live.commit(upload(growth(7.0)))
    assert time.monotonic() - began < PATIENCE / 10
    assert reader.execute("SELECT max(number) FROM vintage").fetchone() == (1,)
    reader.close()
    live.close()

    assert [path.name for path in tmp_path.glob("live*")] == ["live.sqlite3"]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ("UPDATE observation SET value = 7.2 WHERE value = 7.1", "observation"),
        ("DELETE FROM target WHERE year = 2026", "target"),
        ("UPDATE vintage_file SET content = x'00' WHERE name = 'areas.csv'", "areas.csv"),
        ("UPDATE vintage SET committed_at = 'yesterday'", "vintage"),
        ("UPDATE indicator SET aliases = '['", "indicator"),
        ("DELETE FROM backup WHERE \"table\" = 'area'", "area"),
        ("DROP TABLE remembered_answer", "remembered_answer"),
        ("UPDATE scenario_version SET document = 'schema = 1'", "scenario_version"),
        ("DELETE FROM kept_document", "kept_document"),
        ("UPDATE issue SET document = x'00' WHERE number = 2", "document of issue 2"),
        ("UPDATE issue SET p_all = 0.5", "issue"),
        ("UPDATE evidence_file SET content = x'00'", "of zone"),
        ("DELETE FROM evidence_file", "evidence_file"),
        ("UPDATE fleet_result SET document = x'00'", "fleet result of zone for 2026"),
        ("DELETE FROM fleet_backtest", "fleet_backtest"),
        ("UPDATE share SET revoked_at = NULL WHERE id = 2", "share"),
    ],
)
def test_a_backup_that_is_not_as_it_was_written_is_refused(
    backed_up: bytes, empty_database: str, tmp_path: Path, change: str, part: str
) -> None:
    (tmp_path / "a.sqlite3").write_bytes(backed_up)
    with sqlite3.connect(tmp_path / "a.sqlite3") as connection:
        connection.execute(change)
    connection.close()

    with pytest.raises(Damaged) as refused:
        restore(tmp_path / "a.sqlite3", empty_database)

    assert part in str(refused.value)
    assert tables_of(empty_database) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (schema.vintage_file.update().values(content=b"?"), r"\.csv of vintage 1"),
        (schema.issue.update().values(document=b"?"), "document of issue 1"),
        (schema.evidence_file.update().values(content=b"?"), r"evidence .*\.txt of zone"),
        (schema.fleet_result.update().values(document=b"?"), "fleet result of zone for 2026"),
        (schema.observation.update().values(value=1.5), "vintage 1 is not as"),
        (schema.vintage.update().values(author="somebody"), "vintage 1 is not as"),
        (schema.target.delete(), "vintage 1 is not as"),
        (schema.vintage_receipt.update().values(sha256="0" * 64), "vintage 1 is not as"),
        (schema.vintage_receipt.delete(), "vintage 1 is not as"),
    ],
)
def test_a_store_that_is_not_as_it_was_committed_is_not_copied(
    shared: Store, tmp_path: Path, change: Update | Delete, part: str
) -> None:
    with shared._engine.begin() as connection:
        connection.execute(change)

    with pytest.raises(Damaged, match=part):
        back_up(shared.database_url, tmp_path / "a.sqlite3")
    with pytest.raises(Damaged):
        move(shared.database_url, f"sqlite:///{tmp_path}/other.sqlite3")

    assert not (tmp_path / "a.sqlite3").exists()


def test_wherever_a_backup_decays_it_is_refused_or_restored_as_it_was(
    seeds_folder: Path, open_store: OpenStore, tmp_path: Path
) -> None:
    """A flipped bit in a part of the file that nothing is read from does no harm."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    ensure_seeded(store, seeds_folder)
    back_up(store.database_url, tmp_path / "a.sqlite3")
    sound, places, refused = (tmp_path / "a.sqlite3").read_bytes(), Random(0), 0
    used = [place for place, byte in enumerate(sound) if byte]
    for number in range(40):
        decayed = bytearray(sound)
        decayed[places.choice(used)] ^= 1 << places.randrange(8)
        (tmp_path / "decayed.sqlite3").write_bytes(decayed)
        target = f"sqlite:///{tmp_path}/restored/{number}.sqlite3"
        try:
            restore(tmp_path / "decayed.sqlite3", target)
        except OutlookError:
            refused += 1
        else:
            assert_same(open_store(target), store)

    assert 10 < refused < 40


def test_a_file_that_is_no_store_is_told_from_one_that_is_no_backup(
    store: Store, empty_database: str, seeds_folder: Path, tmp_path: Path, open_store: OpenStore
) -> None:
    (tmp_path / "text.csv").write_text("area,indicator\n" * 100)
    (tmp_path / "empty.sqlite3").touch()
    plain = open_store(f"sqlite:///{tmp_path}/plain.sqlite3")
    ensure_seeded(plain, seeds_folder)

    for name in ("text.csv", "empty.sqlite3", "nowhere.sqlite3"):
        with pytest.raises(NoStore, match=name):
            restore(tmp_path / name, empty_database)
    with pytest.raises(NotABackup, match="data move takes it"):
        restore(tmp_path / "plain.sqlite3", empty_database)
    assert not (tmp_path / "nowhere.sqlite3").exists()
    assert move(tmp_path / "plain.sqlite3", empty_database) == 1


def test_a_file_copied_by_hand_while_the_app_has_it_open_can_be_moved(
    store: Store, empty_database: str, seeds_folder: Path, tmp_path: Path, open_store: OpenStore
) -> None:
    live = open_store(f"sqlite:///{tmp_path}/live.sqlite3")
    ensure_seeded(live, seeds_folder)
    live.commit(upload(growth(7.0)))
    (tmp_path / "copied").mkdir()
    for file in tmp_path.glob("live.sqlite3*"):
        shutil.copy(file, tmp_path / "copied")

    move(tmp_path / "copied" / "live.sqlite3", empty_database)

    assert_same(open_store(empty_database), live)


def test_a_store_of_a_later_release_is_left_to_that_release(
    store: Store, empty_database: str, tmp_path: Path
) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(LaterRelease, match="9999"):
        back_up(store.database_url, tmp_path / "a.sqlite3")
    with pytest.raises(LaterRelease):
        move(store.database_url, empty_database)
    with pytest.raises(LaterRelease, match="later release"):
        ensure_seeded(store, tmp_path)


def test_no_password_is_in_what_is_said() -> None:
    assert backup._place("postgresql+psycopg://zone:secret@host/db").endswith("zone:***@host/db")
