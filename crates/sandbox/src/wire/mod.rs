//! Requests as they come off the wire and answers as they go onto it.

mod answer;
mod connection;
mod received;
mod refusal;
mod service;
mod signature;

pub(crate) use answer::{Answer, Cut};
pub(crate) use connection::{Listener, Wire};
pub(crate) use received::{Received, find};
pub(crate) use refusal::Refusal;
pub(crate) use service::Service;
pub(crate) use signature::Signature;
