//! RP-DUPLICATE-CASE: two response parameters differ in case only.

use super::{Find, KNOWN_ISSUES, Needs, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RP-DUPLICATE-CASE",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "two response parameters differ in case only",
    why: "Names of headers are told apart by their case in AWS' configuration, but are one header to every client.",
    hint: "Keep one of them.",
    link: KNOWN_ISSUES,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for (place, parameter) in response.parameters.iter().enumerate() {
        let earlier = response.parameters[..place].iter();
        let twin = earlier.clone().find(|other| {
            other.key != parameter.key && other.key.eq_ignore_ascii_case(parameter.key)
        });
        if let Some(twin) = twin {
            let message = format!("\"{}\" and \"{}\" differ in case only", twin.key, parameter.key);
            report.at(&parameter.path(), message);
        }
    }
}
