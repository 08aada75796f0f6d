"""The driver of Arrow Database Connectivity, which learns from the catalogs how the bytes of each type are read."""

import datetime

import pyarrow
import pytest
from adbc_driver_postgresql import dbapi


@pytest.fixture
def connection(served):
    with dbapi.connect(served.address, autocommit=True) as connection:
        yield connection


def table(connection, sql: str, parameters: tuple = ()) -> pyarrow.Table:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetch_arrow_table()


def test_columns_have_their_types_and_values(connection):
    answer = table(
        connection,
        "SELECT 9007199254740993 AS whole, 'ü' AS text, true AS flag, CAST(0.5 AS DOUBLE PRECISION) AS number,"
        " TIMESTAMP '2026-11-22 19:40:12.5' AS moment, ARRAY['a', NULL] AS texts, DATE '2026-11-22' AS day",
    )
    assert {column.name: str(column.type) for column in answer.schema} == {
        "whole": "int64",
        "text": "string",
        "flag": "bool",
        "number": "double",
        "moment": "timestamp[us]",
        "texts": "list<item: string>",
        "day": "date32[day]",
    }
    assert answer.to_pylist() == [
        {
            "whole": 9007199254740993,
            "text": "ü",
            "flag": True,
            "number": 0.5,
            "moment": datetime.datetime(2026, 11, 22, 19, 40, 12, 500_000),
            "texts": ["a", None],
            "day": datetime.date(2026, 11, 22),
        }
    ]


def test_parameters_are_bound(connection):
    answer = table(connection, "SELECT $1::bigint + 1 AS whole, $2 AS text", (41, "it's"))
    assert answer.to_pylist() == [{"whole": 42, "text": "it's"}]


def test_a_dataset_is_read_with_its_types(connection):
    answer = table(connection, "SELECT _key, account_id FROM aws.apigatewayv2_api ORDER BY 1 LIMIT 1")
    assert [str(column.type) for column in answer.schema] == ["string", "string"]
    assert answer.to_pylist()[0]["_key"].startswith("arn:aws:apigateway:")


def test_an_hstore_is_bytes_that_say_what_they_are(connection):
    answer = table(connection, "SELECT 'a=>1'::hstore AS tags")
    assert "hstore" in str(answer.schema.field("tags").type)
