//! `has_column_privilege`: reading is allowed, writing is not.

use crate::functions::argument::Arguments;
use crate::functions::catalog::privilege;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "has_column_privilege",
    syntax: "has_column_privilege(relation any, column any, privilege text) → boolean\nhas_column_privilege(user any, relation any, column any, privilege text) → boolean",
    summary: "Tells whether the user may do with a column what a privilege allows; nobody may write.",
    examples: &[Example {
        sql: "SELECT has_column_privilege('aws.apigatewayv2_api', 'tags', 'SELECT')",
        prints: "t",
    }],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::Any, Parameter::Any, Parameter::Text],
            Parameter::Boolean,
            allows,
        ),
        Overload::strict(
            &[Parameter::Any, Parameter::Any, Parameter::Any, Parameter::Text],
            Parameter::Boolean,
            allows,
        ),
    ]),
};

/// The privileges that there are.
const ALLOWED: &[&str] = &["SELECT"];

fn allows(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    privilege::any_of(ALLOWED, arguments)
}
