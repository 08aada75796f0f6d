//! Arrays as text: reads what PostgreSQL's `array_in` reads; `TextFormatter` prints them.
//!
//! The rules that surprise: white space around an item that is not quoted is no part of it, within it is;
//! `NULL` in any case is NULL unless quoted or escaped; an empty array has no dimensions.

use crate::error::{ArrayFault, ArraySyntaxError};

/// How many dimensions an array may have.
pub const MAXIMUM_DIMENSIONS: usize = 6;

/// An array whose items are still text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArrayText {
    /// How long each dimension is, the outermost first; none where there are no items.
    pub dimensions: Vec<usize>,
    /// The items in the order they are written; `None` is NULL.
    pub items: Vec<Option<String>>,
}

/// Reads an array.
///
/// # Errors
/// [`ArraySyntaxError`] for a text that is none, and for one whose dimensions do not begin at 1.
pub fn parse(input: &str) -> Result<ArrayText, ArraySyntaxError> {
    let fault = |fault| ArraySyntaxError { input: input.to_owned(), fault };
    let (bounds, body) = bounds(input).map_err(fault)?;
    let mut reader = Reader::new(body);
    reader.read().map_err(fault)?;
    let array = reader.array;
    match bounds {
        Some(lengths) if lengths != array.dimensions => Err(fault(ArrayFault::Dimensions)),
        _ => Ok(array),
    }
}

/// Returns how many dimensions a text has that is read as an array: one where it is empty or none.
#[must_use]
pub fn written_dimensions(input: &str) -> usize {
    parse(input).map_or(1, |array| array.dimensions.len().max(1))
}

/// Reads `[1:2][1:3]=` before the braces; returns the lengths, and what follows.
fn bounds(input: &str) -> Result<(Option<Vec<usize>>, &str), ArrayFault> {
    let mut rest = input.trim_start_matches(is_space);
    if !rest.starts_with('[') {
        return if rest.starts_with('{') { Ok((None, rest)) } else { Err(ArrayFault::Start) };
    }
    let mut lengths = Vec::new();
    while let Some(after) = rest.strip_prefix('[') {
        let (range, after) = after.split_once(']').ok_or(ArrayFault::Bounds)?;
        let (lower, upper) = range.split_once(':').unwrap_or(("1", range));
        let number = |text: &str| text.trim().parse::<i32>().map_err(|_| ArrayFault::Bounds);
        let (lower, upper) = (number(lower)?, number(upper)?);
        if lower != 1 {
            return Err(ArrayFault::LowerBound);
        }
        if lengths.len() == MAXIMUM_DIMENSIONS {
            return Err(ArrayFault::TooManyDimensions);
        }
        lengths.push(usize::try_from(upper).map_err(|_| ArrayFault::Bounds)?);
        rest = after.trim_start_matches(is_space);
    }
    let rest = rest.strip_prefix('=').ok_or(ArrayFault::Bounds)?.trim_start_matches(is_space);
    if rest.starts_with('{') { Ok((Some(lengths), rest)) } else { Err(ArrayFault::Contents) }
}

/// What has been read last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing yet.
    Start,
    /// `{`
    Opened,
    /// A character of an item that is not quoted.
    Item,
    /// The end of a quoted item.
    Quoted,
    /// The comma after an item.
    AfterItem,
    /// `}`
    Closed,
    /// The comma after a brace.
    AfterClosed,
}

struct Reader<'a> {
    rest: std::str::Chars<'a>,
    state: State,
    /// How many members each level that is open has so far.
    counts: Vec<usize>,
    array: ArrayText,
    /// How deep items lie, once there is one.
    depth: Option<usize>,
    item: String,
    /// Where the item ends, white space after it left out.
    item_end: usize,
    /// Whether a part of the item is escaped, so that it is not NULL.
    is_escaped: bool,
}

impl<'a> Reader<'a> {
    fn new(body: &'a str) -> Self {
        Self {
            rest: body.chars(),
            state: State::Start,
            counts: Vec::new(),
            array: ArrayText::default(),
            depth: None,
            item: String::new(),
            item_end: 0,
            is_escaped: false,
        }
    }

    fn read(&mut self) -> Result<(), ArrayFault> {
        loop {
            let character = self.next()?;
            match character {
                '{' => self.open()?,
                '}' => {
                    self.close()?;
                    if self.counts.is_empty() {
                        break;
                    }
                }
                ',' => self.separate()?,
                '"' => self.quoted()?,
                '\\' => {
                    self.begin_item(ArrayFault::Character('\\'))?;
                    let escaped = self.next()?;
                    self.item.push(escaped);
                    self.item_end = self.item.len();
                    self.is_escaped = true;
                }
                space if is_space(space) => {
                    if self.state == State::Item {
                        self.item.push(space);
                    }
                }
                other => {
                    self.begin_item(ArrayFault::Item)?;
                    self.item.push(other);
                    self.item_end = self.item.len();
                }
            }
        }
        if self.rest.any(|character| !is_space(character)) {
            return Err(ArrayFault::Junk);
        }
        if self.array.items.is_empty() {
            self.array.dimensions.clear();
        }
        Ok(())
    }

    fn next(&mut self) -> Result<char, ArrayFault> {
        self.rest.next().ok_or(ArrayFault::End)
    }

