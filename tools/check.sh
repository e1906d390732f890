#!/bin/sh
# The checks of `make check`, each named before it runs; the first that fails ends it. That of the types takes as long as
# the others together: it runs beside them.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

step() {
    echo "· $1"
    shift
    "$@"
}

deploy() (
    set -a
    SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(60))')
    . docs/production.env
    python manage.py check --deploy --fail-level WARNING
)

types=$(mktemp)
mypy --num-workers 2 >"$types" 2>&1 &
mypy=$!
trap 'kill $mypy 2>/dev/null || true; rm -f "$types"' EXIT

types() {
    wait $mypy && failed=0 || failed=$?
    cat "$types"
    return $failed
}

step "lint" ruff check --quiet
step "format" ruff format --check --quiet
step "layers" lint-imports --no-cache --no-logo
step "migrations" python manage.py makemigrations --check --dry-run
step "translations" python tools/messages.py --check
step "docs/settings.md" python tools/settings_docs.py --check
step "docs/schemas, docs/openapi.yaml" python manage.py schemas --check
step "production settings" deploy
step "types" types
