#!/usr/bin/env bash
# The window on the practice families with the pages served by Vite, so that an
# edit shows at once. tauri.conf.json names no devUrl (then a plain build would
# embed no pages); it is passed here.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo --locked build -p attune-cli
tools/practice.sh
(cd ui && exec npm run --silent dev) &
trap 'kill %1' EXIT
export TAURI_CONFIG='{"build":{"devUrl":"http://localhost:1420"},"app":{"security":{"csp":null}}}'
ATTUNE_VAULT="$PWD/target/practice/vault" cargo --locked run -p attune
