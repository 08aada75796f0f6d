//! From the text of a dataset file to its shape; a file of the wrong shape yields its first fault.

use crate::file::{DatasetFile, Source};
use crate::{Fault, FaultKind, nearest};

/// Reads the shape of a file.
///
/// # Errors
/// The first place that is no TOML or not of a dataset file's shape: the reader of TOML stops there.
pub fn read(source: &Source) -> Result<DatasetFile, Fault> {
    toml::from_str(&source.text).map_err(|error| Fault {
        file: source.label.clone(),
        line: error.span().map(|span| source.line(&span)),
        kind: shape_fault(error.message()),
    })
}

/// Rewords what serde says: it names the wrong key first and then those it knows, in backticks.
fn shape_fault(message: &str) -> FaultKind {
    let first_line = message.lines().next().unwrap_or_default();
    let named: Vec<&str> = first_line.split('`').skip(1).step_by(2).collect();
    let suggestion = match named.as_slice() {
        [wrong, known @ ..] if first_line.starts_with("unknown field") => {
            nearest(wrong, known.iter().copied())
        }
        _ => None,
    };
    let worded = match first_line.split_once(", expected one of") {
        Some((before, _)) if suggestion.is_some() => before,
        _ => first_line,
    };
    FaultKind::Shape {
        message: worded
            .replace('`', "\"")
            .replace("unknown field", "unknown key")
            .replace("missing field", "missing key")
            .replace("expected u32", "expected a whole number"),
        nearest: suggestion.map(str::to_owned),
    }
}
