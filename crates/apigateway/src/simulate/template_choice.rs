//! Which template of a response, or of a request, is applied.
//!
//! Source: API Gateway Developer Guide, "Data mapping for WebSocket APIs": the expression yields the key of a
//! template, `$default` is the catch-all key. What happens without expression or key is assumed.

use super::selection_value::{ExpressionInput, evaluate_expression};
use crate::GrammarError;

/// The choice of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateChoice<'a> {
    /// There are no templates: the payload passes through.
    NoTemplates,
    /// This one: key and text. An empty text passes the payload through.
    Chosen(&'a str, &'a str),
    /// The only one, although no expression names it.
    OnlyOne(&'a str, &'a str),
    /// None fits and none is the catch-all: the payload is assumed to pass through.
    Unknown,
}

/// Chooses a template.
///
/// # Errors
/// The expression does not parse.
pub fn choose_template<'a>(
    templates: &'a [(String, String)],
    expression: Option<&str>,
    input: &ExpressionInput<'_>,
) -> Result<TemplateChoice<'a>, GrammarError> {
    let with_key = |wanted: &str| templates.iter().find(|(key, _)| key == wanted);
    if templates.is_empty() {
        return Ok(TemplateChoice::NoTemplates);
    }
    let named = match expression.filter(|expression| !expression.is_empty()) {
        Some(expression) => with_key(&evaluate_expression(expression, input)?),
        None => None,
    };
    if let Some((key, text)) = named.or_else(|| with_key("$default")) {
        return Ok(TemplateChoice::Chosen(key, text));
    }
    Ok(match (expression, templates) {
        (None | Some(""), [(key, text)]) => TemplateChoice::OnlyOne(key, text),
        _ => TemplateChoice::Unknown,
    })
}
