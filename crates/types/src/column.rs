//! A column whose Arrow type has been found out once, so that printing a cell costs one `match`.

use datafusion::arrow::array::{
    Array, AsArray, BinaryArray, BinaryViewArray, BooleanArray, FixedSizeBinaryArray,
    LargeBinaryArray, LargeStringArray, StringArray, StringViewArray,
};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Date64Type, DurationMicrosecondType, DurationMillisecondType,
    DurationNanosecondType, DurationSecondType, Field, Float16Type, Float32Type, Float64Type,
    Int8Type, Int16Type, Int32Type, Int64Type, IntervalDayTime, IntervalDayTimeType,
    IntervalMonthDayNano, IntervalMonthDayNanoType, IntervalUnit, IntervalYearMonthType,
    Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimeUnit,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};

use crate::calendar::{Date, Moment, TimeOfDay};
use crate::hstore::{self, HstoreArray};
use crate::inet::{self, Inet};
use crate::interval::Interval;
use crate::nested::{List, Map, Struct};
use crate::{SqlType, TypeError, catalog_type, json};

/// A column, its NULLs, and whether its text is json.
pub(crate) struct Column<'a> {
    nulls: Option<&'a NullBuffer>,
    pub(crate) cells: Cells<'a>,
    pub(crate) is_json: bool,
    /// The type of the catalogs that the column has: some are printed in a form of their own.
    pub(crate) catalog_type: Option<SqlType>,
}

