//! Faults by rule: which calls they befall, and what they do.

mod effect;
mod rule;

pub use effect::Effect;
pub(crate) use effect::{Before, after, before};
pub use rule::FaultRule;
pub(crate) use rule::{ArmedRules, Befallen};
