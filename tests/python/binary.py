"""Runs the `census` binary in a clean environment and reads what it prints."""

import json
import os
import re
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Far above what any call here takes; a hang fails instead of blocking the run.
DEADLINE_SECONDS = 180
REGIONS = "us-east-1,eu-west-1"
# moto lacks the lists of other datasets; these it has.
DATASETS = ",".join(
    f"aws.apigatewayv2_{name}"
    for name in (
        "api",
        "integration",
        "integrationresponse",
        "route",
        "stage",
        "domain_name",
        "api_mapping",
        "vpclink",
    )
)


@dataclass
class Run:
    """A finished run of the binary."""

    code: int
    stdout: str
    stderr: str

    @property
    def sqlstate(self) -> str | None:
        """The SQLSTATE of the first error on stderr."""
        found = re.search(r"^ERROR:  ([0-9A-Z]{5}): ", self.stderr, re.MULTILINE)
        return found and found.group(1)

    @property
    def message(self) -> str | None:
        """The message of the first error on stderr."""
        found = re.search(r"^ERROR:  (?:[0-9A-Z]{5}: )?(.*)$", self.stderr, re.MULTILINE)
        return found and found.group(1)

    def line(self, label: str) -> str | None:
        """The text of the first line `LABEL:  text` on stderr, for example of the hint."""
        found = re.search(rf"^{label}:  (.*)$", self.stderr, re.MULTILINE)
        return found and found.group(1)


def _hear_hangups():
    """What nohup keeps from this process is not kept from those that it starts."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Census:
    """The binary, with one store and one set of environment variables."""

    def __init__(self, binary: Path, store: Path, home: Path, endpoint_url: str):
        home.mkdir(exist_ok=True)
        self.binary = binary
        self.store = store
        self.environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(home),
            "NO_COLOR": "1",
            "AWS_ENDPOINT_URL": endpoint_url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def command(self, *arguments: str) -> list[str]:
        return [str(self.binary), "--store", str(self.store), *arguments]

    def run(self, *arguments: str, stdin: str = "", **variables: str | None) -> Run:
        """Runs the binary; a variable that is None is taken out of its environment."""
        finished = subprocess.run(
            self.command(*arguments),
            input=stdin.encode(),
            capture_output=True,
            env=self._environment(variables),
            cwd=self.environment["HOME"],
            timeout=DEADLINE_SECONDS,
        )
        return Run(finished.returncode, finished.stdout.decode(), finished.stderr.decode())

    def start(self, *arguments: str, **variables: str | None) -> subprocess.Popen:
        """Starts the binary without waiting for its end."""
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment(variables),
            cwd=self.environment["HOME"],
            preexec_fn=_hear_hangups,
        )

    @staticmethod
    def collect_arguments(regions: str = REGIONS) -> list[str]:
        return ["collect", "--regions", regions, "--datasets", DATASETS]

    def collect(self, regions: str = REGIONS, **variables: str | None) -> Run:
        return self.run(*self.collect_arguments(regions), **variables)

    def collect_whole(self, regions: str = REGIONS) -> None:
        """Collects and demands that every scope was read."""
        run = self.collect(regions)
        assert run.code == 0, run.stderr

    def query(self, sql: str) -> list[dict]:
        """The rows of a statement that must succeed."""
        run = self.run("query", "--format", "json", sql)
        assert run.code == 0, run.stderr
        return json.loads(run.stdout)

    def rows(self, dataset: str) -> list[dict]:
        return self.query(f"SELECT * FROM {dataset} ORDER BY _key")

    def coverage(self) -> dict[tuple[str, str], dict]:
        """The coverage by region and dataset."""
        rows = self.query("SELECT * FROM census.coverage")
        return {(row["region"], row["dataset"]): row for row in rows}

    def _environment(self, variables: dict[str, str | None]) -> dict[str, str]:
        merged = self.environment | variables
        return {name: value for name, value in merged.items() if value is not None}
