//! The options of COPY, in the form of today and in that of before PostgreSQL 9.

use super::given::Given;
use crate::command::{at_end, keyword, name, near};
use crate::command_reader::{CommandReader, Word, WordKind};
use census_error::{Error, Result, SqlState};
use datafusion::arrow::datatypes::Schema;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CopyFormat {
    Text,
    Csv,
    Binary,
}

/// How rows are written, in detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CopyOptions {
    pub(crate) format: CopyFormat,
    pub(crate) has_header: bool,
    pub(crate) delimiter: char,
    pub(crate) null: String,
    pub(crate) quote: char,
    pub(crate) escape: char,
    pub(crate) quoted: QuotedColumns,
}

/// Whose values are quoted also where nothing needs it; NULL never is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum QuotedColumns {
    All,
    Named(Vec<String>),
}

impl QuotedColumns {
    /// Tells of each column whether its values are quoted.
    ///
    /// # Errors
    /// 42703 for a column that does not exist, 42701 for one that is named twice.
    pub(crate) fn of(&self, schema: &Schema) -> Result<Vec<bool>> {
        let mut quoted = vec![matches!(self, Self::All); schema.fields().len()];
        let Self::Named(names) = self else { return Ok(quoted) };
        for name in names {
            let place = schema.fields().iter().position(|field| field.name() == name);
            let Some(is_quoted) = place.and_then(|place| quoted.get_mut(place)) else {
                let message = format!("column \"{name}\" does not exist");
                return Err(Error::new(SqlState::UndefinedColumn, message));
            };
            if std::mem::replace(is_quoted, true) {
                let message = format!("column \"{name}\" specified more than once");
                return Err(Error::new(SqlState::DuplicateColumn, message));
            }
        }
        Ok(quoted)
    }
}

/// What an option is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Argument {
    None,
    Value(String),
    All,
    Names(Vec<String>),
}

/// Reads `[WITH] (FORMAT csv, HEADER, …)`, or `[WITH] CSV HEADER …`.
pub(super) fn read(text: &str, reader: &mut CommandReader<'_>) -> Result<CopyOptions> {
    let mut given = Given::default();
    reader.take("with");
    if reader.peek().is_some_and(|word| word.is_sign("(")) {
        reader.next();
        loop {
            let word = reader.next().ok_or_else(|| at_end(text))?;
            if !matches!(word.kind, WordKind::Plain | WordKind::Quoted) {
                return Err(near(text, &word));
            }
            let argument = argument(text, reader)?;
            given.take(&word.text, &word, argument)?;
            match reader.next() {
                Some(word) if word.is_sign(",") => {}
                Some(word) if word.is_sign(")") => break,
                Some(word) => return Err(near(text, &word)),
                None => return Err(at_end(text)),
            }
        }
    } else {
        while let Some(word) = reader.peek().filter(|word| !word.is_sign(";")) {
            reader.next();
            plain_option(text, reader, &word, &mut given)?;
        }
    }
    given.finish()
}

/// Reads the value of an option in parentheses, if it has one.
fn argument(text: &str, reader: &mut CommandReader<'_>) -> Result<Argument> {
    let Some(word) = reader.peek() else { return Err(at_end(text)) };
    if word.is_sign(",") || word.is_sign(")") {
        return Ok(Argument::None);
    }
    reader.next();
    if word.is_sign("*") {
        return Ok(Argument::All);
    }
    if word.is_sign("(") {
        let names = names(text, reader)?;
        return match reader.next() {
            Some(word) if word.is_sign(")") => Ok(Argument::Names(names)),
            Some(word) => Err(near(text, &word)),
            None => Err(at_end(text)),
        };
    }
    let is_signed = word.is_sign("-") || word.is_sign("+");
    let value = if is_signed { reader.next().ok_or_else(|| at_end(text))? } else { word.clone() };
    if value.kind == WordKind::Sign || value.is("null") {
        return Err(near(text, &value));
    }
    Ok(Argument::Value(if word.is_sign("-") { format!("-{}", value.text) } else { value.text }))
}

