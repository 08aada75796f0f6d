//! IR-KEY-REGEX: the regular expression of a key does not compile.

use super::KEY;
use super::{ERRORS, Find, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-REGEX",
    severity: Severity::Error,
    certainty: Certainty::Assumed,
    summary: "the regular expression of a key does not compile",
    hint: "",
    link: ERRORS,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    let (Some(key), Some(Err(error))) = (&response.facts.key, &response.pattern) else { return };
    // What only this crate cannot simulate is no fault of the key.
    if !error.fault.is_ours() {
        report.at(KEY, format!("key \"{key}\" does not compile: {error}"));
    }
}
