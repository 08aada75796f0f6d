//! The rules of the checker: one file and one line in [`RULES`] each.

mod ch_binary_template;
mod ch_enum;
mod ir_ineffective_one_way;
mod ir_ineffective_proxy;
mod ir_key_catch_all;
mod ir_key_duplicate;
mod ir_key_empty_regex;
mod ir_key_format;
mod ir_key_newline;
mod ir_key_overlap;
mod ir_key_partial;
mod ir_key_regex;
mod ir_key_status_on_lambda;
mod ir_key_text_on_status;
mod ir_no_default;
mod ir_none;
mod ir_on_http_api;
mod ir_unreachable;
mod ir_unused;
mod page;
mod rp_duplicate_case;
mod rp_key;
mod rp_secret;
mod rp_unobservable;
mod rp_value;
mod rp_value_dollar;
mod rp_value_length;
mod rp_value_quote;
mod rp_value_rest_only;
mod rp_value_unquoted;
mod rr_expression_missing;
mod rr_missing;
mod rt_map_print;
mod rt_no_default;
mod rt_override_twice;
mod rt_secret;
mod rt_size;
mod rt_syntax;
mod rt_unreachable;
mod rt_unsupported;
mod rt_variable;
mod secret;
mod tse_syntax;
mod tse_unescaped_default;
mod tse_variable;
mod variables;

pub use page::reference_page;

use crate::Certainty;
use crate::check::{
    IntegrationResponseFacts, KeysView, Report, ResponseView, RouteFacts, Severity, TemplateView,
};
use std::fmt;

/// A rule of the checker.
pub struct Rule {
    /// Its code, such as `IR-NO-DEFAULT`.
    pub id: &'static str,
    /// How bad what it finds is; a rule may find less bad things too.
    pub severity: Severity,
    /// How firm it is.
    pub certainty: Certainty,
    /// What it finds, as a clause.
    pub summary: &'static str,
    /// What comes of it, in sentences for people who have not read AWS' manual.
    pub why: &'static str,
    /// What to do about it; empty where the message says all.
    pub hint: &'static str,
    /// The page of AWS that it rests on.
    pub link: &'static str,
    /// What it has to know besides the response itself.
    pub needs: Needs,
    pub(crate) find: Find,
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// What a rule has to know besides the response that it looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The integration and its other responses at most.
    Response,
    /// The routes of the API with their route responses, all of them.
    Routes,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub(crate) enum Find {
    /// An integration response of an HTTP API; no other rule looks at one.
    HttpResponse(fn(&IntegrationResponseFacts, &mut Report<'_>)),
    /// A route.
    Route(fn(&RouteFacts, &mut Report<'_>)),
    /// The integration responses of an integration together.
    Responses(fn(&KeysView<'_>, &mut Report<'_>)),
    /// An integration response.
    Response(fn(&ResponseView<'_>, &mut Report<'_>)),
    /// One template of a response, whatever else the response says: equal ones are looked at once.
    Template(fn(&TemplateView<'_>, &mut Report<'_>)),
}

/// Every rule.
pub static RULES: &[Rule] = &[
    ir_on_http_api::RULE,
    ir_key_format::RULE,
    ir_key_regex::RULE,
    ir_key_empty_regex::RULE,
    ir_key_duplicate::RULE,
    ir_key_catch_all::RULE,
    ir_key_status_on_lambda::RULE,
    ir_key_text_on_status::RULE,
    ir_key_partial::RULE,
    ir_key_newline::RULE,
    ir_key_overlap::RULE,
    ir_no_default::RULE,
    ir_none::RULE,
    ir_ineffective_proxy::RULE,
    ir_ineffective_one_way::RULE,
    ir_unreachable::RULE,
    ir_unused::RULE,
    rr_missing::RULE,
    rr_expression_missing::RULE,
    rp_key::RULE,
    rp_value::RULE,
    rp_value_rest_only::RULE,
    rp_value_dollar::RULE,
    rp_value_unquoted::RULE,
    rp_value_quote::RULE,
    rp_value_length::RULE,
    rp_duplicate_case::RULE,
    rp_unobservable::RULE,
    rp_secret::RULE,
    tse_variable::RULE,
    tse_unescaped_default::RULE,
    tse_syntax::RULE,
    rt_unreachable::RULE,
    rt_no_default::RULE,
    rt_size::RULE,
    rt_syntax::RULE,
    rt_unsupported::RULE,
    rt_variable::RULE,
    rt_override_twice::RULE,
    rt_map_print::RULE,
    rt_secret::RULE,
    ch_enum::RULE,
    ch_binary_template::RULE,
];

// Names of members, as findings point at them.
const KEY: &str = "integrationResponseKey";
const EXPRESSION: &str = "templateSelectionExpression";
const HANDLING: &str = "contentHandlingStrategy";

// Pages of AWS that rules rest on.
const REFERENCE: &str = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid-integrationresponses.html";
const RESPONSES: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html";
const ROUTE_RESPONSE: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html";
const SELECTION: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html";
const TEMPLATES: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html";
const MAPPINGS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html";
const ERRORS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html";
const ENCODINGS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html";
const OVERRIDES: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html";
const KNOWN_ISSUES: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html";
const QUOTAS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html";

#[cfg(test)]
mod tests;
