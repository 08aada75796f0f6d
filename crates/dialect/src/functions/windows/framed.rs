//! Functions that look at the rows of each frame anew: those that leave rows out, and aggregates that cannot take a row
//! away again.

use super::kernel::FrameKernel;
use crate::windows::Exclusion;
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::filter;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Schema};
use datafusion::arrow::row::{RowConverter, SortField};
use datafusion::common::{DFSchema, Result, ScalarValue, internal_err};
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::function::{
    AccumulatorArgs, PartitionEvaluatorArgs, WindowUDFFieldArgs,
};
use datafusion::logical_expr::type_coercion::functions::fields_with_udf;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, ExprSchemable, PartitionEvaluator, Signature, Volatility,
    WindowFunctionDefinition, WindowUDF, WindowUDFImpl,
};
use datafusion::physical_expr::PhysicalExpr;
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

/// Puts a function that looks at frames itself in the place of one that would be wrong in its window.
///
/// Functions that have no frame are left, whatever their window leaves out.
///
/// # Errors
/// Those of finding the types of arguments.
pub(crate) fn over_frames(
    window: &mut WindowFunction,
    exclusion: Option<Exclusion>,
    schema: &DFSchema,
) -> Result<()> {
    let source = match &window.fun {
        WindowFunctionDefinition::AggregateUDF(function) => {
            let argument = window.params.args.first();
            let argument = argument.map(|argument| argument.get_type(schema)).transpose()?;
            let is_growing = window.params.window_frame.is_ever_expanding();
            if exclusion.is_none()
                && (is_growing || takes_rows_away(function.name(), argument.as_ref()))
            {
                return Ok(());
            }
            Source::Aggregate(Arc::clone(function))
        }
        WindowFunctionDefinition::WindowUDF(function) => {
            match (exclusion, super::kernel::frame_kernel(function)) {
                (Some(_), Some(_)) => Source::Value(Arc::clone(function)),
                _ => return Ok(()),
            }
        }
    };
    let arguments = window.params.args.len();
    let filter = window.params.filter.take();
    let has_filter = filter.is_some();
    window.params.args.extend(filter.map(|filter| *filter));
    let signature = Signature::user_defined(Volatility::Immutable);
    let framed = Framed { source, exclusion, arguments, has_filter, signature };
    window.fun = WindowFunctionDefinition::WindowUDF(Arc::new(WindowUDF::new_from_impl(framed)));
    Ok(())
}

/// Tells whether an aggregate of DataFusion or ours is as exact when rows leave its frame as when it begins anew.
fn takes_rows_away(name: &str, argument: Option<&DataType>) -> bool {
    match name {
        "array_agg" | "count" | "max" | "min" | "string_agg" => true,
        // Taking a double away does not undo adding it.
        "sum" => argument == Some(&DataType::Int64),
        _ => false,
    }
}

/// The function that is computed over the rows of a frame.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Source {
    Aggregate(Arc<AggregateUDF>),
    /// One that gives the value of a row of the frame.
    Value(Arc<WindowUDF>),
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Framed {
    source: Source,
    exclusion: Option<Exclusion>,
    /// How many arguments the function has.
    arguments: usize,
    /// Whether one more says which rows count.
    has_filter: bool,
    signature: Signature,
}

