//! IR-KEY-OVERLAP: two keys match the same status code.

use super::KEY;
use super::{Find, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{IntegrationView, Report, Severity, Subject};
use crate::grammar::ResponseKey;

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-OVERLAP",
    severity: Severity::Information,
    certainty: Certainty::Assumed,
    summary: "two keys match the same status code",
    hint: "Make the expressions exclude each other: which one is taken is not documented.",
    link: RESPONSES,
    find: Find::Integration(find),
};

fn find(integration: &IntegrationView<'_>, report: &mut Report<'_>) {
    if !integration.selects_by_status() {
        return;
    }
    let mut earlier: Vec<(&str, Vec<u16>)> = Vec::new();
    for response in integration.facts.responses.iter().flatten() {
        let Some(key) = response.key.as_deref() else { continue };
        let Some(Ok(pattern)) = ResponseKey::parse(key).pattern() else { continue };
        let Some(codes) = pattern.matching_status_codes() else { continue };
        let shared =
            earlier.iter().filter(|(other, _)| *other != key).find_map(|(other, others)| {
                Some((*other, codes.iter().find(|code| others.contains(code))?))
            });
        if let Some((other, code)) = shared {
            let subject = Subject::of_response(&integration.facts.id, response.id.as_deref());
            let subject = Subject { path: KEY.to_owned(), ..subject };
            let message = format!("keys \"{other}\" and \"{key}\" both match {code}");
            report.on(subject, Severity::Information, message);
        }
        earlier.push((key, codes));
    }
}
