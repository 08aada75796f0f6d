//! What integration responses of API Gateway mean: keys, parameters, expressions and templates.

pub(super) mod is_legal_response_parameter;
pub(super) mod matches_response_key;
pub(super) mod render_template;
pub(super) mod response_key_fault;
pub(super) mod response_parameter_argument;
pub(super) mod response_parameter_fault;
pub(super) mod response_parameter_header;
pub(super) mod response_parameter_source;
pub(super) mod selected_response_key;
pub(super) mod selection_expression_value;
pub(super) mod template_fault;

use census_apigateway::grammar::ResponseKey;
use census_apigateway::pattern::Pattern;
use std::collections::HashMap;

/// How many compiled keys are kept in a batch.
const MAXIMUM_KEYS: usize = 1000;

/// What matching one value may take.
const MAXIMUM_STEPS: usize = 100_000;

/// The keys of a batch, each compiled once.
#[derive(Default)]
struct CompiledKeys {
    patterns: HashMap<String, Compiled>,
}

enum Compiled {
    Default,
    Broken,
    Pattern(Pattern),
}

impl CompiledKeys {
    /// Tells whether the expression of a key matches the whole value; `None` where that cannot be told.
    fn matches(&mut self, key: &str, value: &str) -> Option<bool> {
        if !self.patterns.contains_key(key) {
            if self.patterns.len() >= MAXIMUM_KEYS {
                self.patterns.clear();
            }
            let compiled = match ResponseKey::parse(key).pattern() {
                None => Compiled::Default,
                Some(Err(_)) => Compiled::Broken,
                Some(Ok(pattern)) => Compiled::Pattern(pattern),
            };
            self.patterns.insert(key.to_owned(), compiled);
        }
        match self.patterns.get(key)? {
            Compiled::Default => Some(false),
            Compiled::Broken => None,
            Compiled::Pattern(pattern) => pattern.matches_within(value, MAXIMUM_STEPS).ok(),
        }
    }
}
