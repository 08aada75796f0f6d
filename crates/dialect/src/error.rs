//! Every sentence that the dialect itself says.

use crate::resolution::Operand;
use census_error::{Error, Span, SqlState};
use datafusion::error::DataFusionError;

/// What is wrong with a statement's types, operators or functions.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DialectError {
    /// A type that DDSQL does not have.
    #[error("type \"{name}\" does not exist")]
    UnknownType {
        /// The type as written, lower case.
        name: String,
        /// The most similar type there is.
        nearest: Option<String>,
    },
    /// PostgreSQL's other type for JSON.
    #[error("type \"jsonb\" is not supported")]
    JsonbType,
    /// PostgreSQL's other type for networks.
    #[error("type \"cidr\" is not supported")]
    CidrType,
    /// A type with a length, precision or scale that would not be kept.
    #[error("type modifiers are not supported: {name}")]
    TypeWithModifier {
        /// The type as written, lower case.
        name: String,
    },
    /// An operator for types that it is not defined for.
    #[error("operator does not exist: {left} {operator} {right}")]
    UnknownOperator {
        /// Type of the left operand.
        left: String,
        /// The operator as written.
        operator: String,
        /// Type of the right operand.
        right: String,
    },
    /// An operator that several types of an open literal would do for.
    #[error("operator is not unique: {left} {operator} {right}")]
    AmbiguousOperator {
        /// Type of the left operand.
        left: String,
        /// The operator as written.
        operator: String,
        /// Type of the right operand.
        right: String,
    },
    /// An operator before an operand whose type it is not defined for.
    #[error("operator does not exist: {operator} {operand}")]
    UnknownPrefixOperator {
        /// The operator as written.
        operator: String,
        /// Type of the operand.
        operand: String,
    },
    /// An operator before an open literal that several types would do for.
    #[error("operator is not unique: {operator} {operand}")]
    AmbiguousPrefixOperator {
        /// The operator as written.
        operator: String,
        /// Type of the operand.
        operand: String,
    },
    /// A function for types that it is not defined for.
    #[error("function {name}({arguments}) does not exist")]
    UnknownSignature {
        /// The function.
        name: String,
        /// The types of its arguments.
        arguments: String,
        /// The forms that exist.
        syntax: &'static str,
    },
    /// A cast between two types that cannot be cast.
    #[error("cannot cast type {from} to {to}")]
    NoCast {
        /// Type of the value.
        from: String,
        /// Type that was asked for.
        to: String,
    },
    /// Values of which one is to be given, of types that do not go together.
    #[error("{construct} types {left} and {right} cannot be matched")]
    UnmatchedTypes {
        /// The construct: CASE, UNION and so on.
        construct: &'static str,
        /// The type of the values before.
        left: String,
        /// The type of the one that does not fit.
        right: String,
    },
    /// A value of which the type has no conversion to the one that the others have.
    #[error("{}{} could not convert type {from} to {to}", construct, if *construct == "CASE" { "/WHEN" } else { "" })]
    NoCommonType {
        /// The construct: CASE, UNION and so on.
        construct: &'static str,
        /// The type of the value.
        from: String,
        /// The type of the others.
        to: String,
    },
    /// A recursive term whose column is of another type than in the first one.
    #[error(
        "recursive query \"{name}\" column {column} has type {first} in non-recursive term but type {overall} overall"
    )]
    RecursiveType {
        /// The WITH query.
        name: String,
        /// The column's place, from 1.
        column: usize,
        /// Its type in the non-recursive term.
        first: String,
        /// Its type in the recursive term.
        overall: String,
    },
    /// Something else than a boolean where only a boolean may stand.
    #[error("argument of {construct} must be type boolean, not type {found}")]
    NotBoolean {
        /// Where it stands: AND, WHERE and so on.
        construct: &'static str,
        /// Its type.
        found: String,
    },
    /// A type whose values are in no order.
    #[error("could not identify a comparison function for type {name}")]
    NoOrder {
        /// The type.
        name: String,
    },
    /// `= ANY` of what is no array.
    #[error("op ANY/ALL (array) requires array on right side")]
    NoArrayOnRight,
    /// A relation that does not exist.
    #[error("relation \"{name}\" does not exist")]
    UnknownRelation {
        /// The relation as written.
        name: String,
        /// The most similar relation there is.
        nearest: Option<String>,
        /// Where it stands.
        span: Option<Span>,
    },
    /// A function in FROM that does not exist.
    #[error("function {name} does not exist in FROM")]
    UnknownTableFunction {
        /// The function as written.
        name: String,
    },
}

