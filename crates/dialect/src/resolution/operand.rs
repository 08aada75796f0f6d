//! A value as type resolution sees it.

use crate::sql_types::type_name;
use census_types::SqlType;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::{Expr, ExprSchemable};

/// A value: its field, and whether it is a text literal, NULL or a parameter, whose type PostgreSQL leaves open.
#[derive(Debug, Clone)]
pub(crate) struct Operand {
    pub(crate) field: FieldRef,
    pub(crate) is_open: bool,
}

impl Operand {
    pub(crate) fn of(expr: &Expr, schema: &DFSchema) -> Result<Self> {
        let is_open = match expr {
            Expr::Literal(value, _) => is_open(value),
            Expr::Placeholder(parameter) => parameter.field.is_none(),
            _ => false,
        };
        Ok(Self { field: expr.to_field(schema)?.1, is_open })
    }

    /// Returns an argument of a function, of which only the field and the literal are known.
    pub(crate) fn of_argument(field: &FieldRef, literal: Option<&ScalarValue>) -> Self {
        Self { field: FieldRef::clone(field), is_open: literal.is_some_and(is_open) }
    }

    pub(crate) fn data_type(&self) -> &DataType {
        self.field.data_type()
    }

    /// Returns the type, integers and floating-point numbers as DDSQL's only ones, and an array of arrays as such.
    pub(crate) fn sql_type(&self) -> SqlType {
        of_field(&self.field)
    }

    pub(crate) fn is_hstore(&self) -> bool {
        census_types::hstore::is_hstore_type(self.data_type())
    }

    pub(crate) fn is_json(&self) -> bool {
        census_types::json::is_json_type(self.data_type())
    }

    pub(crate) fn is_inet(&self) -> bool {
        census_types::inet::is_inet_type(self.data_type())
    }

    pub(crate) fn is_array(&self) -> bool {
        crate::array_types::is_array(self.data_type())
    }

    pub(crate) fn is_text(&self) -> bool {
        matches!(self.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
    }

    /// Returns the name that messages give the type.
    pub(crate) fn type_name(&self) -> String {
        if self.is_open { "unknown".to_owned() } else { type_name(&self.field) }
    }
}

fn of_field(field: &Field) -> SqlType {
    if let DataType::List(item) = field.data_type() {
        return SqlType::Array(Box::new(of_field(item)));
    }
    match SqlType::from_field(field) {
        SqlType::Int16 | SqlType::Int32 => SqlType::Int64,
        SqlType::Float32 => SqlType::Float64,
        SqlType::RegProc => SqlType::Oid,
        other => other,
    }
}

fn is_open(literal: &ScalarValue) -> bool {
    matches!(
        literal,
        ScalarValue::Utf8(_)
            | ScalarValue::Utf8View(_)
            | ScalarValue::LargeUtf8(_)
            | ScalarValue::Null
    )
}
