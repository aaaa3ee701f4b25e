#!/usr/bin/env bash
# Makes the practice vault in target/practice/vault if there is none.
set -euo pipefail
cd "$(dirname "$0")/.."
built="${CARGO_TARGET_DIR:-target}/debug"
[ -f target/practice/vault/keys.json ] || "$built/attunectl" practice target/practice/vault
