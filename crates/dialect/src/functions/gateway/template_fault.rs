//! `template_fault(template)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_apigateway::template::Template;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "template_fault",
    syntax: "template_fault(text) → text",
    summary: "Tells why a mapping template does not parse, with line and column; NULL where it does.",
    examples: &[
        Example {
            sql: "SELECT template_fault('#if($x) a')",
            prints: "\"#if\" has no \"#end\" at line 1, column 1",
        },
        Example { sql: "SELECT template_fault('{\"id\": $input.json(''$.id'')}')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Text,
        template_fault,
    )]),
};

fn template_fault(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let templates = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let fault = templates.get(row).and_then(|template| Template::parse(template).err());
        Ok(fault.map(|fault| fault.to_string()))
    })
}
