//! RP-SECRET: a static value holds what looks like a secret.

use super::secret::{named_secret, secret_kind};
use super::{Find, MAPPINGS, Needs, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};
use crate::grammar::ParameterSource;

pub(super) const RULE: Rule = Rule {
    id: "RP-SECRET",
    severity: Severity::Warning,
    certainty: Certainty::Assumed,
    summary: "a static value holds what looks like a secret",
    why: "Static values are stored as plain text and sent to every client.",
    hint: "Fetch it in the backend: everybody who may read the configuration reads it.",
    link: MAPPINGS,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for parameter in &response.parameters {
        let Ok(ParameterSource::Static(value)) = &parameter.source else { continue };
        let kind = secret_kind(value).or_else(|| named_secret(parameter.key, value));
        if let Some(kind) = kind {
            let message = format!("the static value of \"{}\" looks like {kind}", parameter.key);
            report.at(&parameter.path(), message);
        }
    }
}