/// Reads names between commas.
fn names(text: &str, reader: &mut CommandReader<'_>) -> Result<Vec<String>> {
    let mut names = vec![name(text, reader)?];
    while reader.peek().is_some_and(|word| word.is_sign(",")) {
        reader.next();
        names.push(name(text, reader)?);
    }
    Ok(names)
}

/// Reads an option without parentheses, whose first word has been taken.
fn plain_option(
    text: &str,
    reader: &mut CommandReader<'_>,
    word: &Word,
    given: &mut Given,
) -> Result<()> {
    if word.kind != WordKind::Plain {
        return Err(near(text, word));
    }
    match word.text.as_str() {
        format @ ("csv" | "binary") => {
            given.take("format", word, Argument::Value(format.to_owned()))
        }
        option @ ("header" | "freeze") => given.take(option, word, Argument::None),
        option @ ("delimiter" | "null" | "quote" | "escape" | "encoding") => {
            if option != "encoding" {
                reader.take("as");
            }
            let value = reader.next().ok_or_else(|| at_end(text))?;
            if value.kind != WordKind::Text {
                return Err(near(text, &value));
            }
            given.take(option, word, Argument::Value(value.text))
        }
        "force" => {
            let option = if reader.take("quote") {
                "force_quote"
            } else if reader.take("not") {
                keyword(text, reader, "null")?;
                "force_not_null"
            } else {
                keyword(text, reader, "null")?;
                "force_null"
            };
            let is_all = reader.peek().is_some_and(|word| word.is_sign("*"));
            if is_all && option == "force_quote" {
                reader.next();
                return given.take(option, word, Argument::All);
            }
            let names = names(text, reader)?;
            given.take(option, word, Argument::Names(names))
        }
        _ => Err(near(text, word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(text: &str) -> Result<CopyOptions> {
        read(text, &mut CommandReader::new(text))
    }

    #[test]
    fn both_forms_are_read() {
        for text in [
            "WITH (FORMAT csv, HEADER true, DELIMITER ';', FORCE_QUOTE (a, \"B\"))",
            "CSV HEADER DELIMITER AS ';' FORCE QUOTE a, \"B\"",
        ] {
            let read = options(text).unwrap();
            let format = (read.format, read.has_header, read.delimiter);
            assert_eq!(format, (CopyFormat::Csv, true, ';'));
            let names = ["a", "B"].map(str::to_owned).to_vec();
            assert_eq!(read.quoted, QuotedColumns::Named(names));
        }
        assert_eq!(options("").unwrap().null, "\\N");
        assert_eq!(options("CSV FORCE QUOTE *").unwrap().quoted, QuotedColumns::All);
    }

    #[test]
    fn options_that_make_no_sense_are_refused_as_postgresql_refuses_them() {
        for (text, code, message) in [
            ("(FORMAT parquet)", "22023", "COPY format \"parquet\" not recognized"),
            ("(NOSUCH)", "42601", "option \"nosuch\" not recognized"),
            ("()", "42601", "syntax error at or near \")\""),
            ("(FORMAT)", "42601", "format requires a parameter"),
            ("(FORMAT csv HEADER)", "42601", "syntax error at or near \"HEADER\""),
            ("(FORMAT csv, FORMAT csv)", "42601", "conflicting or redundant options"),
            ("(FORMAT csv, QUOTE ',')", "22023", "COPY delimiter and quote must be different"),
            ("(QUOTE '\"')", "0A000", "COPY quote available only in CSV mode"),
            ("(DELIMITER 'ab')", "0A000", "COPY delimiter must be a single one-byte character"),
            ("(DELIMITER 'a')", "22023", "COPY delimiter cannot be \"a\""),
            ("(FORMAT binary, NULL 'x')", "42601", "cannot specify NULL in BINARY mode"),
            ("CSV QUOTE '\u{e9}'", "0A000", "COPY quote must be a single one-byte character"),
            ("FORMAT csv", "42601", "syntax error at or near \"FORMAT\""),
        ] {
            let error = options(text).unwrap_err();
            assert_eq!((error.sqlstate().code(), error.message()), (code, message), "{text}");
        }
    }
}
