//! Aggregates that also take intervals, which are compared by their length and added up part by part.

use crate::functions::external;
use census_types::time::Span;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, ListArray};
use datafusion::arrow::datatypes::{
    DataType, Field, FieldRef, Int64Type, IntervalMonthDayNanoType, IntervalUnit,
};
use datafusion::common::utils::SingleRowListArrayBuilder;
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::expr::AggregateFunctionParams;
use datafusion::logical_expr::function::{
    AccumulatorArgs, AggregateFunctionSimplification, StateFieldsArgs,
};
use datafusion::logical_expr::type_coercion::functions::fields_with_udf;
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, GroupsAccumulator, ReversedUDAF, SetMonotonicity,
    Signature, StatisticsArgs, Volatility,
};
use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

/// What is made of intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Makes {
    Sum,
    Mean,
    Least,
    Greatest,
}

/// An aggregate that answers for intervals itself, and leaves all else to another.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct WithIntervals {
    other: Arc<AggregateUDF>,
    makes: Makes,
    signature: Signature,
}

impl WithIntervals {
    /// Returns an aggregate under the name of the other.
    pub(super) fn udaf(other: Arc<AggregateUDF>, makes: Makes) -> Arc<AggregateUDF> {
        let signature = Signature::user_defined(Volatility::Immutable);
        Arc::new(AggregateUDF::new_from_impl(Self { other, makes, signature }))
    }

    fn accumulator_of_intervals(&self, is_distinct: bool) -> Box<dyn Accumulator> {
        match self.makes {
            Makes::Sum | Makes::Mean if is_distinct => {
                let is_mean = self.makes == Makes::Mean;
                Box::new(DistinctTotal { is_mean, seen: HashSet::new(), values: Vec::new() })
            }
            Makes::Sum | Makes::Mean => {
                let total = Total { span: Span::default(), count: 0 };
                Box::new(Totals { is_mean: self.makes == Makes::Mean, total })
            }
            Makes::Least => Box::new(Extreme { is_greatest: false, values: VecDeque::new() }),
            Makes::Greatest => Box::new(Extreme { is_greatest: true, values: VecDeque::new() }),
        }
    }
}

fn interval() -> DataType {
    DataType::Interval(IntervalUnit::MonthDayNano)
}

fn is_interval(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Interval(_))
}

impl AggregateUDFImpl for WithIntervals {
    fn name(&self) -> &str {
        self.other.name()
    }

    fn schema_name(&self, params: &AggregateFunctionParams) -> Result<String> {
        self.other.schema_name(params)
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        if let [only] = types
            && is_interval(only)
        {
            return Ok(vec![interval()]);
        }
        let field = |data_type: &DataType| Arc::new(Field::new("", data_type.clone(), true));
        let fields: Vec<FieldRef> = types.iter().map(field).collect();
        let coerced = fields_with_udf(&fields, self.other.as_ref())?;
        Ok(coerced.iter().map(|field| field.data_type().clone()).collect())
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        match types {
            [only] if is_interval(only) => Ok(interval()),
            types => self.other.return_type(types),
        }
    }

    fn accumulator(&self, arguments: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        if is_interval(arguments.return_field.data_type()) {
            return Ok(self.accumulator_of_intervals(arguments.is_distinct));
        }
        self.other.accumulator(arguments)
    }

    fn create_sliding_accumulator(
        &self,
        arguments: AccumulatorArgs<'_>,
    ) -> Result<Box<dyn Accumulator>> {
        if is_interval(arguments.return_field.data_type()) {
            return Ok(self.accumulator_of_intervals(false));
        }
        self.other.create_sliding_accumulator(arguments)
    }

    fn state_fields(&self, arguments: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        if !is_interval(arguments.return_field.data_type()) {
            return self.other.state_fields(arguments);
        }
        let name = |part: &str| format!("{}[{part}]", arguments.name);
        let values = Field::new_list(name("values"), Field::new_list_field(interval(), true), true);
        Ok(match self.makes {
            Makes::Sum | Makes::Mean if !arguments.is_distinct => vec![
                Arc::new(Field::new(name("sum"), interval(), true)),
                Arc::new(Field::new(name("count"), DataType::Int64, true)),
            ],
            _ => vec![Arc::new(values)],
        })
    }

    fn groups_accumulator_supported(&self, arguments: AccumulatorArgs<'_>) -> bool {
        !is_interval(arguments.return_field.data_type())
            && self.other.groups_accumulator_supported(arguments)
    }

    fn create_groups_accumulator(
        &self,
        arguments: AccumulatorArgs<'_>,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        self.other.create_groups_accumulator(arguments)
    }

    fn simplify(&self) -> Option<AggregateFunctionSimplification> {
        self.other.simplify()
    }

    fn reverse_expr(&self) -> ReversedUDAF {
        ReversedUDAF::Identical
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }

    fn is_descending(&self) -> Option<bool> {
        self.other.is_descending()
    }

    fn value_from_stats(&self, statistics: &StatisticsArgs<'_>) -> Option<ScalarValue> {
        if is_interval(statistics.return_type) {
            return None;
        }
        self.other.value_from_stats(statistics)
    }

    fn default_value(&self, data_type: &DataType) -> Result<ScalarValue> {
        self.other.default_value(data_type)
    }

    fn set_monotonicity(&self, data_type: &DataType) -> SetMonotonicity {
        self.other.inner().set_monotonicity(data_type)
    }
}