impl WindowUDFImpl for Framed {
    fn name(&self) -> &str {
        match &self.source {
            Source::Aggregate(function) => function.name(),
            Source::Value(function) => function.name(),
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let (own, filter) = types.split_at(self.arguments.min(types.len()));
        let fields: Vec<FieldRef> =
            own.iter().map(|given| Arc::new(Field::new("", given.clone(), true))).collect();
        let fields = match &self.source {
            Source::Aggregate(function) => fields_with_udf(&fields, function.as_ref())?,
            Source::Value(function) => fields_with_udf(&fields, function.as_ref())?,
        };
        let own = fields.iter().map(|field| field.data_type().clone());
        Ok(own.chain(filter.iter().map(|_| DataType::Boolean)).collect())
    }

    fn field(&self, arguments: WindowUDFFieldArgs<'_>) -> Result<FieldRef> {
        let fields = arguments.input_fields();
        let own = &fields[..self.arguments.min(fields.len())];
        let field = match &self.source {
            Source::Aggregate(function) => function.return_field(own)?,
            Source::Value(function) => {
                function.field(WindowUDFFieldArgs::new(own, arguments.name()))?
            }
        };
        Ok(Arc::new(field.as_ref().clone().with_name(arguments.name())))
    }

    fn partition_evaluator(
        &self,
        arguments: PartitionEvaluatorArgs<'_>,
    ) -> Result<Box<dyn PartitionEvaluator>> {
        let fields = arguments.input_fields();
        let count = self.arguments.min(fields.len());
        let kernel = match &self.source {
            Source::Aggregate(function) => Kernel::Aggregate(Aggregation {
                function: Arc::clone(function),
                expressions: arguments.input_exprs()[..count].to_vec(),
                field: function.return_field(&fields[..count])?,
                fields: fields[..count].to_vec(),
                rows: Vec::new(),
                accumulator: None,
                result: None,
            }),
            Source::Value(function) => match super::kernel::frame_kernel(function) {
                Some(kernel) => Kernel::Value(kernel),
                None => return internal_err!("{} has no frame", function.name()),
            },
        };
        Ok(Box::new(Evaluator {
            kernel,
            exclusion: self.exclusion,
            arguments: count,
            has_filter: self.has_filter,
            row: 0,
            peers: Vec::new(),
        }))
    }
}

/// Computes the values of one partition.
#[derive(Debug)]
struct Evaluator {
    kernel: Kernel,
    exclusion: Option<Exclusion>,
    arguments: usize,
    has_filter: bool,
    /// The row whose frame comes next.
    row: usize,
    /// The rows that each row is equal to in what the window is ordered by; found when first asked for.
    peers: Vec<Range<usize>>,
}

#[derive(Debug)]
enum Kernel {
    Aggregate(Aggregation),
    Value(FrameKernel),
}

impl PartitionEvaluator for Evaluator {
    // What the window is ordered by follows the arguments.
    fn evaluate(&mut self, values: &[ArrayRef], frame: &Range<usize>) -> Result<ScalarValue> {
        let row = self.row;
        self.row += 1;
        let rows = self.kept(values, row, frame)?;
        let arguments = &values[..self.arguments];
        match &mut self.kernel {
            Kernel::Aggregate(aggregation) => {
                let filter = values.get(self.arguments).filter(|_| self.has_filter);
                aggregation.over(rows, arguments, filter)
            }
            Kernel::Value(kernel) => {
                let kept: Vec<usize> = rows.into_iter().flatten().collect();
                let place = kernel(arguments, row, &(0..kept.len()))?;
                let Some(first) = arguments.first() else {
                    return internal_err!("a value of a frame has no argument");
                };
                match place.and_then(|place| kept.get(place)) {
                    Some(place) => ScalarValue::try_from_array(first, *place),
                    None => ScalarValue::try_from(first.data_type()),
                }
            }
        }
    }

