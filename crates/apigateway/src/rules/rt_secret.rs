//! RT-SECRET: a template looks like it holds a secret.

use super::secret::{assigned_secret, secret_kind};
use super::{Find, Needs, Rule, TEMPLATES};
use crate::Certainty;
use crate::check::{Report, Severity, TemplateView};

pub(super) const RULE: Rule = Rule {
    id: "RT-SECRET",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a template holds what looks like a secret",
    why: "Templates are stored as plain text, and what they print is sent to every client.",
    hint: "Fetch it in the backend: everybody who may read the configuration reads it.",
    link: TEMPLATES,
    needs: Needs::Response,
    find: Find::Template(find),
};

fn find(view: &TemplateView<'_>, report: &mut Report<'_>) {
    if let Some(kind) = secret_kind(view.text).or_else(|| assigned_secret(view.text)) {
        let message = format!("the template \"{}\" holds what looks like {kind}", view.key);
        report.at(&view.path(), message);
    }
}
