//! Templates of numbers, such as `FM9,999.00` and `S99V9`: what `to_char` prints and `to_number` reads by.

mod pattern;
mod print;
mod read;
mod roman;
mod value;

pub(in crate::functions) use pattern::parse;
pub(in crate::functions) use print::print;
pub(in crate::functions) use read::read;
pub(in crate::functions) use value::Printable;
