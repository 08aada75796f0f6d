//! `sum`: a sum of bigints that is no bigint is an error (22003); DataFusion's own would wrap around.

use super::intervals::{Makes, WithIntervals};
use crate::functions::external;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{ArrayRef, AsArray, BooleanArray, Int64Array};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Field, FieldRef};
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::functions_aggregate::sum::Sum as DataFusionSum;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, GroupsAccumulator, ReversedUDAF, Signature,
};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "sum",
    syntax: "sum(bigint) → bigint\nsum(double precision) → double precision\nsum(interval) → interval",
    summary: "Adds up what is not NULL; NULL where nothing is.",
    examples: &[
        Example { sql: "SELECT sum(x) FROM (VALUES (1), (NULL), (2)) t(x)", prints: "3" },
        Example { sql: "SELECT sum(x) FROM (VALUES (1)) t(x) WHERE false", prints: "NULL" },
    ],
    implementation: Implementation::Aggregate(|| {
        let sum = AggregateUDF::new_from_impl(Sum::default());
        WithIntervals::udaf(Arc::new(sum), Makes::Sum)
    }),
};

/// In what bigints are added up: 2^63 of them still fit.
const WIDE: DataType = DataType::Decimal128(38, 0);

/// DataFusion's sum, which adds up bigints in [`WIDE`] and looks at the end whether the sum is one.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Sum {
    inner: DataFusionSum,
}

fn is_bigint(field: &Field) -> bool {
    *field.data_type() == DataType::Int64
}

fn wide_field(field: &Field) -> FieldRef {
    Arc::new(field.clone().with_data_type(WIDE))
}

/// Returns the arguments with a wide result.
fn wide(mut arguments: AccumulatorArgs<'_>) -> AccumulatorArgs<'_> {
    arguments.return_field = wide_field(&arguments.return_field);
    arguments
}

impl AggregateUDFImpl for Sum {
    fn name(&self) -> &'static str {
        "sum"
    }

    fn signature(&self) -> &Signature {
        self.inner.signature()
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        self.inner.return_type(types)
    }

    fn accumulator(&self, arguments: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        if !is_bigint(&arguments.return_field) {
            return self.inner.accumulator(arguments);
        }
        Ok(Box::new(WideSum(self.inner.accumulator(wide(arguments))?)))
    }

    fn state_fields(&self, arguments: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        if !is_bigint(&arguments.return_field) {
            return self.inner.state_fields(arguments);
        }
        let return_field = wide_field(&arguments.return_field);
        self.inner.state_fields(StateFieldsArgs { return_field, ..arguments })
    }

    fn groups_accumulator_supported(&self, arguments: AccumulatorArgs<'_>) -> bool {
        self.inner.groups_accumulator_supported(arguments)
    }

    fn create_groups_accumulator(
        &self,
        arguments: AccumulatorArgs<'_>,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        if !is_bigint(&arguments.return_field) {
            return self.inner.create_groups_accumulator(arguments);
        }
        Ok(Box::new(WideSums(self.inner.create_groups_accumulator(wide(arguments))?)))
    }

    fn create_sliding_accumulator(
        &self,
        arguments: AccumulatorArgs<'_>,
    ) -> Result<Box<dyn Accumulator>> {
        if !is_bigint(&arguments.return_field) {
            return self.inner.create_sliding_accumulator(arguments);
        }
        Ok(Box::new(WideSum(self.inner.create_sliding_accumulator(wide(arguments))?)))
    }

    fn reverse_expr(&self) -> ReversedUDAF {
        ReversedUDAF::Identical
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// A sum of one group.
#[derive(Debug)]
struct WideSum(Box<dyn Accumulator>);

impl Accumulator for WideSum {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.0.update_batch(&widened(values)?)
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        match self.0.evaluate()? {
            ScalarValue::Decimal128(Some(sum), ..) => Ok(ScalarValue::Int64(Some(narrow(sum)?))),
            ScalarValue::Decimal128(None, ..) => Ok(ScalarValue::Int64(None)),
            other => internal_err!("a sum of bigints is {other}"),
        }
    }

    fn size(&self) -> usize {
        self.0.size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.0.state()
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.0.merge_batch(states)
    }

    fn retract_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.0.retract_batch(&widened(values)?)
    }

    fn supports_retract_batch(&self) -> bool {
        self.0.supports_retract_batch()
    }
}

/// The sums of many groups.
struct WideSums(Box<dyn GroupsAccumulator>);

impl GroupsAccumulator for WideSums {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        count: usize,
    ) -> Result<()> {
        self.0.update_batch(&widened(values)?, groups, filter, count)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let sums = self.0.evaluate(emit_to)?;
        let sums = sums.as_primitive::<Decimal128Type>();
        let narrowed = sums.iter().map(|sum| sum.map(narrow).transpose());
        Ok(Arc::new(narrowed.collect::<Result<Int64Array>>()?))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        self.0.state(emit_to)
    }

    fn merge_batch(&mut self, values: &[ArrayRef], groups: &[usize], count: usize) -> Result<()> {
        self.0.merge_batch(values, groups, count)
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        self.0.convert_to_state(&widened(values)?, filter)
    }

    fn size(&self) -> usize {
        self.0.size()
    }
}

fn widened(values: &[ArrayRef]) -> Result<Vec<ArrayRef>> {
    values.iter().map(|array| Ok(cast(array, &WIDE)?)).collect()
}

fn narrow(sum: i128) -> Result<i64> {
    i64::try_from(sum)
        .map_err(|_| external(Error::new(SqlState::NumericValueOutOfRange, "bigint out of range")))
}
