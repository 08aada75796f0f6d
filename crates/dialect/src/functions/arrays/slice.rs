//! `array[1:2]`.

use super::lists::{Lists, ListsBuilder};
use super::subscript::{check_places, check_value, one_key, place};
use crate::array_types::{self, first_subscript};
use crate::functions::argument::Argument;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section, Typed};
use census_types::SqlType;
use census_types::hstore;
use datafusion::arrow::array::Int64Array;
use datafusion::arrow::datatypes::FieldRef;
use datafusion::common::{Result, ScalarValue, exec_err};
use datafusion::logical_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs};
use std::ops::Range;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__slice",
    syntax: "",
    summary: "Returns a part of an array: for each dimension a letter says which bounds follow, i for 1 and an upper one, b for both, l, u or n.",
    examples: &[
        Example { sql: "SELECT (ARRAY[1, 2, 3])[2:3]", prints: "{2,3}" },
        Example { sql: "SELECT (ARRAY[1, 2, 3])[:2]", prints: "{1,2}" },
        Example { sql: "SELECT (ARRAY[[1, 2], [3, 4]])[:][2:]", prints: "{{2},{4}}" },
        Example { sql: "SELECT (ARRAY[1, 2, 3])[5:6]", prints: "{}" },
        Example { sql: "SELECT (ARRAY[1, 2, 3])[NULL:2]", prints: "NULL" },
    ],
    implementation: Implementation::Typed(Typed { arguments: None, takes, returns, invoke }),
};

fn takes(given: &[SqlType]) -> Vec<SqlType> {
    // The value and which bounds there are stand before the bounds.
    given
        .iter()
        .take(2)
        .cloned()
        .chain(std::iter::repeat(SqlType::Int64))
        .take(given.len())
        .collect()
}

fn returns(arguments: &ReturnFieldArgs<'_>) -> Result<FieldRef> {
    let ([value, _, places @ ..], [scalar, _, scalars @ ..]) =
        (arguments.arg_fields, arguments.scalar_arguments)
    else {
        return exec_err!("{} needs a value and bounds", RECORD.name);
    };
    if hstore::is_hstore_type(value.data_type()) {
        return Err(one_key());
    }
    check_value(value.data_type(), *scalar)?;
    // Two bounds a dimension.
    for (places, scalars) in places.chunks(2).zip(scalars.chunks(2)) {
        check_places(places, scalars)?;
    }
    let item = array_types::item(value.data_type());
    let array = array_types::array_of(item, array_types::dimensions(value.data_type()));
    Ok(Arc::new(array_types::field(RECORD.name, array)))
}

fn invoke(arguments: &ScalarFunctionArgs) -> Result<ColumnarValue> {
    let [value, ColumnarValue::Scalar(ScalarValue::Utf8(Some(letters))), places @ ..] =
        arguments.args.as_slice()
    else {
        return exec_err!("{} needs a value and bounds", RECORD.name);
    };
    let is_constant = arguments.args.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
    let rows = if is_constant { 1 } else { arguments.number_rows };
    let lists = Argument {
        array: Lists::new(&value.to_array(1)?)?,
        is_constant: matches!(value, ColumnarValue::Scalar(_)),
    };
    let places = places.iter().map(place).collect::<Result<Vec<_>>>()?;
    let mut builder = ListsBuilder::new(vec![Arc::clone(&lists.array.items)]);
    let first = arguments.arg_fields.first().map_or(1, |field| first_subscript(field));
    for row in 0..rows {
        match parts(&lists, letters, &places, first, row) {
            Some(parts) => append(&mut builder, &lists, &parts, row)?,
            None => builder.null_row(),
        }
    }
    let item = lists.array.items.data_type().clone();
    let array = builder.finish(&item, lists.array.depth())?;
    if is_constant {
        return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
    }
    Ok(ColumnarValue::Array(array))
}

/// Returns which places of each dimension are wanted, counted from 0; none where there are no items, `None` where the
/// array or a bound is NULL.
fn parts(
    lists: &Argument<Lists>,
    letters: &str,
    places: &[Argument<Int64Array>],
    first: i64,
    row: usize,
) -> Option<Vec<Range<usize>>> {
    let list = lists.row(row)?;
    let lengths = lists.array.dimensions(list);
    let mut bounds = places.iter().map(|place| place.value(row));
    let mut parts = Vec::with_capacity(letters.len());
    for (dimension, letter) in letters.chars().enumerate() {
        let length = lengths.get(dimension).copied().unwrap_or_default();
        let mut lower = first;
        let mut upper = i64::try_from(length).unwrap_or(i64::MAX).saturating_add(first - 1);
        if matches!(letter, 'b' | 'l') {
            lower = bounds.next()??;
        }
        if matches!(letter, 'b' | 'u' | 'i') {
            upper = bounds.next()??;
        }
        let start = usize::try_from(lower.saturating_sub(first)).unwrap_or_default();
        let end = upper.saturating_sub(first).saturating_add(1);
        let end = usize::try_from(end).unwrap_or_default().min(length);
        parts.push(start.min(end)..end);
    }
    // Dimensions that no bounds are given for are taken whole.
    parts.extend(lengths.iter().skip(parts.len()).map(|length| 0..*length));
    let is_nothing = parts.len() > lengths.len() || parts.iter().any(Range::is_empty);
    Some(if is_nothing { Vec::new() } else { parts })
}

fn append(
    builder: &mut ListsBuilder,
    lists: &Argument<Lists>,
    parts: &[Range<usize>],
    row: usize,
) -> Result<()> {
    let list = lists.index(row);
    if let Some((last, outer)) = parts.split_last() {
        let lengths = lists.array.dimensions(list);
        let start = lists.array.range(list).start;
        let mut places: Vec<usize> = outer.iter().map(|part| part.start).collect();
        loop {
            let index = places
                .iter()
                .zip(&lengths)
                .fold(0, |index, (place, length)| index * length + place);
            let line = start + index * lengths[outer.len()];
            builder.extend(0, line + last.start..line + last.end)?;
            // Counts on, the innermost place first.
            let Some(next) =
                (0..outer.len()).rev().find(|place| places[*place] + 1 < outer[*place].end)
            else {
                break;
            };
            places[next] += 1;
            for place in next + 1..outer.len() {
                places[place] = outer[place].start;
            }
        }
    }
    builder.end_row(parts.iter().map(ExactSizeIterator::len).collect());
    Ok(())
}
