"""psycopg 3 against `census serve`: values of every type both ways, cursors, transactions, errors, cancelling."""

import datetime
import ipaddress
import threading
import uuid

import psycopg
import pytest
from psycopg.types import TypeInfo
from psycopg.types.hstore import register_hstore
from psycopg.types.json import Jsonb

INTEGRATIONS = "aws.apigatewayv2_integration"

# A statement that takes long enough to be cancelled, and no memory.
ENDLESS = "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b WHERE a % 7 = b % 11"


@pytest.fixture
def connection(served):
    with psycopg.connect(served.address, autocommit=True) as connection:
        yield connection


def test_hstore_is_a_dict_in_both_formats(connection):
    info = TypeInfo.fetch(connection, "hstore")
    assert (info.oid, info.array_oid) == (16384, 16385)
    register_hstore(info, connection)
    for binary in (False, True):
        cursor = connection.cursor(binary=binary)
        row = cursor.execute("SELECT 'a=>1, \"b c\"=>NULL, ü=>\"x\\\"y\"'::hstore").fetchone()
        assert row == ({"a": "1", "b c": None, "ü": 'x"y'},)
        row = cursor.execute("SELECT %s -> 'k', %s::hstore", [{"k": "v"}, {"x": None}]).fetchone()
        assert row == ("v", {"x": None})
        rows = cursor.execute(
            f"SELECT tags FROM {INTEGRATIONS} WHERE tags @> %s LIMIT 3", [{"region": "eu-west-1"}]
        ).fetchall()
        assert rows and all(tags["region"] == "eu-west-1" for (tags,) in rows)


@pytest.mark.parametrize("is_binary", [False, True])
def test_values_of_every_type_are_read(connection, is_binary):
    cursor = connection.cursor(binary=is_binary)
    row = cursor.execute(
        """SELECT true, 42, 1.5::float8, 'text ü', NULL, timestamp '2026-11-22 19:40:12.5',
                  date '2026-11-22', time '01:02:03', interval '2 days 03:00', inet '10.0.0.0/8',
                  json '{"a": [1]}', '\\xdead'::bytea, ARRAY[1, NULL, 3], ARRAY['a', 'b c'],
                  ARRAY[inet '::1'], 'NaN'::float8 = 'NaN'::float8"""
    ).fetchone()
    assert row == (
        True, 42, 1.5, "text ü", None, datetime.datetime(2026, 11, 22, 19, 40, 12, 500000),
        datetime.date(2026, 11, 22), datetime.time(1, 2, 3), datetime.timedelta(days=2, hours=3),
        ipaddress.ip_interface("10.0.0.0/8"), {"a": [1]}, b"\xde\xad", [1, None, 3], ["a", "b c"],
        [ipaddress.ip_address("::1")], True,
    )


@pytest.mark.parametrize("format", ["%s", "%b", "%t"])
def test_parameters_of_every_type_are_taken(connection, format):
    given = [
        True, 42, -7, 1.5, "it's ü", datetime.datetime(2026, 11, 22, 19, 40, 12, 500000),
        datetime.date(2026, 11, 22), datetime.timedelta(days=2, hours=3), b"\xde\xad", [1, None, 3],
        ["a,b", 'c"d'], ipaddress.ip_address("10.1.2.3"),
    ]
    # psycopg leaves the type of a list of texts open where it sends texts, as it does that of a text.
    places = ", ".join(f"{format}::text[]" if value == given[10] else format for value in given)
    row = connection.execute(f"SELECT {places}", given).fetchone()
    assert list(row) == given


@pytest.mark.parametrize("format", ["%s", "%b", "%t"])
def test_values_of_types_that_there_are_not_are_read(connection, format):
    key = uuid.UUID("01234567-89ab-cdef-0123-456789abcdef")
    zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    given = [
        Jsonb({"a": 1}), Jsonb({"a": 1}), key, [key], ipaddress.ip_network("10.0.0.0/8"),
        datetime.time(12, 34, 56, tzinfo=zone),
    ]
    row = connection.execute(
        f"SELECT {format}, {format} ->> 'a', {format}, '{key}' = ANY({format}), "
        f"inet '10.1.2.3' << {format}, {format}",
        given,
    ).fetchone()
    assert row == ({"a": 1}, "1", str(key), True, True, "12:34:56+05:30")


def test_parameters_take_the_type_of_their_surroundings(connection):
    region, count = connection.execute(
        f"SELECT tags->'region', count(*) FROM {INTEGRATIONS} WHERE tags->'region' = %s AND length(account_id) = %s "
        "GROUP BY 1 LIMIT %s",
        ["eu-west-1", 12, 1],
    ).fetchone()
    assert region == "eu-west-1" and count > 0
    rows = connection.execute("SELECT n FROM (VALUES (1), (2), (3)) AS t(n) WHERE n = ANY(%s) ORDER BY n", [[1, 3]])
    assert rows.fetchall() == [(1,), (3,)]


