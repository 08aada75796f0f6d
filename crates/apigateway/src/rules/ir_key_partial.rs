//! IR-KEY-PARTIAL: a key of a Lambda integration matches a part of the message only.

use super::KEY;
use super::{ERRORS, Find, Needs, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-PARTIAL",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a key of a Lambda integration matches a part of the message only",
    why: "The whole error message has to match, and a message mostly holds more than the part that the key names.",
    hint: "Put .* before or behind it: the whole message has to match.",
    link: ERRORS,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if response.integration.is_lambda != Some(true) {
        return;
    }
    if let Some((key, pattern)) = response.compiled()
        && !pattern.is_empty()
        && !pattern.takes_only_digits()
        && !pattern.is_open_or_anchored()
    {
        report.at(KEY, format!("key \"{key}\" has to match the whole error message"));
    }
}
