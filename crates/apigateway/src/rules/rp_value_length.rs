//! RP-VALUE-LENGTH: the value of a response parameter has not 1 to 512 characters.

use super::{Find, Needs, REFERENCE, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};
use crate::grammar::MAXIMUM_VALUE_CHARACTERS;

pub(super) const RULE: Rule = Rule {
    id: "RP-VALUE-LENGTH",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "the value of a response parameter has not 1 to 512 characters",
    why: "AWS takes 1 to 512 characters.",
    hint: "Shorten it.",
    link: REFERENCE,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for parameter in &response.parameters {
        let length = parameter.value.chars().count();
        if length == 0 || length > MAXIMUM_VALUE_CHARACTERS {
            let message =
                format!("the value of \"{}\" has {length} characters, not 1 to 512", parameter.key);
            report.at(&parameter.path(), message);
        }
    }
}
