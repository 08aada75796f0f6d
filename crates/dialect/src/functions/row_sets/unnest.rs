//! `unnest(array, …)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "unnest",
    syntax: "unnest(anyarray) → setof anyelement\nunnest(anyarray, anyarray, ...) → setof anyelement, anyelement, ...",
    summary: "Returns a row for every item; of several arrays, in FROM, the shorter ones go on with NULL.",
    examples: &[
        Example { sql: "SELECT unnest(ARRAY[7])", prints: "7" },
        Example { sql: "SELECT sum(x) FROM unnest(ARRAY[1, 2, 3]) AS x", prints: "6" },
        Example {
            sql: "SELECT string_agg(coalesce(a, '?') || b, ' ') FROM unnest(ARRAY['x'], ARRAY['y', 'z']) AS t(a, b)",
            prints: "xy ?z",
        },
    ],
    implementation: Implementation::Rows(&[]),
};
