//! Values inside sentences: an error message may be a megabyte long, and the sentence about it must not be.

use std::borrow::Cow;

/// How many characters of a value a sentence shows.
const MAXIMUM_CHARACTERS: usize = 200;

/// The beginning of a value, with a mark where there is more.
pub(super) fn excerpt(value: &str) -> Cow<'_, str> {
    match value.char_indices().nth(MAXIMUM_CHARACTERS) {
        None => Cow::Borrowed(value),
        Some((end, _)) => Cow::Owned(format!("{}…", &value[..end])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_value_is_cut_between_characters() {
        assert_eq!(excerpt("404"), "404");
        let cut = excerpt(&"é".repeat(1000)).into_owned();
        assert_eq!(cut, "é".repeat(200) + "…");
        assert_eq!(excerpt(&"é".repeat(200)), "é".repeat(200));
    }
}
