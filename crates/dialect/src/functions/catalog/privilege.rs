//! What privileges allow: reading, whoever asks.

use crate::functions::argument::Arguments;
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

/// Tells whether any of the privileges in the last argument is one of those that there are.
pub(super) fn any_of(allowed: &[&str], arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let privileges = arguments.text(arguments.count().saturating_sub(1))?;
    rows::booleans(arguments.rows(), |row| {
        Ok(privileges.get(row).map(|privileges| {
            privileges.split(',').any(|privilege| {
                let privilege = privilege.trim().to_uppercase();
                allowed.contains(&privilege.as_str())
            })
        }))
    })
}
