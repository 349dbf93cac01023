"""``python -m data import``, which asks in JSON and writes once, and ``export``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from data.commands import figures
from data.store.store import Store
from data.store.vintages import Commit
from tests.data.commands.conftest import Said, Told
from tests.data.drafts import growth, upload

PUBLISHED = {"status": "status:published", "indicator:别的": "new"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of one known indicator and one unknown name, all figures made up."""
    file = tmp_path / "九月.csv"
    file.write_text("指标,2026年1-9月\n地区生产总值同比增长（%）,7.2\n路灯（盏）,20\n", "utf-8")
    return file


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(PUBLISHED), "utf-8")
    return file


def test_open_questions_are_printed_as_json_and_nothing_is_written(
    store: Store, run: Said, table: Path
) -> None:
    code, out, err = run(store.database_url, "import", table, "--area", "zone")

    found = json.loads(out)
    assert (code, err, store.latest_vintage()) == (3, "", 1)
    (question,) = found["questions"]
    assert (question["id"], question["places"]) == ("status", ["九月!B2"])
    assert [one["id"] for one in question["options"]][-1] == "skip"
    assert [one["found"] for one in found["offered"]] == ["路灯"]
    assert found["vintage"] is None


def test_a_file_with_its_answers_is_written_once_however_often_it_is_imported(
    store: Store, run: Said, told: Told, table: Path, answers: Path
) -> None:
    command = ("import", table, "--area", "zone", "--answers", answers, "--author", "王工")

    code, first = told(store.database_url, *command, "--note", "九月数据")
    again, second = told(store.database_url, *command)
    said = run(store.database_url, *command)

    assert (code, first["vintage"], first["counts"]["new"]) == (0, 2, 1)
    assert first["unused_answers"] == ["indicator:别的"]
    assert (again, second["vintage"], second["counts"]["unchanged"]) == (4, None, 1)
    assert (said[0], said[1].splitlines()[-1]) == (
        4, "all of it stands already, and nothing was written",
    )  # fmt: skip
    assert store.latest_vintage() == 2
    record = store.vintages()[-1]
    assert (record.author, record.note) == ("王工", "九月数据")
    assert store.file(2, "九月.csv") == table.read_bytes()


def piped(content: bytes) -> Path:
    """Return a file that can be read once."""
    reader, writer = os.pipe()
    os.write(writer, content)
    os.close(writer)
    return Path(f"/dev/fd/{reader}")


def test_a_file_and_its_answers_may_come_from_pipes(
    store: Store, told: Told, table: Path, answers: Path
) -> None:
    file, given = piped(table.read_bytes()), piped(answers.read_bytes())
    command = ("import", file, "--area", "zone", "--answers", given)

    code, found = told(store.database_url, *command)

    assert (code, found["vintage"], found["unused_answers"]) == (0, 2, ["indicator:别的"])
    assert store.file(2, file.name) == table.read_bytes()
    for one in (file, given):
        os.close(int(one.name))


def test_an_unknown_name_is_added_by_its_answer(
    store: Store, told: Told, table: Path, answers: Path
) -> None:
    answers.write_text(json.dumps({**PUBLISHED, "indicator:路灯": "new"}), "utf-8")

    code, found = told(store.database_url, "import", table, "--area", "zone", "--answers", answers)

    assert (code, found["counts"]["new"], found["offered"]) == (0, 2, [])
    assert "路灯" in store.catalogue(2)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ('{"status": "status:rumour"}', "'status:rumour' is no option of the question 'status'"),
        ('["status"]', "holds no object from ids of questions"),
        ("{", "is no JSON"),
    ],
)
def test_answers_that_answer_nothing_are_refused(
    store: Store, told: Told, table: Path, answers: Path, given: str, line: str
) -> None:
    answers.write_text(given, "utf-8")

    code, err = told(store.database_url, "import", table, "--area", "zone", "--answers", answers)

    assert (code, line in err, store.latest_vintage()) == (2, True, 1)


def test_an_area_that_is_none_and_a_file_without_figures_are_refused(
    store: Store, told: Told, table: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "letter.csv"
    empty.write_text("各科室：\n请报送九月数据\n", "utf-8")

    assert told(store.database_url, "import", table, "--area", "nowhere")[0] == 2
    code, found = told(store.database_url, "import", empty, "--area", "zone")

    assert (code, found["vintage"], found["questions"]) == (2, None, [])


def test_who_writes_meanwhile_is_not_written_over(
    store: Store, told: Told, table: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = figures.read_within_limits

    def read_slowly(*given: object) -> object:
        store.commit(upload(growth(9.9)))
        return reader(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(figures, "read_within_limits", read_slowly)

    code, err = told(store.database_url, "import", table, "--area", "zone", "--answers", answers)

    assert (code, "vintage 2 was committed" in err, store.latest_vintage()) == (5, True, 2)


def test_cut_off_after_it_was_written_it_is_not_written_again(
    store: Store, told: Told, table: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, commit = ("import", table, "--area", "zone", "--answers", answers), Store.commit

    def commit_and_die(self: Store, draft: Commit) -> int:
        commit(self, draft)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "commit", commit_and_die)
        with pytest.raises(KeyboardInterrupt):
            told(store.database_url, *command)
    code, found = told(store.database_url, *command)

    assert (code, found["base"], found["vintage"], store.latest_vintage()) == (4, 2, None, 2)


@pytest.mark.parametrize("name", ["figures.xlsx", "figures.csv"])
def test_what_is_exported_stands_already_when_it_is_imported(
    store: Store, told: Told, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name

    code, wrote = told(store.database_url, "export", file, "--area", "zone")
    again = told(store.database_url, "export", file, "--area", "zone")
    back, found = told(store.database_url, "import", file, "--area", "zone")

    assert (code, wrote["figures"], again[0]) == (0, len(store.observations(1, "zone")), 2)
    assert (back, found["counts"]["unchanged"]) == (4, wrote["figures"])
    assert told(store.database_url, "export", tmp_path / "a.txt", "--area", "zone")[0] == 2
    code, err = told(store.database_url, "export", tmp_path / "b.csv", "--answers", file)
    assert (code, "--answers and --password-file go with --figures" in err) == (2, True)


def test_a_file_older_than_the_store_puts_nothing_back_unasked(
    store: Store, told: Told, table: Path, answers: Path
) -> None:
    command = ("import", table, "--area", "zone", "--answers", answers)
    told(store.database_url, *command)
    revised = table.with_name("十月.csv")
    revised.write_text(table.read_text("utf-8").replace("7.2", "7.4"), "utf-8")
    assert told(store.database_url, "import", revised, *command[2:])[0] == 0

    older = table.with_name("九月（补）.csv")
    older.write_text(f"{table.read_text('utf-8')}\n", "utf-8")

    code, err = told(store.database_url, "import", older, *command[2:])
    same, standing = told(store.database_url, *command)
    asked, found = told(store.database_url, *command, "--put-back")

    assert (code, "1 figures would put back" in err) == (2, True)
    # A timer that was cut off after the later file gives the earlier one again.
    assert (same, standing["vintage"], standing["put_back"]) == (4, None, 1)
    assert (asked, found["vintage"], found["put_back"]) == (0, 4, 1)
