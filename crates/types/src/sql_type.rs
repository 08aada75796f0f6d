//! The SQL types of Census: what PostgreSQL calls them and by which number its clients know them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, IntervalUnit, TimeUnit};

use crate::{catalog_type, hstore, inet, json, timestamp};

/// The number of hstore and of its array: the first that PostgreSQL gives to what is not built in.
const HSTORE_OIDS: (u32, u32) = (16384, 16385);

/// A type as SQL and its clients see it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SqlType {
    /// `boolean`
    Bool,
    /// `smallint`
    Int16,
    /// `integer`
    Int32,
    /// `bigint`
    Int64,
    /// `real`
    Float32,
    /// `double precision`; DDSQL's DECIMAL is this
    Float64,
    /// `numeric`
    Numeric,
    /// `text`; DDSQL's VARCHAR is this
    Text,
    /// `timestamp without time zone`
    Timestamp,
    /// `timestamp with time zone`
    TimestampTz,
    /// `date`
    Date,
    /// `time without time zone`
    Time,
    /// `interval`
    Interval,
    /// `json`
    Json,
    /// `hstore`
    Hstore,
    /// `inet`
    Inet,
    /// `bytea`
    Bytea,
    /// `oid`: the number of an object in the catalogs
    Oid,
    /// `"char"`: one letter, in the catalogs
    Char,
    /// `name`: the name of an object in the catalogs
    Name,
    /// `regproc`: the number of a function in the catalogs, which is shown as its name
    RegProc,
    /// `oidvector`: numbers of objects in the catalogs, with subscripts from 0
    OidVector,
    /// `int2vector`: small numbers in the catalogs, with subscripts from 0
    Int2Vector,
    /// `unknown`: a NULL whose type nothing decides
    Unknown,
    /// `element[]`; as in PostgreSQL, arrays of arrays have the same type
    Array(Box<SqlType>),
}

impl SqlType {
    /// Finds the type of a field, also of one as it is stored or answered, where an extension name tells json and
    /// inet from text.
    ///
    /// Structs and maps that are no hstore are json, because that is how they are printed.
    /// Unsigned integers are the signed type that holds them; `UInt64`, which DataFusion gives
    /// row numbers and ranks, is `bigint` as in PostgreSQL.
    #[must_use]
    pub fn from_field(field: &Field) -> Self {
        if json::is_stored_json(field) {
            Self::Json
        } else if inet::is_stored_inet(field) {
            Self::Inet
        } else if let Some(sql_type) = catalog_type::of_field(field) {
            sql_type
        } else {
            Self::from_data_type(field.data_type())
        }
    }

    /// Finds the type of an Arrow type within the engine.
    #[must_use]
    pub fn from_data_type(data_type: &DataType) -> Self {
        match data_type {
            DataType::Null => Self::Unknown,
            DataType::Boolean => Self::Bool,
            DataType::Int8 | DataType::UInt8 | DataType::Int16 => Self::Int16,
            DataType::UInt16 | DataType::Int32 => Self::Int32,
            DataType::UInt32 | DataType::Int64 | DataType::UInt64 => Self::Int64,
            DataType::Float16 | DataType::Float32 => Self::Float32,
            DataType::Float64 => Self::Float64,
            DataType::Decimal32(..)
            | DataType::Decimal64(..)
            | DataType::Decimal128(..)
            | DataType::Decimal256(..) => Self::Numeric,
            DataType::Timestamp(_, None) => Self::Timestamp,
            DataType::Timestamp(_, Some(_)) => Self::TimestampTz,
            DataType::Date32 | DataType::Date64 => Self::Date,
            DataType::Time32(_) | DataType::Time64(_) => Self::Time,
            DataType::Interval(_) | DataType::Duration(_) => Self::Interval,
            DataType::FixedSizeBinary(_) if inet::is_inet_type(data_type) => Self::Inet,
            DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::FixedSizeBinary(_) => Self::Bytea,
            DataType::List(element)
            | DataType::LargeList(element)
            | DataType::ListView(element)
            | DataType::LargeListView(element)
            | DataType::FixedSizeList(element, _) => Self::from_field(element).into_array(),
            DataType::Dictionary(_, values) => Self::from_data_type(values),
            DataType::RunEndEncoded(_, values) => Self::from_field(values),
            DataType::Map(..) if hstore::is_hstore_type(data_type) => Self::Hstore,
            DataType::Map(..) | DataType::Struct(_) | DataType::Union(..) => Self::Json,
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Self::Text,
        }
    }

