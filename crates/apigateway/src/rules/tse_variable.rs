//! TSE-VARIABLE: a template selection expression uses a variable that is not documented for it.

use super::EXPRESSION;
use super::{Find, Needs, Rule, SELECTION};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};
use crate::grammar::VariableKind;

pub(super) const RULE: Rule = Rule {
    id: "TSE-VARIABLE",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "a template selection expression uses a variable that is not documented for it",
    why: "A variable that is not documented for this expression may be empty, which then chooses no template.",
    hint: "Use request.body.PATH, integration.response.statuscode or integration.response.header.NAME.",
    link: SELECTION,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    // Its own rule: the author means the key "$default".
    if response.facts.template_selection_expression.as_deref() == Some("$default") {
        return;
    }
    for variable in response.selection().iter().flat_map(|expression| expression.variables()) {
        if matches!(variable.kind, VariableKind::Other | VariableKind::ResponseBody(_)) {
            let message =
                format!("variable \"{}\" is not documented for this expression", variable.text);
            report.at(EXPRESSION, message);
        }
    }
}
