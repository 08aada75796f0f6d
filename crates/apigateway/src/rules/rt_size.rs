//! RT-SIZE: a template is larger than the service model or the quota allows.

use super::{Find, Needs, QUOTAS, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};
use crate::template::MAXIMUM_TEMPLATE_BYTES;

pub(super) const RULE: Rule = Rule {
    id: "RT-SIZE",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a template is larger than the service model or the quota allows",
    why: "The service model names 32,768 characters, the quotas 300 KB.",
    hint: "Move the work into the backend.",
    link: QUOTAS,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for template in &response.templates {
        let subject = report.subject_at(&template.path());
        let characters = template.text.chars().count();
        if template.text.len() > MAXIMUM_TEMPLATE_BYTES {
            let message =
                format!("the template \"{}\" is larger than the quota of 300 KB", template.key);
            report.on(subject, Severity::Error, message);
        } else if characters > MODEL_CHARACTERS {
            let message = format!(
                "the template \"{}\" has {characters} characters, more than 32768",
                template.key
            );
            report.on(subject, Severity::Warning, message);
        }
    }
}

/// The service model names the shape `StringWithLengthBetween0And32K`.
const MODEL_CHARACTERS: usize = 32_768;
