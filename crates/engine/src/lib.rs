//! The one way in for every surface: a statement goes in, a schema, a stream of rows and the
//! completeness of the answer come out.
//!
//! What statements mean belongs to the dialect, where rows are kept to the store.

mod answer;
mod callable;
mod catalog;
mod catalog_objects;
mod completeness;
mod constraints;
mod deadline;
mod description;
mod engine;
mod error;
mod explain;
mod findings;
mod information_schema;
mod information_views;
mod memory;
mod parameter_types;
mod pg_catalog;
mod planning;
mod routines;
mod scopes_read;
mod session;
mod settings;
mod simulation;
mod stored_types;
mod tables;
mod tags;
mod temporary;

use census_dialect::{Parameters, Statement};
use census_error::SqlState;

pub use answer::{Answer, Command, Rows};
pub use census_dialect::functions::{Example, FunctionRecord, Section};
pub use census_dialect::{MAXIMUM_PARAMETERS, Parameter, ParameterValue};
pub use completeness::{Completeness, IncompleteScope};
pub use description::{Description, placed_types};
pub use engine::Engine;
pub use error::EngineError;
pub use findings::rules_not_judged;
pub use memory::MemoryLimits;
pub use session::Session;
pub use settings::{Setting, SettingsMark, settings};
pub use simulation::{Simulated, SimulationRequest};

/// Returns the functions that SQL can call, in the order of the reference.
pub fn functions() -> impl Iterator<Item = &'static FunctionRecord> {
    let mut shown: Vec<&'static FunctionRecord> = census_dialect::functions::all()
        .iter()
        .copied()
        .filter(|record| !record.syntax.is_empty())
        .collect();
    shown.sort_by_key(|record| (record.section, record.name));
    shown.into_iter()
}

/// Refuses a statement that does not read as one; whatever else is wrong with it is found when it is planned.
///
/// # Errors
/// 42601, with its place in the statement.
pub fn check_syntax(sql: &str) -> census_error::Result<()> {
    match Statement::parse_with(sql, Parameters::Open) {
        Err(error) if error.sqlstate() == SqlState::SyntaxError => Err(error),
        _ => Ok(()),
    }
}

/// Cuts a text into its statements, without semicolons.
///
/// # Errors
/// 42601 where a quoted text or comment does not end.
pub fn split_statements(text: &str) -> census_error::Result<Vec<&str>> {
    census_dialect::split(text)
}
