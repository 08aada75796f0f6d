//! What one SQL function declares about itself; `\df`, completion, the reference and the engine read it.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use census_types::SqlType;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::FieldRef;
use datafusion::common::Result;
use datafusion::logical_expr::{
    AggregateUDF, ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, WindowUDF,
};
use std::sync::Arc;

/// The part of the reference that a function belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Section {
    /// Many rows to one value.
    Aggregates,
    /// A row among its neighbours.
    Windows,
    /// Numbers.
    Numbers,
    /// Texts.
    Strings,
    /// Regular expressions.
    RegularExpressions,
    /// Timestamps and intervals.
    Time,
    /// Arrays.
    Arrays,
    /// Strings that map to strings.
    Hstore,
    /// Tags, whose values are lists.
    Tags,
    /// JSON texts.
    Json,
    /// Addresses and networks.
    Inet,
    /// What integration responses of API Gateway mean.
    IntegrationResponses,
    /// Whatever has a value: conditions, comparisons of several.
    Conditions,
    /// The session and the server.
    Session,
    /// The objects that `pg_catalog` speaks of.
    Catalog,
    /// Casts, as functions.
    Casts,
}

impl Section {
    /// Returns the heading of the part.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Aggregates => "Aggregates",
            Self::Windows => "Window functions",
            Self::Numbers => "Numbers",
            Self::Strings => "Strings",
            Self::RegularExpressions => "Regular expressions",
            Self::Time => "Time",
            Self::Arrays => "Arrays",
            Self::Hstore => "hstore",
            Self::Tags => "Tags",
            Self::Json => "JSON",
            Self::Inet => "inet",
            Self::IntegrationResponses => "Integration responses",
            Self::Conditions => "Conditions",
            Self::Session => "Session",
            Self::Catalog => "System catalog",
            Self::Casts => "Casts",
        }
    }
}

/// One SQL function.
#[derive(Debug)]
pub struct FunctionRecord {
    /// Where the reference lists it.
    pub section: Section,
    /// Its name, lower case.
    pub name: &'static str,
    /// Its forms with argument and result types, for example `akeys(hstore) → text[]`, one a line; empty for a
    /// function that operators and casts stand for, which no list shows.
    pub syntax: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// Statements and what they print; they are run as tests.
    pub examples: &'static [Example],
    /// What computes it.
    pub implementation: Implementation,
}

/// A statement and the text of its only value; NULL prints as `NULL`.
#[derive(Debug)]
pub struct Example {
    /// The statement.
    pub sql: &'static str,
    /// What it prints.
    pub prints: &'static str,
}

/// What computes a function.
#[derive(Debug)]
#[non_exhaustive]
pub enum Implementation {
    /// Kernels of ours; the first form that fits the arguments is taken.
    Kernels(&'static [Overload]),
    /// A function of ours whose result type no list of parameters says.
    Typed(Typed),
    /// A scalar function of DataFusion, or one of ours that needs more than a kernel.
    Scalar(fn() -> Arc<ScalarUDF>),
    /// An aggregate.
    Aggregate(fn() -> Arc<AggregateUDF>),
    /// A window function.
    Window(fn() -> Arc<WindowUDF>),
    /// Rows, whose columns are the items of lists; without columns, the arguments are the lists.
    Rows(&'static [RowsColumn]),
    /// The planner of statements, which reads the name as syntax.
    Syntax,
}

/// A column of a function that gives rows.
#[derive(Debug)]
pub struct RowsColumn {
    /// The name of the column; one without is named after the relation.
    pub name: Option<&'static str>,
    /// The function that returns the values of the column as an array.
    pub list: &'static str,
}

/// A function that types its result itself.
#[derive(Debug)]
pub struct Typed {
    /// How many arguments it takes; any number where there is none.
    pub arguments: Option<usize>,
    /// Returns the types that it takes arguments of these types in, where `unknown` is a type that nothing decides.
    pub takes: fn(&[SqlType]) -> Vec<SqlType>,
    /// Returns the field of the result, or why there is none.
    pub returns: fn(&ReturnFieldArgs<'_>) -> Result<FieldRef>,
    /// Computes the result for the rows of a batch.
    pub invoke: fn(&ScalarFunctionArgs) -> Result<ColumnarValue>,
}

/// One form of a function whose kernel is ours.
#[derive(Debug)]
pub struct Overload {
    /// The types of the arguments.
    pub parameters: &'static [Parameter],
    /// The type of any number of further arguments.
    pub variadic: Option<Parameter>,
    /// The type of the result.
    pub returns: Parameter,
    /// Computes the result; of a strict form it answers NULL in the rows where an argument is NULL.
    pub kernel: Kernel,
    /// Whether NULL for any argument gives NULL; the kernel then never sees an argument that is NULL in all rows.
    pub is_strict: bool,
}

/// Computes a function for the rows of a batch.
pub type Kernel = fn(&Arguments<'_>) -> Result<ArrayRef>;

impl Overload {
    /// Makes a form that is NULL where any argument is.
    #[must_use]
    pub const fn strict(
        parameters: &'static [Parameter],
        returns: Parameter,
        kernel: Kernel,
    ) -> Self {
        Self { parameters, variadic: None, returns, kernel, is_strict: true }
    }

    /// Makes a form that has an answer for NULL.
    #[must_use]
    pub const fn lenient(
        parameters: &'static [Parameter],
        returns: Parameter,
        kernel: Kernel,
    ) -> Self {
        Self { parameters, variadic: None, returns, kernel, is_strict: false }
    }

    /// Takes any number of further arguments of a type.
    #[must_use]
    pub const fn followed_by(self, variadic: Parameter) -> Self {
        Self { variadic: Some(variadic), ..self }
    }

    /// Returns the type of the argument at a place, or `None` where the form takes none.
    #[must_use]
    pub fn parameter(&self, index: usize) -> Option<Parameter> {
        self.parameters.get(index).copied().or(self.variadic)
    }

    /// Tells whether the form takes this many arguments.
    #[must_use]
    pub fn takes(&self, count: usize) -> bool {
        count == self.parameters.len() || (self.variadic.is_some() && count > self.parameters.len())
    }
}
