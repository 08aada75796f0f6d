//! Lines of COPY, in text and in CSV.

use super::options::{CopyFormat, CopyOptions};

/// Writes lines; each is gone when the next is written.
pub(super) struct TextWriter<'a> {
    options: &'a CopyOptions,
    /// Of each column, whether its values are quoted also where nothing needs it.
    quoted: &'a [bool],
    line: String,
    value: String,
}

impl<'a> TextWriter<'a> {
    pub(super) fn new(options: &'a CopyOptions, quoted: &'a [bool]) -> Self {
        Self { options, quoted, line: String::new(), value: String::new() }
    }

    /// Returns the line with the names of the columns.
    pub(super) fn header<'b>(mut self, names: impl Iterator<Item = &'b str>) -> String {
        for (column, name) in names.enumerate() {
            self.begin(column);
            self.value.push_str(name);
            self.write(false);
        }
        self.line.push('\n');
        self.line
    }

    /// Returns the line of a row; `text` writes the text of a column's value, and tells whether it has one.
    pub(super) fn line(
        &mut self,
        columns: usize,
        text: impl Fn(usize, &mut String) -> bool,
    ) -> &str {
        self.line.clear();
        for column in 0..columns {
            self.begin(column);
            if text(column, &mut self.value) {
                self.write(self.quoted.get(column) == Some(&true));
            } else {
                self.line.push_str(&self.options.null);
            }
        }
        self.line.push('\n');
        &self.line
    }

    fn begin(&mut self, column: usize) {
        self.value.clear();
        if column > 0 {
            self.line.push(self.options.delimiter);
        }
    }

    fn write(&mut self, is_quoted: bool) {
        if self.options.format == CopyFormat::Csv {
            self.write_csv(is_quoted);
        } else {
            self.write_text();
        }
    }

    fn write_text(&mut self) {
        for character in self.value.chars() {
            let escaped = match character {
                '\u{8}' => 'b',
                '\u{c}' => 'f',
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\u{b}' => 'v',
                '\\' => '\\',
                other if other == self.options.delimiter => other,
                other => {
                    self.line.push(other);
                    continue;
                }
            };
            self.line.push('\\');
            self.line.push(escaped);
        }
    }

    /// Writes a value in quotes where it would be read otherwise without: also where it looks like NULL.
    fn write_csv(&mut self, is_quoted: bool) {
        let CopyOptions { delimiter, quote, escape, ref null, .. } = *self.options;
        let is_only = self.quoted.len() == 1;
        let needs_quotes = is_quoted
            || self.value == *null
            || (is_only && self.value == "\\.")
            || self.value.contains([delimiter, quote, '\n', '\r']);
        if !needs_quotes {
            self.line.push_str(&self.value);
            return;
        }
        self.line.push(quote);
        for character in self.value.chars() {
            if character == quote || character == escape {
                self.line.push(escape);
            }
            self.line.push(character);
        }
        self.line.push(quote);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::copy::options::QuotedColumns;

    fn line(format: CopyFormat, values: &[Option<&str>]) -> String {
        let is_csv = format == CopyFormat::Csv;
        let options = CopyOptions {
            format,
            has_header: false,
            delimiter: if is_csv { ',' } else { '\t' },
            null: if is_csv { "" } else { "\\N" }.to_owned(),
            quote: '"',
            escape: '"',
            quoted: QuotedColumns::Named(Vec::new()),
        };
        let text = |column: usize, out: &mut String| {
            values[column].is_some_and(|value| {
                out.push_str(value);
                true
            })
        };
        TextWriter::new(&options, &vec![false; values.len()]).line(values.len(), text).to_owned()
    }

    #[test]
    fn text_escapes_what_parts_lines_and_values() {
        let written = line(CopyFormat::Text, &[Some("a\tb\\\n"), None, Some("")]);
        assert_eq!(written, "a\\tb\\\\\\n\t\\N\t\n");
    }

    #[test]
    fn csv_quotes_what_would_be_read_otherwise() {
        let written = line(CopyFormat::Csv, &[Some("a,\"b\""), None, Some(""), Some("x")]);
        assert_eq!(written, "\"a,\"\"b\"\"\",,\"\",x\n");
    }
}
