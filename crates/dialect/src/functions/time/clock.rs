//! The clock, which stands still while a statement runs.

use datafusion::arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::simplify::{ExprSimplifyResult, SimplifyContext};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::sync::Arc;

const MICROSECONDS_A_DAY: i64 = census_types::time::MICROSECONDS_A_DAY;

/// What of the moment a function shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shows {
    Timestamp,
    Date,
    Time,
}

/// A function of no arguments that planning replaces by the moment at which the statement began.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Clock {
    name: &'static str,
    shows: Shows,
    signature: Signature,
}

impl Clock {
    /// Returns a function of this name.
    pub(super) fn udf(name: &'static str, shows: Shows) -> Arc<ScalarUDF> {
        let signature = Signature::nullary(Volatility::Stable);
        Arc::new(ScalarUDF::new_from_impl(Self { name, shows, signature }))
    }

    fn value(&self, microseconds: i64) -> ScalarValue {
        match self.shows {
            Shows::Timestamp => ScalarValue::TimestampMicrosecond(Some(microseconds), None),
            Shows::Date => {
                let days = microseconds.div_euclid(MICROSECONDS_A_DAY);
                ScalarValue::Date32(i32::try_from(days).ok())
            }
            Shows::Time => {
                ScalarValue::Time64Microsecond(Some(microseconds.rem_euclid(MICROSECONDS_A_DAY)))
            }
        }
    }
}

impl ScalarUDFImpl for Clock {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        Ok(match self.shows {
            Shows::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, None),
            Shows::Date => DataType::Date32,
            Shows::Time => DataType::Time64(TimeUnit::Microsecond),
        })
    }

    fn simplify(
        &self,
        arguments: Vec<Expr>,
        context: &SimplifyContext,
    ) -> Result<ExprSimplifyResult> {
        let Some(now) = context.query_execution_start_time() else {
            return Ok(ExprSimplifyResult::Original(arguments));
        };
        let value = self.value(now.timestamp_micros());
        Ok(ExprSimplifyResult::Simplified(Expr::Literal(value, None)))
    }

    fn invoke_with_args(&self, _arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        internal_err!("{} is replaced while a statement is planned", self.name)
    }
}
