"""The harness: the protector behind a line protocol, one process for each of us."""

import json
import subprocess
import sys

from reading import read


class Harness:
    def __init__(self, program):
        self.program = program
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def ask(self, job):
        """The answer to a job."""
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the harness stopped: {self.process.wait()}")
        return json.loads(line)

    def publish(self, series, **options):
        """What became of each period: its answer, and its file; None for both if it was stopped."""
        published = []
        for period, answer in zip(series.periods, self.ask(series.job(**options))["published"]):
            if "stopped" in answer:
                print(f"stopped: {series.kind} {series.seed} {period.name}", file=sys.stderr)
                published.append((None, None))
                continue
            files = answer["files"]
            published.append((files, read(files["csv"], period.name, period.when, period.rule)))
        return published

    def check(self, proof, file):
        """Why the checker of the product refuses a proof; None if it accepts it."""
        answer = self.ask({"check": {"proof": proof, "release": file.name, "printed": file.printed()}})
        return None if answer == "accepted" else answer["refused"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
