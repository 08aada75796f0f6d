//! The options of COPY, in the form of today and in that of before PostgreSQL 9.

use crate::command::{at_end, near};
use crate::command_reader::{CommandReader, Word, WordKind};
use census_error::{Error, Result, Span, SqlState};

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
    /// Whether every value is quoted that is not NULL.
    pub(crate) quotes_all: bool,
}

/// What was given, before what it means together is known.
#[derive(Default)]
struct Given {
    format: Option<CopyFormat>,
    has_header: bool,
    delimiter: Option<char>,
    null: Option<String>,
    quote: Option<char>,
    escape: Option<char>,
    quotes_all: bool,
}

/// Reads `[WITH] (FORMAT csv, HEADER, …)`, or `[WITH] CSV HEADER …`.
pub(super) fn read(text: &str, reader: &mut CommandReader<'_>) -> Result<CopyOptions> {
    let mut given = Given::default();
    reader.take("with");
    let is_list = reader.peek().is_some_and(|word| word.is_sign("("));
    if is_list {
        reader.next();
    }
    while let Some(word) = reader.peek() {
        if word.is_sign(";") {
            break;
        }
        reader.next();
        if is_list && word.is_sign(")") {
            break;
        }
        if is_list && word.is_sign(",") {
            continue;
        }
        option(text, reader, &word, is_list, &mut given)?;
    }
    given.finish()
}

fn option(
    text: &str,
    reader: &mut CommandReader<'_>,
    word: &Word,
    is_list: bool,
    given: &mut Given,
) -> Result<()> {
    match word.text.as_str() {
        "format" => given.format = Some(format(&argument(text, reader)?)?),
        "csv" if !is_list => given.format = Some(CopyFormat::Csv),
        "binary" if !is_list => given.format = Some(CopyFormat::Binary),
        "header" => {
            given.has_header = true;
            if let Some(value) =
                reader.peek().filter(|value| is_list && !value.is_sign(",") && !value.is_sign(")"))
            {
                reader.next();
                given.has_header = match value.text.to_lowercase().as_str() {
                    "true" | "on" | "1" => true,
                    "false" | "off" | "0" => false,
                    _ => return Err(invalid(&value, "header requires a Boolean value")),
                };
            }
        }
        "delimiter" => given.delimiter = Some(character(text, reader, "COPY delimiter")?),
        "null" => given.null = Some(argument(text, reader)?.text),
        "quote" => given.quote = Some(character(text, reader, "COPY quote")?),
        "escape" => given.escape = Some(character(text, reader, "COPY escape")?),
        "force_quote" => {
            let all = argument(text, reader)?;
            if !all.is_sign("*") {
                return Err(invalid(&all, "only FORCE_QUOTE * is supported"));
            }
            given.quotes_all = true;
        }
        "encoding" => {
            let encoding = argument(text, reader)?;
            if !["utf8", "utf-8", "unicode"].contains(&encoding.text.to_lowercase().as_str()) {
                return Err(invalid(&encoding, "argument to option \"encoding\" must be UTF8"));
            }
        }
        _ if word.kind == WordKind::Plain => {
            let message = format!("option \"{}\" not recognized", word.text);
            return Err(Error::new(SqlState::SyntaxError, message).with_span(span(word)));
        }
        _ => return Err(near(text, word)),
    }
    Ok(())
}

impl Given {
    fn finish(self) -> Result<CopyOptions> {
        let format = self.format.unwrap_or(CopyFormat::Text);
        let is_csv = format == CopyFormat::Csv;
        let refuse = |what: &str, only: &str| {
            let message = format!("COPY {what} available only in {only} mode");
            Err(Error::new(SqlState::FeatureNotSupported, message))
        };
        if format == CopyFormat::Binary
            && (self.has_header || self.delimiter.is_some() || self.null.is_some())
        {
            return refuse("HEADER, DELIMITER and NULL", "text and CSV");
        }
        if !is_csv && (self.quote.is_some() || self.escape.is_some() || self.quotes_all) {
            return refuse("QUOTE, ESCAPE and FORCE_QUOTE", "CSV");
        }
        let quote = self.quote.unwrap_or('"');
        let options = CopyOptions {
            format,
            has_header: self.has_header,
            delimiter: self.delimiter.unwrap_or(if is_csv { ',' } else { '\t' }),
            null: self.null.unwrap_or_else(|| if is_csv { "" } else { "\\N" }.to_owned()),
            quote,
            escape: self.escape.unwrap_or(quote),
            quotes_all: self.quotes_all,
        };
        if is_csv && options.delimiter == quote {
            let message = "COPY delimiter and quote must be different";
            return Err(Error::new(SqlState::InvalidParameterValue, message));
        }
        Ok(options)
    }
}

fn format(word: &Word) -> Result<CopyFormat> {
    match word.text.to_lowercase().as_str() {
        "text" => Ok(CopyFormat::Text),
        "csv" => Ok(CopyFormat::Csv),
        "binary" => Ok(CopyFormat::Binary),
        other => Err(invalid(word, &format!("COPY format \"{other}\" not recognized"))),
    }
}

/// Takes the value of an option; AS may stand before it.
fn argument(text: &str, reader: &mut CommandReader<'_>) -> Result<Word> {
    reader.take("as");
    reader.next().ok_or_else(|| at_end(text))
}

fn character(text: &str, reader: &mut CommandReader<'_>, what: &str) -> Result<char> {
    let mut word = argument(text, reader)?;
    // `E'\t'` is how a tab is written.
    if word.is("e") {
        word = argument(text, reader)?;
        if word.text == "\\t" {
            return Ok('\t');
        }
    }
    let mut characters = word.text.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) if only.is_ascii() && !matches!(only, '\n' | '\r') => Ok(only),
        _ => Err(invalid(&word, &format!("{what} must be a single one-byte character"))),
    }
}

fn invalid(word: &Word, message: &str) -> Error {
    Error::new(SqlState::InvalidParameterValue, message).with_span(span(word))
}

fn span(word: &Word) -> Span {
    Span { start: word.start, end: word.end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(text: &str) -> Result<CopyOptions> {
        read(text, &mut CommandReader::new(text))
    }

    #[test]
    fn both_forms_are_read() {
        for text in ["WITH (FORMAT csv, HEADER true, DELIMITER ';')", "CSV HEADER DELIMITER AS ';'"]
        {
            let read = options(text).unwrap();
            assert_eq!(
                (read.format, read.has_header, read.delimiter),
                (CopyFormat::Csv, true, ';')
            );
        }
        assert_eq!(options("").unwrap().null, "\\N");
    }

    #[test]
    fn options_that_make_no_sense_are_refused() {
        for text in [
            "(FORMAT parquet)",
            "(NOSUCH)",
            "(FORMAT csv, QUOTE ',')",
            "(QUOTE '\"')",
            "(DELIMITER 'ab')",
        ] {
            assert!(options(text).is_err(), "{text}");
        }
    }
}
