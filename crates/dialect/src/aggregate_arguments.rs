//! Refuses aggregates of types that PostgreSQL has no aggregate for, where the engine would find a meaning.

use crate::error::DialectError;
use crate::functions;
use crate::sql_types::type_name;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{Expr, ExprSchemable, WindowFunctionDefinition};

/// Looks at the arguments of aggregates before they are coerced; it changes nothing.
#[derive(Debug)]
pub struct AggregateArgumentCheck;

impl FunctionRewrite for AggregateArgumentCheck {
    fn name(&self) -> &'static str {
        "ddsql_aggregate_arguments"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        let call = match &expr {
            Expr::AggregateFunction(call) => Some((call.func.name(), &call.params.args)),
            Expr::WindowFunction(call) => match &call.fun {
                WindowFunctionDefinition::AggregateUDF(function) => {
                    Some((function.name(), &call.params.args))
                }
                WindowFunctionDefinition::WindowUDF(_) => None,
            },
            _ => None,
        };
        let filter = match &expr {
            Expr::AggregateFunction(call) => call.params.filter.as_deref(),
            Expr::WindowFunction(call) => call.params.filter.as_deref(),
            _ => None,
        };
        if let Some(filter) = filter {
            let (_, field) = filter.to_field(schema)?;
            if !matches!(field.data_type(), DataType::Boolean | DataType::Null) {
                let found = type_name(&field);
                return Err(DialectError::NotBoolean { construct: "FILTER", found }.into());
            }
        }
        if let Some((name, [argument])) = call.map(|(name, arguments)| (name, arguments.as_slice()))
        {
            let (_, field) = argument.to_field(schema)?;
            if !takes(name, field.data_type()) {
                let record = functions::all().iter().find(|record| record.name == name);
                return Err(DialectError::UnknownSignature {
                    name: name.to_owned(),
                    arguments: type_name(&field),
                    syntax: record.map_or("", |record| record.syntax),
                }
                .into());
            }
        }
        Ok(Transformed::no(expr))
    }
}

/// Tells whether an aggregate takes a type; one that is not known here decides itself.
fn takes(aggregate: &str, data_type: &DataType) -> bool {
    if data_type.is_null() {
        return true;
    }
    match aggregate {
        "min" | "max" => {
            !matches!(data_type, DataType::Boolean | DataType::Map(..) | DataType::Struct(_))
        }
        "sum" | "avg" => {
            matches!(data_type, DataType::Int64 | DataType::Float64 | DataType::Interval(_))
        }
        "bool_and" | "bool_or" | "every" => *data_type == DataType::Boolean,
        "bit_and" | "bit_or" | "bit_xor" => *data_type == DataType::Int64,
        _ => true,
    }
}
