"""What the binary says and how it exits where something is wrong."""

import signal
import socket
import subprocess
from pathlib import Path

import psycopg
import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from endpoint import Reply
from expected_rows import RESPONSE

REGION = "us-east-1"
CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


@pytest.fixture
def collected(census, account):
    """The binary with a store that holds one API."""
    account.create_chat(REGION)
    census.collect_whole()
    return census


def test_unknown_column_is_named_with_a_caret_and_the_nearest_tag(collected):
    run = collected.run("query", f"SELECT regoin FROM {RESPONSE}")
    assert run.code == 1
    assert run.stdout == ""
    assert run.stderr.splitlines()[:3] == [
        'ERROR:  42703: column "regoin" does not exist',
        f"LINE 1: SELECT regoin FROM {RESPONSE}",
        "               ^",
    ]
    assert run.line("HINT").startswith('Perhaps the tag "region"')


def test_unknown_dataset_is_named_with_the_nearest_one(collected):
    run = collected.run("query", "SELECT * FROM aws.apigatewayv2_integrationrespons")
    assert (run.code, run.sqlstate) == (1, "42P01")
    assert '"aws.apigatewayv2_integrationrespons" does not exist' in run.message
    assert RESPONSE in run.line("HINT")


def test_syntax_error_has_its_position(collected):
    run = collected.run("query", "SELECT (1 + 2")
    assert (run.code, run.sqlstate) == (1, "42601")
    assert "LINE 1: SELECT (1 + 2" in run.stderr


def test_caret_stands_in_the_line_of_the_fault(collected):
    run = collected.run("query", f"SELECT _key,\n  nosuchcolumn\nFROM {RESPONSE}")
    lines = run.stderr.splitlines()
    position = lines.index("LINE 2:   nosuchcolumn")
    assert lines[position + 1].index("^") == lines[position].index("nosuchcolumn")


def test_unknown_function_is_42883(collected):
    run = collected.run("query", "SELECT nosuchfunction(1)")
    assert (run.code, run.sqlstate) == (1, "42883")


def test_division_by_zero_is_22012(collected):
    run = collected.run("query", "SELECT 1 / 0")
    assert (run.code, run.sqlstate) == (1, "22012")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE EXTERNAL TABLE t STORED AS CSV LOCATION '{file}'",
        "COPY (SELECT 1) TO '{file}'",
        f"COPY {RESPONSE} FROM '{{file}}'",
        f"INSERT INTO {RESPONSE} (_key) VALUES ('x')",
        f"UPDATE {RESPONSE} SET _key = 'x'",
        f"DELETE FROM {RESPONSE}",
        f"DROP TABLE {RESPONSE}",
        "CREATE TABLE t (a BIGINT)",
    ],
)
def test_statement_that_would_write_is_refused(collected, tmp_path, statement):
    file = tmp_path / "file.csv"
    file.write_text("secret\n")
    before = collected.rows(RESPONSE)
    run = collected.run("query", statement.format(file=file))
    assert run.code == 1
    assert run.sqlstate in ("25006", "0A000"), run.stderr
    assert file.read_text() == "secret\n"
    assert collected.rows(RESPONSE) == before


@pytest.mark.parametrize("relation", ["'{file}'", '"{file}"', "read_csv('{file}')"])
def test_file_cannot_be_read_from_sql(collected, tmp_path, relation):
    file = tmp_path / "file.csv"
    file.write_text("column\nsecret\n")
    run = collected.run("query", f"SELECT * FROM {relation.format(file=file)}")
    assert run.code == 1
    assert run.sqlstate in ("25006", "0A000", "42601", "42P01", "42883"), run.stderr
    assert "secret" not in run.stdout + run.stderr


def test_wrong_usage_is_the_users_to_fix(census):
    assert census.run("colect").code == 1
    assert census.run("query", "--format", "xml", "SELECT 1").code == 1


def test_help_and_version_succeed(census):
    assert census.run("--help").code == 0
    version = census.run("--version")
    assert (version.code, version.stdout.split()[0]) == (0, "census")


def test_unknown_dataset_to_collect_is_refused_before_any_call(census, account):
    run = census.run("collect", "--datasets", "aws.apigatewayv2_apo")
    assert (run.code, run.sqlstate) == (1, "42P01")
    assert "aws.apigatewayv2_api" in run.line("HINT")


def test_missing_credentials_are_the_users_to_fix(census):
    run = census.collect(**dict.fromkeys(CREDENTIALS))
    assert (run.code, run.sqlstate) == (1, "28000"), run.stderr
    assert "credentials" in run.message
    assert run.line("HINT")


def test_unknown_profile_is_named(census):
    run = census.run(*census.collect_arguments(), "--profile", "nosuchprofile")
    assert run.code == 1, run.stderr
    assert '"nosuchprofile"' in run.stderr


