//! `COPY … TO STDOUT`: rows in text, CSV or PostgreSQL's binary form, as they are computed.

mod format;
mod given;
mod options;

use crate::client::Client;
use crate::command::{at_end, end, near};
use crate::command_reader::{CommandReader, WordKind};
use crate::cursor::Cursor;
use crate::encode::EncodedBatch;
use crate::wire::backend;
use bytes::BufMut;
use census_error::{Error, Result, Span};
use datafusion::arrow::array::RecordBatch;
use format::TextWriter;
pub(crate) use options::{CopyFormat, CopyOptions};
use std::ops::Range;

/// The bytes that the binary form begins with: its signature, no flags, no further header.
const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// COPY of a query or relation to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CopyOut {
    source: Source,
    options: CopyOptions,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    /// A query that stands in the statement.
    Query(Range<usize>),
    /// The query that a relation and its columns stand for.
    Relation(String),
}

/// Reads what follows COPY; `None` for what brings rows in, which is the engine's to refuse.
pub(crate) fn read(text: &str, reader: &mut CommandReader<'_>) -> Result<Option<CopyOut>> {
    let first = reader.peek().ok_or_else(|| at_end(text))?;
    let source = if first.is_sign("(") {
        reader.next();
        Source::Query(parenthesis(text, reader)?)
    } else {
        match relation(text, reader)? {
            Some(query) => Source::Relation(query),
            None => return Ok(None),
        }
    };
    if !reader.take("to") {
        return Ok(None);
    }
    match reader.next() {
        Some(word) if word.is("stdout") => {}
        // Files and programs of the server are refused as all that writes is.
        _ => return Ok(None),
    }
    let options = options::read(text, reader)?;
    end(text, reader)?;
    Ok(Some(CopyOut { source, options }))
}

/// Passes what stands up to the parenthesis that closes one which has been opened, and returns where it stands.
fn parenthesis(text: &str, reader: &mut CommandReader<'_>) -> Result<Range<usize>> {
    let start = reader.place();
    let mut depth = 1;
    loop {
        let word = reader.next().ok_or_else(|| at_end(text))?;
        if word.is_sign("(") {
            depth += 1;
        } else if word.is_sign(")") {
            depth -= 1;
            if depth == 0 {
                return Ok(start..word.start);
            }
        }
    }
}

/// Reads `schema.name [(column, …)]` as the query that it stands for.
fn relation(text: &str, reader: &mut CommandReader<'_>) -> Result<Option<String>> {
    let start = reader.place();
    let mut end = start;
    let mut columns = "*";
    while let Some(word) = reader.peek() {
        let is_name = matches!(word.kind, WordKind::Plain | WordKind::Quoted);
        if word.is("to") || word.is("from") {
            break;
        } else if word.is_sign("(") {
            reader.next();
            columns = &text[parenthesis(text, reader)?];
            break;
        } else if !is_name && !word.is_sign(".") {
            return Err(near(text, &word));
        }
        reader.next();
        end = word.end;
    }
    let name = text.get(start..end).unwrap_or_default();
    Ok((!name.is_empty()).then(|| format!("SELECT {columns} FROM {name}")))
}

impl CopyOut {
    /// Returns the query whose rows are copied.
    pub(crate) fn query<'a>(&'a self, statement: &'a str) -> &'a str {
        match &self.source {
            Source::Query(place) => statement.get(place.clone()).unwrap_or_default(),
            Source::Relation(query) => query,
        }
    }

    /// Returns an error of the query with its place in the statement, if it stands there.
    pub(crate) fn place_error(&self, error: Error) -> Error {
        match (&self.source, error.span()) {
            (Source::Query(place), Some(Span { start, end })) => {
                error.with_span(Span { start: start + place.start, end: end + place.start })
            }
            // The query was never written: no place in it is one in the statement.
            (Source::Relation(_), Some(_)) => without_place(&error),
            (_, None) => error,
        }
    }

