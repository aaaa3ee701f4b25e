#!/usr/bin/env bash
# Opens Attune on a vault of fictional families. Without a display it does the
# main job in the terminal instead.
set -euo pipefail
cd "$(dirname "$0")/.."
built="${CARGO_TARGET_DIR:-target}/debug"

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "There is no display here, so Attune works in the terminal."
  [ -x "$built/attunectl" ] || echo "The first time it builds: some five minutes on two cores."
  exec make --no-print-directory headless
fi

tools/packages.sh core window
tools/pages.sh
cargo --locked build -p attune -p attune-cli
tools/practice.sh
echo "Opening Attune on the practice families in target/practice. The first screen names the users and their passphrase."
ATTUNE_VAULT="$PWD/target/practice/vault" exec "$built/attune"
