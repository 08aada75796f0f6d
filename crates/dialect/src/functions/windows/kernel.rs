//! A record as a window function of DataFusion: whole partitions, their ranks, or the rows of a frame.

use crate::error::DialectError;
use crate::functions::external;
use crate::functions::parameter::{Fit, Parameter};
use crate::functions::record::FunctionRecord;
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Int64Type};
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::function::{PartitionEvaluatorArgs, WindowUDFFieldArgs};
use datafusion::logical_expr::{
    PartitionEvaluator, Signature, Volatility, WindowUDF, WindowUDFImpl,
};
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// What a window function declares about its arguments and how it is computed.
#[derive(Debug)]
pub(super) struct WindowForm {
    /// The types of the arguments that must be there; `AnyElement` stands for one type.
    pub(super) parameters: &'static [Parameter],
    /// The types of those that may be there too.
    pub(super) optional: &'static [Parameter],
    /// The type of the result; `AnyElement` is that of the first argument.
    pub(super) returns: Parameter,
    /// What computes it.
    pub(super) kernel: WindowKernel,
}

/// Finds the row of a frame that has the value: from the arguments, the place of the row, and its frame.
pub(super) type FrameKernel = fn(&[ArrayRef], usize, &Range<usize>) -> Result<Option<usize>>;

/// What computes a window function.
#[derive(Debug, Clone, Copy)]
pub(super) enum WindowKernel {
    /// From the number of rows of the partition and its groups of equal rows.
    Ranks(fn(usize, &[Range<usize>]) -> ArrayRef),
    /// From the arguments in all rows of the partition.
    Partition(fn(&[ArrayRef], usize) -> Result<ArrayRef>),
    /// From the arguments, the place of the row and its frame: the place of the row that has the value.
    Frame(FrameKernel),
}

/// A window function made of its record and form.
#[derive(Debug)]
struct WindowFunction {
    record: &'static FunctionRecord,
    form: &'static WindowForm,
    signature: Signature,
}

/// Makes a window function of its form.
pub(super) fn udwf(record: &'static FunctionRecord, form: &'static WindowForm) -> Arc<WindowUDF> {
    let signature = Signature::user_defined(Volatility::Immutable);
    Arc::new(WindowUDF::new_from_impl(WindowFunction { record, form, signature }))
}

/// Returns the parameters that so many arguments are for; `None` for a function that is none of ours.
pub(in crate::functions) fn forms(
    function: &WindowUDF,
    count: usize,
) -> Option<Vec<Vec<Parameter>>> {
    let form = function.inner().downcast_ref::<WindowFunction>()?.form;
    let parameters = form.parameters.iter().chain(form.optional).copied();
    Some(vec![parameters.take(count).collect()])
}

/// Returns what finds the row of a frame, if a function is one of ours that looks for it.
pub(super) fn frame_kernel(function: &WindowUDF) -> Option<FrameKernel> {
    match function.inner().downcast_ref::<WindowFunction>()?.form.kernel {
        WindowKernel::Frame(kernel) => Some(kernel),
        WindowKernel::Ranks(_) | WindowKernel::Partition(_) => None,
    }
}

impl WindowFunction {
    fn unknown(&self, types: &[DataType]) -> DialectError {
        let name = |given: &DataType| type_name(&Field::new("", given.clone(), true));
        DialectError::UnknownSignature {
            name: self.record.name.to_owned(),
            arguments: types.iter().map(name).collect::<Vec<_>>().join(", "),
            syntax: self.record.syntax,
        }
    }
}

// Functions are constants of the program: the name tells them apart.
impl PartialEq for WindowFunction {
    fn eq(&self, other: &Self) -> bool {
        self.record.name == other.record.name
    }
}

impl Eq for WindowFunction {}

impl Hash for WindowFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.record.name.hash(state);
    }
}

