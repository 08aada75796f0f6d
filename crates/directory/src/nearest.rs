//! The nearest name to a wrong one, for hints.

/// Returns the candidate that `name` most likely misspells, or `None` if nothing is near.
///
/// Near means: a third of the letters may differ (swapped neighbours count once, case not at all).
/// Of several equally near candidates the first wins.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let limit = (wanted.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = strsim::osa_distance(&wanted, &candidate.to_lowercase());
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_letters_are_near() {
        assert_eq!(nearest("regoin", ["account_id", "region"]), Some("region"));
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(nearest("API_ID", ["api_id"]), Some("api_id"));
    }

    #[test]
    fn a_different_word_is_not_near() {
        assert_eq!(nearest("zebra", ["region", "tags"]), None);
    }
}
