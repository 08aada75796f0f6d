//! Aggregates of ours that keep the rows of their group and answer from all of them.

use crate::error::DialectError;
use crate::functions::parameter::{Fit, Parameter};
use crate::functions::record::FunctionRecord;
use crate::functions::time::interval_length;
use crate::sql_types::type_name;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, UInt32Array, new_empty_array};
use datafusion::arrow::compute::{SortOptions, concat, is_not_null, take};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::arrow::row::{RowConverter, SortField};
use datafusion::common::utils::SingleRowListArrayBuilder;
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, Signature, Volatility,
};
use std::collections::VecDeque;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// One form of an aggregate.
#[derive(Debug)]
pub(super) struct AggregateForm {
    /// The types of the arguments; what WITHIN GROUP orders comes first.
    pub(super) parameters: &'static [Parameter],
    /// The type of the result.
    pub(super) returns: Returns,
    /// Computes the result from the rows, which are in the order that the call asks for.
    pub(super) finish: fn(&Group) -> Result<ScalarValue>,
    /// Whether rows whose first argument is NULL are left out.
    pub(super) skips_null: bool,
}

/// The type of an aggregate's result.
#[derive(Debug, Clone, Copy)]
pub(super) enum Returns {
    /// Always the same.
    Type(Parameter),
    /// That of the first argument.
    First,
    /// An array of the first argument's.
    ArrayOfFirst,
}

/// The rows of a group, ordered and without what DISTINCT leaves out.
pub(super) struct Group {
    /// The arguments, one array each.
    pub(super) arguments: Vec<ArrayRef>,
    /// The field of the result.
    pub(super) field: FieldRef,
}

/// An aggregate made of its record and the forms in it.
#[derive(Debug)]
struct Collected {
    record: &'static FunctionRecord,
    forms: &'static [AggregateForm],
    is_ordered_set: bool,
    signature: Signature,
}

/// Makes an aggregate of its forms.
pub(super) fn udaf(
    record: &'static FunctionRecord,
    forms: &'static [AggregateForm],
) -> Arc<AggregateUDF> {
    make(record, forms, false)
}

/// Makes an aggregate that is called with WITHIN GROUP.
pub(super) fn ordered_set(
    record: &'static FunctionRecord,
    forms: &'static [AggregateForm],
) -> Arc<AggregateUDF> {
    make(record, forms, true)
}

/// Returns the parameters of every form of so many arguments; `None` for an aggregate that is none of these.
pub(in crate::functions) fn forms(
    function: &AggregateUDF,
    count: usize,
) -> Option<Vec<Vec<Parameter>>> {
    let forms = function.inner().downcast_ref::<Collected>()?.forms.iter();
    let parameters = forms.map(|form| form.parameters.to_vec());
    Some(parameters.filter(|parameters| parameters.len() == count).collect())
}

fn make(
    record: &'static FunctionRecord,
    forms: &'static [AggregateForm],
    is_ordered_set: bool,
) -> Arc<AggregateUDF> {
    let signature = Signature::user_defined(Volatility::Immutable);
    Arc::new(AggregateUDF::new_from_impl(Collected { record, forms, is_ordered_set, signature }))
}

impl Collected {
    fn form(&self, types: &[DataType]) -> Option<&'static AggregateForm> {
        let fit = |form: &AggregateForm| {
            let fits = form.parameters.iter().zip(types);
            fits.map(|(parameter, given)| parameter.fit(given).filter(|fit| *fit != Fit::Literal))
                .try_fold(Fit::Exact, |worst, fit| fit.map(|fit| worst.max(fit)))
        };
        self.forms
            .iter()
            .filter(|form| form.parameters.len() == types.len())
            .filter_map(|form| Some((fit(form)?, form)))
            .min_by_key(|(fit, _)| *fit)
            .map(|(_, form)| form)
    }

    fn unknown(&self, names: &[String]) -> DialectError {
        DialectError::UnknownSignature {
            name: self.record.name.to_owned(),
            arguments: names.join(", "),
            syntax: self.record.syntax,
        }
    }
}

// Functions are constants of the program: the name tells them apart.
impl PartialEq for Collected {
    fn eq(&self, other: &Self) -> bool {
        self.record.name == other.record.name
    }
}

