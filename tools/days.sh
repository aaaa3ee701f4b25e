#!/usr/bin/env bash
# days.sh [DAY…] — on ten days that are known to be difficult (or on those
# named, each with or without an hour): practice records of every size, checked
# from end to end, the main job in the terminal, and the window tests. Each day
# is in another time zone, since none of it may depend on one. ATTUNE_DAYS_DO
# chooses among "records window".
set -euo pipefail
cd "$(dirname "$0")/.."
built="$PWD/${CARGO_TARGET_DIR:-target}/debug"
faketime=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 | head -1)
do="${ATTUNE_DAYS_DO:-records window}"

days=(
  "2028-02-29 15:21"  # a leap day
  "2027-03-28 15:21"  # the clocks have gone forward that night
  "2026-10-25 15:21"  # the clocks have gone back that night
  "2027-01-01 00:05"  # the first minutes of a year
  "2027-03-31 15:21"  # the last day of a quarter
  "2027-04-01 09:10"  # the first day of the next
  "2026-11-25 15:21"  # a Wednesday
  "2026-11-26 23:55"  # shortly before midnight
  "2026-12-31 15:21"  # the last day of a year
  "2026-11-24 15:21"
)
zones=(Europe/London Pacific/Kiritimati America/St_Johns UTC Asia/Kathmandu)
[ $# -gt 0 ] && days=("$@")

if [[ $do == *records* ]]; then cargo --locked build --quiet -p attune-cli; fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
number=0
failed=()

# What it runs sees this day's clock; libfaketime counts from the true time.
on() {
  local day=$1 && shift
  local ahead=$(($(TZ=Europe/London date -d "$day" +%s) - $(date +%s)))
  env LD_PRELOAD="$faketime" FAKETIME="$(printf '%+d' "$ahead")" FAKETIME_DONT_FAKE_MONOTONIC=1 XDG_DATA_HOME="$folder/data" "$@"
}

records() {
  local day=$1
  for families in 4 20 24 36 60; do
    local vault="$folder/$number-$families/vault"
    on "$day" "$built/attunectl" practice "$vault" --families "$families" >"$folder/said" 2>&1 || return 1
    on "$day" env ATTUNE_PASSPHRASE="practice families only" "$built/attunectl" verify "$vault" --user lead >"$folder/said" 2>&1 || return 1
    if [ "$families" -ge 24 ]; then
      on "$day" python3 tools/headless.py "$built/attunectl" "$folder/$number-$families" >"$folder/said" 2>&1 || return 1
    fi
    rm -rf "${vault%/vault}"
  done
}

window() {
  ATTUNE_DAY="$1" RUST_BACKTRACE=0 cargo --locked test --quiet -p attune >"$folder/said" 2>&1
}

for day in "${days[@]}"; do
  export TZ="${zones[number % ${#zones[@]}]}"
  for what in $do; do
    begun=$(date +%s)
    if "$what" "$day"; then
      echo "$day, in $TZ: $what right ($(($(date +%s) - begun)) s)"
    else
      echo "$day, in $TZ: $what WRONG"
      grep -A3 -E "panicked at|^error|Traceback" "$folder/said" || tail -20 "$folder/said"
      failed+=("$day $what")
    fi
  done
  number=$((number + 1))
done
[ ${#failed[@]} -eq 0 ] || { printf 'Failed: %s\n' "${failed[@]}" >&2; exit 1; }
