//! The fraction that a percentile is asked for.

use crate::functions::external;
use census_error::{Error, SqlState};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::Float64Type;
use datafusion::common::Result;

/// Returns the fraction, which is the same in all rows; none without rows and for NULL.
pub(super) fn fraction(fractions: &ArrayRef) -> Result<Option<f64>> {
    let fractions = fractions.as_primitive_opt::<Float64Type>();
    let Some(fractions) =
        fractions.filter(|fractions| !fractions.is_empty() && fractions.is_valid(0))
    else {
        return Ok(None);
    };
    let fraction = fractions.value(0);
    if (0.0..=1.0).contains(&fraction) {
        return Ok(Some(fraction));
    }
    let message = format!("percentile value {fraction} is not between 0 and 1");
    Err(external(Error::new(SqlState::NumericValueOutOfRange, message)))
}
