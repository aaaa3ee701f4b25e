"""Fails if a package of the pages carries a licence that is not on the list."""

import json
import sys

ALLOWED = {
    "MIT", "MIT-0", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "BlueOak-1.0.0",
    "CC0-1.0", "MPL-2.0", "OFL-1.1", "Python-2.0", "Apache-2.0 OR MIT", "MIT OR Apache-2.0",
}

packages = json.load(open(sys.argv[1], encoding="utf-8"))["packages"]
others = [
    f"{path.removeprefix('node_modules/')}: {entry.get('license', 'none stated')}"
    for path, entry in packages.items()
    if path and entry.get("license", "").strip("()") not in ALLOWED
]
if others:
    sys.exit("Licences that nobody has agreed to:\n  " + "\n  ".join(others))
print(f"licences of the pages ok ({len(packages) - 1} packages)")
