//! `hstore(text)`.

use crate::functions::casts::hstore_in::hstore_in;
use crate::functions::record::{Example, FunctionRecord, Overload, Parameter, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "hstore",
    syntax: "hstore(text) → hstore",
    summary: "Reads a text as hstore; the same as a cast.",
    examples: &[Example { sql: "SELECT hstore('a=>1, a=>2')", prints: "\"a\"=>\"1\"" }],
    overloads: &[Overload {
        parameters: &[Parameter::Text],
        returns: Parameter::Hstore,
        kernel: hstore_in,
    }],
};
