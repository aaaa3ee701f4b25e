"""The main job without a window: headless.py ATTUNECTL FOLDER

On a practice vault in FOLDER: a key worker records and signs a home visit and
looks at the caseload, the data manager releases an anonymised summary, and the
whole record is verified. Every step runs the same commands as the window.
"""

import json
import os
import pathlib
import subprocess
import sys


# Lines of the caseload that are shown.
SHOWN = 8


def main() -> None:
    attunectl, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    vault, summaries = folder / "vault", folder / "summaries"
    summaries.mkdir(parents=True, exist_ok=True)
    team = Team(attunectl, vault)

    say("1. A practice vault: fictional families, one user per role")
    team.run("practice", str(vault), "--keep")
    state = team.call("vault_state")
    team.passphrase = state["practiceUsers"][0]["passphrase"]
    users = {user["roleWords"]: user["signIn"] for user in state["practiceUsers"]}
    worker, manager = users["Key worker"], users["Data manager"]

    say(f"2. {worker.capitalize()}, key worker, records a home visit and signs it: one more each time this runs")
    form = born(team, worker)
    entry, strip = home_visit(team, worker, form)
    team.call("save_draft", worker, episode=form["episode"], entry=entry)
    for line in (strip["whose"], *(f"{line['label']}: {line['text']}" for line in strip["lines"])):
        print(f"   {line[:110]}")
    print("   " + team.call("sign_contact", worker, episode=form["episode"], entry=entry)["words"])

    say("3. The caseload")
    caseload = families(team, worker)
    print(f"   {caseload['title']}, {caseload['count']}. {caseload['sorted']}")
    if (left := len(caseload["rows"]) - SHOWN) > 0:
        print(f"   The first {SHOWN}; {left} more are in the record.")
    for row in caseload["rows"][:SHOWN]:
        print(f"   {row['name'][:44]:44}  {row['age']:12}  {row['lastContact']:16}  {row['nextVisit']}")

    say(f"4. {manager.capitalize()}, data manager, exports the anonymised summary of the last quarter")
    release(team, manager, summaries)

    say("5. The whole record is verified")
    team.run("verify", str(vault), user=manager)

    say("Where to look")
    print(f"   the vault, encrypted      {vault.resolve()}")
    for file in sorted(summaries.iterdir()):
        print(f"   the summary               {file.resolve()}")
    print(f"   what somebody sees, JSON  {pathlib.Path(attunectl).resolve()} call {vault.resolve()} today --user {worker}")
    print(f"   the passphrase of each    {team.passphrase}")


class Team:
    """Runs attunectl on one vault and stops at the first refusal."""

    def __init__(self, attunectl: str, vault: pathlib.Path) -> None:
        self.attunectl, self.vault, self.passphrase = attunectl, vault, ""

    def call(self, command: str, user: str = "", **request: object) -> dict:
        done = self.start(["call", str(self.vault), command, json.dumps(request)], user, capture_output=True)
        if done.returncode != 0:
            sys.exit(f"{command}: {done.stderr.strip()}")
        return json.loads(done.stdout)["value"]

    def run(self, *words: str, user: str = "") -> None:
        if self.start(list(words), user).returncode != 0:
            sys.exit(1)

    def start(self, words: list, user: str, **more: object) -> subprocess.CompletedProcess:
        sys.stdout.flush()
        signed_in = ["--user", user] if user else []
        env = {**os.environ, "ATTUNE_PASSPHRASE": self.passphrase}
        return subprocess.run([self.attunectl, *words, *signed_in], env=env, stdin=subprocess.DEVNULL, text=True, encoding="utf-8", **more)


def families(team: Team, worker: str) -> dict:
    """The worker's open families, the next to visit first."""
    return team.call("caseload", worker, mine=True, filter="open", sort="next_visit")


def born(team: Team, worker: str) -> dict:
    """The note form of the first family whose infants have all been born."""
    for row in families(team, worker)["rows"]:
        form = team.call("open_note", worker, family=row["family"])
        if all(person["born"] for person in form["people"] if person["infant"]):
            return form
    sys.exit("No practice family has an infant who has been born.")


def home_visit(team: Team, worker: str, form: dict) -> tuple[dict, dict]:
    """A plain visit of this morning, or of yesterday while it is still early: the record says which has been."""
    for when in ("today 09:00-10:00", "yesterday 14:00-15:00"):
        entry = visit_of(form, when)
        strip = team.call("check_contact", worker, episode=form["episode"], entry=entry)
        if not strip["missing"]:
            return entry, strip
    sys.exit(f"The visit cannot be signed: {strip['missing']}")


def visit_of(form: dict, when: str) -> dict:
    people = form["people"]
    infants = [person for person in people if person["infant"]]
    return {
        **form["entry"],
        "kind": "home_visit",
        "outcome": "attended",
        "when": when,
        "place": "Home",
        "present": [person["id"] for person in people if person["born"]],
        "infants": [{"person": infant["id"], "state": "awake" if infant["born"] else "not_born"} for infant in infants],
        "did": ["play_observed"],
        "saw": "A practice note. Long looks between the two of them over the toy box; a turn each at cooing.",
        "told": "Nights are easier since the last visit.",
        "babyTold": "I look away when it is too much, and I come back.",
        "think": "They are finding a rhythm that both enjoy.",
        "safety": "no_new_concern",
        "plan": "Watch one minute of the film together",
        "nextVisit": "+7d 10:30",
    }


def release(team: Team, manager: str, summaries: pathlib.Path) -> None:
    """One release a quarter is sealed; after that the same files are written again."""
    summaries.mkdir(parents=True, exist_ok=True)
    team.call("set_export_folder", manager, folder=str(summaries.resolve()))
    summary = team.call("summary", manager, quarter="")
    for line in summary["checklist"]:
        print(f"   {line}")
    if summary["released"]:
        print("   The quarter was released before: the same files are written again.")
        sealed = team.call("write_release", manager, period=summary["period"])
    else:
        sealed = team.call("release_summary", manager, quarter=summary["period"], reason="Practice run without a window")
    print(f"   {sealed['words']}. {sealed['who']}. {len(sealed['sealed'])} files, each with its checksum in the register")
    proof = next(file for file in sealed["files"] if file.endswith(".proof.json"))
    csv = proof.replace(".proof.json", ".csv")
    second = pathlib.Path(__file__).parent.parent / "tests/attack/check_proof.py"
    for checker in ([team.attunectl, "check"], [sys.executable, second]):
        said = subprocess.run([*checker, proof, csv], check=True, stdout=subprocess.PIPE, text=True).stdout
        print(f"   {said.strip()}")


def say(heading: str) -> None:
    print(f"\n{heading}")


if __name__ == "__main__":
    main()
