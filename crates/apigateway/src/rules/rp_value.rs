//! RP-VALUE: the value of a response parameter is in no form that AWS knows.

use super::{Find, Needs, REFERENCE, Rule};
use crate::Certainty;
use crate::GrammarFault;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RP-VALUE",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "the value of a response parameter is in no form that AWS knows",
    why: "A header can be taken from a header of the backend, from a part of its payload, or from a static text.",
    hint: "Use integration.response.header.NAME, integration.response.body.PATH or a value in single quotes; forms with $ belong to HTTP APIs.",
    link: REFERENCE,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for parameter in &response.parameters {
        let Err(error) = &parameter.source else { continue };
        let has_own_rule = matches!(
            error.fault,
            GrammarFault::Unquoted { .. }
                | GrammarFault::DollarInBody
                | GrammarFault::CannotSimulate { .. }
        );
        if !has_own_rule && !parameter.value.is_empty() {
            report
                .at(&parameter.path(), format!("\"{}\" is no mapping expression", parameter.value));
        }
    }
}
