//! Arguments as literals of SQL, drawn so that what is rare in real data is frequent.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;

/// Returns a text as a literal.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Texts made of pieces, one after another.
pub fn pieces(pieces: &'static [&'static str], most: usize) -> BoxedStrategy<String> {
    vec(select(pieces), 0..=most).prop_map(|pieces| pieces.concat()).boxed()
}

/// Literals of texts, as type `text`.
pub fn text(texts: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    texts.prop_map(|text| format!("{}::text", quoted(&text))).boxed()
}

/// The same, sometimes NULL.
pub fn text_or_null(texts: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    prop_oneof![1 => Just("NULL::text".to_owned()), 12 => text(texts)].boxed()
}

/// Literals of arrays of texts, sometimes empty, NULL, or with NULL in them.
pub fn texts(texts: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    let item = prop_oneof![1 => Just("NULL".to_owned()), 8 => texts.prop_map(|text| quoted(&text))];
    let items = vec(item, 0..5).prop_map(|items| format!("ARRAY[{}]::text[]", items.join(", ")));
    prop_oneof![1 => Just("NULL::text[]".to_owned()), 20 => items].boxed()
}

/// Literals of whole numbers.
pub fn numbers(from: i64, to: i64) -> BoxedStrategy<String> {
    (from..=to).prop_map(|number| format!("({number})::bigint")).boxed()
}
