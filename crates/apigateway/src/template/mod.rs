//! Mapping templates: the Velocity dialect of API Gateway, which is not Apache's.
//!
//! What differs was recorded against REST APIs by public test suites: an undefined reference prints nothing and is
//! true in `#if`, maps print as Java prints them, backslashes in strings stay, `#macro` is swallowed. The variables
//! are those of the API Gateway Developer Guide, "WebSocket API mapping template reference".

mod cursor;
mod directive;
mod encoding;
mod evaluator;
mod expression;
mod heap;
mod limits;
mod methods;
mod number;
mod operators;
mod overrides;
mod parser;
mod print;
mod reference;
mod roots;
mod syntax;
mod walk;

pub(crate) use encoding::base64_decode;
pub use limits::{Limits, MAXIMUM_TEMPLATE_BYTES};
pub use overrides::Overrides;
pub use syntax::Template;
pub(crate) use syntax::{Access, Expression, Node, Reference};
pub(crate) use walk::{Item, walk};

use crate::TemplateError;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// What a template sees.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The payload: `$input.body`, and what `$input.json()` and `$input.path()` read.
    pub body: String,
    /// `$context`, without overrides.
    pub context: Map<String, Json>,
    /// `$stageVariables`.
    pub stage_variables: BTreeMap<String, String>,
    /// Further variables that exist before the template starts; API Gateway has none.
    pub variables: Map<String, Json>,
    /// What an earlier template of the same message has set.
    pub overrides: Overrides,
}

/// What a template printed and set.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    /// The output.
    pub text: String,
    /// `$context.requestOverride` and `$context.responseOverride` at the end.
    pub overrides: Overrides,
    /// What was printed without having a value, as written: a few of them, each once.
    pub blanks: Vec<String>,
    /// Whether a `#foreach` was cut off at its highest number of turns.
    pub is_loop_cut: bool,
}

/// Evaluates a template.
///
/// # Errors
/// A call that fails in Java, an override set twice, or a limit: API Gateway answers these with an internal error.
pub fn render(
    template: &Template,
    scope: &Scope,
    limits: &Limits,
) -> Result<Rendering, TemplateError> {
    evaluator::Evaluator::new(template, scope, limits).run()
}

#[cfg(test)]
mod tests;
