//! The arguments of a kernel: columns and constants, in the types that its overload declares.

use crate::catalog::Catalog;
use crate::functions::casts::{bigint_in, boolean_in, float8_in};
use crate::functions::strings::encoding;
use census_error::Error;
use census_types::{hstore, inet, json, time};
use datafusion::arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, BinaryArray, BooleanArray, FixedSizeBinaryArray,
    Float64Array, Int64Array, ListArray, MapArray, PrimitiveArray, StringArray,
    TimestampMicrosecondArray,
};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Field, FieldRef, Float64Type, Int64Type, IntervalMonthDayNanoType,
    IntervalUnit, Time64MicrosecondType, TimeUnit, TimestampMicrosecondType,
};
use datafusion::common::{Result, exec_err};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::ColumnarValue;
use std::sync::Arc;

/// The arguments of one call for one batch.
pub struct Arguments<'a> {
    values: &'a [ColumnarValue],
    fields: &'a [FieldRef],
    rows: usize,
    catalog: &'a Catalog,
}

/// An argument as an array; a constant has one row that stands for all.
pub struct Argument<A> {
    /// The values.
    pub array: A,
    /// Whether the only row stands for all rows.
    pub is_constant: bool,
}

impl<A> Argument<A> {
    /// Returns where the value for a row stands in the array.
    #[inline]
    pub fn index(&self, row: usize) -> usize {
        if self.is_constant { 0 } else { row }
    }
}

impl<'a> Arguments<'a> {
    /// Takes what DataFusion hands to a function; with constants only there is one row.
    pub(crate) fn new(
        values: &'a [ColumnarValue],
        fields: &'a [FieldRef],
        number_rows: usize,
        catalog: &'a Catalog,
    ) -> Self {
        let all_constant = values.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
        Self { values, fields, rows: if all_constant { 1 } else { number_rows }, catalog }
    }

    /// Returns the objects that the functions of the catalog speak of.
    #[must_use]
    pub fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    /// Returns how many rows the result must have.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Returns how many arguments there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// Returns the field of an argument.
    #[must_use]
    pub fn field(&self, index: usize) -> &FieldRef {
        &self.fields[index]
    }

    /// Returns an argument in the type it came in.
    pub fn any(&self, index: usize) -> Result<Argument<ArrayRef>> {
        match self.values.get(index) {
            Some(ColumnarValue::Array(array)) => {
                Ok(Argument { array: array.clone(), is_constant: false })
            }
            Some(ColumnarValue::Scalar(scalar)) => {
                Ok(Argument { array: scalar.to_array()?, is_constant: true })
            }
            None => exec_err!("argument {index} is missing"),
        }
    }

    /// Returns an argument as text.
    pub fn text(&self, index: usize) -> Result<Argument<StringArray>> {
        let Argument { array, is_constant } = self.any(index)?;
        let array = match array.data_type() {
            DataType::Utf8 => array.as_string::<i32>().clone(),
            _ => cast(&array, &DataType::Utf8)?.as_string::<i32>().clone(),
        };
        Ok(Argument { array, is_constant })
    }

