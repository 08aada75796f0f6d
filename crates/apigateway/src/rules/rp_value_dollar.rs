//! RP-VALUE-DOLLAR: the JSON expression of a response parameter starts with $.

use super::{Find, Needs, REFERENCE, Rule};
use crate::Certainty;
use crate::GrammarFault;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "RP-VALUE-DOLLAR",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "the JSON expression of a response parameter starts with $",
    why: "AWS adds the $ of the path itself, so that one that is written leads nowhere.",
    hint: "Leave out the $ and the dot behind it.",
    link: REFERENCE,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    for parameter in &response.parameters {
        if matches!(&parameter.source, Err(error) if error.fault == GrammarFault::DollarInBody) {
            let message =
                format!("the JSON expression of \"{}\" starts with \"$\"", parameter.value);
            report.at(&parameter.path(), message);
        }
    }
}
