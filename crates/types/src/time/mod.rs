//! Text input of timestamps, dates, times and intervals as PostgreSQL reads them, and the calendar behind it.

mod civil;
mod date_time;
mod fault;
mod fields;
mod interval_text;
mod iso_interval;
mod justify;
mod numbers;
mod scaled_parts;
mod seen;
mod span;
#[cfg(test)]
mod tests;
mod words;
mod zone;

pub use civil::{
    Civil, MICROSECONDS_A_DAY, MINIMUM_TIMESTAMP, day_of_year, days_in_month, days_of_date,
    iso_week, iso_weekday, julian_day,
};
pub use date_time::{read_date, read_time, read_timestamp};
pub use fault::TimeFault;
pub use interval_text::{IntervalFields, read_interval};
pub use span::Span;
pub use words::{Month, month_named, weekday_named};
pub use zone::Zone;
