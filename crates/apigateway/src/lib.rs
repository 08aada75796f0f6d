//! What an API Gateway WebSocket integration response does: its grammar, its templates, a simulator and a checker.
//!
//! Nothing here reads or writes anything outside its arguments: facts come in as plain structs, and answers carry
//! how certain they are. AWS documents much of this for REST APIs only, and some of it nowhere; [`Certainty`] keeps
//! the three apart.

mod certainty;
pub mod check;
mod error;
pub mod grammar;
pub mod pattern;
pub mod rules;
pub mod simulate;
pub mod template;

pub use certainty::Certainty;
pub use check::check;
pub use error::{
    GrammarError, GrammarFault, PatternError, PatternFault, TemplateError, TemplateFault,
};
pub use simulate::simulate;
