//! Statements about the session, not about data: transactions, cursors, prepared statements, COPY.
//!
//! They are known by their first words; everything else is the engine's.

use crate::command_reader::{CommandReader, Word, WordKind};
use crate::copy::{self, CopyOut};
use crate::cursor_command::{self, Declare, Fetch};
use census_error::{Error, Result, Span, SqlState};

/// A statement, as far as the protocol deals with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// Anything that the engine answers.
    Engine,
    /// Nothing at all, or a comment.
    Empty,
    Begin {
        tag: &'static str,
        isolation: Option<&'static str>,
    },
    Commit {
        chains: bool,
    },
    Rollback {
        chains: bool,
    },
    Savepoint(String),
    Release(String),
    RollbackTo(String),
    /// SET TRANSACTION, or what SET SESSION CHARACTERISTICS says of every one.
    Characteristics {
        isolation: Option<&'static str>,
        is_session: bool,
    },
    /// SET CONSTRAINTS ALL: none is ever checked.
    Constraints,
    Declare(Declare),
    Fetch(Fetch),
    CloseCursor(Option<String>),
    Deallocate(Option<String>),
    DiscardAll,
    Discard {
        tag: &'static str,
    },
    /// UNLISTEN, and the block by which a driver sees to it: nothing is ever listened to.
    Unlisten {
        tag: &'static str,
    },
    Copy(Box<CopyOut>),
}

impl Command {
    /// Reads what a statement is.
    ///
    /// # Errors
    /// 42601 for a statement about the session that does not read as one, 0A000 for what Census has none of.
    pub(crate) fn read(text: &str) -> Result<Self> {
        let mut reader = CommandReader::new(text);
        let Some(first) = reader.next() else { return Ok(Self::Empty) };
        if first.kind != WordKind::Plain {
            return Ok(Self::Engine);
        }
        let command = match first.text.as_str() {
            "begin" => begin(&mut reader, "BEGIN"),
            "start" if reader.take("transaction") => begin(&mut reader, "START TRANSACTION"),
            "commit" | "end" => {
                pass_transaction(&mut reader);
                Self::Commit { chains: chains(text, &mut reader)? }
            }
            "rollback" | "abort" => {
                pass_transaction(&mut reader);
                if reader.take("to") {
                    reader.take("savepoint");
                    Self::RollbackTo(name(text, &mut reader)?)
                } else {
                    Self::Rollback { chains: chains(text, &mut reader)? }
                }
            }
            "savepoint" => Self::Savepoint(name(text, &mut reader)?),
            "release" => {
                reader.take("savepoint");
                Self::Release(name(text, &mut reader)?)
            }
            "set" => match characteristics(&mut reader) {
                Some(characteristics) => characteristics,
                None => return Ok(Self::Engine),
            },
            "declare" => return cursor_command::declare(text, &mut reader).map(Self::Declare),
            "fetch" => Self::Fetch(cursor_command::fetch(text, &mut reader, false)?),
            "move" => Self::Fetch(cursor_command::fetch(text, &mut reader, true)?),
            "close" => Self::CloseCursor(name_or_all(text, &mut reader)?),
            "deallocate" => {
                reader.take("prepare");
                Self::Deallocate(name_or_all(text, &mut reader)?)
            }
            "discard" => discard(text, &mut reader)?,
            "unlisten" => return Ok(Self::Unlisten { tag: "UNLISTEN" }),
            "do" if is_unlisten(text) => return Ok(Self::Unlisten { tag: "DO" }),
            "copy" => match copy::read(text, &mut reader)? {
                Some(copy) => return Ok(Self::Copy(Box::new(copy))),
                None => return Ok(Self::Engine),
            },
            _ => return Ok(Self::Engine),
        };
        end(text, &mut reader)?;
        Ok(command)
    }

    /// Tells whether a transaction that has failed allows it.
    pub(crate) fn ends_transaction(&self) -> bool {
        matches!(self, Self::Commit { .. } | Self::Rollback { .. } | Self::RollbackTo(_))
    }
}

/// What may follow BEGIN.
const CHARACTERISTICS: [&str; 11] = [
    "isolation",
    "level",
    "read",
    "write",
    "only",
    "committed",
    "uncommitted",
    "repeatable",
    "serializable",
    "deferrable",
    "not",
];

/// Reads what follows BEGIN.
fn begin(reader: &mut CommandReader<'_>, tag: &'static str) -> Command {
    pass_transaction(reader);
    Command::Begin { tag, isolation: isolation(reader) }
}

