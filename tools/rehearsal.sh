#!/bin/sh
# What tools/rehearse_bundle does inside the bare Debian; it ends at the first thing that is wrong.
set -eu
cd /srv
bundle=$(find /srv -maxdepth 1 -name 'zone-outlook-*' -type d)
link=/opt/zone-outlook
served=""

say() {
    now=$(cut -d. -f1 /proc/uptime)
    echo "$((now - began)) s: $*"
}
fail() {
    echo "FAILED: $*" >&2
    [ ! -e /srv/log ] || tail -n 40 /srv/log >&2
    exit 1
}
began=$(cut -d. -f1 /proc/uptime)

run() { # FOLDER COMMAND: until the overview is served; the app goes on
    : >/srv/log
    "$1/install.sh" "$2" >/srv/log 2>&1 &
    served=$!
    until grep -q 'serves the overview' /srv/log; do
        kill -0 "$served" 2>/dev/null || fail "install.sh $2"
        sleep 0.5
    done
    say "install.sh $2: $(grep 'serves the overview' /srv/log) from $(readlink -f $link)"
}
end() {
    kill "$served"
    wait "$served" || true
}
data() { "$link/deploy/as-app" .venv/bin/python -m data "$@"; }
knows() { data people list | grep -q "$1"; }

next_release() { # one with another table, as the folder of a bundle
    cp -a "$bundle" /srv/next
    mkdir /srv/app
    tar -C /srv/app -xf /srv/next/app.tar
    sed -i 's/^version = .*/version = "99.0"/' /srv/app/pyproject.toml
    sed -i 's/^version=.*/version=99.0/' /srv/next/about
    head=$(cd $link && .venv/bin/python -c \
        'from data.store.schema import newest_revision as newest; print(newest())')
    cat >/srv/app/data/store/migrations/versions/9001_next.py <<END
import sqlalchemy as sa
from alembic import op

revision = "9001_next"
down_revision = "$head"


def upgrade():
    op.create_table("next", sa.Column("id", sa.Integer(), primary_key=True))
END
    tar -C /srv/app -cf /srv/next/app.tar .
    rm -r /srv/app
    (cd /srv/next && find . -type f ! -name SHA256SUMS | xargs sha256sum >SHA256SUMS)
}

rehearse() { # with the settings that are there, or none
    run "$bundle" install
    data people add before@zone.example --role reader --name Before
    end
    [ -e /srv/next ] || next_release
    run /srv/next upgrade
    knows before@ || fail "the upgrade lost what was there"
    data people add after@zone.example --role reader --name After
    end
    run /srv/next rollback
    knows before@ || fail "going back lost what was there at the upgrade"
    ! knows after@ || fail "going back kept what the newer release wrote"
    data people add again@zone.example --role reader --name Again
    data verify
    end
    run "$bundle" rollback # again: it goes no further, and serves what runs
    grep -q 'was gone back to already' /srv/log || fail "went back a second time"
    knows again@ || fail "going back again lost what was there"
    end
}

judge_on_a_cluster() { # whose scheduler and worker are of this machine
    (
        cd "$link"
        export PYTHONPATH=.
        .venv/bin/dask scheduler --host 127.0.0.1 --no-dashboard &
        scheduler=$!
        .venv/bin/dask worker tcp://127.0.0.1:8786 --nthreads 1 --no-dashboard &
        worker=$!
        trap 'kill "$worker" "$scheduler"' EXIT
        data fleet --year 2026 --areas SAMPLE --scheduler tcp://127.0.0.1:8786
    ) >/srv/log 2>&1 || fail "a fleet on a cluster"
    say "a cluster of Dask judged the zone"
}

[ "$(wc -l </proc/net/route)" -le 1 ] || fail "there is a route"
say "a bare Debian $(cat /etc/debian_version), $(dpkg --get-selections | wc -l) packages, no route"
cp "$bundle/LICENCES.md" /srv/licences
echo >>"$bundle/LICENCES.md"
! "$bundle/install.sh" >/srv/log 2>&1 || fail "a bundle that was changed is installed"
[ ! -e /opt/zone-outlook ] || fail "a bundle that was changed left something"
mv /srv/licences "$bundle/LICENCES.md"

rehearse
judge_on_a_cluster
ls /var/lib/zone-outlook/outlook.sqlite3.rolled_back_* >/dev/null || fail "nothing was kept aside"

"$bundle/install.sh" packages postgresql nginx-light >/srv/log 2>&1 || fail "packages"
say "nginx and PostgreSQL are installed"
rm -rf /opt/* /var/backups/zone-outlook/*
pg_ctlcluster "$(ls /etc/postgresql)" main start
setpriv --reuid postgres --regid postgres --init-groups createuser zone-outlook
setpriv --reuid postgres --regid postgres --init-groups createdb --owner=zone-outlook zone-outlook
sed -i 's#^DATABASE_URL=.*#DATABASE_URL=postgresql://zone-outlook@/zone-outlook?host=/var/run/postgresql#' \
    /etc/zone-outlook/environment
rehearse
setpriv --reuid postgres --regid postgres --init-groups psql -Atd zone-outlook -c '\dn' |
    grep -q rolled_back_ || fail "nothing was kept aside"
say "all of it went well"