impl WindowUDFImpl for WindowFunction {
    fn name(&self) -> &str {
        self.record.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let form = self.form;
        let all = form.parameters.len() + form.optional.len();
        if types.len() < form.parameters.len() || types.len() > all {
            return Err(self.unknown(types).into());
        }
        let parameters = form.parameters.iter().chain(form.optional);
        let element = element(parameters.clone().zip(types));
        let coerced =
            parameters.zip(types).map(|(parameter, given)| match (*parameter, &element) {
                (Parameter::AnyElement, None) => None,
                (Parameter::AnyElement, Some(element)) => Some(element.clone()),
                (parameter, _) => match parameter.fit(given)? {
                    Fit::Literal => None,
                    _ if given.is_null() => Some(parameter.field("").data_type().clone()),
                    _ => Some(parameter.coerced(given)),
                },
            });
        coerced.collect::<Option<Vec<_>>>().ok_or_else(|| self.unknown(types).into())
    }

    fn field(&self, arguments: WindowUDFFieldArgs<'_>) -> Result<FieldRef> {
        Ok(match (self.form.returns, arguments.get_input_field(0)) {
            (Parameter::AnyElement, Some(first)) => {
                Arc::new(first.as_ref().clone().with_name(arguments.name()).with_nullable(true))
            }
            (returns, _) => Arc::new(returns.field(arguments.name())),
        })
    }

    fn partition_evaluator(
        &self,
        _arguments: PartitionEvaluatorArgs<'_>,
    ) -> Result<Box<dyn PartitionEvaluator>> {
        Ok(Box::new(Evaluator { kernel: self.form.kernel, row: 0 }))
    }
}

/// Returns the type that all arguments of any type have in common: numbers become double precision together.
fn element<'a>(arguments: impl Iterator<Item = (&'a Parameter, &'a DataType)>) -> Option<DataType> {
    let mut common: Option<DataType> = None;
    for (parameter, given) in arguments {
        if *parameter != Parameter::AnyElement {
            continue;
        }
        common = match common {
            None => Some(given.clone()),
            Some(common) if common == *given || given.is_null() => Some(common),
            Some(common) if common.is_null() => Some(given.clone()),
            Some(common) if common.is_numeric() && given.is_numeric() => Some(DataType::Float64),
            Some(_) => return None,
        };
    }
    common
}

/// Computes the values of one partition.
#[derive(Debug)]
struct Evaluator {
    kernel: WindowKernel,
    /// The row whose frame comes next.
    row: usize,
}

impl PartitionEvaluator for Evaluator {
    fn evaluate_all(&mut self, values: &[ArrayRef], rows: usize) -> Result<ArrayRef> {
        if let WindowKernel::Partition(kernel) = self.kernel {
            kernel(values, rows)
        } else {
            internal_err!("not a function of whole partitions")
        }
    }

    fn evaluate_all_with_rank(&self, rows: usize, ranks: &[Range<usize>]) -> Result<ArrayRef> {
        if let WindowKernel::Ranks(kernel) = self.kernel {
            Ok(kernel(rows, ranks))
        } else {
            internal_err!("not a function of ranks")
        }
    }

    fn evaluate(&mut self, values: &[ArrayRef], frame: &Range<usize>) -> Result<ScalarValue> {
        let (WindowKernel::Frame(kernel), Some(first)) = (self.kernel, values.first()) else {
            return internal_err!("not a function of frames");
        };
        let place = kernel(values, self.row, frame)?;
        self.row += 1;
        match place {
            Some(place) => ScalarValue::try_from_array(first, place),
            None => ScalarValue::try_from(first.data_type()),
        }
    }

    fn include_rank(&self) -> bool {
        matches!(self.kernel, WindowKernel::Ranks(_))
    }

    fn uses_window_frame(&self) -> bool {
        matches!(self.kernel, WindowKernel::Frame(_))
    }
}

/// Returns the bigint that an argument has in a row.
pub(super) fn bigint(values: &[ArrayRef], argument: usize, row: usize) -> Option<i64> {
    let column = values.get(argument)?.as_primitive_opt::<Int64Type>()?;
    (row < column.len() && column.is_valid(row)).then(|| column.value(row))
}

/// Returns an error about an argument.
pub(super) fn fault(sqlstate: SqlState, message: &str) -> datafusion::error::DataFusionError {
    external(Error::new(sqlstate, message))
}
