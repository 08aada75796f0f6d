//! Names and literals as a statement has them.

/// The words that are no plain names, sorted (PostgreSQL 15, appendix C, all but the non-reserved).
const KEYWORDS: &str = "\
    all analyse analyze and any array as asc asymmetric \
    authorization between bigint binary bit boolean both case cast \
    char character check coalesce collate collation column concurrently constraint \
    create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user \
    dec decimal default deferrable desc distinct do else end \
    except exists extract false fetch float for foreign freeze \
    from full grant greatest group grouping having ilike in \
    initially inner inout int integer intersect interval into is \
    isnull join lateral leading least left like limit localtime \
    localtimestamp national natural nchar none normalize not notnull null \
    nullif numeric offset on only or order out outer \
    overlaps overlay placing position precision primary real references returning \
    right row select session_user setof similar smallint some substring \
    symmetric table tablesample then time timestamp to trailing treat \
    trim true union unique user using values varchar variadic \
    verbose when where window with xmlattributes xmlconcat xmlelement xmlexists \
    xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable";

/// Writes a name, in quotation marks unless it is lower case and no keyword.
pub(crate) fn name(text: &str) -> String {
    let starts_plain = text.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    let is_plain = starts_plain
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !KEYWORDS.split(' ').any(|keyword| keyword == text);
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

/// Writes a literal; one with a backslash begins with E.
pub(super) fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if text.contains('\\') {
        format!("E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}
