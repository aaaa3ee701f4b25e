#!/usr/bin/env bash
# Draws every size of the icon from assets/icons/icon.svg. Only needed after
# the drawing changed; wants rsvg-convert and ImageMagick.
set -euo pipefail
cd "$(dirname "$0")/../assets/icons"

draw() { rsvg-convert -w "$1" -h "$1" icon.svg -o "$2"; }
draw 32 32x32.png
draw 128 128x128.png
draw 256 128x128@2x.png
draw 512 icon.png
convert icon.png -define icon:auto-resize=256,64,48,32,16 icon.ico

# An icns file is a list of PNGs, each with a four-letter size.
python3 - <<'PY'
import pathlib, struct
parts = [("ic07", "128x128.png"), ("ic08", "128x128@2x.png"), ("ic09", "icon.png")]
body = b""
for size, name in parts:
    png = pathlib.Path(name).read_bytes()
    body += size.encode() + struct.pack(">I", len(png) + 8) + png
pathlib.Path("icon.icns").write_bytes(b"icns" + struct.pack(">I", len(body) + 8) + body)
PY
