//! hstore: its input and output, its operators and functions.

use super::values::{pieces, quoted, text, text_or_null, texts};
use super::{agree, nothing_is_meant};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;

/// What hstore's syntax is made of, and what looks like it.
const SYNTAX: &[&str] = &[
    "a",
    "b",
    "=>",
    "=>",
    "=>",
    "=",
    ">",
    ",",
    ",",
    " ",
    "\"",
    "\"\"",
    "\"a\"",
    "\"b c\"",
    "\\",
    "\\\"",
    "\\\\",
    "NULL",
    "null",
    "nUlL",
    "\"NULL\"",
    "é",
    "\u{1f600}",
    "\u{a0}",
    "\u{85}",
    "\t",
    "\n",
    "\r",
    "\u{b}",
    "\u{c}",
    "'",
    "1",
    "-",
    "\u{1}",
    "{",
    "ab=>cd",
    "k => v",
    "k=>NULL",
];

/// Keys and values; few, so that they meet.
const WORDS: &[&str] = &[
    "a",
    "b",
    "c",
    "aa",
    "",
    "NULL",
    "null",
    "a=>b",
    "a,b",
    "k\"",
    "k\\",
    " ",
    "é",
    "\u{1f600}",
    "1",
    "1.50",
    "-0",
    "1e5",
    "t",
    "f",
    "true",
    "01",
    "0x1",
    "a'b",
    "tab\t",
    "line\n",
    "{}",
    "{a}",
    "\u{1}",
    "NaN",
    "Infinity",
    "+1",
    ".5",
    "5.",
    "1e",
    "1_0",
];

fn word() -> impl Strategy<Value = String> {
    select(WORDS).prop_map(str::to_owned)
}

fn hstore() -> BoxedStrategy<String> {
    let value = prop_oneof![1 => Just(None), 6 => word().prop_map(Some)];
    let entry = (word(), value).prop_map(|(key, value)| {
        let quote = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let value = value.map_or("NULL".to_owned(), |value| quote(&value));
        format!("{}=>{value}", quote(&key))
    });
    // PostgreSQL's sort is not stable: among more pairs than this, which of two with one key stays is left to it.
    let entries = vec(entry, 0..6);
    let hstore = entries.prop_map(|entries| format!("{}::hstore", quoted(&entries.join(", "))));
    prop_oneof![1 => Just("NULL::hstore".to_owned()), 20 => hstore].boxed()
}

#[tokio::test]
async fn hstore_reads_what_postgresql_reads() {
    agree(vec![("$1::hstore", vec![text(pieces(SYNTAX, 9))])], nothing_is_meant).await;
}

#[tokio::test]
async fn hstore_operators_and_functions_give_what_postgresql_gives() {
    let key = || text_or_null(word());
    let keys = || texts(word());
    let of_two = |form| (form, vec![hstore(), hstore()]);
    let of_key = |form| (form, vec![hstore(), key()]);
    let of_keys = |form| (form, vec![hstore(), keys()]);
    let of_one = |form| (form, vec![hstore()]);
    let forms = vec![
        of_one("$1"),
        of_one("$1::text::hstore = $1"),
        of_key("$1 -> $2"),
        of_keys("$1 -> $2"),
        of_two("$1 || $2"),
        of_key("$1 - $2"),
        of_keys("$1 - $2"),
        of_two("$1 - $2"),
        of_key("$1 ? $2"),
        of_keys("$1 ?& $2"),
        of_keys("$1 ?| $2"),
        of_two("$1 @> $2"),
        of_two("$1 <@ $2"),
        of_two("$1 = $2"),
        of_two("$1 <> $2"),
        of_key("exist($1, $2)"),
        of_key("defined($1, $2)"),
        of_key("delete($1, $2)"),
        of_keys("delete($1, $2)"),
        of_two("delete($1, $2)"),
        of_keys("slice($1, $2)"),
        of_one("akeys($1)"),
        of_one("avals($1)"),
        of_one("hstore_to_array($1)"),
        of_one("hstore_to_matrix($1)"),
        of_one("hstore_to_json($1)"),
        of_one("hstore_to_json_loose($1)"),
        ("hstore($1, $2)", vec![key(), key()]),
        ("hstore($1, $2)", vec![keys(), keys()]),
        ("hstore($1)", vec![keys()]),
        of_two("($1 || $2) -> 'a'"),
        of_two("CASE WHEN $1 = $2 THEN $1 ELSE $1 || $2 END"),
    ];
    agree(forms, nothing_is_meant).await;
}

#[tokio::test]
async fn hstore_prints_what_it_reads() {
    let any = "[ -~\t\n\u{80}-\u{2fff}\u{1f300}-\u{1f6ff}]{0,12}";
    let any = || any.prop_map(|text: String| text);
    let forms = vec![
        ("hstore($1, $2)::text", vec![text(any()), text_or_null(any())]),
        ("hstore($1, $2)::text::hstore -> $1", vec![text(any()), text_or_null(any())]),
        ("hstore_to_json(hstore($1, $2))", vec![text(any()), text_or_null(any())]),
    ];
    agree(forms, nothing_is_meant).await;
}
