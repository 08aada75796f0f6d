//! The SQL functions that Census adds to DataFusion's: one file a function, one line here.

mod aggregates;
mod argument;
mod arguments_taken;
mod arithmetic;
mod arrays;
mod casts;
mod catalog;
mod conditions;
mod gateway;
mod hstore;
mod inet;
mod json;
mod kernel_function;
mod list;
mod numbers;
mod parameter;
mod record;
mod reference;
mod regular_expressions;
mod row_sets;
mod rows;
mod session;
pub(crate) mod strings;
mod subqueries;
mod tags;
mod time;
mod typed_function;
mod windows;

pub(crate) use argument::external;
pub use argument::{Argument, Arguments, parse_hstores};
pub(crate) use arguments_taken::{aggregate_arguments, scalar_arguments, window_arguments};
pub(crate) use arrays::{JSON_PART_HINT, are_equal_as_they_are, read_array};
use list::ALL;
pub use parameter::{Fit, Parameter};
pub use record::{
    Example, FunctionRecord, Implementation, Kernel, Overload, RowsColumn, Section, Typed,
};
pub use reference::reference_page;
pub(crate) use row_sets::series::MAXIMUM_VALUES as MAXIMUM_SERIES;
pub use session::current_setting::with_values as current_setting;
pub use session::own_value::{SessionValues, with_values as session_values};
pub use session::set_config::with_change as set_config;
pub(crate) use windows::framed::over_frames;

use crate::catalog::Catalog;
use datafusion::arrow::array::{Array, ArrayRef};
use datafusion::arrow::datatypes::Field;
use datafusion::common::config::ConfigOptions;
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::{
    AggregateUDF, ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, WindowUDF,
};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

static SCALARS: LazyLock<Vec<Arc<ScalarUDF>>> = LazyLock::new(|| {
    let scalar = |record: &&'static FunctionRecord| match &record.implementation {
        Implementation::Kernels(overloads) => {
            Some(Arc::new(kernel_function::KernelFunction::udf(record, overloads, Arc::default())))
        }
        Implementation::Typed(typed) => {
            Some(Arc::new(typed_function::TypedFunction::udf(record, typed)))
        }
        Implementation::Scalar(function) => Some(function()),
        _ => None,
    };
    ALL.iter().filter_map(scalar).collect()
});

/// What functions that look at no option are run with.
static OPTIONS: LazyLock<Arc<ConfigOptions>> = LazyLock::new(Arc::default);

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

/// Returns the functions of the catalog, which look objects up in this one.
#[must_use]
pub fn catalog_scalar_functions(catalog: &Arc<Catalog>) -> Vec<ScalarUDF> {
    let scalar = |record: &&'static FunctionRecord| match &record.implementation {
        Implementation::Kernels(overloads) if record.section == Section::Catalog => {
            Some(kernel_function::KernelFunction::udf(record, overloads, Arc::clone(catalog)))
        }
        _ => None,
    };
    ALL.iter().filter_map(scalar).collect()
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

/// Returns the columns of a function that gives rows; it has none where its arguments are the columns.
#[must_use]
pub fn rows(name: &str) -> Option<&'static [RowsColumn]> {
    ALL.iter().find_map(|record| match record.implementation {
        Implementation::Rows(columns) if record.name == name => Some(columns),
        _ => None,
    })
}

/// Functions that rewrites of a query call before it is planned.
const BY_REWRITES: [&str; 19] = [
    "__array",
    "__array_cast",
    "__array_of",
    "__case",
    "__items",
    "__ordinals",
    "__regclass",
    "__regclass_out",
    "__regnamespace",
    "__regnamespace_out",
    "__regproc",
    "__regproc_out",
    "__regrole",
    "__regtype",
    "__regtype_out",
    "__simple_case",
    "__slice",
    "__subscript",
    "__with_ties",
];

/// Tells whether a name that SQL cannot call is one that the rewrites of a query put into it.
#[must_use]
pub fn is_called_by_rewrites(name: &str) -> bool {
    let is_list = |record: &&&FunctionRecord| match record.implementation {
        Implementation::Rows(columns) => columns.iter().any(|column| column.list == name),
        _ => false,
    };
    BY_REWRITES.contains(&name) || ALL.iter().any(|record| is_list(&record))
}

/// Returns a call of one of these functions, which operators and casts stand for.
pub(crate) fn call(name: &str, arguments: Vec<Expr>) -> Result<Expr> {
    Ok(listed(name)?.call(arguments))
}

fn listed(name: &str) -> Result<&'static Arc<ScalarUDF>> {
    let Some(function) = SCALARS.iter().find(|function| function.name() == name) else {
        return internal_err!("the function {name} is not listed");
    };
    Ok(function)
}

/// Computes one of these functions for a constant while a statement is planned.
///
/// # Errors
/// Those of the function.
pub(crate) fn evaluate(name: &str, constant: ScalarValue) -> Result<ScalarValue> {
    let function = listed(name)?;
    let field = Arc::new(Field::new("", constant.data_type(), true));
    let return_field = function.return_field_from_args(ReturnFieldArgs {
        arg_fields: &[Arc::clone(&field)],
        scalar_arguments: &[Some(&constant)],
    })?;
    let value = function.invoke_with_args(ScalarFunctionArgs {
        args: vec![ColumnarValue::Scalar(constant)],
        arg_fields: vec![field],
        number_rows: 1,
        return_field,
        config_options: Arc::default(),
    })?;
    match value {
        ColumnarValue::Scalar(value) => Ok(value),
        ColumnarValue::Array(values) => ScalarValue::try_from_array(&values, 0),
    }
}

/// Returns the name that DataFusion knows a call by: as unique as its arguments, and short however long they are.
pub(crate) fn hashed_name(name: &str, arguments: &[Expr]) -> String {
    let mut hasher = DefaultHasher::new();
    for argument in arguments {
        // Its name rather than its form: the optimizer keeps the one where it puts another for the other.
        argument.schema_name().to_string().hash(&mut hasher);
    }
    format!("{name}#{:016x}", hasher.finish())
}

/// Runs one of these functions on arguments that are there.
pub(crate) fn invoke(name: &str, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
    listed(name)?.invoke_with_args(arguments)
}

/// Runs one of these functions on a column of values.
pub(crate) fn apply(name: &str, values: &ArrayRef) -> Result<ArrayRef> {
    let function = listed(name)?;
    let fields = [Arc::new(Field::new("", values.data_type().clone(), true))];
    // What reads literals reads texts that are values of arrays in the same way.
    let return_field = function.return_field_from_args(ReturnFieldArgs {
        arg_fields: &fields,
        scalar_arguments: &[Some(&ScalarValue::Null)],
    })?;
    let arguments = ScalarFunctionArgs {
        args: vec![ColumnarValue::Array(Arc::clone(values))],
        arg_fields: fields.to_vec(),
        number_rows: values.len(),
        return_field,
        config_options: Arc::clone(&OPTIONS),
    };
    function.invoke_with_args(arguments)?.into_array(values.len())
}

/// Returns what stands for a stored json column: its texts as values of the engine.
///
/// # Errors
/// None but a fault of the list of functions.
pub fn json_of_stored(column: Expr) -> Result<Expr> {
    call("__json_of_stored", vec![column])
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
        function_files(
            &Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("src/functions"),
            &mut files,
        );
        files.retain(|file| !file.ends_with("functions/mod.rs"));
        let listed = include_str!("list.rs");
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
