//! `hstore(…)`.

use crate::functions::argument::{Argument, Arguments, external};
use crate::functions::casts::hstore_in::hstore_in;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use census_types::hstore::HstoreBuilder;
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "hstore",
    syntax: "hstore(text) → hstore\nhstore(text, text) → hstore\nhstore(text[]) → hstore\nhstore(text[][]) → hstore\nhstore(text[], text[]) → hstore",
    summary: "Makes an hstore of a text as a cast does, of a key and its value, of keys and values in turn, of pairs, or of keys and of values.",
    examples: &[
        Example { sql: "SELECT hstore('a=>1, a=>2')", prints: "\"a\"=>\"1\"" },
        Example { sql: "SELECT hstore('a', NULL)", prints: "\"a\"=>NULL" },
        Example { sql: "SELECT hstore(NULL, 'b')", prints: "NULL" },
        Example {
            sql: "SELECT hstore(ARRAY['a','1','b','2'])",
            prints: "\"a\"=>\"1\", \"b\"=>\"2\"",
        },
        Example {
            sql: "SELECT hstore(ARRAY[['a','1'],['b',NULL]])",
            prints: "\"a\"=>\"1\", \"b\"=>NULL",
        },
        Example {
            sql: "SELECT hstore(ARRAY['a','b'], ARRAY['1',NULL])",
            prints: "\"a\"=>\"1\", \"b\"=>NULL",
        },
        Example { sql: "SELECT hstore(ARRAY['a','b'], NULL)", prints: "\"a\"=>NULL, \"b\"=>NULL" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text], Parameter::Hstore, hstore_in),
        Overload::lenient(&[Parameter::Text, Parameter::Text], Parameter::Hstore, of_pair),
        Overload::strict(&[Parameter::TextMatrix], Parameter::Hstore, of_rows),
        Overload::strict(&[Parameter::TextArray], Parameter::Hstore, of_items),
        Overload::lenient(
            &[Parameter::TextArray, Parameter::TextArray],
            Parameter::Hstore,
            of_lists,
        ),
    ]),
};

fn of_pair(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (keys, values) = (arguments.text(0)?, arguments.text(1)?);
    let mut builder = HstoreBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (key, value) = (keys.index(row), values.index(row));
        if keys.array.is_null(key) {
            builder.append_null();
        } else {
            let value = values.array.is_valid(value).then(|| values.array.value(value));
            builder.append([(keys.array.value(key), value)]);
        }
    }
    Ok(Arc::new(builder.finish()))
}

fn of_items(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lists = arguments.text_lists(0)?;
    let mut builder = HstoreBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let list = lists.index(row);
        if lists.array.is_null(list) {
            builder.append_null();
            continue;
        }
        let items: Vec<Option<&str>> = lists.array.items(list).collect();
        if !items.len().is_multiple_of(2) {
            return Err(fault("array must have even number of elements"));
        }
        let pairs = items.chunks_exact(2).map(|pair| Ok((key(pair[0])?, pair[1])));
        builder.append(pairs.collect::<Result<Vec<_>>>()?);
    }
    Ok(Arc::new(builder.finish()))
}

fn of_rows(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let Argument { array, is_constant } = arguments.any(0)?;
    let matrices = array.as_list::<i32>();
    let mut builder = HstoreBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let matrix = if is_constant { 0 } else { row };
        if matrices.is_null(matrix) {
            builder.append_null();
            continue;
        }
        let pairs = matrices.value(matrix);
        let mut entries = Vec::with_capacity(pairs.len());
        for pair in pairs.as_list::<i32>().iter().flatten() {
            let pair = cast(&pair, &DataType::Utf8)?;
            let pair = pair.as_string::<i32>();
            if pair.len() != 2 {
                return Err(fault("array must have two columns"));
            }
            let name = key(pair.is_valid(0).then(|| pair.value(0)))?.to_owned();
            entries.push((name, pair.is_valid(1).then(|| pair.value(1).to_owned())));
        }
        builder.append(entries);
    }
    Ok(Arc::new(builder.finish()))
}

fn of_lists(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (keys, values) = (arguments.text_lists(0)?, arguments.text_lists(1)?);
    let mut builder = HstoreBuilder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (names, list) = (keys.index(row), values.index(row));
        if keys.array.is_null(names) {
            builder.append_null();
            continue;
        }
        let names = keys.array.items(names);
        // NULL for all values is NULL for each.
        let items = if values.array.is_null(list) {
            vec![None; names.len()]
        } else {
            values.array.items(list).collect()
        };
        if items.len() != names.len() {
            return Err(fault("arrays must have same bounds"));
        }
        builder.append(names.map(key).collect::<Result<Vec<_>>>()?.into_iter().zip(items));
    }
    Ok(Arc::new(builder.finish()))
}

fn key(item: Option<&str>) -> Result<&str> {
    item.ok_or_else(|| {
        let message = "null value not allowed for hstore key";
        external(Error::new(SqlState::NullValueNotAllowed, message))
    })
}

fn fault(message: &str) -> DataFusionError {
    external(Error::new(SqlState::ArraySubscriptError, message))
}
