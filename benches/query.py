"""Wall time from process start and peak memory of `census query`, over a store that `census demo --once` made.

Usage: query.py BINARY [RUNS]. Prints a line a statement; asserts nothing, since a machine may be slow.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time

STATEMENTS = [
    "SELECT 1",
    "SELECT * FROM aws.apigatewayv2_integrationresponse",
    "SELECT tags->'region', count(*) FROM aws.apigatewayv2_integrationresponse GROUP BY 1",
]


def main() -> None:
    binary = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        store = ["--store", f"{folder}/store"]
        subprocess.run([binary, *store, "demo", "--once"], check=True, capture_output=True)
        for statement in STATEMENTS:
            measure([binary, *store, "query", "--format", "json", statement], statement, runs)


def measure(command: list[str], statement: str, runs: int) -> None:
    milliseconds = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        milliseconds.append((time.perf_counter() - started) * 1000)
    # Of all children so far: the demo's collection is among them, so this is an upper bound.
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    median, worst = statistics.median(milliseconds), max(milliseconds)
    print(f"{statement}: median {median:.0f} ms, worst {worst:.0f} ms; peak memory <= {megabytes} MB")


main()
