//! IR-KEY-REGEX: the regular expression of a key does not compile.

use super::KEY;
use super::{ERRORS, Find, Needs, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-REGEX",
    severity: Severity::Error,
    certainty: Certainty::Assumed,
    summary: "the regular expression of a key does not compile",
    why: "A key that does not compile as a Java regular expression matches nothing: its response is never chosen.",
    hint: "",
    link: ERRORS,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    let Some(key) = response.key else { return };
    let Some(Err(error)) = &key.pattern else { return };
    // What only this crate cannot simulate is no fault of the key.
    if !error.fault.is_ours() {
        report.at(KEY, format!("key \"{}\" does not compile: {error}", key.text));
    }
}
