"""What a run found, in words and as one JSON object."""

import collections
import json


def told(results):
    """The words, the summary, and whether all is as it must be."""
    lines, summary, good = [], {}, True
    for stage, found in results.items():
        failed = [one for one in found if "failed" in one]
        whole = [one for one in found if "failed" not in one]
        words, numbers, right = globals()[f"of_{stage}"](whole)
        numbers["failed"] = len(failed)
        lines += [f"{stage}: {len(found)} seeds", *(f"  {line}" for line in words)]
        lines += [f"  FAILED seed {one['seed']}: {one['failed']}" for one in failed[:10]]
        good = good and right and not failed
        summary[stage] = {"seeds": len(found), **numbers, "good": right and not failed}
    summary["good"] = good
    lines.append("Nothing was found that must not be." if good else "SOMETHING WAS FOUND THAT MUST NOT BE.")
    return "\n".join(lines), summary, good


# What docs/disclosure.md says is not protected: it is counted and printed, and must never be exact.
NOT_PROMISED = ("A5 of sums",)


def by_attacker(found):
    hits = collections.defaultdict(lambda: {"exact": 0, "narrowed": 0, "seeds": []})
    for one in found:
        for hit in one["hits"]:
            mine = hits[hit["attacker"]]
            mine["exact" if hit["exact"] else "narrowed"] += 1
            if one["seed"] not in mine["seeds"]:
                mine["seeds"].append(one["seed"])
    return dict(hits)


def told_hits(found, most=5):
    hits = by_attacker(found)
    lines = [f"{name}: {one['exact']} exact, {one['narrowed']} narrowed, seeds {one['seeds'][:12]}" for name, one in sorted(hits.items())]
    words = [f"seed {one['seed']}: {hit['words']}" for one in found for hit in one["hits"]]
    return lines + words[:most], hits


