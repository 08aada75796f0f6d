//! `hstore -> key`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, MapArray, StringArray, StringBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "__hstore_get",
    syntax: "",
    summary: "Returns the value of a key, NULL if there is none; the operator -> of hstore.",
    examples: &[
        Example { sql: "SELECT hstore 'a=>x, b=>y' -> 'b'", prints: "y" },
        Example { sql: "SELECT hstore 'a=>x' -> 'b'", prints: "NULL" },
        Example { sql: "SELECT hstore 'a=>NULL' -> 'a'", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Text],
        Parameter::Text,
        get,
    )]),
};

/// The keys of a map array as bytes with their offsets, so that a search compares lengths before contents.
pub(crate) struct Entries<'a> {
    rows: &'a [i32],
    keys: &'a StringArray,
}

impl<'a> Entries<'a> {
    pub(crate) fn of(hstores: &'a MapArray) -> Self {
        Self { rows: hstores.value_offsets(), keys: hstores.keys().as_string() }
    }

    /// Returns where the entry of a key stands among all entries.
    #[inline]
    pub(crate) fn find(&self, row: usize, key: &[u8]) -> Option<usize> {
        let offsets = self.keys.value_offsets();
        let bytes = self.keys.value_data();
        // Arrow keeps offsets as i32 that are never negative.
        #[allow(clippy::cast_sign_loss)]
        let (first, end) = (self.rows[row] as usize, self.rows[row + 1] as usize);
        #[allow(clippy::cast_sign_loss)]
        (first..end).find(|&entry| {
            let (start, stop) = (offsets[entry] as usize, offsets[entry + 1] as usize);
            stop - start == key.len() && &bytes[start..stop] == key
        })
    }
}

fn get(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let hstores = arguments.hstore(0)?;
    let keys = arguments.text(1)?;
    let entries = Entries::of(&hstores.array);
    let values = hstores.array.values().as_string::<i32>();
    let mut builder = StringBuilder::with_capacity(arguments.rows(), arguments.rows() * 16);
    for row in 0..arguments.rows() {
        let (hstore, key) = (hstores.index(row), keys.index(row));
        if hstores.array.is_null(hstore) || keys.array.is_null(key) {
            builder.append_null();
            continue;
        }
        match entries.find(hstore, keys.array.value(key).as_bytes()) {
            Some(entry) if values.is_valid(entry) => builder.append_value(values.value(entry)),
            _ => builder.append_null(),
        }
    }
    Ok(Arc::new(builder.finish()))
}
