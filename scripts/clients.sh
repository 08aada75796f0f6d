#!/bin/sh
# Makes sure that the tests find the clients of PostgreSQL that they run: installs them on Debian as root, and the
# packages of JavaScript in the folder that is the only argument. What is missing after that is named with its tests.
set -eu
cd "$(dirname "$0")/.."
modules=$1
jar=/usr/share/java/postgresql.jar

# Prints the Debian packages of which something is missing, one a line.
missing() {
    command -v psql >/dev/null || echo postgresql-client
    command -v openssl >/dev/null || echo openssl
    command -v javac >/dev/null || echo default-jdk-headless
    [ -e "$jar" ] || echo libpostgresql-jdbc-java
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
}

packages=$(missing)
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    # One after another, so that one that cannot be had keeps no other away.
    for package in $packages; do
        apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 ||
            { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package"; } >/dev/null 2>&1 || true
    done
fi
for package in $(missing); do
    echo "$package is missing: the tests that need it are skipped" >&2
done

# The copy of package.json differs where the packages are out of date.
wanted=tests/clients/package.json
if command -v npm >/dev/null && ! cmp -s "$wanted" "$modules/package.json"; then
    rm -rf "$modules"
    mkdir -p "$modules"
    cp "$wanted" "$modules/package.json"
    if ! npm install --prefix "$modules" --silent --no-audit --no-fund --no-package-lock; then
        rm -f "$modules/package.json"
        echo "the packages of $wanted cannot be had: the tests that need them are skipped" >&2
    fi
fi
