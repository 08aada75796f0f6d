//! `has_tablespace_privilege`: reading is allowed, writing is not.

use crate::functions::argument::Arguments;
use crate::functions::catalog::privilege;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "has_tablespace_privilege",
    syntax: "has_tablespace_privilege(any, privilege text) → boolean\nhas_tablespace_privilege(user any, any, privilege text) → boolean",
    summary: "Tells whether the user may do with a tablespace what a privilege allows; there is none.",
    examples: &[
        Example { sql: "SELECT has_tablespace_privilege('census', 'aws', 'USAGE')", prints: "f" },
        Example { sql: "SELECT has_tablespace_privilege('aws', 'CREATE')", prints: "f" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Any, Parameter::Text], Parameter::Boolean, allows),
        Overload::strict(
            &[Parameter::Any, Parameter::Any, Parameter::Text],
            Parameter::Boolean,
            allows,
        ),
    ]),
};

/// The privileges that there are.
const ALLOWED: &[&str] = &[];

fn allows(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    privilege::any_of(ALLOWED, arguments)
}
