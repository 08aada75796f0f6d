//! `json_object(…)`.

use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use census_types::{json, write_json_string};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::{Array, AsArray, StringBuilder};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::error::DataFusionError;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_object",
    syntax: "json_object(text[]) → json\njson_object(text[][]) → json\njson_object(text[], text[]) → json",
    summary: "Makes an object of texts: of keys and values in turn, of pairs, or of keys and of values.",
    examples: &[
        Example {
            sql: "SELECT json_object(ARRAY['a','1','b',NULL])",
            prints: "{\"a\" : \"1\", \"b\" : null}",
        },
        Example {
            sql: "SELECT json_object(ARRAY[['a','1'],['b','def']])",
            prints: "{\"a\" : \"1\", \"b\" : \"def\"}",
        },
        Example {
            sql: "SELECT json_object(ARRAY['a','b'], ARRAY['1','2'])",
            prints: "{\"a\" : \"1\", \"b\" : \"2\"}",
        },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::TextMatrix], Parameter::Json, of_rows),
        Overload::strict(&[Parameter::TextArray], Parameter::Json, of_items),
        Overload::strict(&[Parameter::TextArray, Parameter::TextArray], Parameter::Json, of_lists),
    ]),
};

fn of_items(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lists = arguments.text_lists(0)?;
    objects(arguments.rows(), |row| {
        let list = lists.index(row);
        if lists.array.is_null(list) {
            return Ok(None);
        }
        let items: Vec<Option<&str>> = lists.array.items(list).collect();
        if !items.len().is_multiple_of(2) {
            return Err(fault("array must have even number of elements"));
        }
        Ok(Some(items.chunks_exact(2).map(|pair| (owned(pair[0]), owned(pair[1]))).collect()))
    })
}

fn of_rows(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let matrices = arguments.any(0)?;
    objects(arguments.rows(), |row| {
        let lists = matrices.array.as_list::<i32>();
        if lists.is_null(matrices.index(row)) {
            return Ok(None);
        }
        let pairs = lists.value(matrices.index(row));
        let mut entries = Vec::with_capacity(pairs.len());
        for pair in pairs.as_list::<i32>().iter().flatten() {
            let pair = cast(&pair, &DataType::Utf8)?;
            let pair = pair.as_string::<i32>();
            if pair.len() != 2 {
                return Err(fault("array must have two columns"));
            }
            let item = |index: usize| owned(pair.is_valid(index).then(|| pair.value(index)));
            entries.push((item(0), item(1)));
        }
        Ok(Some(entries))
    })
}

fn of_lists(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (keys, values) = (arguments.text_lists(0)?, arguments.text_lists(1)?);
    objects(arguments.rows(), |row| {
        let (names, list) = (keys.index(row), values.index(row));
        if keys.array.is_null(names) || values.array.is_null(list) {
            return Ok(None);
        }
        let (names, items) = (keys.array.items(names), values.array.items(list));
        if names.len() != items.len() {
            return Err(fault("mismatched array dimensions"));
        }
        Ok(Some(names.zip(items).map(|(name, item)| (owned(name), owned(item))).collect()))
    })
}

/// Keys and values; a key that is NULL is refused.
type Entries = Vec<(Option<String>, Option<String>)>;

fn owned(item: Option<&str>) -> Option<String> {
    item.map(str::to_owned)
}

fn objects(rows: usize, entries: impl Fn(usize) -> Result<Option<Entries>>) -> Result<ArrayRef> {
    let mut builder = StringBuilder::new();
    for row in 0..rows {
        let Some(entries) = entries(row)? else {
            builder.append_null();
            continue;
        };
        let mut object = String::from("{");
        for (index, (key, value)) in entries.iter().enumerate() {
            let Some(key) = key else {
                let message = "null value not allowed for object key";
                return Err(external(Error::new(SqlState::NullValueNotAllowed, message)));
            };
            if index > 0 {
                object.push_str(", ");
            }
            write_json_string(key, &mut object);
            object.push_str(" : ");
            match value {
                Some(value) => write_json_string(value, &mut object),
                None => object.push_str("null"),
            }
        }
        object.push('}');
        builder.append_value(object);
    }
    Ok(json::of_texts(builder.finish()))
}

fn fault(message: &str) -> DataFusionError {
    external(Error::new(SqlState::ArraySubscriptError, message))
}