def spread(seconds):
    ordered = sorted(seconds) or [0]
    return {"p50": round(ordered[len(ordered) // 2], 3), "p95": round(ordered[int(len(ordered) * 0.95)], 3), "max": round(ordered[-1], 3)}


def of_releases(found):
    stood = [one for one in found if not one.get("stopped")]
    lines, hits = told_hits(stood)
    complaints = [f"seed {one['seed']}: {words}" for one in stood for words in one["complaints"]]
    refused = [f"seed {one['seed']}: {words}" for one in stood for words in one["refused"]]
    seconds = spread([one["seconds"] for one in stood])
    numbers = {
        "hidden": sum(one["hidden"] for one in stood), "questions": sum(one["questions"] for one in stood),
        "tables": sum(one["tables"] for one in stood), "withheld": sum(one["withheld"] for one in stood), "stopped": len(found) - len(stood),
        "hits": hits, "complaints": len(complaints), "proofs_refused": len(refused), "protector_seconds": seconds,
    }
    words = [f"{numbers['tables']} tables ({numbers['withheld']} withheld), {numbers['hidden']} hidden numbers, {numbers['questions']} questions",
             f"protected in {seconds['p50']} s (half), {seconds['p95']} s (95 of 100), {seconds['max']} s (longest)",
             f"{numbers['stopped']} stopped, {len(complaints)} complaints of files, {len(refused)} proofs refused",
             *lines, *complaints[:5], *refused[:5]]
    broken = [name for name, one in hits.items() if name not in NOT_PROMISED or one["exact"]]
    if not broken:
        words.append("A0, A1, A5, A6, A8: nothing exact, nothing narrowed, but for what is not promised")
    return words, numbers, not (broken or complaints or refused or numbers["stopped"])


def of_sequences(found):
    lines, hits = told_hits(found)
    numbers = {
        "publications": sum(one["publications"] for one in found), "tables": sum(one["tables"] for one in found),
        "withheld": sum(one["withheld"] for one in found), "stopped": sum(one["stopped"] for one in found), "hits": hits,
        "protector_seconds": spread([second for one in found for second in one["seconds"]]),
        "turnover": dict(collections.Counter(f"0-{one['turnover']}" for one in found)),
    }
    words = [f"{numbers['publications']} publications, {numbers['tables']} tables, {numbers['withheld']} withheld, {numbers['stopped']} stopped",
             *lines]
    if not hits:
        words.append("A3 outsider and insider, A7: nothing exact, nothing narrowed")
    return words, numbers, not hits and not numbers["stopped"]


def of_unregistered(found):
    leaks = collections.Counter()
    for one in found:
        for leak in one["leaks"]:
            leaks[leak["attacker"], "exact" if leak["exact"] else "narrowed"] += 1
    leaking = sum(bool(one["leaks"]) for one in found)
    numbers = {"leaking": leaking, "leaks": {f"{name} {kind}": number for (name, kind), number in leaks.items()}}
    return [f"with the register check off {leaking} of {len(found)} sequences leak, as they must: {json.dumps(numbers['leaks'])}"], numbers, \
        leaking * 2 >= len(found)


def of_matching(found):
    numbers = {name: sum(one[name] for one in found) for name in ("tables", "questions", "exact", "narrowed", "known_exact", "known_narrowed")}
    words = [f"{numbers['tables']} tables, {numbers['questions']} hidden numbers",
             f"key unknown: {numbers['exact']} exact, {numbers['narrowed']} narrowed",
             f"key known: {numbers['known_exact']} exact, {numbers['known_narrowed']} narrowed",
             *[hit["words"] for one in found for hit in one["hits"]][:5]]
    return words, numbers, not numbers["exact"] and (numbers["known_exact"] + numbers["known_narrowed"] > 0)


def of_exhaustive(found):
    numbers = {name: sum(one[name] for one in found) for name in ("tables", "questions", "withheld")}
    different = [words for one in found for words in one["different"]]
    lines, hits = told_hits(found)
    numbers |= {"different": len(different), "hits": hits}
    words = [f"{numbers['tables']} tables, {numbers['questions']} hidden numbers, {numbers['withheld']} withheld",
             f"enumeration and attack differ in {len(different)}", *different[:5], *lines]
    return words, numbers, not different and not hits


def of_altered(found):
    made = [one for one in found if not one.get("none")]
    numbers = {
        "alterations": len(made), "kinds": len({one["alteration"] for one in made}), "false": sum(one["false"] for one in made),
        "refused_by_both": sum(one["refused"] for one in made), "checkers_differ": sum(not one["alike"] for one in made),
        "honest_accepted": sum(one["honest"] for one in made), "less_is_said": sum(one["less_accepted"] for one in made),
    }
    words = [f"{numbers['alterations']} altered proofs of {numbers['kinds']} kinds, {numbers['refused_by_both']} refused by both checkers",
             f"{numbers['false']} of them with a new digest too; {numbers['less_is_said']} say less and are told by the digest alone",
             f"unaltered: {numbers['honest_accepted']} accepted by both; the checkers differ in {numbers['checkers_differ']}"]
    return words, numbers, len(made) == numbers["refused_by_both"] == numbers["honest_accepted"] and not numbers["checkers_differ"]


def of_plants(found):
    caught = [one for one in found if one["caught"] and one["clean"]]
    words = [f"{len(caught)} of {len(found)} planted leaks are caught"]
    for one in sorted(found, key=lambda one: one["seed"]):
        if one["caught"] and one["clean"]:
            words.append(f"caught by {', '.join(one['by'])}: {one['plant']}")
        else:
            words.append(f"NOT CAUGHT: {one['plant']}: {one['before'] or one['by']}")
    return words, {"planted": len(found), "caught": len(caught)}, len(caught) == len(found)


def of_peers(found):
    from peers import has_r

    tools = collections.defaultdict(list)
    for one in found:
        for name, numbers in one["tools"].items():
            tools[name].append(numbers)
    words, summary = [f"{'':32} exact  narrowed     IL1  hidden  beside/small  withheld"], {}
    for name, each in tools.items():
        stood = [one for one in each if not one.get("withheld")]
        small = sum(one["small"] for one in stood)
        mean = {key: sum(one[key] for one in stood) / max(1, len(stood)) for key in ("il1", "hidden")}
        summary[name] = {
            "exact": sum(one["exact"] for one in stood), "narrowed": sum(one["narrowed"] for one in stood), "il1": round(mean["il1"], 3),
            "hidden": round(mean["hidden"], 3), "beside_per_small": round(sum(one["beside"] for one in stood) / max(1, small), 2),
            "withheld": len(each) - len(stood),
        }
        row = summary[name]
        words.append(f"{name:32} {row['exact']:5}  {row['narrowed']:8}  {row['il1']:6.3f}  {row['hidden']:6.3f}  {row['beside_per_small']:12.2f}  "
                     f"{row['withheld']:8}")
    summary["small numbers"] = sum(one["small"] for one in found)
    words.append(f"{summary['small numbers']} small numbers in {len(found)} tables of 150 families")
    if not has_r():
        words.append("R is not here: GaussSuppression and sdcTable were not run")
    ours = [row for name, row in summary.items() if name.startswith("Attune")]
    return words, summary, all(not row["exact"] and not row["narrowed"] for row in ours)
