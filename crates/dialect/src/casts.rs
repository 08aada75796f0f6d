//! Casts that Arrow does not know or does otherwise than PostgreSQL become functions.

mod times;

use crate::array_types;
use crate::error::DialectError;
use crate::functions;
use crate::number_kinds::{DOUBLE_PRECISION, NUMERIC, Number, number};
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use census_types::{SqlType, hstore, inet, json};
use datafusion::arrow::compute::can_cast_types;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::config::ConfigOptions;
use datafusion::common::metadata::FieldMetadata;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::Placeholder;
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{Cast, Expr, ExprSchemable, cast};
use std::sync::Arc;

/// Replaces casts to and from hstore and json, and casts of anything to text.
///
/// It runs as the first step of DataFusion's analyzer, where the type of what is cast is known and
/// type coercion has not yet refused a cast that Arrow cannot do.
#[derive(Debug)]
pub struct CastRewrite;

impl FunctionRewrite for CastRewrite {
    fn name(&self) -> &'static str {
        "ddsql_casts"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        if let Some(array) = read_array_cast(&expr, schema)? {
            return Ok(Transformed::yes(array));
        }
        let Expr::Cast(Cast { expr: value, field: target }) = &expr else {
            return Ok(Transformed::no(expr));
        };
        if let Expr::Literal(literal @ ScalarValue::Utf8(Some(_)), _) = value.as_ref()
            && *target.data_type() != DataType::Utf8
        {
            let value = read_literal(literal, target)?;
            return Ok(Transformed::yes(match target.name().as_str() {
                DOUBLE_PRECISION => functions::call("__float8_of_number", vec![value])?,
                _ => value,
            }));
        }
        if array_types::is_array(target.data_type()) {
            let array = to_array(value.as_ref().clone(), target.data_type())?;
            return Ok(Transformed::yes(array));
        }
        let (_, source) = value.to_field(schema)?;
        match replacement(&source, target)? {
            Replacement::None => Ok(Transformed::no(expr)),
            Replacement::Value => Ok(Transformed::yes(value.as_ref().clone())),
            Replacement::Function("__bigint_of_float8")
                if number(value, schema)? == Some(Number::Numeric) =>
            {
                Ok(Transformed::yes(functions::call(
                    "__bigint_of_numeric",
                    vec![value.as_ref().clone()],
                )?))
            }
            Replacement::Function(name) => {
                Ok(Transformed::yes(functions::call(name, vec![value.as_ref().clone()])?))
            }
        }
    }
}

/// Returns a parameter whose type nothing has decided yet as one of the type of a field.
pub(crate) fn decided_parameter(expr: &Expr, target: &Field) -> Option<Expr> {
    let Expr::Placeholder(Placeholder { id, field: None }) = expr else { return None };
    let field = Some(Arc::new(target.clone().with_nullable(true)));
    Some(Expr::Placeholder(Placeholder { id: id.clone(), field }))
}

/// Returns the array that a literal is cast to, so that a wrong one is told also where no row needs it.
fn read_array_cast(expr: &Expr, schema: &DFSchema) -> Result<Option<Expr>> {
    let Expr::ScalarFunction(call) = expr else { return Ok(None) };
    let ("__array_cast", [value @ Expr::Literal(ScalarValue::Utf8(Some(_)), _), target]) =
        (call.name(), call.args.as_slice())
    else {
        return Ok(None);
    };
    to_array(value.clone(), &target.get_type(schema)?).map(Some)
}

/// Returns a value as an array of a type.
///
/// A literal is read at once; it alone says before it is read how many dimensions it has.
///
/// # Errors
/// 42846 where there is no such cast, and those of a literal (22P02).
pub(crate) fn to_array(value: Expr, target: &DataType) -> Result<Expr> {
    if let Some(parameter) = decided_parameter(&value, &Field::new("", target.clone(), true)) {
        return Ok(parameter);
    }
    match &value {
        Expr::Literal(literal @ ScalarValue::Utf8(Some(_)), _) => {
            let array = functions::read_array(literal, array_types::item(target))?;
            Ok(Expr::Literal(array, None))
        }
        Expr::Literal(literal, _) if literal.data_type().is_null() => {
            Ok(Expr::Literal(ScalarValue::try_from(target)?, None))
        }
        _ => {
            let target = Expr::Literal(ScalarValue::try_from(target)?, None);
            functions::call("__array_cast", vec![value, target])
        }
    }
}

