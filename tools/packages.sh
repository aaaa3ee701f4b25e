#!/usr/bin/env bash
# packages.sh GROUP... — installs the Debian packages of these groups that are
# missing. As root or through sudo; otherwise it prints the one command to run.
set -euo pipefail

core="build-essential perl pkg-config"
window="libwebkit2gtk-4.1-dev hunspell-en-gb fonts-dejavu-core"
test="webkit2gtk-driver xvfb libfaketime"
venv="python3-venv"

wanted=""
for group in "$@"; do wanted+=" ${!group}"; done

if ! command -v dpkg-query >/dev/null; then
  echo "This is not a Debian-like system. Attune needs its equivalents of:$wanted" >&2
  exit 0
fi

missing=()
for package in $wanted; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

install=(apt-get install -y --no-install-recommends "${missing[@]}")
echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
if [ "$(id -u)" = 0 ]; then
  apt-get update -q && "${install[@]}" </dev/null
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  sudo apt-get update -q && sudo DEBIAN_FRONTEND=noninteractive "${install[@]}"
else
  printf '\nAttune needs some system packages. As an administrator, run:\n\n  apt-get update && %s\n\nThen run make again.\n' "${install[*]}" >&2
  exit 1
fi
