//! `greatest` and `least` of values that are compared by a key.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef};
use datafusion::arrow::compute::interleave;
use datafusion::arrow::row::{RowConverter, SortField};
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "__extreme",
    syntax: "",
    summary: "Returns the value with the greatest or the least key; values and keys alternate, and whether it is the greatest follows.",
    examples: &[
        Example {
            sql: "SELECT greatest(INTERVAL '1 day', INTERVAL '25 hours', NULL)",
            prints: "25:00:00",
        },
        Example { sql: "SELECT least(hstore 'a=>2', 'a=>1')", prints: "\"a\"=>\"1\"" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::AnyElement],
        Parameter::AnyElement,
        extreme,
    )
    .followed_by(Parameter::Any)]),
};

fn extreme(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let count = arguments.count() / 2;
    let is_greatest = arguments.booleans(arguments.count() - 1)?;
    let is_greatest = is_greatest.array.value(0);
    let mut values = Vec::with_capacity(count);
    let mut keys = Vec::with_capacity(count);
    for place in 0..count {
        values.push(arguments.any(2 * place)?);
        keys.push(arguments.any(2 * place + 1)?);
    }
    let Some(key_type) = keys.first().map(|key| key.array.data_type().clone()) else {
        return arguments.any(0).map(|value| value.array);
    };
    let converter = RowConverter::new(vec![SortField::new(key_type)])?;
    let rows = keys
        .iter()
        .map(|key| converter.convert_columns(&[ArrayRef::clone(&key.array)]))
        .collect::<std::result::Result<Vec<_>, _>>()?;
    let chosen: Vec<(usize, usize)> = (0..arguments.rows())
        .map(|row| {
            let mut best: Option<usize> = None;
            for place in
                (0..count).filter(|place| keys[*place].array.is_valid(keys[*place].index(row)))
            {
                let key = |place: usize| rows[place].row(keys[place].index(row));
                let is_better = best.is_none_or(|best| {
                    if is_greatest { key(place) > key(best) } else { key(place) < key(best) }
                });
                if is_better {
                    best = Some(place);
                }
            }
            // Where all are NULL the first stands for them.
            let place = best.unwrap_or(0);
            (place, values[place].index(row))
        })
        .collect();
    let arrays: Vec<&dyn Array> = values.iter().map(|value| value.array.as_ref()).collect();
    Ok(interleave(&arrays, &chosen)?)
}
