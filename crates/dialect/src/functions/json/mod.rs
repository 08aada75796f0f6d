//! JSON: what a text holds, and texts made of values.

pub(super) mod array_to_json;
pub(super) mod each_keys;
pub(super) mod each_values;
pub(super) mod each_values_text;
pub(super) mod element;
pub(super) mod element_text;
pub(super) mod elements;
pub(super) mod elements_text;
pub(super) mod json_agg;
pub(super) mod json_array_length;
pub(super) mod json_build_array;
pub(super) mod json_build_object;
pub(super) mod json_extract_path;
pub(super) mod json_extract_path_text;
pub(super) mod json_object;
pub(super) mod json_object_agg;
pub(super) mod json_strip_nulls;
pub(super) mod json_typeof;
pub(super) mod member;
pub(super) mod member_text;
pub(super) mod object_keys;
pub(super) mod path;
pub(super) mod path_text;
pub(super) mod to_json;

use crate::functions::argument::{Argument, Arguments, external};
use census_error::{Error, SqlState};
use census_types::json::{self, JsonKind, JsonValue};
use census_types::{JsonDatum, JsonFault};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int64Builder, ListArray, ListBuilder, StringArray, StringBuilder,
};
use datafusion::arrow::datatypes::Field;
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use std::borrow::Cow;
use std::sync::Arc;

/// In what type what is found is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    Json,
    Text,
}

/// Finds something in the document of each row by a rule.
fn find(
    arguments: &Arguments<'_>,
    output: Output,
    rule: impl for<'v> Fn(JsonValue<'v>, usize) -> Result<Option<JsonValue<'v>>, JsonFault>,
) -> Result<ArrayRef> {
    let documents = arguments.json(0)?;
    let mut builder = StringBuilder::new();
    for row in 0..arguments.rows() {
        let document = documents.index(row);
        if documents.array.is_null(document) {
            builder.append_null();
            continue;
        }
        let found = JsonValue::new(documents.array.value(document))
            .and_then(|document| rule(document, row))
            .and_then(|found| found.map_or(Ok(None), |found| shown(found, output)))
            .map_err(external)?;
        builder.append_option(found);
    }
    Ok(given(builder.finish(), output))
}

