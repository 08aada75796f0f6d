//! Prepared statements, and what becomes of their parameters.

use crate::command::Command;
use crate::parameter::stands_for;
use census_engine::Description;
use census_types::SqlType;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// A statement that was parsed, under a name or none.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) text: String,
    pub(crate) command: Command,
    /// The numbers of types that the client gave its parameters; 0 leaves a type open.
    pub(crate) given: Vec<u32>,
    /// What it takes and gives, once that is known.
    pub(crate) description: OnceCell<Arc<Description>>,
}

impl Prepared {
    /// Returns the query in the statement that parameters and columns belong to.
    pub(crate) fn query(&self) -> &str {
        match &self.command {
            Command::Declare(declare) => self.text.get(declare.query..).unwrap_or_default(),
            _ => &self.text,
        }
    }

    /// Returns where that query begins in the statement.
    pub(crate) fn query_offset(&self) -> usize {
        self.text.len() - self.query().len()
    }

    /// Returns the types that the client gave, or those that stand for them; another number leaves the type open.
    pub(crate) fn given_types(&self) -> Vec<Option<SqlType>> {
        let known = |oid: &u32| {
            let own = SqlType::of_oid(*oid).filter(|found| *found != SqlType::Unknown);
            own.or_else(|| stands_for(*oid))
        };
        self.given.iter().map(known).collect()
    }

    /// Returns how many bytes are kept for the statement.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + 4 * self.given.len()
    }
}
