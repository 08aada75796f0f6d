//! `icu_regexp_replace(…)`.

use super::regexp_replace::{replace, replace_from};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "icu_regexp_replace",
    syntax: "icu_regexp_replace(text, text, text) → text\nicu_regexp_replace(text, text, text, text) → text\nicu_regexp_replace(text, text, text, bigint) → text\nicu_regexp_replace(text, text, text, bigint, bigint) → text\nicu_regexp_replace(text, text, text, bigint, bigint, text) → text",
    summary: "Replaces the first match, all with the flag g, or the nth from a start (all where n is 0); $1 and ${name} are groups.",
    examples: &[
        Example {
            sql: "SELECT icu_regexp_replace('status=200 method=GET', 'status=(\\d+) method=(\\w+)', '$2: $1')",
            prints: "GET: 200",
        },
        Example { sql: "SELECT icu_regexp_replace('a-b-c', '-', '/', 'g')", prints: "a/b/c" },
        Example { sql: "SELECT icu_regexp_replace('a-b-c', '-', '/', 1, 2)", prints: "a-b/c" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::Text,
            replace,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text, Parameter::Text],
            Parameter::Text,
            replace,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Text, Parameter::Bigint],
            Parameter::Text,
            replace_from,
        ),
        Overload::strict(
            &[
                Parameter::Text,
                Parameter::Text,
                Parameter::Text,
                Parameter::Bigint,
                Parameter::Bigint,
            ],
            Parameter::Text,
            replace_from,
        ),
        Overload::strict(
            &[
                Parameter::Text,
                Parameter::Text,
                Parameter::Text,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Text,
            ],
            Parameter::Text,
            replace_from,
        ),
    ]),
};
