"""Census and PostgreSQL 15 with the same rows of integration responses, each in a process of its own."""

import json
import pathlib
import subprocess
import sys
import time

import psycopg

TABLE = "aws.apigatewayv2_integrationresponse"
THREADS = 2
SERVER = pathlib.Path(__file__).parent.parent / "crates/engine/tests/postgres/server.sh"


class Census:
    """bench-hstore as a child."""

    def __init__(self, binary: str, folder: str, rows: int):
        command = [binary, "--threads", str(THREADS), folder, str(rows)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.reply()

    def reply(self) -> dict:
        line = self.process.stdout.readline()
        reply = json.loads(line) if line else {"error": "bench-hstore has ended"}
        if "error" in reply:
            sys.exit(f"census: {reply['error']}")
        return reply

    def ask(self, line: str) -> dict:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.reply()

    def run(self, statement: str) -> tuple[float, list]:
        reply = self.ask(statement)
        return reply["milliseconds"], reply["rows"]

    def processor(self) -> float:
        """Returns what all threads have run, in milliseconds (Linux)."""
        threads = pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e6


class PostgreSQL:
    """A server of its own, gone with this process."""

    def __init__(self, csv: str):
        self.server = subprocess.Popen(["sh", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.socket = self.server.stdout.readline().strip()
        if not self.socket:
            sys.exit("PostgreSQL 15 with hstore did not start")
        self.connection = psycopg.connect(host=self.socket, user="census", dbname="postgres", autocommit=True)
        self.connection.execute("SET statement_timeout = 0")
        self.connection.execute("CREATE EXTENSION hstore")
        self.connection.execute("CREATE SCHEMA aws")
        self.connection.execute(
            f"CREATE TABLE {TABLE} (_key text, account_id text, content_handling_strategy text,"
            " integration_response_id text, response_parameters hstore, response_templates hstore, tags hstore,"
            " template_selection_expression text)"
        )
        with open(csv, "rb") as file, self.connection.cursor().copy(f"COPY {TABLE} FROM STDIN (FORMAT csv)") as copy:
            while block := file.read(1 << 20):
                copy.write(block)
        self.connection.execute(f"VACUUM ANALYZE {TABLE}")
        self.connection.execute(f"SET max_parallel_workers_per_gather = {THREADS - 1}")

    def run(self, statement: str) -> tuple[float, list]:
        started = time.perf_counter()
        rows = self.connection.execute(statement).fetchall()
        return (time.perf_counter() - started) * 1000, rows

    def processor(self) -> float | None:
        return None
