#!/bin/sh
# Runs one of the measurements in bench/: tools/bench.sh sites. Brings what it is compared with first.
set -eu
cd "$(dirname "$0")/.."
[ -f "bench/$1.py" ] || {
    echo "There is no bench/$1.py; known: $(ls bench | sed -n 's/^\([a-z].*\)\.py$/\1/p' | tr '\n' ' ')" >&2
    exit 2
}
[ "$1" != sites ] || command -v hugo >/dev/null || tools/apt.sh hugo
exec .venv/bin/python -m "bench.$1"
