//! The types of parameters that nobody gives: the engine tells those that PostgreSQL infers.

use crate::connection::Connection;
use crate::server::Server;
use crate::support;

/// Statements whose parameters have the same types on both, as far as DDSQL has these types.
const SAME: &[&str] = &[
    // Functions, by the forms that they have.
    "SELECT left('abc', $1)",
    "SELECT right($1, $2)",
    "SELECT repeat('abc', $1)",
    "SELECT lpad('abc', $1, 'x')",
    "SELECT split_part('a,b', ',', $1)",
    "SELECT split_part($1, $2, $3)",
    "SELECT chr($1)",
    "SELECT substr('abc', $1, $2)",
    "SELECT overlay('abc' placing 'x' from $1)",
    "SELECT make_date($1, $2, $3)",
    "SELECT make_interval(days => $1)",
    "SELECT mod($1, 3)",
    "SELECT mod(7, $1)",
    "SELECT abs($1)",
    "SELECT round($1)",
    "SELECT round(1.25, $1)",
    "SELECT power($1, 2)",
    "SELECT sqrt($1)",
    "SELECT to_timestamp($1)",
    "SELECT host($1)",
    "SELECT set_masklen('10.0.0.1'::inet, $1)",
    "SELECT lower($1), length($2), replace($3, $4, $5)",
    "SELECT akeys($1)",
    "SELECT slice('a=>1'::hstore, $1)",
    "SELECT string_to_array('a,b', $1)",
    "SELECT array_position(ARRAY['a', 'b'], $1)",
    "SELECT array_append(ARRAY[1, 2], $1)",
    "SELECT array_length(ARRAY[1, 2], $1)",
    "SELECT json_extract_path_text('{}'::json, $1)",
    // Rows.
    "SELECT * FROM generate_series(1, $1)",
    "SELECT generate_series($1, 3)",
    "SELECT * FROM generate_series(1, 10, $1)",
    // Windows and aggregates.
    "SELECT ntile($1) OVER (ORDER BY x) FROM (VALUES (1)) t(x)",
    "SELECT lag(x, $1) OVER (ORDER BY x) FROM (VALUES (1)) t(x)",
    "SELECT lag(x, 1, $1) OVER (ORDER BY x) FROM (VALUES (1)) t(x)",
    "SELECT nth_value(x, $1) OVER (ORDER BY x) FROM (VALUES (1)) t(x)",
    "SELECT percentile_cont($1) WITHIN GROUP (ORDER BY x) FROM (VALUES (1.5::float8)) t(x)",
    "SELECT string_agg(x, $1) FROM (VALUES ('a')) t(x)",
    "SELECT count(*) FILTER (WHERE $1) FROM (VALUES (1)) t(x)",
    // Conditions.
    "SELECT NOT $1",
    "SELECT $1 IS TRUE",
    "SELECT $1 IS NOT UNKNOWN",
    "SELECT $1 AND true",
    "SELECT 1 WHERE $1",
    "SELECT 1 FROM (VALUES (1)) t(x) JOIN (VALUES (2)) u(y) ON $1",
    "SELECT count(*) FROM (VALUES (1)) t(x) HAVING $1",
    "SELECT CASE WHEN $1 THEN 1 END",
    "SELECT CASE WHEN true THEN $1 ELSE 2 END",
    "SELECT CASE x WHEN $1 THEN $2 ELSE 'b' END FROM (VALUES (1)) t(x)",
    "SELECT coalesce($1, 2)",
    "SELECT coalesce(x, $1) FROM (VALUES ('a=>1'::hstore)) t(x)",
    "SELECT greatest($1, 3)",
    "SELECT least(timestamp '2026-01-01', $1)",
    "SELECT NULLIF($1, 1)",
    "SELECT 1 WHERE 1 IN ($1, $2)",
    "SELECT 1 WHERE $1 IN (1, 2)",
    "SELECT 1 WHERE $1 BETWEEN 1 AND 2",
    "SELECT 1 WHERE date '2026-01-01' BETWEEN $1 AND $2",
    "SELECT 1 WHERE $1 IN (SELECT 1)",
    "SELECT 1 WHERE $1 = (SELECT 1)",
    "SELECT 1 WHERE 'a' LIKE $1",
    // Arrays.
    "SELECT ARRAY[$1, 1]",
    "SELECT ARRAY[$1, 'a']",
    "SELECT (ARRAY[10, 20])[$1]",
    "SELECT (ARRAY[10, 20])[$1:$2]",
    "SELECT 1 = ANY($1)",
    "SELECT x = ANY($1) FROM (VALUES ('a'::text)) t(x)",
    "SELECT x <> ALL($1) FROM (VALUES (now())) t(x)",
    "SELECT $1 = ANY(ARRAY[1, 2])",
    "SELECT ARRAY[1, 2] || $1",
    "SELECT ARRAY['a'] @> $1",
    "SELECT ARRAY[1] && $1",
    "SELECT $1 = ARRAY['a']",
    // Operators.
    "SELECT 1 + $1, $2 - 1.5::float8",
    "SELECT 1 % $1",
    "SELECT 2 ^ $1",
    "SELECT + $1",
    "SELECT 'a' || $1",
    "SELECT 'a=>1'::hstore ?| $1",
    "SELECT 'a=>1'::hstore ?& $1",
    "SELECT 'a=>1'::hstore ? $1",
    "SELECT 'a=>1'::hstore -> $1",
    "SELECT 'a=>1'::hstore @> $1",
    "SELECT $1 @> 'a=>1'::hstore",
    "SELECT 'a=>1'::hstore - $1",
    "SELECT 'a=>1'::hstore || $1",
    "SELECT '10.0.0.0/8'::inet >>= $1",
    "SELECT $1 << '10.0.0.0/8'::inet",
    "SELECT '10.0.0.0'::inet + $1",
    "SELECT '10.0.0.0'::inet - $1",
    "SELECT timestamp '2026-01-01' + $1",
    "SELECT timestamp '2026-01-01' - $1",
    "SELECT date '2026-01-01' - $1",
    "SELECT interval '1 day' * $1",
    "SELECT '{}'::json -> $1",
    "SELECT 1 WHERE date '2026-01-01' > $1",
    // Places of a statement.
    "SELECT 1 LIMIT $1 OFFSET $2",
    "SELECT 1 UNION SELECT $1",
    "SELECT x FROM (VALUES (1), ($1)) t(x)",
    "SELECT $1 UNION ALL SELECT now()",
    "SELECT 1 ORDER BY $1",
    "SELECT count(*) FROM (VALUES (1)) t(x) GROUP BY $1",
    "WITH q AS (SELECT left('abc', $1) AS v) SELECT * FROM q WHERE v = $2",
    "SELECT (SELECT left(x, $1)) FROM (VALUES ('abc')) t(x)",
    // What one place decides counts at the others.
    "SELECT $2::date, $1 = $2",
    "SELECT coalesce($1, 2), coalesce($1, $2)",
    "SELECT abs(coalesce($1, 1)) + $2",
    "SELECT $1::timestamp + $2",
];

