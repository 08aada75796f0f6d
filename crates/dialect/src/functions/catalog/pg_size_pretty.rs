//! `pg_size_pretty(bigint)`: bytes for people.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_size_pretty",
    syntax: "pg_size_pretty(bigint) → text",
    summary: "Writes a number of bytes in the unit that suits it.",
    examples: &[
        Example { sql: "SELECT pg_size_pretty(10239)", prints: "10239 bytes" },
        Example { sql: "SELECT pg_size_pretty(20480)", prints: "20 kB" },
        Example { sql: "SELECT pg_size_pretty(-123456789)", prints: "-118 MB" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Text,
        pg_size_pretty,
    )]),
};

/// The units from the second on; each is 1,024 of the one before.
const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];

fn pg_size_pretty(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let sizes = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| Ok(sizes.get(row).map(written)))
}

/// Writes a size as PostgreSQL does: a unit is kept until 10,240 of it, and what is left over is rounded.
fn written(size: i64) -> String {
    let mut left = i128::from(size);
    if left.abs() < 10 * 1024 {
        return format!("{left} bytes");
    }
    // Halves are kept, so that the last step can round.
    left /= 512;
    let last = UNITS.len() - 1;
    for (place, unit) in UNITS.iter().enumerate() {
        if left.abs() < 20 * 1024 - 1 || place == last {
            return format!("{} {unit}", i128::midpoint(left, left.signum()));
        }
        left /= 1024;
    }
    String::new()
}
