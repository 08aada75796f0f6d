//! The SQL functions that Census adds to DataFusion's: one file a function, one line here.

mod aggregates;
mod argument;
mod arithmetic;
mod casts;
mod hstore;
mod kernel_function;
mod parameter;
mod record;
mod reference;
mod tags;

pub(crate) use argument::external;
pub use argument::{Argument, Arguments, parse_hstores};
pub use parameter::{Fit, Parameter};
pub use record::{Example, FunctionRecord, Implementation, Kernel, Overload, Section};
pub use reference::reference_page;

use datafusion::common::{Result, internal_err};
use datafusion::logical_expr::{AggregateUDF, Expr, ScalarUDF, WindowUDF};
use std::sync::{Arc, LazyLock};

/// Every function, in the order of the reference.
static ALL: &[&FunctionRecord] = &[
    &aggregates::sum::RECORD,
    &arithmetic::add::RECORD,
    &arithmetic::float8_add::RECORD,
    &arithmetic::float8_divide::RECORD,
    &arithmetic::float8_modulo::RECORD,
    &arithmetic::float8_multiply::RECORD,
    &arithmetic::float8_subtract::RECORD,
    &arithmetic::multiply::RECORD,
    &arithmetic::subtract::RECORD,
    &casts::bigint_in::RECORD,
    &casts::bigint_of_float8::RECORD,
    &casts::bigint_of_numeric::RECORD,
    &casts::boolean_in::RECORD,
    &casts::float8_in::RECORD,
    &casts::hstore_in::RECORD,
    &casts::json_in::RECORD,
    &casts::text_out::RECORD,
    &hstore::akeys::RECORD,
    &hstore::avals::RECORD,
    &hstore::concat::RECORD,
    &hstore::contains::RECORD,
    &hstore::defined::RECORD,
    &hstore::delete::RECORD,
    &hstore::exist::RECORD,
    &hstore::get::RECORD,
    &hstore::get_many::RECORD,
    &hstore::has_all::RECORD,
    &hstore::has_any::RECORD,
    &hstore::hstore_to_array::RECORD,
    &hstore::hstore_to_json::RECORD,
    &hstore::hstore_to_json_loose::RECORD,
    &hstore::hstore_to_matrix::RECORD,
    &hstore::make::RECORD,
    &hstore::slice::RECORD,
    &hstore::sort_key::RECORD,
    &tags::has_tag::RECORD,
    &tags::tag_values::RECORD,
];

static SCALARS: LazyLock<Vec<Arc<ScalarUDF>>> = LazyLock::new(|| {
    let scalar = |record: &&'static FunctionRecord| match &record.implementation {
        Implementation::Kernels(overloads) => {
            Some(Arc::new(kernel_function::KernelFunction::udf(record, overloads)))
        }
        Implementation::Scalar(function) => Some(function()),
        _ => None,
    };
    ALL.iter().filter_map(scalar).collect()
});

/// Returns the record of every function.
#[must_use]
pub fn all() -> &'static [&'static FunctionRecord] {
    ALL
}

/// Returns every scalar function as DataFusion calls it.
#[must_use]
pub fn scalar_functions() -> &'static [Arc<ScalarUDF>] {
    &SCALARS
}

/// Returns every aggregate as DataFusion calls it.
#[must_use]
pub fn aggregates() -> Vec<Arc<AggregateUDF>> {
    let aggregate = |record: &&FunctionRecord| match &record.implementation {
        Implementation::Aggregate(function) => Some(function()),
        _ => None,
    };
    ALL.iter().filter_map(aggregate).collect()
}

/// Returns every window function as DataFusion calls it.
#[must_use]
pub fn window_functions() -> Vec<Arc<WindowUDF>> {
    let window = |record: &&FunctionRecord| match &record.implementation {
        Implementation::Window(function) => Some(function()),
        _ => None,
    };
    ALL.iter().filter_map(window).collect()
}

/// Returns a call of one of these functions, which operators and casts stand for.
pub(crate) fn call(name: &str, arguments: Vec<Expr>) -> Result<Expr> {
    let function = SCALARS.iter().find(|udf| udf.name() == name);
    function.map_or_else(
        || internal_err!("the function {name} is not listed"),
        |function| Ok(function.call(arguments)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};

    fn function_files(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                function_files(&path, files);
            } else if std::fs::read_to_string(&path).unwrap().contains("static RECORD") {
                files.push(path);
            }
        }
    }

    #[test]
    fn every_file_with_a_record_is_listed() {
        let mut files = Vec::new();
        function_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/functions"), &mut files);
        files.retain(|file| !file.ends_with("functions/mod.rs"));
        let listed = include_str!("mod.rs");
        for file in &files {
            let module = file.file_stem().unwrap().to_string_lossy();
            assert!(
                listed.contains(&format!("::{module}::RECORD")),
                "{} is not listed in ALL",
                file.display()
            );
        }
        assert_eq!(files.len(), ALL.len());
    }

    #[test]
    fn every_function_that_is_shown_has_syntax_summary_and_example() {
        for record in ALL {
            let is_hidden = record.syntax.is_empty();
            assert_eq!(record.name.starts_with("__"), is_hidden, "{}", record.name);
            assert!(record.summary.ends_with('.'), "{}", record.name);
            assert!(!record.examples.is_empty(), "{}", record.name);
        }
    }
}
