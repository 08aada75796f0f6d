//! Which casts to timestamps, dates, times and intervals there are, and what stands for them.

use super::Replacement;
use datafusion::arrow::datatypes::{DataType, TimeUnit};

/// Returns what stands for a cast to a time, or `None` where PostgreSQL has no such cast.
pub(super) fn replacement(source: &DataType, target: &DataType) -> Option<Replacement> {
    use DataType::{Date32, Interval, LargeUtf8, Null, Time64, Timestamp, Utf8, Utf8View};
    if source == target {
        return Some(Replacement::None);
    }
    let name = match (source, target) {
        (Null, _) | (Timestamp(..), Timestamp(..)) => return Some(Replacement::None),
        (Utf8 | LargeUtf8 | Utf8View, Timestamp(TimeUnit::Microsecond, None)) => "__timestamp_in",
        (Utf8 | LargeUtf8 | Utf8View, Date32) => "__date_in",
        (Utf8 | LargeUtf8 | Utf8View, Time64(TimeUnit::Microsecond)) => "__time_in",
        (Utf8 | LargeUtf8 | Utf8View, Interval(_)) => "__interval_in",
        (Date32, Timestamp(TimeUnit::Microsecond, None)) => "__timestamp_of_date",
        (Timestamp(TimeUnit::Microsecond, None), Date32) => "__date_of_timestamp",
        (Timestamp(TimeUnit::Microsecond, None) | Interval(_), Time64(TimeUnit::Microsecond)) => {
            "__time_of"
        }
        (Time64(_), Interval(_)) => "__interval_of_time",
        _ => return None,
    };
    Some(Replacement::Function(name))
}
