#!/usr/bin/env bash
# Sees to it that a whole practice record of this version stands in
# target/practice/vault: one of another version, or one that was never finished,
# is set aside beside it and made anew.
set -euo pipefail
cd "$(dirname "$0")/.."
built="${CARGO_TARGET_DIR:-target}/debug"
"$built/attunectl" practice target/practice/vault --keep
