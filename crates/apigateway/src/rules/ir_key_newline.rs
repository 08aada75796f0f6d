//! IR-KEY-NEWLINE: a dot in the key of a Lambda integration does not match line ends.

use super::KEY;
use super::{ERRORS, Find, Needs, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-NEWLINE",
    severity: Severity::Information,
    certainty: Certainty::Documented,
    summary: "a dot in the key of a Lambda integration does not match line ends",
    why: "A dot does not match a line end, so an error message of several lines falls through to $default.",
    hint: "Start the expression with (?s).",
    link: ERRORS,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if response.integration.is_lambda != Some(true) {
        return;
    }
    if let Some((key, pattern)) = response.compiled()
        && pattern.stops_at_line_ends()
    {
        report.at(KEY, format!("key \"{key}\" does not match messages of several lines"));
    }
}
