//! `+ - *` of bigints, which fail where DataFusion's own would wrap around.

pub(super) mod add;
pub(super) mod multiply;
pub(super) mod subtract;

use crate::functions::argument::Arguments;
use datafusion::arrow::array::{ArrayRef, Datum, Scalar};
use datafusion::arrow::error::ArrowError;
use datafusion::common::Result;

/// Applies a checked kernel of Arrow; a constant stays one value.
fn checked(
    arguments: &Arguments<'_>,
    kernel: fn(&dyn Datum, &dyn Datum) -> Result<ArrayRef, ArrowError>,
) -> Result<ArrayRef> {
    let (left, right) = (arguments.any(0)?, arguments.any(1)?);
    let array = match (left.is_constant, right.is_constant) {
        (true, false) => kernel(&Scalar::new(left.array), &right.array)?,
        (false, true) => kernel(&left.array, &Scalar::new(right.array))?,
        _ => kernel(&left.array, &right.array)?,
    };
    Ok(array)
}
