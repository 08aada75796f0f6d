//! The SQLSTATE codes Census answers with (PostgreSQL 15, appendix A, and two of our own).

use std::fmt;

macro_rules! sqlstates {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// A condition of PostgreSQL's appendix A; [`SqlState::code`] is its five-character code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum SqlState { $($(#[$doc])* $name,)* }

        impl SqlState {
            /// Returns the five characters that clients see.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

sqlstates! {
    /// A value that does not do, in a way that no other condition names.
    DataException = "22000",
    /// A transaction begins within another.
    ActiveSqlTransaction = "25001",
    /// No transaction has begun.
    NoActiveSqlTransaction = "25P01",
    /// A statement has failed before in the same transaction.
    InFailedSqlTransaction = "25P02",
    /// A prepared statement that does not exist.
    InvalidSqlStatementName = "26000",
    /// A password that is not the user's.
    InvalidPassword = "28P01",
    /// A cursor that does not exist.
    InvalidCursorName = "34000",
    /// A savepoint that does not exist.
    InvalidSavepointSpecification = "3B001",
    /// A cursor that exists already.
    DuplicateCursor = "42P03",
    /// A prepared statement that exists already.
    DuplicatePreparedStatement = "42P05",
    /// Bytes that are no value of their type.
    InvalidBinaryRepresentation = "22P03",
    /// The system has no more of something.
    InsufficientResources = "53000",
    /// More connections than are allowed.
    TooManyConnections = "53300",
    /// The server is stopping.
    AdminShutdown = "57P01",
    /// NULL where a value must stand.
    NullValueNotAllowed = "22004",
    /// A setting that cannot be changed.
    CantChangeRuntimeParam = "55P02",
    /// A name that nothing of its kind may have.
    InvalidName = "42602",
    /// A feature that Census does not have.
    FeatureNotSupported = "0A000",
    /// A network peer could not be reached or broke off.
    ConnectionFailure = "08006",
    /// The server refused to establish the connection.
    ConnectionRejected = "08004",
    /// Bytes that do not follow the protocol.
    ProtocolViolation = "08P01",
    /// A value does not fit its type.
    NumericValueOutOfRange = "22003",
    /// A date or time outside what its type holds.
    DatetimeFieldOverflow = "22008",
    /// Text that is no date or time.
    InvalidDatetimeFormat = "22007",
    /// A field of an interval that is too large.
    IntervalFieldOverflow = "22015",
    /// An offset from UTC that no zone has.
    InvalidTimeZoneDisplacement = "22009",
    /// Division by zero.
    DivisionByZero = "22012",
    /// A parameter has a value that is not allowed.
    InvalidParameterValue = "22023",
    /// A length that cannot be.
    SubstringError = "22011",
    /// An escape that is no single character, or a pattern that ends within one.
    InvalidEscapeSequence = "22025",
    /// An escape where none may stand.
    InvalidUseOfEscapeCharacter = "2200C",
    /// Bytes that are no text.
    CharacterNotInRepertoire = "22021",
    /// A regular expression that does not compile or ran away.
    InvalidRegularExpression = "2201B",
    /// A logarithm of what has none.
    InvalidArgumentForLogarithm = "2201E",
    /// A power that is not defined.
    InvalidArgumentForPowerFunction = "2201F",
    /// Bounds between which there are no buckets.
    InvalidArgumentForWidthBucketFunction = "2201G",
    /// A frame that begins or ends a negative number of rows away.
    InvalidPrecedingOrFollowingSize = "22013",
    /// `ntile` of no parts.
    InvalidArgumentForNtile = "22014",
    /// `nth_value` of a row before the first.
    InvalidArgumentForNthValue = "22016",
    /// A negative LIMIT.
    InvalidRowCountInLimitClause = "2201W",
    /// A negative OFFSET.
    InvalidRowCountInResultOffsetClause = "2201X",
    /// Text that is no literal of its type.
    InvalidTextRepresentation = "22P02",
    /// An escape of a character that no text can hold.
    UntranslatableCharacter = "22P05",
    /// An array subscript or dimension that does not fit.
    ArraySubscriptError = "2202E",
    /// A subquery that must give one row gave several.
    CardinalityViolation = "21000",
    /// Credentials are missing, wrong or expired.
    InvalidAuthorizationSpecification = "28000",
    /// Anything that would write.
    ReadOnlySqlTransaction = "25006",
    /// A name that does not exist in the catalog.
    InvalidCatalogName = "3D000",
    /// A schema that does not exist.
    InvalidSchemaName = "3F000",
    /// A statement that does not parse.
    SyntaxError = "42601",
    /// Access was denied.
    InsufficientPrivilege = "42501",
    /// An expression outside `GROUP BY` and aggregates.
    GroupingError = "42803",
    /// Columns that a table cannot have.
    InvalidTableDefinition = "42P16",
    /// Types that do not go together.
    DatatypeMismatch = "42804",
    /// A cast that does not exist.
    CannotCoerce = "42846",
    /// An unknown column.
    UndefinedColumn = "42703",
    /// An unknown function or operator.
    UndefinedFunction = "42883",
    /// An unknown dataset or relation.
    UndefinedTable = "42P01",
    /// An unknown type, setting or other object.
    UndefinedObject = "42704",
    /// A function or other object of the wrong kind.
    WrongObjectType = "42809",
    /// A column name that could mean several.
    AmbiguousColumn = "42702",
    /// A function call that could mean several.
    AmbiguousFunction = "42725",
    /// Any other name that could mean several things.
    AmbiguousAlias = "42P09",
    /// An alias that is there twice.
    DuplicateAlias = "42712",
    /// A column that is there twice.
    DuplicateColumn = "42701",
    /// A relation that is there already.
    DuplicateTable = "42P07",
    /// A column reference that is not allowed there.
    InvalidColumnReference = "42P10",
    /// A recursive query that refers to itself where it may not.
    InvalidRecursion = "42P19",
    /// A parameter number that is not bound.
    UndefinedParameter = "42P02",
    /// A type that cannot be told.
    IndeterminateDatatype = "42P18",
    /// An aggregate or window function where none may stand.
    WindowingError = "42P20",
    /// No memory left within the limit of a query.
    OutOfMemory = "53200",
    /// The disk or store has no room.
    DiskFull = "53100",
    /// A configured limit is reached.
    ConfigurationLimitExceeded = "53400",
    /// A value that is too long.
    ProgramLimitExceeded = "54000",
    /// More columns than there may be.
    TooManyColumns = "54011",
    /// A statement that is too deep or too long.
    StatementTooComplex = "54001",
    /// The store is in a state that does not allow the operation.
    ObjectNotInPrerequisiteState = "55000",
    /// Cancelled or out of time.
    QueryCanceled = "57014",
    /// The answer would be incomplete and `census.require_complete` is on.
    CannotConnectNow = "57P03",
    /// Reading or writing a file or object failed.
    IoError = "58030",
    /// A file that should be there is not.
    UndefinedFile = "58P01",
    /// A configuration file with a fault.
    ConfigFileError = "F0000",
    /// Two writers at the same scope.
    SerializationFailure = "40001",
    /// A store that is damaged.
    DataCorrupted = "XX001",
    /// Ours to fix.
    InternalError = "XX000",
}

impl fmt::Display for SqlState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