def test_prepared_statement_is_run_again(connection):
    for number in range(8):
        row = connection.execute("SELECT %s::bigint + 1", [number], prepare=True).fetchone()
        assert row == (number + 1,)
    connection.execute("DEALLOCATE ALL")


def test_server_side_cursor_gives_rows_in_pieces(served):
    with psycopg.connect(served.address) as connection:
        with connection.cursor("pieces") as cursor:
            cursor.itersize = 700
            cursor.execute("SELECT n FROM generate_series(1, %s) AS t(n)", [5000])
            assert [n for (n,) in cursor] == list(range(1, 5001))


def test_transaction_fails_with_its_statement(served):
    with psycopg.connect(served.address) as connection:
        with pytest.raises(psycopg.errors.DivisionByZero):
            connection.execute("SELECT 1 / 0")
        with pytest.raises(psycopg.errors.InFailedSqlTransaction):
            connection.execute("SELECT 1")
        connection.rollback()
        with connection.transaction():
            with pytest.raises(psycopg.errors.UndefinedTable), connection.transaction():
                connection.execute("SELECT * FROM nosuch")
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_error_has_sqlstate_position_and_hint(connection):
    with pytest.raises(psycopg.errors.UndefinedColumn) as raised:
        connection.execute("SELECT 'ü', nmae FROM aws.apigatewayv2_api")
    diagnostic = raised.value.diag
    assert diagnostic.message_primary == 'column "nmae" does not exist'
    assert diagnostic.statement_position == "13"
    assert "name" in diagnostic.message_hint


def test_writing_is_refused(connection):
    for statement in ("CREATE TABLE t (a int)", "DELETE FROM aws.apigatewayv2_api"):
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute(statement)


def test_completeness_is_told_once_a_query(served):
    notices = []
    with psycopg.connect(served.address, autocommit=True) as connection:
        connection.add_notice_handler(lambda notice: notices.append((notice.severity, notice.message_primary)))
        connection.execute("SELECT count(*) FROM aws.apigatewayv2_integrationresponse")
        connection.execute("SELECT 1")
        connection.execute("SELECT * FROM census.datasets")
    assert len(notices) == 1
    severity, message = notices[0]
    assert severity == ("NOTICE" if message.startswith("complete:") else "WARNING")
    assert "scopes" in message


def test_running_statement_is_cancelled(connection):
    timer = threading.Timer(0.5, connection.cancel)
    timer.start()
    with pytest.raises(psycopg.errors.QueryCanceled, match="user request"):
        connection.execute(ENDLESS)
    assert connection.execute("SELECT 1").fetchone() == (1,)


def test_statement_timeout_ends_a_statement(connection):
    connection.execute("SET statement_timeout = '200ms'")
    with pytest.raises(psycopg.errors.QueryCanceled, match="statement timeout"):
        connection.execute(ENDLESS)


def test_copy_gives_text_csv_and_binary(connection):
    query = "SELECT n, CASE WHEN n = 2 THEN NULL ELSE 'a,\t' || n END AS t FROM generate_series(1, 3) AS s(n)"

    def copied(options):
        with connection.cursor().copy(f"COPY ({query}) TO STDOUT {options}") as copy:
            return b"".join(bytes(data) for data in copy)

    assert copied("") == b"1\ta,\\t1\n2\t\\N\n3\ta,\\t3\n"
    assert copied("(FORMAT csv, HEADER)") == b'n,t\n1,"a,\t1"\n2,\n3,"a,\t3"\n'
    with connection.cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT binary)") as copy:
        copy.set_types(["int8", "text"])
        assert list(copy.rows()) == [(1, "a,\t1"), (2, None), (3, "a,\t3")]


def test_settings_are_told_and_set(connection):
    assert connection.info.parameter_status("server_version") == "15.0 (Census)"
    assert connection.info.parameter_status("TimeZone") == "UTC"
    connection.execute("SET application_name = 'report'")
    assert connection.info.parameter_status("application_name") == "report"
    assert connection.execute("SHOW application_name").fetchone() == ("report",)
    connection.execute("DISCARD ALL")
    assert connection.execute("SHOW application_name").fetchone() == ("",)


def test_statements_of_one_string_are_run_until_one_fails(connection):
    cursor = connection.cursor()
    cursor.execute("SELECT 1; SELECT 'two'")
    assert cursor.fetchall() == [(1,)]
    assert cursor.nextset() and cursor.fetchall() == [("two",)]
    with pytest.raises(psycopg.errors.UndefinedColumn) as raised:
        connection.execute("SELECT 1; SELECT nosuch")
    assert raised.value.diag.statement_position == "18"
