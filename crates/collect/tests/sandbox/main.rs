//! The collector against the sandbox: rows, outcomes, accounts, quota.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod cut_off;
mod hostile;
mod lost;
mod organization;
mod outcomes;
mod policy;
mod quota;
mod regions;
mod rows;
mod stranger;
mod witness;
