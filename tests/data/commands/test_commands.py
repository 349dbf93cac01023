"""``python -m data``: what it says, and that it acts on the store of the app."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path

import pytest

from data.__main__ import main
from data.plan import documents
from data.plan.big_things import read_claim
from data.settings import ROOT
from data.store import schema
from data.store.errors import EmptyStore
from data.store.evidence import EvidenceFile
from data.store.schema import place_of
from data.store.seed import ensure_seeded
from data.store.store import Store
from data.texts import LONGEST_AUTHOR
from forecasting.figures.indicator import Measure, Names
from forecasting.plan.claims import Claim
from tests.data.drafts import growth, upload
from tests.data.plan.test_tasks import PLAIN

OpenStore = Callable[[str], Store]
Said = Callable[..., tuple[int, str, str]]
SEEDS = Path(__file__).resolve().parents[3] / "seeds"


def test_backup_and_restore_are_of_the_store_of_the_app(
    store: Store, empty_database: str, open_store: OpenStore, run: Said, tmp_path: Path
) -> None:
    store.commit(upload(growth(7.0)))
    file = tmp_path / "a.sqlite3"

    saved = run(store.database_url, "backup", file)
    restored = run(empty_database.replace("+psycopg", ""), "restore", file)

    assert (saved[0], restored[0], saved[2] + restored[2]) == (0, 0, "")
    read, wrote = saved[1].splitlines()
    assert read.startswith(f"read {place_of(store.database_url)}")
    assert wrote == f"wrote {file}: it holds every data vintage to 2"
    place = place_of(empty_database)
    assert restored[1] == f"read {file}\nwrote {place}: it holds every data vintage to 2\n"
    assert open_store(empty_database).contents(2) == store.contents(2)


@pytest.mark.parametrize("form", ["file", "address", "target from the environment"])
def test_a_store_moves_from_a_file_or_an_address_to_an_address(
    store: Store, empty_database: str, open_store: OpenStore, run: Said, form: str
) -> None:
    source = store.database_url
    if form == "file" and source.startswith("sqlite"):
        source = source.removeprefix("sqlite:///")

    if form == "target from the environment":
        said = run(empty_database, "move", source)
    else:
        said = run("sqlite:///untouched", "move", source, empty_database)

    assert (said[0], said[2]) == (0, "")
    read, wrote = said[1].splitlines()
    assert read.startswith(f"read {place_of(store.database_url)}")
    assert wrote == f"wrote {place_of(empty_database)}: it holds every data vintage to 1"
    assert open_store(empty_database).contents(1) == store.contents(1)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("restore", "nowhere"), "no data vintages in nowhere: name a file or database"),
        (("backup", "nowhere/a"), ".part: No such file or directory"),
        (("move", "a", "mysql://host/db"), "no database of a kind that is supported: 'mysql'"),
        (("move", "postgresql://x@127.0.0.1:1/x", "sqlite:///a"), "connection failed"),
    ],
)
def test_what_a_person_can_mend_is_said_in_one_line(
    store: Store, run: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    arguments: tuple[str, ...], line: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)

    code, out, err = run(store.database_url, *arguments)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("python -m data: ")
    assert line in err


def test_init_makes_a_store_where_there_is_none_and_leaves_one_that_is_there(
    empty_database: str, seeds_folder: Path, run: Said, monkeypatch: pytest.MonkeyPatch,
    open_store: OpenStore,
) -> None:  # fmt: skip
    monkeypatch.setenv("SEEDS_FOLDER", str(seeds_folder))
    place = place_of(empty_database)

    with pytest.raises(EmptyStore, match="python -m data init"):
        open_store(empty_database).update()
    first, second = run(empty_database, "init"), run(empty_database, "init")

    assert first == (0, f"{place} is a fresh store with the figures it starts from\n", "")
    assert second == (0, f"{place} holds every data vintage to 1, and stays as it is\n", "")


def test_init_makes_good_what_one_that_was_killed_left_out(
    run: Said, tmp_path: Path, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    database_url = f"sqlite:///{tmp_path}/outlook.sqlite3"
    monkeypatch.setenv("SEEDS_FOLDER", str(SEEDS))
    store = open_store(database_url)
    ensure_seeded(store, SEEDS)

    first, second = run(database_url, "init"), run(database_url, "init")

    assert "is a fresh store with" in first[1]
    assert "stays as it is" in second[1]
    assert len(store.scenarios.listed("SAMPLE")) == 2
    assert len(store.issues.listed("SAMPLE")) == 1


def test_a_backup_names_the_log_that_it_reads(
    run: Said, seeds_folder: Path, tmp_path: Path, open_store: OpenStore
) -> None:
    live = tmp_path / "live.sqlite3"
    ensure_seeded(open_store(f"sqlite:///{live}"), seeds_folder)

    _, said, _ = run(f"sqlite:///{live}", "backup", tmp_path / "a")

    assert said.splitlines()[0] == f"read {live}, {live}-wal, {live}-shm"


def test_verify_gives_the_digest_and_names_the_vintage_that_is_not_as_it_was_committed(
    store: Store, run: Said
) -> None:
    store.commit(upload(growth(7.0)))
    store.commit(upload(growth(7.5)))
    code, said, _ = run(store.database_url, "verify")
    assert (code, said.splitlines()[1]) == (0, "every data vintage to 3 is as it was committed")
    digest = said.splitlines()[2]

    with store._engine.begin() as connection:
        changed = schema.observation.update().where(schema.observation.c.vintage == 2)
        connection.execute(changed.values(value=7.1))

    code, _, told = run(store.database_url, "verify")
    assert code == 2
    assert "(vintage 2 is not as it was written)" in told
    assert len(digest) == len("digest ") + 64


def test_with_a_key_a_backup_is_signed_and_no_other_is_restored(
    store: Store, run: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_database: str
) -> None:
    run(store.database_url, "backup", tmp_path / "plain")
    (tmp_path / "key").write_text("k" * 32 + "\n")
    monkeypatch.setenv("BACKUP_KEY_FILE", str(tmp_path / "key"))
    _, said, _ = run(store.database_url, "backup", tmp_path / "signed")
    assert f"wrote {tmp_path / 'signed'}, signed:" in said
    monkeypatch.setenv("BACKUP_KEY", "k" * 31)
    assert "at least 32" in run(store.database_url, "backup", tmp_path / "b")[2]
    monkeypatch.setenv("BACKUP_KEY", "another key, which is long enough")
    for file in ("plain", "signed"):
        assert "is not signed with the key" in run(empty_database, "restore", tmp_path / file)[2]
        assert "is not signed with the key" in run(empty_database, "verify", tmp_path / file)[2]
    monkeypatch.delenv("BACKUP_KEY")

    code, said, _ = run(empty_database, "restore", tmp_path / "signed")

    assert (code, said.splitlines()[0]) == (
        0, f"read {tmp_path / 'signed'}, whose signature is right",
    )  # fmt: skip


def test_a_full_disk_is_said_without_a_file_that_it_does_not_name(
    store: Store, run: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fill(database_url: str, file: Path, key: bytes | None) -> int:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("data.commands.stores.back_up", fill)

    code, out, err = run(store.database_url, "backup", tmp_path / "a")

    assert (code, out) == (2, "")
    assert err == f"python -m data: [Errno {ENOSPC}] No space left on device\n"


def test_without_a_command_the_ones_there_are_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main([])
    assert "the following arguments are required: COMMAND" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--help"])
    helped = capsys.readouterr().out
    assert all(
        f"    {command} " in helped for command in ("init", "verify", "backup", "restore", "move")
    )
    assert "DATABASE_URL" in helped


def test_an_author_is_as_long_as_a_page_takes_it(
    store: Store, run: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    add = ("areas", "add", "运城市", "--author")

    with pytest.raises(SystemExit) as ended:
        run(store.database_url, *add, "长" * (LONGEST_AUTHOR + 1))
    assert (ended.value.code, "up to 60 characters" in capsys.readouterr().err) == (2, True)
    assert run(store.database_url, *add, "长" * LONGEST_AUTHOR)[0] == 0


def test_people_are_given_a_role_listed_and_removed(store: Store, run: Said) -> None:
    place = store.database_url
    assert run(place, "people", "list") == (0, "nobody has a role yet\n", "")
    first = ("people", "add", "li@office", "--role", "administrator", "--name", "李工")
    assert run(place, *first) == (0, "li@office is administrator, as 李工\n", "")
    assert run(place, *first)[0] == 4
    assert run(place, "people", "add", "zhao", "--role", "reader")[1] == "zhao is reader\n"

    # Another role leaves the name that somebody has, also once theirs was taken away.
    run(place, "people", "add", "wang", "--role", "reader", "--name", "王工")
    assert (
        run(place, "people", "add", "wang", "--role", "analyst")[1] == "wang is analyst, as 王工\n"
    )
    run(place, "people", "remove", "wang")
    assert run(place, "people", "add", "wang", "--role", "reader")[1] == "wang is reader, as 王工\n"
    run(place, "people", "remove", "wang")

    told = "li@office is administrator, as 李工\nzhao is reader\n"
    assert run(place, "people", "list") == (0, told, "")
    code, _, err = run(place, "people", "remove", "li@office")
    assert (code, "only administrator" in err) == (2, True)
    assert run(place, "people", "remove", "zhao") == (0, "zhao has no role any more\n", "")
    assert run(place, "people", "remove", "zhao") == (4, "zhao has no role any more\n", "")
    assert run(place, "people", "remove", "zhan")[0] == 2
    assert {entry.author for entry in store.audit.entries()} == {"zone-outlook", "", "command line"}


def test_indicators_are_listed_renamed_merged_and_removed(store: Store, run: Said) -> None:
    place = store.database_url
    new = replace(store.catalogue(1)["tax"], id="各项税收", name=Names("各项税收", "各项税收"))
    store.commit(upload(growth(5.0, indicator=new.id, basis=new.basis), indicators=(new,)))

    renamed = run(place, "indicators", "rename", new.id, "税费", "--english", "Taxes")
    assert renamed[1].splitlines()[-1] == "written as data vintage 3"
    listed = run(place, "indicators", "list")[1].splitlines()
    assert listed[-1].split("\t")[1:3] == ["税费", "Taxes"]
    assert [line.split("\t")[-1] for line in listed] == ["", "", "added"]
    code, _, err = run(place, "indicators", "remove", new.id)
    assert (code, "has 1 figures" in err) == (2, True)
    assert [run(place, "indicators", "merge", new.id, "tax")[0] for _ in range(2)] == [0, 4]
    assert [run(place, "indicators", "remove", id)[0] for id in (new.id, "税费")] == [4, 2]
    assert "税费" in run(place, "indicators", "list")[1].splitlines()[-1]
    assert store.audit.entries()[-1].author == "command line"


def test_tasks_come_in_and_go_out_as_versions(store: Store, run: Said, tmp_path: Path) -> None:
    file, again = tmp_path / "台账.xlsx", tmp_path / "again.xlsx"
    file.write_bytes(PLAIN)
    url, zone = store.database_url, ("zone", "--year", 2026)

    code, said, _ = run(url, "tasks", "import", *zone, file)
    assert (code, said.splitlines()[-1]) == (0, "5 tasks read, kept as version 1")
    assert "row 7 due 立行立改" in said
    assert run(url, "tasks", "export", *zone, again)[0] == 0
    assert run(url, "tasks", "import", *zone, again)[1].splitlines()[-1] == "5 tasks read"
    rows = run(url, "tasks", "list", *zone)[1].splitlines()
    assert [row.split("\t")[-2] for row in rows[:3]] == ["招商局", "建设局", "应急局"]
    assert store.plans.versions("zone", "tasks/2026")[0].author
    assert run(url, "tasks", "list", "nowhere")[0] == 2
    assert run(url, "tasks", "export", *zone, again)[0] == 2


def test_parts_of_the_plan_go_out_and_come_in_as_versions(
    store: Store, run: Said, tmp_path: Path
) -> None:
    url, part = store.database_url, "claim/logistics"
    card, again = tmp_path / "card.toml", tmp_path / "card.json"
    seeded = ROOT / "seeds" / "sample_claims" / "logistics.toml"
    card.write_bytes(seeded.read_bytes())

    assert run(url, "plan", "import", "zone", part, card)[1] == f"{part} is kept as version 1\n"
    assert run(url, "plan", "export", "zone", part, again)[0] == 0
    assert "like that already" in run(url, "plan", "import", "zone", part, again)[1]
    (row,) = json.loads(run(url, "plan", "list", "zone", "--json")[1])["parts"]
    assert (row["part"], row["version"], row["author"]) == (part, 1, "command line")
    kept = store.plans.latest("zone", part)
    assert kept is not None
    assert documents.read(kept, Claim) == read_claim(seeded.read_text("utf-8"))

    for wrong, told in (
        ('{"claim": 5}', "$.claim"),
        ('{"unknown": ""}', "unknown"),
        ("{", "not as it should be"),
        (json.dumps({"quantities": [{"indicator": "gdp"}] * 6}), "more than 5"),
        (json.dumps({"quantities": [{"indicator": "gdp", "year": 20}]}), "year 20 is not 2000 to"),
    ):
        again.write_text(wrong, "utf-8")
        code, _, err = run(url, "plan", "import", "zone", part, again)
        assert (code, told in err) == (2, True), err
    assert run(url, "plan", "export", "zone", "nothing", tmp_path / "x")[0] == 2
    assert run(url, "plan", "list", "nowhere")[0] == 2


def test_files_of_evidence_are_listed_and_written_as_they_are(
    store: Store, run: Said, tmp_path: Path
) -> None:
    url, file = store.database_url, tmp_path / "批复.pdf"
    proof = EvidenceFile("批复.pdf", b"%PDF-1.7\r\n")
    store.plans.save("zone", "claim/logistics", "{}", author="张三", files=[proof])

    (row,) = json.loads(run(url, "plan", "evidence", "zone", "--json")[1])["evidence"]
    assert (row["name"], row["bytes"], row["author"]) == ("批复.pdf", 10, "张三")
    write = ("plan", "evidence", "zone", "--write", row["sha256"], file)
    assert run(url, *write)[0] == 0
    assert file.read_bytes() == proof.content
    assert run(url, *write)[0] == 2  # what is there stays
    code, _, err = run(url, "plan", "evidence", "zone", "--write", "0" * 64, tmp_path / "x")
    assert (code, "no file of evidence" in err) == (2, True)
    assert not (tmp_path / "x").exists()


def test_values_of_the_criteria_are_those_of_the_store(store: Store, run: Said) -> None:
    level = growth(200.0, "2025Q4", measure=Measure.LEVEL_YTD, unit="1e8 CNY")
    store.commit(upload(level))

    said = json.loads(run(store.database_url, "plan", "criteria", "zone", "--json")[1])["items"]

    values = {row["item"]: row for row in said}
    assert (values["gdp"]["year"], values["gdp"]["value"], values["gdp"]["best"]) == (
        2025,
        200,
        None,
    )
    first = values["gdp"]["lines"][0]
    assert (first["line"], first["met"]) == ("outside_top_30", False)
    assert first["share"] == pytest.approx(200 / first["level"])
    assert {row["value"] for name, row in values.items() if name != "gdp"} == {None}
    plain = run(store.database_url, "plan", "criteria", "zone", "--version", "high_tech_2014")[1]
    assert len(plain.splitlines()) == 25


def test_areas_are_added_once_however_often_they_are_asked_for(store: Store, run: Said) -> None:
    url, places = store.database_url, ("areas", "add", "运城市", "吕梁市")
    zone = ("areas", "add", "甲开发区", "--kind", "zone", "--parent", "china")

    first, again = run(url, *places), run(url, *places)
    made, once = run(url, *zone), run(url, *zone)

    assert (first[0], again[0], made[0], once[0]) == (0, 4, 0, 4)
    assert first[1].splitlines()[-1] == "written as data vintage 2"
    assert again[1].splitlines() == first[1].splitlines()[:-1]
    assert run(url, *places, "大同市")[0] == 2
    assert store.latest_vintage() == 3


def test_places_of_one_name_are_not_taken_for_each_other(store: Store, run: Said) -> None:
    url = store.database_url
    run(url, "areas", "add", "北京市朝阳区")

    codes = [run(url, "areas", "add", name)[0] for name in ("北京市朝阳区", "长春市朝阳区")]

    assert (codes, store.latest_vintage()) == ([4, 2], 2)
    code, _, err = run(url, "areas", "add", "甲区", "乙区", "--kind", "zone")
    assert (code, "one by one" in err) == (2, True)


def test_a_file_that_could_not_be_written_whole_is_not_there(
    store: Store, run: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def write_half(file: Path, content: bytes) -> int:
        with file.open("wb") as half:
            half.write(content[: len(content) // 2])
        raise OSError(ENOSPC, "No space left on device")

    folder = tmp_path / "logs"
    folder.mkdir()
    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", write_half)
        code, out, _ = run(store.database_url, "audit", folder / "log.csv")

    assert (code, out, list(folder.iterdir())) == (2, "", [])
    assert run(store.database_url, "audit", folder / "log.csv")[0] == 0
    assert [file.name for file in folder.iterdir()] == ["log.csv"]