def test_expired_credentials_are_the_users_to_fix(census, account, endpoint):
    message = "The security token included in the request is expired"
    answer = (
        "<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code>"
        f"<Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>"
    )
    endpoint.answer(lambda path: path == "/", Reply(403, answer, "text/xml"))
    endpoint.answer(
        lambda _: True,
        Reply(403, f'{{"message": "{message}"}}', error_type="ExpiredTokenException"),
    )
    run = census.collect(AWS_ENDPOINT_URL=endpoint.url)
    assert run.code == 1, run.stderr
    assert "expired" in run.stderr
    assert run.sqlstate == "28000"


def test_unreachable_endpoint_is_named(census, closed_port_url):
    run = census.collect(AWS_ENDPOINT_URL=closed_port_url)
    assert run.code in (1, 3), run.stderr
    assert run.sqlstate is not None and not run.sqlstate.startswith("XX"), run.stderr
    assert closed_port_url in run.stderr


def test_secret_is_printed_nowhere(census, closed_port_url):
    secret = "wJalrXUtnFEMI-K7MDENG-bPxRfiCY"
    run = census.collect(
        AWS_ENDPOINT_URL=closed_port_url, AWS_SECRET_ACCESS_KEY=secret, CENSUS_LOG="trace"
    )
    assert secret not in run.stdout + run.stderr


def test_store_below_a_file_cannot_be_written(census, account, tmp_path):
    file = tmp_path / "file"
    file.write_text("kept")
    census.store = file / "store"
    run = census.collect()
    assert run.code == 1, run.stderr
    assert str(file) in run.stderr
    assert file.read_text() == "kept"


def test_folder_with_other_content_is_no_store(census, account):
    census.store.mkdir()
    (census.store / "notes.txt").write_text("kept")
    run = census.collect()
    assert run.code == 1, run.stderr
    assert str(census.store) in run.stderr
    assert [path.name for path in census.store.iterdir()] == ["notes.txt"]


def test_delta_table_of_somebody_else_is_left_alone(census, account):
    account.create_chat(REGION)
    foreign = census.store / "aws" / "apigatewayv2_integrationresponse"
    write_deltalake(str(foreign), pa.table({"_key": ["theirs"], "amount": [1]}))
    run = census.collect()
    assert run.code == 1, run.stderr
    assert census.run("query", f"SELECT * FROM {RESPONSE}").code == 1
    table = DeltaTable(str(foreign))
    assert table.version() == 0
    assert table.to_pyarrow_table().to_pylist() == [{"_key": "theirs", "amount": 1}]


def test_killed_collection_leaves_the_old_state_and_the_next_one_completes(
    collected, account, endpoint
):
    before = collected.rows(RESPONSE)
    account.create_chat(REGION)
    endpoint.hold(lambda path: path.endswith("/integrationresponses"))
    process = collected.start(*collected.collect_arguments(), AWS_ENDPOINT_URL=endpoint.url)
    try:
        assert endpoint.held.wait(60), "the collection never asked for integration responses"
    finally:
        process.kill()
        process.wait()
    assert collected.rows(RESPONSE) == before
    collected.collect_whole()
    assert len(collected.rows(RESPONSE)) == 2 * len(before)


def test_two_collections_at_once_do_not_damage_the_store(collected, account):
    account.create_chat("eu-west-1")
    both = [collected.start(*collected.collect_arguments()) for _ in range(2)]
    codes = [process.wait() for process in both]
    assert 0 in codes, codes
    assert set(codes) <= {0, 1, 3}, codes
    keys = [row["_key"] for row in collected.rows(RESPONSE)]
    assert len(keys) == len(set(keys)) == 14


