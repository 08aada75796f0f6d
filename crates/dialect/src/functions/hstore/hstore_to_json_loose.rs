//! `hstore_to_json_loose(hstore)`.

use super::hstore_to_json::objects;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::write_json_string;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "hstore_to_json_loose",
    syntax: "hstore_to_json_loose(hstore) → json",
    summary: "Returns an object in which numbers stand as numbers, t and f as true and false.",
    examples: &[Example {
        sql: "SELECT hstore_to_json_loose('b=>t, d=>12345, e=>012345, f=>1.234, g=>2.345e+4, h=>f, l=>.5, m=>-0, n=>true')",
        prints: "{\"b\": true, \"d\": 12345, \"e\": \"012345\", \"f\": 1.234, \"g\": 2.345e+4, \"h\": false, \"l\": \".5\", \"m\": -0, \"n\": \"true\"}",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore],
        Parameter::Json,
        hstore_to_json_loose,
    )]),
};

fn hstore_to_json_loose(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    objects(arguments, |value, object| match value {
        "t" => object.push_str("true"),
        "f" => object.push_str("false"),
        number if is_json_number(number) => object.push_str(number),
        text => write_json_string(text, object),
    })
}

/// Tells whether a text is a number by the grammar of JSON, which knows no leading zeros, plus signs or NaN.
fn is_json_number(text: &str) -> bool {
    let digits_end = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = digits_end(unsigned);
    if whole == 0 || (whole > 1 && unsigned.starts_with('0')) {
        return false;
    }
    let mut rest = &unsigned[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let end = digits_end(fraction);
        if end == 0 {
            return false;
        }
        rest = &fraction[end..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !exponent.is_empty() && digits_end(exponent) == exponent.len();
    }
    rest.is_empty()
}