    /// Returns the type of arrays of this type.
    #[must_use]
    pub fn into_array(self) -> Self {
        match self {
            Self::Array(_) => self,
            element => Self::Array(Box::new(element)),
        }
    }

    /// Returns PostgreSQL's name, as `format_type` prints it.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Bool => "boolean",
            Self::Int16 => "smallint",
            Self::Int32 => "integer",
            Self::Int64 => "bigint",
            Self::Float32 => "real",
            Self::Float64 => "double precision",
            Self::Numeric => "numeric",
            Self::Text => "text",
            Self::Timestamp => "timestamp without time zone",
            Self::TimestampTz => "timestamp with time zone",
            Self::Date => "date",
            Self::Time => "time without time zone",
            Self::Interval => "interval",
            Self::Json => "json",
            Self::Hstore => "hstore",
            Self::Inet => "inet",
            Self::Bytea => "bytea",
            Self::Oid => "oid",
            Self::Char => "\"char\"",
            Self::Name => "name",
            Self::RegProc => "regproc",
            Self::OidVector => "oidvector",
            Self::Int2Vector => "int2vector",
            Self::Unknown => "unknown",
            // However many dimensions there are, PostgreSQL's type is the same.
            Self::Array(element) if element.is_array() => return element.name(),
            Self::Array(element) => return Cow::Owned(format!("{}[]", element.name())),
        })
    }

    /// Returns the name of the type in `pg_type`, for example `int8` and `_text`.
    #[must_use]
    pub fn internal_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Bool => "bool",
            Self::Int16 => "int2",
            Self::Int32 => "int4",
            Self::Int64 => "int8",
            Self::Float32 => "float4",
            Self::Float64 => "float8",
            Self::Timestamp => "timestamp",
            Self::TimestampTz => "timestamptz",
            Self::Time => "time",
            Self::Char => "char",
            Self::Array(element) => return Cow::Owned(format!("_{}", element.internal_name())),
            other => return other.name(),
        })
    }

    /// Returns the number of the type in `pg_type`: PostgreSQL's own, and for hstore, which an extension brings, one
    /// that clients look up by name.
    #[must_use]
    pub fn oid(&self) -> u32 {
        let (scalar, array) = self.element().oids();
        if self.is_array() { array } else { scalar }
    }

    /// Returns the numbers of a scalar type and of its array.
    fn oids(&self) -> (u32, u32) {
        match self {
            Self::Bool => (16, 1000),
            Self::Int16 => (21, 1005),
            Self::Int32 => (23, 1007),
            Self::Int64 => (20, 1016),
            Self::Float32 => (700, 1021),
            Self::Float64 => (701, 1022),
            Self::Numeric => (1700, 1231),
            Self::Text => (25, 1009),
            Self::Timestamp => (1114, 1115),
            Self::TimestampTz => (1184, 1185),
            Self::Date => (1082, 1182),
            Self::Time => (1083, 1183),
            Self::Interval => (1186, 1187),
            Self::Json => (114, 199),
            Self::Inet => (869, 1041),
            Self::Bytea => (17, 1001),
            Self::Oid => (26, 1028),
            Self::Char => (18, 1002),
            Self::Name => (19, 1003),
            Self::RegProc => (24, 1008),
            Self::OidVector => (30, 1013),
            Self::Int2Vector => (22, 1006),
            Self::Hstore => HSTORE_OIDS,
            // An array of NULLs whose type nothing decides is text[], as in PostgreSQL; no array stands in another.
            Self::Unknown | Self::Array(_) => (705, 1009),
        }
    }

    /// Returns the type of a number in `pg_type`, if values of it can be had; the types of texts that differ in their
    /// lengths alone are text.
    #[must_use]
    pub fn of_oid(oid: u32) -> Option<Self> {
        match oid {
            // `bpchar`, `varchar`, and their arrays.
            1042 | 1043 => return Some(Self::Text),
            1014 | 1015 => return Some(Self::Text.into_array()),
            _ => {}
        }
        Self::SCALARS.iter().find_map(|scalar| match scalar.oids() {
            (own, _) if own == oid => Some(scalar.clone()),
            (_, array) if array == oid => Some(scalar.clone().into_array()),
            _ => None,
        })
    }

    /// Every type that is no array.
    pub const SCALARS: [Self; 24] = [
        Self::Bool,
        Self::Int16,
        Self::Int32,
        Self::Int64,
        Self::Float32,
        Self::Float64,
        Self::Numeric,
        Self::Text,
        Self::Timestamp,
        Self::TimestampTz,
        Self::Date,
        Self::Time,
        Self::Interval,
        Self::Json,
        Self::Hstore,
        Self::Inet,
        Self::Bytea,
        Self::Oid,
        Self::Char,
        Self::Name,
        Self::RegProc,
        Self::OidVector,
        Self::Int2Vector,
        Self::Unknown,
    ];

    /// Tells whether the type is an array.
    #[must_use]
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// Tells whether the type is one of the catalogs' vectors: arrays of bigints by another name.
    #[must_use]
    pub fn is_vector(&self) -> bool {
        matches!(self, Self::OidVector | Self::Int2Vector)
    }

    /// Tells whether the type casts to no other than text, json aside.
    #[must_use]
    pub fn is_text_alone(&self) -> bool {
        matches!(self, Self::Hstore | Self::Json | Self::Inet)
    }

    /// Returns the type of an array's elements; of any other type the type itself.
    #[must_use]
    pub fn element(&self) -> &Self {
        match self {
            Self::Array(element) => element,
            scalar => scalar,
        }
    }

    /// Returns the Arrow type that Census keeps values of this type in.
    #[must_use]
    pub fn data_type(&self) -> DataType {
        match self {
            Self::Bool => DataType::Boolean,
            Self::Int16 => DataType::Int16,
            Self::Int32 => DataType::Int32,
            Self::Int64 | Self::Oid | Self::RegProc => DataType::Int64,
            Self::OidVector | Self::Int2Vector => Self::Int64.into_array().data_type(),
            Self::Float32 => DataType::Float32,
            Self::Float64 => DataType::Float64,
            // The widest decimal with PostgreSQL's usual scale for results.
            Self::Numeric => DataType::Decimal128(38, 10),
            Self::Text | Self::Char | Self::Name => DataType::Utf8,
            Self::Json => json::data_type(),
            Self::Inet => inet::data_type(),
            Self::Timestamp => timestamp::data_type(),
            Self::TimestampTz => timestamp::stored_data_type(),
            Self::Date => DataType::Date32,
            Self::Time => DataType::Time64(TimeUnit::Microsecond),
            Self::Interval => DataType::Interval(IntervalUnit::MonthDayNano),
            Self::Hstore => hstore::data_type(),
            Self::Bytea => DataType::Binary,
            Self::Unknown => DataType::Null,
            Self::Array(element) => {
                DataType::List(Arc::new(element.to_field(Field::LIST_FIELD_DEFAULT_NAME, true)))
            }
        }
    }

    /// Makes a field of this type within the engine.
    #[must_use]
    pub fn to_field(&self, name: impl Into<String>, nullable: bool) -> Field {
        match self {
            Self::Json => json::field(name, nullable),
            Self::Inet => inet::field(name, nullable),
            Self::Hstore => hstore::field(name, nullable),
            other => {
                let name = name.into();
                catalog_type::field(other, &name, nullable)
                    .unwrap_or_else(|| Field::new(name, other.data_type(), nullable))
            }
        }
    }
}

