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
    },
    Commit,
    Rollback,
    Savepoint(String),
    Release(String),
    RollbackTo(String),
    /// SET TRANSACTION and the like.
    Characteristics,
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
                Self::Commit
            }
            "rollback" | "abort" => {
                pass_transaction(&mut reader);
                if reader.take("to") {
                    reader.take("savepoint");
                    Self::RollbackTo(name(text, &mut reader)?)
                } else {
                    Self::Rollback
                }
            }
            "savepoint" => Self::Savepoint(name(text, &mut reader)?),
            "release" => {
                reader.take("savepoint");
                Self::Release(name(text, &mut reader)?)
            }
            "set" if is_characteristics(reader.clone()) => return Ok(Self::Characteristics),
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
        matches!(self, Self::Commit | Self::Rollback | Self::RollbackTo(_))
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

/// Reads what follows BEGIN: isolation and access, of which Census has one kind each.
fn begin(reader: &mut CommandReader<'_>, tag: &'static str) -> Command {
    pass_transaction(reader);
    while reader
        .peek()
        .is_some_and(|word| word.is_sign(",") || CHARACTERISTICS.contains(&word.text.as_str()))
    {
        reader.next();
    }
    Command::Begin { tag }
}

fn pass_transaction(reader: &mut CommandReader<'_>) {
    let _ = reader.take("work") || reader.take("transaction");
}

/// Tells whether SET is followed by TRANSACTION or SESSION CHARACTERISTICS.
fn is_characteristics(mut reader: CommandReader<'_>) -> bool {
    reader.take("transaction") || (reader.take("session") && reader.take("characteristics"))
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
        assert_eq!(read("BEGIN"), Command::Begin { tag: "BEGIN" });
        let begin = "START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY, NOT DEFERRABLE";
        assert_eq!(read(begin), Command::Begin { tag: "START TRANSACTION" });
        assert_eq!(read("ROLLBACK TO SAVEPOINT \"A b\""), Command::RollbackTo("A b".to_owned()));
        assert_eq!(read("SET TRANSACTION READ ONLY"), Command::Characteristics);
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
