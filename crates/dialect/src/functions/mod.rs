//! The SQL functions that Census adds to DataFusion's: one file a function, one line here.

mod aggregates;
mod argument;
mod arithmetic;
mod casts;
mod conditions;
mod gateway;
mod hstore;
mod inet;
mod json;
mod kernel_function;
mod numbers;
mod parameter;
mod record;
mod reference;
mod regular_expressions;
mod row_sets;
mod rows;
mod session;
mod strings;
mod subqueries;
mod tags;
mod time;
mod windows;

pub(crate) use argument::external;
pub use argument::{Argument, Arguments, parse_hstores};
pub use parameter::{Fit, Parameter};
pub use record::{Example, FunctionRecord, Implementation, Kernel, Overload, RowsColumn, Section};
pub use reference::reference_page;
pub use session::current_setting::with_values as current_setting;
pub(crate) use windows::framed::over_frames;

use datafusion::arrow::datatypes::Field;
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::{
    AggregateUDF, ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, WindowUDF,
};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

/// Every function, in the order of the reference.
static ALL: &[&FunctionRecord] = &[
    &aggregates::approx_percentile::RECORD,
    &aggregates::array_agg::RECORD,
    &aggregates::avg::RECORD,
    &aggregates::bit_and::RECORD,
    &aggregates::bit_or::RECORD,
    &aggregates::bit_xor::RECORD,
    &aggregates::bool_and::RECORD,
    &aggregates::bool_or::RECORD,
    &aggregates::corr::RECORD,
    &aggregates::count::RECORD,
    &aggregates::covar_pop::RECORD,
    &aggregates::covar_samp::RECORD,
    &aggregates::every::RECORD,
    &aggregates::grouping::RECORD,
    &aggregates::json_agg::RECORD,
    &aggregates::json_object_agg::RECORD,
    &aggregates::max::RECORD,
    &aggregates::min::RECORD,
    &aggregates::mode::RECORD,
    &aggregates::percentile_cont::RECORD,
    &aggregates::percentile_disc::RECORD,
    &aggregates::regr_avgx::RECORD,
    &aggregates::regr_avgy::RECORD,
    &aggregates::regr_count::RECORD,
    &aggregates::regr_intercept::RECORD,
    &aggregates::regr_r2::RECORD,
    &aggregates::regr_slope::RECORD,
    &aggregates::regr_sxx::RECORD,
    &aggregates::regr_sxy::RECORD,
    &aggregates::regr_syy::RECORD,
    &aggregates::stddev::RECORD,
    &aggregates::stddev_pop::RECORD,
    &aggregates::stddev_samp::RECORD,
    &aggregates::string_agg::RECORD,
    &aggregates::sum::RECORD,
    &aggregates::var_pop::RECORD,
    &aggregates::var_samp::RECORD,
    &aggregates::variance::RECORD,
    &arithmetic::add::RECORD,
    &arithmetic::bitwise_not::RECORD,
    &arithmetic::float8_add::RECORD,
    &arithmetic::float8_divide::RECORD,
    &arithmetic::float8_modulo::RECORD,
    &arithmetic::float8_multiply::RECORD,
    &arithmetic::float8_subtract::RECORD,
    &arithmetic::multiply::RECORD,
    &arithmetic::numeric_add::RECORD,
    &arithmetic::numeric_divide::RECORD,
    &arithmetic::numeric_modulo::RECORD,
    &arithmetic::numeric_multiply::RECORD,
    &arithmetic::numeric_subtract::RECORD,
    &arithmetic::subtract::RECORD,
    &casts::bigint_in::RECORD,
    &casts::bigint_of_float8::RECORD,
    &casts::bigint_of_numeric::RECORD,
    &casts::boolean_in::RECORD,
    &casts::bytea_in::RECORD,
    &casts::float8_in::RECORD,
    &casts::float8_of_number::RECORD,
    &casts::hstore_in::RECORD,
    &casts::inet_in::RECORD,
    &casts::json_in::RECORD,
    &casts::json_of_stored::RECORD,
    &casts::numeric_in::RECORD,
    &casts::numeric_of_number::RECORD,
    &casts::text_out::RECORD,
    &casts::date_in::RECORD,
    &casts::date_of_timestamp::RECORD,
    &casts::interval_in::RECORD,
    &casts::interval_of_time::RECORD,
    &casts::time_in::RECORD,
    &casts::time_of::RECORD,
    &casts::timestamp_in::RECORD,
    &casts::timestamp_of_date::RECORD,
    &conditions::case::RECORD,
    &conditions::coalesce::RECORD,
    &conditions::extreme::RECORD,
    &conditions::greatest::RECORD,
    &conditions::least::RECORD,
    &conditions::nullif::RECORD,
    &conditions::num_nonnulls::RECORD,
    &conditions::num_nulls::RECORD,
    &conditions::simple_case::RECORD,
    &gateway::is_legal_response_parameter::RECORD,
    &gateway::matches_response_key::RECORD,
    &gateway::render_template::RECORD,
    &gateway::response_key_fault::RECORD,
    &gateway::response_parameter_argument::RECORD,
    &gateway::response_parameter_fault::RECORD,
    &gateway::response_parameter_header::RECORD,
    &gateway::response_parameter_source::RECORD,
    &gateway::selected_response_key::RECORD,
    &gateway::selection_expression_value::RECORD,
    &gateway::template_fault::RECORD,
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
    &inet::abbrev::RECORD,
    &inet::and::RECORD,
    &inet::broadcast::RECORD,
    &inet::contains::RECORD,
    &inet::contains_or_equals::RECORD,
    &inet::distance::RECORD,
    &inet::family::RECORD,
    &inet::host::RECORD,
    &inet::hostmask::RECORD,
    &inet::inet_merge::RECORD,
    &inet::inet_same_family::RECORD,
    &inet::masklen::RECORD,
    &inet::minus::RECORD,
    &inet::netmask::RECORD,
    &inet::network::RECORD,
    &inet::or::RECORD,
    &inet::overlaps::RECORD,
    &inet::plus::RECORD,
    &inet::set_masklen::RECORD,
    &inet::sort_key::RECORD,
    &inet::text::RECORD,
    &inet::within::RECORD,
    &inet::within_or_equal::RECORD,
    &json::array_to_json::RECORD,
    &json::each_keys::RECORD,
    &json::each_values::RECORD,
    &json::each_values_text::RECORD,
    &json::element::RECORD,
    &json::element_text::RECORD,
    &json::elements::RECORD,
    &json::elements_text::RECORD,
    &json::json_agg::RECORD,
    &json::json_array_length::RECORD,
    &json::json_build_array::RECORD,
    &json::json_build_object::RECORD,
    &json::json_extract_path::RECORD,
    &json::json_extract_path_text::RECORD,
    &json::json_object::RECORD,
    &json::json_object_agg::RECORD,
    &json::json_strip_nulls::RECORD,
    &json::json_typeof::RECORD,
    &json::member::RECORD,
    &json::member_text::RECORD,
    &json::object_keys::RECORD,
    &json::path::RECORD,
    &json::path_text::RECORD,
    &json::to_json::RECORD,
    &numbers::abs::RECORD,
    &numbers::acos::RECORD,
    &numbers::acosd::RECORD,
    &numbers::acosh::RECORD,
    &numbers::asin::RECORD,
    &numbers::asind::RECORD,
    &numbers::asinh::RECORD,
    &numbers::atan::RECORD,
    &numbers::atan2::RECORD,
    &numbers::atan2d::RECORD,
    &numbers::atand::RECORD,
    &numbers::atanh::RECORD,
    &numbers::cbrt::RECORD,
    &numbers::ceil::RECORD,
    &numbers::ceiling::RECORD,
    &numbers::cos::RECORD,
    &numbers::cosd::RECORD,
    &numbers::cosh::RECORD,
    &numbers::cot::RECORD,
    &numbers::cotd::RECORD,
    &numbers::degrees::RECORD,
    &numbers::div::RECORD,
    &numbers::exp::RECORD,
    &numbers::factorial::RECORD,
    &numbers::float8_to_char::RECORD,
    &numbers::floor::RECORD,
    &numbers::gcd::RECORD,
    &numbers::lcm::RECORD,
    &numbers::ln::RECORD,
    &numbers::log::RECORD,
    &numbers::log10::RECORD,
    &numbers::min_scale::RECORD,
    &numbers::modulo::RECORD,
    &numbers::numeric_ceil::RECORD,
    &numbers::numeric_round::RECORD,
    &numbers::numeric_sign::RECORD,
    &numbers::numeric_trunc::RECORD,
    &numbers::pi::RECORD,
    &numbers::pow::RECORD,
    &numbers::power::RECORD,
    &numbers::radians::RECORD,
    &numbers::random::RECORD,
    &numbers::round::RECORD,
    &numbers::scale::RECORD,
    &numbers::sign::RECORD,
    &numbers::sin::RECORD,
    &numbers::sind::RECORD,
    &numbers::sinh::RECORD,
    &numbers::sqrt::RECORD,
    &numbers::tan::RECORD,
    &numbers::tand::RECORD,
    &numbers::tanh::RECORD,
    &numbers::to_number::RECORD,
    &numbers::trim_scale::RECORD,
    &numbers::trunc::RECORD,
    &numbers::width_bucket::RECORD,
    &session::current_catalog::RECORD,
    &session::current_database::RECORD,
    &session::current_role::RECORD,
    &session::current_schema::RECORD,
    &session::current_setting::RECORD,
    &session::current_user::RECORD,
    &session::pg_typeof::RECORD,
    &session::session_user::RECORD,
    &session::user::RECORD,
    &session::version::RECORD,
    &regular_expressions::icu_regexp_replace::RECORD,
    &regular_expressions::imatches::RECORD,
    &regular_expressions::match_many::RECORD,
    &regular_expressions::matches::RECORD,
    &regular_expressions::regexp_count::RECORD,
    &regular_expressions::regexp_instr::RECORD,
    &regular_expressions::regexp_like::RECORD,
    &regular_expressions::regexp_match::RECORD,
    &regular_expressions::regexp_matches::RECORD,
    &regular_expressions::regexp_replace::RECORD,
    &regular_expressions::regexp_split_to_array::RECORD,
    &regular_expressions::regexp_substr::RECORD,
    &regular_expressions::similar_to_escape::RECORD,
    &strings::ascii::RECORD,
    &strings::bit_length::RECORD,
    &strings::btrim::RECORD,
    &strings::char_length::RECORD,
    &strings::character_length::RECORD,
    &strings::chr::RECORD,
    &strings::concat::RECORD,
    &strings::concat_ws::RECORD,
    &strings::convert_from::RECORD,
    &strings::convert_to::RECORD,
    &strings::decode::RECORD,
    &strings::encode::RECORD,
    &strings::format::RECORD,
    &strings::ilike_text::RECORD,
    &strings::initcap::RECORD,
    &strings::left::RECORD,
    &strings::length::RECORD,
    &strings::like_escape::RECORD,
    &strings::like_text::RECORD,
    &strings::lower::RECORD,
    &strings::lpad::RECORD,
    &strings::ltrim::RECORD,
    &strings::md5::RECORD,
    &strings::octet_length::RECORD,
    &strings::overlay::RECORD,
    &strings::position::RECORD,
    &strings::quote_ident::RECORD,
    &strings::quote_literal::RECORD,
    &strings::quote_nullable::RECORD,
    &strings::repeat::RECORD,
    &strings::replace::RECORD,
    &strings::reverse::RECORD,
    &strings::right::RECORD,
    &strings::rpad::RECORD,
    &strings::rtrim::RECORD,
    &strings::sha224::RECORD,
    &strings::sha256::RECORD,
    &strings::sha384::RECORD,
    &strings::sha512::RECORD,
    &strings::split_part::RECORD,
    &strings::starts_with::RECORD,
    &strings::strpos::RECORD,
    &strings::substr::RECORD,
    &strings::substring::RECORD,
    &strings::to_hex::RECORD,
    &strings::translate::RECORD,
    &strings::unistr::RECORD,
    &strings::upper::RECORD,
    &row_sets::each::RECORD,
    &row_sets::generate_series::RECORD,
    &row_sets::json_array_elements::RECORD,
    &row_sets::json_array_elements_text::RECORD,
    &row_sets::json_each::RECORD,
    &row_sets::json_each_text::RECORD,
    &row_sets::json_object_keys::RECORD,
    &row_sets::ordinals::RECORD,
    &row_sets::regexp_matches::RECORD,
    &row_sets::regexp_split_to_table::RECORD,
    &row_sets::series::RECORD,
    &row_sets::skeys::RECORD,
    &row_sets::svals::RECORD,
    &row_sets::unnest::RECORD,
    &subqueries::array_of::RECORD,
    &subqueries::only_row::RECORD,
    &subqueries::with_ties::RECORD,
    &tags::has_tag::RECORD,
    &tags::tag_values::RECORD,
    &time::age::RECORD,
    &time::clock_timestamp::RECORD,
    &time::current_date::RECORD,
    &time::current_time::RECORD,
    &time::current_timestamp::RECORD,
    &time::date_bin::RECORD,
    &time::date_part::RECORD,
    &time::date_trunc::RECORD,
    &time::extract::RECORD,
    &time::interval_length::RECORD,
    &time::interval_negative::RECORD,
    &time::interval_over::RECORD,
    &time::interval_times::RECORD,
    &time::isfinite::RECORD,
    &time::justify_days::RECORD,
    &time::justify_hours::RECORD,
    &time::justify_interval::RECORD,
    &time::localtime::RECORD,
    &time::localtimestamp::RECORD,
    &time::make_date::RECORD,
    &time::make_interval::RECORD,
    &time::make_time::RECORD,
    &time::make_timestamp::RECORD,
    &time::make_timestamptz::RECORD,
    &time::minus::RECORD,
    &time::now::RECORD,
    &time::plus::RECORD,
    &time::statement_timestamp::RECORD,
    &time::timezone::RECORD,
    &time::timezone_local::RECORD,
    &time::to_char::RECORD,
    &time::to_date::RECORD,
    &time::to_timestamp::RECORD,
    &time::transaction_timestamp::RECORD,
    &windows::cume_dist::RECORD,
    &windows::dense_rank::RECORD,
    &windows::first_value::RECORD,
    &windows::lag::RECORD,
    &windows::last_value::RECORD,
    &windows::lead::RECORD,
    &windows::nth_value::RECORD,
    &windows::ntile::RECORD,
    &windows::percent_rank::RECORD,
    &windows::rank::RECORD,
    &windows::row_number::RECORD,
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

/// Returns the columns of a function that gives rows; it has none where its arguments are the columns.
#[must_use]
pub fn rows(name: &str) -> Option<&'static [RowsColumn]> {
    ALL.iter().find_map(|record| match record.implementation {
        Implementation::Rows(columns) if record.name == name => Some(columns),
        _ => None,
    })
}

/// Tells whether a name that SQL cannot call is one that the rewrites of a query put into it.
#[must_use]
pub fn is_called_by_rewrites(name: &str) -> bool {
    let is_list = |record: &&&FunctionRecord| match record.implementation {
        Implementation::Rows(columns) => columns.iter().any(|column| column.list == name),
        _ => false,
    };
    ["__array_of", "__case", "__ordinals", "__simple_case", "__with_ties"].contains(&name)
        || ALL.iter().any(|record| is_list(&record))
}

/// Returns a call of one of these functions, which operators and casts stand for.
pub(crate) fn call(name: &str, arguments: Vec<Expr>) -> Result<Expr> {
    let function = SCALARS.iter().find(|udf| udf.name() == name);
    function.map_or_else(
        || internal_err!("the function {name} is not listed"),
        |function| Ok(function.call(arguments)),
    )
}

/// Computes one of these functions for a constant while a statement is planned.
///
/// # Errors
/// Those of the function.
pub(crate) fn evaluate(name: &str, constant: ScalarValue) -> Result<ScalarValue> {
    let Some(function) = SCALARS.iter().find(|udf| udf.name() == name) else {
        return internal_err!("the function {name} is not listed");
    };
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
