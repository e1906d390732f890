#!/bin/sh
# Installs Debian packages when it may (INSTALL=yes, as root); otherwise says in one line what to type, and fails.
set -eu
if [ "${INSTALL:-no}" = yes ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null
else
    echo "Something is missing that this needs; as root type: apt install $*" >&2
    exit 1
fi