impl Eq for Collected {}

impl Hash for Collected {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.record.name.hash(state);
    }
}

impl AggregateUDFImpl for Collected {
    fn name(&self) -> &str {
        self.record.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let Some(form) = self.form(types) else {
            let name = |given: &DataType| type_name(&Field::new("", given.clone(), true));
            return Err(self.unknown(&types.iter().map(name).collect::<Vec<_>>()).into());
        };
        let coerced = form.parameters.iter().zip(types);
        Ok(coerced.map(|(parameter, given)| parameter.coerced(given)).collect())
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        let fields: Vec<FieldRef> =
            types.iter().map(|given| Arc::new(Field::new("", given.clone(), true))).collect();
        Ok(self.return_field(&fields)?.data_type().clone())
    }

    fn return_field(&self, fields: &[FieldRef]) -> Result<FieldRef> {
        let types: Vec<DataType> = fields.iter().map(|field| field.data_type().clone()).collect();
        let Some(form) = self.form(&types) else {
            return Err(self
                .unknown(&fields.iter().map(|field| type_name(field)).collect::<Vec<_>>())
                .into());
        };
        let name = self.record.name;
        Ok(Arc::new(match (form.returns, fields.first()) {
            (Returns::Type(parameter), _) => parameter.field(name),
            (Returns::First, Some(first)) => {
                first.as_ref().clone().with_name(name).with_nullable(true)
            }
            (Returns::ArrayOfFirst, Some(first)) => {
                let item = first.as_ref().clone();
                let item = item.with_name(Field::LIST_FIELD_DEFAULT_NAME).with_nullable(true);
                Field::new_list(name, item, true)
            }
            (Returns::First | Returns::ArrayOfFirst, None) => {
                return internal_err!("{name} has no argument");
            }
        }))
    }

    fn accumulator(&self, arguments: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        let types: Vec<DataType> =
            arguments.expr_fields.iter().map(|field| field.data_type().clone()).collect();
        let Some(form) = self.form(&types) else {
            return internal_err!("no form of {} fits {types:?}", self.record.name);
        };
        let mut all_types = types;
        let mut orders = Vec::new();
        for order in arguments.order_bys {
            all_types.push(order.expr.data_type(arguments.schema)?);
            orders.push(order.options);
        }
        Ok(Box::new(Collector {
            form,
            field: Arc::clone(&arguments.return_field),
            types: all_types,
            orders,
            is_distinct: arguments.is_distinct,
            chunks: VecDeque::new(),
            bytes: 0,
        }))
    }

    fn state_fields(&self, arguments: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        let fields = arguments.input_fields.iter().chain(arguments.ordering_fields);
        let list = |(index, field): (usize, &FieldRef)| {
            let item = Field::new_list_field(field.data_type().clone(), true);
            Arc::new(Field::new_list(format!("{}[{index}]", arguments.name), item, true))
        };
        Ok(fields.enumerate().map(list).collect())
    }

    // The columns of ORDER BY come along, and the rows are sorted when the group is complete.
    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Beneficial
    }

    fn with_beneficial_ordering(
        self: Arc<Self>,
        _beneficial_ordering: bool,
    ) -> Result<Option<Arc<dyn AggregateUDFImpl>>> {
        Ok(Some(self))
    }

    fn supports_within_group_clause(&self) -> bool {
        self.is_ordered_set
    }
}

/// The rows of one group: arguments first, then the columns of ORDER BY.
#[derive(Debug)]
struct Collector {
    form: &'static AggregateForm,
    field: FieldRef,
    types: Vec<DataType>,
    orders: Vec<SortOptions>,
    is_distinct: bool,
    chunks: VecDeque<Vec<ArrayRef>>,
    bytes: usize,
}

impl Collector {
    fn push(&mut self, columns: Vec<ArrayRef>) {
        if columns.first().is_some_and(|column| !column.is_empty()) {
            self.bytes += bytes(&columns);
            self.chunks.push_back(columns);
        }
    }

