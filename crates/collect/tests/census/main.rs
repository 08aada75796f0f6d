//! Collector and store together against the sandbox: after any fault the store holds exactly what the rule allows.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod full_disk;
mod interruptions;
mod matrix;
mod parents;
mod property;
mod rule;
mod small;
mod taken;
