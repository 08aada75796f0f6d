//! Templates of `to_char`, `to_timestamp` and `to_date`: `YYYY-MM-DD HH24:MI:SS` and the like.

mod fields;
mod ordinal;
mod pattern;
mod print;
mod read;
mod reading;
mod scan;

pub(super) use fields::TimeFields;
pub(super) use pattern::parse;
pub(super) use print::print;
pub(super) use read::read;