    /// Returns every column in one piece.
    fn columns(&self) -> Result<Vec<ArrayRef>> {
        let column = |(index, data_type): (usize, &DataType)| {
            let parts: Vec<&dyn Array> = self
                .chunks
                .iter()
                .filter_map(|chunk| chunk.get(index))
                .map(AsRef::as_ref)
                .collect();
            match parts.as_slice() {
                [] => Ok(new_empty_array(data_type)),
                parts => Ok(concat(parts)?),
            }
        };
        self.types.iter().enumerate().map(column).collect()
    }

    /// Returns the arguments in the order of ORDER BY, without what is left out.
    fn arguments(&self) -> Result<Vec<ArrayRef>> {
        let mut columns = self.columns()?;
        if self.form.skips_null
            && let Some(first) = columns.first()
            && first.null_count() > 0
        {
            let kept = is_not_null(first.as_ref())?;
            let filtered = columns
                .iter()
                .map(|column| Ok(datafusion::arrow::compute::filter(column.as_ref(), &kept)?));
            columns = filtered.collect::<Result<_>>()?;
        }
        let arguments = columns.len() - self.orders.len();
        if self.orders.is_empty() && !self.is_distinct {
            return Ok(columns);
        }
        let order = self.order(&columns, arguments)?;
        columns.truncate(arguments);
        columns.iter().map(|column| Ok(take(column.as_ref(), &order, None)?)).collect()
    }

    /// Returns the places of the rows that stay, in their order; equal rows stay in the order they came in.
    fn order(&self, columns: &[ArrayRef], arguments: usize) -> Result<UInt32Array> {
        let ascending = SortOptions { descending: false, nulls_first: false };
        let mut keys: Vec<ArrayRef> = columns[arguments..].to_vec();
        let mut fields: Vec<SortField> = self
            .orders
            .iter()
            .zip(&keys)
            .map(|(options, key)| SortField::new_with_options(key.data_type().clone(), *options))
            .collect();
        if self.is_distinct {
            for column in &columns[..arguments] {
                let column = &interval_length::of_intervals(column)?;
                fields.push(SortField::new_with_options(column.data_type().clone(), ascending));
                keys.push(Arc::clone(column));
            }
        }
        let rows = RowConverter::new(fields)?.convert_columns(&keys)?;
        let count = u32::try_from(rows.num_rows()).unwrap_or(u32::MAX);
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_by(|left, right| rows.row(*left as usize).cmp(&rows.row(*right as usize)));
        if self.is_distinct {
            order.dedup_by(|left, right| rows.row(*left as usize) == rows.row(*right as usize));
        }
        Ok(order.into())
    }
}

impl Accumulator for Collector {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.push(values.to_vec());
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let group = Group { arguments: self.arguments()?, field: Arc::clone(&self.field) };
        (self.form.finish)(&group)
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.bytes
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let list = |column: ArrayRef| SingleRowListArrayBuilder::new(column).build_list_scalar();
        Ok(self.columns()?.into_iter().map(list).collect())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let rows = states.first().map_or(0, datafusion::arrow::array::Array::len);
        for row in 0..rows {
            let chunk =
                states.iter().map(|state| state.as_list::<i32>().value(row)).collect::<Vec<_>>();
            self.push(chunk);
        }
        Ok(())
    }

    // A moving frame lets go of the rows that came first.
    fn retract_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let mut gone = values.first().map_or(0, datafusion::arrow::array::Array::len);
        while gone > 0
            && let Some(front) = self.chunks.pop_front()
        {
            self.bytes = self.bytes.saturating_sub(bytes(&front));
            let rows = front.first().map_or(0, datafusion::arrow::array::Array::len);
            if rows > gone {
                let kept: Vec<ArrayRef> =
                    front.iter().map(|column| column.slice(gone, rows - gone)).collect();
                self.bytes += bytes(&kept);
                self.chunks.push_front(kept);
            }
            gone = gone.saturating_sub(rows);
        }
        Ok(())
    }

    fn supports_retract_batch(&self) -> bool {
        true
    }
}

fn bytes(columns: &[ArrayRef]) -> usize {
    let size = |column: &ArrayRef| {
        let size = column.to_data().get_slice_memory_size();
        size_of::<ArrayRef>() + size.unwrap_or_else(|_| column.get_array_memory_size())
    };
    columns.iter().map(size).sum()
}
