#!/bin/sh
# Brings .venv up to date with a requirements file: tools/venv.sh requirements.txt
# A stamp that says what was installed makes the second run instant.
set -eu
cd "$(dirname "$0")/.."
stamp=".venv/$1.installed"

stop() {
    echo "$1" >&2
    exit 1
}

command -v python3 >/dev/null || stop "Python is missing; on Debian: apt install python3 python3-venv"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "Python 3.11 or later is needed; python3 is $(python3 -V | cut -d' ' -f2)."

wanted=$(python3 -V; cat requirements.txt "$1")
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

if [ "$(.venv/bin/python -V 2>/dev/null)" != "$(python3 -V)" ]; then
    python3 -c 'import ensurepip, venv' 2>/dev/null || tools/apt.sh python3-venv
    echo "Making the virtual environment in .venv."
    python3 -m venv --clear .venv
fi
echo "Installing the packages of $1 (a minute or two the first time)."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --requirement "$1"
printf '%s\n' "$wanted" >"$stamp"
