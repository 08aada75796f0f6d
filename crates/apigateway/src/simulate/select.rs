//! Which integration response is taken for a value.
//!
//! Source: API Gateway Developer Guide, "Setting up a WebSocket API integration response"; that the whole value has
//! to match is reported from the field.

use super::excerpt::excerpt;
use super::input::IntegrationResponse;
use super::outcome::Considered;
use crate::Certainty;
use crate::grammar::ResponseKey;

/// Which response is taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Place of the response that is taken; `None` where no key matches and there is no `$default`.
    pub chosen: Option<usize>,
    /// Places of the others that match.
    pub also_matching: Vec<usize>,
    /// Every response with its reason.
    pub considered: Vec<Considered>,
    /// How firm the choice is.
    pub certainty: Certainty,
    /// Keys that are neither `$default` nor of the form `/expression/`.
    pub bare_keys: Vec<String>,
}

struct Verdict {
    matches: bool,
    reason: String,
    certainty: Certainty,
}

/// Takes the first response, in the order given, whose key matches the whole value, or else `$default`.
#[must_use]
pub fn select(responses: &[IntegrationResponse], value: &str) -> Selection {
    let keys: Vec<ResponseKey> =
        responses.iter().map(|response| ResponseKey::parse(&response.key)).collect();
    let verdicts: Vec<Verdict> = keys.iter().map(|key| judge(key, value)).collect();
    let matching: Vec<usize> = (0..keys.len()).filter(|place| verdicts[*place].matches).collect();
    let default = keys.iter().position(|key| *key == ResponseKey::Default);
    let chosen = matching.first().copied().or(default);
    let mut certainty = verdicts.iter().map(|v| v.certainty).min().unwrap_or(Certainty::Documented);
    if matching.len() > 1 {
        certainty = Certainty::Assumed;
    }
    let considered =
        responses.iter().zip(&verdicts).enumerate().map(|(place, (response, verdict))| {
            let is_selected = chosen == Some(place);
            let reason = match (&keys[place], is_selected) {
                (ResponseKey::Default, true) => "no other key matches".to_owned(),
                (ResponseKey::Default, false) if matching.is_empty() => {
                    "another \"$default\" comes first".to_owned()
                }
                (ResponseKey::Default, false) => "another key matches".to_owned(),
                (_, false) if verdict.matches => {
                    format!("{}, but another key comes first", verdict.reason)
                }
                _ => verdict.reason.clone(),
            };
            Considered { id: response.id.clone(), key: response.key.clone(), is_selected, reason }
        });
    let considered = considered.collect();
    let bare = keys.iter().filter(|key| matches!(key, ResponseKey::Bare(_)));
    Selection {
        chosen,
        also_matching: matching.into_iter().skip(1).collect(),
        considered,
        certainty,
        bare_keys: bare.map(ToString::to_string).collect(),
    }
}

fn judge(key: &ResponseKey, value: &str) -> Verdict {
    let verdict = |matches, certainty, reason: String| Verdict { matches, reason, certainty };
    let Some(pattern) = key.pattern() else {
        return verdict(false, Certainty::Documented, String::new());
    };
    let pattern = match pattern {
        Ok(pattern) => pattern,
        Err(error) => {
            return verdict(
                false,
                Certainty::Assumed,
                format!("its expression cannot be used: {error}"),
            );
        }
    };
    let matches = match pattern.matches(value) {
        Ok(matches) => matches,
        Err(fault) => {
            return verdict(
                false,
                Certainty::Assumed,
                format!("its expression cannot be used: {fault}"),
            );
        }
    };
    // Where a search would decide alike, the answer does not rest on the full match.
    let is_clear =
        pattern.is_found_in(value) == Ok(matches) && !matches!(key, ResponseKey::Bare(_));
    let certainty = if is_clear { Certainty::Documented } else { Certainty::Assumed };
    let value = excerpt(value);
    let reason = match (matches, is_clear) {
        (true, _) => format!("matches \"{value}\""),
        (false, true) => format!("does not match \"{value}\""),
        (false, false) if pattern.is_empty() => {
            format!("matches the empty value only, not \"{value}\"")
        }
        (false, false) => format!("matches only a part of \"{value}\""),
    };
    verdict(matches, certainty, reason)
}
