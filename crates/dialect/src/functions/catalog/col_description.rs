//! `col_description(oid, integer)`: what a column holds.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "col_description",
    syntax: "col_description(relation oid, column integer) → text",
    summary: "Returns what the directory says of a column.",
    examples: &[Example {
        sql: "SELECT col_description('aws.apigatewayv2_api'::regclass, 99) IS NULL",
        prints: "t",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint, Parameter::Bigint],
        Parameter::Text,
        col_description,
    )]),
};

fn col_description(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (numbers, places) = (arguments.bigints(0)?, arguments.bigints(1)?);
    rows::texts(arguments.rows(), |row| {
        let relation = numbers.get(row).and_then(|number| arguments.catalog().relation(number));
        let place = places.get(row).and_then(|place| usize::try_from(place).ok()?.checked_sub(1));
        let column = relation.zip(place).and_then(|(relation, place)| relation.columns.get(place));
        Ok(column.map(|column| column.description.as_str()).filter(|text| !text.is_empty()))
    })
}