/// Returns the function that casts values of a type to another, `None` where Arrow does.
///
/// # Errors
/// 42846 where there is no such cast.
pub(crate) fn function(source: &DataType, target: &DataType) -> Result<Option<&'static str>> {
    let [source, target] =
        [source, target].map(|data_type| Field::new("", data_type.clone(), true));
    match replacement(&source, &target)? {
        Replacement::Function(name) => Ok(Some(name)),
        Replacement::None | Replacement::Value => Ok(None),
    }
}

/// Returns a text literal or NULL as a value of the type of a field.
///
/// It is read at once, as PostgreSQL does: a literal that is none of its type is an error also where no row needs it.
///
/// # Errors
/// Those of the type's input syntax (22P02 and its like).
pub(crate) fn read_literal(literal: &ScalarValue, target: &Field) -> Result<Expr> {
    let metadata = Some(FieldMetadata::from(target)).filter(|metadata| !metadata.is_empty());
    if literal.is_null() {
        return Ok(Expr::Literal(ScalarValue::try_new_null(target.data_type())?, metadata));
    }
    let written = Expr::Literal(literal.clone(), None);
    if array_types::is_array(target.data_type()) {
        return to_array(written, target.data_type());
    }
    match replacement(&Field::new("", DataType::Utf8, true), target)? {
        Replacement::Function(name) => {
            Ok(Expr::Literal(functions::evaluate(name, literal.clone())?, metadata))
        }
        Replacement::Value => Ok(written),
        Replacement::None if *target.data_type() == DataType::Utf8 => Ok(written),
        Replacement::None => Ok(cast(written, target.data_type().clone())),
    }
}

/// Returns a value in the type of a field, as a cast gives it.
///
/// # Errors
/// 42846 where PostgreSQL has no such cast.
pub(crate) fn converted(value: Expr, source: &Field, target: &Field) -> Result<Expr> {
    if array_types::is_array(target.data_type()) {
        return to_array(value, target.data_type());
    }
    match replacement(source, target)? {
        Replacement::Function(name) => functions::call(name, vec![value]),
        Replacement::Value => Ok(value),
        Replacement::None => Ok(cast(value, target.data_type().clone())),
    }
}

