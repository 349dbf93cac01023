#!/bin/sh
# Serve Zone Outlook on a bare Debian without a network, from the files beside this one:
#
#   ./install.sh                     install, make a store where there is none, serve, try it out
#   ./install.sh packages [NAME...]  install Debian's packages alone, and further ones of debs/
#   ./install.sh upgrade             go over to this release, after a backup
#   ./install.sh rollback            from this release back to the one before, with that backup
#   ./install.sh check               compare every file with SHA256SUMS
#
# Each may be run again after it was cut off. Settings that are there stay. Without systemd the app
# is served in the foreground. DESTDIR goes before every path outside this folder.
set -eu
umask 022
here=$(dirname "$(readlink -f "$0")")
refuse() {
    echo "install.sh: $*" >&2
    exit 2
}

(cd "$here" && sha256sum --check --strict --quiet SHA256SUMS) ||
    refuse "this folder is not as it was made; nothing was done"
. "$here/about"
root=${DESTDIR:-}
link=$root/opt/zone-outlook
new=$root/opt/zone-outlook-$version
settings=$root/etc/zone-outlook/environment
state=$root/var/lib/zone-outlook
backups=$root/var/backups/zone-outlook
export SYSTEMCTL="${SYSTEMCTL:-}"

port=${PORT:-8501} # of the process that is tried, and of the only one without systemd

has_systemd() { [ -n "$SYSTEMCTL" ] || [ -d /run/systemd/system ]; }

suits() { # this machine, and whoever runs it
    [ "$(id -u)" -eq 0 ] || refuse "run it as root"
    is=$(. /etc/os-release && echo "$VERSION_CODENAME $(dpkg --print-architecture)")
    [ "$is" = "$debian $architecture" ] ||
        refuse "made for Debian $debian on $architecture, and this is $is"
}

stands_still() { # what would be taken for the release that is installed
    has_systemd || ! curl --silent --max-time 5 "http://127.0.0.1:$port/" >/dev/null 2>&1 ||
        refuse "end what serves on port $port first"
}

install_packages() { # NAME...: with all that they need, from debs/ alone
    work=$(mktemp -d)
    ln -s "$here/debs" "$work/debs"
    mkdir -p "$work/lists/partial" "$work/archives/partial"
    echo "deb [trusted=yes] file:$work/debs ./" >"$work/sources.list" # whose digests were right
    offline() {
        DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" \
            -o Dir::Etc::sourceparts=/dev/null/ -o Dir::State::lists="$work/lists" \
            -o Dir::Cache::archives="$work/archives" -o APT::Sandbox::User=root \
            -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@"
    }
    offline update
    offline install --yes --no-install-recommends "$@"
    rm -rf "$work"
}

place_release() { # the program and its libraries; the stamp is what make looks for
    if [ -e "$new/.venv/.runtime" ]; then
        cmp -s "$here/SHA256SUMS" "$new/SHA256SUMS" ||
            refuse "$new is another build of $version: go back from it, and remove it first"
        return
    fi
    rm -rf "$new"
    mkdir -p "$new"
    tar --no-same-owner -xf "$here/app.tar" -C "$new"
    python3 -m venv "$new/.venv"
    "$new/.venv/bin/python" -m pip --isolated install --quiet --no-index --no-cache-dir \
        --find-links "$here/wheels" --require-hashes --requirement "$new/requirements-cluster.txt"
    "$new/.venv/bin/python" -m compileall -q "$new/data" "$new/forecasting" "$new/ui"
    cp "$here/SHA256SUMS" "$new/SHA256SUMS"
    touch "$new/.venv/.runtime"
}

place_settings() { # a user, folders, and settings that serve this machine alone from SQLite
    id zone-outlook >/dev/null 2>&1 ||
        adduser --quiet --system --group --home /var/lib/zone-outlook zone-outlook
    install -d -o zone-outlook -g zone-outlook -m 0700 "$state" "$backups"
    [ -e "$settings" ] && return
    install -d -m 0755 "$(dirname "$settings")"
    install -o root -g zone-outlook -m 0640 /dev/null "$settings.new"
    printf 'DATABASE_URL=sqlite:///%s\nSTREAMLIT_SERVER_COOKIE_SECRET=%s\n' \
        "$state/outlook.sqlite3" "$(openssl rand -hex 32)" >"$settings.new"
    mv "$settings.new" "$settings"
}

database() { (. "$settings" && echo "$DATABASE_URL"); }

point_to() {
    ln -sfn "$1" "$link.new"
    mv -T "$link.new" "$link"
}

enable_units() {
    has_systemd || return 0
    processes="zone-outlook@8501"
    case $(database) in
    postgres*)
        install -D -m 0644 -t "$root/etc/systemd/system/zone-outlook@8500.service.d" \
            "$link/deploy/links-alone.conf"
        processes="zone-outlook@8500 zone-outlook@8501 zone-outlook@8502"
        ;;
    esac
    "$link/deploy/place-units" "$link"
    # shellcheck disable=SC2086  # the list is meant to split into words
    "${SYSTEMCTL:-systemctl}" enable --now $processes zone-outlook-backup.timer
}

serve_and_try() { # where systemd does not serve, this does until it is told to end
    if ! has_systemd; then
        SETTINGS=$settings "$link/deploy/as-app" .venv/bin/python serve.py \
            --server.address 127.0.0.1 --server.port "$port" &
        served=$!
        trap 'kill "$served"; wait "$served"; exit' INT TERM
    fi
    "$link/.venv/bin/python" "$link/deploy/smoke_test.py" "http://127.0.0.1:$port" || {
        has_systemd || kill "$served"
        exit 1
    }
    has_systemd || wait "$served"
}

suits
case "${1:-install}" in
check) ;;
packages)
    shift
    # shellcheck disable=SC2086,SC2154  # the list is meant to split into words
    install_packages $packages "$@"
    ;;
install)
    [ ! -e "$link" ] || [ "$(readlink -f "$link")" = "$(readlink -f "$new")" ] ||
        refuse "$(readlink -f "$link") is installed: ./install.sh upgrade"
    stands_still
    # shellcheck disable=SC2086
    install_packages $packages
    place_release
    place_settings
    SETTINGS=$settings "$new/deploy/as-app" .venv/bin/python -m data init
    point_to "$new"
    enable_units
    serve_and_try
    ;;
upgrade)
    [ -e "$link" ] || refuse "nothing is installed yet: ./install.sh"
    stands_still
    # shellcheck disable=SC2086
    install_packages $packages
    place_release
    ZONE_OUTLOOK=$link SETTINGS=$settings BACKUPS=$backups "$new/deploy/upgrade" "$new"
    enable_units
    serve_and_try
    ;;
rollback)
    # Once it has gone back it is run again only to start what was cut off: deploy/rollback sees.
    [ "$(readlink -f "$link")" = "$(readlink -f "$new")" ] ||
        { [ -e "$link/.gone_back_to" ] && [ -e "$new/.before" ]; } ||
        refuse "$version does not run here"
    stands_still
    ZONE_OUTLOOK=$link SETTINGS=$settings "$new/deploy/rollback"
    serve_and_try
    ;;
*)
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
