//! What can be wrong with a text that should be a time, in PostgreSQL's words.

use census_error::{Error, SqlState};

/// Why a text is no timestamp, date, time or interval, or why a computed one does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeFault {
    /// The text has not the form.
    #[error("invalid input syntax for type {type_name}: \"{text}\"")]
    Syntax {
        /// The type.
        type_name: &'static str,
        /// The whole text.
        text: String,
    },
    /// A field has a value that does not exist, such as the 30th of February.
    #[error("date/time field value out of range: \"{text}\"")]
    Field {
        /// The whole text.
        text: String,
        /// Whether day and month may have been meant the other way round.
        is_order: bool,
    },
    /// A field of an interval is too large.
    #[error("interval field value out of range: \"{text}\"")]
    IntervalField {
        /// The whole text.
        text: String,
    },
    /// An offset from UTC that no zone has.
    #[error("time zone displacement out of range: \"{text}\"")]
    Displacement {
        /// The whole text.
        text: String,
    },
    /// A time zone that does not exist.
    #[error("time zone \"{name}\" not recognized")]
    UnknownZone {
        /// The zone as written.
        name: String,
    },
    /// A time that the type does not hold.
    #[error("{type_name} out of range: \"{text}\"")]
    TextOutOfRange {
        /// The type's short name.
        type_name: &'static str,
        /// The whole text.
        text: String,
    },
    /// A computed time that the type does not hold.
    #[error("{what} out of range")]
    OutOfRange {
        /// The type's short name.
        what: &'static str,
    },
    /// `infinity`, which no timestamp of Arrow is.
    #[error("infinite {type_name}s are not supported: \"{text}\"")]
    Infinite {
        /// The type's short name.
        type_name: &'static str,
        /// The whole text.
        text: String,
    },
    /// `now`, `today` and the like, whose value would be that of another moment.
    #[error("the {type_name} \"{text}\" is not supported")]
    Moving {
        /// The type's short name.
        type_name: &'static str,
        /// The whole text.
        text: String,
    },
}

impl TimeFault {
    /// Returns the fault of a computed timestamp.
    #[must_use]
    pub const fn timestamp() -> Self {
        Self::OutOfRange { what: "timestamp" }
    }

    /// Returns the fault of a computed interval.
    #[must_use]
    pub const fn interval() -> Self {
        Self::OutOfRange { what: "interval" }
    }
}

impl From<TimeFault> for Error {
    fn from(fault: TimeFault) -> Self {
        let message = fault.to_string();
        match fault {
            TimeFault::Syntax { .. } => Self::new(SqlState::InvalidDatetimeFormat, message),
            TimeFault::Field { is_order: true, .. } => {
                Self::new(SqlState::DatetimeFieldOverflow, message)
                    .with_hint("Dates with slashes are read as month/day/year.")
            }
            TimeFault::IntervalField { .. } => Self::new(SqlState::IntervalFieldOverflow, message),
            TimeFault::Displacement { .. } => {
                Self::new(SqlState::InvalidTimeZoneDisplacement, message)
            }
            TimeFault::UnknownZone { .. } => Self::new(SqlState::InvalidParameterValue, message),
            TimeFault::Field { .. }
            | TimeFault::TextOutOfRange { .. }
            | TimeFault::OutOfRange { .. }
            | TimeFault::Infinite { .. } => Self::new(SqlState::DatetimeFieldOverflow, message),
            TimeFault::Moving { .. } => Self::new(SqlState::FeatureNotSupported, message)
                .with_hint("now() and current_date are fixed at the start of the query."),
        }
    }
}

/// What the readers find wrong, before it is known what the whole text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    Syntax,
    Field,
    Order,
    Displacement,
    UnknownZone(String),
    Infinite,
    Moving,
}

impl Fault {
    /// Says what is wrong with a text of a type, given the type's short and its full name.
    pub(super) fn of(
        self,
        type_name: &'static str,
        full_name: &'static str,
        text: &str,
    ) -> TimeFault {
        let text = text.to_owned();
        match self {
            Self::Syntax => TimeFault::Syntax { type_name: full_name, text },
            Self::Field => TimeFault::Field { text, is_order: false },
            Self::Order => TimeFault::Field { text, is_order: true },
            Self::Displacement => TimeFault::Displacement { text },
            Self::UnknownZone(name) => TimeFault::UnknownZone { name },
            Self::Infinite => TimeFault::Infinite { type_name, text },
            Self::Moving => TimeFault::Moving { type_name, text },
        }
    }
}