    /// Returns an argument in a type: texts are read as it, anything else is cast.
    pub(super) fn typed<A>(
        &self,
        index: usize,
        data_type: &DataType,
        read: impl Fn(&StringArray) -> Result<ArrayRef>,
        view: impl Fn(&dyn Array) -> A,
    ) -> Result<Argument<A>> {
        let Argument { array, is_constant } = self.any(index)?;
        let array = match array.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                read(cast(&array, &DataType::Utf8)?.as_string::<i32>())?
            }
            _ => cast(&array, data_type)?,
        };
        Ok(Argument { array: view(&array), is_constant })
    }

    /// Returns an argument as bigints; a literal is read as one (22P02).
    pub fn bigints(&self, index: usize) -> Result<Argument<Int64Array>> {
        self.typed(
            index,
            &DataType::Int64,
            |texts| {
                let values = texts.iter().map(|text| text.map(bigint_in::read).transpose());
                Ok(Arc::new(
                    values.collect::<std::result::Result<Int64Array, Error>>().map_err(external)?,
                ))
            },
            |array| array.as_primitive::<Int64Type>().clone(),
        )
    }

    /// Returns an argument as numbers of double precision; a literal is read as one (22P02).
    pub fn doubles(&self, index: usize) -> Result<Argument<Float64Array>> {
        self.typed(
            index,
            &DataType::Float64,
            |texts| {
                let values = texts.iter().map(|text| text.map(float8_in::read).transpose());
                Ok(Arc::new(
                    values
                        .collect::<std::result::Result<Float64Array, Error>>()
                        .map_err(external)?,
                ))
            },
            |array| array.as_primitive::<Float64Type>().clone(),
        )
    }

    /// Returns an argument as booleans; a literal is read as one (22P02).
    pub fn booleans(&self, index: usize) -> Result<Argument<BooleanArray>> {
        self.typed(
            index,
            &DataType::Boolean,
            |texts| {
                let values = texts.iter().map(|text| text.map(boolean_in::read).transpose());
                Ok(Arc::new(
                    values
                        .collect::<std::result::Result<BooleanArray, Error>>()
                        .map_err(external)?,
                ))
            },
            |array| array.as_boolean().clone(),
        )
    }

    /// Returns an argument as timestamps; a literal is read as one (22007, 22008).
    pub fn timestamps(&self, index: usize) -> Result<Argument<TimestampMicrosecondArray>> {
        self.typed(
            index,
            &DataType::Timestamp(TimeUnit::Microsecond, None),
            |texts| read_all::<TimestampMicrosecondType>(texts, time::read_timestamp),
            |array| array.as_primitive::<TimestampMicrosecondType>().clone(),
        )
    }

    /// Returns an argument as dates; a literal is read as one (22007, 22008).
    pub fn dates(&self, index: usize) -> Result<Argument<PrimitiveArray<Date32Type>>> {
        self.typed(
            index,
            &DataType::Date32,
            |texts| read_all::<Date32Type>(texts, time::read_date),
            |array| array.as_primitive::<Date32Type>().clone(),
        )
    }

    /// Returns an argument as times of day; a literal is read as one (22007, 22008).
    pub fn times(&self, index: usize) -> Result<Argument<PrimitiveArray<Time64MicrosecondType>>> {
        self.typed(
            index,
            &DataType::Time64(TimeUnit::Microsecond),
            |texts| read_all::<Time64MicrosecondType>(texts, time::read_time),
            |array| array.as_primitive::<Time64MicrosecondType>().clone(),
        )
    }

    /// Returns an argument as intervals; a literal is read as one (22007, 22008, 22015).
    pub fn intervals(
        &self,
        index: usize,
    ) -> Result<Argument<PrimitiveArray<IntervalMonthDayNanoType>>> {
        self.typed(
            index,
            &DataType::Interval(IntervalUnit::MonthDayNano),
            |texts| {
                read_all::<IntervalMonthDayNanoType>(texts, |text| {
                    time::read_interval(text, time::IntervalFields::All)?.to_arrow()
                })
            },
            |array| array.as_primitive::<IntervalMonthDayNanoType>().clone(),
        )
    }

    /// Returns an argument as bytea; a literal is read as one (22P02).
    pub fn bytes(&self, index: usize) -> Result<Argument<BinaryArray>> {
        self.typed(
            index,
            &DataType::Binary,
            |texts| {
                let values = texts.iter().map(|text| text.map(encoding::read_bytea).transpose());
                let bytes = values.collect::<Result<Vec<_>>>()?;
                Ok(Arc::new(bytes.into_iter().collect::<BinaryArray>()))
            },
            |array| array.as_binary().clone(),
        )
    }

    /// Returns an argument as arrays of text.
    pub fn text_lists(&self, index: usize) -> Result<Argument<TextLists>> {
        let Argument { array, is_constant } = self.any(index)?;
        let item = Field::new_list_field(DataType::Utf8, true);
        let array = cast(&array, &DataType::List(Arc::new(item)))?;
        let lists = array.as_list::<i32>().clone();
        let items = lists.values().as_string::<i32>().clone();
        Ok(Argument { array: TextLists { lists, items }, is_constant })
    }

    /// Returns an argument as texts of JSON; a text, which only a literal may be, is checked first (22P02).
    pub fn json(&self, index: usize) -> Result<Argument<StringArray>> {
        let Argument { array, is_constant } = self.any(index)?;
        let array = match json::texts(array.as_ref()) {
            Some(texts) => texts,
            None => check_json(cast(&array, &DataType::Utf8)?.as_string::<i32>().clone())?,
        };
        Ok(Argument { array, is_constant })
    }

    /// Returns an argument as inet; a text, which only a literal may be, is read as one (22P02).
    pub fn inet(&self, index: usize) -> Result<Argument<FixedSizeBinaryArray>> {
        let Argument { array, is_constant } = self.any(index)?;
        let array = match array.as_fixed_size_binary_opt() {
            Some(values) => values.clone(),
            None => parse_inets(cast(&array, &DataType::Utf8)?.as_string::<i32>())?,
        };
        Ok(Argument { array, is_constant })
    }

    /// Returns an argument as hstore; a text, which only a literal may be, is read as one (22P02).
    pub fn hstore(&self, index: usize) -> Result<Argument<MapArray>> {
        let Argument { array, is_constant } = self.any(index)?;
        let array = match array.data_type() {
            DataType::Map(..) => array.as_map().clone(),
            _ => parse_hstores(cast(&array, &DataType::Utf8)?.as_string::<i32>())?,
        };
        Ok(Argument { array, is_constant })
    }
}

