//! The reference page of functions, made of their records.

use crate::functions::record::{Example, FunctionRecord};
use std::fmt::Write;

/// How the page begins.
const HEAD: &str = "\
# Functions

Made of the records in `crates/dialect/src/functions` by `cargo xtask pages`; a test fails where it is out of date.
Every example is run as a test, and what stands below it is what it prints.
In a prompt, `\\df` lists them and `\\df NAME` shows one; in SQL they stand in `information_schema.routines`.

";

/// Returns the page as Markdown: a list of names by section, then every function with its forms and examples.
///
/// Functions that operators and casts stand for have no syntax and are left out.
#[must_use]
pub fn reference_page(records: &[&'static FunctionRecord]) -> String {
    let mut shown: Vec<&'static FunctionRecord> =
        records.iter().copied().filter(|record| !record.syntax.is_empty()).collect();
    shown.sort_by_key(|record| (record.section, record.name));
    let mut page = HEAD.to_owned();
    for functions in sections(&shown) {
        let names: Vec<String> = functions
            .iter()
            .map(|record| format!("[`{}`](#{})", record.name, anchor(record.name)))
            .collect();
        let title = functions[0].section.title();
        // Writing to a text cannot fail.
        let _ = writeln!(page, "- [{title}](#{}): {}", anchor(title), names.join(", "));
    }
    for functions in sections(&shown) {
        let _ = writeln!(page, "\n## {}", functions[0].section.title());
        for record in functions {
            write_function(&mut page, record);
        }
    }
    page
}

/// Cuts functions that are sorted by section into sections.
fn sections<'a>(
    shown: &'a [&'static FunctionRecord],
) -> impl Iterator<Item = &'a [&'static FunctionRecord]> {
    shown.chunk_by(|left, right| left.section == right.section)
}

fn write_function(page: &mut String, record: &FunctionRecord) {
    let _ = writeln!(page, "\n### {}\n\n{}\n\n```text", record.name, record.summary);
    for form in record.syntax.lines() {
        let _ = writeln!(page, "{form}");
    }
    page.push_str("```\n\n```sql\n");
    for Example { sql, prints } in record.examples {
        let _ = writeln!(page, "{sql};");
        for line in prints.lines() {
            let _ = writeln!(page, "-- {line}");
        }
    }
    page.push_str("```\n");
}

/// Returns what Markdown renderers make of a heading.
fn anchor(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}
