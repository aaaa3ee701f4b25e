#!/usr/bin/env bash
# bench.sh — the figures: one JSON object a line on standard output, everything
# else on the other. The window is measured where one can be built and shown.
set -euo pipefail
cd "$(dirname "$0")/.."

window=0
if pkg-config --exists webkit2gtk-4.1 2>/dev/null && command -v Xvfb >/dev/null; then
  window=1
  tools/pages.sh >&2
fi

cargo --locked bench --quiet -p attune-core --bench figures
if [ $window = 1 ]; then
  cargo --locked bench --quiet --no-run -p attune --bench window
  timeout 300 cargo --locked bench --quiet -p attune --bench window ||
    echo '{"name":"unlock screen drawn, against an empty Tauri window","skipped":"not drawn within five minutes"}'
  cargo --locked bench --quiet --no-run -p attune --bench screens
  tools/install.sh tauri-driver >&2
  PATH="$PWD/.tools/bin:$PATH" timeout 900 cargo --locked bench --quiet -p attune --bench screens ||
    echo '{"name":"screens with lists drawn with 5,000 families, against 50","skipped":"not drawn within fifteen minutes"}'
else
  echo '{"name":"unlock screen drawn, against an empty Tauri window","skipped":"no WebKitGTK to build with, or no Xvfb"}'
fi
