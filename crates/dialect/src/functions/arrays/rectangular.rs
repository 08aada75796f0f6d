//! Arrays that an aggregate has made of arrays: these must be alike.

use super::items::converted;
use super::lists::fault;
use crate::array_types;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::SqlState;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, ListArray};
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__rectangular",
    syntax: "",
    summary: "Returns an array of arrays as it is, where these have as many items each and at least one.",
    examples: &[Example {
        sql: "SELECT ARRAY(SELECT a FROM (VALUES (ARRAY[1, 3]), (ARRAY[1, 2])) t(a))",
        prints: "{{1,3},{1,2}}",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray],
        Parameter::AnyArray,
        rectangular,
    )]),
};

fn rectangular(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let array = arguments.any(0)?.array;
    check(array.as_list::<i32>())?;
    let (item, depth) =
        (array_types::item(array.data_type()), array_types::dimensions(array.data_type()));
    converted(&array, &array_types::array_of(item, depth))
}

/// Refuses arrays whose members are NULL, empty or unlike each other (22004, 2202E).
pub(in crate::functions) fn check(array: &ListArray) -> Result<()> {
    let Some(members) = array.values().as_list_opt::<i32>() else { return Ok(()) };
    for row in 0..array.len() {
        // Arrow keeps offsets as i32 that are never negative.
        #[allow(clippy::cast_sign_loss)]
        let range = array.value_offsets()[row] as usize..array.value_offsets()[row + 1] as usize;
        let mut length = None;
        for member in range {
            if members.is_null(member) {
                return Err(fault(SqlState::NullValueNotAllowed, "cannot accumulate null arrays"));
            }
            let own = members.value_length(member);
            if own == 0 {
                return Err(fault(SqlState::ArraySubscriptError, "cannot accumulate empty arrays"));
            }
            if *length.get_or_insert(own) != own {
                let message = "cannot accumulate arrays of different dimensionality";
                return Err(fault(SqlState::ArraySubscriptError, message));
            }
        }
    }
    check(members)
}