def test_reader_that_has_enough_is_no_failure(collected):
    process = subprocess.Popen(
        collected.command("query", "--format", "ndjson", "SELECT generate_series(1, 500000) AS n"),
        env=collected.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    assert process.wait() == 0, said


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "parquet"])
def test_reader_that_has_enough_is_no_failure_in_any_format(collected, form):
    statement = "SELECT repeat('x', 100000) AS x FROM (VALUES " + ", ".join(["(1)"] * 200) + ") AS v"
    process = subprocess.Popen(
        collected.command("query", "--format", form, statement),
        env=collected.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read()
    assert (process.wait(), said) == (0, b"")


def test_closed_standard_error_is_no_panic(collected):
    process = subprocess.Popen(
        collected.command("query", "SELEC"),
        env=collected.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    process.stderr.close()
    assert process.wait() == 1


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM])
def test_statement_that_streams_ends_when_asked_to(collected, request_to_stop):
    source = " CROSS JOIN ".join(f"{RESPONSE} AS t{n}" for n in range(12))
    process = subprocess.Popen(
        collected.command("query", "--format", "csv", f"SELECT t0.* FROM {source}"),
        env=collected.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.read(1)
    process.send_signal(request_to_stop)
    # The pipe is full and nobody reads it.
    assert process.wait(60) == 1


def test_collection_that_is_interrupted_keeps_whole_scopes_and_says_so(census, account, endpoint):
    account.create_chat(REGION)
    endpoint.hold(lambda path: path.endswith("/integrationresponses"))
    process = subprocess.Popen(
        census.command(*census.collect_arguments(REGION)),
        env=census.environment | {"AWS_ENDPOINT_URL": endpoint.url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        assert endpoint.held.wait(60), "the collection never asked for integration responses"
        process.send_signal(signal.SIGTERM)
        said = process.stderr.read().decode()
        assert process.wait() == 1
    finally:
        process.kill()
    assert said.startswith("ERROR:  57014: the census was interrupted\n")
    assert census.coverage().get((REGION, RESPONSE), {"outcome": "never"})["outcome"] != "complete"


def test_demo_leaves_no_store_where_its_port_is_taken(census):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = census.run("demo", "--once", "--port", str(taken.getsockname()[1]))
    assert (run.code, run.sqlstate) == (1, "58030")
    assert run.stderr.count("could not bind") == 1
    assert not census.store.exists()


def test_demo_runs_again_in_its_own_store_and_not_in_a_real_one(census, account):
    first, second = census.run("demo", "--once"), census.run("demo", "--once")
    assert (first.code, second.code) == (0, 0)
    assert "0 created, 0 updated, 0 deleted" in second.stderr
    assert first.stdout == second.stdout
    census.store = census.store.with_name("real")
    account.create_chat(REGION)
    census.collect_whole(REGION)
    before = census.rows(RESPONSE)
    run = census.run("demo", "--once")
    assert (run.code, run.sqlstate) == (1, "55000"), run.stderr
    assert census.rows(RESPONSE) == before


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM])
def test_demo_serves_its_accounts_until_it_is_asked_to_stop(census, request_to_stop):
    process = subprocess.Popen(
        census.command("demo"),
        env=census.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        ready = next(line for line in process.stderr if line.startswith("census ready: postgres "))
        host, port = ready.split()[-1].rsplit(":", 1)
        with psycopg.connect(host=host, port=port, user="census", dbname="census") as connection:
            assert connection.execute(f"SELECT count(*) > 0 FROM {RESPONSE}").fetchone() == (True,)
        invitation = next(line for line in process.stderr if line.startswith("AWS_ENDPOINT_URL="))
        words = invitation.split()
        variables = dict(word.split("=", 1) for word in words if "=" in word)
        census.store = census.store.with_name("second")
        run = census.run(*words[words.index("collect"):], **variables)
        assert run.code == 0, run.stderr
        process.send_signal(request_to_stop)
        assert process.wait(60) == 0
    finally:
        process.kill()


@pytest.mark.parametrize(
    "text, message",
    [
        ("store = 3\n", "census.toml:1: invalid type: integer `3`, expected a string"),
        ("[collect]\nreserve = 95\n", "census.toml:2: reserve is 95, not in 0..=90"),
        ("[collect]\nregoins = []\n", "census.toml:2: unknown field `regoins`"),
        ("[collect\n", "census.toml:1: unclosed table"),
    ],
)
def test_fault_of_the_configuration_is_named_with_its_line(census, text, message):
    Path(census.environment["HOME"], "census.toml").write_text(text)
    run = census.run("collect")
    assert (run.code, run.sqlstate) == (1, "F0000")
    assert run.message.startswith(message)


@pytest.mark.parametrize("damage", [b"garbage", b'{"format": 99}', b""])
def test_store_that_is_damaged_or_newer_is_the_users_to_fix(collected, damage):
    (collected.store / "census.json").write_bytes(damage)
    for arguments in (["query", "SELECT 1"], collected.collect_arguments()):
        run = collected.run(*arguments)
        assert run.code == 1 and run.line("HINT"), run.stderr
        assert not run.sqlstate.startswith("XX000"), run.stderr


@pytest.mark.parametrize("pattern", ["_delta_log/*0.json", "**/*.parquet"])
def test_damaged_table_is_told_in_few_words(collected, pattern):
    for file in (collected.store / "aws" / "apigatewayv2_api").glob(pattern):
        file.write_bytes(file.read_bytes()[:100])
    run = collected.run("query", "SELECT * FROM aws.apigatewayv2_api", RUST_BACKTRACE="1")
    assert run.code == 1, run.stderr
    assert run.sqlstate in ("58030", "XX001")
    assert len(run.stderr.splitlines()) <= 3 and "_backtrace" not in run.stderr, run.stderr
