//! Aggregates: those of DataFusion that answer as PostgreSQL's do, and those that it computes otherwise.

pub(super) mod json_agg;
pub(super) mod json_object_agg;
pub(super) mod sum;
mod written;
