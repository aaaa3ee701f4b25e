#!/usr/bin/env bash
# install.sh TOOL — puts a pinned tool into .tools, once. Debug builds: they
# take a third of the time and are fast enough for what they do here.
set -euo pipefail
cd "$(dirname "$0")/.."

crate() {
  grep -qs "\"$1 $2 " .tools/.crates.toml && [ -x ".tools/bin/$1" ] && return
  echo "Building $1 $2 (once)"
  CARGO_PROFILE_DEV_DEBUG=0 cargo install --locked --debug --root .tools --target-dir target/tools "$1@$2"
  rm -rf target/tools
}

case "$1" in
  tauri-driver) crate tauri-driver 2.1.0 ;;
  cargo-deny) crate cargo-deny 0.20.2 ;;
  cargo-shear) crate cargo-shear 1.11.2 ;;
  tauri-cli)
    version=2.12.5
    [ "$(cat .tools/tauri-cli/version 2>/dev/null)" = "$version" ] && exit
    tools/pages.sh node
    npm install --silent --no-fund --no-audit --prefix .tools/tauri-cli "@tauri-apps/cli@$version"
    mkdir -p .tools/bin && ln -sf ../tauri-cli/node_modules/.bin/tauri .tools/bin/tauri
    echo "$version" >.tools/tauri-cli/version
    ;;
  *) echo "No tool called $1 here." >&2; exit 1 ;;
esac
