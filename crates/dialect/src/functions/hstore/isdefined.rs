//! `isdefined(hstore, key)`: an older name of `defined`.

use super::defined::defined;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "isdefined",
    syntax: "isdefined(hstore, text) → boolean",
    summary: "Tells whether the hstore has a key whose value is not NULL, as defined does.",
    examples: &[Example { sql: "SELECT isdefined(hstore 'a=>NULL', 'a')", prints: "f" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Text],
        Parameter::Boolean,
        defined,
    )]),
};
