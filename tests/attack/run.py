"""The attack suite: run.py PROGRAM FOLDER [--quick] [--only STAGE] [--seeds FIRST:LAST]

PROGRAM is the harness (src-tauri/disclosure/examples/sdc.rs). What each seed gave is kept in FOLDER, with
what program and suite it was, so that a run that was stopped goes on where it was. Prints a table
in words and, as its last line, the summary as JSON. Ends with 1 if anything was found that must not be.
"""

import argparse
import collections
import hashlib
import importlib
import json
import multiprocessing
import pathlib
import sys
import time

from summary import told

HERE = pathlib.Path(__file__).parent
_harness = None


def stages(options):
    """Each stage, and how many seeds it has; None if its module says which."""
    full = not options.quick
    return [
        ("releases", 10_000 if full else 40),
        ("sequences", 1_000 if full else 3),
        ("unregistered", 100 if full else 3),
        ("matching", None),
        ("exhaustive", None),
        ("altered", 1_300 if full else 190),
        ("plants", None),
        ("peers", 200 if full else 6),
    ]


def begin(program):
    global _harness
    from harness import Harness

    _harness = Harness(program)


def work(task):
    """What one seed of a stage gives."""
    stage, seed, of = task
    begun = time.time()
    try:
        found = module(stage).one(_harness, seed)
    except Exception as failed:  # noqa: BLE001: told with its seed, and the run goes on
        found = {"failed": f"{type(failed).__name__}: {failed}"}
        begin(_harness.program)
    return {"stage": stage, "seed": seed, "of": of, "took": round(time.time() - begun, 3), **found}


def module(stage):
    return importlib.import_module({"altered": "alterations"}.get(stage, stage))


SHARED = ("attackers", "caseload", "generate", "harness", "reading", "specs", "worlds")
USED = {
    "releases": ("releases", "pages", "proofs", "check_proof"), "sequences": ("sequences",), "unregistered": ("sequences", "unregistered"),
    "matching": ("matching",), "exhaustive": ("exhaustive", "matching"), "altered": ("alterations", "proofs", "check_proof", "sequences"),
    "plants": ("plants", "catcher", "pages", "naive", "proofs", "check_proof", "sequences"), "peers": ("peers",),
}


def fingerprint(program, stage):
    """Of the program and of what a stage is made of: what was found by others does not count."""
    told_of = hashlib.sha256(pathlib.Path(program).read_bytes())
    for name in sorted({*SHARED, *USED[stage]}):
        told_of.update((HERE / f"{name}.py").read_bytes())
    return told_of.hexdigest()[:12]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program")
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--only", action="append")
    arguments.add_argument("--seeds", help="of each stage only the seeds from FIRST up to LAST")
    arguments.add_argument("--workers", type=int, default=multiprocessing.cpu_count())
    options = arguments.parse_args()

    options.folder.mkdir(parents=True, exist_ok=True)
    kept = options.folder / "state.jsonl"
    done = {}
    for line in kept.read_text("utf-8").splitlines() if kept.exists() else ():
        found = json.loads(line)
        done[found["stage"], found["seed"], found["of"]] = found
    results, wanted = {}, []
    for stage, number in stages(options):
        if options.only and stage not in options.only:
            continue
        of, results[stage] = fingerprint(options.program, stage), []
        seeds = list(module(stage).seeds(options.quick) if number is None else range(number))
        first, last = map(int, options.seeds.split(":")) if options.seeds else (0, len(seeds))
        for seed in seeds[first:last]:
            if (stage, seed, of) in done:
                results[stage].append(done[stage, seed, of])
            else:
                wanted.append((stage, seed, of))
    context = multiprocessing.get_context("spawn")
    with kept.open("a", encoding="utf-8") as keep, context.Pool(options.workers, begin, (options.program,)) as pool:
        for number, found in enumerate(pool.imap_unordered(work, wanted)):
            keep.write(json.dumps(found) + "\n")
            keep.flush()
            results[found["stage"]].append(found)
            if number % 100 == 99:
                print(f"{number + 1} of {len(wanted)}", file=sys.stderr, flush=True)
    words, summary, good = told(results)
    print(words)
    print(json.dumps(summary))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
