"""Wall time from process start and peak memory of `census query`, over a store that `census demo --once` made.

Usage: query.py BINARY [RUNS]. Prints a line a statement; asserts nothing, since a machine may be slow.
"""

import os
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
    milliseconds, kilobytes = [], 0
    for _ in range(runs):
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        milliseconds.append((time.perf_counter() - started) * 1000)
        if status != 0:
            sys.exit(f"{statement}: failed")
        kilobytes = max(kilobytes, used.ru_maxrss)
    median, worst = statistics.median(milliseconds), max(milliseconds)
    print(f"{statement}: median {median:.0f} ms, worst {worst:.0f} ms; peak memory {kilobytes // 1024} MB")


main()
