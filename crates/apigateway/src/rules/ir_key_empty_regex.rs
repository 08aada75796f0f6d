//! IR-KEY-EMPTY-REGEX: the regular expression of a key is empty.

use super::KEY;
use super::{Find, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-EMPTY-REGEX",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "the regular expression of a key is empty",
    why: "An empty expression matches the empty value alone: a function that succeeded, and no status code.",
    hint: "Use $default for what matches nothing else.",
    link: RESPONSES,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if let Some((key, pattern)) = response.compiled()
        && pattern.is_empty()
    {
        report.at(KEY, format!("key \"{key}\" matches the empty value only"));
    }
}
