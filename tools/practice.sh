#!/usr/bin/env bash
# Makes the practice vault in target/practice/vault if there is none.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f target/practice/vault/keys.json ] || target/debug/attunectl practice target/practice/vault
