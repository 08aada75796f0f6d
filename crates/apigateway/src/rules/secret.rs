//! What looks like a secret in a text.

/// Heads of well-known credentials, how many characters of what alphabet follow at least, and what they are.
const HEADS: &[(&str, usize, &str)] = &[
    ("AKIA", 16, "an AWS access key"),
    ("ASIA", 16, "an AWS access key"),
    ("ghp_", 20, "a GitHub token"),
    ("github_pat_", 20, "a GitHub token"),
    ("glpat-", 16, "a GitLab token"),
    ("xoxb-", 16, "a Slack token"),
    ("xoxp-", 16, "a Slack token"),
    ("sk_live_", 16, "a payment service's key"),
    ("Bearer ", 20, "a bearer token"),
    ("Basic ", 12, "a user's password"),
];

/// What secrets begin with: nearly no place of a text does, and every template of an inventory is looked at.
const FIRST_BYTES: &[u8] = b"AgxsBe-";

/// The kind of secret that a text holds by its form, as a noun with its article.
pub(super) fn secret_kind(text: &str) -> Option<&'static str> {
    let places = text.bytes().enumerate().filter(|(_, byte)| FIRST_BYTES.contains(byte));
    places.into_iter().find_map(|(place, _)| secret_at(text, place))
}

/// The kind of secret that begins at a place.
fn secret_at(text: &str, place: usize) -> Option<&'static str> {
    let rest = &text[place..];
    for (head, count, kind) in HEADS {
        if let Some(secret) = rest.strip_prefix(head)
            && starts_word(text, place)
            && run_length(secret) >= *count
        {
            return Some(kind);
        }
    }
    if rest.starts_with("-----BEGIN ") && rest.contains("PRIVATE KEY-----") {
        return Some("a private key");
    }
    // Three parts of base64url with dots between them.
    let token = rest.starts_with("eyJ").then(|| &rest[..run_length(rest)])?;
    let is_token = token.len() > 40 && token.matches('.').count() == 2;
    is_token.then_some("a JSON web token")
}

/// Number of bytes of the characters that tokens are made of.
fn run_length(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_alphanumeric() && !"_-+/=.".contains(c)).unwrap_or(text.len())
}

fn starts_word(text: &str, place: usize) -> bool {
    !text[..place].ends_with(|c: char| c.is_ascii_alphanumeric())
}

const NAMES: &[&str] = &[
    "authorization",
    "password",
    "passwd",
    "secret",
    "api-key",
    "apikey",
    "api_key",
    "access-token",
    "access_token",
];

/// Whether a name speaks of a secret and the value is a literal long enough to be one.
fn is_secret(name: &str, value: &str) -> bool {
    if value.len() < 12 || run_length(value) < value.len() {
        return false;
    }
    let is_mixed =
        value.chars().any(|c| c.is_ascii_digit()) && value.chars().any(char::is_alphabetic);
    let name = name.to_ascii_lowercase();
    is_mixed && NAMES.iter().any(|secret| name.ends_with(secret))
}

/// A secret by the name of its header.
pub(super) fn named_secret(key: &str, value: &str) -> Option<&'static str> {
    is_secret(key, value).then_some("a secret")
}

/// A secret by the name of a JSON member, `"password": "..."`.
pub(super) fn assigned_secret(text: &str) -> Option<&'static str> {
    let parts: Vec<&str> = text.split('"').collect();
    let pairs = parts.windows(3).filter(|window| window[1].trim() == ":");
    pairs.into_iter().any(|window| is_secret(window[0], window[2])).then_some("a secret")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_known_by_their_form() {
        assert_eq!(
            secret_kind(&["x AK", "IAABCDEFGHIJ", "KLMNOP"].concat()),
            Some("an AWS access key")
        );
        assert_eq!(
            secret_kind(&["Bearer abcdefghij", "0123456789"].concat()),
            Some("a bearer token")
        );
        assert_eq!(secret_kind("-----BEGIN RSA PRIVATE KEY-----"), Some("a private key"));
        assert_eq!(secret_kind("no-cache, Bearer $token"), None);
    }

    #[test]
    fn every_form_begins_with_a_byte_that_is_looked_for() {
        let begins = |head: &str| FIRST_BYTES.contains(&head.as_bytes()[0]);
        assert!(HEADS.iter().all(|(head, ..)| begins(head)) && begins("eyJ") && begins("-----"));
        let token = format!("é{}", ["eyJ", &"a".repeat(20), ".", &"b".repeat(20), ".c"].concat());
        assert_eq!(secret_kind(&token), Some("a JSON web token"));
    }

    #[test]
    fn named_literals_are_secrets_and_references_are_not() {
        assert!(assigned_secret("{\"password\": \"hunter2hunter2\"}").is_some());
        assert!(assigned_secret("{\"password\": \"$elem.secret\"}").is_none());
        assert!(named_secret("method.response.header.x-api-key", "abc123abc123abc").is_some());
        assert!(named_secret("method.response.header.x-app", "abc123abc123abc").is_none());
    }
}