    /// Sends the rows of an answer as the data of COPY.
    pub(crate) async fn send(&self, client: &mut Client, cursor: &mut Cursor) -> Result<()> {
        let columns = cursor.schema.fields().len();
        let quoted = self.options.quoted.of(&cursor.schema)?;
        let is_binary = self.options.format == CopyFormat::Binary;
        backend::copy_out(&mut client.wire.out, is_binary.into(), columns);
        if !is_binary && self.options.has_header {
            let names = cursor.schema.fields().iter().map(|field| field.name().as_str());
            let line = TextWriter::new(&self.options, &quoted).header(names);
            backend::message(&mut client.wire.out, b'd', |out| out.put_slice(line.as_bytes()));
        }
        let mut rows = 0;
        loop {
            let next = cursor.next(1_024);
            let Some(batch) = client.execution.hold(&mut client.wire, next).await? else { break };
            self.write(client, cursor, &batch, &quoted, rows == 0)?;
            rows += batch.num_rows();
            if client.wire.is_full() {
                client.flush_rows().await?;
            }
        }
        if is_binary {
            backend::message(&mut client.wire.out, b'd', |out| {
                out.put_slice(if rows == 0 { SIGNATURE } else { &[] });
                out.put_i16(-1);
            });
        }
        backend::bare(&mut client.wire.out, backend::COPY_DONE);
        client.complete(&format!("COPY {rows}"));
        Ok(())
    }

    /// Writes rows, each a message; the binary form begins in that of the first, where drivers expect it.
    fn write(
        &self,
        client: &mut Client,
        cursor: &Cursor,
        batch: &RecordBatch,
        quoted: &[bool],
        is_first: bool,
    ) -> Result<()> {
        let is_binary = self.options.format == CopyFormat::Binary;
        let encoded = EncodedBatch::new(&cursor.schema, batch, &[is_binary.into()])?;
        let mut writer = encoded.writer()?;
        let mut lines = TextWriter::new(&self.options, quoted);
        let columns = cursor.schema.fields().len();
        for row in 0..encoded.rows() {
            let out = &mut client.wire.out;
            if is_binary {
                let mut result = Ok(());
                backend::message(out, b'd', |out| {
                    out.put_slice(if is_first && row == 0 { SIGNATURE } else { &[] });
                    result = writer.write_values(row, out);
                });
                result?;
            } else {
                let line = lines.line(columns, |column, out| writer.text(column, row, out));
                backend::message(out, b'd', |out| out.put_slice(line.as_bytes()));
            }
        }
        Ok(())
    }
}

/// Returns an error without the place that it has in a text which nobody has seen.
fn without_place(error: &Error) -> Error {
    let placeless = Error::new(error.sqlstate(), error.message());
    match (error.hint(), error.detail()) {
        (Some(hint), _) => placeless.with_hint(hint),
        (None, Some(detail)) => placeless.with_detail(detail),
        (None, None) => placeless,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(text: &str) -> Option<CopyOut> {
        let mut reader = CommandReader::new(text);
        reader.next();
        read(text, &mut reader).unwrap()
    }

    #[test]
    fn query_and_relation_are_read() {
        let text = "COPY (SELECT (1), ')') TO STDOUT";
        assert_eq!(copy(text).unwrap().query(text), "SELECT (1), ')'");
        let text = "copy aws.\"A b\" (x, y) to stdout with csv header";
        let read = copy(text).unwrap();
        assert_eq!(read.query(text), "SELECT x, y FROM aws.\"A b\"");
        assert!(read.options.has_header);
    }

    #[test]
    fn what_writes_is_left_to_be_refused() {
        for text in ["COPY t FROM STDIN", "COPY (SELECT 1) TO '/tmp/x'", "COPY t TO PROGRAM 'x'"] {
            assert_eq!(copy(text), None, "{text}");
        }
    }
}
