"""What PostgreSQL's protocol costs: rows a second, point queries, many connections, and memory, on two cores.

Usage: wire.py FOLDER [ROWS [STREAMED]]. FOLDER is where cargo puts census, bench-hstore and bench-wire. ROWS is how
many integration responses are kept (300,000), STREAMED how many rows are sent for the sake of memory (10,000,000).
The same client asks both servers, PostgreSQL through a socket of the system and Census through loopback. Prints
medians; asserts that nothing fails and nothing on time.
"""

import json
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

from engines import TABLE, THREADS, Census, PostgreSQL

NARROW = f"SELECT account_id, integration_response_id, content_handling_strategy FROM {TABLE}"
ROUNDS = 5
QUERIES = 100
IDLE, BUSY = 200, 50
READY = re.compile(r"^census ready: postgres 127\.0\.0\.1:(\d+)$")


class Served:
    """`census serve` as a child."""

    def __init__(self, binary: str, store: str):
        command = [binary, "--store", store, "serve", "--pg", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        ready = READY.match(line)
        if not ready:
            sys.exit(line + self.process.stderr.read())
        self.address = f"host=127.0.0.1 port={ready.group(1)} user=anna dbname=census"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def most_memory(self) -> float:
        """Returns the most that it ever had in memory, in MB (Linux)."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024


def main() -> None:
    folder = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 300_000
    streamed = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000_000
    # Servers and client share two cores.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])

    def ask(address: str, *arguments: object) -> dict:
        command = [f"{folder}/bench-wire", address, *map(str, arguments)]
        asked = subprocess.run(command, capture_output=True, text=True)
        if asked.returncode != 0:
            sys.exit(f"{' '.join(command)}: {asked.stderr}")
        return json.loads(asked.stdout)

    with tempfile.TemporaryDirectory() as temporary:
        store, csv = f"{temporary}/store", f"{temporary}/rows.csv"
        engine = Census(f"{folder}/bench-hstore", store, rows)
        engine.ask(rf"\copy {csv}")
        postgresql = PostgreSQL(csv)
        os.remove(csv)
        addresses = {"postgresql": f"host={postgresql.socket} user=census dbname=postgres"}
        (key,) = engine.run(f"SELECT min(_key) FROM {TABLE}")[1][0]
        point = f"SELECT integration_response_id FROM {TABLE} WHERE _key = '{key}'"
        served = Served(f"{folder}/census", store)
        addresses["census"] = served.address
        throughput(ask, addresses, rows)
        latency(ask, engine, addresses, point)
        connections(ask, addresses["census"])
        served.stop()
        for way in ("copy", "portal"):
            memory(ask, folder, store, way, streamed)


def throughput(ask, addresses: dict[str, str], rows: int) -> None:
    """Sends the same narrow rows from both."""
    taken = {name: [] for name in addresses}
    for number in range(ROUNDS + 1):
        for name, address in addresses.items():
            answer = ask(address, "rows", NARROW)
            if answer["rows"] != rows:
                sys.exit(f"{name} sent {answer['rows']} rows and not {rows}")
            # The first round warms the caches.
            if number > 0:
                taken[name].append(answer["seconds"])
    rates = {name: rows / statistics.median(seconds) for name, seconds in taken.items()}
    for name, rate in rates.items():
        print(f"{rows} narrow rows, {name}: {rate:,.0f} rows/s")
    print(f"census sends {rates['census'] / rates['postgresql']:.2f} of what postgresql does")


def latency(ask, engine: Census, addresses: dict[str, str], point: str) -> None:
    """Asks for one row, over a connection that is kept, and of the engine itself."""
    taken = {name: [] for name in ["engine", *addresses]}
    worst = dict.fromkeys(addresses, 0.0)
    for _ in range(ROUNDS):
        taken["engine"].append(statistics.median(engine.run(point)[0] for _ in range(QUERIES)))
        for name, address in addresses.items():
            answer = ask(address, "latency", point, QUERIES)
            taken[name].append(answer["median"])
            worst[name] = max(worst[name], answer["worst"])
    for name in addresses:
        print(f"one row, {name}: median {statistics.median(taken[name]):.2f} ms, 99 of 100 within {worst[name]:.2f} ms")
    # Whatever else the machine does falls on both of a round.
    added = [wire - inside for wire, inside in zip(taken["census"], taken["engine"])]
    inside = statistics.median(taken["engine"])
    print(f"the engine alone: {inside:.2f} ms; the wire adds {statistics.median(added):.2f} ms")


def connections(ask, address: str) -> None:
    """Keeps connections idle, and others busy."""
    answer = ask(address, "connections", "SELECT 1", IDLE, BUSY, 20)
    if answer["failures"]:
        sys.exit(f"{len(answer['failures'])} connections failed: {answer['failures'][0]}")
    print(
        f"{IDLE} idle and {BUSY} busy connections: {answer['rounds']} statements in {answer['seconds']:.1f} s,"
        f" median {answer['median']:.1f} ms, 99 of 100 within {answer['worst']:.1f} ms, no failure"
    )


def memory(ask, folder: str, store: str, way: str, rows: int) -> None:
    """Sends many rows from a server of its own, and looks at what it had in memory at most."""
    served = Served(f"{folder}/census", store)
    ask(served.address, "rows", "SELECT 1")
    before = served.most_memory()
    # Rows that neither a table nor a list holds: all pairs of two short series.
    side = math.isqrt(rows)
    query = f"SELECT a * {side} + b AS n FROM generate_series(1, {side}) AS s(a), generate_series(1, {side}) AS t(b)"
    rows = side * side
    arguments = ("copy", f"COPY ({query}) TO STDOUT") if way == "copy" else ("portal", query, 1000)
    answer = ask(served.address, *arguments)
    if answer["rows"] != rows:
        sys.exit(f"{way} gave {answer['rows']} rows and not {rows}")
    print(
        f"{rows} rows by {way}: {rows / answer['seconds']:,.0f} rows/s,"
        f" at most {served.most_memory():.0f} MB in memory ({before:.0f} MB before)"
    )
    served.stop()


main()
