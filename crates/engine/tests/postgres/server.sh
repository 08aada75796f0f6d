#!/bin/sh
# Runs a PostgreSQL 15 of its own for as long as standard input is open; prints the folder of its socket
# once it answers. Whoever holds the other end may die in any way: the server stops and the folder goes.
#
# Exits with 3 and one line on stderr where PostgreSQL is missing.
set -eu

missing() {
    echo "PostgreSQL 15 is missing: apt-get install postgresql-15 (or set CENSUS_WITHOUT_POSTGRES=1 to do without)" >&2
    exit 3
}

# Prints the folder of PostgreSQL 15's programs. Debian keeps them out of PATH.
programs() {
    on_path=$(command -v postgres || true)
    for folder in /usr/lib/postgresql/15/bin "${on_path%/*}"; do
        case $("$folder/postgres" --version 2>/dev/null) in
            *' 15.'*) echo "$folder" && return ;;
        esac
    done
}

bin=$(programs)
[ -n "$bin" ] || missing
[ -f "$("$bin/pg_config" --sharedir 2>/dev/null || echo /usr/share/postgresql/15)/extension/hstore.control" ] ||
    { echo "PostgreSQL's hstore is missing: apt-get install postgresql-contrib" >&2 && exit 3; }
[ "${1:-}" != check ] || exit 0

# PostgreSQL refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    # The folder for temporary files may be root's own.
    unset TMPDIR
    # The new user may not be able to read this file, so it gets the text.
    exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups sh -c "$(cat "$0")" "$0"
fi

# An interrupt reaches the whole group of processes; the end of input tells this one to clean up, as does a
# reader that has gone.
trap '' INT TERM HUP PIPE
cd /
folder=$(mktemp -d)
stop() {
    "$bin/pg_ctl" stop --silent --mode=immediate --pgdata="$folder/data" >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
# Bytes decide the order of texts; letters beyond ASCII have both cases.
"$bin/initdb" --pgdata="$folder/data" --username=census --auth=trust --encoding=UTF8 --no-sync \
    --lc-collate=C --lc-ctype=C.UTF-8 --lc-messages=C >"$folder/log" 2>&1 || { cat "$folder/log" >&2 && exit 1; }
"$bin/pg_ctl" start --silent --wait --pgdata="$folder/data" --log="$folder/log" \
    --options="-k '$folder' -c listen_addresses='' -c fsync=off -c timezone=UTC -c statement_timeout=20s" \
    </dev/null >/dev/null 2>&1 || { cat "$folder/log" >&2 && exit 1; }
echo "$folder"
read -r _ || true
