#!/bin/sh
# pytest on SQLite and on PostgreSQL side by side, with the arguments given; what each says, one after the other.
# Tests that touch no database and start no process run once, on SQLite.
set -u
cd "$(dirname "$0")/.."
said=$(mktemp)
trap 'rm -f "$said"' EXIT
trap 'kill "$postgres" 2>/dev/null' INT TERM

.venv/bin/python tools/postgres.py .venv/bin/python -m pytest -o cache_dir=.pytest_cache/postgres --needing-database "$@" \
    >"$said" 2>&1 &
postgres=$!
echo "· pytest on SQLite (on PostgreSQL too, at the same time)"
.venv/bin/python -m pytest "$@"
on_sqlite=$?
echo "· pytest on PostgreSQL"
wait "$postgres"
on_postgres=$?
cat "$said"
[ "$on_sqlite" = 0 ] && [ "$on_postgres" = 0 ]
