//! IR-INEFFECTIVE-PROXY: an integration response of a proxy integration does nothing.

use super::{Find, Needs, RESPONSES, Rule};
use crate::Certainty;
use crate::check::{Report, ResponseView, Severity};

pub(super) const RULE: Rule = Rule {
    id: "IR-INEFFECTIVE-PROXY",
    severity: Severity::Warning,
    certainty: Certainty::Documented,
    summary: "an integration response of a proxy integration does nothing",
    why: "A proxy integration passes the backend's answer on as it is; nothing looks at its integration responses.",
    hint: "Delete it, or make the integration a non-proxy one.",
    link: RESPONSES,
    needs: Needs::Response,
    find: Find::Response(find),
};

fn find(response: &ResponseView<'_>, report: &mut Report<'_>) {
    if response.integration.is_proxy() == Some(true) {
        let id = &response.integration.id;
        report.at(
            "",
            format!("integration \"{id}\" is a proxy: its integration responses do nothing"),
        );
    }
}
