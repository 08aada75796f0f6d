//! IR-KEY-TEXT-ON-STATUS: a key that matches no status code stands on an integration that is selected by status code.

use super::KEY;
use super::{Find, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};
use crate::pattern::StatusCodes;

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-TEXT-ON-STATUS",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a key that matches no status code stands on an integration that is selected by status code",
    why: "For HTTP and MOCK integrations keys are compared with the status code. What matches no number from 100 to 599 is never chosen.",
    hint: "Match the status code, for example /4\\d\\d/.",
    link: RESPONSES,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if !response.integration.selects_by_status() {
        return;
    }
    if let Some((key, pattern)) = response.compiled()
        && !pattern.is_empty()
        && pattern.status_codes().is_some_and(StatusCodes::is_empty)
    {
        report.at(KEY, format!("key \"{key}\" matches no status code from 100 to 599"));
    }
}
