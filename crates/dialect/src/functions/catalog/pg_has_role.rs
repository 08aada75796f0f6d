//! `pg_has_role`: reading is allowed, writing is not.

use crate::functions::argument::Arguments;
use crate::functions::catalog::privilege;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_has_role",
    syntax: "pg_has_role(any, privilege text) → boolean\npg_has_role(user any, any, privilege text) → boolean",
    summary: "Tells whether the user may do with a role what a privilege allows; nobody may write.",
    examples: &[
        Example { sql: "SELECT pg_has_role('census', 'aws', 'USAGE')", prints: "t" },
        Example { sql: "SELECT pg_has_role('aws', 'CREATE')", prints: "f" },
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
const ALLOWED: &[&str] = &["USAGE", "MEMBER"];

fn allows(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    privilege::any_of(ALLOWED, arguments)
}
