//! The name of an aggregate that is planned as another one; nothing ever accumulates in it.

use census_types::json;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, internal_err};
use datafusion::logical_expr::function::AccumulatorArgs;
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, Signature, Volatility};

/// An aggregate that gives json.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Written {
    name: &'static str,
    signature: Signature,
}

impl Written {
    pub(super) fn new(name: &'static str, arguments: usize) -> Self {
        Self { name, signature: Signature::any(arguments, Volatility::Immutable) }
    }
}

impl AggregateUDFImpl for Written {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        Ok(json::data_type())
    }

    fn accumulator(&self, _arguments: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        internal_err!("{} is planned as array_agg", self.name)
    }
}