/// Returns the intervals of a column that are not NULL.
fn spans(column: &dyn Array) -> impl Iterator<Item = Span> + '_ {
    column.as_primitive::<IntervalMonthDayNanoType>().iter().flatten().map(Span::from)
}

fn scalar(span: Option<Span>) -> Result<ScalarValue> {
    let value = span.map(Span::to_arrow).transpose().map_err(external)?;
    Ok(ScalarValue::IntervalMonthDayNano(value))
}

/// Returns the intervals as a state of one value.
fn list(spans: impl Iterator<Item = Span>) -> Result<Vec<ScalarValue>> {
    let values = spans.map(|span| scalar(Some(span))).collect::<Result<Vec<_>>>()?;
    let array = if values.is_empty() {
        datafusion::arrow::array::new_empty_array(&interval())
    } else {
        ScalarValue::iter_to_array(values)?
    };
    Ok(vec![SingleRowListArrayBuilder::new(array).build_list_scalar()])
}

/// Returns the intervals of all states that [`list`] made.
fn listed(states: &[ArrayRef]) -> impl Iterator<Item = Span> + '_ {
    let lists: Option<&ListArray> = states.first().and_then(|state| state.as_list_opt());
    let lists = lists.into_iter().flat_map(|lists| lists.iter().flatten());
    lists.flat_map(|values| spans(&values).collect::<Vec<_>>())
}

/// A sum and of how many intervals it is.
#[derive(Debug, Clone, Copy)]
struct Total {
    span: Span,
    count: i64,
}

impl Total {
    fn add(&mut self, span: Span) -> Result<()> {
        self.span = self.span.plus(span).map_err(external)?;
        self.count += 1;
        Ok(())
    }

    fn finish(self, is_mean: bool) -> Result<ScalarValue> {
        if self.count == 0 {
            return scalar(None);
        }
        // A count of rows is a whole number that a double holds.
        #[allow(clippy::cast_precision_loss)]
        let divisor = self.count as f64;
        let span =
            if is_mean { self.span.divided_by(divisor).map_err(external)? } else { self.span };
        scalar(Some(span))
    }
}

/// Adds up the intervals of a group.
#[derive(Debug)]
struct Totals {
    is_mean: bool,
    total: Total,
}

impl Accumulator for Totals {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        spans(&values[0]).try_for_each(|span| self.total.add(span))
    }

    fn retract_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        for span in spans(&values[0]) {
            self.total.span = self.total.span.minus(span).map_err(external)?;
            self.total.count -= 1;
        }
        Ok(())
    }

    fn supports_retract_batch(&self) -> bool {
        true
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.total.finish(self.is_mean)
    }

    fn size(&self) -> usize {
        size_of_val(self)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![scalar(Some(self.total.span))?, ScalarValue::Int64(Some(self.total.count))])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let counts = states[1].as_primitive::<Int64Type>().iter().flatten();
        for (span, count) in spans(&states[0]).zip(counts) {
            self.total.span = self.total.span.plus(span).map_err(external)?;
            self.total.count += count;
        }
        Ok(())
    }
}

/// Adds up intervals of which each length counts once.
#[derive(Debug)]
struct DistinctTotal {
    is_mean: bool,
    seen: HashSet<i128>,
    values: Vec<Span>,
}

impl DistinctTotal {
    fn add(&mut self, span: Span) {
        if self.seen.insert(span.length()) {
            self.values.push(span);
        }
    }
}

impl Accumulator for DistinctTotal {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        spans(&values[0]).for_each(|span| self.add(span));
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let mut total = Total { span: Span::default(), count: 0 };
        self.values.iter().try_for_each(|span| total.add(*span))?;
        total.finish(self.is_mean)
    }

    fn size(&self) -> usize {
        size_of_val(self)
            + self.seen.capacity() * size_of::<i128>()
            + self.values.capacity() * size_of::<Span>()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        list(self.values.iter().copied())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        listed(states).for_each(|span| self.add(span));
        Ok(())
    }
}

/// Keeps those intervals of a group or frame that can still be the least or greatest of what is left of it.
#[derive(Debug)]
struct Extreme {
    is_greatest: bool,
    /// Each with the rows that came since the one before it, and itself.
    values: VecDeque<(Span, usize)>,
}

impl Extreme {
    /// Adds an interval; of those that are as long, PostgreSQL keeps the last.
    fn add(&mut self, span: Span) {
        let mut rows = 1;
        while let Some((last, since)) = self.values.back() {
            let (last_length, length) = (last.length(), span.length());
            let stays = if self.is_greatest { last_length > length } else { last_length < length };
            if stays {
                break;
            }
            rows += since;
            self.values.pop_back();
        }
        self.values.push_back((span, rows));
    }
}

impl Accumulator for Extreme {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        spans(&values[0]).for_each(|span| self.add(span));
        Ok(())
    }

    fn retract_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let mut gone = values[0].len() - values[0].null_count();
        while gone > 0
            && let Some((_, rows)) = self.values.front_mut()
        {
            let taken = gone.min(*rows);
            *rows -= taken;
            gone -= taken;
            if *rows == 0 {
                self.values.pop_front();
            }
        }
        Ok(())
    }

    fn supports_retract_batch(&self) -> bool {
        true
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        scalar(self.values.front().map(|(span, _)| *span))
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.values.capacity() * size_of::<(Span, usize)>()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        list(self.values.front().map(|(span, _)| *span).into_iter())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        listed(states).for_each(|span| self.add(span));
        Ok(())
    }
}
