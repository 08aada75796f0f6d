//! Aggregates: those of DataFusion that answer as PostgreSQL's do, and those that it computes otherwise.

pub(super) mod sum;
