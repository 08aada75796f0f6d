"""Drivers of other languages against `census serve`, each a program under tests/clients that prints what it read."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CLIENTS = Path(__file__).parent.parent / "clients"
NODE_MODULES = Path(os.environ.get("CENSUS_NODE_MODULES", "/nonexistent"))
JDBC_JAR = Path("/usr/share/java/postgresql.jar")


def printed(command: list[str], folder: Path) -> list[str]:
    run = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=120)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_pgjdbc_reads_values_and_metadata(served):
    if not shutil.which("java") or not JDBC_JAR.exists():
        pytest.skip("pgJDBC is missing: install default-jdk-headless and libpostgresql-jdbc-java")
    address = f"jdbc:postgresql://127.0.0.1:{served.port}/census"
    lines = printed(["java", "-cp", str(JDBC_JAR), "Jdbc.java", address], CLIENTS)
    assert lines == [
        "first {a=1} hstore",
        "hstore {k=v, n=null}",
        "bigint 42",
        "text it's ü",
        "timestamp 2026-11-22 19:40:12.5",
        "array [a, null]",
        "error 42703",
        "sum 500500",
        "product PostgreSQL 15.0 (Census)",
        "schemas [aws, census, information_schema, pg_catalog, public]",
        "tables true",
        "column hstore true",
        "references false",
        "keys 1account_id 2_key",
        "akeys _text hstore",
        "indexes 1account_idA 2_keyA",
        "identifiers _key account_id",
        "keywords true",
        "function akeys",
        "types true",
    ]


def test_node_postgres_reads_values(served):
    if not shutil.which("node") or not (NODE_MODULES / "node_modules/pg").exists():
        pytest.skip("node-postgres is missing: run scripts/clients.sh FOLDER and set CENSUS_NODE_MODULES to the folder")
    lines = printed(["node", "node.mjs", served.address], CLIENTS)
    assert lines == [
        '{"hstore":"v","bigint":"42","text":"it\'s ü","boolean":true,"array":["a",null],"json":{"a":[1]}}',
        '[{"region":"eu-west-1"}] 1',
        "1",
        "2",
        "3",
        '42703 13 column "nope" does not exist',
    ]
