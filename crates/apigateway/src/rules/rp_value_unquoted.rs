//! RP-VALUE-UNQUOTED: a static value of a response parameter is not in single quotes.

use super::rp_value_length::MAXIMUM_CHARACTERS;
use super::{Find, REFERENCE, Rule};
use crate::Certainty;
use crate::GrammarFault;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RP-VALUE-UNQUOTED",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "a static value of a response parameter is not in single quotes",
    hint: "Put it in single quotes.",
    link: REFERENCE,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for parameter in &response.parameters {
        let Err(error) = &parameter.source else { continue };
        if matches!(error.fault, GrammarFault::Unquoted { .. })
            && parameter.value.chars().count() <= MAXIMUM_CHARACTERS
        {
            let message = format!("the value of \"{}\" is not in single quotes", parameter.key);
            report.at(&parameter.path(), message);
        }
    }
}