/// Reads isolation and access, of which Census has one kind each; returns the level that is named.
fn isolation(reader: &mut CommandReader<'_>) -> Option<&'static str> {
    let mut isolation = None;
    loop {
        if reader.take("level") {
            isolation = match reader.next()?.text.as_str() {
                "serializable" => Some("serializable"),
                "repeatable" if reader.take("read") => Some("repeatable read"),
                "read" if reader.take("committed") => Some("read committed"),
                "read" if reader.take("uncommitted") => Some("read uncommitted"),
                _ => return isolation,
            };
            continue;
        }
        let next = reader.peek();
        if !next
            .is_some_and(|word| word.is_sign(",") || CHARACTERISTICS.contains(&word.text.as_str()))
        {
            return isolation;
        }
        reader.next();
    }
}

/// Reads `AND [NO] CHAIN`; tells whether another transaction follows.
fn chains(text: &str, reader: &mut CommandReader<'_>) -> Result<bool> {
    if !reader.take("and") {
        return Ok(false);
    }
    let chains = !reader.take("no");
    keyword(text, reader, "chain")?;
    Ok(chains)
}

fn pass_transaction(reader: &mut CommandReader<'_>) {
    let _ = reader.take("work") || reader.take("transaction");
}

/// Reads what follows SET where it is no setting.
fn characteristics(reader: &mut CommandReader<'_>) -> Option<Command> {
    if reader.take("transaction") {
        return Some(Command::Characteristics { isolation: isolation(reader), is_session: false });
    }
    if reader.take("constraints") {
        let is_all = reader.take("all") && (reader.take("deferred") || reader.take("immediate"));
        return is_all.then_some(Command::Constraints);
    }
    let is_session = reader.take("session")
        && reader.take("characteristics")
        && reader.take("as")
        && reader.take("transaction");
    is_session.then(|| Command::Characteristics { isolation: isolation(reader), is_session })
}

/// Tells whether DO runs nothing but what ends listening.
fn is_unlisten(text: &str) -> bool {
    text.contains("pg_listening_channels()") && text.contains("UNLISTEN *")
}

fn discard(text: &str, reader: &mut CommandReader<'_>) -> Result<Command> {
    let word = reader.next().ok_or_else(|| at_end(text))?;
    Ok(match word.text.as_str() {
        "all" => Command::DiscardAll,
        "plans" => Command::Discard { tag: "DISCARD PLANS" },
        "sequences" => Command::Discard { tag: "DISCARD SEQUENCES" },
        "temp" | "temporary" => Command::Discard { tag: "DISCARD TEMP" },
        _ => return Err(near(text, &word)),
    })
}

/// Reads the name of a cursor, savepoint or prepared statement.
pub(crate) fn name(text: &str, reader: &mut CommandReader<'_>) -> Result<String> {
    match reader.next() {
        Some(word) if matches!(word.kind, WordKind::Plain | WordKind::Quoted) => Ok(word.text),
        Some(word) => Err(near(text, &word)),
        None => Err(at_end(text)),
    }
}

fn name_or_all(text: &str, reader: &mut CommandReader<'_>) -> Result<Option<String>> {
    if reader.take("all") {
        return Ok(None);
    }
    name(text, reader).map(Some)
}

/// Takes a keyword that must come.
pub(crate) fn keyword(text: &str, reader: &mut CommandReader<'_>, expected: &str) -> Result<()> {
    match reader.next() {
        Some(word) if word.is(expected) => Ok(()),
        Some(word) => Err(near(text, &word)),
        None => Err(at_end(text)),
    }
}

/// Refuses what follows where a statement should end.
pub(crate) fn end(text: &str, reader: &mut CommandReader<'_>) -> Result<()> {
    match reader.next() {
        Some(word) if !word.is_sign(";") => Err(near(text, &word)),
        _ => Ok(()),
    }
}

/// Returns the error for a word that may not stand where it does.
pub(crate) fn near(text: &str, word: &Word) -> Error {
    let written = text.get(word.start..word.end).unwrap_or_default();
    let message = format!("syntax error at or near \"{written}\"");
    Error::new(SqlState::SyntaxError, message).with_span(span(word))
}

/// Returns the error for a statement that ends too early.
pub(crate) fn at_end(text: &str) -> Error {
    Error::new(SqlState::SyntaxError, "syntax error at end of input")
        .with_span(Span { start: text.len(), end: text.len() })
}

fn span(word: &Word) -> Span {
    Span { start: word.start, end: word.end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cursor_command::Direction;

    #[test]
    fn statements_about_the_session_are_known() {
        let read = |text| Command::read(text).unwrap();
        assert_eq!(read("/* x */ ; "), Command::Engine);
        assert_eq!(read(" -- nothing"), Command::Empty);
        assert_eq!(read("BEGIN"), Command::Begin { tag: "BEGIN", isolation: None });
        let begin = "START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY, NOT DEFERRABLE";
        let isolation = Some("repeatable read");
        assert_eq!(read(begin), Command::Begin { tag: "START TRANSACTION", isolation });
        assert_eq!(read("COMMIT AND CHAIN"), Command::Commit { chains: true });
        assert_eq!(read("END WORK AND NO CHAIN"), Command::Commit { chains: false });
        assert_eq!(read("ROLLBACK TO SAVEPOINT \"A b\""), Command::RollbackTo("A b".to_owned()));
        assert_eq!(
            read("SET TRANSACTION READ ONLY"),
            Command::Characteristics { isolation: None, is_session: false }
        );
        assert_eq!(read("SET search_path = aws"), Command::Engine);
        assert_eq!(read("SELECT 1"), Command::Engine);
        let direction = Direction::Forward(None);
        let fetch = Fetch { cursor: "c".to_owned(), direction, is_move: true };
        assert_eq!(read("move all in c;"), Command::Fetch(fetch));
        let text = "DECLARE c NO SCROLL CURSOR WITH HOLD FOR SELECT 1";
        let Command::Declare(declare) = read(text) else { panic!("no DECLARE") };
        assert_eq!((&text[declare.query..], declare.is_held), ("SELECT 1", true));
    }

    #[test]
    fn what_does_not_read_is_an_error_at_its_place() {
        for (text, message) in [
            ("FETCH", "syntax error at end of input"),
            ("BEGIN SELECT", "syntax error at or near \"SELECT\""),
            ("DECLARE c CURSOR SELECT 1", "syntax error at or near \"SELECT\""),
            ("DECLARE c CURSOR FOR SHOW x", "syntax error at or near \"SHOW\""),
            ("SAVEPOINT 1", "syntax error at or near \"1\""),
        ] {
            assert_eq!(Command::read(text).unwrap_err().message(), message);
        }
    }
}
