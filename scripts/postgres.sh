#!/bin/sh
# Makes sure that the tests find a PostgreSQL 15 with hstore: installs it on Debian as root, else says what is missing.
#
# No server of the system is made or started: the tests run one of their own.
set -eu
cd "$(dirname "$0")/.."
server=crates/engine/tests/postgres/server.sh

[ "${CENSUS_WITHOUT_POSTGRES:-}" != 1 ] || exit 0
if sh "$server" check 2>/dev/null; then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # Debian's package makes a cluster and starts it unless told not to before it comes.
    settings=/etc/postgresql-common/createcluster.conf
    if [ ! -e "$settings" ]; then
        mkdir -p "${settings%/*}"
        echo 'create_main_cluster = false' >"$settings"
    fi
    export DEBIAN_FRONTEND=noninteractive
    packages=postgresql-15
    apt-get install -y -qq --no-install-recommends "$packages" >/dev/null 2>&1 ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$packages" >/dev/null; } || true
fi
exec sh "$server" check
