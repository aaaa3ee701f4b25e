#!/usr/bin/env bash
# attack.sh — the attack suite on what leaves the record (docs/attack.md). Builds the
# harness, makes the suite a Python of its own with solvers that the program does
# not use, and runs it; what is said to it is handed on to tests/attack/run.py.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${CARGO_TARGET_DIR:-target}/attack
python=$folder/venv/bin/python
wanted=$(sha256sum tests/attack/requirements.txt)
if [ "$(cat "$folder/installed" 2>/dev/null)" != "$wanted" ]; then
  python3 -c 'import ensurepip, venv' 2>/dev/null || tools/packages.sh venv
  mkdir -p "$folder"
  rm -rf "$folder/venv"
  python3 -m venv "$folder/venv"
  "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r tests/attack/requirements.txt
  echo "$wanted" >"$folder/installed"
fi
cargo --locked build --quiet --release -p attune-disclosure --example sdc
export PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1
exec "$python" tests/attack/run.py "${CARGO_TARGET_DIR:-target}/release/examples/sdc" "$folder" "$@"
