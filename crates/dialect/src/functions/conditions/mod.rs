//! Conditions: the first of several values, the greatest, those that are NULL.

pub(super) mod case;
pub(super) mod coalesce;
pub(super) mod extreme;
pub(super) mod greatest;
pub(super) mod least;
pub(super) mod nullif;
pub(super) mod num_nonnulls;
pub(super) mod num_nulls;
pub(super) mod simple_case;
