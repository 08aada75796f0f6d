"""What tools with a screen ask a server about itself, over the wire: the files under tests/introspection.

A file holds statements, each with what they must give: `--> a | b` a row among all rows in their order, `--~ a | b` a
row that must be among them, `--> none` that there is none. `--$ value` is the value of the next parameter, as text
without a type. NULL stands for itself, t and f for booleans.
"""

from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg import pq

FOLDER = Path(__file__).parent.parent / "introspection"
MARKS = {"--> ": "rows", "--~ ": "among", "--$ ": "parameters"}


@dataclass
class Question:
    """A statement of a tool with what it must give."""

    place: str
    lines: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    among: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)

    @property
    def sql(self) -> str:
        return "\n".join(self.lines).rstrip(";")


def questions() -> list[Question]:
    """Reads every file."""
    found = []
    for file in sorted(FOLDER.glob("*.sql")):
        question = None
        for number, line in enumerate(file.read_text().splitlines(), 1):
            mark = next((mark for mark in MARKS if line.startswith(mark)), None)
            if mark:
                getattr(question, MARKS[mark]).append(line.removeprefix(mark))
            elif line and not line.startswith("--"):
                if question is None or question.sql != "\n".join(question.lines):
                    question = Question(f"{file.stem}-{number}")
                    found.append(question)
                question.lines.append(line)
    return found


def answered(connection: psycopg.Connection, question: Question) -> list[str]:
    """Asks, and returns the rows as the files write them."""
    parameters = [value.encode() for value in question.parameters]
    if parameters:
        result = connection.pgconn.exec_params(question.sql.encode(), parameters)
    else:
        result = connection.pgconn.exec_(question.sql.encode())
    assert result.status == pq.ExecStatus.TUPLES_OK, result.error_message.decode()

    def cell(row: int, column: int) -> str:
        value = result.get_value(row, column)
        return "NULL" if value is None else value.decode()

    return [" | ".join(cell(row, column) for column in range(result.nfields)) for row in range(result.ntuples)]


@pytest.fixture(scope="module")
def connection(served):
    with psycopg.connect(served.address, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.place)
def test_tools_are_told_what_they_ask(connection, question):
    rows = answered(connection, question)
    if question.rows:
        assert rows == [row for row in question.rows if row != "none"]
    assert question.rows or question.among, "nothing is expected"
    for row in question.among:
        assert row in rows
