//! The sample: two accounts whose APIs are realistic, and partly faulty on purpose.
//!
//! The tables (one file a business) say what is particular; `build` makes AWS's items of them, ids
//! included, always the same. A fault stands beside the row that has it and is listed by
//! [`Inventory::sample_faults`].

mod account;
mod build;
mod fault;
mod identifier;
mod orders;
mod payments;
mod responses;
mod spec;
mod support;
mod telemetry;
mod trading;

pub use fault::SampleFault;
pub(crate) use identifier::{hash_of, id_of};

use crate::inventory::Inventory;

impl Inventory {
    /// Returns the sample accounts: `111122223333` (payments-prod, the organization's management
    /// account) and `444455556666` (support-staging).
    ///
    /// | account | access key | secret | role |
    /// | --- | --- | --- | --- |
    /// | `111122223333` | `AKIASANDBOXPAYMENTS1` | `sandbox-payments-secret` | `CensusReader` |
    /// | `444455556666` | `AKIASANDBOXSUPPORTS1` | `sandbox-support-secret` | `CensusReader` |
    #[must_use]
    pub fn sample() -> Self {
        account::build().0
    }

    /// Returns every fault of the sample that a checker has to find, and no others.
    ///
    /// These are the rules of severity error and warning. Informational rules (overlapping keys,
    /// unobservable headers, one-way routes) are not listed, though the sample has such rows.
    #[must_use]
    pub fn sample_faults() -> Vec<SampleFault> {
        account::build().1
    }
}