fn shown(value: JsonValue<'_>, output: Output) -> Result<Option<Cow<'_, str>>, JsonFault> {
    match output {
        Output::Json => Ok(Some(Cow::Borrowed(value.as_str()))),
        Output::Text => value.to_text(),
    }
}

fn given(texts: StringArray, output: Output) -> ArrayRef {
    match output {
        Output::Json => json::of_texts(texts),
        Output::Text => Arc::new(texts),
    }
}

/// Finds the value of a key.
fn find_member(arguments: &Arguments<'_>, output: Output) -> Result<ArrayRef> {
    let keys = arguments.text(1)?;
    find(arguments, output, |document, row| {
        let key = keys.index(row);
        if keys.array.is_null(key) {
            Ok(None)
        } else {
            document.with_characters()?.member(keys.array.value(key))
        }
    })
}

/// Finds an element by its place.
fn find_element(arguments: &Arguments<'_>, output: Output) -> Result<ArrayRef> {
    let places = arguments.bigints(1)?;
    find(arguments, output, |document, row| {
        let place = places.index(row);
        if places.array.is_null(place) {
            Ok(None)
        } else {
            document.with_characters()?.element(places.array.value(place))
        }
    })
}

/// Finds what a path in an array leads to; NULL within the path leads nowhere.
fn find_path(arguments: &Arguments<'_>, output: Output) -> Result<ArrayRef> {
    let paths = arguments.text_lists(1)?;
    find(arguments, output, |document, row| {
        let path = paths.index(row);
        if paths.array.is_null(path) {
            return Ok(None);
        }
        match paths.array.items(path).collect::<Option<Vec<_>>>() {
            Some(steps) => document.with_characters()?.path(&steps),
            None => Ok(None),
        }
    })
}

/// Finds what a path in the arguments leads to.
fn find_arguments(arguments: &Arguments<'_>, output: Output) -> Result<ArrayRef> {
    let steps =
        (1..arguments.count()).map(|index| arguments.text(index)).collect::<Result<Vec<_>>>()?;
    find(arguments, output, |document, row| {
        let path = steps.iter().map(|step: &Argument<StringArray>| {
            let index = step.index(row);
            step.array.is_valid(index).then(|| step.array.value(index))
        });
        match path.collect::<Option<Vec<&str>>>() {
            Some(path) => document.with_characters()?.path(&path),
            None => Ok(None),
        }
    })
}

/// Lists something of the document of each row by a rule.
fn list(
    arguments: &Arguments<'_>,
    output: Output,
    rule: impl Fn(JsonValue<'_>, &mut StringBuilder) -> Result<(), Error>,
) -> Result<ArrayRef> {
    let documents = arguments.json(0)?;
    let mut builder = ListBuilder::new(StringBuilder::new());
    for row in 0..arguments.rows() {
        let document = documents.index(row);
        let is_valid = documents.array.is_valid(document);
        if is_valid {
            let document = JsonValue::new(documents.array.value(document)).map_err(external)?;
            rule(document, builder.values()).map_err(external)?;
        }
        builder.append(is_valid);
    }
    let (_, offsets, items, nulls) = builder.finish().into_parts();
    let items = items.as_string::<i32>().clone();
    let items = given(items, output);
    let field = Field::new_list_field(items.data_type().clone(), true);
    let lists = ListArray::try_new(Arc::new(field), offsets, items, nulls)?;
    Ok(Arc::new(lists))
}

/// Lists the elements of an array.
fn list_elements(arguments: &Arguments<'_>, output: Output, name: &str) -> Result<ArrayRef> {
    list(arguments, output, |document, items| {
        match document.kind() {
            JsonKind::Array => {}
            JsonKind::Object => return Err(misuse(format!("cannot call {name} on a non-array"))),
            _ => return Err(misuse(format!("cannot call {name} on a scalar"))),
        }
        for child in document.children() {
            items.append_option(shown(child?.1, output)?);
        }
        Ok(())
    })
}

/// Lists the values of an object.
fn list_values(arguments: &Arguments<'_>, output: Output) -> Result<ArrayRef> {
    list(arguments, output, |document, items| {
        expect_object(document)?;
        for child in document.children() {
            items.append_option(shown(child?.1, output)?);
        }
        Ok(())
    })
}

/// Refuses what `json_each` cannot take apart.
fn expect_object(document: JsonValue<'_>) -> Result<(), Error> {
    match document.kind() {
        JsonKind::Object => Ok(()),
        JsonKind::Array => Err(misuse("cannot deconstruct an array as an object")),
        _ => Err(misuse("cannot deconstruct a scalar")),
    }
}

fn misuse(message: impl Into<String>) -> Error {
    Error::new(SqlState::InvalidParameterValue, message)
}

/// Counts something of the document of each row.
fn count(
    arguments: &Arguments<'_>,
    rule: impl Fn(JsonValue<'_>) -> Result<usize, Error>,
) -> Result<ArrayRef> {
    let documents = arguments.json(0)?;
    let mut builder = Int64Builder::with_capacity(arguments.rows());
    for document in &documents.array {
        let count = document
            .map(|text| JsonValue::new(text).map_err(Error::from).and_then(&rule))
            .transpose()
            .map_err(external)?;
        builder.append_option(count.and_then(|count| i64::try_from(count).ok()));
    }
    Ok(Arc::new(builder.finish()))
}

/// Makes a text a row by a rule that is handed the values of the arguments.
fn compose(
    arguments: &Arguments<'_>,
    rule: impl Fn(&[(JsonDatum<'_>, bool)], usize, &mut String) -> Result<(), Error>,
) -> Result<ArrayRef> {
    let columns =
        (0..arguments.count()).map(|index| arguments.any(index)).collect::<Result<Vec<_>>>()?;
    let mut values = Vec::with_capacity(columns.len());
    for (index, column) in columns.iter().enumerate() {
        let datum = JsonDatum::new(arguments.field(index), column.array.as_ref());
        values.push((datum.map_err(external)?, column.is_constant));
    }
    let mut builder = StringBuilder::new();
    let mut text = String::new();
    for row in 0..arguments.rows() {
        text.clear();
        rule(&values, row, &mut text).map_err(external)?;
        builder.append_value(&text);
    }
    Ok(json::of_texts(builder.finish()))
}

/// Returns where the value of an argument for a row stands.
fn place(value: &(JsonDatum<'_>, bool), row: usize) -> usize {
    if value.1 { 0 } else { row }
}

/// Returns the error for a value that cannot be a key.
fn no_key() -> Error {
    misuse("key value must be scalar, not array, composite, or json")
}

/// Carries a misuse through DataFusion.
fn misused(message: &str) -> DataFusionError {
    external(misuse(message))
}
