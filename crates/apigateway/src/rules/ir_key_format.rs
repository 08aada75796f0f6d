//! IR-KEY-FORMAT: a key is neither $default nor a regular expression between slashes.

use super::KEY;
use super::{Find, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};
use crate::grammar::ResponseKey;

pub(super) const RULE: Rule = Rule {
    id: "IR-KEY-FORMAT",
    severity: Severity::Error,
    certainty: Certainty::Documented,
    summary: "a key is neither $default nor a regular expression between slashes",
    why: "A key is $default or a regular expression between slashes. What AWS does with anything else is not documented.",
    hint: "Write the expression between slashes.",
    link: RESPONSES,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if let Some(ResponseKey::Bare(key)) = response.key.map(|key| &key.key) {
        report.at(KEY, format!("key \"{key}\" is neither \"$default\" nor \"/expression/\""));
    }
}
