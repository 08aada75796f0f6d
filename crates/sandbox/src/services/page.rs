//! Pages: how many items, and the opaque token that says where the next one begins.

use crate::sample::hash_of;
use crate::wire::Refusal;

/// What API Gateway V1 documents, and V2 is taken to share: 25 items unless asked, at most 500.
const DEFAULT_SIZE: usize = 25;

/// AWS's tokens are Base64; so are these in the characters that a query has to encode.
const ENDING: &str = "+/==";

/// A part of a list.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) next_token: Option<String>,
    number: u32,
}

impl Page {
    /// Cuts the page asked for out of a list of `total` items; `list` names the list, for tokens
    /// are good for their own list alone.
    pub(crate) fn cut(
        list: &str,
        total: usize,
        largest: usize,
        max_results: Option<&str>,
        page_token: Option<&str>,
    ) -> Result<Self, Refusal> {
        let size = match max_results {
            None => DEFAULT_SIZE,
            Some(text) => {
                text.parse().ok().filter(|size| (1..=largest).contains(size)).ok_or_else(|| {
                    Refusal::bad_request(format!(
                        "Invalid value for maxResults: {text}. Must be between 1 and {largest}"
                    ))
                })?
            }
        };
        let (start, number) = match page_token {
            None => (0, 1),
            Some(token) => read(token)
                .filter(|position| position.list == hash_of(list))
                .map(|position| (position.start.min(total), position.number))
                .ok_or_else(|| Refusal::bad_request("Invalid position parameter"))?,
        };
        let end = total.min(start + size);
        Ok(Self { start, end, next_token: next_token(list, end, total, number), number })
    }

    /// Returns the page with so many items at most.
    pub(crate) fn limited_to(mut self, limit: Option<usize>, list: &str, total: usize) -> Self {
        if let Some(limit) = limit {
            self.end = self.end.min(self.start + limit);
            self.next_token = next_token(list, self.end, total, self.number);
        }
        self
    }
}

/// Returns the token of what comes behind a page, if anything does.
fn next_token(list: &str, end: usize, total: usize, number: u32) -> Option<String> {
    (end < total).then(|| write(hash_of(list), end, number + 1))
}

/// Returns the number of the page that a token asks for; the first is 1.
pub(crate) fn number_of(page_token: Option<&str>) -> u32 {
    page_token.and_then(read).map_or(1, |position| position.number)
}

struct Position {
    list: u64,
    start: usize,
    number: u32,
}

fn write(list: u64, start: usize, number: u32) -> String {
    let text = format!("{list:016x}{start:08x}{number:06x}");
    format!("{text}{:016x}{ENDING}", hash_of(&text))
}

fn read(token: &str) -> Option<Position> {
    let token = token.strip_suffix(ENDING).filter(|digits| digits.is_ascii())?;
    if token.len() != 46 {
        return None;
    }
    let (text, check) = token.split_at(30);
    if u64::from_str_radix(check, 16).ok()? != hash_of(text) {
        return None;
    }
    Some(Position {
        list: u64::from_str_radix(&text[..16], 16).ok()?,
        start: usize::from_str_radix(&text[16..24], 16).ok()?,
        number: u32::from_str_radix(&text[24..], 16).ok()?,
    })
}