    fn begin_item(&mut self, otherwise: ArrayFault) -> Result<(), ArrayFault> {
        match self.state {
            State::Opened | State::AfterItem | State::Item => {
                self.state = State::Item;
                Ok(())
            }
            _ => Err(otherwise),
        }
    }

    fn open(&mut self) -> Result<(), ArrayFault> {
        if !matches!(self.state, State::Start | State::Opened | State::AfterClosed) {
            return Err(ArrayFault::Character('{'));
        }
        if self.counts.len() == MAXIMUM_DIMENSIONS {
            return Err(ArrayFault::TooManyDimensions);
        }
        self.counts.push(0);
        self.state = State::Opened;
        Ok(())
    }

    fn close(&mut self) -> Result<(), ArrayFault> {
        match self.state {
            State::Item | State::Quoted => self.end_item()?,
            State::Closed => {}
            // Only the outermost braces may be empty.
            State::Opened if self.counts.len() == 1 => {}
            _ => return Err(ArrayFault::Character('}')),
        }
        self.state = State::Closed;
        let Some(count) = self.counts.pop() else {
            return Err(ArrayFault::Character('}'));
        };
        let level = self.counts.len();
        if let Some(parent) = self.counts.last_mut() {
            *parent += 1;
        }
        let dimensions = &mut self.array.dimensions;
        if dimensions.len() <= level {
            // Levels further out are measured when their braces are closed.
            dimensions.resize(level + 1, usize::MAX);
        }
        if dimensions[level] == usize::MAX {
            dimensions[level] = count;
        }
        if dimensions[level] == count { Ok(()) } else { Err(ArrayFault::SubArrays) }
    }

    fn separate(&mut self) -> Result<(), ArrayFault> {
        self.state = match self.state {
            State::Item | State::Quoted => {
                self.end_item()?;
                State::AfterItem
            }
            State::Closed => State::AfterClosed,
            _ => return Err(ArrayFault::Character(',')),
        };
        Ok(())
    }

    fn end_item(&mut self) -> Result<(), ArrayFault> {
        let depth = self.counts.len();
        if *self.depth.get_or_insert(depth) != depth {
            return Err(ArrayFault::SubArrays);
        }
        let is_quoted = self.state == State::Quoted;
        let mut item = std::mem::take(&mut self.item);
        if !is_quoted {
            item.truncate(self.item_end);
        }
        let is_null = !is_quoted && !self.is_escaped && item.eq_ignore_ascii_case("null");
        self.array.items.push((!is_null).then_some(item));
        self.item_end = 0;
        self.is_escaped = false;
        if let Some(count) = self.counts.last_mut() {
            *count += 1;
        }
        Ok(())
    }

    fn quoted(&mut self) -> Result<(), ArrayFault> {
        if !matches!(self.state, State::Opened | State::AfterItem) {
            return Err(ArrayFault::Item);
        }
        loop {
            match self.next()? {
                '"' => break,
                '\\' => {
                    let escaped = self.next()?;
                    self.item.push(escaped);
                }
                other => self.item.push(other),
            }
        }
        self.state = State::Quoted;
        Ok(())
    }
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &str) -> (Vec<usize>, Vec<Option<String>>) {
        let array = parse(input).unwrap();
        (array.dimensions, array.items)
    }

    fn texts(items: &[&str]) -> Vec<Option<String>> {
        items.iter().map(|item| Some((*item).to_owned())).collect()
    }

    fn detail(input: &str) -> String {
        parse(input).unwrap_err().fault.to_string()
    }

    #[test]
    fn items_are_read_as_postgresql_reads_them() {
        assert_eq!(read("{}"), (vec![], vec![]));
        assert_eq!(read(" { a b , c } "), (vec![2], texts(&["a b", "c"])));
        assert_eq!(read(r#"{"c\"d" ,e\,f,"null"}"#), (vec![3], texts(&["c\"d", "e,f", "null"])));
        assert_eq!(read(r"{null,n\ull}"), (vec![2], vec![None, Some("null".to_owned())]));
        assert_eq!(read(r#"{"",a\ }"#), (vec![2], texts(&["", "a "])));
    }

    #[test]
    fn dimensions_are_those_of_the_braces() {
        assert_eq!(read("{{1,2,3},{4,5,6}}").0, [2, 3]);
        assert_eq!(read("[1:2]={1,2}").0, [2]);
        assert_eq!(read("{{{1}}}").0, [1, 1, 1]);
    }

    #[test]
    fn faults_are_named_as_postgresql_names_them() {
        for (input, expected) in [
            ("{1,2", "Unexpected end of input."),
            ("1,2", "Array value must start with \"{\" or dimension information."),
            ("{1,,2}", "Unexpected \",\" character."),
            ("{1,2}}", "Junk after closing right brace."),
            ("{{}}", "Unexpected \"}\" character."),
            (
                "{{1},{2,3}}",
                "Multidimensional arrays must have sub-arrays with matching dimensions.",
            ),
            (
                "{{1},{{2}}}",
                "Multidimensional arrays must have sub-arrays with matching dimensions.",
            ),
            ("{{1},2}", "Unexpected array element."),
            ("{1,{2}}", "Unexpected \"{\" character."),
            ("{\"a\"b}", "Unexpected array element."),
            ("{a,}", "Unexpected \"}\" character."),
            ("[1:3]={1,2}", "Specified array dimensions do not match array contents."),
        ] {
            assert_eq!(detail(input), expected, "{input}");
        }
    }
}
