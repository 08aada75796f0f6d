//! RT-SIZE: a template is larger than the service model or the quota allows.

use super::{Find, Needs, QUOTAS, Rule};
use crate::Certainty;
use crate::check::{Report, Severity, TemplateView};
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
    find: Find::Template(find),
};

fn find(view: &TemplateView<'_>, report: &mut Report<'_>) {
    let (key, text) = (view.key, view.text);
    if text.len() > MAXIMUM_TEMPLATE_BYTES {
        let message = format!("the template \"{key}\" is larger than the quota of 300 KB");
        report.on(report.subject_at(&view.path()), Severity::Error, message);
        return;
    }
    let characters = text.chars().count();
    if characters > MODEL_CHARACTERS {
        let message =
            format!("the template \"{key}\" has {characters} characters, more than 32768");
        report.on(report.subject_at(&view.path()), Severity::Warning, message);
    }
}

/// The service model names the shape `StringWithLengthBetween0And32K`.
const MODEL_CHARACTERS: usize = 32_768;