    fn uses_window_frame(&self) -> bool {
        true
    }
}

impl Evaluator {
    /// Returns the rows of a frame without those that are left out.
    fn kept(
        &mut self,
        values: &[ArrayRef],
        row: usize,
        frame: &Range<usize>,
    ) -> Result<Vec<Range<usize>>> {
        let Some(exclusion) = self.exclusion else {
            return Ok(non_empty([frame.clone()]));
        };
        let own = row..row + 1;
        let left_out = match exclusion {
            Exclusion::CurrentRow => own.clone(),
            Exclusion::Group | Exclusion::Ties => {
                if self.peers.is_empty() {
                    let order = self.arguments + usize::from(self.has_filter);
                    self.peers = peers(values, order)?;
                }
                self.peers.get(row).cloned().unwrap_or(own.clone())
            }
        };
        let before = frame.start..frame.end.min(left_out.start);
        let after = frame.start.max(left_out.end)..frame.end;
        let is_back = exclusion == Exclusion::Ties && frame.contains(&row);
        let itself = if is_back { own } else { row..row };
        Ok(non_empty([before, itself, after]))
    }
}

fn non_empty<const N: usize>(ranges: [Range<usize>; N]) -> Vec<Range<usize>> {
    ranges.into_iter().filter(|range| !range.is_empty()).collect()
}

/// Returns for every row those that are equal to it in what the window is ordered by, which begins at a column.
fn peers(values: &[ArrayRef], order: usize) -> Result<Vec<Range<usize>>> {
    let count = values.first().map_or(0, datafusion::arrow::array::Array::len);
    let keys = &values[order.min(values.len())..];
    if keys.is_empty() {
        return Ok(vec![0..count; count]);
    }
    let fields = keys.iter().map(|key| SortField::new(key.data_type().clone())).collect();
    let rows = RowConverter::new(fields)?.convert_columns(keys)?;
    let mut peers = Vec::with_capacity(count);
    let mut start = 0;
    for end in 1..=count {
        if end == count || rows.row(end) != rows.row(start) {
            peers.extend(std::iter::repeat_n(start..end, end - start));
            start = end;
        }
    }
    Ok(peers)
}

/// An aggregate over the rows of one frame after another.
#[derive(Debug)]
struct Aggregation {
    function: Arc<AggregateUDF>,
    expressions: Vec<Arc<dyn PhysicalExpr>>,
    fields: Vec<FieldRef>,
    field: FieldRef,
    /// The rows that are in the accumulator.
    rows: Vec<Range<usize>>,
    accumulator: Option<Box<dyn Accumulator>>,
    result: Option<ScalarValue>,
}

impl Aggregation {
    fn over(
        &mut self,
        rows: Vec<Range<usize>>,
        arguments: &[ArrayRef],
        filter: Option<&ArrayRef>,
    ) -> Result<ScalarValue> {
        if let Some(result) = &self.result
            && rows == self.rows
        {
            return Ok(result.clone());
        }
        let grown = match (self.rows.as_slice(), rows.as_slice()) {
            ([before], [now]) if before.start == now.start && before.end <= now.end => {
                Some(before.end..now.end)
            }
            _ => None,
        };
        let mut accumulator = match (self.accumulator.take(), &grown) {
            (Some(accumulator), Some(_)) => accumulator,
            _ => self.empty()?,
        };
        for range in grown.as_ref().map_or(rows.as_slice(), std::slice::from_ref) {
            accumulator.update_batch(&slices(range, arguments, filter)?)?;
        }
        let result = accumulator.evaluate()?;
        self.rows = rows;
        self.accumulator = Some(accumulator);
        self.result = Some(result.clone());
        Ok(result)
    }

    fn empty(&self) -> Result<Box<dyn Accumulator>> {
        self.function.accumulator(AccumulatorArgs {
            return_field: Arc::clone(&self.field),
            schema: &Schema::empty(),
            ignore_nulls: false,
            order_bys: &[],
            is_reversed: false,
            name: self.function.name(),
            is_distinct: false,
            exprs: &self.expressions,
            expr_fields: &self.fields,
        })
    }
}

/// Returns the arguments in the rows of a range that count.
fn slices(
    range: &Range<usize>,
    arguments: &[ArrayRef],
    counts: Option<&ArrayRef>,
) -> Result<Vec<ArrayRef>> {
    let slice = |column: &ArrayRef| column.slice(range.start, range.len());
    let counts = counts.map(slice);
    let slices = arguments.iter().map(|argument| match &counts {
        Some(counts) => Ok(filter(&slice(argument), counts.as_boolean())?),
        None => Ok(slice(argument)),
    });
    slices.collect()
}
