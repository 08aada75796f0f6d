//! Variances, correlations and regressions: PostgreSQL's sums and its ways of adding to and joining them.

use crate::error::DialectError;
use crate::functions::external;
use crate::functions::parameter::{Fit, Parameter};
use crate::functions::record::FunctionRecord;
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use datafusion::arrow::array::{Array, ArrayRef, Float64Array};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Float64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, Signature, Volatility,
};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Sums over the rows in which no argument is NULL: how many, and of both variables the sum and the sums of
/// squares and products of distances from the mean. The only variable of an aggregate of one is `x`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Moments {
    pub(super) count: f64,
    pub(super) sum_x: f64,
    pub(super) squares_x: f64,
    pub(super) sum_y: f64,
    pub(super) squares_y: f64,
    pub(super) products: f64,
}

impl Moments {
    /// Adds a row of one variable, as Youngs and Cramer do; PostgreSQL takes these steps, which decide the last digits.
    fn add_one(&mut self, x: f64) -> Result<()> {
        let before = *self;
        self.count += 1.0;
        self.sum_x += x;
        if before.count > 0.0 {
            let distance = x * self.count - self.sum_x;
            self.squares_x += distance * distance / (self.count * before.count);
        }
        self.settle(&before, 0.0, x)
    }

    /// Adds a row of two variables.
    fn add_two(&mut self, y: f64, x: f64) -> Result<()> {
        let before = *self;
        self.count += 1.0;
        self.sum_x += x;
        self.sum_y += y;
        if before.count > 0.0 {
            let distance_x = x * self.count - self.sum_x;
            let distance_y = y * self.count - self.sum_y;
            let scale = 1.0 / (self.count * before.count);
            self.squares_x += distance_x * distance_x * scale;
            self.squares_y += distance_y * distance_y * scale;
            self.products += distance_x * distance_y * scale;
        }
        self.settle(&before, y, x)
    }

    /// Refuses sums that finite numbers made infinite; what is infinite has no distance from its mean.
    fn settle(&mut self, before: &Self, y: f64, x: f64) -> Result<()> {
        let overflows = |sum: f64, squares: f64, sum_before: f64, value: f64| {
            before.count > 0.0
                && (sum.is_infinite() || squares.is_infinite())
                && sum_before.is_finite()
                && value.is_finite()
        };
        if overflows(self.sum_x, self.squares_x, before.sum_x, x)
            || overflows(self.sum_y, self.squares_y, before.sum_y, y)
        {
            let message = "value out of range: overflow";
            return Err(external(Error::new(SqlState::NumericValueOutOfRange, message)));
        }
        if !x.is_finite() || self.squares_x.is_infinite() {
            self.squares_x = f64::NAN;
        }
        if !y.is_finite() || self.squares_y.is_infinite() {
            self.squares_y = f64::NAN;
        }
        if !x.is_finite() || !y.is_finite() || self.products.is_infinite() {
            self.products = f64::NAN;
        }
        Ok(())
    }

    /// Adds the sums of other rows.
    fn join(&mut self, other: &Self) {
        if other.count == 0.0 {
            return;
        }
        if self.count == 0.0 {
            *self = *other;
            return;
        }
        let count = self.count + other.count;
        let distance_x = self.sum_x / self.count - other.sum_x / other.count;
        let distance_y = self.sum_y / self.count - other.sum_y / other.count;
        let weight = self.count * other.count;
        self.squares_x =
            self.squares_x + other.squares_x + weight * distance_x * distance_x / count;
        self.squares_y =
            self.squares_y + other.squares_y + weight * distance_y * distance_y / count;
        self.products = self.products + other.products + weight * distance_x * distance_y / count;
        self.sum_x += other.sum_x;
        self.sum_y += other.sum_y;
        self.count = count;
    }

    /// Adds a row: the values of one or two variables.
    fn add(&mut self, row: Row) -> Result<()> {
        match row {
            (None, x) => self.add_one(x),
            (Some(y), x) => self.add_two(y, x),
        }
    }

    fn parts(&self) -> [f64; 6] {
        [self.count, self.sum_x, self.squares_x, self.sum_y, self.squares_y, self.products]
    }
}

/// A row without NULL: y, where the aggregate has two variables, and x.
type Row = (Option<f64>, f64);

