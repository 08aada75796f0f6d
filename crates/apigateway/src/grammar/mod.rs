//! The four small grammars of an integration response, each parsed once into a type that prints back.

mod filter;
mod json_path;
mod parameter;
mod path_lookup;
mod response_key;
mod selection;

pub use filter::{Comparison, Filter, Operator};
pub use json_path::{JsonPath, PathStep};
pub(crate) use parameter::MAXIMUM_VALUE_CHARACTERS;
pub use parameter::{ParameterSource, ParameterTarget, response_parameter_fault};
pub use path_lookup::Found;
pub use response_key::ResponseKey;
pub use selection::{Part, SelectionExpression, Variable, VariableKind};
