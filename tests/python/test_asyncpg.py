"""asyncpg against `census serve`: binary values both ways, its codec for hstore, cursors, a pool."""

import asyncio
import datetime
import io
import ipaddress

import asyncpg
import pytest


def run(served, work):
    """Runs work over one connection."""

    async def connected():
        connection = await asyncpg.connect(served.address)
        try:
            return await work(connection)
        finally:
            await connection.close()

    return asyncio.run(connected())


def test_values_of_every_type_are_read_in_binary(served):
    async def work(connection):
        return await connection.fetchrow(
            """SELECT true, 42, 1.5::float8, 'text ü', timestamp '2026-11-22 19:40:12.5', date '2026-11-22',
                      interval '2 days 03:00', inet '10.1.2.3', json '{"a": 1}', ARRAY['a', NULL, 'c'],
                      ARRAY[1, 2], '\\xdead'::bytea"""
        )

    assert tuple(run(served, work)) == (
        True, 42, 1.5, "text ü", datetime.datetime(2026, 11, 22, 19, 40, 12, 500000),
        datetime.date(2026, 11, 22), datetime.timedelta(days=2, hours=3),
        ipaddress.ip_address("10.1.2.3"), '{"a": 1}', ["a", None, "c"], [1, 2], b"\xde\xad",
    )


def test_parameters_have_the_types_that_are_told(served):
    async def work(connection):
        statement = await connection.prepare(
            "SELECT tags->'region' FROM aws.apigatewayv2_integration WHERE tags->'region' = $1 "
            "AND length(account_id) = $2 LIMIT $3"
        )
        types = [parameter.name for parameter in statement.get_parameters()]
        return types, await statement.fetch("eu-west-1", 12, 2)

    types, rows = run(served, work)
    assert types == ["text", "int8", "int8"]
    assert [tuple(row) for row in rows] == [("eu-west-1",)] * 2


def test_hstore_has_its_codec(served):
    async def work(connection):
        await connection.set_builtin_type_codec("hstore", codec_name="pg_contrib.hstore")
        given = {"a": "1", "b": None}
        rows = await connection.fetch("SELECT tags FROM aws.apigatewayv2_api WHERE tags ? 'region' LIMIT 2")
        return await connection.fetchval("SELECT $1::hstore", given), rows

    value, rows = run(served, work)
    assert value == {"a": "1", "b": None}
    assert all(isinstance(row["tags"], dict) and "region" in row["tags"] for row in rows)


def test_cursor_gives_rows_in_pieces(served):
    async def work(connection):
        async with connection.transaction():
            cursor = connection.cursor("SELECT n FROM generate_series(1, 1000) AS t(n)", prefetch=77)
            return [row["n"] async for row in cursor]

    assert run(served, work) == list(range(1, 1001))


def test_error_has_its_class(served):
    async def work(connection):
        with pytest.raises(asyncpg.UndefinedTableError):
            await connection.fetch("SELECT * FROM nosuch")
        return await connection.fetchval("SELECT 1")

    assert run(served, work) == 1


def test_connections_of_a_pool_are_reset(served):
    async def pooled():
        async with asyncpg.create_pool(served.address, min_size=1, max_size=1) as pool:
            async with pool.acquire() as connection:
                await connection.execute("SET application_name = 'left behind'")
            async with pool.acquire() as connection:
                return await connection.fetchval("SHOW application_name")

    assert asyncio.run(pooled()) == ""


@pytest.mark.parametrize(
    ("sql", "values", "expected"),
    [
        ("SELECT left('abcdef', $1)", [2], "ab"),
        ("SELECT lpad('7', $1, '0')", [3], "007"),
        ("SELECT split_part('a,b', ',', $1)", [2], "b"),
        ("SELECT make_date($1, $2, $3)", [2026, 11, 22], datetime.date(2026, 11, 22)),
        ("SELECT mod($1, 3)", [7], 1),
        ("SELECT (ARRAY['a', 'b'])[$1]", [2], "b"),
        ("SELECT count(*) FROM generate_series(1, $1)", [4], 4),
        ("SELECT lag(x, $1) OVER (ORDER BY x DESC) FROM (VALUES (1), (2)) t(x) ORDER BY x LIMIT 1", [1], 2),
        ("SELECT NOT $1", [False], True),
        ("SELECT CASE WHEN $1 THEN $2 ELSE 2 END", [True, 9], 9),
        ("SELECT coalesce($1, 2)", [None], 2),
        ("SELECT NULLIF($1, 1)", [5], 5),
        ("SELECT ARRAY[$1, 1]", [3], [3, 1]),
        ("SELECT abs($1)", [-1.5], 1.5),
        ("SELECT host($1)", [ipaddress.ip_address("10.1.2.3")], "10.1.2.3"),
        ("SELECT '10.0.0.0/8'::inet >>= $1", [ipaddress.ip_network("10.1.0.0/16")], True),
        ("SELECT 'a=>1'::hstore ?| $1", [["b", "a"]], True),
        ("SELECT timestamp '2026-11-22' + $1", [datetime.timedelta(days=1)], datetime.datetime(2026, 11, 23)),
        ("SELECT x, y FROM (VALUES (1, 2), (2, 1)) t(x, y) ORDER BY $1, y", ["1"], 2),
        ("SELECT count(*) FROM (VALUES (2), (1)) t(x) GROUP BY $1", ["1"], 2),
    ],
)
def test_values_have_the_types_that_places_decide(served, sql, values, expected):
    async def work(connection):
        return await connection.fetchval(sql, *values)

    assert run(served, work) == expected


def test_columns_of_parameters_are_named_as_without_them(served):
    async def work(connection):
        statement = await connection.prepare(
            "SELECT $1::timestamp, $2::int, $2::text, $3::date, $4::text[], ($5), $6::regclass"
        )
        row = await statement.fetchrow(
            datetime.datetime(2026, 11, 22), 7, datetime.date(2026, 11, 22), ["a"], "x", "pg_class"
        )
        return [attribute.name for attribute in statement.get_attributes()], list(row.keys())

    described, answered = run(served, work)
    assert described == answered == ["timestamp", "int4", "text", "date", "text", "?column?", "regclass"]


def test_a_query_is_copied_with_its_values(served):
    async def work(connection):
        out = io.BytesIO()
        await connection.copy_from_query("SELECT $1 || 'b', $2 + 1", "a", 1, output=out)
        return out.getvalue()

    assert run(served, work) == b"ab\t2\n"