/// Returns the rows, none where an argument is NULL.
fn rows(values: &[ArrayRef]) -> Vec<Option<Row>> {
    let columns: Vec<&Float64Array> =
        values.iter().map(datafusion::arrow::array::AsArray::as_primitive::<Float64Type>).collect();
    match columns.as_slice() {
        [x] => x.iter().map(|x| x.map(|x| (None, x))).collect(),
        [y, x, ..] => y.iter().zip(x.iter()).map(|(y, x)| Some((Some(y?), x?))).collect(),
        [] => Vec::new(),
    }
}

/// What an aggregate makes of the sums; none is NULL.
#[derive(Debug, Clone, Copy)]
pub(super) enum Finish {
    /// A number of double precision.
    Double(fn(&Moments) -> Option<f64>),
    /// How many rows there were.
    Count,
}

/// An aggregate made of its record, how many variables it has and what it makes of the sums.
#[derive(Debug)]
struct Statistic {
    record: &'static FunctionRecord,
    variables: usize,
    finish: Finish,
    signature: Signature,
}

/// Makes an aggregate of one variable.
pub(super) fn of_one(
    record: &'static FunctionRecord,
    finish: fn(&Moments) -> Option<f64>,
) -> Arc<AggregateUDF> {
    make(record, 1, Finish::Double(finish))
}

/// Makes an aggregate of two variables, y and x.
pub(super) fn of_two(record: &'static FunctionRecord, finish: Finish) -> Arc<AggregateUDF> {
    make(record, 2, finish)
}

fn make(record: &'static FunctionRecord, variables: usize, finish: Finish) -> Arc<AggregateUDF> {
    let signature = Signature::user_defined(Volatility::Immutable);
    Arc::new(AggregateUDF::new_from_impl(Statistic { record, variables, finish, signature }))
}

impl PartialEq for Statistic {
    fn eq(&self, other: &Self) -> bool {
        self.record.name == other.record.name
    }
}

impl Eq for Statistic {}

impl Hash for Statistic {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.record.name.hash(state);
    }
}

impl AggregateUDFImpl for Statistic {
    fn name(&self) -> &str {
        self.record.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let fits = |given: &DataType| {
            matches!(Parameter::DoublePrecision.fit(given), Some(Fit::Exact | Fit::Cast))
        };
        if types.len() != self.variables || !types.iter().all(fits) {
            let name = |given: &DataType| type_name(&Field::new("", given.clone(), true));
            let arguments: Vec<String> = types.iter().map(name).collect();
            return Err(DialectError::UnknownSignature {
                name: self.record.name.to_owned(),
                arguments: arguments.join(", "),
                syntax: self.record.syntax,
            }
            .into());
        }
        Ok(vec![DataType::Float64; types.len()])
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        Ok(match self.finish {
            Finish::Double(_) => DataType::Float64,
            Finish::Count => DataType::Int64,
        })
    }

    fn accumulator(&self, _arguments: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(Sums { moments: Moments::default(), finish: self.finish }))
    }

    fn state_fields(&self, arguments: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        let field = |part: usize| {
            let name = format!("{}[{part}]", arguments.name);
            Arc::new(Field::new(name, DataType::Float64, true))
        };
        Ok((0..6).map(field).collect())
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

fn finished(finish: Finish, moments: &Moments) -> ScalarValue {
    match finish {
        Finish::Double(finish) => ScalarValue::Float64(finish(moments)),
        // A count of rows is a whole number that a double holds.
        #[allow(clippy::cast_possible_truncation)]
        Finish::Count => ScalarValue::Int64(Some(moments.count as i64)),
    }
}

/// The sums of one group.
#[derive(Debug)]
struct Sums {
    moments: Moments,
    finish: Finish,
}

impl Accumulator for Sums {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        rows(values).into_iter().flatten().try_for_each(|row| self.moments.add(row))
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        Ok(finished(self.finish, &self.moments))
    }

    fn size(&self) -> usize {
        size_of_val(self)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(self.moments.parts().into_iter().map(|part| ScalarValue::Float64(Some(part))).collect())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let parts: Vec<&Float64Array> = states
            .iter()
            .map(datafusion::arrow::array::AsArray::as_primitive::<Float64Type>)
            .collect();
        if let [count, sum_x, squares_x, sum_y, squares_y, products] = parts.as_slice() {
            for row in 0..count.len() {
                self.moments.join(&Moments {
                    count: count.value(row),
                    sum_x: sum_x.value(row),
                    squares_x: squares_x.value(row),
                    sum_y: sum_y.value(row),
                    squares_y: squares_y.value(row),
                    products: products.value(row),
                });
            }
        }
        Ok(())
    }
}
