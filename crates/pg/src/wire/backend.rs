//! What clients are sent: each function writes one message.

use bytes::{BufMut, BytesMut};

/// A column as a client is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ColumnDescription {
    pub(crate) name: String,
    pub(crate) type_oid: u32,
    /// The bytes that a value takes; -1 where they vary.
    pub(crate) length: i16,
    /// 0 is text, 1 is binary.
    pub(crate) format: i16,
}

/// Writes a message with its length around what writes its body.
pub(crate) fn message(out: &mut BytesMut, letter: u8, body: impl FnOnce(&mut BytesMut)) {
    out.put_u8(letter);
    let start = out.len();
    out.put_i32(0);
    body(out);
    set_length(out, start, out.len() - start);
}

/// Writes a value with its length around what writes it.
pub(crate) fn value(out: &mut BytesMut, body: impl FnOnce(&mut BytesMut)) {
    let start = out.len();
    out.put_i32(0);
    body(out);
    set_length(out, start, out.len() - start - 4);
}

fn set_length(out: &mut BytesMut, start: usize, length: usize) {
    // Arrow's own limits keep a batch, and so a row, below what 31 bits count.
    let length = i32::try_from(length).unwrap_or(i32::MAX);
    if let Some(place) = out.get_mut(start..start + 4) {
        place.copy_from_slice(&length.to_be_bytes());
    }
}

/// Writes a text with the zero byte that ends it; one within would end it too early.
pub(crate) fn text(out: &mut BytesMut, text: &str) {
    out.extend(text.bytes().filter(|byte| *byte != 0));
    out.put_u8(0);
}

fn count(out: &mut BytesMut, count: usize) {
    out.put_u16(u16::try_from(count).unwrap_or(u16::MAX));
}

pub(crate) fn authentication_ok(out: &mut BytesMut) {
    message(out, b'R', |out| out.put_i32(0));
}

pub(crate) fn authentication_sasl(out: &mut BytesMut, mechanisms: &[&str]) {
    message(out, b'R', |out| {
        out.put_i32(10);
        for mechanism in mechanisms {
            text(out, mechanism);
        }
        out.put_u8(0);
    });
}

/// Writes a step of SASL: 11 goes on, 12 is the last.
pub(crate) fn authentication_step(out: &mut BytesMut, step: i32, data: &str) {
    message(out, b'R', |out| {
        out.put_i32(step);
        out.put_slice(data.as_bytes());
    });
}

pub(crate) fn parameter_status(out: &mut BytesMut, name: &str, value: &str) {
    message(out, b'S', |out| {
        text(out, name);
        text(out, value);
    });
}

pub(crate) fn backend_key_data(out: &mut BytesMut, process: i32, key: i32) {
    message(out, b'K', |out| {
        out.put_i32(process);
        out.put_i32(key);
    });
}

pub(crate) fn negotiate_version(out: &mut BytesMut, minor: i32, unknown: &[&str]) {
    message(out, b'v', |out| {
        out.put_i32(minor);
        out.put_i32(i32::try_from(unknown.len()).unwrap_or(i32::MAX));
        for name in unknown {
            text(out, name);
        }
    });
}

/// Writes that a message may come; `status` is `I`, `T` or `E`.
pub(crate) fn ready_for_query(out: &mut BytesMut, status: u8) {
    message(out, b'Z', |out| out.put_u8(status));
}

/// Writes an error (`E`) or notice (`N`) with its fields, each a letter and a text.
pub(crate) fn report(out: &mut BytesMut, letter: u8, fields: &[(u8, &str)]) {
    message(out, letter, |out| {
        for (field, content) in fields {
            out.put_u8(*field);
            text(out, content);
        }
        out.put_u8(0);
    });
}

pub(crate) fn row_description(out: &mut BytesMut, columns: &[ColumnDescription]) {
    message(out, b'T', |out| {
        count(out, columns.len());
        for column in columns {
            text(out, &column.name);
            // No column of an answer is told to be one of a table.
            out.put_i32(0);
            out.put_i16(0);
            out.put_u32(column.type_oid);
            out.put_i16(column.length);
            out.put_i32(-1);
            out.put_i16(column.format);
        }
    });
}

pub(crate) fn parameter_description(out: &mut BytesMut, types: &[u32]) {
    message(out, b't', |out| {
        count(out, types.len());
        for oid in types {
            out.put_u32(*oid);
        }
    });
}

pub(crate) fn command_complete(out: &mut BytesMut, tag: &str) {
    message(out, b'C', |out| text(out, tag));
}

/// Writes that rows come as COPY's data: 0 is text, 1 is binary.
pub(crate) fn copy_out(out: &mut BytesMut, format: u8, columns: usize) {
    message(out, b'H', |out| {
        out.put_u8(format);
        count(out, columns);
        for _ in 0..columns {
            out.put_i16(format.into());
        }
    });
}

/// Writes a message that is its letter alone.
pub(crate) fn bare(out: &mut BytesMut, letter: u8) {
    message(out, letter, |_| {});
}

/// The letter that says a statement was parsed.
pub(crate) const PARSE_COMPLETE: u8 = b'1';
/// The letter that says a portal was made.
pub(crate) const BIND_COMPLETE: u8 = b'2';
/// The letter that says a statement or portal is gone.
pub(crate) const CLOSE_COMPLETE: u8 = b'3';
/// The letter that says there are no columns.
pub(crate) const NO_DATA: u8 = b'n';
/// The letter that says a portal has more rows.
pub(crate) const PORTAL_SUSPENDED: u8 = b's';
/// The letter that says there was no statement.
pub(crate) const EMPTY_QUERY: u8 = b'I';
/// The letter that says COPY's data has ended.
pub(crate) const COPY_DONE: u8 = b'c';
