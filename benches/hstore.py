"""Tags of 1,000,000 integration responses, asked of Census, DuckDB and PostgreSQL 15 with hstore on two cores.

Usage: hstore.py BINARY [ROWS [ROUNDS]]. BINARY is bench-hstore. Every engine answers every statement once a round,
one after the other, so that whatever else the machine does falls on all of them; medians are printed, wall time and,
where it can be told, processor time of all threads. Asserts that the answers are equal; asserts nothing on time.

- Census reads its own store, in process.
- DuckDB reads the same Parquet files (files), and a table of its own made from them (table).
- PostgreSQL has the rows in a table that COPY filled; one worker helps its backend.
"""

import json
import os
import pathlib
import re
import statistics
import sys
import tempfile
import time

import duckdb

from engines import TABLE, THREADS, Census, PostgreSQL

STATEMENTS = [
    f"SELECT count(*) FROM {TABLE} WHERE tags->'region' = 'us-east-1'",
    f"SELECT tags->'team', count(*) FROM {TABLE} GROUP BY tags->'team'",
    f"SELECT tags->'region', count(*) FROM {TABLE} GROUP BY tags->'region'",
    f"SELECT count(*) FROM {TABLE} WHERE tags->'team' = 'payments-core'",
    f"SELECT count(_key) FROM {TABLE} WHERE tags->'region' = 'us-east-1' AND tags->'team' = 'payments-core'",
    f"SELECT tags->'environment', count(DISTINCT tags->'team') FROM {TABLE} GROUP BY 1",
]


class DuckDB:
    """DuckDB in this process: hstore is a map there, and tags->'key' is tags['key']."""

    def __init__(self, folder: str, is_table: bool):
        files = active_files(pathlib.Path(folder) / TABLE.replace(".", "/"))
        self.connection = duckdb.connect()
        self.connection.execute(f"SET threads = {THREADS}")
        self.connection.execute("CREATE SCHEMA aws")
        kind = "TABLE" if is_table else "VIEW"
        self.connection.execute(f"CREATE {kind} {TABLE} AS SELECT * FROM read_parquet({files})")

    def run(self, statement: str) -> tuple[float, list]:
        statement = re.sub(r"tags->('[^']*')", r"tags[\1]", statement)
        started = time.perf_counter()
        rows = self.connection.execute(statement).fetchall()
        return (time.perf_counter() - started) * 1000, rows

    def processor(self) -> float:
        return time.process_time() * 1000


def active_files(table: pathlib.Path) -> list[str]:
    """Returns the files that the Delta log names; commits leave others behind until they are cleaned up."""
    active = set()
    for commit in sorted((table / "_delta_log").glob("*.json")):
        for action in map(json.loads, commit.read_text().splitlines()):
            if "add" in action:
                active.add(action["add"]["path"])
            if "remove" in action:
                active.discard(action["remove"]["path"])
    return [str(table / path) for path in sorted(active)]


def main() -> None:
    binary = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    # Whatever is started from here has two cores at most.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])
    with tempfile.TemporaryDirectory() as folder:
        store, csv = f"{folder}/store", f"{folder}/rows.csv"
        census = Census(binary, store, rows)
        copied = census.ask(rf"\copy {csv}")["rows"]
        if copied != rows:
            sys.exit(f"the store has {copied} rows and not {rows}")
        engines = {
            "census": census,
            "duckdb files": DuckDB(store, is_table=False),
            "duckdb table": DuckDB(store, is_table=True),
            "postgresql": PostgreSQL(csv),
        }
        os.remove(csv)
        taken = {(statement, name): [] for statement in STATEMENTS for name in engines}
        for number in range(rounds + 1):
            for statement in STATEMENTS:
                answers = {}
                for name, engine in engines.items():
                    before = engine.processor()
                    wall, answers[name] = engine.run(statement)
                    after = engine.processor()
                    # The first round warms the caches.
                    if number > 0:
                        used = after - before if before is not None else None
                        taken[statement, name].append((wall, used))
                compare(statement, answers)
        report(taken, list(engines), rows, rounds)


def compare(statement: str, answers: dict[str, list]) -> None:
    """Demands that all engines gave the same rows."""
    texts = {
        name: sorted([tuple("" if cell is None else f"={cell}" for cell in row) for row in rows])
        for name, rows in answers.items()
    }
    for name, rows in texts.items():
        if rows != texts["census"]:
            sys.exit(f"{statement}: census gives {texts['census'][:5]}, {name} {rows[:5]}")


def report(taken: dict, engines: list[str], rows: int, rounds: int) -> None:
    print(f"{rows} rows, {THREADS} threads, medians of {rounds} rounds in ms: wall (processor)")
    for statement in STATEMENTS:
        print(f"\n{statement.replace(TABLE, 'integrationresponse')}")
        ours = None
        for name in engines:
            wall = statistics.median(wall for wall, _ in taken[statement, name])
            used = [used for _, used in taken[statement, name] if used is not None]
            processor = f"({statistics.median(used):.0f})" if used else ""
            ours = ours or (wall, statistics.median(used))
            ratio = "" if name == "census" else f"census takes {ours[0] / wall:.2f} of it"
            if used and name != "census":
                ratio += f", {ours[1] / statistics.median(used):.2f} of its processor time"
            print(f"  {name:<13} {wall:>6.0f} {processor:<7} {ratio}".rstrip())


main()
