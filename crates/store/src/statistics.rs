//! Statistics of a data file: gathered while it is written, kept as Delta's JSON, read back to prune.
//!
//! The JSON is that of the Delta protocol, "Per-file Statistics". Minima and maxima are exact.

use chrono::{DateTime, SecondsFormat, Utc};
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::compute::{max, max_string, min, min_string};
use datafusion::arrow::datatypes::{
    DataType, Int64Type, Schema, SchemaRef, TimestampMicrosecondType,
};
use datafusion::common::stats::Precision;
use datafusion::common::{ColumnStatistics, ScalarValue, Statistics};
use serde_json::{Map, Value, json};

/// Texts longer than this (bytes) would bloat the log; their columns then have no minimum and maximum.
const LONGEST_TEXT: usize = 256;

/// Gathers the statistics of one file.
#[derive(Debug)]
pub(crate) struct StatisticsBuilder {
    schema: SchemaRef,
    rows: usize,
    columns: Vec<Bounds>,
}

#[derive(Debug, Default)]
struct Bounds {
    nulls: usize,
    range: Option<(Bound, Bound)>,
    unbounded: bool,
}

#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum Bound {
    Text(String),
    Number(i64),
}

impl StatisticsBuilder {
    /// Starts the statistics of a file with these columns.
    pub(crate) fn new(schema: SchemaRef) -> Self {
        let columns = schema.fields().iter().map(|_| Bounds::default()).collect();
        Self { schema, rows: 0, columns }
    }

    /// Takes rows that were written to the file.
    pub(crate) fn update(&mut self, rows: &RecordBatch) {
        self.rows += rows.num_rows();
        for (bounds, column) in self.columns.iter_mut().zip(rows.columns()) {
            bounds.update(column.as_ref());
        }
    }

    /// Returns the statistics as Delta's JSON.
    pub(crate) fn finish(&self) -> String {
        let (mut minima, mut maxima, mut nulls) = (Map::new(), Map::new(), Map::new());
        for (bounds, field) in self.columns.iter().zip(self.schema.fields()) {
            if field.data_type().is_nested() {
                continue;
            }
            nulls.insert(field.name().clone(), bounds.nulls.into());
            if let (Some((low, high)), false) = (&bounds.range, bounds.unbounded) {
                minima.insert(field.name().clone(), low.to_json(field.data_type()));
                maxima.insert(field.name().clone(), high.to_json(field.data_type()));
            }
        }
        json!({ "numRecords": self.rows, "minValues": minima, "maxValues": maxima, "nullCount": nulls }).to_string()
    }
}

impl Bounds {
    fn update(&mut self, column: &dyn Array) {
        self.nulls += column.null_count();
        let range = match column.data_type() {
            DataType::Utf8 => {
                let texts = column.as_string::<i32>();
                min_string(texts).zip(max_string(texts)).map(|(low, high)| {
                    self.unbounded |= low.len() > LONGEST_TEXT || high.len() > LONGEST_TEXT;
                    (Bound::Text(low.to_owned()), Bound::Text(high.to_owned()))
                })
            }
            DataType::Int64 => {
                let numbers = column.as_primitive::<Int64Type>();
                min(numbers)
                    .zip(max(numbers))
                    .map(|(low, high)| (Bound::Number(low), Bound::Number(high)))
            }
            DataType::Timestamp(_, _) => {
                let times = column.as_primitive::<TimestampMicrosecondType>();
                min(times)
                    .zip(max(times))
                    .map(|(low, high)| (Bound::Number(low), Bound::Number(high)))
            }
            _ => None,
        };
        let Some((low, high)) = range else { return };
        self.range = Some(match self.range.take() {
            None => (low, high),
            Some((known_low, known_high)) => (
                if low < known_low { low } else { known_low },
                if high > known_high { high } else { known_high },
            ),
        });
    }
}

