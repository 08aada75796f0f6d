//! Takes the census: walks the datasets of the directory through accounts and regions and hands rows to a sink.
//!
//! The collector interprets dataset definitions over REST-JSON list calls; it holds no knowledge of any
//! dataset and knows no store. What it promises: a scope is complete only if every list it needs was read
//! to the end, and no account's region is ever asked faster than its quota.

mod account;
mod call;
mod collector;
mod credentials;
mod departure;
mod endpoint;
mod error;
mod failure;
mod itinerary;
mod limiter;
mod limiters;
mod lineage;
mod listing;
mod options;
mod organization;
mod partition;
mod plan;
mod policy;
mod profiles;
mod progress;
mod reason;
mod region;
mod region_names;
mod report;
mod row;
mod sdk_client;
mod sign;
mod sink;
mod transport;
mod trouble;
mod unread;
mod walk;
mod xml;

pub use collector::Collector;
pub use error::{CollectError, Result};
pub use failure::{Failure, FailureKind};
pub use options::{
    AccountSource, CollectOptions, Known, Organization, Quota, RegionSelection, RetryPolicy,
    StaticCredentials,
};
pub use progress::{Event, NoProgress, Progress};
pub use reason::Reason;
pub use report::{AccountFailure, RunReport, Survey, SurveyedPlace};
pub use sink::Sink;
