//! IR-KEY-EMPTY-REGEX: the regular expression of a key is empty.

use super::KEY;
use super::{Find, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-EMPTY-REGEX",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "the regular expression of a key is empty",
    hint: "Use $default for what matches nothing else.",
    link: RESPONSES,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if let Some((key, pattern)) = response.compiled()
        && pattern.is_empty()
    {
        report.at(KEY, format!("key \"{key}\" matches the empty value only"));
    }
}
