#!/usr/bin/env bash
# Writes every generated file again and fails if one has changed: the types and
# commands of the pages, and the pages of docs/ that come from the code.
set -euo pipefail
cd "$(dirname "$0")/.."
before=target/generated-before
rm -rf "$before" && mkdir -p "$before"
cp -r ui/src/ipc/generated docs "$before"
cargo --locked run --quiet -p attune-core --example generate
changed=
for folder in ui/src/ipc/generated docs; do
  diff -r "$before/${folder##*/}" "$folder" || changed=yes
done
if [ -n "$changed" ]; then
  echo "Generated files were out of date; they have just been written again. Commit them." >&2
  exit 1
fi
if [ -n "${CI:-}" ] && [ -n "$(git status --porcelain -- ui/src/ipc/generated docs)" ]; then
  git status --short -- ui/src/ipc/generated docs
  echo "Generated files are missing from the commit." >&2
  exit 1
fi