/// What stands for a cast.
enum Replacement {
    /// Arrow's cast, which does what PostgreSQL does.
    None,
    /// The value itself.
    Value,
    /// A function of the value.
    Function(&'static str),
}

fn replacement(source: &Field, target: &Field) -> Result<Replacement> {
    let is_text = |field: &Field| matches!(SqlType::from_field(field), SqlType::Text);
    let is_null = source.data_type().is_null();
    if hstore::is_hstore_type(target.data_type()) {
        return match source.data_type() {
            _ if hstore::is_hstore_type(source.data_type()) => Ok(Replacement::Value),
            _ if is_text(source) || is_null => Ok(Replacement::Function("__hstore_in")),
            DataType::List(item) if is_text(item) => Ok(Replacement::Function("hstore")),
            _ => Err(no_cast(source, target)),
        };
    }
    if inet::is_inet_type(target.data_type()) {
        return match source.data_type() {
            _ if inet::is_inet_type(source.data_type()) => Ok(Replacement::Value),
            _ if is_text(source) || is_null => Ok(Replacement::Function("__inet_in")),
            _ => Err(no_cast(source, target)),
        };
    }
    if json::is_json_type(target.data_type()) {
        return match source.data_type() {
            _ if json::is_json_type(source.data_type()) => Ok(Replacement::Value),
            _ if hstore::is_hstore_type(source.data_type()) => {
                Ok(Replacement::Function("hstore_to_json"))
            }
            _ if is_text(source) || is_null => Ok(Replacement::Function("__json_in")),
            _ => Err(no_cast(source, target)),
        };
    }
    if let Some(replacement) = catalog_type(source, target) {
        return Ok(replacement);
    }
    if is_text(target) {
        return match source.data_type() {
            DataType::Struct(_) if !json::is_json_type(source.data_type()) => {
                let message = "rows as values are not supported";
                Err(functions::external(Error::new(SqlState::FeatureNotSupported, message)))
            }
            DataType::Null | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                Ok(Replacement::None)
            }
            _ => Ok(Replacement::Function("__text_out")),
        };
    }
    match (source.data_type(), target.data_type()) {
        (DataType::Utf8, DataType::Binary) => return Ok(Replacement::Function("__bytea_in")),
        (DataType::Utf8, DataType::Int64) => return Ok(Replacement::Function("__bigint_in")),
        (DataType::Utf8, DataType::Float64) if target.name() == DOUBLE_PRECISION => {
            return Ok(Replacement::Function("__float8_in"));
        }
        (DataType::Utf8, DataType::Float64) => return Ok(Replacement::Function("__numeric_in")),
        (DataType::Int64 | DataType::Float64, DataType::Float64) => match target.name().as_str() {
            DOUBLE_PRECISION => return Ok(Replacement::Function("__float8_of_number")),
            NUMERIC => return Ok(Replacement::Function("__numeric_of_number")),
            _ => {}
        },
        (DataType::Utf8, DataType::Boolean) => return Ok(Replacement::Function("__boolean_in")),
        (DataType::Float64, DataType::Int64) => {
            return Ok(Replacement::Function("__bigint_of_float8"));
        }
        _ => {}
    }
    if target.data_type().is_temporal() {
        return times::replacement(source.data_type(), target.data_type())
            .ok_or_else(|| no_cast(source, target));
    }
    let is_closed = SqlType::from_data_type(source.data_type()).is_text_alone();
    if is_closed || !is_cast(source.data_type(), target.data_type()) {
        return Err(no_cast(source, target));
    }
    Ok(Replacement::None)
}

/// Returns what stands for a cast to a type of the catalogs, which is a bigint or a text by another name: no cast of
/// Arrow's leads to a type that has the same values.
fn catalog_type(source: &Field, target: &Field) -> Option<Replacement> {
    let is_routine = |field: &Field| SqlType::from_field(field) == SqlType::RegProc;
    if is_routine(source) && !is_routine(target) && *target.data_type() == DataType::Int64 {
        // As a number it is not shown as a name any more.
        return Some(Replacement::Function("__regclass"));
    }
    match (SqlType::from_field(target), source.data_type()) {
        (SqlType::Oid | SqlType::RegProc, DataType::Int64)
        | (SqlType::Name | SqlType::Char, DataType::Utf8)
        | (SqlType::OidVector | SqlType::Int2Vector, DataType::List(_)) => Some(Replacement::Value),
        (SqlType::Name | SqlType::Char, source) if !source.is_null() => {
            Some(Replacement::Function("__text_out"))
        }
        _ => None,
    }
}

/// Tells whether PostgreSQL has a cast that Arrow can do: Arrow also casts numbers to times and the like.
fn is_cast(source: &DataType, target: &DataType) -> bool {
    let is_text = matches!(source, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let is_known = match target {
        DataType::List(_) if !matches!(source, DataType::List(_) | DataType::Null) => false,
        _ if source == target || source.is_null() || is_text => true,
        DataType::Binary => false,
        DataType::Boolean => source.is_integer(),
        target if target.is_integer() => source.is_numeric() || *source == DataType::Boolean,
        target if target.is_numeric() => source.is_numeric(),
        target if target.is_temporal() => source.is_temporal(),
        _ => true,
    };
    is_known && can_cast_types(source, target)
}

fn no_cast(source: &Field, target: &Field) -> datafusion::error::DataFusionError {
    DialectError::NoCast { from: type_name(source), to: type_name(target) }.into()
}
