//! IR-KEY-STATUS-ON-LAMBDA: a key for status codes stands on a Lambda integration, where the error message is matched.

use super::KEY;
use super::{ERRORS, Find, Needs, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-STATUS-ON-LAMBDA",
    severity: Severity::Warning,
    certainty: Certainty::Recorded,
    summary: "a key for status codes stands on a Lambda integration, where the error message is matched",
    why: "For a function, keys are compared with its error message and never with a status code, so digits alone match nothing.",
    hint: "Match the error message, for example /.*404.*/.",
    link: ERRORS,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if response.integration.is_lambda != Some(true) {
        return;
    }
    if let Some((key, pattern)) = response.compiled()
        && pattern.takes_only_digits()
    {
        let message =
            format!("key \"{key}\" matches digits only, but is compared with an error message");
        report.at(KEY, message);
    }
}