impl<T: ArrowPrimitiveType> Argument<PrimitiveArray<T>> {
    /// Returns the value for a row, or `None` where it is NULL.
    #[must_use]
    pub fn value(&self, row: usize) -> Option<T::Native> {
        let index = self.index(row);
        self.array.is_valid(index).then(|| self.array.value(index))
    }
}

impl Argument<StringArray> {
    /// Returns the text for a row, or `None` where it is NULL.
    #[must_use]
    pub fn value(&self, row: usize) -> Option<&str> {
        let index = self.index(row);
        self.array.is_valid(index).then(|| self.array.value(index))
    }
}

/// Reads every text as a value of a type; NULL stays NULL.
pub(in crate::functions) fn read_all<T: ArrowPrimitiveType>(
    texts: &StringArray,
    read: impl Fn(&str) -> std::result::Result<T::Native, time::TimeFault>,
) -> Result<ArrayRef> {
    let values = texts.iter().map(|text| text.map(&read).transpose().map_err(external));
    Ok(Arc::new(values.collect::<Result<PrimitiveArray<T>>>()?))
}

/// The values of an argument of type `text[]`.
pub struct TextLists {
    lists: ListArray,
    items: StringArray,
}

impl TextLists {
    /// Tells whether the array in a row is NULL.
    pub fn is_null(&self, row: usize) -> bool {
        self.lists.is_null(row)
    }

    /// Returns the items of the array in a row.
    pub fn items(&self, row: usize) -> impl ExactSizeIterator<Item = Option<&str>> {
        let offsets = self.lists.value_offsets();
        // Arrow keeps offsets as i32 that are never negative.
        #[allow(clippy::cast_sign_loss)]
        let range = offsets[row] as usize..offsets[row + 1] as usize;
        range.map(|item| self.items.is_valid(item).then(|| self.items.value(item)))
    }
}

/// Reads texts in PostgreSQL's input syntax of hstore; NULL stays NULL.
///
/// # Errors
/// 22P02 for a text that is no hstore.
pub fn parse_hstores(texts: &StringArray) -> Result<MapArray> {
    let mut builder = hstore::HstoreBuilder::with_capacity(texts.len());
    for text in texts {
        match text {
            Some(text) => builder.append_text(text).map_err(external)?,
            None => builder.append_null(),
        }
    }
    Ok(builder.finish())
}

/// Checks that texts are JSON; NULL is.
///
/// # Errors
/// 22P02 for a text that is not, 54001 for one that is nested too deeply.
pub(crate) fn check_json(texts: StringArray) -> Result<StringArray> {
    for text in texts.iter().flatten() {
        json::check(text).map_err(external)?;
    }
    Ok(texts)
}

/// Reads texts as inet; NULL stays NULL.
///
/// # Errors
/// 22P02 for a text that is no inet.
pub(crate) fn parse_inets(texts: &StringArray) -> Result<FixedSizeBinaryArray> {
    let mut builder = inet::InetBuilder::with_capacity(texts.len());
    for text in texts {
        builder.append(text.map(inet::parse).transpose().map_err(external)?);
    }
    Ok(builder.finish())
}

/// Carries an error of Census through DataFusion, which `error_map` unpacks.
pub(crate) fn external(error: impl Into<census_error::Error>) -> DataFusionError {
    DataFusionError::External(Box::new(error.into()))
}
