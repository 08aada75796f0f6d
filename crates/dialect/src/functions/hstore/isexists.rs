//! `isexists(hstore, key)`: an older name of `exist`.

use super::exist::exist;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "isexists",
    syntax: "isexists(hstore, text) → boolean",
    summary: "Tells whether the hstore has a key, as exist does.",
    examples: &[Example { sql: "SELECT isexists(hstore 'a=>NULL', 'a')", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore, Parameter::Text],
        Parameter::Boolean,
        exist,
    )]),
};