impl DialectError {
    /// Returns the error for two values that are never compared.
    pub(crate) fn unequal(left: &Operand, right: &Operand) -> Self {
        Self::UnknownOperator {
            left: left.type_name(),
            operator: "=".to_owned(),
            right: right.type_name(),
        }
    }
}

impl From<DialectError> for Error {
    fn from(error: DialectError) -> Self {
        let message = error.to_string();
        match error {
            DialectError::UnknownType { nearest, .. } => {
                perhaps(Error::new(SqlState::UndefinedObject, message), nearest.as_deref())
            }
            DialectError::JsonbType => Error::new(SqlState::FeatureNotSupported, message)
                .with_hint("Use \"json\", which keeps the text as given."),
            DialectError::CidrType => Error::new(SqlState::FeatureNotSupported, message)
                .with_hint("Use \"inet\"; network(inet) is the network of an address."),
            DialectError::TypeWithModifier { .. } => {
                Error::new(SqlState::FeatureNotSupported, message).with_hint("Use the type without its length or precision.")
            }
            DialectError::UnknownOperator { .. } => Error::new(SqlState::UndefinedFunction, message)
                .with_hint("No operator matches the given name and argument types. An explicit type cast may be needed."),
            DialectError::UnknownPrefixOperator { .. } => Error::new(SqlState::UndefinedFunction, message)
                .with_hint("No operator matches the given name and argument type. An explicit type cast may be needed."),
            DialectError::AmbiguousOperator { .. } | DialectError::AmbiguousPrefixOperator { .. } => Error::new(SqlState::AmbiguousFunction, message)
                .with_hint("Could not choose a best candidate operator. An explicit type cast may be needed."),
            DialectError::UnknownSignature { syntax, .. } => {
                Error::new(SqlState::UndefinedFunction, message).with_hint(format!("There is {}.", syntax.replace('\n', ", ")))
            }
            DialectError::UnmatchedTypes { .. } | DialectError::NotBoolean { .. } => {
                Error::new(SqlState::DatatypeMismatch, message)
            }
            DialectError::RecursiveType { .. } => Error::new(SqlState::DatatypeMismatch, message)
                .with_hint("Cast the output of the non-recursive term to the correct type."),
            DialectError::NoOrder { .. } => Error::new(SqlState::UndefinedFunction, message),
            DialectError::NoArrayOnRight => Error::new(SqlState::WrongObjectType, message),
            DialectError::NoCast { .. } | DialectError::NoCommonType { .. } => Error::new(SqlState::CannotCoerce, message),
            DialectError::UnknownRelation { nearest, span, .. } => {
                let error = Error::new(SqlState::UndefinedTable, message);
                let error = match nearest {
                    Some(nearest) => perhaps(error, Some(&nearest)),
                    None => error.with_hint("\"SELECT id FROM census.datasets\" lists what there is."),
                };
                match span {
                    Some(span) => error.with_span(span),
                    None => error,
                }
            }
            DialectError::UnknownTableFunction { name } if name.starts_with("dd.") => {
                let message = format!("\"{name}\" is not available: Census keeps no logs, metrics or costs");
                Error::new(SqlState::FeatureNotSupported, message)
            }
            DialectError::UnknownTableFunction { .. } => Error::new(SqlState::UndefinedFunction, message)
                .with_hint("Files and URLs cannot be read from SQL; datasets are written by \"census collect\" alone."),
        }
    }
}

impl From<DialectError> for DataFusionError {
    fn from(error: DialectError) -> Self {
        DataFusionError::External(Box::new(Error::from(error)))
    }
}

/// Adds the hint that names the nearest thing there is.
pub(crate) fn perhaps(error: Error, nearest: Option<&str>) -> Error {
    match nearest {
        Some(nearest) => error.with_hint(format!("Perhaps \"{nearest}\".")),
        None => error,
    }
}
