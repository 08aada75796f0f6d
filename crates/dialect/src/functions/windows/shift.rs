//! What `lag` and `lead` have in common: the value of the row that is some rows away.

use super::kernel::bigint;
use datafusion::arrow::array::{ArrayRef, UInt32Array};
use datafusion::arrow::compute::{concat, take};
use datafusion::common::{Result, internal_err};

/// Returns for each row the first argument of the row that is `sign` times the second argument away, or else the third.
pub(super) fn shifted(values: &[ArrayRef], rows: usize, sign: i64) -> Result<ArrayRef> {
    let Some(first) = values.first() else {
        return internal_err!("a shift has an argument");
    };
    let source = match values.get(2) {
        Some(default) => concat(&[first.as_ref(), default.as_ref()])?,
        None => first.clone(),
    };
    let place = |row: usize| -> Option<u32> {
        let distance = if values.len() > 1 { bigint(values, 1, row)? } else { 1 };
        let from = i64::try_from(row).ok()?;
        let wanted = distance.checked_mul(sign).and_then(|distance| from.checked_add(distance));
        let inside = wanted.and_then(|wanted| usize::try_from(wanted).ok());
        let place = match inside.filter(|wanted| *wanted < rows) {
            Some(wanted) => wanted,
            // The defaults stand behind the rows.
            None if values.len() > 2 => rows + row,
            None => return None,
        };
        u32::try_from(place).ok()
    };
    let places: UInt32Array = (0..rows).map(place).collect();
    Ok(take(source.as_ref(), &places, None)?)
}