#[tokio::test]
async fn parameters_have_the_types_that_postgresql_infers() {
    let Some(server) = Server::start() else { return };
    let socket = server.socket();
    Connection::open(&socket, "postgres").unwrap().execute("CREATE DATABASE inferred").unwrap();
    let mut postgres = Connection::open(&socket, "inferred").unwrap();
    postgres.execute("CREATE EXTENSION hstore").unwrap();
    let session = support::empty_session().await;
    let mut faults = Vec::new();
    for sql in SAME {
        let expected = inferred(&mut postgres, sql);
        let told = match session.describe(sql, &[]).await {
            Ok(description) => {
                let names = description.parameters.iter().map(|told| told.name().into_owned());
                names.collect::<Vec<_>>().join(", ")
            }
            Err(error) => error.to_string(),
        };
        if told != expected {
            faults.push(format!("{sql}: PostgreSQL {expected}, Census {told}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns the types that PostgreSQL infers, by the names of those that DDSQL has in their place.
fn inferred(postgres: &mut Connection, sql: &str) -> String {
    postgres.execute("DEALLOCATE ALL").unwrap();
    if let Err(failure) = postgres.execute(&format!("PREPARE asked AS {sql}")) {
        return failure.to_string();
    }
    let asked = "SELECT unnest(parameter_types)::text FROM pg_prepared_statements";
    let rows = postgres.rows(asked).unwrap();
    let types = rows.into_iter().map(|row| row.into_iter().flatten().collect::<String>());
    types.map(|name| in_ddsql(&name)).collect::<Vec<_>>().join(", ")
}

fn in_ddsql(name: &str) -> String {
    if let Some(element) = name.strip_suffix("[]") {
        return format!("{}[]", in_ddsql(element));
    }
    match name {
        "smallint" | "integer" => "bigint",
        "real" | "numeric" => "double precision",
        "timestamp with time zone" => "timestamp without time zone",
        other => other,
    }
    .to_owned()
}
