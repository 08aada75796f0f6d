//! Arguments of any type, as PostgreSQL prints them.

use crate::functions::argument::{Arguments, external};
use census_types::TextFormatter;
use datafusion::arrow::array::{Array, ArrayRef};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, FieldRef};
use datafusion::common::Result;
use std::sync::Arc;

/// The arguments from some place on.
pub(super) struct Values {
    values: Vec<(FieldRef, ArrayRef, bool)>,
}

/// Prints one argument.
pub(super) struct Writer<'a> {
    formatter: Option<TextFormatter<'a>>,
    is_constant: bool,
}

impl Values {
    /// Takes the arguments as their casts to text give them, which write a boolean out.
    pub(super) fn cast(arguments: &Arguments<'_>, first: usize) -> Result<Self> {
        let mut values = Self::of(arguments, first)?;
        for (field, array, _) in &mut values.values {
            if *array.data_type() == DataType::Boolean {
                *array = cast(array, &DataType::Utf8)?;
                *field = Arc::new(field.as_ref().clone().with_data_type(DataType::Utf8));
            }
        }
        Ok(values)
    }

    /// Takes the arguments as they are printed.
    pub(super) fn of(arguments: &Arguments<'_>, first: usize) -> Result<Self> {
        let values = (first..arguments.count()).map(|index| {
            let argument = arguments.any(index)?;
            Ok((arguments.field(index).clone(), argument.array, argument.is_constant))
        });
        Ok(Self { values: values.collect::<Result<_>>()? })
    }

    pub(super) fn writers(&self) -> Result<Vec<Writer<'_>>> {
        let mut writers = Vec::with_capacity(self.values.len());
        for (field, array, is_constant) in &self.values {
            let formatter = if array.data_type().is_null() {
                None
            } else {
                Some(TextFormatter::new(field, array.as_ref()).map_err(external)?)
            };
            writers.push(Writer { formatter, is_constant: *is_constant });
        }
        Ok(writers)
    }
}

impl Writer<'_> {
    /// Appends the value for a row and returns true, or returns false where it is NULL.
    pub(super) fn write(&self, row: usize, out: &mut String) -> bool {
        let row = if self.is_constant { 0 } else { row };
        self.formatter.as_ref().is_some_and(|formatter| formatter.write(row, out))
    }
}
