//! Words that name nothing unless they are quoted: PostgreSQL reserves them, the parser lets some pass.

use datafusion::sql::sqlparser::ast::Ident;

/// Words that are neither a column nor a relation; sorted.
const RESERVED: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "column",
    "constraint",
    "create",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "from",
    "grant",
    "group",
    "having",
    "in",
    "initially",
    "intersect",
    "into",
    "lateral",
    "leading",
    "limit",
    "not",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "placing",
    "primary",
    "references",
    "returning",
    "select",
    "some",
    "symmetric",
    "table",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "using",
    "variadic",
    "when",
    "where",
    "window",
    "with",
];

/// Words that are no relation either, because they join relations; sorted.
const JOINING: &[&str] = &[
    "cross",
    "full",
    "ilike",
    "inner",
    "is",
    "isnull",
    "join",
    "left",
    "like",
    "natural",
    "notnull",
    "outer",
    "overlaps",
    "right",
    "similar",
    "tablesample",
    "verbose",
];

/// A word that is quoted where it is a name, with its kind as PostgreSQL's `pg_get_keywords` tells it.
pub(crate) struct Keyword {
    pub(crate) word: &'static str,
    pub(crate) code: &'static str,
    pub(crate) kind: &'static str,
}

/// Returns every word that is quoted where it is a name.
pub(crate) fn all() -> impl Iterator<Item = Keyword> {
    let reserved = RESERVED.iter().map(|word| Keyword { word, code: "R", kind: "reserved" });
    let kind = "reserved (can be function or type name)";
    reserved.chain(JOINING.iter().map(move |word| Keyword { word, code: "T", kind }))
}

/// Tells whether an unquoted word cannot be the name of a column.
pub(crate) fn is_reserved(name: &Ident) -> bool {
    name.quote_style.is_none() && contains(RESERVED, &name.value)
}

/// Tells whether an unquoted word cannot be the name of a relation.
pub(crate) fn is_no_relation(name: &Ident) -> bool {
    is_reserved(name) || (name.quote_style.is_none() && contains(JOINING, &name.value))
}

fn contains(words: &[&str], name: &str) -> bool {
    words.binary_search(&name.to_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(RESERVED.is_sorted() && JOINING.is_sorted());
    }

    #[test]
    fn a_quoted_word_names_what_it_says() {
        assert!(is_reserved(&Ident::new("Where")));
        assert!(!is_reserved(&Ident::with_quote('"', "where")));
        assert!(is_no_relation(&Ident::new("left")) && !is_reserved(&Ident::new("left")));
    }
}
