#!/bin/sh
# pytest on SQLite and on PostgreSQL side by side, with the arguments given: two runs on each, which share its tests, as
# most of them wait for a process more than they work. The first is seen at once, the others when it has ended.
# Tests that touch no database and start no process run once, on SQLite.
set -u
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'kill $runs 2>/dev/null' TERM
trap : INT # it reaches each run by itself, and each ends in order
mkdir "$folder/sqlite" "$folder/postgres"
runs=

# share DATABASE NUMBER [ARGUMENT ...]: what no other run has taken of that database's tests
share() {
    database=$1 number=$2
    shift 2
    set -- .venv/bin/python -m pytest -p tests.support.sharing "--share=$folder/$database" \
        -o "cache_dir=.pytest_cache/$database-$number" "$@"
    [ "$database" = sqlite ] || set -- .venv/bin/python tools/postgres.py --volatile "$@" --needing-database
    exec "$@"
}

for run in "sqlite 2" "postgres 1" "postgres 2"; do
    (share $run "$@") >"$folder/$run" 2>&1 &
    runs="$runs $!"
done
echo "· pytest on SQLite, and three runs more beside it"
(share sqlite 1 "$@")
failed=$?
for run in $runs; do
    wait "$run"
    code=$?
    while [ $code -gt 128 ]; do # a signal has come while it was waited for
        wait "$run"
        code=$?
    done
    [ $code = 0 ] || failed=1
done
for run in "sqlite 2" "postgres 1" "postgres 2"; do
    echo "· pytest, $run"
    cat "$folder/$run"
done
exit $failed
