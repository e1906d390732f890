#!/bin/sh
# pytest on SQLite and on PostgreSQL side by side, with the arguments given: several runs on each, which share its tests,
# as most of them wait for a process more than they work. The first is seen at once, the others when it has ended.
# Tests that see no database run once, on SQLite, which has a run more for them. Those of tests/faults fork themselves
# thousands of times, which takes as long as a process is big: where all tests run, one run does nothing else.
set -u
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'kill $runs 2>/dev/null' TERM
trap : INT # it reaches each run by itself, and each ends in order
mkdir "$folder/sqlite" "$folder/postgres"
others="sqlite-2 sqlite-faults postgres-1 postgres-faults"
runs=

# share RUN [ARGUMENT ...]: what no other run has taken of its database's tests
share() {
    run=$1 database=${1%-*}
    shift
    [ $# -gt 0 ] || [ "${run#*-}" != faults ] || set -- tests/faults
    set -- .venv/bin/python -m pytest -p tests.support.sharing "--share=$folder/$database" \
        -o "cache_dir=.pytest_cache/$run" "$@"
    [ "$database" = sqlite ] || set -- .venv/bin/python tools/postgres.py --volatile "$@" --needing-database
    exec "$@"
}

for run in $others; do
    (share "$run" "$@") >"$folder/$run" 2>&1 &
    runs="$runs $!"
done
echo "· pytest on SQLite, and beside it: $others"
(share sqlite-1 "$@")
failed=$?
for run in $runs; do
    wait "$run"
    code=$?
    while [ $code -gt 128 ] && kill -0 "$run" 2>/dev/null; do # it lives: a signal has come while it was waited for
        wait "$run"
        code=$?
    done
    [ $code = 0 ] || failed=1
done
for run in $others; do
    echo "· pytest, $run"
    cat "$folder/$run"
done
exit $failed