impl fmt::Display for SqlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_again_from_its_field() {
        for scalar in SqlType::SCALARS {
            assert_eq!(SqlType::from_field(&scalar.to_field("c", true)), scalar);
            let array = scalar.into_array();
            assert_eq!(SqlType::from_field(&array.to_field("c", true)), array);
        }
    }

    #[test]
    fn names_are_those_of_format_type() {
        assert_eq!(SqlType::Text.into_array().name(), "text[]");
        assert_eq!(SqlType::Int64.to_string(), "bigint");
        assert_eq!(SqlType::Timestamp.name(), "timestamp without time zone");
    }

    #[test]
    fn numbers_are_found_again() {
        for scalar in SqlType::SCALARS {
            assert_eq!(SqlType::of_oid(scalar.oid()), Some(scalar.clone()));
            if scalar != SqlType::Unknown {
                let array = scalar.into_array();
                assert_eq!(SqlType::of_oid(array.oid()), Some(array));
            }
        }
        assert_eq!(SqlType::Json.oid(), 114);
        assert_eq!(SqlType::Inet.oid(), 869);
        assert_eq!(SqlType::of_oid(1043), Some(SqlType::Text));
        assert_eq!(SqlType::of_oid(1), None);
    }

    #[test]
    fn arrays_of_arrays_have_one_type() {
        let inner = SqlType::Text.into_array().to_field("item", true);
        let outer = DataType::List(Arc::new(inner));
        assert_eq!(SqlType::from_data_type(&outer), SqlType::Text.into_array());
    }

    #[test]
    fn dictionaries_have_the_type_of_their_values() {
        let data_type = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        assert_eq!(SqlType::from_data_type(&data_type), SqlType::Text);
    }
}
