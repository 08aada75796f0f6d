//! `generate_subscripts(array, dimension)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "generate_subscripts",
    syntax: "generate_subscripts(anyarray, bigint) → setof bigint\ngenerate_subscripts(anyarray, bigint, boolean) → setof bigint",
    summary: "Returns a row for every place of a dimension of an array, the last one first where the third argument is true.",
    examples: &[
        Example {
            sql: "SELECT string_agg(s::text, ',') FROM generate_subscripts('{NULL,1,NULL,2}'::bigint[], 1) AS s",
            prints: "1,2,3,4",
        },
        Example {
            sql: "SELECT array_agg(s) FROM generate_subscripts(ARRAY['a', 'b'], 1, true) AS s",
            prints: "{2,1}",
        },
    ],
    implementation: Implementation::Rows(&[RowsColumn { name: None, list: "__subscripts" }]),
};
