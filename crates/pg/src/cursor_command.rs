//! DECLARE, FETCH and MOVE as they are written.

use crate::command::{at_end, keyword, name, near};
use crate::command_reader::{CommandReader, Word, WordKind};
use census_error::{Error, Result, Span, SqlState};

/// DECLARE CURSOR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declare {
    pub(crate) name: String,
    pub(crate) is_binary: bool,
    /// Whether it outlives the transaction.
    pub(crate) is_held: bool,
    /// Where the query begins in the statement.
    pub(crate) query: usize,
}

/// FETCH and MOVE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fetch {
    pub(crate) cursor: String,
    pub(crate) direction: Direction,
    /// Whether the rows are passed over.
    pub(crate) is_move: bool,
}

impl Fetch {
    /// Returns what a client is told to have run.
    pub(crate) fn word(&self) -> &'static str {
        if self.is_move { "MOVE" } else { "FETCH" }
    }
}

/// Which rows of a cursor are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// So many of the next rows; `None` is all.
    Forward(Option<usize>),
    /// The row so far from where the cursor stands; 0 is the one that it stands on.
    Relative(i32),
    /// The row of this number, from 1; a negative one counts from the end.
    Absolute(i32),
    /// Rows before where the cursor stands.
    Backward,
}

/// The words that a query begins with.
const QUERIES: [&str; 4] = ["select", "with", "values", "table"];

/// Tells whether a statement has no effect but its rows.
pub(crate) fn is_query(text: &str) -> bool {
    let first = CommandReader::new(text).next();
    first.is_some_and(|word| QUERIES.contains(&word.text.as_str()))
}

/// Reads what follows DECLARE.
pub(crate) fn declare(text: &str, reader: &mut CommandReader<'_>) -> Result<Declare> {
    let name = name(text, reader)?;
    let mut is_binary = false;
    loop {
        let Some(word) = reader.next() else { return Err(at_end(text)) };
        match word.text.as_str() {
            "binary" => is_binary = true,
            "insensitive" | "asensitive" => {}
            "no" if reader.take("scroll") => {}
            "scroll" => {
                let message = "SCROLL is not supported";
                return Err(Error::new(SqlState::FeatureNotSupported, message)
                    .with_hint("Cursors go forward.")
                    .with_span(Span { start: word.start, end: word.end }));
            }
            "cursor" => break,
            _ => return Err(near(text, &word)),
        }
    }
    let is_held = reader.take("with");
    if is_held || reader.take("without") {
        keyword(text, reader, "hold")?;
    }
    keyword(text, reader, "for")?;
    let query = reader.place();
    match reader.peek() {
        Some(word) if !word.is_sign("(") && !QUERIES.contains(&word.text.as_str()) => {
            Err(near(text, &word))
        }
        Some(_) => Ok(Declare { name, is_binary, is_held, query }),
        None => Err(at_end(text)),
    }
}

/// Reads `[direction] [FROM | IN] cursor`.
pub(crate) fn fetch(text: &str, reader: &mut CommandReader<'_>, is_move: bool) -> Result<Fetch> {
    let start = reader.clone();
    let word = reader.next().ok_or_else(|| at_end(text))?;
    let mut direction = match (word.kind, word.text.as_str()) {
        (WordKind::Plain, "next") => Some(Direction::Forward(Some(1))),
        (WordKind::Plain, "forward") => Some(forward(text, reader)?),
        (WordKind::Plain, "prior") => Some(Direction::Backward),
        (WordKind::Plain, "backward") => Some(match forward(text, reader)? {
            none @ Direction::Forward(Some(0)) => none,
            _ => Direction::Backward,
        }),
        (WordKind::Plain, "first") => Some(Direction::Absolute(1)),
        (WordKind::Plain, "last") => Some(Direction::Absolute(-1)),
        (WordKind::Plain, "absolute") => Some(Direction::Absolute(number(text, reader)?)),
        (WordKind::Plain, "relative") => Some(Direction::Relative(number(text, reader)?)),
        (WordKind::Plain, "all") => Some(Direction::Forward(None)),
        _ => {
            *reader = start.clone();
            count(text, reader)?
        }
    };
    // A direction's word may be the name of the cursor too.
    if matches!(word.kind, WordKind::Plain) && reader.peek().is_none_or(|word| word.is_sign(";")) {
        *reader = start;
        direction = None;
    }
    let _ = reader.take("from") || reader.take("in");
    let direction = direction.unwrap_or(Direction::Forward(Some(1)));
    Ok(Fetch { cursor: name(text, reader)?, direction, is_move })
}

/// Reads what follows FORWARD.
fn forward(text: &str, reader: &mut CommandReader<'_>) -> Result<Direction> {
    if reader.take("all") {
        return Ok(Direction::Forward(None));
    }
    Ok(count(text, reader)?.unwrap_or(Direction::Forward(Some(1))))
}

/// Reads how many rows are asked for, if that is said; rows less than none lie behind.
fn count(text: &str, reader: &mut CommandReader<'_>) -> Result<Option<Direction>> {
    let is_count = reader.peek().is_some_and(|word| {
        word.kind == WordKind::Number || word.is_sign("-") || word.is_sign("+")
    });
    if !is_count {
        return Ok(None);
    }
    let count = number(text, reader)?;
    Ok(Some(
        usize::try_from(count).map_or(Direction::Backward, |count| Direction::Forward(Some(count))),
    ))
}

/// Reads a number that may have a sign.
fn number(text: &str, reader: &mut CommandReader<'_>) -> Result<i32> {
    let mut word = reader.next().ok_or_else(|| at_end(text))?;
    let is_negative = word.is_sign("-");
    if is_negative || word.is_sign("+") {
        word = reader.next().ok_or_else(|| at_end(text))?;
    }
    let number: Option<i32> = Some(&word)
        .filter(|word| word.kind == WordKind::Number)
        .and_then(|word: &Word| word.text.parse().ok());
    let number = number.ok_or_else(|| near(text, &word))?;
    Ok(if is_negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Fetch> {
        fetch(text, &mut CommandReader::new(text), false)
    }

    #[test]
    fn directions_are_read() {
        for (text, cursor, direction) in [
            ("c", "c", Direction::Forward(Some(1))),
            ("FROM c", "c", Direction::Forward(Some(1))),
            ("NEXT c", "c", Direction::Forward(Some(1))),
            ("forward 10 from \"C\"", "C", Direction::Forward(Some(10))),
            ("all in c", "c", Direction::Forward(None)),
            ("forward all c", "c", Direction::Forward(None)),
            ("FIRST FROM c", "c", Direction::Absolute(1)),
            ("LAST c", "c", Direction::Absolute(-1)),
            ("ABSOLUTE +3 FROM c", "c", Direction::Absolute(3)),
            ("RELATIVE 0 c", "c", Direction::Relative(0)),
            ("-1 FROM c", "c", Direction::Backward),
            ("BACKWARD ALL c", "c", Direction::Backward),
            ("PRIOR FROM c", "c", Direction::Backward),
        ] {
            let expected = Fetch { cursor: cursor.to_owned(), direction, is_move: false };
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_are_none_are_errors_at_their_place() {
        for (text, message) in [
            ("ABSOLUTE c", "syntax error at or near \"c\""),
            ("99999999999 FROM c", "syntax error at or near \"99999999999\""),
        ] {
            assert_eq!(read(text).unwrap_err().message(), message, "{text}");
        }
    }
}
