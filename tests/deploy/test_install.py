"""``deploy/install.sh`` and ``deploy/rollback`` with stand-ins for what changes a machine.

``make rehearsal`` runs them whole, on a bare Debian without a network.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from data.settings import ROOT
from tests.postgres import running_server

DEPLOY = ROOT / "deploy"
SETTINGS = "DATABASE_URL=sqlite:///{folder}/outlook.sqlite3\n"
PROGRAMS = ("adduser", "apt-get", "curl", "dpkg", "id", "openssl", "psql", "python3", "setpriv")
STAND_IN = """#!/bin/sh
name=$(basename "$0")
echo "$name $* [$(readlink "$LINK" | sed 's,.*/,,')]" | head -n 1 >> "$ASKED"
case "$name $*" in
"curl "*) exit 7 ;;
"id -u") echo 0 ;;
"dpkg --print"*) echo amd64 ;;
*"$FAILS"*) exit 1 ;;
"setpriv "*" sh -c "*) shift 5; exec "$@" ;;
"systemctl stop") exit 1 ;;
"systemctl list-units --all"*)
    for unit in -alerts.service -alerts.timer @8501.service; do
        echo "zone-outlook$unit loaded"
    done
    ;;
"systemctl list-units"*) echo "zone-outlook@8501.service loaded active" ;;
esac
"""


@dataclass(frozen=True)
class Machine:
    """A folder as the root of a machine, with a release that runs and one that came before."""

    root: Path

    @property
    def link(self) -> Path:
        return self.root / "opt/zone-outlook"

    @property
    def units(self) -> Path:
        return self.root / "etc/systemd/system"

    @property
    def asked(self) -> list[str]:
        asked = self.root / "asked"
        return asked.read_text().splitlines() if asked.exists() else []

    def run(self, *command: str | Path, fails: str = "nothing") -> subprocess.CompletedProcess[str]:
        """Run a command whose programs are stand-ins, of which one may fail."""
        path = f"{self.root}/programs:{os.environ['PATH']}"
        environ = {
            "PATH": path, "DESTDIR": str(self.root), "ASKED": f"{self.root}/asked",
            "LINK": str(self.link), "ZONE_OUTLOOK": str(self.link), "FAILS": fails,
            "SETTINGS": f"{self.root}/settings", "SYSTEMCTL": "systemctl",
        }  # fmt: skip
        return subprocess.run(command, env=environ, capture_output=True, text=True)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "programs").mkdir()
    for name in (*PROGRAMS, "systemctl"):
        program = tmp_path / "programs" / name
        program.write_text(STAND_IN)
        program.chmod(0o755)
    for name in ("old", "new"):
        release = tmp_path / "opt" / name
        (release / "deploy").mkdir(parents=True)
        (release / "serve.py").touch()
        for unit in ("zone-outlook@.service", "links-alone.conf"):
            (release / "deploy" / unit).write_text(f"of {name}")
        (release / "deploy/as-app").symlink_to(DEPLOY / "as-app")
    backup = tmp_path / "backup.sqlite3"
    backup.touch()
    old = tmp_path / "opt/old"
    (tmp_path / "opt/new/.before").write_text(f"old='{old}'\nbackup='{backup}'\n")
    (tmp_path / "opt/zone-outlook").symlink_to(tmp_path / "opt/new")
    alone = tmp_path / "etc/systemd/system/zone-outlook@8500.service.d"
    alone.mkdir(parents=True)
    (alone / "links-alone.conf").write_text("of new")
    (tmp_path / "settings").write_text(SETTINGS.format(folder=tmp_path))
    for part in ("", "-wal"):
        (tmp_path / f"outlook.sqlite3{part}").write_text(f"newer{part}")
    return Machine(tmp_path)


def bundle(folder: Path, debian: str = "none") -> Path:
    """Make the folder of a bundle."""
    folder.mkdir()
    (folder / "install.sh").write_bytes((DEPLOY / "install.sh").read_bytes())
    (folder / "about").write_text(
        f"version=1\ndebian={debian}\narchitecture=amd64\npackages=curl\n"
    )
    digests = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  ./{file.name}\n"
        for file in sorted(folder.iterdir())
    ]
    (folder / "SHA256SUMS").write_text("".join(digests))
    return folder


@pytest.mark.parametrize("command", ["install", "packages", "upgrade", "rollback", "check"])
def test_a_bundle_that_was_changed_does_nothing(machine: Machine, command: str) -> None:
    changed = bundle(machine.root / "bundle")
    (changed / "about").write_text((changed / "about").read_text() + "packages=other\n")

    done = machine.run("sh", changed / "install.sh", command)

    assert done.returncode == 2
    assert "not as it was made" in done.stderr
    assert machine.asked == []


def test_a_bundle_holds_what_its_installer_installs_a_cluster_included() -> None:
    bundled, installed = (
        set(re.findall(r"--requirement \S*?(requirements\S*\.txt)", file.read_text()))
        for file in (ROOT / "tools/bundle", DEPLOY / "install.sh")
    )
    archived = (ROOT / "tools/bundle").read_text().partition("git archive HEAD")[2].split("\n\n")[0]

    assert bundled == installed == {"requirements-cluster.txt"}
    assert "requirements-cluster.txt" in archived
    assert "\ndistributed==" in (ROOT / "requirements-cluster.txt").read_text()


def test_a_bundle_for_another_debian_does_nothing(machine: Machine) -> None:
    done = machine.run("sh", bundle(machine.root / "bundle") / "install.sh")

    assert done.returncode == 2
    assert "made for Debian none on amd64" in done.stderr
    assert {line.split()[0] for line in machine.asked} == {"id", "dpkg"}


def test_going_back_proves_the_backup_stops_restores_switches_and_starts(machine: Machine) -> None:
    done = machine.run(DEPLOY / "rollback")

    assert done.returncode == 0, done.stderr
    steps = [line.split(" --init-groups ")[-1].partition(" -c")[0] for line in machine.asked]
    backup = machine.root / "backup.sqlite3"
    assert steps == [
        f".venv/bin/python -m data verify {backup} [new]",
        "systemctl list-units --all --plain --no-legend zone-outlook* [new]",
        "systemctl stop zone-outlook-alerts.service zone-outlook-alerts.timer "
        "zone-outlook@8501.service [new]",
        "sh",
        f".venv/bin/python -m data restore {backup} [new]",
        "systemctl daemon-reload [old]",
        "systemctl start zone-outlook-alerts.timer [old]",
        "systemctl start zone-outlook@8501.service [old]",
    ]
    assert (machine.units / "zone-outlook@.service").read_text() == "of old"
    assert (machine.units / "zone-outlook@8500.service.d/links-alone.conf").read_text() == "of old"
    (kept,) = machine.root.glob("outlook.sqlite3.rolled_back_*Z")
    assert kept.read_text() == "newer"
    assert kept.with_name(f"{kept.name}-wal").read_text() == "newer-wal"
    assert not (machine.root / "outlook.sqlite3").exists()


def test_going_back_takes_everything_from_the_release_that_goes(machine: Machine) -> None:
    for name in ("rollback", "place-units"):  # the release before may have neither
        shutil.copy(DEPLOY / name, machine.root / "opt/new/deploy" / name)

    done = machine.run(machine.link / "deploy/rollback")

    assert done.returncode == 0, done.stderr
    assert machine.asked[-1] == "systemctl start zone-outlook@8501.service [old]"
    assert (machine.units / "zone-outlook@.service").read_text() == "of old"


def test_going_back_touches_nothing_where_the_backup_is_not_whole(machine: Machine) -> None:
    done = machine.run(DEPLOY / "rollback", fails="data verify")

    assert done.returncode == 1
    assert len(machine.asked) == 1
    assert (machine.root / "outlook.sqlite3").read_text() == "newer"


def test_going_back_may_be_run_again_where_the_restore_was_cut_off(machine: Machine) -> None:
    cut = machine.run(DEPLOY / "rollback", fails="data restore")
    assert cut.returncode == 2
    assert machine.link.resolve().name == "new"
    (kept,) = machine.root.glob("outlook.sqlite3.rolled_back_*Z")

    again = machine.run(DEPLOY / "rollback")

    assert again.returncode == 0
    assert machine.link.resolve().name == "old"
    assert kept.read_text() == "newer"


def test_going_back_again_starts_what_stands_still_and_goes_no_further(machine: Machine) -> None:
    older = machine.root / "opt/old/.before"
    older.write_text(f"old='{machine.root}/opt/new'\nbackup='{machine.root}/backup.sqlite3'\n")
    machine.run(DEPLOY / "rollback", fails="systemctl daemon-reload")
    (machine.units / "zone-outlook@.service").write_text("cut off")
    before = len(machine.asked)

    again = machine.run(DEPLOY / "rollback")

    assert again.returncode == 0
    assert f"remove {older.with_name('.gone_back_to')} first" in again.stdout
    assert machine.link.resolve().name == "old"
    assert [line.split(" --")[0] for line in machine.asked[before:]] == [
        "systemctl daemon-reload [old]",
        "systemctl list-units",
        "systemctl start zone-outlook-alerts.timer [old]",
        "systemctl start zone-outlook@8501.service [old]",
    ]
    assert (machine.units / "zone-outlook@.service").read_text() == "of old"


def test_an_installer_goes_back_again_where_it_was_cut_off_after_the_switch(
    machine: Machine,
) -> None:
    release = machine.root / "opt/zone-outlook-1"
    (machine.root / "opt/new").rename(release)
    (release / "deploy/rollback").symlink_to(DEPLOY / "rollback")
    machine.link.unlink()
    machine.link.symlink_to(machine.root / "opt/old")
    here = platform.freedesktop_os_release()["VERSION_CODENAME"]
    installer = bundle(machine.root / "bundle", here) / "install.sh"
    never = machine.run("sh", installer, "rollback")
    (machine.root / "opt/old/.gone_back_to").touch()

    again = machine.run("sh", installer, "rollback")

    assert (never.returncode, "1 does not run here" in never.stderr) == (2, True)
    assert "was gone back to already" in again.stdout
    assert "systemctl start zone-outlook@8501.service [old]" in machine.asked


def test_going_back_keeps_a_schema_of_postgresql_aside_without_showing_the_password(
    machine: Machine,
) -> None:
    with running_server() as server:
        address = server.create()
        (machine.root / "settings").write_text(f"DATABASE_URL='{address}'\n")
        with psycopg.connect(address.replace("+psycopg", "")) as database:
            database.execute("CREATE TABLE newer (id int)")

        done = machine.run(DEPLOY / "rollback")

        assert done.returncode == 0, done.stderr
        with psycopg.connect(address.replace("+psycopg", "")) as database:
            every = "SELECT table_schema FROM information_schema.tables WHERE table_name = 'newer'"
            assert re.fullmatch(r"rolled_back_\w+", database.execute(every).fetchall()[0][0])
            database.execute("CREATE TABLE older (id int)")
    assert not any(address.split("//")[1] in line for line in machine.asked)


def test_there_is_no_way_back_without_an_upgrade_or_its_backup(machine: Machine) -> None:
    (machine.root / "backup.sqlite3").unlink()
    gone = machine.run(DEPLOY / "rollback")
    (machine.root / "opt/new/.before").unlink()
    never = machine.run(DEPLOY / "rollback")

    assert (gone.returncode, never.returncode) == (2, 2)
    assert "is gone" in gone.stderr
    assert "did not come by an upgrade" in never.stderr
    assert machine.asked == []


def test_an_upgrade_keeps_the_way_back(machine: Machine) -> None:
    (machine.root / "opt/new/.before").unlink()
    machine.link.unlink()
    machine.link.symlink_to(machine.root / "opt/old")
    (machine.root / "opt/new/.venv").mkdir()
    (machine.root / "opt/new/.venv/.runtime").touch()
    backups = machine.root / "backups"
    backups.mkdir()
    for day in (1, 2):
        (backups / f"zone-outlook-2026120{day}T000000Z.sqlite3").touch()
    settings = f"env BACKUPS={backups} TRIES=1"

    for _ in range(2):  # cut off, as the process does not answer, and run again
        cut = machine.run(*settings.split(), DEPLOY / "upgrade", machine.root / "opt/new")
        assert cut.returncode == 1

    assert (machine.root / "opt/new/.before").read_text() == (
        f"old='{machine.root / 'opt/old'}'\n"
        f"backup='{backups / 'zone-outlook-20261202T000000Z.sqlite3'}'\n"
    )
