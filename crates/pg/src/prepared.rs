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
    /// The types that the places of the parameters decide, for each one.
    placed: Vec<Option<SqlType>>,
    /// What it takes and gives, once that is known.
    pub(crate) description: OnceCell<Arc<Description>>,
}

impl Prepared {
    pub(crate) fn new(
        text: String,
        command: Command,
        given: Vec<u32>,
        placed: Vec<Option<SqlType>>,
    ) -> Self {
        Self { text, command, given, placed, description: OnceCell::new() }
    }

    /// Returns how many values the statement takes.
    pub(crate) fn parameter_count(&self) -> usize {
        self.placed.len().max(self.given.len())
    }

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

    /// Returns the types of the parameters that are known without planning: given, or decided by their places.
    pub(crate) fn known_types(&self) -> Vec<Option<SqlType>> {
        let mut types = self.given_types();
        types.resize(self.parameter_count(), None);
        for (known, placed) in types.iter_mut().zip(&self.placed) {
            *known = known.take().or_else(|| placed.clone());
        }
        types
    }

    /// Returns how many bytes are kept for the statement.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + 4 * self.given.len()
    }
}
