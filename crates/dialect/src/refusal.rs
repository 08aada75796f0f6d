//! Statements that are refused by their first words, and what to use instead.

use census_error::{Error, SqlState};

/// What a statement's first word says about it.
pub(crate) enum Kind {
    /// SELECT, VALUES, WITH, TABLE, a parenthesis or EXPLAIN.
    Query,
    /// CREATE TEMP TABLE, INSERT or DROP TABLE, which a temporary table allows.
    Temporary,
    /// SHOW.
    Show,
    /// SET.
    Set,
    /// RESET.
    Reset,
    /// Something that Census does not do.
    Refused(Error),
    /// No statement of PostgreSQL.
    Unknown,
}

/// Tells what a statement is by its first words, given in upper case.
///
/// The words decide rather than the parsed statement, so that a refused statement is refused
/// for what it is, whether or not the parser knows its syntax.
pub(crate) fn kind(first: &str, second: &str) -> Kind {
    match first {
        "SELECT" | "VALUES" | "WITH" | "TABLE" | "(" | "EXPLAIN" | "FROM" => Kind::Query,
        "SHOW" => Kind::Show,
        "SET" => Kind::Set,
        "RESET" => Kind::Reset,
        "INSERT" => Kind::Temporary,
        "CREATE" if matches!(second, "TEMP" | "TEMPORARY") => Kind::Temporary,
        "DROP" if second == "TABLE" => Kind::Temporary,
        "UPDATE" | "DELETE" | "MERGE" | "TRUNCATE" | "GRANT" | "REVOKE" | "COMMENT" | "VACUUM"
        | "ANALYZE" | "CLUSTER" | "REINDEX" | "REFRESH" | "SECURITY" | "REASSIGN" | "IMPORT" => {
            Kind::Refused(read_only(first))
        }
        "CREATE" if second == "EXTERNAL" => Kind::Refused(read_only("CREATE EXTERNAL TABLE")),
        "CREATE" | "ALTER" | "DROP" => {
            Kind::Refused(read_only(format!("{first} {second}").trim_end()))
        }
        "COPY" => Kind::Refused(
            unsupported("COPY").with_hint("Rows leave Census with \"census query --output\"."),
        ),
        "BEGIN" | "START" | "COMMIT" | "ROLLBACK" | "END" | "ABORT" | "SAVEPOINT" | "RELEASE" => {
            Kind::Refused(unsupported(first).with_hint(
                "Every statement reads one version of each dataset; no transaction is needed.",
            ))
        }
        "PREPARE" | "EXECUTE" | "DEALLOCATE" | "DECLARE" | "FETCH" | "MOVE" | "CLOSE"
        | "LISTEN" | "UNLISTEN" | "NOTIFY" | "LOCK" | "DO" | "CALL" | "LOAD" | "DISCARD"
        | "CHECKPOINT" | "DESCRIBE" | "DESC" | "USE" | "ATTACH" | "DETACH" | "INSTALL"
        | "PRAGMA" => Kind::Refused(unsupported(first)),
        _ => Kind::Unknown,
    }
}

/// Returns the refusal of a statement that would write (25006).
pub fn read_only(command: impl AsRef<str>) -> Error {
    Error::new(
        SqlState::ReadOnlySqlTransaction,
        format!("cannot execute {} in a read-only transaction", command.as_ref()),
    )
    .with_hint("Census answers SELECT only; datasets are written by \"census collect\" alone.")
}

fn unsupported(command: &str) -> Error {
    Error::new(SqlState::FeatureNotSupported, format!("{command} is not supported"))
}
