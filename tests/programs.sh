#!/usr/bin/env bash
# The tests start a private Redis, PostgreSQL and Chromium. Install the programs that are missing where this user may;
# else say in one line what to install. Nothing is skipped silently.
set -euo pipefail

missing=()
command -v redis-server >/dev/null || missing+=(redis-server)
command -v chromium >/dev/null || missing+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests: ${missing[*]}"
    # Debian would start its own cluster and server on install; the tests start private ones.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" fonts-noto-core >/dev/null
else
    echo "The tests need these programs, please install them: ${missing[*]}" >&2
    exit 2
fi
