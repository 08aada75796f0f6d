//! The types that arguments and results of functions may have, and what may be given for them.

use crate::array_types;
use crate::functions::arrays;
use census_types::SqlType;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, IntervalUnit, TimeUnit};

/// A type that an argument or result may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Parameter {
    /// Any type; only for arguments.
    Any,
    /// Any array; as a result, the type of the first argument that is one.
    AnyArray,
    /// Any type; as a result, the type of the items of the first array, or else of the first argument.
    AnyElement,
    /// A single value of a type that it shares with the other compatible arguments.
    Compatible,
    /// An array whose items have that type; as a result, one of as many dimensions as the arguments have.
    CompatibleArray,
    /// BIGINT.
    Bigint,
    /// BIGINT[].
    BigintArray,
    /// BOOLEAN.
    Boolean,
    /// DATE.
    Date,
    /// BYTEA.
    Bytea,
    /// DOUBLE PRECISION.
    DoublePrecision,
    /// HSTORE.
    Hstore,
    /// INET.
    Inet,
    /// INTERVAL.
    Interval,
    /// The number that intervals are compared by; only as a result.
    IntervalLength,
    /// JSON.
    Json,
    /// JSON[].
    JsonArray,
    /// The name of an object in the catalogs; only as a result.
    Name,
    /// The number of an object in the catalogs; only as a result.
    Oid,
    /// The number of a function, which is shown as its name; only as a result.
    RegProc,
    /// VARCHAR.
    Text,
    /// VARCHAR[].
    TextArray,
    /// VARCHAR[][].
    TextMatrix,
    /// TIME.
    Time,
    /// TIMESTAMP.
    Timestamp,
    /// TIMESTAMP[]; only for results.
    TimestampArray,
}

/// How well a value fits a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It has the type.
    Exact,
    /// It is cast to the type without asking, as PostgreSQL's implicit casts do.
    Cast,
    /// It is a text, which only a literal may be: PostgreSQL reads it as the type.
    Literal,
}

impl Parameter {
    /// Returns the Arrow field of a result, given the fields of the arguments.
    #[must_use]
    pub fn result(self, name: &str, arguments: &[FieldRef]) -> Field {
        let array = arguments.iter().find(|field| matches!(field.data_type(), DataType::List(_)));
        let of = |field: &Field| field.clone().with_name(name).with_nullable(true);
        match (self, array) {
            (Self::AnyArray, Some(array)) => {
                let item = array_types::item(array.data_type());
                let depth = array_types::dimensions(array.data_type());
                Field::new(name, array_types::array_of(item, depth), true)
            }
            (Self::CompatibleArray, _) => {
                let types: Vec<&DataType> =
                    arguments.iter().map(|field| field.data_type()).collect();
                let item = arrays::common_item(&types).unwrap_or(DataType::Utf8);
                let depth = types.iter().map(|given| array_types::dimensions(given)).max();
                let array = array_types::array_of(&item, depth.unwrap_or_default().max(1));
                Field::new(name, array, true)
            }
            (Self::AnyElement, Some(array)) => match array.data_type() {
                DataType::List(item) => of(item),
                _ => of(array),
            },
            (Self::AnyElement, None) if !arguments.is_empty() => of(&arguments[0]),
            _ => self.field(name),
        }
    }

    /// Returns the Arrow field of a value of the type; of any type it is text.
    #[must_use]
    pub fn field(self, name: &str) -> Field {
        let list = |item: DataType| Field::new_list(name, Field::new_list_field(item, true), true);
        match self {
            Self::Hstore => census_types::hstore::field(name, true),
            Self::Inet => census_types::inet::field(name, true),
            Self::Json => census_types::json::field(name, true),
            Self::JsonArray => list(census_types::json::data_type()),
            Self::Bigint => Field::new(name, DataType::Int64, true),
            Self::Boolean => Field::new(name, DataType::Boolean, true),
            Self::Name => SqlType::Name.to_field(name, true),
            Self::Oid => SqlType::Oid.to_field(name, true),
            Self::RegProc => SqlType::RegProc.to_field(name, true),
            Self::Date => Field::new(name, DataType::Date32, true),
            Self::Bytea => Field::new(name, DataType::Binary, true),
            Self::DoublePrecision => Field::new(name, DataType::Float64, true),
            Self::Time => Field::new(name, DataType::Time64(TimeUnit::Microsecond), true),
            Self::Timestamp => {
                Field::new(name, DataType::Timestamp(TimeUnit::Microsecond, None), true)
            }
            Self::Interval => {
                Field::new(name, DataType::Interval(IntervalUnit::MonthDayNano), true)
            }
            Self::IntervalLength => Field::new(name, DataType::Decimal128(38, 0), true),
            Self::BigintArray => list(DataType::Int64),
            Self::TextArray | Self::AnyArray | Self::CompatibleArray => list(DataType::Utf8),
            Self::TimestampArray => list(DataType::Timestamp(TimeUnit::Microsecond, None)),
            Self::TextMatrix => list(Self::TextArray.field("").data_type().clone()),
            Self::Text | Self::Any | Self::AnyElement | Self::Compatible => {
                Field::new(name, DataType::Utf8, true)
            }
        }
    }

