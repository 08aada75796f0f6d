//! json: what is read as JSON, and the functions that take it apart.

use super::values::{numbers, pieces, quoted, text, text_or_null, texts};
use super::{agree, nothing_is_meant};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;

const SYNTAX: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\"a\"",
    "\"b\":",
    "1",
    "-",
    "0",
    "01",
    ".5",
    "1.5",
    "e",
    "E+3",
    "true",
    "false",
    "null",
    "NULL",
    " ",
    "\n",
    "\t",
    "\u{b}",
    "\\",
    "\\n",
    "\\u0041",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\u0000",
    "\\x",
    "é",
    "\u{1f600}",
    "\"\\u00e9\"",
    "{\"a\":1}",
    "[1, 2]",
    "\u{1}",
    "'",
    "nan",
];
const KEYS: &[&str] =
    &["a", "b", "", "0", "1", "-1", "2", "é", "a b", "\"", "\\", "01", "+1", " 1", "99999999999"];
const SCALARS: &[&str] = &[
    "1",
    "-0",
    "1.50",
    "1e10",
    "1E+2",
    "true",
    "false",
    "null",
    "\"x\"",
    "\"\"",
    "\"\\u0041\"",
    "\"\\\"\"",
    "\"é\"",
    "\"a\\nb\"",
    "\"\\ud83d\\ude00\"",
    "\"\\u0000\"",
    "\"\\ud83d\"",
    "123456789012345678901234567890",
];

fn document() -> BoxedStrategy<String> {
    let scalar = select(SCALARS).prop_map(str::to_owned);
    let document = scalar.prop_recursive(3, 12, 4, |inner| {
        let key = select(KEYS)
            .prop_map(|key| format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\"")));
        let space = select(&["", " ", "\n"][..]);
        let members = vec((key, space, inner.clone()), 0..4).prop_map(|members| {
            let members =
                members.iter().map(|(key, space, value)| format!("{key}{space}:{space}{value}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        });
        let items = vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", ")));
        prop_oneof![members, items]
    });
    let literal = document.prop_map(|document| format!("{}::json", quoted(&document)));
    prop_oneof![1 => Just("NULL::json".to_owned()), 20 => literal].boxed()
}

#[tokio::test]
async fn json_reads_what_postgresql_reads() {
    agree(vec![("$1::json", vec![text(pieces(SYNTAX, 8))])], nothing_is_meant).await;
}

#[tokio::test]
async fn json_functions_give_what_postgresql_gives() {
    let key = || text_or_null(select(KEYS).prop_map(str::to_owned));
    let path = || texts(select(KEYS).prop_map(str::to_owned));
    let place = || numbers(-4, 4);
    let of_one = |form| (form, vec![document()]);
    let forms = vec![
        ("$1 -> $2", vec![document(), key()]),
        ("$1 ->> $2", vec![document(), key()]),
        ("$1 -> $2::int", vec![document(), place()]),
        ("$1 ->> $2::int", vec![document(), place()]),
        ("$1 #> $2", vec![document(), path()]),
        ("$1 #>> $2", vec![document(), path()]),
        ("json_extract_path($1, $2)", vec![document(), key()]),
        ("json_extract_path($1, $2, $3)", vec![document(), key(), key()]),
        ("json_extract_path_text($1, $2, $3)", vec![document(), key(), key()]),
        of_one("json_array_length($1)"),
        of_one("json_typeof($1)"),
        of_one("json_strip_nulls($1)"),
        of_one("$1::text"),
        ("to_json($1)", vec![key()]),
        ("to_json($1)", vec![path()]),
        ("array_to_json($1)", vec![path()]),
        ("json_build_array($1, $2)", vec![document(), key()]),
        ("json_build_object($1, $2)", vec![key(), document()]),
        ("json_object($1)", vec![path()]),
        ("json_object($1, $2)", vec![path(), path()]),
    ];
    agree(forms, nothing_is_meant).await;
}
