//! RP-VALUE-UNQUOTED: a static value of a response parameter is not in single quotes.

use super::{Find, Needs, REFERENCE, Rule};
use crate::Certainty;
use crate::GrammarFault;
use crate::check::{Report, ResponseView, Severity};
use crate::grammar::MAXIMUM_VALUE_CHARACTERS;

pub(super) const RULE: Rule = Rule {
    id: "RP-VALUE-UNQUOTED",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "a static value of a response parameter is not in single quotes",
    why: "A text without quotes is read as the name of a source, and there is none of that name.",
    hint: "Put it in single quotes.",
    link: REFERENCE,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for parameter in &response.parameters {
        let Err(error) = &parameter.source else { continue };
        if matches!(error.fault, GrammarFault::Unquoted { .. })
            && parameter.value.chars().count() <= MAXIMUM_VALUE_CHARACTERS
        {
            let message = format!("the value of \"{}\" is not in single quotes", parameter.key);
            report.at(&parameter.path(), message);
        }
    }
}