impl Bound {
    fn to_json(&self, data_type: &DataType) -> Value {
        match (self, data_type) {
            (Self::Text(text), _) => text.as_str().into(),
            (Self::Number(micros), DataType::Timestamp(_, _)) => {
                DateTime::<Utc>::from_timestamp_micros(*micros).map_or(Value::Null, |time| {
                    time.to_rfc3339_opts(SecondsFormat::Micros, true).into()
                })
            }
            (Self::Number(number), _) => (*number).into(),
        }
    }
}

/// Statistics of a file, read back from Delta's JSON.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileStatistics {
    /// Rows in the file, where known.
    pub(crate) rows: Option<usize>,
    minima: Map<String, Value>,
    maxima: Map<String, Value>,
    nulls: Map<String, Value>,
}

impl FileStatistics {
    /// Reads Delta's JSON; what is not understood is not known.
    pub(crate) fn parse(text: &str) -> Self {
        let Ok(Value::Object(mut all)) = serde_json::from_str::<Value>(text) else {
            return Self::default();
        };
        let mut take = |name: &str| match all.remove(name) {
            Some(Value::Object(map)) => map,
            _ => Map::new(),
        };
        let (minima, maxima, nulls) = (take("minValues"), take("maxValues"), take("nullCount"));
        let rows = all
            .get("numRecords")
            .and_then(Value::as_u64)
            .and_then(|rows| usize::try_from(rows).ok());
        Self { rows, minima, maxima, nulls }
    }

    /// Tells whether a text column may hold a value between these bounds (both inclusive).
    pub(crate) fn may_hold_text(&self, column: &str, low: &str, high: &str) -> bool {
        let text =
            |map: &Map<String, Value>| map.get(column).and_then(Value::as_str).map(str::to_owned);
        match (text(&self.minima), text(&self.maxima)) {
            (Some(minimum), Some(maximum)) => minimum.as_str() <= high && maximum.as_str() >= low,
            _ => true,
        }
    }

    /// Returns the latest time (microseconds) that a column may hold, where known.
    pub(crate) fn latest(&self, column: &str) -> Option<i64> {
        let text = self.maxima.get(column)?.as_str()?;
        // Delta allows writers to cut times to milliseconds.
        Some(DateTime::parse_from_rfc3339(text).ok()?.timestamp_micros() + 999)
    }

    /// Returns them as DataFusion's statistics of these columns, for a file of this size in bytes.
    ///
    /// Times are left inexact, as Delta allows writers to cut them to milliseconds.
    pub(crate) fn to_datafusion(&self, schema: &Schema, size: u64) -> Statistics {
        let columns = schema.fields().iter().map(|field| {
            let mut column = ColumnStatistics::new_unknown();
            if let Some(nulls) = self.nulls.get(field.name()).and_then(Value::as_u64) {
                column.null_count =
                    usize::try_from(nulls).map_or(Precision::Absent, Precision::Exact);
            }
            column.min_value = precise(self.minima.get(field.name()), field.data_type());
            column.max_value = precise(self.maxima.get(field.name()), field.data_type());
            column
        });
        Statistics {
            num_rows: self.rows.map_or(Precision::Absent, Precision::Exact),
            total_byte_size: usize::try_from(size).map_or(Precision::Absent, Precision::Inexact),
            column_statistics: columns.collect(),
        }
    }
}

fn precise(value: Option<&Value>, data_type: &DataType) -> Precision<ScalarValue> {
    match (value, data_type) {
        (Some(Value::String(text)), DataType::Utf8) => {
            Precision::Exact(ScalarValue::Utf8(Some(text.clone())))
        }
        (Some(Value::Number(number)), DataType::Int64) => number
            .as_i64()
            .map_or(Precision::Absent, |number| Precision::Exact(ScalarValue::Int64(Some(number)))),
        (Some(Value::String(text)), DataType::Timestamp(_, zone)) => {
            DateTime::parse_from_rfc3339(text).map_or(Precision::Absent, |time| {
                Precision::Inexact(ScalarValue::TimestampMicrosecond(
                    Some(time.timestamp_micros()),
                    zone.clone(),
                ))
            })
        }
        _ => Precision::Absent,
    }
}
