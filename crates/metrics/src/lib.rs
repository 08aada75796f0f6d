//! What Prometheus is told: how censuses go, and how old what is known of each scope is.
//!
//! [`CollectionMetrics`] counts while censuses are taken; [`Exposition`] adds what the store says when it is asked, so
//! that censuses of other processes count as well. Where it is served is left to others.

mod collection;
mod exposition;
mod scopes;

pub use collection::{CollectionMetrics, RunEnd};
pub use exposition::{CONTENT_TYPE, Exposition};