/// The cells by the Arrow type they are kept in.
pub(crate) enum Cells<'a> {
    Null,
    Bool(&'a BooleanArray),
    Int8(&'a [i8]),
    Int16(&'a [i16]),
    Int32(&'a [i32]),
    Int64(&'a [i64]),
    UInt8(&'a [u8]),
    UInt16(&'a [u16]),
    UInt32(&'a [u32]),
    UInt64(&'a [u64]),
    Float32(&'a [f32]),
    Float64(&'a [f64]),
    /// Half floats, widened.
    Float16(Vec<f32>),
    /// Arrow prints decimals as PostgreSQL does.
    Decimal(ArrayFormatter<'a>),
    Utf8(&'a StringArray),
    LargeUtf8(&'a LargeStringArray),
    Utf8View(&'a StringViewArray),
    Binary(&'a BinaryArray),
    LargeBinary(&'a LargeBinaryArray),
    BinaryView(&'a BinaryViewArray),
    FixedBinary(&'a FixedSizeBinaryArray),
    Timestamp(&'a [i64], TimeUnit),
    TimestampTz(&'a [i64], TimeUnit),
    /// Days since 1970.
    Date32(&'a [i32]),
    /// Milliseconds since 1970.
    Date64(&'a [i64]),
    Time32(&'a [i32], TimeUnit),
    Time64(&'a [i64], TimeUnit),
    /// Months.
    IntervalMonths(&'a [i32]),
    IntervalDayTime(&'a [IntervalDayTime]),
    Interval(&'a [IntervalMonthDayNano]),
    Duration(&'a [i64], TimeUnit),
    Hstore(HstoreArray<'a>),
    Inet(&'a FixedSizeBinaryArray),
    List(List<'a>),
    Struct(Struct<'a>),
    Map(Map<'a>),
    /// Which of the values each row has, and the values.
    Dictionary(Vec<usize>, Box<Column<'a>>),
    /// Types that no answer of Census has; Arrow's own form serves.
    Other(ArrayFormatter<'a>),
}

impl<'a> Column<'a> {
    /// Finds out the type of a column.
    ///
    /// # Errors
    /// [`TypeError::NotPrintable`] where not even Arrow has a form for the type.
    pub(crate) fn new(field: &Field, array: &'a dyn Array) -> Result<Self, TypeError> {
        let cells = match scalar_cells(array) {
            Some(cells) => cells,
            None => nested_cells(field, array)?,
        };
        Ok(Self {
            nulls: array.nulls(),
            cells,
            is_json: json::is_stored_json(field) || json::is_json_type(array.data_type()),
            catalog_type: catalog_type::of_field(field),
        })
    }

    pub(crate) fn is_null(&self, row: usize) -> bool {
        if self.nulls.is_some_and(|nulls| nulls.is_null(row)) {
            return true;
        }
        match &self.cells {
            Cells::Null => true,
            Cells::Dictionary(keys, values) => values.is_null(keys[row]),
            _ => false,
        }
    }
}

impl Cells<'_> {
    /// Returns the text of a cell, if text is what the column holds.
    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Utf8(texts) => Some(texts.value(row)),
            Self::LargeUtf8(texts) => Some(texts.value(row)),
            Self::Utf8View(texts) => Some(texts.value(row)),
            _ => None,
        }
    }

    /// Returns the bytes of a cell, if bytes are what the column holds.
    pub(crate) fn bytes(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Binary(bytes) => Some(bytes.value(row)),
            Self::LargeBinary(bytes) => Some(bytes.value(row)),
            Self::BinaryView(bytes) => Some(bytes.value(row)),
            Self::FixedBinary(bytes) => Some(bytes.value(row)),
            _ => None,
        }
    }

    /// Returns the address of a cell, if the column holds addresses.
    pub(crate) fn inet(&self, row: usize) -> Option<Inet> {
        match self {
            Self::Inet(values) => inet::value(values, row),
            _ => None,
        }
    }

    /// Returns the integer of a cell, if the column holds integers that 64 bits with a sign hold.
    pub(crate) fn integer(&self, row: usize) -> Option<i64> {
        Some(match self {
            Self::Int8(values) => values[row].into(),
            Self::Int16(values) => values[row].into(),
            Self::Int32(values) => values[row].into(),
            Self::Int64(values) => values[row],
            Self::UInt8(values) => values[row].into(),
            Self::UInt16(values) => values[row].into(),
            Self::UInt32(values) => values[row].into(),
            _ => return None,
        })
    }

    /// Returns the moment of a cell, if the column holds timestamps, with or without a zone.
    pub(crate) fn moment(&self, row: usize) -> Option<Moment> {
        match self {
            Self::Timestamp(values, unit) | Self::TimestampTz(values, unit) => {
                Some(Moment::new(values[row], *unit))
            }
            _ => None,
        }
    }

    /// Returns the date of a cell, if the column holds dates.
    pub(crate) fn date(&self, row: usize) -> Option<Date> {
        match self {
            Self::Date32(days) => Some(Date::from_days(days[row].into())),
            Self::Date64(milliseconds) => {
                Some(Date::from_days(milliseconds[row].div_euclid(86_400_000)))
            }
            _ => None,
        }
    }

    /// Returns the time of a cell, if the column holds times of day.
    pub(crate) fn time_of_day(&self, row: usize) -> Option<TimeOfDay> {
        match self {
            Self::Time32(values, unit) => Some(TimeOfDay::new(values[row].into(), *unit)),
            Self::Time64(values, unit) => Some(TimeOfDay::new(values[row], *unit)),
            _ => None,
        }
    }

    /// Returns the interval of a cell, if the column holds intervals or durations.
    pub(crate) fn interval(&self, row: usize) -> Option<Interval> {
        let (months, days, microseconds) = match self {
            Self::IntervalMonths(months) => (months[row], 0, 0),
            Self::IntervalDayTime(values) => {
                let value = values[row];
                (0, value.days, i64::from(value.milliseconds) * 1_000)
            }
            Self::Interval(values) => {
                let value = values[row];
                (value.months, value.days, value.nanoseconds / 1_000)
            }
            Self::Duration(values, unit) => {
                return Some(Interval::from_duration(values[row], *unit));
            }
            _ => return None,
        };
        Some(Interval { months, days: days.into(), microseconds })
    }
}

/// The cells of a type without inner types; `None` for the others.
///
/// Every `as_…` follows from the type just matched, so that none of them can fail.
fn scalar_cells(array: &dyn Array) -> Option<Cells<'_>> {
    Some(match array.data_type() {
        DataType::Null => Cells::Null,
        DataType::Boolean => Cells::Bool(array.as_boolean()),
        DataType::Int8 => Cells::Int8(array.as_primitive::<Int8Type>().values()),
        DataType::Int16 => Cells::Int16(array.as_primitive::<Int16Type>().values()),
        DataType::Int32 => Cells::Int32(array.as_primitive::<Int32Type>().values()),
        DataType::Int64 => Cells::Int64(array.as_primitive::<Int64Type>().values()),
        DataType::UInt8 => Cells::UInt8(array.as_primitive::<UInt8Type>().values()),
        DataType::UInt16 => Cells::UInt16(array.as_primitive::<UInt16Type>().values()),
        DataType::UInt32 => Cells::UInt32(array.as_primitive::<UInt32Type>().values()),
        DataType::UInt64 => Cells::UInt64(array.as_primitive::<UInt64Type>().values()),
        DataType::Float32 => Cells::Float32(array.as_primitive::<Float32Type>().values()),
        DataType::Float64 => Cells::Float64(array.as_primitive::<Float64Type>().values()),
        DataType::Float16 => {
            let values = array.as_primitive::<Float16Type>().values();
            Cells::Float16(values.iter().map(|half| half.to_f32()).collect())
        }
        DataType::Utf8 => Cells::Utf8(array.as_string()),
        DataType::LargeUtf8 => Cells::LargeUtf8(array.as_string()),
        DataType::Utf8View => Cells::Utf8View(array.as_string_view()),
        DataType::Binary => Cells::Binary(array.as_binary()),
        DataType::LargeBinary => Cells::LargeBinary(array.as_binary()),
        DataType::BinaryView => Cells::BinaryView(array.as_binary_view()),
        inet if inet::is_inet_type(inet) => Cells::Inet(array.as_fixed_size_binary()),
        DataType::FixedSizeBinary(_) => Cells::FixedBinary(array.as_fixed_size_binary()),
        _ => return time_cells(array),
    })
}

/// The cells of the types that speak of time; `None` for the others.
fn time_cells(array: &dyn Array) -> Option<Cells<'_>> {
    Some(match array.data_type() {
        DataType::Timestamp(unit, None) => Cells::Timestamp(timestamps(array, *unit), *unit),
        DataType::Timestamp(unit, Some(_)) => Cells::TimestampTz(timestamps(array, *unit), *unit),
        DataType::Date32 => Cells::Date32(array.as_primitive::<Date32Type>().values()),
        DataType::Date64 => Cells::Date64(array.as_primitive::<Date64Type>().values()),
        DataType::Time32(TimeUnit::Second) => {
            let values = array.as_primitive::<Time32SecondType>().values();
            Cells::Time32(values, TimeUnit::Second)
        }
        DataType::Time32(_) => {
            let values = array.as_primitive::<Time32MillisecondType>().values();
            Cells::Time32(values, TimeUnit::Millisecond)
        }
        DataType::Time64(TimeUnit::Nanosecond) => {
            let values = array.as_primitive::<Time64NanosecondType>().values();
            Cells::Time64(values, TimeUnit::Nanosecond)
        }
        DataType::Time64(_) => {
            let values = array.as_primitive::<Time64MicrosecondType>().values();
            Cells::Time64(values, TimeUnit::Microsecond)
        }
        DataType::Interval(IntervalUnit::YearMonth) => {
            Cells::IntervalMonths(array.as_primitive::<IntervalYearMonthType>().values())
        }
        DataType::Interval(IntervalUnit::DayTime) => {
            Cells::IntervalDayTime(array.as_primitive::<IntervalDayTimeType>().values())
        }
        DataType::Interval(IntervalUnit::MonthDayNano) => {
            Cells::Interval(array.as_primitive::<IntervalMonthDayNanoType>().values())
        }
        DataType::Duration(unit) => Cells::Duration(durations(array, *unit), *unit),
        _ => return None,
    })
}

fn timestamps(array: &dyn Array, unit: TimeUnit) -> &[i64] {
    match unit {
        TimeUnit::Second => array.as_primitive::<TimestampSecondType>().values(),
        TimeUnit::Millisecond => array.as_primitive::<TimestampMillisecondType>().values(),
        TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().values(),
        TimeUnit::Nanosecond => array.as_primitive::<TimestampNanosecondType>().values(),
    }
}

fn durations(array: &dyn Array, unit: TimeUnit) -> &[i64] {
    match unit {
        TimeUnit::Second => array.as_primitive::<DurationSecondType>().values(),
        TimeUnit::Millisecond => array.as_primitive::<DurationMillisecondType>().values(),
        TimeUnit::Microsecond => array.as_primitive::<DurationMicrosecondType>().values(),
        TimeUnit::Nanosecond => array.as_primitive::<DurationNanosecondType>().values(),
    }
}

/// The cells of a type with inner types, of decimals, and of whatever is left.
fn nested_cells<'a>(field: &Field, array: &'a dyn Array) -> Result<Cells<'a>, TypeError> {
    Ok(match array.data_type() {
        DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => Cells::Decimal(arrow_formatter(array)?),
        map if hstore::is_hstore_type(map) => Cells::Hstore(HstoreArray::new(array)?),
        DataType::Map(entries, _) => Cells::Map(Map::new(entries, array.as_map())?),
        DataType::List(element) => Cells::List(List::new(element, array.as_list::<i32>())?),
        DataType::LargeList(element) => {
            Cells::List(List::new_large(element, array.as_list::<i64>())?)
        }
        DataType::FixedSizeList(element, _) => {
            Cells::List(List::new_fixed(element, array.as_fixed_size_list())?)
        }
        // The text of a row that is not NULL as a whole; `nulls` are those of the struct.
        json if json::is_json_type(json) => Cells::Utf8(array.as_struct().column(0).as_string()),
        DataType::Struct(fields) => Cells::Struct(Struct::new(fields, array.as_struct())?),
        DataType::Dictionary(_, values) => dictionary_cells(field, values, array)?,
        _ => Cells::Other(arrow_formatter(array)?),
    })
}

fn dictionary_cells<'a>(
    field: &Field,
    values: &DataType,
    array: &'a dyn Array,
) -> Result<Cells<'a>, TypeError> {
    let dictionary = array.as_any_dictionary();
    if dictionary.values().is_empty() {
        // Without values every row is NULL, and Arrow's `normalized_keys` would panic.
        return Ok(Cells::Null);
    }
    let field = field.clone().with_data_type(values.clone());
    let column = Column::new(&field, dictionary.values())?;
    let keys = dictionary.normalized_keys();
    Ok(Cells::Dictionary(keys, Box::new(column)))
}

fn arrow_formatter(array: &dyn Array) -> Result<ArrayFormatter<'_>, TypeError> {
    ArrayFormatter::try_new(array, &FormatOptions::default())
        .map_err(|source| TypeError::NotPrintable { data_type: array.data_type().clone(), source })
}