    /// Tells how a value of an Arrow type fits, or `None` where it may not be given.
    #[must_use]
    pub fn fit(self, data_type: &DataType) -> Option<Fit> {
        let is_text =
            matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        let item = match data_type {
            DataType::List(item) => Some(item.data_type()),
            _ => None,
        };
        let is_exact = match self {
            _ if data_type.is_null() => true,
            Self::Any | Self::AnyElement => true,
            Self::Compatible => item.is_none(),
            Self::AnyArray | Self::CompatibleArray => item.is_some(),
            Self::Bigint => *data_type == DataType::Int64,
            Self::Boolean => *data_type == DataType::Boolean,
            Self::Date => *data_type == DataType::Date32,
            Self::Bytea => *data_type == DataType::Binary,
            Self::DoublePrecision => *data_type == DataType::Float64,
            Self::Time => *data_type == DataType::Time64(TimeUnit::Microsecond),
            Self::Hstore => matches!(data_type, DataType::Map(..)),
            Self::Text => is_text,
            Self::Inet => census_types::inet::is_inet_type(data_type),
            Self::Json => census_types::json::is_json_type(data_type),
            Self::JsonArray => item.is_some_and(census_types::json::is_json_type),
            Self::Timestamp => {
                matches!(data_type, DataType::Timestamp(TimeUnit::Microsecond, None))
            }
            Self::Interval => matches!(data_type, DataType::Interval(IntervalUnit::MonthDayNano)),
            Self::IntervalLength
            | Self::Name
            | Self::Oid
            | Self::RegProc
            | Self::TimestampArray => false,
            Self::BigintArray => matches!(item, Some(DataType::Int64 | DataType::Null)),
            Self::TextArray => {
                matches!(item, Some(DataType::Utf8 | DataType::Utf8View | DataType::Null))
            }
            Self::TextMatrix => item.is_some_and(|item| {
                !item.is_null() && Self::TextArray.fit(item) == Some(Fit::Exact)
            }),
        };
        if is_exact {
            return Some(Fit::Exact);
        }
        let is_cast = match self {
            Self::Bigint => data_type.is_integer(),
            Self::DoublePrecision => data_type.is_numeric(),
            Self::Timestamp => {
                matches!(data_type, DataType::Timestamp(..) | DataType::Date32 | DataType::Date64)
            }
            Self::Interval => matches!(
                data_type,
                DataType::Interval(_) | DataType::Duration(_) | DataType::Time64(_)
            ),
            Self::Time => matches!(data_type, DataType::Time32(_) | DataType::Time64(_)),
            _ => false,
        };
        if is_cast {
            return Some(Fit::Cast);
        }
        (is_text && self.reads_literals()).then_some(Fit::Literal)
    }

    /// Tells whether kernels read a text that is given for the type: see the readers of `Arguments`.
    fn reads_literals(self) -> bool {
        matches!(
            self,
            Self::AnyArray
                | Self::CompatibleArray
                | Self::Hstore
                | Self::Inet
                | Self::Json
                | Self::Bigint
                | Self::Boolean
                | Self::Date
                | Self::Bytea
                | Self::DoublePrecision
                | Self::Time
                | Self::Timestamp
                | Self::Interval
        ) || self.is_listed()
    }

    /// Tells whether the type is an array whose literals are read before the kernel sees them.
    #[must_use]
    pub(super) fn is_listed(self) -> bool {
        matches!(
            self,
            Self::BigintArray | Self::TextArray | Self::TextMatrix | Self::TimestampArray
        )
    }

    /// Tells whether the argument shares its type with others.
    #[must_use]
    pub fn is_compatible(self) -> bool {
        matches!(self, Self::Compatible | Self::CompatibleArray)
    }

    /// Returns the type that a compatible argument is cast to, given the type that all share; texts stay, for they may
    /// be literals.
    #[must_use]
    pub(super) fn shared(self, item: &DataType, given: &DataType) -> DataType {
        match (self, given) {
            (_, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View) => DataType::Utf8,
            (Self::CompatibleArray, given) => {
                array_types::array_of(item, array_types::dimensions(given).max(1))
            }
            _ => item.clone(),
        }
    }

    /// Returns the type that a value is cast to before the kernel sees it.
    #[must_use]
    pub fn coerced(self, data_type: &DataType) -> DataType {
        match self.fit(data_type) {
            Some(Fit::Cast) => self.field("").data_type().clone(),
            _ => data_type.clone(),
        }
    }
}
