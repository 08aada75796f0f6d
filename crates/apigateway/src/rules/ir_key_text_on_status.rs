//! IR-KEY-TEXT-ON-STATUS: a key that matches no status code stands on an integration that is selected by status code.

use super::KEY;
use super::{Find, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-TEXT-ON-STATUS",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a key that matches no status code stands on an integration that is selected by status code",
    hint: "Match the status code, for example /4\\d\\d/.",
    link: RESPONSES,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if !response.integration.selects_by_status() {
        return;
    }
    if let Some((key, pattern)) = response.compiled()
        && !pattern.is_empty()
        && pattern.matching_status_codes().is_some_and(|codes| codes.is_empty())
    {
        report.at(KEY, format!("key \"{key}\" matches no status code from 100 to 599"));
    }
}
