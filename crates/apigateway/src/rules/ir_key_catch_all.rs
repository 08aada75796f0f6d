//! IR-KEY-CATCH-ALL: the regular expression of a key matches everything, the empty value included.

use super::KEY;
use super::{ERRORS, Find, Needs, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-CATCH-ALL",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "the regular expression of a key matches everything, the empty value included",
    why: "An expression such as .* also matches the empty value of a function that succeeded, so that the response meant for errors takes successes too.",
    hint: "Use $default, or .+ for errors only.",
    link: ERRORS,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if let Some((key, pattern)) = response.compiled()
        && pattern.is_catch_all()
    {
        report.at(KEY, format!("key \"{key}\" matches everything, so \"$default\" is never taken"));
    }
}
